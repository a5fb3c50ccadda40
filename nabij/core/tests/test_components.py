"""The components every page is built from, and dates in words."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError

MONDAY = dt.date(2026, 11, 23)
IMPORT = '{% import "core/_components.html" as ui with context %}'


class CallForm(forms.Form):
    text = forms.CharField(label="What was said?", help_text="Short.")
    place = forms.CharField(label="Place", required=False)
    medium = forms.ChoiceField(
        label="How?", choices=[("phone", "By phone"), ("visit", "Visit")], widget=forms.RadioSelect
    )


def render(source: str, **context: Any) -> str:
    with translation.override("en"):
        return engines["jinja2"].from_string(IMPORT + source).render(context, RequestFactory().get("/"))


def words(source: str, language: str = "nl", **context: Any) -> str:
    with translation.override(language):
        return engines["jinja2"].from_string(source).render(context)


def test_a_post_form_carries_a_token_a_request_id_and_the_version() -> None:
    html = render("{{ ui.form_open('/save', version=7) }}{{ ui.form_close() }}")
    assert html.count("csrfmiddlewaretoken") == 1
    assert html.count('name="request_id" value="') == 1
    assert '<input type="hidden" name="version" value="7">' in html
    assert html.rstrip().endswith("</form>")


def test_two_forms_never_share_a_request_id() -> None:
    html = render("{{ ui.form_open() }}|{{ ui.form_open() }}")
    ids = [part.split('name="request_id" value="')[1].split('"')[0] for part in html.split("|")]
    assert len(set(ids)) == 2


def test_a_get_form_carries_no_hidden_fields() -> None:
    assert "hidden" not in render("{{ ui.form_open('/find', method='get') }}")


def test_a_wrong_field_says_so_in_words_tied_to_the_field_and_keeps_the_text() -> None:
    html = render("{{ ui.form_fields(form) }}", form=CallForm({"text": "", "place": "<b>bank</b>", "medium": "phone"}))
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="&lt;b&gt;bank&lt;/b&gt;"' in html
    assert html.count("(not required)") == 1


def test_a_choice_is_a_group_with_a_legend() -> None:
    html = render("{{ ui.form_field(form['medium']) }}", form=CallForm())
    assert html.count("<fieldset") == html.count("<legend>") == 1
    assert html.count('type="radio"') == 2


def test_the_error_summary_links_to_each_wrong_field() -> None:
    html = render("{{ ui.error_summary(form) }}", form=CallForm({}))
    assert 'href="#id_text"' in html
    assert 'href="#id_medium_0"' in html
    assert "<strong>What was said?</strong> " in html
    assert render("{{ ui.error_summary(form) }}", form=CallForm()).strip() == ""


def test_text_in_a_row_cannot_become_markup() -> None:
    html = render("{{ ui.list_row(title, text=title) }}", title="<script>x</script>")
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 2


def test_a_form_field_that_does_not_exist_is_an_error_not_an_empty_space() -> None:
    with pytest.raises(UndefinedError):
        render("{{ ui.form_field(form['nothing']) }}", form=CallForm())


@pytest.mark.parametrize(
    ("days", "dutch", "english"),
    [
        (0, "vandaag", "today"),
        (1, "morgen", "tomorrow"),
        (5, "over 5 dagen", "in 5 days"),
        (-1, "1 dag te laat", "1 day late"),
        (-3, "3 dagen te laat", "3 days late"),
    ],
)
def test_a_due_day_is_said_in_words(days: int, dutch: str, english: str) -> None:
    due = MONDAY + dt.timedelta(days=days)
    assert words("{{ due|when(on) }}", due=due, on=MONDAY) == dutch
    assert words("{{ due|when(on) }}", "en", due=due, on=MONDAY) == english


def test_a_day_is_written_short_and_with_its_year_when_that_is_another() -> None:
    assert words("{{ day|date_nl(on) }}", day=dt.date(2026, 11, 3), on=MONDAY) == "di 3 nov"
    assert words("{{ day|date_nl(on) }}", day=dt.date(2025, 3, 14), on=MONDAY) == "vr 14 mrt 2025"
    assert words("{{ day|date_nl(on) }}", "en", day=dt.date(2026, 11, 3), on=MONDAY) == "Tue 3 Nov"


def test_a_day_in_full_is_for_who_finds_reading_hard() -> None:
    day, shown = dt.date(2027, 3, 2), "{{ day|day_in_full(on) }}"
    assert words(shown, day=dt.date(2026, 11, 3), on=MONDAY) == "dinsdag 3 november"
    assert words(shown, day=day, on=MONDAY) == "dinsdag 2 maart 2027"
    assert words(shown, "en", day=day, on=MONDAY) == "Tuesday 2 March 2027"
    assert words(shown, day=None, on=MONDAY) == ""


def test_a_moment_late_in_the_evening_belongs_to_the_local_day() -> None:
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    assert words("{{ at|date_nl(on) }} {{ at|time }} {{ at|ago(on) }}", at=late, on=MONDAY) == "ma 23 nov 00:30 vandaag"


def test_what_never_happened_is_said_so() -> None:
    assert words("{{ none|ago }} {{ none|when }}", none=None) == "nooit geen datum"


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500])
def test_every_refusal_has_a_page(status: int) -> None:
    html = words('{% include "core/error.html" %}', status=status)
    assert "<h1>" in html


def test_refused_and_absent_look_the_same() -> None:
    refused, absent = (words('{% include "core/error.html" %}', status=s) for s in (403, 404))
    assert refused == absent
