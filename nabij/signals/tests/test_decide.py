from datetime import date, timedelta

import pytest

from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_municipality, make_team
from nabij.commitments.clock import end_of, start_of
from nabij.commitments.models import Commitment, Task
from nabij.core.errors import Absent, Conflict, Refused
from nabij.post.models import Outgoing
from nabij.signals.actions import classify_signal, decide, give_second_word, reopen_signal
from nabij.signals.models import Decision, Signal
from nabij.signals.queries import triage_queue

from .factories import MONDAY, REPORTER, make_signal

pytestmark = pytest.mark.django_db
UNTIL = {"kind": "nothing_until", "reason": "Ze wil rust", "agreed_with": "haar dochter", "sooner_if": "de gordijnen dicht blijven"}


@pytest.fixture
def lead(team):
    return actor_for(team.lead, MONDAY)


@pytest.fixture
def colleague(team):
    return actor_for(make_member(team, name="Kees"), MONDAY)


def settle(actor, signal, **fields):
    return decide(actor=actor.again(), at=MONDAY, signal=signal, **{"kind": "answer", "asks_support": False, **fields})


def fresh(signal) -> Signal:
    return Signal.objects.select_related("commitment").get(pk=signal.pk)


def test_an_answer_closes_the_signal_with_an_outcome(team, lead):
    signal = make_signal(team)
    settle(lead, signal)
    assert (fresh(signal).commitment.outcome, fresh(signal).commitment.closed_at) == ("answered", MONDAY)


def test_the_question_for_support_comes_before_any_decision(team, lead):
    with pytest.raises(Refused) as refused:
        settle(lead, make_signal(team), asks_support=None)
    assert refused.value.field == "asks_support"


def test_support_asked_at_triage_counts_from_the_moment_of_receipt(team, lead):
    signal = make_signal(team)
    later = MONDAY + timedelta(days=3)
    classify_signal(actor=lead, at=later, signal=signal, asks_support=True)
    assert fresh(signal).commitment.term_at == end_of(date(2026, 7, 27))


def test_a_wmo_report_is_not_taken_back_by_a_tick(team, lead):
    signal = make_signal(team, asks_support=True)
    with pytest.raises(Refused):
        classify_signal(actor=lead, at=MONDAY, signal=signal, asks_support=False)


def test_danger_found_at_triage_brings_the_date_nearer_and_stays(team, lead, colleague):
    signal = make_signal(team)
    classify_signal(actor=lead, at=MONDAY, signal=signal, unsafe=True)
    assert (fresh(signal).commitment.urgency, fresh(signal).commitment.due_at) == (0, end_of(MONDAY.date()))
    classify_signal(actor=colleague, at=MONDAY, signal=fresh(signal), unsafe=False)
    assert fresh(signal).unsafe is True


@pytest.mark.parametrize("kind", ["nothing", "passed_on", "nothing_until"])
def test_doing_nothing_needs_a_reason(team, lead, kind):
    signal = make_signal(team)
    with pytest.raises(Refused) as refused:
        settle(lead, signal, kind=kind, until_on=date(2026, 7, 1))
    assert refused.value.field == "reason"
    assert fresh(signal).commitment.is_open


def test_nothing_until_a_date_rests_with_its_owner_and_wakes_on_its_date(team, lead):
    signal = make_signal(team)
    settle(lead, signal, **UNTIL, until_on=date(2026, 6, 29))
    commitment = fresh(signal).commitment
    assert (commitment.is_open, commitment.owner, commitment.due_at) == (True, team.lead, start_of(date(2026, 6, 29)))
    assert triage_queue(actor=lead) == []
    awake = actor_for(team.lead, MONDAY + timedelta(days=14))
    assert triage_queue(actor=awake) == [signal]
    assert decide(actor=awake, at=awake.at, signal=fresh(signal), kind="answer").state == "stands"


def test_nothing_until_needs_a_day_to_come(team, lead):
    with pytest.raises(Refused) as refused:
        settle(lead, make_signal(team), **UNTIL, until_on=MONDAY.date())
    assert refused.value.field == "until_on"


