"""Which page and which verbs belong to each kind of commitment. A link is not an import: only URL names stand here."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nabij.commitments.models import Commitment, Kind


@dataclass(frozen=True)
class KindOf:
    """One kind: its name for one and for many, its icon, its page, and the verb that ends it. A page takes the ref of `page_of`."""

    one: str | Promise
    many: str | Promise
    icon: str
    page: str
    page_of: str
    finish: str = ""
    finish_word: str | Promise = ""


KINDS: dict[str, KindOf] = {
    Kind.SIGNAL: KindOf(_("Signal"), _("Signals"), "inbox", "signals:signal", "signal", "signals:signal", _("Decide")),
    Kind.CASE: KindOf(_("Case"), _("Cases"), "people", "casework:plan", "case"),
    Kind.ACTIVITY: KindOf(_("Activity"), _("Activities"), "ladder", "casework:finish_activity", "activity", "casework:finish_activity", _("Finish")),
    Kind.TASK: KindOf(_("To do"), _("To do"), "check", "commitments:finish_task", "", "commitments:finish_task", _("Finish")),
}


def row_ref(commitment: Commitment, kind: KindOf) -> str:
    """Return the ref that the page of this kind asks for: of the room's own row, else of the commitment."""
    row: Any = getattr(commitment, kind.page_of, None) if kind.page_of else commitment
    return row.ref if row is not None else commitment.ref
