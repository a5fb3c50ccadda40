"""Templates: none unused, nothing inline, every POST form through one macro."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.house.source import PACKAGE, place, python_files, templates

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
RULES = {
    "inline script": re.compile(r"<script(?![^>]*\b(src=|type=\"application/json\"))", re.IGNORECASE),
    "inline style": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "javascript address": re.compile(r"[\"']javascript:", re.IGNORECASE),
    "unsafe text": re.compile(r"\|\s*safe\b"),
}
POST_FORM = re.compile(r"<form\b[^>]*\bmethod\s*=\s*[\"']post", re.IGNORECASE)
MACRO = re.compile(r"\{%-?\s*macro\s+form_open\b")
# Logging in and out and choosing a language write nothing of ours: their forms need no request id.
PLAIN_FORMS = ("core/base.html", "core/_language.html", "account/", "mfa/")
# Django asks for these by name.
ANSWERS = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
LIBRARIES = ("allauth", "django.contrib.auth", "axes")


def inline(text: str) -> list[str]:
    """Return what the content security policy would refuse, or what would let text become markup."""
    text = COMMENT.sub("", text)
    return [name for name, pattern in RULES.items() if pattern.search(text)]


def own_form(text: str) -> bool:
    """Tell whether a template opens a POST form by itself, without the macro that brings the CSRF token and request id."""
    return bool(POST_FORM.search(COMMENT.sub("", text))) and not MACRO.search(text)


def name_of(path: Path) -> str:
    """Return the name by which a template is loaded."""
    return str(path).rpartition("/templates/")[2]


def replaces_a_library_page(name: str) -> bool:
    """Tell whether a library asks for this template by name."""
    folders = [Path(find_spec(library).origin).parent / "templates" for library in LIBRARIES]
    return any((folder / name).exists() for folder in folders)


@cache
def all_source() -> str:
    """Return the text of every program and template, in which names of templates may stand."""
    files = [*python_files(within=PACKAGE), *templates()]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def is_used(name: str, source: str) -> bool:
    """Tell whether a template's name stands in some program or other template, whole or as f"room/{page}.html" and "page"."""
    if name in ANSWERS or f'"{name}"' in source or f"'{name}'" in source or replaces_a_library_page(name):
        return True
    room, _, page = name.removesuffix(".html").rpartition("/")
    return f'f"{room}/{{' in source and f'"{page}"' in source


def test_nothing_stands_inline() -> None:
    assert [f"{place(p)}: {why}" for p in templates() for why in inline(p.read_text(encoding="utf-8"))] == []


def test_every_post_form_goes_through_the_macro() -> None:
    ours = [path for path in templates() if not name_of(path).startswith(PLAIN_FORMS)]
    assert [place(path) for path in ours if own_form(path.read_text(encoding="utf-8"))] == []


def test_no_template_is_unused() -> None:
    assert [place(p) for p in templates() if not is_used(name_of(p), all_source())] == []


def test_the_rules_can_fail() -> None:
    bad = '<script>go()</script><style>a{}</style><p style="x" onclick="y"><a href="javascript:z">{{ note|safe }}</a>'
    assert inline(bad) == list(RULES)
    assert own_form('<form class="wide" method="post">')
    assert not is_used("casework/attic.html", 'render(request, "casework/plan.html")')


def test_the_rules_let_good_templates_pass() -> None:
    good = (
        '{# <style> is not allowed #}<script src="/static/nabij.js" nonce="{{ n }}" defer></script><form method="get">'
    )
    assert inline(good) == []
    assert not own_form(good)
    assert not own_form('{% macro form_open() %}<form method="post">{% endmacro %}')
    assert is_used("account/login.html", "")
    assert is_used("residents/names.html", 'open("names") render(request, f"residents/{page}.html")')
