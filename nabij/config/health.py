"""For monitoring: is the database there, do its own rules stand, did the sweep run, and is the zero a zero?"""

from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nabij import __version__
from nabij.core import triggers
from nabij.upkeep.queries import orphans, owned_by_ended
from nabij.upkeep.runs import night


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and holds every rule, else 503; no detail that helps an attacker, only totals.

    `status` is "attention" when a person must look: a night without sweep, or a number that is not 0. The zero is that of the last sweep,
    at its moment (`sweep.endedAt`); what would be worst (`live`) is counted now.
    """
    try:
        lost = triggers.missing(connection)
        shown = _state() if not lost else {}
    except Error:
        return JsonResponse({"status": "no database"}, status=503)
    status = "rules missing" if lost else "attention" if shown.pop("attention") else "ok"
    return JsonResponse({"status": status, "version": __version__, "missing": len(lost), **shown}, status=503 if lost else 200)


def _state() -> dict[str, Any]:
    tonight = night(at=timezone.now())
    live = {"orphans": orphans().count(), "ownedByEnded": owned_by_ended().count()}
    last = tonight.last
    zero = last.zero if last else {}
    sweep = {"state": tonight.state, "endedAt": last.ended_at if last else None}
    return {"sweep": sweep, "zero": zero, "live": live, "attention": tonight.is_alarm or any(zero.values()) or any(live.values())}
