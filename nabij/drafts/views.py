import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from nabij.access.web.pages import EVERYONE, page
from nabij.core.errors import Refused

from .keeping import drop_draft, save_draft


@page("drafts:save", allow=EVERYONE)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Answer in a word: the script that saves shows its own text. An empty body throws the draft away."""
    key, body = _sent(request)
    if not body:
        drop_draft(actor=request.actor, key=key)
        return HttpResponse(status=204)
    try:
        save_draft(actor=request.actor, at=request.actor.at, key=key, body=body)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=422)
    return HttpResponse(status=204)


def _sent(request: HttpRequest) -> tuple[str, str]:
    if request.content_type != "application/json":
        return request.POST.get("key", ""), request.POST.get("body", "")
    try:
        sent = json.loads(request.body)
        return str(sent["key"]), json.dumps(sent.get("body") or "", ensure_ascii=False) if sent.get("body") else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", "?"
