"""A signal sits on a commitment of its kind; unsafe or about a child cannot end in "nothing" or "advice" on one person's word."""

from nabij.commitments.triggers import kind_matches
from nabij.core.triggers import Trigger

ALONE = (
    "NEW.kind IN ('nothing', 'nothing_until', 'answer') AND NOT NEW.needs_second AND NEW.state = 'stands' AND EXISTS"
    " (SELECT 1 FROM signals_signal s WHERE s.commitment_id = NEW.signal_id AND (s.unsafe OR s.about_child))"
)

TRIGGERS = [
    *kind_matches("signals_signal", "signal"),
    Trigger("decision_second_insert", "signals_decision", "BEFORE INSERT", when=ALONE, refuse="this needs the word of a second person"),
    Trigger("decision_second_update", "signals_decision", "BEFORE UPDATE", when=ALONE, refuse="this needs the word of a second person"),
]
