"""The Jinja2 environment of every page: translations, a few globals, dates in words."""

from __future__ import annotations

import datetime as dt
import functools
import re
import uuid
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static as find_static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import json_script, linebreaks
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from nabij.core.web import marks
from nabij.core.web.converters import RefConverter

Day = dt.date | dt.datetime
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
        time=time,
        when=when,
        ago=ago,
        linebreaks=safe_linebreaks,
        json_script=json_script,
    )
    return env


def said(text: str, /, **values: Any) -> Markup:
    """Say a text in the language of the reader. Values are escaped; a page says hundreds of texts, so each is looked up once per language."""
    return _said(text, translation.get_language()) % values


@functools.lru_cache(maxsize=5000)
def _said(text: str, language: str | None) -> Markup:
    return Markup(translation.gettext(text))  # noqa: S704 - a text of ours


def said_in(context: str, text: str, /, **values: Any) -> Markup:
    """Say a text that means something else elsewhere."""
    return _said_in(context, text, translation.get_language()) % values


@functools.lru_cache(maxsize=500)
def _said_in(context: str, text: str, language: str | None) -> Markup:
    return Markup(translation.pgettext(context, text))  # noqa: S704 - a text of ours


def said_of(one: str, many: str, num: int, /, **values: Any) -> Markup:
    """Say a text about a number of things, as `%(num)s`."""
    return _said_of(one, many, num, translation.get_language()) % {"num": num, **values}


@functools.lru_cache(maxsize=5000)
def _said_of(one: str, many: str, num: int, language: str | None) -> Markup:
    return Markup(translation.ngettext(one, many, num))  # noqa: S704 - a text of ours


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


def _local(value: dt.datetime) -> dt.datetime:
    return value.astimezone(timezone.get_current_timezone()) if value.tzinfo else value


def _day(value: Day) -> dt.date:
    return _local(value).date() if isinstance(value, dt.datetime) else value


def _today() -> dt.date:
    return dt.datetime.now(timezone.get_current_timezone()).date()


def date_nl(value: Day | None, on: dt.date | None = None) -> str:
    """Write a day short: "ma 3 nov", with the year when it is not this year."""
    if value is None:
        return ""
    day = _day(value)
    return _short_day(day, day.year == (on or _today()).year, translation.get_language() or "")


@functools.lru_cache(maxsize=4000)
def _short_day(day: dt.date, this_year: bool, language: str) -> str:
    text = date_format(day, "D j M" if this_year else "D j M Y")
    return text.lower() if language == "nl" else text  # Dutch months have no capital


def time(value: dt.datetime | dt.time | None) -> str:
    """Write a time of day: "14:05"."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value)
    return value.strftime("%H:%M")


def when(value: Day | None, on: dt.date | None = None) -> str:
    """Say how far off a due day is, in words: "tomorrow", "3 days late"."""
    if value is None:
        return translation.gettext("no date")
    return _when((_day(value) - (on or _today())).days, translation.get_language())


@functools.lru_cache(maxsize=4000)
def _when(days: int, language: str | None) -> str:
    if days == 0:
        return translation.gettext("today")
    if days == 1:
        return translation.gettext("tomorrow")
    if days < 0:
        late = translation.ngettext("%(days)s day late", "%(days)s days late", -days)
        return late % {"days": -days}
    return translation.ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def ago(value: Day | None, on: dt.date | None = None) -> str:
    """Say how long ago something happened: "yesterday", "3 days ago"."""
    if value is None:
        return translation.gettext("never")
    return _ago(((on or _today()) - _day(value)).days, translation.get_language())


@functools.lru_cache(maxsize=4000)
def _ago(days: int, language: str | None) -> str:
    if days <= 0:
        return translation.gettext("today")
    if days == 1:
        return translation.gettext("yesterday")
    return translation.ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}


def safe_linebreaks(value: object) -> SafeString:
    """Turn typed line ends into paragraphs; whatever is in the text is escaped."""
    return SafeString(linebreaks(value, autoescape=True))  # the function itself returns plain text
