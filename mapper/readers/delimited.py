"""Delimited text (CSV, TSV, semicolons, pipes) to rows of cells."""

from __future__ import annotations

import csv
import io
import warnings
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.readers.columns import find_header
from mapper.readers.raw import RawTable, from_rows, name_headers

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_HEAD_LINES = 100
_UNCLOSED_LIMIT = 20
"""More unclosed quotes than this, and the file is not what its name says."""


def read_delimited(
    text: str, encoding: str, *, numeric: Callable[[Sequence[str]], Collection[str]]
) -> RawTable:
    """Cut delimited text into cells.

    A row with more cells than the header, or with a quote that never closes,
    is kept and marked rejected. Blank lines are not rows, but are counted in
    the numbers of the rows after them, as a spreadsheet does.

    Parameters
    ----------
    text : the table
    encoding : how it was decoded, in words
    numeric : told the headers, says which columns to read as numbers if they can be

    Raises
    ------
    ValueError
        The text holds no header or no row; the message says which.
    """
    with _cells_of_any_length():
        delimiter = find_delimiter(text)
        head = _head(text, delimiter)
        header_at = find_header(head)
        table = None
        if header_at == 0:
            table = _read_fast(text, delimiter, head[0], numeric)
        if table is None:
            width = len(head[header_at]) if head else 0
            table = from_rows(list(_records(text, delimiter, width)), header_at)
    table.said.insert(0, f"{encoding} text, cells separated by {_DELIMITERS[delimiter]}")
    return table


def read_header(text: str) -> list[str]:
    """Return the cells of the row that looks most like a header."""
    with _cells_of_any_length():
        head = _head(text, find_delimiter(text))
        return head[find_header(head)] if head else []


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Lift the limit of the csv module, which is one for the whole process, for a while."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def find_delimiter(text: str) -> str:
    """Find which delimiter cuts the first lines into the most even table."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(_head(text, delimiter)))


def _evenness(head: list[list[str]]) -> tuple[bool, float, int]:
    widths = Counter(len(row) for row in head if any(row))
    cut = {width: lines for width, lines in widths.items() if width > 1}
    if not cut:  # lines of words before a short table are not cut, either
        return False, 0.0, 0
    width, lines = max(cut.items(), key=lambda item: (item[1], item[0]))
    return True, round(lines / widths.total(), 1), width


def _head(text: str, delimiter: str) -> list[list[str]]:
    """The first rows; an unclosed quote in them must not make us read the whole text."""
    lines = io.StringIO(text[: _HEAD_LINES * 2_000], newline="")
    rows = []
    for row in csv.reader(lines, delimiter=delimiter):
        rows.append(row)
        if len(rows) == _HEAD_LINES:
            break
    return rows


def _read_fast(
    text: str,
    delimiter: str,
    header: list[str],
    numeric: Callable[[Sequence[str]], Collection[str]],
) -> RawTable | None:
    """Read a table without faults with pandas; None where there is a fault to look into.

    One column more than the header has is asked for: what lands in it shows a
    row that is too long.
    """
    width, names = len(header), name_headers(header)
    chosen = numeric(names)
    numbers = {at for at, name in enumerate(names) if name in chosen}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # it drops cells
            cells = pd.read_csv(
                io.BytesIO(text.encode("utf-8", errors="replace")),
                sep=delimiter,
                header=None,
                skiprows=1,
                names=range(width + 1),
                index_col=False,
                dtype={at: str for at in range(width + 1) if at not in numbers},
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
                low_memory=False,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        return None
    if bool(cells[width].notna().any()):
        return None
    cells = cells.drop(columns=width).set_axis(names, axis=1)
    for name in chosen:
        cells[name] = _as_written(cells[name])
    rows = np.arange(2, len(cells) + 2)
    blank = _blank(cells)
    if blank.any():
        cells, rows = cells[~blank].reset_index(drop=True), rows[~blank]
    return RawTable(cells, rows) if len(cells) else None


def _as_written(numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Undo what pandas makes of numbers where some are missing: 3 is 3 then, not 3.0."""
    if numbers.dtype.kind == "f":
        known = numbers.dropna()
        whole = bool((np.isfinite(known) & (known == known.round()) & (known.abs() < 2**53)).all())
        return numbers.astype("Int64") if whole else numbers
    return numbers if numbers.dtype.kind == "i" else numbers.astype("str")


def _blank(cells: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows are empty, looking at further columns only where the first is."""
    blank = np.ones(len(cells), dtype=bool)
    for name in cells.columns:
        rows = np.flatnonzero(blank)
        if not len(rows):
            break
        blank[rows] = cells[name].iloc[rows].isna().to_numpy()
    return blank


def _records(text: str, delimiter: str, width: int) -> Iterator[list[str] | str]:
    """Every row of the text; a line whose quote never closes comes as it is, a string.

    A quote that is never closed swallows the rows after it: up to the end, or
    up to the next quote, which then leaves its row with too many cells. Reading
    begins anew on the line behind the one that opened it.
    """
    lines = io.StringIO(text, newline="").readlines()
    start = 0
    for _ in range(_UNCLOSED_LIMIT):
        reader = csv.reader(lines[start:], delimiter=delimiter)
        rows, ends = [], [0]
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
        broken = _first_swallower(rows, ends, lines[start:], width)
        if broken is None:
            yield from rows
            return
        yield from rows[:broken]
        begin = start + ends[broken]
        yield lines[begin].rstrip("\r\n")
        start = begin + 1
    raise ValueError("quotes are opened and never closed, again and again")


def _first_swallower(
    rows: list[list[str]], ends: list[int], lines: list[str], width: int
) -> int | None:
    """The first row that took in others because its quote was not closed, or None."""
    for at, row in enumerate(rows):
        if ends[at + 1] - ends[at] > 1:
            too_long = any(cell.strip() for cell in row[width:])
            last = at == len(rows) - 1
            if too_long or (last and "".join(lines[ends[at] :]).count('"') % 2):
                return at
    return None
