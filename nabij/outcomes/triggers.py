"""What a resident answered stays as it was; only erasing empties the words."""

from nabij.core.triggers import Trigger

TABLE = "outcomes_experience"
SCORES = ("heard", "knew", "decided", "better", "answered_on")
# IS DISTINCT FROM in words that both databases read
CHANGED = " OR ".join(f"(OLD.{c} IS NULL) <> (NEW.{c} IS NULL) OR OLD.{c} <> NEW.{c}" for c in SCORES)
SAID = f"OLD.answered_on IS NOT NULL AND ({CHANGED} OR (OLD.words <> NEW.words AND NEW.words <> ''))"
KEPT = "what a resident answered is not changed"

TRIGGERS = [
    Trigger("experience_said", TABLE, "BEFORE UPDATE", when=SAID, refuse=KEPT),
    Trigger("experience_no_delete", TABLE, "BEFORE DELETE", refuse=KEPT),
    Trigger("experience_no_truncate", TABLE, "BEFORE TRUNCATE", refuse=KEPT),
]
