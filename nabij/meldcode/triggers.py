"""A signed step stays as it was; the commitment of a meldcode hangs on no dossier and says nothing."""

from nabij.commitments.triggers import TABLE, kind_matches
from nabij.core.triggers import Trigger

STEPS = "meldcode_meldstep"
FIXED = ("meldcode_id", "part", "on", "decision", "by_id", "at", "ref")
CHANGED = " OR ".join(f'OLD."{column}" <> NEW."{column}"' for column in FIXED)
SIGNED = "a signed step is not changed: add a correction"
# erasing empties the words; nothing else may happen to them
REWORDED = "(OLD.words <> NEW.words AND NEW.words <> '') OR (OLD.whom <> NEW.whom AND NEW.whom <> '')"
POINTS = "NEW.kind = 'meldcode' AND NEW.dossier_id IS NOT NULL"
LOOSE = "this kind of commitment hangs on no dossier"

TRIGGERS = [
    *kind_matches("meldcode_meldcode", "meldcode"),
    Trigger("meldstep_no_update", STEPS, "BEFORE UPDATE", when=f"{CHANGED} OR {REWORDED}", refuse=SIGNED),
    Trigger("meldstep_no_delete", STEPS, "BEFORE DELETE", refuse=SIGNED),
    Trigger("meldstep_no_truncate", STEPS, "BEFORE TRUNCATE", refuse=SIGNED),
    Trigger("meldcode_loose_insert", TABLE, "BEFORE INSERT", when=POINTS, refuse=LOOSE),
    Trigger("meldcode_loose_update", TABLE, "BEFORE UPDATE OF dossier_id", when=POINTS, refuse=LOOSE),
]
