"""The order of need: which band a line belongs in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nabij.contacts.queries import Silence
from nabij.desk.need import LONG_SILENT_DAYS, Line, Today, band_of, from_cursor, key_of, to_cursor

TODAY = date(2026, 11, 3)
NOON = datetime(2026, 11, 3, 11, tzinfo=UTC)


def line(due=20, **facts):
    columns = {"kind": "case", "owner_id": 1, "urgency": 2, "term_at": None, "look_again_on": None}
    return Line(pk=7, dossier_id=1, root_id=1, due_at=NOON + timedelta(due), **{**columns, **facts})


def quiet(days, never=False):
    return Silence(NOON - timedelta(days), never, days)


@pytest.mark.parametrize(
    ("shown", "silence", "band"),
    [
        (line(urgency=0), None, "now"),
        (line(term_at=NOON + timedelta(1)), None, "now"),
        (line(term_at=NOON + timedelta(2)), None, "later"),
        (line(-1), None, "late"),
        (line(0), None, "today"),
        (line(7), None, "soon"),
        (line(8), None, "later"),
        (line(), quiet(1, never=True), "never"),
        (line(), quiet(0, never=True), "later"),
        (line(), quiet(LONG_SILENT_DAYS), "later"),
        (line(), quiet(LONG_SILENT_DAYS + 1), "silent"),
        (line(-1), quiet(1, never=True), "never"),
        (line(), None, "later"),
    ],
)
def test_the_band_of_a_line(shown, silence, band):
    assert band_of(shown, silence, Today(TODAY)) == band


def test_a_term_of_law_that_ends_is_seen_also_when_nothing_is_done_on_purpose():
    for ends in (-3, 0, 1):
        assert band_of(line(30, term_at=NOON + timedelta(ends), look_again_on=TODAY + timedelta(30)), None, Today(TODAY)) == "now"
    assert band_of(line(30, term_at=NOON + timedelta(2), look_again_on=TODAY + timedelta(30)), None, Today(TODAY)) == "later"


def test_what_rests_until_later_waits_whatever_else_is_true():
    resting = line(-5, urgency=0, look_again_on=TODAY + timedelta(1))
    assert band_of(resting, quiet(90), Today(TODAY)) == "later"
    assert band_of(line(0, look_again_on=TODAY), quiet(90), Today(TODAY)) == "today"


def test_death_ends_silence():
    assert band_of(line(died_on=TODAY), quiet(90), Today(TODAY)) == "later"


def test_a_place_in_the_list_survives_an_address():
    key = key_of(line(), "soon")
    assert from_cursor(to_cursor(key)) == key
    assert [from_cursor(text) for text in ("", "1_2", "a_b_c", "1_2_3_")] == [None, None, None, (1, datetime(1970, 1, 1, 0, 0, 2, tzinfo=UTC), 3)]
