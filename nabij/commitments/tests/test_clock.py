from datetime import date

import pytest

from nabij.commitments.clock import is_working_day, term_end, working_days_after


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 5, 5)])  # Good Friday, and 5 May of a year in which we work
def test_a_day_on_which_we_work_counts_as_a_working_day_and_yet_ends_no_term_of_law(day):
    assert is_working_day(day)
    assert term_end(day, days=0) > day


def test_three_working_days_over_easter_are_not_stretched_by_good_friday():
    assert working_days_after(date(2026, 4, 1), 3) == date(2026, 4, 7)  # Thursday, Good Friday, and Tuesday after Easter


def test_in_the_fifth_year_five_may_is_no_working_day_either():
    assert not is_working_day(date(2025, 5, 5))
    assert working_days_after(date(2025, 5, 2), 1) == date(2025, 5, 6)


@pytest.mark.parametrize("year", range(2024, 2034))
def test_no_term_ends_on_a_holiday_of_the_law_in_any_year(year):
    always = [date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)]
    ends = {term_end(day, days=0) for day in always}
    assert not ends & set(always)
    assert all(is_working_day(day) for day in ends)
