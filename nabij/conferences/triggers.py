"""A conference sits on a commitment of its kind, and ends with agreements or with the reason why there are none."""

from nabij.commitments.triggers import TABLE, kind_matches
from nabij.core.triggers import Trigger

NOTHING = (
    "NEW.kind = 'conference' AND NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL AND NEW.outcome = 'held'"
    " AND NOT EXISTS (SELECT 1 FROM conferences_agreement a WHERE a.conference_id = NEW.id)"
    " AND EXISTS (SELECT 1 FROM conferences_conference c WHERE c.commitment_id = NEW.id AND c.nothing_agreed = '')"
)

TRIGGERS = [
    *kind_matches("conferences_conference", "conference"),
    Trigger("conference_ends_with_something", TABLE, "BEFORE UPDATE OF closed_at", when=NOTHING, refuse="a conference ends with agreements or a reason"),
]
