"""What the database itself refuses: an orphan, a leaver with open work, a team without lead, a changed history."""

from nabij.core.triggers import Trigger, append_only

OWNER_ENDED = (
    "NEW.closed_at IS NULL AND NEW.owner_id IS NOT NULL AND"
    " (SELECT m.ended_at FROM access_membership m WHERE m.id = NEW.owner_id {share}) IS NOT NULL"
)
# FOR SHARE makes a second connection that ends the same membership wait, and the other way round.
NO_LEAD = (
    "NEW.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM access_team t WHERE t.id = NEW.team_id"
    " AND t.lead_id IS NOT NULL AND t.lead_substitute_id IS NOT NULL {share})"
)
OWNS = "NEW.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM commitments_commitment c WHERE c.owner_id = NEW.id AND c.closed_at IS NULL)"
# also while nothing is open: what came in afterwards would have nobody (found by random days)
LEADS = (
    "NEW.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM access_team t"
    " WHERE t.ended_at IS NULL AND (t.lead_id = NEW.id OR t.lead_substitute_id = NEW.id))"
)
# date(): the day in universal time, so that the last day itself still counts, also just after midnight here
STANDS_IN = (
    "NEW.ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM commitments_standin s"
    " WHERE s.substitute_id = NEW.id AND s.ended_at IS NULL AND s.until_on >= date(NEW.ended_at))"
)
SUBSTITUTE_ENDED = (
    "NEW.ended_at IS NULL AND NEW.substitute_id IS NOT NULL AND"
    " (SELECT m.ended_at FROM access_membership m WHERE m.id = NEW.substitute_id {share}) IS NOT NULL"
)
TEAM_NEEDS_LEAD = (
    "(NEW.lead_id IS NULL OR NEW.lead_substitute_id IS NULL)"
    " AND EXISTS (SELECT 1 FROM commitments_commitment c WHERE c.team_id = NEW.id AND c.closed_at IS NULL)"
)
# by the id alone: a lock on who has ended already would let somebody who ends it at this moment through
ENDED_LEAD = (
    "(SELECT m.ended_at FROM access_membership m WHERE m.id = NEW.lead_id {share}) IS NOT NULL OR"
    " (SELECT m.ended_at FROM access_membership m WHERE m.id = NEW.lead_substitute_id {share}) IS NOT NULL"
)
WRITE_TURN = (
    "INSERT INTO commitments_turn (commitment_id, owner_id, due_at, from_at, by_id, outcome)"
    " VALUES (NEW.id, NEW.owner_id, NEW.due_at, NEW.turned_at, NEW.turned_by_id,"
    " CASE WHEN NEW.closed_at IS NULL THEN '' ELSE NEW.outcome END)"
)
# IS DISTINCT FROM in words that both databases read
TURNED = " OR ".join(
    f"(OLD.{c} IS NULL) <> (NEW.{c} IS NULL) OR OLD.{c} <> NEW.{c}" for c in ("owner_id", "due_at", "closed_at")
)
TABLE = "commitments_commitment"


def kind_matches(table: str, kind: str) -> list[Trigger]:
    """Return the triggers that keep a room's row on a commitment of its own kind."""
    wrong = f"NOT EXISTS (SELECT 1 FROM {TABLE} c WHERE c.id = NEW.commitment_id AND c.kind = '{kind}')"
    message = f"this commitment is not of kind {kind}"
    return [
        Trigger(f"{table}_kind_insert", table, "BEFORE INSERT", when=wrong, refuse=message),
        Trigger(f"{table}_kind_update", table, "BEFORE UPDATE OF commitment_id", when=wrong, refuse=message),
    ]


TRIGGERS = [
    Trigger("commitment_owner_insert", TABLE, "BEFORE INSERT", when=OWNER_ENDED, refuse="an ended membership cannot own what is open"),
    Trigger(
        "commitment_owner_update",
        TABLE,
        "BEFORE UPDATE OF owner_id, closed_at",
        when=OWNER_ENDED,
        refuse="an ended membership cannot own what is open",
    ),
    Trigger("commitment_lead_insert", TABLE, "BEFORE INSERT", when=NO_LEAD, refuse="a team with anything open has a lead and a substitute"),
    Trigger(
        "commitment_lead_update",
        TABLE,
        "BEFORE UPDATE OF team_id, closed_at",
        when=NO_LEAD,
        refuse="a team with anything open has a lead and a substitute",
    ),
    Trigger(
        "commitment_no_replace",
        TABLE,
        "BEFORE INSERT",
        when=f"EXISTS (SELECT 1 FROM {TABLE} AS kept WHERE kept.id = NEW.id)",
        refuse="a commitment is not replaced",
    ),
    Trigger("commitment_no_delete", TABLE, "BEFORE DELETE", refuse="a commitment is closed, never deleted"),
    Trigger("commitment_no_truncate", TABLE, "BEFORE TRUNCATE", refuse="a commitment is closed, never deleted"),
    Trigger("commitment_kind_fixed", TABLE, "BEFORE UPDATE OF kind", when="OLD.kind <> NEW.kind", refuse="the kind of a commitment is fixed"),
    Trigger("commitment_turn_insert", TABLE, "AFTER INSERT", run=WRITE_TURN),
    Trigger("commitment_turn_update", TABLE, "AFTER UPDATE OF owner_id, due_at, closed_at", when=TURNED, run=WRITE_TURN),
    Trigger("membership_owns", "access_membership", "BEFORE UPDATE OF ended_at", when=OWNS, refuse="a membership cannot end while it owns something"),
    Trigger(
        "membership_leads", "access_membership", "BEFORE UPDATE OF ended_at", when=LEADS, refuse="a membership cannot end while it leads a team"
    ),
    Trigger(
        "membership_stands_in", "access_membership", "BEFORE UPDATE OF ended_at", when=STANDS_IN, refuse="a membership cannot end while it stands in for a colleague"
    ),
    Trigger("stand_in_insert", "commitments_standin", "BEFORE INSERT", when=SUBSTITUTE_ENDED, refuse="an ended membership stands in for nobody"),
    Trigger(
        "stand_in_update",
        "commitments_standin",
        "BEFORE UPDATE OF substitute_id, ended_at",
        when=SUBSTITUTE_ENDED,
        refuse="an ended membership stands in for nobody",
    ),
    Trigger(
        "team_needs_lead",
        "access_team",
        "BEFORE UPDATE OF lead_id, lead_substitute_id",
        when=TEAM_NEEDS_LEAD,
        refuse="a team with anything open has a lead and a substitute",
    ),
    Trigger("team_ended_lead", "access_team", "BEFORE UPDATE OF lead_id, lead_substitute_id", when=ENDED_LEAD, refuse="an ended membership cannot lead"),
    *append_only("commitments_turn"),
    *kind_matches("commitments_task", "task"),
]
