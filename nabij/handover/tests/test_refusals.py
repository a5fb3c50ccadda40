"""What handing over refuses, with the words that people read, and that nothing changes owner then."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Acquaintance, Dossier, DutyTurn, Grant, Membership, Role
from nabij.access.tests.factories import (
    actor_for,
    log_in,
    make_controller,
    make_dossier,
    make_grant,
    make_member,
    make_team,
)
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import make_stand_in
from nabij.core.errors import Absent, Refused
from nabij.handover import actions, queries
from nabij.handover.models import Handover, HandoverItem

from .factories import make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ANSWERED = "Hierop is al geantwoord."
GONE = "Bo werkt niet meer in dit team. Kies iemand anders."
CANNOT = "Bo kan niet met deze inwoner werken. Kies iemand anders."


@pytest.fixture
def case(noor):
    [case] = make_residents(noor, "Riet")
    return case


def refuses(action, member, **facts):
    """Try it as this member; return what is said and at which field. Nothing got another owner, and nobody got access."""
    before = sorted(Commitment.objects.values_list("pk", "owner", "closed_at")), Grant.objects.count()
    with pytest.raises(Refused) as refused:
        action(actor=actor_for(member), at=timezone.now(), **facts)
    assert (sorted(Commitment.objects.values_list("pk", "owner", "closed_at")), Grant.objects.count()) == before
    return refused.value.message, refused.value.field


def know_each_other(member, dossier):
    Acquaintance.objects.create(worker=member.worker, dossier=dossier)


def test_a_question_is_answered_once_and_only_while_it_is_open(noor, bo, case):
    make_handover(noor)
    item = make_item(case, bo)
    assert refuses(actions.close_item, bo, item=item, because="Verhuisd") == ("Zeg eerst ja of nee.", None)
    actions.withdraw_item(actor=actor_for(noor), at=timezone.now(), item=item)
    assert refuses(actions.accept_item, bo, item=item) == (ANSWERED, None)
    again = make_item(case, bo)
    before_the_yes = HandoverItem.objects.get(pk=again.pk)
    actions.accept_item(actor=actor_for(bo), at=timezone.now(), item=again)
    assert refuses(actions.refuse_item, bo, item=again, because="Toch niet") == (ANSWERED, None)
    assert refuses(actions.withdraw_item, noor, item=before_the_yes) == (ANSWERED, None)


def test_who_was_asked_before_the_question_moved_on_does_not_answer(team, noor, bo, case):
    make_handover(noor)
    item = make_item(case, bo)
    Commitment.objects.filter(pk=item.pk).update(owner=team.lead)
    with pytest.raises(Absent):
        actions.accept_item(actor=actor_for(bo), at=timezone.now(), item=item)
    item.refresh_from_db()
    assert item.accepted_at is None


def test_a_yes_comes_too_late_for_a_place_that_has_ended(team, noor, case):
    new = make_team(team.municipality, name="Team Weidevenne")
    place = make_member(new, worker=noor.worker)
    make_handover(noor, "team_change", to_membership=place)
    item = make_item(case, None, along=True)
    Membership.objects.filter(pk=place.pk).update(ended_at=timezone.now())
    item = HandoverItem.objects.get(pk=item.pk)
    assert refuses(actions.accept_item, new.lead, item=item) == (
        "Noor werkt niet meer in dit team. Kies iemand anders.",
        None,
    )
    assert Dossier.objects.get().team == team


def test_somebody_who_turns_out_to_know_the_resident_cannot_say_yes(noor, bo, case):
    make_handover(noor)
    item = make_item(case, bo)
    know_each_other(bo, case.commitment.dossier)
    assert refuses(actions.accept_item, bo, item=item) == (CANNOT, None)


def test_duty_goes_to_a_paid_colleague_of_the_team(noor):
    turn = DutyTurn.objects.create(team=noor.team, on=TODAY + timedelta(2), membership=noor)
    for other in (
        make_member(make_team(), name="Wen"),
        make_member(noor.team, Role.VOLUNTEER, "Vic"),
        make_member(noor.team, ended_at=timezone.now()),
    ):
        assert refuses(actions.give_duty, noor, membership=noor, to=other) == (
            "Kies een betaalde collega van dit team.",
            "owner",
        )
    turn.refresh_from_db()
    assert turn.membership == noor


def test_a_colleague_is_named_only_where_the_last_key_would_leave_and_who_can_open_it(team, noor, bo):
    shared, last = make_dossier(team, restricted=True), make_dossier(team, restricted=True)
    for dossier, member in ((shared, noor), (shared, team.lead), (last, noor)):
        make_grant(dossier, member.worker, kind="restricted")
    with pytest.raises(Absent):
        actions.name_in_restricted(actor=actor_for(noor), at=timezone.now(), membership=noor, dossier=shared, to=bo)
    know_each_other(bo, last)
    assert refuses(actions.name_in_restricted, noor, membership=noor, dossier=last, to=bo) == (CANNOT, "owner")


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"told": ""}, "Zeg of de inwoner het weet.", "told"),
        ({"told": "not_told", "told_because": " "}, "Zeg waarom de inwoner het nog niet weet.", "told_because"),
        ({"leaver_until": TODAY + timedelta(93)}, "Kies een dag in de komende drie maanden.", "leaver_until"),
        ({"leaver_until": TODAY - timedelta(1)}, "Kies een dag in de komende drie maanden.", "leaver_until"),
        ({"to": None}, "Kies een collega", "owner"),
    ],
)
def test_a_question_says_whom_it_asks_what_the_resident_knows_and_until_when(noor, bo, case, facts, words, field):
    make_handover(noor)
    facts = {"membership": noor, "to": bo, "dossier": case.commitment.dossier, "told": "told", **facts}
    assert refuses(actions.offer_item, noor, **facts) == (words, field)


def test_nothing_is_asked_before_a_handover_runs_nor_twice_nor_about_nothing(team, noor, bo, case):
    facts = {"membership": noor, "to": bo, "told": "told"}
    dossier = case.commitment.dossier
    assert (
        refuses(actions.offer_item, noor, dossier=dossier, **facts)[0]
        == "Begin eerst een overdracht: waarom, en voor welke dag."
    )
    make_handover(noor)
    assert (
        refuses(actions.offer_item, noor, dossier=make_dossier(team), **facts)[0]
        == "Hiervan staat niets meer op de werklijst."
    )
    with pytest.raises(Absent):
        actions.offer_item(actor=actor_for(noor), at=timezone.now(), **facts)
    with pytest.raises(Absent):
        actions.offer_item(actor=actor_for(bo), at=timezone.now(), dossier=dossier, **facts)
    make_item(case, bo)
    assert (
        refuses(actions.offer_item, noor, dossier=dossier, **facts)[0]
        == "Bo is al gevraagd. Wacht op het antwoord, of trek de vraag in."
    )


def test_a_resident_goes_only_to_somebody_else_who_works_here_and_may_know(team, noor, bo, case):
    make_handover(noor)
    facts = {"membership": noor, "dossier": case.commitment.dossier, "told": "told"}
    elsewhere = make_member(
        make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam"), name="Bo"
    )
    own = make_member(make_team(team.municipality, name="Team Dorp"), worker=noor.worker)
    assert refuses(actions.offer_item, noor, to=own, **facts) == ("Kies iemand anders.", "owner")
    assert refuses(actions.offer_item, noor, to=elsewhere, **facts) == (CANNOT, "owner")
    know_each_other(bo, case.commitment.dossier)
    assert refuses(actions.offer_item, noor, to=bo, **facts) == (CANNOT, "owner")
    Membership.objects.filter(pk=bo.pk).update(ended_at=timezone.now())
    bo.refresh_from_db()
    assert refuses(actions.offer_item, noor, to=bo, **facts) == (GONE, "owner")


def test_a_handover_begins_once_for_who_is_there_on_a_day_to_come(team, noor, bo):
    facts = {"reason": "leave", "planned_on": TODAY}
    past = ("Deze datum is voorbij. Kies vandaag of later.", "planned_on")
    assert (
        refuses(actions.start_handover, team.lead, membership=bo, **facts | {"planned_on": TODAY - timedelta(1)})
        == past
    )
    Membership.objects.filter(pk=bo.pk).update(ended_at=timezone.now())
    bo.refresh_from_db()
    assert refuses(actions.start_handover, team.lead, membership=bo, **facts) == (
        "Deze collega is weg uit het team.",
        None,
    )
    with pytest.raises(Absent):
        actions.start_handover(
            actor=actor_for(noor), at=timezone.now(), membership=noor, reason="absence", planned_on=TODAY
        )
    assert Handover.objects.count() == 0
    handover = make_handover(noor)
    said = refuses(actions.start_handover, team.lead, membership=noor, **facts)[0]
    assert said == "Er loopt al een overdracht van Noor. Ga verder met die werklijst."
    assert refuses(actions.move_planned_date, team.lead, handover=handover, planned_on=TODAY - timedelta(1)) == past
    actions.cancel_handover(actor=actor_for(team.lead), at=timezone.now(), handover=handover)
    assert refuses(actions.cancel_handover, team.lead, handover=handover) == ("Deze overdracht is al voorbij.", None)


def test_what_is_not_on_the_worklist_or_not_for_this_reader_is_not_there(team, noor, bo, case):
    other = make_dossier(team)
    for reader, ref in ((bo, case.commitment.dossier.ref), (noor, other.ref)):
        with pytest.raises(Absent):
            queries.group_of(actor=actor_for(reader), membership=noor, ref=ref)
    with pytest.raises(Absent):
        queries.dossier_at(ref=noor.ref)
    with pytest.raises(Absent):
        queries.stand_in_at(actor=actor_for(bo), ref=make_stand_in(noor, team.lead).ref)


@pytest.mark.parametrize("name", ["absence", "give_duty"])
def test_an_administrator_who_works_elsewhere_arranges_nothing_here(client, team, noor, name):
    anja = make_member(team, Role.ADMINISTRATOR, "Anja")
    make_member(make_team(team.municipality, name="Team Dorp"), worker=anja.worker)
    assert log_in(client, anja.worker).get(reverse(f"handover:{name}", args=[noor.ref])).status_code == 404


@pytest.mark.parametrize("name", ["move", "cancel", "finish"])
def test_there_is_nothing_to_move_or_end_while_no_handover_runs(client, team, noor, name):
    assert log_in(client, team.lead.worker).get(reverse(f"handover:{name}", args=[noor.ref])).status_code == 404
