"""Words for dates, and the days they mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.extraction import dates, reckoning

FRIDAY = date(2024, 1, 5)

# The text, the words found, the first day, the precision.
CASES = [
    ("killed on Thursday.", "Thursday", "2024-01-04", "day"),
    ("killed on Friday.", "Friday", "2024-01-05", "day"),
    ("killed last Friday.", "last Friday", "2023-12-29", "day"),
    ("early on Saturday", "Saturday", "2023-12-30", "day"),
    ("hit it yesterday", "yesterday", "2024-01-04", "day"),
    ("three days ago", "three days ago", "2024-01-02", "day"),
    ("struck overnight", "overnight", "2024-01-04", "range"),
    ("over the weekend", "over the weekend", "2023-12-30", "range"),
    ("On Jan. 3, police", "Jan. 3", "2024-01-03", "day"),
    ("killed on April 2nd.", "April 2nd", "2023-04-02", "day"),
    ("on Sunday 12 March 2017", "Sunday 12 March 2017", "2017-03-12", "day"),
    ("February 17th/18th, 2015", "February 17th/18th, 2015", "2015-02-17", "range"),
    ("on 5 and 6 June 2014", "5 and 6 June 2014", "2014-06-05", "range"),
    ("in May 2014", "May 2014", "2014-05-01", "month"),
    ("in May", "May", "2023-05-01", "month"),
    ("2015-12-31", "2015-12-31", "2015-12-31", "day"),
    ("on 31/12/2015", "31/12/2015", "2015-12-31", "day"),
    ("يوم الخميس", "يوم الخميس", "2024-01-04", "day"),
    ("في 4 كانون الثاني/ يناير 2024", "4 كانون الثاني/ يناير 2024", "2024-01-04", "day"),
    ("٣ تشرين الثاني", "٣ تشرين الثاني", "2023-11-03", "day"),
    ("أمس", "أمس", "2024-01-04", "day"),
]


@pytest.mark.parametrize(("text", "words", "first", "precision"), CASES)
def test_resolve(text: str, words: str, first: str, precision: str) -> None:
    found = dates.find(text)
    assert [f.text for f in found] == [words]
    when = reckoning.resolve(found[0], published=FRIDAY, context=None)
    assert (str(when.first), when.precision) == (first, precision)


@pytest.mark.parametrize(
    "text", ["he may go", "a march of 5 km", "Sun Microsystems", "June", "wed"]
)
def test_words_that_only_look_like_dates(text: str) -> None:
    assert dates.find(text) == []


@pytest.mark.parametrize(
    "text", ["since mid-October", "until Friday", "before Monday", "by June 3"]
)
def test_bounds_date_nothing(text: str) -> None:
    assert all(words.bound for words in dates.find(text))


def test_days_counted_from_the_text() -> None:
    (words,) = dates.find("two days prior")
    assert reckoning.resolve(words, published=None, context=FRIDAY).first == date(2024, 1, 3)
    assert reckoning.resolve(words, published=FRIDAY, context=None).first is None


def test_without_publication_no_year_is_invented() -> None:
    (words,) = dates.find("on Jan. 3")
    when = reckoning.resolve(words, published=None, context=None)
    assert (when.first, when.precision, when.text) == (None, "no-year", "Jan. 3")


def test_impossible_days_stay_words() -> None:
    (words,) = dates.find("on February 30, 2014")
    assert reckoning.resolve(words, published=FRIDAY, context=None).first is None


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_in_the_week_up_to_publication(published: date, back: int) -> None:
    day = published - timedelta(back)
    (words,) = dates.find(f"on {day:%A}")
    assert reckoning.resolve(words, published=published, context=None).first == day


@given(st.dates(date(1980, 1, 1), date(2040, 1, 1)), st.integers(0, 300))
def test_a_date_without_year_is_the_last_before_publication(published: date, back: int) -> None:
    day = published - timedelta(back)
    (words,) = dates.find(f"on {day:%B} {day.day}")
    when = reckoning.resolve(words, published=published, context=None)
    assert when.inferred
    if when.first:
        assert (when.first.month, when.first.day) == (day.month, day.day)
        assert when.first <= published + timedelta(1)
