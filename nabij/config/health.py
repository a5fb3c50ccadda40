"""For monitoring: is the database there, and do its own rules stand?"""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from nabij import __version__
from nabij.core import triggers


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and holds every rule, else 503; no detail that helps an attacker."""
    try:
        lost = triggers.missing(connection)
    except Error:
        return JsonResponse({"status": "no database"}, status=503)
    status = "rules missing" if lost else "ok"
    return JsonResponse({"status": status, "version": __version__, "missing": len(lost)}, status=503 if lost else 200)
