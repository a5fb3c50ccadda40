"""A track stands on a commitment of its kind; what moved a term is never changed afterwards, only emptied."""

from nabij.commitments.triggers import kind_matches
from nabij.core.triggers import Trigger

MOVES = "wmo_move"
FIXED = ("track_id", "kind", "phase", "ground", "from_on", "until_on", "told_on", "at")
CHANGED = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in FIXED)
# erasing leaves one dash where the database asks for words
REWORDED = "(OLD.words <> NEW.words AND NEW.words NOT IN ('', '-')) OR (OLD.told_how <> NEW.told_how AND NEW.told_how <> '-')"

TRIGGERS = [
    *kind_matches("wmo_track", "wmo"),
    Trigger("wmo_move_no_update", MOVES, "BEFORE UPDATE", when=f"{CHANGED} OR {REWORDED}", refuse="what moved a term is not changed"),
    Trigger("wmo_move_no_delete", MOVES, "BEFORE DELETE", refuse="what moved a term is not taken away"),
    Trigger("wmo_move_no_truncate", MOVES, "BEFORE TRUNCATE", refuse="what moved a term is not taken away"),
]
