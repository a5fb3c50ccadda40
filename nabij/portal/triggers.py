"""A page closes in the same moment as what it is about: on death, restriction, merge and erasure, whoever caused it. Its code and visits end with it."""

from nabij.core.triggers import Trigger

PAGE, KIND = "portal_ownpage", "portal.plan"
SAME = "SELECT d.id FROM access_dossier d WHERE d.root_id = {root}"
END = "UPDATE portal_ownpage SET ended_at = CURRENT_TIMESTAMP, ended_why = '{why}', version = version + 1 WHERE ended_at IS NULL AND dossier_id IN ({rows})"
OF_RESIDENT = SAME.format(root="(SELECT o.root_id FROM access_dossier o WHERE o.id = NEW.dossier_id)")
OF_DOSSIER = SAME.format(root="NEW.root_id") + " OR d.id = NEW.id"
DIED = "NEW.deceased_on IS NOT NULL"
SHUT = "(NEW.restricted AND NOT OLD.restricted) OR (NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL) OR NEW.root_id <> OLD.root_id"
CODES = f"UPDATE links_link SET ended_at = NEW.ended_at, version = version + 1 WHERE kind = '{KIND}' AND subject = NEW.ref AND ended_at IS NULL"
VISITS = "UPDATE portal_visit SET ended_at = NEW.ended_at, version = version + 1 WHERE page_id = NEW.id AND ended_at IS NULL"
CANNOT = (
    "EXISTS (SELECT 1 FROM access_dossier d WHERE d.id = NEW.dossier_id AND (d.restricted OR d.erased_at IS NOT NULL))"
    " OR EXISTS (SELECT 1 FROM residents_resident r WHERE r.dossier_id = NEW.dossier_id AND r.deceased_on IS NOT NULL)"
)

TRIGGERS = [
    Trigger("own_page_of_dead", "residents_resident", "AFTER UPDATE OF deceased_on", when=DIED, run=END.format(why="death", rows=OF_RESIDENT)),
    Trigger("own_page_of_shut", "access_dossier", "AFTER UPDATE OF restricted, erased_at, root_id", when=SHUT, run=END.format(why="dossier", rows=OF_DOSSIER)),
    Trigger("own_page_ended", PAGE, "AFTER UPDATE OF ended_at", when="NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL", run=f"{CODES}; {VISITS}"),
    Trigger("own_page_stays_ended", PAGE, "BEFORE UPDATE OF ended_at", when="OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL", refuse="an own page that ended stays ended"),
    Trigger("own_page_not_for_shut", PAGE, "BEFORE INSERT", when=f"NEW.ended_at IS NULL AND ({CANNOT})", refuse="no own page for who died or whose dossier is restricted"),
]
