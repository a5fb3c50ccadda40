"""How a request came in: from whom, and how large it may be."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .api import is_api, problem

Answer = Callable[[HttpRequest], HttpResponse]
# More than any form or list here takes: without it a file of any size is written to the disk before anybody looks at who sends it.
LARGEST = 12 * 1024 * 1024


def look_at_arrival(get_response: Answer) -> Answer:
    """Take the visitor's address from our own proxy, and refuse what is too large before a byte of it is read.

    An address with a NUL in it is nowhere: nobody types one, and PostgreSQL keeps no text that holds one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_PROXY and (visitor := _visitor(request.META.get("HTTP_X_FORWARDED_FOR", ""))):
            request.META["REMOTE_ADDR"] = visitor
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST:
            words = _("Send at most %(size)s MB at once.") % {"size": LARGEST // 2**20}
            return problem(413, words) if is_api(request) else HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
        if "%00" in request.META.get("QUERY_STRING", "") and not is_api(request):  # the API looks at each value by its shape
            raise Http404
        return get_response(request)

    return middleware


def _visitor(forwarded: str) -> str:
    """Return the address that our own proxy saw: the last one; whatever stands before it anybody can make up."""
    try:
        return str(ipaddress.ip_address(forwarded.rpartition(",")[2].strip()))
    except ValueError:
        return ""
