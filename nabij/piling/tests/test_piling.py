"""The rule explains itself, and it is off until somebody answers for it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from nabij.access.actions import restrict_dossier
from nabij.access.actor import system_actor
from nabij.access.doors import action
from nabij.access.models import Dossier, Role
from nabij.access.tests.factories import actor_for, log_in, make_controller, make_member, make_team
from nabij.commitments.models import Task
from nabij.core.errors import Absent, Refused
from nabij.life_domains.actions import withdraw_moment
from nabij.meldcode.actions import start_meldcode
from nabij.piling.actions import erase_seen, say_seen, withdraw_assessment
from nabij.piling.models import Assessment
from nabij.piling.queries import export_seen, pile_of, piles_in_teams, running_for, since_when
from nabij.residents.tests.factories import make_resident

from .factories import do, make_assessment, pile_up, score, signal

pytestmark = pytest.mark.django_db


def pile(member, dossier):
    dossier = Dossier.objects.select_related("municipality__region").get(pk=dossier.pk)
    return pile_of(actor=actor_for(member), dossier=dossier, rule=running_for(dossier=dossier))


def domains(member, dossier):
    return sorted(fact.domain for fact in pile(member, dossier).facts)


def listed(member):
    return [found.name for found in piles_in_teams(actor=actor_for(member))]


def test_without_an_assessment_nothing_is_put_together(client, member, dossier):
    pile_up(member, dossier)
    log_in(client, member.worker)
    pages = [client.get(reverse("piling:list")).content.decode(), client.get(reverse("piling:of", args=[dossier.ref])).content.decode()]
    assert listed(member) == []
    assert [reverse("life_domains:scores", args=[dossier.ref]) in text for text in pages] == [False, False]
    with pytest.raises(Refused):
        do(say_seen, member, dossier=dossier, follows="nothing", words="Bekend.")


def test_the_flag_is_the_list_of_its_facts_with_links(client, member, dossier, assessment):
    pile_up(member, dossier)
    log_in(client, member.worker)
    text = client.get(reverse("piling:list")).content.decode()
    assert domains(member, dossier) == ["housing", "money", "upbringing"]
    assert [address in text for address in (reverse("life_domains:scores", args=[dossier.ref]), "Rie Bakker", reverse("piling:of", args=[dossier.ref]))] == [True] * 3


def test_withdrawing_the_assessment_puts_everything_off_at_once(client, member, officer, dossier, assessment):
    pile_up(member, dossier)
    assert listed(member) == ["Rie Bakker"]
    do(withdraw_assessment, officer, assessment=assessment)
    log_in(client, member.worker)
    assert (listed(member), running_for(dossier=dossier)) == ([], None)
    assert reverse("life_domains:scores", args=[dossier.ref]) not in client.get(reverse("piling:of", args=[dossier.ref])).content.decode()
    assert make_assessment(officer).withdrawn_at is None


def test_two_domains_are_not_enough_and_the_same_domain_counts_once(member, dossier, assessment):
    score(member, dossier, money=1, housing=2)
    score(member, dossier, money=2)
    assert (pile(member, dossier).up, listed(member)) == (False, [])
    signal(member, dossier, unsafe=True)
    assert (pile(member, dossier).up, listed(member)) == (True, ["Rie Bakker"])


def test_a_signal_counts_by_what_was_recorded_and_never_by_its_words(member, dossier, assessment):
    signal(member, dossier, words="Schulden, geen huis, kinderen, drank.")
    assert domains(member, dossier) == []
    signal(member, dossier, unsafe=True, about_child=True)
    assert domains(member, dossier) == ["safety", "upbringing"]


def test_an_arrear_counts_only_with_its_legal_ground(member, dossier, assessment):
    came = signal(member, dossier, channel="debt")
    assert domains(member, dossier) == []
    make_debt(came)
    assert domains(member, dossier) == ["money"]


def make_debt(came):
    from nabij.debts.models import Debt
    from nabij.partners.actions import add_partner

    now = timezone.now()
    team = came.commitment.team
    kind = {"kind": "landlord", "purpose": "vroege hulp", "basis": "Wgs art. 3", "may_debts": True}
    partner = add_partner(actor=system_actor(at=now), at=now, municipality=team.municipality, name="De Vliet", team=team, **kind)
    Debt.objects.create(
        signal=came, partner=partner, digest="a", reference="K1", surname="Bakker", amount=100, signalled_on=timezone.localdate(), basis="Wgs art. 3 lid 1 onder b"
    )


def test_what_is_older_than_the_period_or_better_since_or_withdrawn_does_not_count(member, dossier, assessment):
    score(member, dossier, days_ago=400, money=1)
    score(member, dossier, days_ago=20, housing=1)
    score(member, dossier, housing=4)
    do(withdraw_moment, member, moment=score(member, dossier, mind=1))
    assert domains(member, dossier) == []


@pytest.mark.parametrize(("day", "months", "first"), [("2026-03-31", 1, "2026-02-28"), ("2026-06-15", 6, "2025-12-15"), ("2026-12-05", 12, "2025-12-05")])
def test_the_period_is_counted_back_in_months(day, months, first):
    from datetime import date

    assert since_when(on=date.fromisoformat(day), months=months) == date.fromisoformat(first)


def test_a_private_moment_counts_for_nobody_and_a_meldcode_never(member, dossier, assessment):
    pile_up(member, dossier)
    before = domains(member, dossier)
    score(member, dossier, audience="private", mind=1)
    do(start_meldcode, member, dossier=dossier)
    assert domains(member, dossier) == before


def test_a_restricted_dossier_stands_only_in_the_list_of_who_is_named(member, dossier, assessment):
    pile_up(member, dossier)
    do(restrict_dossier, member.team.lead, dossier=dossier, workers=[])
    assert (listed(member), listed(member.team.lead)) == ([], ["Rie Bakker"])


def test_a_fact_of_another_organisation_does_not_count(member, dossier, assessment):
    pile_up(member, dossier)
    house = make_team(member.team.municipality, make_controller("welfare", "Welzijn"), name="Buurtteam")
    wen = make_member(house, name="Wen")
    row = score(member, dossier, mind=1)
    type(row).objects.filter(pk=row.pk).update(by=wen)
    assert "mind" not in domains(member, dossier)
    assert listed(wen) == []


def test_an_assessment_of_one_organisation_opens_nothing_for_another(member, officer, assessment):
    house = make_team(member.team.municipality, make_controller("welfare", "Welzijn"), name="Buurtteam")
    wen, theirs = make_member(house, name="Wen"), make_member(house, Role.PRIVACY_OFFICER, "Fay")
    pile_up(wen, make_resident(house, "Visser", by=wen).dossier)
    assert listed(wen) == []
    with pytest.raises(Absent):
        do(withdraw_assessment, theirs, assessment=assessment)


def test_the_housemate_does_not_count(member, dossier, assessment):
    pile_up(member, make_resident(member.team, "Visser", call_name="Bo").dossier)
    assert (domains(member, dossier), listed(member)) == ([], ["Bo Visser"])


def test_seen_takes_it_off_the_list_and_a_later_fact_shows_it_again(member, dossier, assessment):
    pile_up(member, dossier)
    with pytest.raises(Refused):
        do(say_seen, member, dossier=dossier, follows="nothing", words=" ")
    do(say_seen, member, dossier=dossier, follows="nothing", words="Er loopt al hulp voor alle drie.")
    assert listed(member) == []
    signal(member, dossier, unsafe=True)
    assert (listed(member), [fact.domain for fact in pile(member, dossier).new]) == (["Rie Bakker"], ["safety"])


def test_a_task_that_follows_has_an_owner_and_a_date(member, dossier, assessment):
    pile_up(member, dossier)
    with pytest.raises(Refused):
        do(say_seen, member, dossier=dossier, follows="task", words="Samen aan tafel.")
    due_on = timezone.localdate() + timedelta(3)
    seen = do(say_seen, member, dossier=dossier, follows="task", words="Samen aan tafel.", due_on=due_on)
    task = Task.objects.get(pk=seen.task.pk)
    assert (task.note, task.commitment.owner, timezone.localdate(task.commitment.due_at)) == ("Samen aan tafel.", member, due_on)


def test_only_the_privacy_officer_or_the_administrator_records_an_assessment(client, member, officer):
    log_in(client, member.worker)
    assert client.get(reverse("piling:dpia")).status_code == 404
    log_in(client, officer.worker)
    said = {"assessed_on": timezone.localdate().isoformat(), "reference": "D-1", "by_whom": "FG", "domains": 3, "months": 6}
    assert client.post(reverse("piling:dpia"), said).status_code == 302
    assert (Assessment.objects.get().recorded_by, Assessment.objects.get().reference) == (officer, "D-1")


@pytest.mark.parametrize("change", ["reference = ''", "domains = 1", "months = 90", "withdrawn_at = '2000-01-01 00:00:00+00:00'"])
def test_the_database_refuses_an_assessment_that_cannot_be(assessment, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE piling_assessment SET {change}")


def test_there_is_one_running_assessment_for_an_organisation_and_it_is_withdrawn_once(officer, assessment):
    with pytest.raises(Refused, match="Er is al een DPIA"):
        make_assessment(officer)
    do(withdraw_assessment, officer, assessment=assessment)
    with pytest.raises(Refused, match="Dit was al ingetrokken"):
        do(withdraw_assessment, officer, assessment=assessment)


def test_an_assessment_of_tomorrow_is_refused(officer):
    with pytest.raises(Refused) as refused:
        make_assessment(officer, assessed_on=timezone.localdate() + timedelta(1))
    assert (refused.value.message, refused.value.field, Assessment.objects.count()) == ("Deze dag moet nog komen.", "assessed_on", 0)


@action("piling.tests_erase", allow={})
def erase(*, actor, at, dossier):
    """Erase, for tests."""
    return erase_seen(actor=actor, at=at, dossier=dossier)


def test_erasing_empties_what_was_said(member, dossier, assessment):
    pile_up(member, dossier)
    do(say_seen, member, dossier=dossier, follows="nothing", words="Bekend.")
    now = timezone.now()
    assert [(row["words"], row["facts"]) for row in export_seen(dossier=dossier)] == [("Bekend.", 3)]
    assert erase(actor=system_actor(at=now), at=now, dossier=dossier) == 1
    assert [(row["words"], row["facts"]) for row in export_seen(dossier=dossier)] == [("", 0)]
