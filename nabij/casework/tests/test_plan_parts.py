from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.models import Dossier, Grant
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_team
from nabij.casework.actions import (
    add_activity,
    add_goal,
    agree_plan,
    ask_network,
    close_case,
    end_goal,
    finish_activity,
    give_volunteer,
    set_question,
)
from nabij.casework.models import NetworkAsk, Rung
from nabij.core.errors import Absent, Conflict, Refused
from nabij.residents.tests.factories import make_resident
from nabij.signals.tests.factories import MONDAY

from .factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_team())


@pytest.fixture
def case(member):
    return make_case(member, make_dossier(member.team))


def do(action, member, **facts):
    return action(actor=actor_for(member), at=timezone.now(), **facts)


def test_the_question_stands_in_the_residents_own_words(member, case):
    do(set_question, member, case=case, question="  Ik wil weer koken.  ")
    case.refresh_from_db()
    assert (case.question, case.version) == ("Ik wil weer koken.", 2)


def test_the_second_of_two_workers_is_told_and_overwrites_nothing(member, case):
    do(set_question, member, case=case, question="Eerst.", version=1)
    with pytest.raises(Conflict) as conflict:
        do(set_question, make_member(member.team, name="Bo"), case=case, question="Toen.", version=1)
    assert conflict.value.current.question == "Eerst."


def test_a_goal_counts_from_the_day_on_which_the_resident_agreed(member, case):
    early, late = (do(add_goal, member, case=case, text=text) for text in ("Weer koken", "Buiten komen"))
    today = timezone.localdate()
    do(end_goal, member, goal=late, result="given_up")
    do(agree_plan, member, case=case, how="spoken", on=today, present="Mevrouw en haar dochter")
    for goal in (early, late):
        goal.refresh_from_db()
    case.refresh_from_db()
    assert (early.agreed_on, late.agreed_on) == (today, None)
    assert (case.agreed_how, case.agreed_present) == ("spoken", "Mevrouw en haar dochter")


@pytest.mark.parametrize(
    ("action", "facts", "field", "why"),
    [
        (add_goal, {"text": " "}, "text", "Schrijf op wat de inwoner wil bereiken"),
        (ask_network, {"answer": "perhaps"}, "answer", "Kies een van de antwoorden"),
    ],
)
def test_a_goal_has_words_and_the_question_about_the_network_an_answer(member, case, action, facts, field, why):
    with pytest.raises(Refused, match=why) as refused:
        do(action, member, case=case, **facts)
    assert (refused.value.field, case.goals.count(), NetworkAsk.objects.count()) == (field, 0, 0)


@pytest.mark.parametrize(("changed", "field"), [({"on": timezone.localdate() + timedelta(2)}, "on"), ({"present": " "}, "present")])
def test_an_agreement_has_a_day_that_has_come_and_names_who_were_there(member, case, changed, field):
    with pytest.raises(Refused) as refused:
        do(agree_plan, member, case=case, **{"how": "spoken", "on": timezone.localdate(), "present": "De inwoner", **changed})
    assert refused.value.field == field


def test_a_goal_ends_once_and_with_a_result(member, case):
    goal = do(add_goal, member, case=case, text="Weer koken")
    with pytest.raises(Refused):
        do(end_goal, member, goal=goal, result="")
    do(end_goal, member, goal=goal, result="partly", words="Twee keer per week")
    goal.refresh_from_db()
    assert (goal.result, goal.result_words) == ("partly", "Twee keer per week")
    with pytest.raises(Refused):
        do(end_goal, member, goal=goal, result="reached")


def test_every_answer_about_the_network_stays_and_the_latest_counts(member, case):
    for answer in ("yes", "no_more"):
        do(ask_network, member, case=case, answer=answer)
    assert list(NetworkAsk.objects.order_by("pk").values_list("answer", "by_id")) == [("yes", member.pk), ("no_more", member.pk)]


def test_an_activity_of_the_network_is_owned_by_the_coordinator_and_shares_the_date_of_the_plan(member, case):
    helper = make_member(member.team, name="Bo")
    activity = do(add_activity, helper, case=case, text="Samen eten", rung=Rung.OWN_NETWORK, carrier="De buurvrouw")
    assert (activity.commitment.owner, activity.commitment.due_at) == (member, case.commitment.due_at)
    assert activity.commitment.what == "Kijken of het is gebeurd: Mensen om u heen"


def test_help_with_a_decision_keeps_the_dossier_fifteen_years(member, case):
    do(add_activity, member, case=case, text="Huishoudelijke hulp", rung=Rung.INDIVIDUAL_PROVISION, carrier="Thuiszorg")
    assert case.case_dossiers.get().dossier.erase_on > timezone.localdate() + timedelta(days=15 * 365)


def kept_until(case):
    return case.case_dossiers.get().dossier.erase_on


