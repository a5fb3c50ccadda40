"""The Jinja2 environment of every page: translations, a few globals, filters."""

from __future__ import annotations

import functools
import re
import uuid
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static as find_static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import translation
from django.utils.html import json_script, linebreaks
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from nabij.core.web import marks
from nabij.core.web.converters import RefConverter
from nabij.core.web.days import ago, date_nl, day_in_full, time, when
from nabij.core.web.words import said, said_in, said_of

REF = re.compile(RefConverter.regex)


def environment(**options: Any) -> Environment:
    """Build the environment Django's Jinja2 backend asks for."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    options.pop("autoescape", None)
    env = Environment(autoescape=True, **options)
    env.globals.update(
        _=said,
        ngettext=said_of,
        pgettext=said_in,
        static=static,
        url=url,
        url_if=url_if,
        new_request_id=new_request_id,
        get_messages=get_messages,
        get_language=translation.get_language,
        interface_languages=interface_languages,
        htmx_script=htmx_script,
        marks=marks,
    )
    env.filters.update(
        date_nl=date_nl,
        day_in_full=day_in_full,
        time=time,
        when=when,
        ago=ago,
        linebreaks=safe_linebreaks,
        json_script=json_script,
    )
    return env


@functools.cache
def static(path: str) -> str:
    """Give the address of a file of ours; a page asks for the same few hundreds of times."""
    return find_static(path)


ANY_REF = "2" * 20  # stands where the ref comes in an address that is kept


@functools.cache
def _kept_address(name: str, prefix: str, with_ref: bool) -> str:
    return reverse(name, kwargs={"ref": ANY_REF} if with_ref else None)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Reverse a URL name: `url("referrals:send", ref=referral.ref)`. A list asks for the same few hundreds of times: those are kept."""
    if args or (kwargs and set(kwargs) != {"ref"}) or (kwargs and not REF.fullmatch(str(kwargs["ref"]))):
        return reverse(name, args=args or None, kwargs=kwargs or None)
    address = _kept_address(name, get_script_prefix(), bool(kwargs))
    return address.replace(ANY_REF, kwargs["ref"]) if kwargs else address


def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """Reverse a URL name, or give "" where this installation has no such page."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def new_request_id() -> str:
    """Give a fresh id for a form, so that sending it twice does its work once."""
    return uuid.uuid4().hex


def interface_languages() -> list[dict[str, Any]]:
    """List the languages of the interface, each in its own words."""
    now = translation.get_language()
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"].capitalize(),
            "current": code == now,
        }
        for code, _ in settings.LANGUAGES
    ]


def safe_linebreaks(value: object) -> SafeString:
    """Turn typed line ends into paragraphs; whatever is in the text is escaped."""
    return SafeString(linebreaks(value, autoescape=True))  # the function itself returns plain text
