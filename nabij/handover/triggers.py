"""What the database itself does: no end while a handover runs, no handover of who has left, and the first real contact closes an item."""

from nabij.commitments.triggers import TABLE, kind_matches
from nabij.core.triggers import Trigger

HANDOVER, ITEM, TEXT = "handover_handover", "handover_handoveritem", "contacts_contacttext"
# After an emergency stop the work is divided while, or after, the place in the team ends.
RUNS = f"NEW.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM {HANDOVER} h WHERE h.membership_id = NEW.id AND h.ended_at IS NULL AND h.reason <> 'emergency')"
GONE = (
    "NEW.ended_at IS NULL AND NEW.reason <> 'emergency' AND"
    " (SELECT m.ended_at FROM access_membership m WHERE m.id = NEW.membership_id {share}) IS NOT NULL"
)
RECORDED = "(SELECT c.recorded_at FROM contacts_contact c WHERE c.id = NEW.contact_id)"
MET = (
    f"UPDATE {TABLE} SET closed_at = {RECORDED}, outcome = 'met', turned_at = {RECORDED}, version = version + 1,"
    " turned_by_id = (SELECT c.by_id FROM contacts_contact c WHERE c.id = NEW.contact_id)"
    f" WHERE closed_at IS NULL AND kind = 'handover' AND opened_at <= {RECORDED}"
    f" AND id IN (SELECT i.commitment_id FROM {ITEM} i JOIN access_dossier d ON d.id = i.dossier_id JOIN access_dossier n ON n.root_id = d.root_id"
    " WHERE n.id = NEW.dossier_id AND i.accepted_at IS NOT NULL AND date(i.accepted_at) <= date(NEW.happened_at))"
    " AND owner_id IN (SELECT o.id FROM access_membership o JOIN access_membership b ON b.worker_id = o.worker_id"
    " JOIN contacts_contact c ON c.by_id = b.id WHERE c.id = NEW.contact_id)"
)

TRIGGERS = [
    *kind_matches(ITEM, "handover"),
    Trigger("membership_handover", "access_membership", "BEFORE UPDATE OF ended_at", when=RUNS, refuse="a membership cannot end while its handover runs"),
    Trigger("handover_gone_insert", HANDOVER, "BEFORE INSERT", when=GONE, refuse="an ended membership has nothing to hand over"),
    Trigger(
        "handover_gone_update",
        HANDOVER,
        "BEFORE UPDATE OF ended_at, membership_id, reason",
        when=GONE,
        refuse="an ended membership has nothing to hand over",
    ),
    Trigger("handover_met", TEXT, "AFTER INSERT", when="NEW.counts", run=MET),
]
