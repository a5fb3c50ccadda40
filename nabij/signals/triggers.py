"""A signal sits on a commitment of its kind; unsafe or about a child cannot end in "nothing" or "advice" on one person's word,
and the mark that asks for that second word is never taken off.
"""

from nabij.commitments.triggers import kind_matches
from nabij.core.triggers import Trigger

ALONE = (
    "NEW.kind IN ('nothing', 'nothing_until', 'answer') AND NOT NEW.needs_second AND NEW.state = 'stands' AND EXISTS"
    " (SELECT 1 FROM signals_signal s WHERE s.commitment_id = NEW.signal_id AND (s.unsafe OR s.about_child))"
)

LOWERED = "(OLD.unsafe AND NOT NEW.unsafe) OR (OLD.about_child AND NOT NEW.about_child)"
AT_RISK = "EXISTS (SELECT 1 FROM signals_signal s WHERE s.commitment_id = NEW.{key} AND (s.unsafe OR s.about_child))"
NO_SECOND = (
    "NOT EXISTS (SELECT 1 FROM signals_decision d WHERE d.signal_id = NEW.{key} AND d.state = 'stands' AND d.second_id IS NOT NULL)"
)
# the same rule at the other doors: a pause that was not decided, an end that was not decided
PAUSED_ALONE = f"{AT_RISK} AND {NO_SECOND}".replace("{key}", "commitment_id")
ENDED_ALONE = (
    "NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL AND NEW.kind = 'signal' AND NEW.outcome IN ('nothing', 'answered') AND "
    + f"{AT_RISK} AND {NO_SECOND}".replace("{key}", "id")
)

TRIGGERS = [
    *kind_matches("signals_signal", "signal"),
    Trigger("decision_second_insert", "signals_decision", "BEFORE INSERT", when=ALONE, refuse="this needs the word of a second person"),
    Trigger("signal_risk_stays", "signals_signal", "BEFORE UPDATE OF unsafe, about_child", when=LOWERED, refuse="once unsafe or about a child stays so"),
    Trigger("signal_paused_alone", "commitments_pause", "BEFORE INSERT", when=PAUSED_ALONE, refuse="this needs the word of a second person"),
    Trigger(
        "signal_ended_alone",
        "commitments_commitment",
        "BEFORE UPDATE OF closed_at, outcome",
        when=ENDED_ALONE,
        refuse="this needs the word of a second person",
    ),
    Trigger("decision_second_update", "signals_decision", "BEFORE UPDATE", when=ALONE, refuse="this needs the word of a second person"),
]
