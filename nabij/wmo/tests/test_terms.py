from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nabij.commitments.clock import is_working_day
from nabij.wmo.terms import DECISION, INQUIRY, PLAN, Span, Term, moved_end, still_days

DAYS = some.dates(date(2020, 1, 1), date(2035, 12, 31))
LENGTHS = some.integers(1, 400)


@some.composite
def spans(draw):
    begin = draw(DAYS)
    return Span(draw(some.booleans()), begin, begin + timedelta(draw(LENGTHS)))


@settings(deadline=None)
@given(DAYS, some.sampled_from([PLAN, INQUIRY, DECISION]), some.lists(spans(), max_size=6), spans())
def test_a_term_never_gets_shorter_by_what_moves_it(start, term, before, one_more):
    assert moved_end(start=start, term=term, spans=[*before, one_more]) >= moved_end(start=start, term=term, spans=before)


@settings(deadline=None)
@given(DAYS, some.lists(spans(), max_size=6))
def test_a_term_ends_on_a_working_day_whatever_moved_it(start, moving):
    assert is_working_day(moved_end(start=start, term=INQUIRY, spans=moving))


@settings(deadline=None)
@given(some.lists(spans(), max_size=6))
def test_days_in_two_suspensions_count_once(moving):
    still = {span.from_on + timedelta(n) for span in moving if not span.extends for n in range(span.days)}
    assert still_days(moving) == len(still)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 6, 15), date(2026, 7, 27)),
        (date(2026, 11, 30), date(2027, 1, 11)),  # over the year's end
        (date(2026, 11, 20), date(2027, 1, 4)),  # forty-two days on is New Year's Day, a Friday: the Monday after
        (date(2027, 12, 1), date(2028, 1, 12)),
        (date(2028, 1, 18), date(2028, 2, 29)),  # a leap day counts
    ],
)
def test_six_weeks_are_forty_two_days_also_over_the_end_of_the_year(start, end):
    assert moved_end(start=start, term=INQUIRY) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 3, 27), date(2026, 4, 7)),  # seven days on is Good Friday, then Easter: the Tuesday after
        (date(2026, 4, 28), date(2026, 5, 6)),  # seven days on is 5 May, a holiday every year and not once in five
        (date(2026, 4, 20), date(2026, 4, 28)),  # King's Day
        (date(2026, 5, 7), date(2026, 5, 15)),  # Ascension Day
        (date(2026, 4, 29), date(2026, 5, 6)),  # the day after 5 May is a day like any other
    ],
)
def test_a_term_does_not_end_on_good_friday_nor_on_the_fifth_of_may_of_any_year(start, end):
    assert moved_end(start=start, term=PLAN) == end


def test_a_suspension_over_new_year_adds_exactly_its_days():
    still = [Span(False, date(2026, 12, 21), date(2027, 1, 11))]
    assert moved_end(start=date(2026, 11, 30), term=INQUIRY, spans=still) == date(2027, 1, 11) + timedelta(21)


def test_each_term_names_its_article_and_what_was_read():
    for term in (PLAN, INQUIRY, DECISION):
        assert isinstance(term, Term)
        assert term.source.startswith("Wmo 2015 art.")
        assert "2014" in term.read
    assert (PLAN.days, INQUIRY.days, DECISION.days) == (7, 42, 14)
