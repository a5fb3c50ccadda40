"""Where to go after an action."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, default: str, *args: object) -> HttpResponseRedirect:
    """Redirect to the page that the form named in `next`, when it is one of ours, else to `default` (a URL name or address)."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return HttpResponseRedirect(wanted)
    return redirect(default, *args)
