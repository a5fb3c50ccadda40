"""The pages of a commitment: each verb as a page and as a panel, with what was typed kept when it is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Role
from nabij.access.tests.factories import make_dossier, make_member, make_team
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment, Pause
from nabij.commitments.queries import quick_dates

from .factories import log_in, make_task

pytestmark = pytest.mark.django_db
PAGES = ["take", "hand_over", "set_date", "pause", "resume", "finish_task"]
WHY = {"reason": "Wil rust", "agreed_with": "Mevrouw zelf", "sooner_if": "De huur blijft liggen"}


@pytest.fixture
def client(client, team):
    return log_in(client, team.lead.worker)


def address(verb, commitment):
    return reverse(f"commitments:{verb}", args=[commitment.ref])


@pytest.mark.parametrize("verb", PAGES)
def test_a_verb_is_a_page_and_a_panel(client, team, verb):
    task = make_task(team.lead)
    whole = client.get(address(verb, task)).text
    panel = client.get(address(verb, task), headers={"HX-Request": "true"}).text
    assert "<h1>" in whole
    assert task.what in whole
    assert "<h1>" not in panel
    assert f'action="{address(verb, task)}"' in panel


@pytest.mark.parametrize("verb", PAGES)
def test_another_teams_worker_finds_nothing(client, verb):
    theirs = make_task(make_team(name="Team Overwhere").lead)
    assert client.get(address(verb, theirs)).status_code == 404
    assert client.post(address(verb, theirs), {}).status_code == 404


def test_taking_is_one_click_and_a_second_person_hears_kindly_who_was_first(client, team):
    task = make_task(team.lead_substitute)
    Commitment.objects.filter(pk=task.pk).update(taken_at=None)
    client.post(address("take", task), {"next": "/x"})
    task.refresh_from_db()
    assert (task.owner_id, task.taken_at is not None) == (team.lead_id, True)
    later = log_in(type(client)(), team.lead_substitute.worker)
    answer = later.post(address("take", task), {"next": address("set_date", task)}, follow=True)
    assert "Leonie heeft dit al opgepakt. Jij hoeft niets meer te doen." in answer.text
    task.refresh_from_db()
    assert task.owner_id == team.lead_id


def test_handing_over_moves_the_owner_and_the_colleague_sees_it_as_new(client, team):
    task = make_task(team.lead)
    colleague = make_member(team, name="Bram")
    answer = client.post(address("hand_over", task), {"owner": colleague.ref, "due_on": "", "next": "/y"})
    task.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/y")
    assert (task.owner_id, task.taken_at) == (colleague.pk, None)


def test_a_dossier_is_not_handed_to_somebody_who_may_not_open_it(client, team):
    task = make_task(team.lead, dossier=make_dossier(team))
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    answer = client.post(address("hand_over", task), {"owner": volunteer.ref, "due_on": ""})
    assert answer.status_code == 422
    assert "Vera" in answer.text
    task.refresh_from_db()
    assert task.owner_id == team.lead_id


@pytest.mark.parametrize(("sent", "days"), [({"when": "tomorrow"}, 1), ({"when": "week"}, 7), ({"when": "two_weeks"}, 14)])
def test_a_quick_date_is_one_tap(client, team, sent, days):
    task = make_task(team.lead)
    client.post(address("set_date", task), sent)
    task.refresh_from_db()
    assert task.due_at == end_of(quick_dates(on=timezone.localdate())[sent["when"]])
    assert (timezone.localdate(task.due_at) - timezone.localdate()).days in range(days, days + 5)


def test_a_day_without_a_date_asks_for_one_and_a_past_day_is_refused(client, team):
    task = make_task(team.lead)
    assert "Kies een dag." in client.post(address("set_date", task), {"when": "other"}).text
    past = timezone.localdate() - timedelta(1)
    answer = client.post(address("set_date", task), {"when": "other", "due_on": past.isoformat()})
    assert answer.status_code == 422
    assert f'value="{past.isoformat()}"' in answer.text


def test_today_may_be_chosen_in_the_evening(client, team, clock):
    clock.to(timezone.now().replace(hour=20))
    log_in(client, team.lead.worker)
    task = make_task(team.lead)
    today = timezone.localdate()
    client.post(address("set_date", task), {"when": "other", "due_on": today.isoformat()})
    task.refresh_from_db()
    assert task.due_at == end_of(today)


def test_nothing_until_needs_all_four_words_and_keeps_what_was_typed(client, team):
    task = make_task(team.lead)
    answer = client.post(address("pause", task), {**WHY, "sooner_if": "", "look_again_on": "2099-01-01"})
    assert answer.status_code == 422
    assert "Wil rust" in answer.text
    assert "Mevrouw zelf" in answer.text
    assert not Pause.objects.exists()


def test_nothing_until_keeps_its_owner_and_starts_again(client, team):
    task = make_task(team.lead)
    client.post(address("pause", task), {**WHY, "look_again_on": "2099-01-05"})
    task.refresh_from_db()
    assert (task.owner_id, timezone.localdate(task.due_at).isoformat()) == (team.lead_id, "2099-01-05")
    assert "Wil rust" in client.get(address("resume", task)).text
    client.post(address("resume", task), {"due_on": "2098-12-01"})
    assert Pause.objects.get().ended_at is not None


def test_another_date_for_a_pause_moves_the_day_we_look_again(client, team):
    task = make_task(team.lead)
    client.post(address("pause", task), {**WHY, "look_again_on": "2099-01-05"})
    client.post(address("set_date", task), {"when": "other", "due_on": "2099-02-01"})
    assert Pause.objects.get().look_again_on.isoformat() == "2099-02-01"


def test_a_task_is_written_down_for_a_colleague_and_finished(client, team):
    dossier = make_dossier(team)
    words = {"what": "Formulier meenemen", "due_on": "2099-01-05", "owner": team.lead_substitute.ref, "note": "", "dossier": dossier.ref}
    client.post(reverse("commitments:add_task"), words)
    task = Commitment.objects.get(what="Formulier meenemen")
    assert (task.owner_id, task.dossier_id) == (team.lead_substitute_id, dossier.pk)
    client.post(address("finish_task", task), {"outcome": "not_needed"})
    task.refresh_from_db()
    assert (task.closed_at is not None, task.outcome) == (True, "not_needed")


def test_a_task_about_a_closed_dossier_is_absent(client):
    foreign = make_dossier(make_team(name="Team Centrum"))
    assert client.get(reverse("commitments:add_task"), {"dossier": foreign.ref}).status_code == 404


def test_somebody_else_changed_it_meanwhile(client, team):
    task = make_task(team.lead)
    client.post(address("set_date", task), {"when": "week", "version": task.version})
    answer = client.post(address("set_date", task), {"when": "tomorrow", "version": task.version})
    assert answer.status_code == 422
    task.refresh_from_db()
    assert task.due_at == end_of(quick_dates(on=timezone.localdate())["week"])
