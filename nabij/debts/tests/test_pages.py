"""Pages of arrears: a file is looked at, taken in, and its refused rows are a list to download."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import log_in
from nabij.core.errors import Absent, Refused
from nabij.debts import actions
from nabij.debts.models import Debt, DebtAttempt, DebtFile, ResultFile
from nabij.debts.queries import debt_of
from nabij.debts.refusals import as_csv
from nabij.debts.tests.factories import file_of, mixed, row
from nabij.partners.tests.factories import make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(name="Voordeur", kind="front_door")


@pytest.fixture
def partner(team):
    return make_partner(team.municipality)


@pytest.fixture
def worker(client, team):
    member = make_member(team, name="Noor")
    log_in(client, member.worker)
    return member


def today():
    return f"{timezone.localdate():%d-%m-%Y}"


def upload(client, partner, content, name="a.csv"):
    file = SimpleUploadedFile(name, content, "text/csv")
    return client.post(reverse("debts:files"), {"partner": partner.ref, "file": file}, follow=True)


def test_a_file_is_looked_at_first_and_then_taken_in(client, partner, worker):
    answer = upload(client, partner, mixed(4, 1, today())[0])
    file = DebtFile.objects.get()
    assert (answer.status_code, Debt.objects.count(), file.added_by) == (200, 0, worker)
    assert "Er komen 4 nieuwe signalen binnen." in answer.content.decode()
    answer = client.post(reverse("debts:take_in", args=[file.ref]), follow=True)
    assert (Debt.objects.count(), "Er zijn 4 nieuwe signalen binnen." in answer.content.decode()) == (4, True)
    assert Entry.objects.filter(verb="debts.take_row", actor_kind="worker").count() == 4


def test_the_list_of_refused_rows_names_line_and_reason_and_no_person(client, partner, worker):
    upload(client, partner, file_of([row(1, **{"gemeld op": today(), "naam": "", "telefoon": "geheim"})]))
    answer = client.get(reverse("debts:refused", args=[DebtFile.objects.get().ref]))
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment")
    assert text.splitlines()[1].startswith("2;")
    assert "De naam ontbreekt." in text
    assert "geheim" not in text


def test_a_cell_is_never_a_formula():
    assert as_csv(head=["a"], rows=[["=1+1"], [" @x"], ["-2"], ["goed"]]).splitlines()[1:] == ["'=1+1", "' @x", "'-2", "goed"]


def test_what_is_no_file_of_arrears_is_said_beside_the_field_and_keeps_nothing(client, partner, worker):
    answer = upload(client, partner, b"naam;bedrag\nA;1\n")
    assert (answer.status_code, DebtFile.objects.count()) == (422, 0)
    assert "Er mist een kolom: kenmerk, gemeld op." in answer.content.decode()
    assert client.post(reverse("debts:files"), {}).status_code == 422


def test_a_colleague_of_another_team_sees_no_files_and_cannot_send_one(client, partner, team):
    log_in(client, make_member(make_team(team.municipality, name="Team Gors"), name="Bo").worker)
    answer = upload(client, partner, mixed(1, 0, today())[0])
    assert DebtFile.objects.count() == 0
    assert "Geen partner meldt achterstanden bij jouw team" in answer.content.decode()


def taken_in(client, partner):
    upload(client, partner, file_of([row(1, **{"gemeld op": today()})]))
    client.post(reverse("debts:take_in", args=[DebtFile.objects.get().ref]))
    return Debt.objects.select_related("signal__commitment").get()


def test_an_attempt_has_its_way_and_part_of_the_day_and_brings_the_next_date(client, partner, worker):
    debt = taken_in(client, partner)
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    given = {"try-medium": "visit", "try-reached": "no", "try-happened_at": moment, "try-part": "evening", "try-words": "Briefje achtergelaten"}
    answer = client.post(reverse("debts:tried", args=[debt.signal.ref]), given, follow=True)
    attempt = DebtAttempt.objects.get()
    assert (attempt.medium, attempt.reached, attempt.part_of_day, attempt.by) == ("visit", False, "evening", worker)
    assert "Probeer het de volgende keer op een ander dagdeel: ochtend." in answer.content.decode()
    assert debt.commitment.__class__.objects.get().due_at <= debt.commitment.term_at


def test_the_result_goes_back_as_reference_and_code_once(client, partner, worker):
    debt = taken_in(client, partner)
    ref = debt.signal.ref
    refused = client.post(reverse("debts:result", args=[ref]), {"end-result": "helped"})
    assert (refused.status_code, "Er is nog niemand bereikt" in refused.content.decode()) == (422, True)
    client.post(reverse("debts:result", args=[ref]), {"end-result": "moved"})
    answer = client.post(reverse("debts:results", args=[partner.ref]))
    assert answer.content.decode("utf-8-sig") == "kenmerk;resultaat\r\nK000001;moved\r\n"
    assert (ResultFile.objects.get().rows, Entry.objects.get(verb="debts.results", event="transfer").actor_id) == (1, worker.worker_id)
    assert client.post(reverse("debts:results", args=[partner.ref])).status_code == 422


def test_an_attempt_that_is_still_to_come_is_not_recorded(client, partner, worker):
    debt, at = taken_in(client, partner), timezone.now()
    with pytest.raises(Refused, match="Dit moment moet nog komen") as refused:
        actions.record_attempt(actor=actor_for(worker), at=at, debt=debt, medium="visit", reached=True, happened_at=at + timedelta(hours=1))
    assert (refused.value.field, DebtAttempt.objects.count()) == ("happened_at", 0)


def test_nobody_is_called_not_reached_before_somebody_tried(client, partner, worker):
    debt, at = taken_in(client, partner), timezone.now()
    with pytest.raises(Refused, match="Leg eerst de pogingen vast") as refused:
        actions.set_result(actor=actor_for(worker), at=at, debt=debt, result="not_reached")
    assert (refused.value.field, Debt.objects.get().result) == ("result", "")


def test_another_team_finds_no_arrear_and_makes_no_file_of_results(client, partner, worker, team):
    debt, at = taken_in(client, partner), timezone.now()
    actions.set_result(actor=actor_for(worker), at=at, debt=debt, result="moved")
    stranger = make_member(make_team(team.municipality, name="Team Gors"), name="Bo")
    with pytest.raises(Absent):
        debt_of(actor=actor_for(stranger), ref=debt.signal.ref)
    with pytest.raises(Absent):
        actions.export_results(actor=actor_for(stranger), at=at, partner=partner, team=team)
    assert (ResultFile.objects.count(), Debt.objects.get().told_at) == (0, None)


def test_whether_we_know_this_resident_is_looked_up_and_never_linked_by_itself(client, partner, worker):
    from nabij.residents.actions import create_resident

    debt = taken_in(client, partner)
    person = {"surname": "Bakker", "call_name": "An", "birth_year": 1971, "birth_month": 3, "birth_day": 2}
    create_resident(actor=actor_for(worker), at=timezone.now(), team=worker.team, **person)
    answer = client.post(reverse("debts:known", args=[debt.signal.ref]))
    assert "An Bakker" in answer.content.decode()
    debt.commitment.refresh_from_db()
    assert debt.commitment.dossier_id is None