def test_linking_to_somebody_who_is_helped_finishes_the_signal(team, lead):
    signal, dossier = make_signal(team), make_dossier(team)
    make_grant(dossier, team.lead.worker)
    settle(lead, signal, kind="link", dossier=dossier)
    assert (fresh(signal).commitment.outcome, fresh(signal).commitment.dossier) == ("linked", dossier)


def test_linking_without_running_help_stays_open_and_the_reporter_hears_later(team, lead):
    signal, dossier = make_signal(team, reporter=REPORTER), make_dossier(team)
    decision = settle(lead, signal, kind="link", dossier=dossier)
    assert (fresh(signal).commitment.is_open, decision.feedback, Outgoing.objects.count()) == (True, "later", 0)
    settle(lead, fresh(signal))
    assert Outgoing.objects.count() == 1


def test_who_cannot_open_the_resident_hands_the_signal_to_who_linked_it(team, colleague):
    signal, dossier = make_signal(team), make_dossier(team, restricted=True)
    member = colleague.memberships[0].membership_id
    make_grant(dossier, team.lead_substitute.worker, kind="restricted")
    other = actor_for(team.lead_substitute, MONDAY)
    settle(other, signal, kind="link", dossier=dossier)
    assert fresh(signal).commitment.owner == team.lead_substitute
    assert member != team.lead_substitute.pk


def test_a_resident_one_may_not_open_cannot_be_linked(team, lead):
    stranger = make_dossier(make_team(team.municipality))
    with pytest.raises(Refused) as refused:
        settle(lead, make_signal(team), kind="link", dossier=stranger)
    assert refused.value.field == "dossier"


def test_a_repetition_points_at_the_first_signal_and_passes_its_danger_on(team, lead):
    first, again = make_signal(team), make_signal(team, unsafe=True)
    settle(lead, again, kind="duplicate", duplicate_of=first)
    assert fresh(again).commitment.outcome == "duplicate"
    assert (fresh(first).unsafe, fresh(first).commitment.urgency) == (True, 0)
    with pytest.raises(Refused):
        settle(lead, make_signal(team), kind="duplicate", duplicate_of=fresh(again))


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"kind": "case"}, "Open de casus bij de inwoner: dan is het signaal vanzelf afgerond.", None),
        (
            {**UNTIL, "agreed_with": " ", "until_on": date(2026, 7, 1)},
            "Schrijf op met wie dit is afgesproken en waarom we eerder zouden komen.",
            "agreed_with",
        ),
        ({"kind": "duplicate"}, "Kies het eerdere signaal over dezelfde zorg.", "duplicate_of"),
    ],
)
def test_a_decision_that_lacks_what_its_kind_needs_is_refused(team, lead, fields, words, field):
    signal = make_signal(team)
    with pytest.raises(Refused) as refused:
        settle(lead, signal, **fields)
    assert (refused.value.message, refused.value.field) == (words, field)
    assert (fresh(signal).commitment.is_open, Decision.objects.count()) == (True, 0)


def test_danger_hidden_as_a_repetition_of_something_finished_needs_a_second_word(team, lead):
    first, again = make_signal(team), make_signal(team, unsafe=True)
    settle(lead, first)
    assert settle(lead, again, kind="duplicate", duplicate_of=fresh(first)).state == "waiting"


def test_other_teams_and_other_roles_cannot_decide(team):
    signal = make_signal(team)
    for member in (
        make_member(make_team(team.municipality)),
        make_member(make_team(make_municipality())),
        make_member(team, Role.COUNTER),
        make_member(team, Role.VOLUNTEER),
    ):
        with pytest.raises(Absent):
            settle(actor_for(member, MONDAY), signal)
    assert fresh(signal).commitment.is_open


# --- a second person's word


