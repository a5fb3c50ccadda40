"""Which page and which verbs belong to each kind of commitment. A link is not an import: only URL names stand here."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nabij.commitments.models import Commitment, Kind


@dataclass(frozen=True, eq=False)  # each is itself and no other
class KindOf:
    """One kind: its name for one and for many, its icon, its page, and its verbs. Page and verbs take the ref of `page_of`.

    `finish`: the verb that ends it; `in_row`: it fits in a panel of a row. `hand_over`: when more goes along than the commitment; "none": it is answered, not handed on.
    `pauses`: whether "nothing for now" is said here, and not in a decision that also answers somebody.
    """

    one: str | Promise
    many: str | Promise
    icon: str
    page: str
    page_of: str
    finish: str = ""
    finish_word: str | Promise = ""
    in_row: bool = True
    hand_over: str = ""
    pauses: bool = True


KINDS: dict[str, KindOf] = {
    Kind.SIGNAL: KindOf(_("Signal"), _("Signals"), "inbox", "signals:signal", "signal", "signals:signal", _("Decide"), in_row=False, pauses=False),
    Kind.CASE: KindOf(_("Case"), _("Cases"), "people", "casework:plan", "case", hand_over="casework:change_coordinator"),
    Kind.ACTIVITY: KindOf(_("Activity"), _("Activities"), "ladder", "casework:finish_activity", "activity", "casework:finish_activity", _("Finish")),
    Kind.CONFERENCE: KindOf(
        _("Case conference"), _("Case conferences"), "people", "conferences:conference", "conference", "conferences:hold", _("It was held"), in_row=False, pauses=False
    ),
    Kind.TASK: KindOf(_("To do"), _("To do"), "check", "commitments:finish_task", "", "commitments:finish_task", _("Done")),
    Kind.HANDOVER: KindOf(_("Handover"), _("Handovers"), "handover", "handover:answer", "handoveritem", "handover:answer", _("Look at the handover"), hand_over="none", pauses=False),
    Kind.WMO: KindOf(_("Wmo track"), _("Wmo tracks"), "decision", "wmo:track", ""),
    # its name says nothing, on purpose
    Kind.MELDCODE: KindOf(_("Next step"), _("Next steps"), "check", "meldcode:show", "", hand_over="meldcode:name", pauses=False),
}


def page_rows() -> list[str]:
    """Return the rows that pages of kinds ask the ref of, as they hang on a commitment."""
    return sorted({of.page_of for of in KINDS.values() if of.page_of})


def row_ref(commitment: Commitment, kind: KindOf) -> str:
    """Return the ref that the page of this kind asks for: of the room's own row, else of the commitment."""
    row: Any = getattr(commitment, kind.page_of, None) if kind.page_of else commitment
    return row.ref if row is not None else commitment.ref
