"""What is found out of a whole column at once is what its cells say one by one."""

from __future__ import annotations

import os
import threading
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.readers.dates import read_dates
from mapper.readers.guessing import sample_of
from mapper.readers.numbers import UNKNOWN, tell_nothing
from mapper.readers.parallel import in_parallel
from mapper.readers.raw import Column, text_where

STORAGES = ["python", *(["pyarrow"] if pd.Series(["a"]).dtype.storage == "pyarrow" else [])]
CELLS = st.sampled_from(["a", "b", " a", "-", "", *map(str, range(90))])
ODD = ["-", "1.2.3", "5-6", "1_0", " 1", "inf", "nan", "٣", "0x1", "9" * 400, "a", ""]


def texts(cells: list[str | None], storage: str) -> pd.Series[str]:
    dtype = pd.StringDtype(storage, na_value=np.nan)  # type: ignore[call-overload]
    return pd.Series(cells, dtype=dtype)


@pytest.mark.parametrize("storage", STORAGES)
@given(
    st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6), st.floats(-180, 180)), max_size=9)
)
def test_plain_numbers_are_read(storage: str, numbers: list[float | None]) -> None:
    cells = [None if number is None else f"{number:.7f}" for number in numbers]
    read = Column(texts(cells, storage)).numbers
    assert read is not None
    expected = [np.nan if cell is None else float(cell) for cell in cells]
    np.testing.assert_array_equal(read.to_numpy(), expected)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("storage", STORAGES)
def test_a_column_with_another_cell_is_none_of_numbers(storage: str, odd: str) -> None:
    assert Column(texts(["33.5", odd, None], storage)).numbers is None


@pytest.mark.parametrize("storage", STORAGES)
def test_words_for_nothing_are_told(storage: str) -> None:
    words = sorted(UNKNOWN)
    cells = texts(
        [*words, *(f" {word.upper()} " for word in words), "Mosul", "nano", None], storage
    )
    found = tell_nothing(cells).tolist()
    assert found == [True] * 2 * len(words) + [False] * 3


@given(st.lists(st.dates(date(1850, 1, 1), date(2150, 12, 31)), min_size=1, max_size=9))
def test_days_alone_are_read_as_beside_other_forms(days: list[date]) -> None:
    iso = [day.isoformat() for day in days]
    alone = read_dates(pd.Series(iso, dtype="str"))
    beside = read_dates(pd.Series([*iso, "3 May 2014"], dtype="str"))
    expected = [pd.Timestamp(day) if 1900 <= day.year <= 2100 else pd.NaT for day in days]
    for column in (alone.first, alone.last, beside.first[:-1], beside.last[:-1]):
        assert column.isna().tolist() == [day is pd.NaT for day in expected]
        assert column.dropna().tolist() == [day for day in expected if day is not pd.NaT]
    assert alone.precision.tolist() == beside.precision[:-1].tolist()
    assert alone.unread.tolist() == beside.unread[:-1].tolist() == [d is pd.NaT for d in expected]


ISO_DAYS = st.dates(date(1895, 1, 1), date(2030, 1, 1)).map(date.isoformat)


@given(st.lists(st.tuples(st.none() | ISO_DAYS, st.none() | ISO_DAYS), max_size=9), st.booleans())
def test_days_and_last_days_are_read_as_beside_other_forms(
    rows: list[tuple[str | None, str | None]], has_ends: bool
) -> None:
    beside = pd.DataFrame([*rows, ("3 May 2014", "4 May 2014")], columns=["first", "last"])
    both = beside.astype("str"), beside[:-1].astype("str")
    expected, found = (read_dates(t["first"], t["last"] if has_ends else None) for t in both)
    for name in ("first", "last", "precision", "unread", "unused"):
        pd.testing.assert_series_equal(getattr(found, name), getattr(expected, name)[:-1])


@given(st.lists(CELLS, max_size=400), st.integers(0, 300))
def test_a_sample_is_what_comes_first(cells: list[str], gap: int) -> None:
    said = [cell.strip() for cell in dict.fromkeys(cells) if cell.strip() not in UNKNOWN]
    column = pd.Series([None] * gap + cells, dtype="str")
    assert sample_of(column) == said[:60]
    assert sample_of(column, 1) == said[:1]


@given(st.lists(st.booleans()))
def test_a_text_stands_in_some_rows(rows: list[bool]) -> None:
    column = text_where(pd.Series(rows, dtype=bool), "day")
    assert column.dtype == "str"
    assert column.fillna("-").tolist() == ["day" if row else "-" for row in rows]


@pytest.mark.parametrize("processors", [1, 2, 5])
def test_parallel_work_is_done_once_and_told_in_order(
    monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    done: list[int] = []

    def work(part: int) -> int:
        done.append(part)
        return part * part

    assert in_parallel(work, range(40)) == [part * part for part in range(40)]
    assert sorted(done) == list(range(40))


def test_parts_are_worked_on_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    meeting = threading.Barrier(3, timeout=20)
    assert sorted(in_parallel(lambda _: meeting.wait(), range(3))) == [0, 1, 2]


@pytest.mark.parametrize("processors", [1, 3])
@pytest.mark.parametrize("broken", [0, 5, 9])
def test_a_fault_in_any_part_is_told(
    monkeypatch: pytest.MonkeyPatch, processors: int, broken: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    with pytest.raises(ZeroDivisionError):
        in_parallel(lambda part: 1 // (part - broken), range(10))