@pytest.mark.parametrize("risk", ["unsafe", "about_child"])
@pytest.mark.parametrize("fields", [{"kind": "answer"}, {"kind": "nothing", "reason": "Loos"}, {**UNTIL, "until_on": date(2026, 7, 1)}])
def test_danger_or_a_child_waits_for_a_second_person(team, lead, colleague, risk, fields):
    signal = make_signal(team, reporter=REPORTER, **{risk: True})
    decision = settle(lead, signal, **fields)
    assert (decision.state, fresh(signal).commitment.is_open, Outgoing.objects.count()) == ("waiting", True, 0)
    give_second_word(actor=colleague, at=MONDAY, decision=decision, agrees=True)
    decision.refresh_from_db()
    assert (decision.state, decision.second_id, Outgoing.objects.count()) == ("stands", colleague.worker_id, 1)
    assert fresh(signal).commitment.is_open is (fields["kind"] == "nothing_until")


def test_nobody_is_their_own_second_person(team, lead):
    decision = settle(lead, make_signal(team, unsafe=True))
    with pytest.raises(Refused):
        give_second_word(actor=lead.again(), at=MONDAY, decision=decision, agrees=True)


def test_a_volunteer_or_another_team_gives_no_second_word(team, lead):
    decision = settle(lead, make_signal(team, unsafe=True))
    for member in (make_member(team, Role.VOLUNTEER), make_member(make_team(team.municipality))):
        with pytest.raises(Absent):
            give_second_word(actor=actor_for(member, MONDAY), at=MONDAY, decision=decision, agrees=True)


def test_turned_down_needs_a_reason_and_the_signal_stays_open(team, lead, colleague):
    signal = make_signal(team, about_child=True)
    decision = settle(lead, signal)
    with pytest.raises(Refused):
        give_second_word(actor=colleague, at=MONDAY, decision=decision, agrees=False)
    give_second_word(actor=colleague, at=MONDAY, decision=decision, agrees=False, words="Ga eerst langs")
    assert (Decision.objects.get().state, fresh(signal).commitment.is_open) == ("turned_down", True)
    with pytest.raises(Refused, match="Dit besluit wacht niet meer op een tweede persoon"):
        give_second_word(actor=colleague.again(), at=MONDAY, decision=decision, agrees=True)
    assert Decision.objects.get().state == "turned_down"


def test_who_decided_may_decide_anew_and_another_gives_a_word_first(team, lead, colleague):
    signal = make_signal(team, unsafe=True)
    settle(lead, signal)
    with pytest.raises(Refused):
        settle(colleague, signal)
    settle(lead, signal, kind="passed_on", reason="Veilig Thuis")
    assert sorted(Decision.objects.values_list("state", flat=True)) == ["stands", "withdrawn"]


# --- what the reporter hears


def test_by_default_the_reporter_gets_a_mail_that_names_nobody(team, lead):
    signal = make_signal(team, reporter=REPORTER)
    decision = settle(lead, signal)
    mail = Outgoing.objects.get()
    assert (decision.feedback, mail.to, mail.about_ref) == ("mailed", "bep@post.example", signal.ref)
    assert "Jansen" not in mail.body + mail.subject
    assert "gordijnen" not in mail.body + mail.subject


@pytest.mark.parametrize("text", ["Meneer jansen is geholpen", "Hij is dement, wij gaan erheen", "We spraken zijn psychiater"])
def test_a_mail_with_a_name_or_a_word_about_health_is_refused(team, lead, text):
    signal = make_signal(team, reporter=REPORTER)
    with pytest.raises(Refused) as refused:
        settle(lead, signal, feedback="mailed", feedback_text=text)
    assert refused.value.field == "feedback_text"
    assert (fresh(signal).commitment.is_open, Outgoing.objects.count()) == (True, 0)


def test_who_can_only_be_called_is_put_on_the_list_without_a_trace_to_the_resident(team, lead):
    dossier = make_dossier(team)
    make_grant(dossier, team.lead.worker)
    signal = make_signal(team, reporter={**REPORTER, "email": ""})
    settle(lead, signal, kind="link", dossier=dossier)
    task = Task.objects.select_related("commitment").get()
    assert (task.commitment.dossier, task.commitment.owner, task.commitment.what) == (None, team.lead, "Melder terugbellen")


