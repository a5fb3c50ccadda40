"""What we do with a signal."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import Scope, action, raise_version, step
from nabij.access.models import Dossier, Grant, Role
from nabij.commitments.actions import begin_pause, close_commitment
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Refused
from nabij.signals.models import Decision, Signal

from .classifying import classify_signal, raise_risk
from .settling import attach_dossier
from .telling import ask_arrival, check_feedback, tell_reporter

DECIDES = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}
CONFIRMS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM}
# domain facts, Safety: unsafe or about a child cannot end in "nothing" or "advise" on one person's word.
NEVER_ALONE = {Decision.Kind.ANSWER, Decision.Kind.NOTHING, Decision.Kind.NOTHING_UNTIL}
OUTCOMES = {"answer": "answered", "link": "linked", "nothing": "nothing", "duplicate": "duplicate", "passed_on": "passed_on"}
State = Decision.State


@action("signals.decide", allow=DECIDES, on="signal")
def decide(
    *, actor: Actor, at: datetime, signal: Signal, kind: str, reason: str = "", until_on: date | None = None, agreed_with: str = "",
    sooner_if: str = "", dossier: Dossier | None = None, duplicate_of: Signal | None = None, feedback: str = "", feedback_text: str = "",
    asks_support: bool | None = None,
) -> Decision:  # fmt: skip
    """Decide about a signal and let the reporter know, in one act. Unsafe or about a child: nothing and advice wait for a second person.

    Linking closes the signal when help for that resident is running, else it stays open for a case. Nothing until a date stays open,
    with its owner. Passed on closes it, and its owner asks whether it arrived. Raises Refused: finished, waiting for a second person, the
    question for support unanswered, or something missing.
    """
    commitment = lock_open(actor=actor, at=at, signal=signal)
    waiting = signal.decisions.filter(state=State.WAITING).select_related("by").first()
    if waiting is not None and waiting.by_id != actor.worker_id:
        raise Refused(_("%(name)s already decided and asks for a second word. Give yours first.") % {"name": waiting.by.name})
    if asks_support is not None and asks_support != signal.asks_support:
        classify_signal(actor=actor, at=at, signal=signal, asks_support=asks_support)
    if signal.asks_support is None:
        raise Refused(_("Say first whether somebody asks for support: a yes starts a legal term."), field="asks_support")
    decision = Decision(
        signal=signal, kind=kind, reason=reason.strip(), until_on=until_on, agreed_with=agreed_with.strip(), sooner_if=sooner_if.strip(),
        duplicate_of=duplicate_of, by_id=actor.worker_id or commitment.owner.worker_id, at=at, feedback=feedback, feedback_text=feedback_text.strip(),
    )  # fmt: skip
    _check(actor, decision, dossier)
    decision.needs_second = signal.at_risk and (kind in NEVER_ALONE or (duplicate_of is not None and not duplicate_of.commitment.is_open))
    raise_version(signal)  # a colleague who decides on an older page is told so
    signal.save(update_fields=["version"])
    if waiting is not None:
        _to_state(waiting, State.WITHDRAWN)
    if decision.needs_second:
        decision.state = State.WAITING
        check_feedback(actor=actor, at=at, decision=decision)
        decision.save()
        return decision
    carry_out(actor=actor, at=at, decision=decision, dossier=dossier)
    return decision


@action("signals.second_word", allow=CONFIRMS, on="decision")
def give_second_word(*, actor: Actor, at: datetime, decision: Decision, agrees: bool, words: str = "") -> Decision:
    """Agree with a colleague's decision, which then stands, or turn it down with a reason; then the signal waits for another decision.

    Raises Refused: one's own decision, not waiting any more, or turned down without a reason.
    """
    lock_open(actor=actor, at=at, signal=decision.signal)
    decision.refresh_from_db(fields=["state", "by_id"])
    _may_become(decision, State.STANDS if agrees else State.TURNED_DOWN)
    if decision.by_id == actor.worker_id:
        raise Refused(_("You took this decision yourself. Ask a colleague for the second word."))
    if not agrees and not words.strip():
        raise Refused(_("Write down why not, so that your colleague can go on."), field="words")
    decision.second_id, decision.second_at, decision.second_words = actor.worker_id, at, words.strip()
    if not agrees:
        return _to_state(decision, State.TURNED_DOWN)
    decision.state = State.STANDS
    raise_version(decision)
    carry_out(actor=actor, at=at, decision=decision, dossier=None)
    return decision


@step
def lock_open(*, actor: Actor, at: datetime, signal: Signal) -> Commitment:
    """Take the signal's commitment for this transaction, so that of two decisions one counts. Raises Refused when it is finished."""
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=signal.commitment_id)
    signal.commitment = commitment
    if not commitment.is_open:
        raise Refused(_("This signal is already finished. Open it to see what was decided."))
    return commitment


