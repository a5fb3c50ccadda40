"""Texts in the language of the reader, as markup: a page says hundreds of them, and each is looked up once per language.

Templates know them as `_`, `pgettext` and `ngettext`; Python that draws a page imports them under those names, so that they are found for translation.
"""

import functools
from typing import Any

from django.utils import translation
from markupsafe import Markup


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