@pytest.mark.parametrize(
    ("reporter", "feedback", "field"),
    [
        ({"name": "Bep", "phone": "0612345678"}, "mailed", "feedback"),
        ({"name": "Bep", "email": "bep@post.example"}, "to_call", "feedback"),
        ({"name": "Bep", "email": "bep@post.example"}, "impossible", "feedback_text"),
        ({"name": "Bep"}, "none", "feedback"),
    ],
)
def test_feedback_that_cannot_be_is_refused(team, lead, reporter, feedback, field):
    with pytest.raises(Refused) as refused:
        settle(lead, make_signal(team, reporter=reporter), feedback=feedback)
    assert refused.value.field == field


def test_nobody_to_tell_is_written_down_as_such(team, lead):
    assert settle(lead, make_signal(team)).feedback == "none"
    assert settle(lead, make_signal(team, reporter={"openness": "anonymous"})).feedback == "impossible"


# --- at the same moment, and afterwards


def test_of_two_decisions_one_counts(team, lead, colleague):
    signal = make_signal(team)
    settle(lead, signal)
    with pytest.raises(Refused, match="Dit signaal is al afgerond"):
        settle(colleague, signal, kind="nothing", reason="x")
    with pytest.raises(Refused, match="Dit signaal is al afgerond"):
        classify_signal(actor=colleague.again(), at=MONDAY, signal=signal, unsafe=True)
    assert (Decision.objects.count(), fresh(signal).unsafe) == (1, False)


def test_a_decision_from_an_older_page_is_told_so(team, lead, colleague):
    signal = make_signal(team)
    settle(lead, signal, **UNTIL, until_on=date(2026, 7, 1), version=1)
    with pytest.raises(Conflict):
        settle(colleague, signal, **UNTIL, until_on=date(2026, 8, 1), version=1)


def test_reopening_withdraws_the_decision_and_gives_a_date(team, lead):
    signal = make_signal(team)
    settle(lead, signal)
    reopen_signal(actor=lead, at=MONDAY, signal=fresh(signal))
    commitment = fresh(signal).commitment
    assert (commitment.is_open, commitment.owner, commitment.due_at) == (True, team.lead, end_of(date(2026, 6, 16)))
    assert Decision.objects.get().state == "withdrawn"


def test_reopening_goes_past_who_left(team, lead):
    leaver = make_member(team)
    signal = make_signal(team)
    Commitment.objects.filter(pk=signal.pk).update(owner=leaver)
    settle(lead, signal)
    leaver.ended_at = MONDAY
    leaver.save()
    reopen_signal(actor=lead, at=MONDAY, signal=fresh(signal))
    assert fresh(signal).commitment.owner == team.lead


def test_new_word_wakes_a_resting_signal(team, lead):
    signal = make_signal(team)
    settle(lead, signal, **UNTIL, until_on=date(2026, 7, 1))
    reopen_signal(actor=lead, at=MONDAY, signal=fresh(signal))
    assert triage_queue(actor=lead) == [signal]
    assert fresh(signal).commitment.due_at == end_of(date(2026, 6, 16))


@pytest.mark.parametrize(("marks", "day"), [({}, 17), ({"unsafe": True}, 16), ({"about_child": True}, 16)])
def test_what_was_passed_on_comes_back_to_who_sent_it_to_ask_whether_it_arrived(team, lead, marks, day):
    signal = make_signal(team, dossier=make_dossier(team), **marks)
    settle(lead, signal, kind="passed_on", reason="Veilig Thuis")
    (task,) = Task.objects.all()
    left, done = task.commitment, fresh(signal).commitment
    assert (done.outcome, done.is_open, left.is_open) == ("passed_on", False, True)
    assert (left.owner_id, left.due_at, left.urgency, left.dossier_id) == (done.owner_id, end_of(date(2026, 6, day)), done.urgency, done.dossier_id)
    assert task.note.endswith(signal.ref)


@pytest.mark.parametrize("kind", ["answer", "nothing"])
def test_only_passing_on_leaves_that_question(team, lead, kind):
    settle(lead, make_signal(team), kind=kind, reason="Niet nodig")
    assert not Task.objects.exists()
