"""What the sweep looks for, in words, by its code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .limits import Ground

MEANINGS: dict[str, Any] = {
    "untaken": _("signals nobody took, for the next duty worker"),
    "orphan": _("open without owner or date"),
    "ended_owner": _("open, owned by somebody who left"),
    "no_row": _("responsibility without its record"),
    "no_commitment": _("record without responsibility"),
    "turn": _("history that differs from the present"),
    "rules": _("rules missing in the database"),
    "deceased": _("pauses of residents who have died"),
    "stand_in": _("substitutions past their last day"),
    "pause": _("pauses whose date has come"),
    "grant": _("access past its last day"),
    "unlinked": _("signals without a resident, kept long enough"),
    "arrears": _("payment arrears and their files, kept long enough"),
    "handover": _("handovers without an answer in time, back on the worklist"),
    "age": _("residents who turn 12, 16 or 18: a task to look at rights again"),
    "expired": _("memberships past their last day"),
    "blocked": _("blocked colleagues who still own work"),
    "lead": _("teams with open work without lead or substitute present"),
    "unseen": _("work about a resident whose dossier its owner may not open"),
    "erasure": _("dossiers whose keeping time is over"),
    "note": _("safety notes to look at again"),
    "mail": _("messages that came in and that nobody handled"),
    "paper": _("files that are missing on the disk"),
    "draft": _("drafts older than 30 days"),
    "spoken": _("dossiers kept longer: the resident was spoken since"),
    "record": _("ranges of the record older than five years"),
    "request": _("remembered requests older than 30 days"),
    "file": _("files that belong to nothing"),
    # lines on the board: how many stand there, how many were new
    **{f"line_{ground}": label for ground, label in Ground.choices},
}