def _check(actor: Actor, decision: Decision, dossier: Dossier | None) -> None:
    """Refuse a decision that lacks what its kind needs."""
    kind, kinds = decision.kind, Decision.Kind
    if kind == kinds.CASE:
        raise Refused(_("Open the case from the resident: then the signal is finished by itself."))
    if kind in {kinds.NOTHING, kinds.NOTHING_UNTIL, kinds.PASSED_ON} and not decision.reason:
        raise Refused(_("Write down why. Doing nothing is a decision too."), field="reason")
    if kind == kinds.NOTHING_UNTIL:
        if decision.until_on is None or decision.until_on <= actor.on:
            raise Refused(_("Choose a date after today on which you look again."), field="until_on")
        if not (decision.agreed_with and decision.sooner_if):
            raise Refused(_("Write down with whom this was agreed, and what would make us come sooner."), field="agreed_with")
    if kind == kinds.LINK and (dossier is None or not Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists()):
        raise Refused(_("Choose the resident it is about."), field="dossier")
    if kind == kinds.DUPLICATE:
        other = decision.duplicate_of
        if other is None or other.pk == decision.signal.pk or not Signal.objects.visible_to(actor).filter(pk=other.pk).exists():
            raise Refused(_("Choose the earlier signal about the same worry."), field="duplicate_of")
        if other.decisions.filter(kind=kinds.DUPLICATE, state=State.STANDS).exists():
            raise Refused(_("That signal was itself a repetition. Choose the first one."), field="duplicate_of")


@step
def carry_out(*, actor: Actor, at: datetime, decision: Decision, dossier: Dossier | None) -> Decision:
    """Let a decision stand: the reporter hears, and the signal closes, rests, or goes on with its resident."""
    signal, commitment, kind = decision.signal, decision.signal.commitment, decision.kind
    if dossier is not None and kind == Decision.Kind.LINK:
        attach_dossier(actor=actor, at=at, signal=signal, dossier=dossier)
    goes_on = kind == Decision.Kind.LINK and not _is_helped(commitment, actor)
    if goes_on and not decision.feedback:
        decision.feedback = Decision.Feedback.LATER
    tell_reporter(actor=actor, at=at, decision=decision)
    decision.save()
    if kind == Decision.Kind.NOTHING_UNTIL:
        commitment.pauses.filter(ended_at__isnull=True).update(ended_at=at)
        begin_pause(
            actor=actor, at=at, commitment=commitment, reason=decision.reason, agreed_with=decision.agreed_with,
            look_again_on=decision.until_on, sooner_if=decision.sooner_if,
        )  # fmt: skip
    elif not goes_on:
        close_commitment(actor=actor, at=at, commitment=commitment, outcome=OUTCOMES[kind])
    if kind == Decision.Kind.PASSED_ON:
        ask_arrival(actor=actor, at=at, signal=signal)
    if decision.duplicate_of is not None:
        raise_risk(actor=actor, at=at, signal=decision.duplicate_of, unsafe=signal.unsafe, about_child=signal.about_child)
    return decision


def _is_helped(commitment: Commitment, actor: Actor) -> bool:
    """Tell whether help is running for the resident of this signal: a case of their own, or one they belong to."""
    here = {"dossier__root__merged": commitment.dossier_id}
    running = Commitment.objects.open().filter(kind__in=[Kind.CASE, Kind.ACTIVITY], **here)
    return running.exists() or Grant.objects.running(actor.on).filter(kind=Grant.Kind.CASEWORK, **here).exists()


def _may_become(decision: Decision, state: str) -> None:
    if state not in Decision.TRANSITIONS.get(State(decision.state), set()):
        raise Refused(_("This decision does not wait for a second person any more."))


def _to_state(decision: Decision, state: str) -> Decision:
    _may_become(decision, state)
    decision.state = state
    raise_version(decision)
    decision.save()
    return decision
