"""What every form of ours refuses before a rule is asked."""

import pytest
from django import forms
from django.utils import translation

from nabij.core.web.forms import ActionForm


class VisitForm(ActionForm):
    on = forms.DateField(required=False)
    began_at = forms.DateTimeField(required=False)
    words = forms.CharField(max_length=5, required=False)
    minutes = forms.IntegerField(min_value=1, max_value=9, required=False)


@pytest.mark.parametrize("name", ["on", "began_at"])
@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_year_in_which_nobody_lives_is_refused_beside_the_day(name, day):
    form = VisitForm({name: day})
    assert form.errors == {name: ["Dit jaartal kan niet kloppen. Kijk nog eens naar het jaar."]}


def test_the_first_and_the_last_year_are_fine():
    assert VisitForm({"on": "1900-01-01", "began_at": "2199-12-31"}).is_valid()


def test_what_was_too_long_or_no_text_at_all_is_said_in_plain_words():
    with translation.override("nl"):
        wrong = VisitForm({"words": "abcdefg", "minutes": "0"}).errors
        assert wrong == {"words": ["Schrijf hooguit 5 tekens. Nu zijn het er 7."], "minutes": ["Kies een getal van minstens 1."]}
        assert VisitForm({"words": "a\0"}).errors["words"] == ["Er staat een teken in dat we niet kunnen lezen. Typ de tekst opnieuw."]
        assert VisitForm({"minutes": "10"}).errors["minutes"] == ["Kies een getal van hooguit 9."]
