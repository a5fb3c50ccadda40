"""What one can do with a row of a long list: drawn once for each kind of row, then only the refs are filled in."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from markupsafe import Markup, escape

from .kinds import KINDS
from .queries import Row

# Stand where a ref and a name come; the first two have the form of a ref, so that addresses can be made with them.
REF, PAGE_REF, WHO = "2" * 20, "3" * 20, "\u2063who\u2063"


def acts_of(row: Row, *, here: str, may_hand_over: bool) -> Markup:
    """Return the verbs of a row."""
    drawn = _drawn(row.kind, row.dossier_ref != "", row.look_again_on is not None, may_hand_over, here, get_language() or "")
    filled = drawn.replace(REF, row.ref).replace(PAGE_REF, row.finish_ref).replace(WHO, str(escape(row.who)))
    return Markup(filled)  # noqa: S704 - drawn by a template; refs are letters and digits, the name is escaped here


@lru_cache(maxsize=500)
def _drawn(kind: str, spoken: bool, paused: bool, may_hand_over: bool, here: str, language: str) -> str:
    facts: dict[str, Any] = {"kind": KINDS[kind], "ref": REF, "page_ref": PAGE_REF, "here": here, "who": WHO}
    return render_to_string("desk/_acts.html", {**facts, "spoken": spoken, "paused": paused, "may_hand_over": may_hand_over})
