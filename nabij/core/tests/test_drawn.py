"""What is drawn once says the same as what is drawn each time."""

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup

from nabij.core.web import drawn
from nabij.core.web.drawn import fill

TEMPLATES = {
    "drawn/row.html": '<a href="{{ url("contacts:well", ref=ref) }}" title="{{ who }}">100%{{ who }}</a>{% if note %}<p>{{ note }}</p>{% endif %}{{ kind }}',
    "drawn/near.html": "2{{ who }}2",
    "drawn/language.html": "{{ get_language() }} {{ who }}",
    "drawn/reader.html": "{{ who }} {{ csrf_input }}",
}
REF = "k465cfeycpcwvfbecknp"


@pytest.fixture(autouse=True)
def _templates(monkeypatch) -> None:
    env = engines["jinja2"].env
    monkeypatch.setattr(env, "loader", ChoiceLoader([DictLoader(TEMPLATES), env.loader]))
    drawn._drawn.cache_clear()


@pytest.mark.parametrize("note", ["", "<b>5 %(who)s</b>", "222222222233333333"])
def test_filled_in_is_what_the_template_draws(note) -> None:
    for who in ("Jan & <Piet>", "100% \"Bas\"", "2222222222z9y8x7w6v"):
        values = {"ref": REF, "who": who, "note": note}
        assert fill("drawn/row.html", values, kind="case") == render_to_string("drawn/row.html", {**values, "kind": "case"})


def test_markup_stays_markup() -> None:
    assert fill("drawn/near.html", {"who": Markup("<b>Bas</b>")}) == "2<b>Bas</b>2"


def test_a_shape_is_drawn_once_and_keeps_no_value(monkeypatch) -> None:
    first = fill("drawn/row.html", {"ref": REF, "who": "Bas", "note": ""}, kind="case")
    monkeypatch.setattr(drawn, "render_to_string", lambda *_given: pytest.fail("drawn again"))
    second = fill("drawn/row.html", {"ref": REF, "who": "Noor", "note": ""}, kind="case")
    assert second == first.replace("Bas", "Noor")


def test_each_language_has_its_own() -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            assert fill("drawn/language.html", {"who": "Bas"}) == f"{language} Bas"


def test_nothing_of_a_request_can_be_kept() -> None:
    with pytest.raises(Exception, match="csrf_input"):
        fill("drawn/reader.html", {"who": "Bas"})
