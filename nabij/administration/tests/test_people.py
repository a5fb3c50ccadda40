"""People: a new log-in, a place in a team, its end, and what is refused with a reason."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Membership, Role, Worker
from nabij.access.tests.factories import actor_for, make_member, make_team, make_worker
from nabij.administration.queries import membership_at, municipality_of, people_of
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import make_task
from nabij.core.errors import Absent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
NEW = {"name": "Femke Bos", "email": "femke@nabij.example", "phone": "06 1234 5678"}


def to(name, *parts):
    return reverse(f"administration:{name}", args=parts)


def place(team, **fields):
    return {"team": team.ref, "role": "worker", "paid": "on", "from_on": timezone.localdate().isoformat(), **fields}


def test_a_new_person_gets_a_log_in_without_password_and_a_mail_to_choose_one(client, mail_server):
    answer = client.post(to("new_person"), NEW)
    worker = Worker.objects.get(email="femke@nabij.example")
    assert (answer.status_code, answer.url) == (302, to("person", worker.ref))
    assert (worker.name, worker.phone, worker.has_usable_password()) == ("Femke Bos", "06 1234 5678", False)
    [mail] = mail_server.sent_to("femke@nabij.example")
    assert mail["Subject"] == "Nabij: kies je wachtwoord"


def test_an_address_that_is_in_use_is_refused_and_what_was_typed_stays(client):
    make_worker("Femke", is_demo=False)
    taken = Worker.objects.get(name="Femke").email
    answer = client.post(to("new_person"), {**NEW, "email": taken.upper()})
    assert answer.status_code == 422
    assert "Er is al een account met dit e-mailadres." in answer.text and 'value="06 1234 5678"' in answer.text
    assert Worker.objects.filter(name="Femke Bos").count() == 0


def test_when_the_mail_server_is_away_the_person_is_kept_and_it_is_said(client, mail_server):
    mail_server.refuse = "451 later"
    answer = client.post(to("new_person"), NEW, follow=True)
    assert Worker.objects.filter(email="femke@nabij.example").count() == 1
    assert "De mail kon nu niet weg." in answer.text


def test_a_place_in_a_team_begins_on_its_first_day(client, team):
    worker = make_worker("Femke")
    tomorrow = timezone.localdate() + timedelta(1)
    client.post(to("add_membership", worker.ref), place(team, from_on=tomorrow.isoformat(), hours="24"))
    membership = Membership.objects.get(worker=worker)
    assert (membership.team, membership.role, membership.paid, str(membership.hours_per_week)) == (team, "worker", True, "24.0")
    assert not Membership.objects.on(timezone.localdate()).filter(pk=membership.pk).exists()
    assert Entry.objects.filter(verb="access.add_membership", subject=f"membership {membership.ref}").count() == 1


def test_a_lead_who_is_not_paid_is_refused_beside_the_role(client, team):
    answer = client.post(to("add_membership", make_worker("Femke").ref), place(team, role="lead", paid=""))
    assert answer.status_code == 422
    assert "Deze functie is voor betaalde krachten." in answer.text


def test_a_team_of_another_municipality_cannot_be_chosen(client):
    answer = client.post(to("add_membership", make_worker("Femke").ref), place(make_team(name="Team Elders")))
    assert (answer.status_code, Membership.objects.filter(worker__name="Femke").count()) == (422, 0)


def test_planning_the_end_and_taking_the_plan_away(client, team):
    membership = make_member(team, name="Femke")
    soon = timezone.localdate() + timedelta(10)
    client.post(to("plan_end", membership.ref), {"until_on": soon.isoformat(), "version": "1"})
    membership.refresh_from_db()
    assert (membership.until_on, membership.version) == (soon, 2)
    client.post(to("plan_end", membership.ref), {"until_on": "", "version": "2"})
    membership.refresh_from_db()
    assert membership.until_on is None


def test_who_still_answers_for_something_cannot_be_ended_and_the_page_says_what_to_do(client, team):
    membership = make_member(team, name="Femke")
    make_task(membership)
    answer = client.post(to("end_membership", membership.ref), {})
    membership.refresh_from_db()
    assert (answer.status_code, membership.ended_at) == (422, None)
    assert "Femke is nog aanspreekpunt voor iets. Draag dat eerst over." in answer.text
    assert "aanspreekpunt voor 1 ding" in client.get(to("person", membership.worker.ref)).text


def test_who_answers_for_nothing_can_be_ended_and_come_back(client, team):
    membership = make_member(team, name="Femke")
    client.post(to("end_membership", membership.ref), {"version": "1"})
    membership.refresh_from_db()
    assert membership.ended_at is not None
    client.post(to("add_membership", membership.worker.ref), place(team))
    assert Membership.objects.filter(worker=membership.worker, ended_at__isnull=True).count() == 1


def test_an_administrator_does_not_end_their_own_work(client, office):
    administrator = office[1]
    assert client.post(to("end_membership", administrator.ref), {}).status_code == 422
    administrator.refresh_from_db()
    assert administrator.ended_at is None


def test_two_administrators_at_once_the_second_hears_it(client, team):
    worker = make_member(team, name="Femke").worker
    ours = {"name": "Femke B", "email": worker.email, "phone": "", "version": "1"}
    assert client.post(to("change_person", worker.ref), ours).status_code == 302
    late = client.post(to("change_person", worker.ref), {**ours, "name": "Femke C"})
    worker.refresh_from_db()
    assert (late.status_code, worker.name) == (422, "Femke B")


def test_a_lost_second_step_is_taken_away(client, team):
    worker = make_member(team, name="Femke").worker
    Authenticator.objects.create(user=worker, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.post(to("second_step", worker.ref), {})
    assert Authenticator.objects.filter(user=worker).count() == 0


def test_the_list_shows_everybody_once_over_its_pages(office):
    team, administrator = office
    for _ in range(7):
        make_member(team, name="Anna")  # all the same name: the cursor must not lose one
    seen, after, pages = [], "", 0
    while pages == 0 or after:
        rows, after = people_of(actor=actor_for(administrator), after=after, limit=3)
        seen, pages = seen + [row.pk for row in rows], pages + 1
    assert seen == list(Worker.objects.order_by("name", "pk").values_list("pk", flat=True))
    assert pages == 4


def test_searching_finds_a_part_of_the_name(client, team):
    make_member(team, name="Femke")
    make_member(team, name="Karim")
    text = client.get(to("people"), {"words": "emk"}).text
    assert ("Femke" in text, "Karim" in text) == (True, False)


@pytest.mark.parametrize("verb", ["person", "change_person", "password_mail", "second_step", "add_membership"])
def test_somebody_of_another_municipality_is_as_if_not_there(client, verb):
    stranger = make_member(make_team(name="Team Elders"), name="Vreemd").worker
    assert client.get(to(verb, stranger.ref)).status_code == 404
    assert client.post(to(verb, stranger.ref), NEW).status_code == 404


def test_being_administrator_here_and_worker_there_gives_no_rights_there(client, office):
    elsewhere = make_team(name="Team Elders")
    make_member(elsewhere, Role.WORKER, worker=office[1].worker)
    assert client.get(to("team", elsewhere.ref)).status_code == 404
    assert client.get(to("person", elsewhere.lead.worker.ref)).status_code == 404


def test_who_keeps_no_municipality_in_order_has_none(team):
    with pytest.raises(Absent):
        municipality_of(actor=actor_for(team.lead))


def test_a_place_in_a_team_of_another_municipality_is_not_there(client, office):
    lead = make_team(name="Team Elders").lead
    with pytest.raises(Absent):
        membership_at(actor=actor_for(office[1]), ref=lead.ref)
    for verb in ("plan_end", "end_membership"):
        assert client.post(to(verb, lead.ref), {}).status_code == 404
    lead.refresh_from_db()
    assert lead.ended_at is None