@pytest.mark.parametrize(
    ("born", "years"),
    [
        ({"birth_year": 2008, "birth_month": 6, "birth_day": 16}, 20),  # turns 18 tomorrow
        ({"birth_year": 2008, "birth_month": 6, "birth_day": 15}, 15),  # turned 18 today
        ({"birth_year": 2008, "birth_month": 6}, 20),  # may be 17 still
        ({"birth_year": 2008, "birth_month": 5}, 15),
        ({"birth_year": 2008}, 20),
        ({"birth_year": 2009}, 20),
        ({"birth_year": 2007}, 15),
        ({}, 15),
    ],
)
def test_help_with_a_decision_for_who_is_or_may_be_under_age_is_kept_twenty_years(member, born, years):
    case = make_case(member, make_resident(member.team, **born).dossier, at=MONDAY)
    add_activity(actor=actor_for(member, MONDAY), at=MONDAY, case=case, text="Begeleiding", rung=Rung.INDIVIDUAL_PROVISION, carrier="Zorg")
    assert kept_until(case) == MONDAY.date().replace(year=MONDAY.year + years)


def test_a_child_for_whom_nothing_was_decided_is_kept_as_short_as_anybody(member):
    case = make_case(member, make_resident(member.team, birth_year=2015).dossier, at=MONDAY)
    before = kept_until(case)
    add_activity(actor=actor_for(member, MONDAY), at=MONDAY, case=case, text="Huiswerk", rung=Rung.INFORMAL_HELP, carrier="Maatje")
    assert kept_until(case) == before


def test_the_years_of_a_decision_count_from_the_end_of_the_case(member):
    case = make_case(member, make_resident(member.team, birth_year=2015).dossier, at=MONDAY)
    add_activity(actor=actor_for(member, MONDAY), at=MONDAY, case=case, text="Begeleiding", rung=Rung.INDIVIDUAL_PROVISION, carrier="Zorg")
    later = MONDAY + timedelta(days=366)
    close_case(actor=actor_for(member, later), at=later, case=case, results={}, resident_word="", reason="Het lukt zelf.", end_activities=True)
    assert kept_until(case) == later.date() + timedelta(days=20 * 365 + 5)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"text": ""}, "text"), ({"carrier": ""}, "carrier"), ({"rung": 9}, "rung"), ({"due_at": timezone.now() - timedelta(1)}, "due_on")],
)
def test_an_activity_says_what_who_and_on_which_rung(member, case, changed, field):
    with pytest.raises(Refused) as refused:
        do(add_activity, member, case=case, **{"text": "Bellen", "rung": 1, "carrier": "Zelf", **changed})
    assert refused.value.field == field
    assert case.activities.count() == 0


def test_an_activity_works_on_a_goal_of_its_own_case(member, case):
    theirs = do(add_goal, member, case=make_case(member, make_dossier(member.team)), text="Weer koken")
    with pytest.raises(Absent):
        do(add_activity, member, case=case, text="Bellen", rung=1, carrier="Zelf", goal=theirs)
    assert case.activities.count() == 0


def test_an_activity_ends_in_one_of_three_ways(member, case):
    activity = do(add_activity, member, case=case, text="Bellen", rung=1, carrier="Zelf")
    with pytest.raises(Refused, match="Kies hoe het afliep") as refused:
        do(finish_activity, member, activity=activity, outcome="perhaps")
    activity.commitment.refresh_from_db()
    assert (refused.value.field, activity.commitment.is_open) == ("outcome", True)


def test_a_volunteer_gets_the_activity_the_access_and_loses_both_when_it_is_finished(member, case):
    volunteer = make_member(member.team, "volunteer", name="Vera")
    dossier = case.case_dossiers.get().dossier
    activity = do(add_activity, member, case=case, text="Wandelen", rung=Rung.INFORMAL_HELP, carrier="iemand")
    assert not Dossier.objects.visible_to(actor_for(volunteer)).exists()
    do(give_volunteer, member, activity=activity, volunteer=volunteer)
    activity.refresh_from_db()
    assert (activity.commitment.owner, activity.carrier) == (volunteer, "Vera")
    assert Dossier.objects.visible_to(actor_for(volunteer)).get() == dossier
    do(finish_activity, volunteer, activity=activity)
    assert (activity.commitment.outcome, Grant.objects.filter(ended_at__isnull=True).count()) == ("done", 0)
    assert not Dossier.objects.visible_to(actor_for(volunteer)).exists()


def test_a_volunteer_does_not_finish_what_others_carry(member, case):
    volunteer = make_member(member.team, "volunteer", name="Vera")
    own, other = (do(add_activity, member, case=case, text=text, rung=3, carrier="iemand") for text in ("Wandelen", "Koken"))
    do(give_volunteer, member, activity=own, volunteer=volunteer)
    with pytest.raises(Absent):
        do(finish_activity, volunteer, activity=other)


def test_an_activity_goes_to_a_volunteer_and_not_to_a_paid_colleague(member, case):
    activity = do(add_activity, member, case=case, text="Wandelen", rung=3, carrier="iemand")
    with pytest.raises(Refused):
        do(give_volunteer, member, activity=activity, volunteer=make_member(member.team, name="Bo"))
