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

TRIGGERS = [
    *kind_matches("signals_signal", "signal"),
    Trigger("decision_second_insert", "signals_decision", "BEFORE INSERT", when=ALONE, refuse="this needs the word of a second person"),
    Trigger("signal_risk_stays", "signals_signal", "BEFORE UPDATE OF unsafe, about_child", when=LOWERED, refuse="once unsafe or about a child stays so"),
    Trigger("decision_second_update", "signals_decision", "BEFORE UPDATE", when=ALONE, refuse="this needs the word of a second person"),
]
