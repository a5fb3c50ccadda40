"""Where to go after an action."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, default: str, *args: object) -> HttpResponseRedirect:
    """Redirect to the page that the form named in `next`, when it is one of ours, else to `default` (a URL name or address)."""
    wanted = _ours(request.POST.get("next", ""))
    return HttpResponseRedirect(wanted) if wanted else redirect(default, *args)


def asked_from(request: HttpRequest) -> str:
    """Return the page from which this one was asked for, as `next` says in the form or the address, when it is one of ours; else nothing."""
    return _ours(request.POST.get("next") or request.GET.get("next") or "")


def _ours(address: str) -> str:
    """Return an address on this site; of any other nothing: `//elsewhere.example` begins with a slash too."""
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
