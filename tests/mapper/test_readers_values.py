"""Cells to values: the table of cases in tests/cases/tables.yml, and properties."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mapper.readers import numbers
from mapper.readers.columns import recognise
from mapper.readers.coordinates import read_coordinates, read_joint_coordinates
from mapper.readers.dates import Dates, Order, read_dates
from mapper.readers.decoding import decode
from mapper.readers.numbers import read_counts
from mapper.readers.projections import mend

CASES: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "tables.yml").read_text("utf-8")
)


def column(*cells: str | None) -> pd.Series:
    return pd.Series([cell or None for cell in cells], dtype="str")


def plain(value: object) -> object:
    return None if pd.isna(value) else value


@pytest.mark.parametrize(("written", "expected", "noted"), CASES["counts"])
def test_count(written: str, expected: int | None, noted: bool) -> None:
    counts = read_counts(column(written), "killed")
    assert plain(counts.values[0]) == expected
    assert (plain(counts.notes[0]) is not None) == noted


@given(st.lists(st.text(max_size=12) | st.integers(-5, 10**8).map(str), min_size=1))
def test_a_count_is_never_invented(cells: list[str]) -> None:
    counts = read_counts(column(*cells), "killed")
    assert str(counts.values.dtype) == "Int64" and len(counts.values) == len(cells)
    for cell, value in zip(cells, counts.values, strict=True):
        if pd.notna(value):
            words = re.findall(r"[^\W\d_]+", numbers.plain_letters(cell.lower()))
            is_spelt = any(numbers.spelled(word) is not None for word in words)
            is_told = not {"nobody", "no", "none", "احد", "كەس", *numbers._TWO}.isdisjoint(words)
            assert any(c.isdigit() for c in cell) or is_spelt or is_told
        if not cell.strip():
            assert pd.isna(value)


NUMBERS = st.integers(-3, 10**8).map(str) | st.sampled_from(
    ["", "007", "+5", "-0", "5.", "5.5", "1e3", "1e400", "nan", "inf", "0x10", "1_000", " 7 ", "-"]
)


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_are_read_alike_whatever_stands_below(cells: list[str]) -> None:
    alone = read_counts(column(*cells), "killed")
    beside = read_counts(column(*cells, "5+"), "killed")
    pd.testing.assert_series_equal(alone.values, beside.values[:-1])
    pd.testing.assert_series_equal(alone.notes, beside.notes[:-1])
    points = read_coordinates(column(*cells), column(*cells))
    others = read_coordinates(column(*cells, "33°18'N"), column(*cells, "33°18'N"))
    pd.testing.assert_series_equal(points.longitude, others.longitude[:-1])
    pd.testing.assert_series_equal(points.notes, others.notes[:-1])


@pytest.mark.parametrize(("written", "first", "last", "precision"), CASES["dates"])
def test_date(written: str, first: str | None, last: str | None, precision: str | None) -> None:
    dates = read_dates(column(written))
    told = [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in (dates.first[0], dates.last[0])]
    assert (*told, plain(dates.precision[0])) == (first, last, precision)
    assert dates.unread[0] == (first is None and written != "n/a")


@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)), min_size=1, max_size=30),
       st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m.%d.%Y"]))  # fmt: skip
def test_a_column_of_dates_is_right_or_left_out(days: list[dt.date], form: str) -> None:
    """Whatever the order, no date is ever read as another one."""
    dates = read_dates(column(*(day.strftime(form) for day in days)))
    for day, read in zip(days, dates.first, strict=True):
        assert pd.isna(read) or read.date() == day
    decided = any(day.day > 12 for day in days)
    assert not decided or dates.first.notna().all()


def test_an_undecidable_order_is_said() -> None:
    dates = read_dates(column("3/4/2024", "5/6/2024", "7/7/2024"))
    assert dates.first.isna().tolist() == [True, True, False]
    assert "3/4/2024" in dates.said[0] and "2024-01-31" in dates.said[0]


def test_an_order_that_is_told_settles_only_what_is_open() -> None:
    open_ = dates_of("3/4/2024", "5/6/24 14:30", order="day")
    assert open_.first.dt.month.tolist() == [4, 6] and "as you say" in open_.said[0]
    assert dates_of("3/4/2024", order="month").first.dt.month.tolist() == [3]
    told = dates_of("3/4/2024", "25/12/2023", order="month")
    assert told.first.dt.month.tolist() == [4, 12] and told.said == ("day first",)
    mixed = dates_of("3/4/2024", "25/12/2023", "12/25/2023", order="month")
    assert mixed.first.dt.month.tolist() == [3, 12, 12] and "others the month" in mixed.said[0]


def dates_of(*cells: str, order: Order) -> Dates:
    return read_dates(column(*cells), order=order)


def test_days_of_another_calendar_or_zone_are_said() -> None:
    dates = read_dates(column("1445-07-03", "15 رجب 1445", "2024-01-04T21:00:00Z", "2024-01-05"))
    assert dates.first.isna().tolist() == [True, True, False, False]
    assert "1 distinct times are of another zone" in dates.said[0]
    assert "2 distinct days of another calendar, such as '1445-07-03'" in dates.said[1]


@pytest.mark.parametrize(
    "cell",
    ["2024-01-05T10:00+99:99", "2024-01-05 10:00+15:00", "2024-01-05T10:00+05:75",
     "05.01.2024 10:00 -20:00", "20240105T1000+99:99"],
)  # fmt: skip
def test_a_time_that_no_clock_shows_tells_no_day(cell: str) -> None:
    dates = read_dates(column(cell, "2024-01-04T21:00-05:00"))
    assert dates.first.isna().tolist() == dates.unread.tolist() == [True, False]
    assert "1 distinct times are of another zone" in dates.said[0]


def test_a_time_that_no_clock_shows_moves_no_day() -> None:
    assert not read_dates(column("2024-01-05T25:61Z")).said


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["23-12-30", "24-01-05", "24-01-06"], ["2023-12-30", "2024-01-05", "2024-01-06"]),
        (["23/12/30", "24/01/05"], ["2023-12-30", "2024-01-05"]),
        (["14-06-10", "14-06-11", "14-06-12", "14-6-3"],
         ["2014-06-10", "2014-06-11", "2014-06-12", "2014-06-03"]),
        (["14-06-10", "14-06-11", "14-6-12"], [None, None, None]),
        (["10-06-14", "11-06-14", "13-06-14 08:30"], ["2014-06-10", "2014-06-11", "2014-06-13"]),
        (["30-12-23", "05-01-24"], ["2023-12-30", "2024-01-05"]),
        (["12/30/23", "01/05/24"], ["2023-12-30", "2024-01-05"]),
        (["05/01/24", "25/12/2023"], ["2024-01-05", "2023-12-25"]),
        (["05-01-23", "05-01-24"], [None, None]),
        (["24-01-05", "24-02-06", "05/01/2024", "25/01/2024"],
         [None, None, "2024-01-05", "2024-01-25"]),
        (["24-01-05", "24-02-06", "24-02-07", "05/01/2024", "25/01/2024"],
         ["2024-01-05", "2024-02-06", "2024-02-07", "2024-01-05", "2024-01-25"]),
        (["05-01-24", "05/01/24", "25/12/2023"], [None, None, "2023-12-25"]),
        (["98-03-31", "31-03-98", "05-01-24"], [None, None, None]),
    ],
)  # fmt: skip
def test_short_years_come_where_the_column_has_them(
    cells: list[str], days: list[str | None]
) -> None:
    dates = read_dates(column(*cells))
    assert [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in dates.first] == days
    assert (None in days) == any("left out" in line for line in dates.said)


@given(st.lists(st.dates(dt.date(2003, 1, 1), dt.date(2023, 12, 31)), min_size=1, max_size=30),
       st.sampled_from(["%y-%m-%d", "%y/%m/%d", "%d-%m-%y", "%d/%m/%y", "%m/%d/%y"]))  # fmt: skip
def test_short_years_are_right_or_left_out_in_a_month(days: list[dt.date], form: str) -> None:
    within = [day.replace(year=days[0].year, month=days[0].month, day=day.day % 28 + 1)
              for day in days]  # fmt: skip
    dates = read_dates(column(*(day.strftime(form) for day in within)))
    for day, read in zip(within, dates.first, strict=True):
        assert pd.isna(read) or read.date() == day


def test_an_order_that_is_told_puts_short_years_last() -> None:
    assert dates_of("05-01-24", order="day").first[0].date() == dt.date(2024, 1, 5)
    assert dates_of("05-01-24", order="month").first[0].date() == dt.date(2024, 5, 1)


def test_last_days_that_are_not_used_are_told() -> None:
    dates = read_dates(column(*["2024-01-05"] * 4), column("2024-01-02", "soon", "n/a", ""))
    assert dates.last.dt.day.tolist() == [5] * 4
    assert dates.unused.tolist() == [True, True, False, False]


def test_contradictory_orders_are_said_and_the_plain_ones_read() -> None:
    dates = read_dates(column("25/12/2023", "12/25/2023", "3/4/2024"))
    assert dates.first.notna().tolist() == [True, True, False]
    assert "'3/4/2024'" in dates.said[0]


def test_the_last_days_help_to_decide_the_order() -> None:
    dates = read_dates(column("3/4/2024"), column("15/4/2024"))
    assert (dates.first[0].date(), dates.last[0].date()) == (
        dt.date(2024, 4, 3),
        dt.date(2024, 4, 15),
    )
    assert dates.precision[0] == "range"


@pytest.mark.parametrize(("latitude", "longitude", "y", "x"), CASES["coordinates"])
def test_coordinates(latitude: str, longitude: str, y: float | None, x: float | None) -> None:
    read = read_coordinates(column(longitude), column(latitude))
    assert plain(read.latitude[0]) == (None if y is None else pytest.approx(y, abs=1e-4))
    assert plain(read.longitude[0]) == (None if x is None else pytest.approx(x, abs=1e-4))
    silent = {"", "n/a"}
    told = latitude not in silent or longitude not in silent
    assert (plain(read.notes[0]) is not None) == (y is None and told)


@pytest.mark.parametrize(("written", "y", "x"), CASES["joint"])
def test_joint_coordinates(written: str, y: float | None, x: float | None) -> None:
    read = read_joint_coordinates(column(written))
    assert plain(read.latitude[0]) == (None if y is None else pytest.approx(y))
    assert plain(read.longitude[0]) == (None if x is None else pytest.approx(x))


@pytest.mark.parametrize(("written", "y", "x", "precision"), CASES["grids"])
def test_grid(written: str, y: float | None, x: float | None, precision: str | None) -> None:
    read = read_joint_coordinates(column(written))
    assert plain(read.latitude[0]) == (None if y is None else pytest.approx(y, abs=2e-4))
    assert plain(read.longitude[0]) == (None if x is None else pytest.approx(x, abs=2e-4))
    assert plain(read.precision[0]) == precision
    assert (plain(read.notes[0]) is None) == (y is not None)


@given(st.floats(28.6, 37.9), st.floats(38.1, 49.4), st.sampled_from("dms"))
def test_a_position_is_read_back_however_it_is_written(y: float, x: float, form: str) -> None:
    def write(value: float, letter: str) -> str:
        minutes = (value % 1) * 60
        if form == "d":
            return f"{value:.6f}°{letter}"
        if form == "m":
            return f"{int(value)}° {minutes:.5f}' {letter}"
        return f"{int(value)}°{int(minutes)}'{(minutes % 1) * 60:.4f}\"{letter}"

    texts = [f"{write(y, 'N')}, {write(x, 'E')}", f"{write(x, 'E')} {write(y, 'N')}"]
    if "60.0" in texts[0]:
        return  # rounded up to a full minute: not how anybody writes it
    read = read_joint_coordinates(column(*texts))
    assert read.latitude.tolist() == [pytest.approx(y, abs=1e-5)] * 2
    assert read.longitude.tolist() == [pytest.approx(x, abs=1e-5)] * 2


@pytest.mark.parametrize(
    ("wide", "precision"), [(0.01, "site"), (0.05, "settlement"), (0.2, "relative"), (0.9, None)]
)
def test_a_shape_is_as_exact_as_it_is_wide(wide: float, precision: str | None) -> None:
    x, y = 44.4, 33.3
    ring = f"{x} {y}, {x + wide} {y}, {x + wide} {y + wide}, {x} {y}"
    read = read_joint_coordinates(column(f"POLYGON (({ring}))", "POINT (44.4 33.3)"))
    assert plain(read.precision[0]) == precision and pd.isna(read.precision[1])
    assert pd.isna(read.longitude[0]) == (precision is None)
    assert plain(read.notes[0]) is None or "not used: POLYGON" in read.notes[0]


def test_which_of_a_pair_comes_first_is_decided_for_the_column() -> None:
    read = read_joint_coordinates(column("44.36 33.31", "43.13 36.34", "12 34", "36.34 43.13"))
    assert read.latitude.tolist() == [33.31, 36.34, 34, 43.13]  # the last for locating to mend
    assert read.said == ("longitude comes first",)


@pytest.mark.parametrize(("header", "role"), CASES["headers"])
def test_header(header: str, role: str | None) -> None:
    assert list(recognise([header]).columns) == ([role] if role else [])


ARABIC = "المكان,القتلى\r\nالموصل,٣\r\nبغداد,٥\r\n"
LATIN = "place,note\r\nHît,déjà\r\nRānia,x\r\n".replace("ā", "a")


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (ARABIC, "utf-8", "UTF-8"),
        (ARABIC, "utf-8-sig", "UTF-8"),
        (ARABIC, "utf-16", "UTF-16"),
        (ARABIC, "utf-16-le", "UTF-16"),
        (ARABIC, "utf-16-be", "UTF-16"),
        (ARABIC, "utf-32", "UTF-32"),
        (ARABIC.replace("٣", "3").replace("٥", "5"), "cp1256", "Windows-1256 (guessed)"),
        (LATIN, "cp1252", "Windows-1252 (guessed)"),
        (LATIN, "latin-1", "Windows-1252 (guessed)"),
    ],
)
def test_encoding(text: str, encoding: str, told: str) -> None:
    assert decode(text.encode(encoding)) == (text, told)


def test_a_few_damaged_bytes_do_not_make_utf8_something_else() -> None:
    text, told = decode((ARABIC * 20).encode() + b"\xff\n")
    assert text.startswith(ARABIC) and "1 damaged" in told


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)) * 4])
def test_binary_is_not_text(data: bytes) -> None:
    with pytest.raises(ValueError, match="not text"):
        decode(data)


@pytest.mark.parametrize(
    ("east", "north", "taken"),
    [
        (("4341", "4308"), ("3436", "3620"), False),
        (("434448", "443606"), ("363324", "333215"), False),
        (("4341", "434448"), ("3436", "363324"), False),
        (("4341", "4366"), ("3436", "3620"), True),  # no minute is the 66th
        (("43411", "43080"), ("34361", "36201"), True),
        (("434448", "443690"), ("363324", "333215"), True),
    ],
)
def test_what_may_be_degrees_and_minutes_is_not_taken_for_decimals(
    east: tuple[str, ...], north: tuple[str, ...], taken: bool
) -> None:
    read = read_coordinates(column(*east), column(*north))
    assert read.latitude.notna().tolist() == [taken] * 2
    assert ("or degrees and minutes: not used" in read.said[0]) != taken


def test_metres_and_lost_points_are_said() -> None:
    lost = read_coordinates(column("44366100", "43131"), column("33315200", "36341"))
    assert lost.latitude.tolist() == [33.3152, 36.341]
    assert "2 rows have coordinates without a decimal point, such as 33315200" in lost.said[0]
    web = read_coordinates(column("4938811.7", "44.4"), column("3937216.6", "33.3"))
    assert web.longitude.round(3).tolist() == [44.366, 44.4] and "Web Mercator" in web.said[0]


def test_what_may_be_metres_or_degrees_is_neither() -> None:
    both = read_coordinates(column("4313010"), column("3634120"))
    assert both.latitude.isna().all() and "not used" in both.said[0]


def test_metres_of_utm_need_their_zone() -> None:
    east, north = column("441234", "441000"), column("3686543", "3686000")
    without = read_coordinates(east, north)
    assert without.latitude.isna().all() and "as a column `utm zone`" in without.said[0]
    told = read_coordinates(east, north, column("38N", "38.0"))
    assert told.latitude.round(3).tolist() == [33.316, 33.312]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=20))
def test_degrees_are_never_mended(pairs: list[tuple[float, float]]) -> None:
    x, y = (pd.Series([pair[at] for pair in pairs]) for at in (0, 1))
    mended = mend(x, y)
    assert mended.x.equals(x) and mended.y.equals(y) and not mended.said
