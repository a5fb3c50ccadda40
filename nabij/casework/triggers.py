"""Cases and activities sit on commitments of their kind; activities share the date of their plan; nobody is their own peer."""

from nabij.commitments.triggers import TABLE, kind_matches
from nabij.core.triggers import Trigger

# One plan, one date: when the case is seen, postponed or left alone for a while, what runs in it moves along, history included.
SHARE_DATE = (
    f"UPDATE {TABLE} SET due_at = NEW.due_at, turned_at = NEW.turned_at, turned_by_id = NEW.turned_by_id, version = version + 1"
    " WHERE closed_at IS NULL AND id IN (SELECT a.commitment_id FROM casework_activity a WHERE a.case_id = NEW.id AND a.shares_date)"
)
CASE_MOVED = "NEW.kind = 'case' AND NEW.closed_at IS NULL AND OLD.due_at <> NEW.due_at"

# The word of a peer comes from another, paid person, whatever other place in a team they have.
NOT_A_PEER = (
    "NEW.peer_id IS NOT NULL AND EXISTS (SELECT 1 FROM access_membership p, access_membership a"
    " WHERE p.id = NEW.peer_id AND a.id = NEW.asked_by_id AND (p.worker_id = a.worker_id OR NOT p.paid))"
)
PEER = "the word about a measure comes from another paid colleague"

TRIGGERS = [
    *kind_matches("casework_case", "case"),
    *kind_matches("casework_activity", "activity"),
    Trigger("case_shares_date", TABLE, "AFTER UPDATE OF due_at", when=CASE_MOVED, run=SHARE_DATE),
    Trigger("breakthrough_peer_insert", "casework_breakthrough", "BEFORE INSERT", when=NOT_A_PEER, refuse=PEER),
    Trigger("breakthrough_peer_update", "casework_breakthrough", "BEFORE UPDATE OF peer_id, asked_by_id", when=NOT_A_PEER, refuse=PEER),
]
