"""The cells of a table before anything is understood of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.readers.headers import Header
from mapper.readers.parallel import in_parallel
from mapper.schema import is_held_by_pyarrow, same_text

_PLAIN = b"0123456789.-"


@dataclass(slots=True)
class RawTable:
    """A table's cells as text, under its own headers; an empty cell is missing.

    Columns asked for as numbers, and holding nothing else, are numbers.
    ``rows`` numbers the rows as a spreadsheet does, 1 being the file's first.
    ``rejected`` says why a row cannot be read, by its position in ``cells``;
    ``shapes`` which rows are drawn as something else than a point. ``roles``
    are roles that the form of the file gives to columns, whatever their names.
    ``kinds`` are the types of columns that the file holds as numbers or flags.
    ``exact``: the file is no spreadsheet, against which our own tables guard formulas.
    ``heading`` is the header as it is written; ``layout`` are the positions of rejected
    rows whose cells are not of their columns. ``sheets`` are the sheets of a workbook that were
    read together, and the position of the first row of each. ``merged`` are cells that stand for
    several rows, in each of which they are: sheet, column, and the first and last row's number.
    """

    cells: pd.DataFrame
    rows: npt.NDArray[np.int64]
    rejected: dict[int, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    shapes: dict[int, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    exact: bool = False
    heading: Header = field(default_factory=Header)
    layout: list[int] = field(default_factory=list)
    sheets: dict[str, int] = field(default_factory=dict)
    merged: list[tuple[str, str, int, int]] = field(default_factory=list)
    _columns: Columns | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each sheet begins and ends; of other tables there is one."""
        starts = list(self.sheets.values()) or [0]
        return list(zip(starts, [*starts[1:], len(self.cells)], strict=True))

    @property
    def columns(self) -> Columns:
        """The columns of these cells, each taken apart into its distinct cells only once."""
        if self._columns is None or self._columns.frame is not self.cells:
            self._columns = Columns(self.cells)
        return self._columns


def from_rows(records: list[list[str] | str], heading: Header) -> RawTable:
    """Build a table from rows of cells; a row given as one string could not be cut.

    Raises
    ------
    ValueError
        No row follows the header.
    """
    if any(isinstance(record, str) for record in records[: heading.end]):
        raise ValueError("row 1: a quote is opened and never closed: close it or remove it")
    header = _without_empty_end(heading.names)
    width = len(header)
    kept: list[list[str | None]] = []
    numbers: list[int] = []
    rejected: dict[int, str] = {}
    for number, record in enumerate(records[heading.end :], start=heading.end + 1):
        if isinstance(record, str):
            rejected[len(kept)] = "a quote is opened and never closed"
            record = [record]
        elif not any(record):
            continue
        elif any(cell.strip() for cell in record[width:]):
            rejected[len(kept)] = f"it has {len(record)} cells, the header {width}"
        cells = [cell if cell != "" else None for cell in record[:width]]
        kept.append(cells + [None] * (width - len(cells)))
        numbers.append(number)
    if not kept:
        raise ValueError("only a header: no row follows it")
    frame = pd.DataFrame(kept, columns=name_headers(header), dtype="str")
    rows = np.array(numbers, dtype=np.int64)
    return RawTable(frame, rows, rejected, heading.said, heading=heading)


class Column:
    """A column's cells, and what is found out about them when it is asked for.

    That is kept, but not by cached_property, which in Python 3.11 lets in one thread at a time.
    """

    def __init__(self, cells: pd.Series[Any]) -> None:
        self.cells = cells
        self._apart: tuple[npt.NDArray[np.intp], pd.Series[Any]] | None = None
        self._numbers: tuple[pd.Series[float] | None] | None = None
        self._days: tuple[pd.Series[pd.Timestamp] | None] | None = None

    @property
    def apart(self) -> tuple[npt.NDArray[np.intp], pd.Series[Any]]:
        """For each row which of the distinct cells it holds, -1 where it is empty; and those."""
        if self._apart is None:
            codes, values = pd.factorize(self.cells)
            self._apart = codes, pd.Series(values, dtype="str", name=self.cells.name)
        return self._apart

    @property
    def numbers(self) -> pd.Series[float] | None:
        """The cells as numbers where all are plain ones; else None."""
        if self._numbers is None:
            held = is_held_by_pyarrow(self.cells)
            self._numbers = (_finite_numbers(self.cells) if held else self._distinct_numbers(),)
        return self._numbers[0]

    @property
    def days(self) -> pd.Series[pd.Timestamp] | None:
        """The cells as days where all are in ISO form, as pyarrow finds out soonest; else None."""
        if self._days is None:
            self._days = (iso_days(self.cells),)
        return self._days[0]

    def find_days(self) -> None:
        """Find the days; of other forms what is distinct, by which they are read."""
        if self.days is None:
            _ = self.apart

    def _distinct_numbers(self) -> pd.Series[float] | None:
        """Read each distinct cell once, as is quickest without pyarrow."""
        if self.cells.dtype != "str":
            return None
        codes, texts = self.apart
        letters = "".join(texts)
        if not letters.isascii() or letters.encode().translate(None, _PLAIN):
            return None
        try:
            numbers = texts.to_numpy(dtype=object).astype(np.float64)
        except ValueError:
            return None
        if not np.isfinite(numbers).all():
            return None
        return pd.Series(np.append(numbers, np.nan)[codes], index=self.cells.index, copy=False)


def _finite_numbers(cells: pd.Series[Any]) -> pd.Series[float] | None:
    import pyarrow as pa

    texts = pa.array(cells.array)
    try:
        numbers = texts.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    finite = np.count_nonzero(np.isfinite(numbers)) == len(texts) - texts.null_count
    return pd.Series(numbers, index=cells.index, copy=False) if finite else None


def iso_days(cells: pd.Series[Any]) -> pd.Series[pd.Timestamp] | None:
    """Read days where all are in ISO form, with two digits for each month and day; else None."""
    if not is_held_by_pyarrow(cells):
        return None
    import pyarrow as pa

    try:
        days = pa.array(cells.array).cast(pa.date32()).cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    return pd.Series(days.to_numpy(zero_copy_only=False), index=cells.index)  # one to write to


class Columns(dict[str, Column]):
    """The columns of a frame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __missing__(self, name: str) -> Column:
        """Make the column that is asked for."""
        self[name] = Column(self.frame[name])
        return self[name]

    def find_out(
        self, distinct: Iterable[str], numbers: Iterable[str], days: Iterable[str]
    ) -> None:
        """Find what is distinct in some columns, and numbers and days in others, in parallel."""
        asked = [(name, "apart") for name in distinct] + [(name, "numbers") for name in numbers]
        works: list[Callable[[], object]] = [
            partial(getattr, self[name], what) for name, what in dict.fromkeys(asked)
        ]
        works += [self[name].find_days for name in days]
        in_parallel(lambda work: work(), works)


def by_distinct(
    column: Column | pd.Series[str], read: Callable[[pd.Series[str]], pd.Series[Any]]
) -> pd.Series[Any]:
    """Read each distinct cell once: columns of tables repeat themselves."""
    column = as_column(column)
    codes, texts = column.apart
    answers = read(texts)
    if answers is texts or (answers.dtype == column.cells.dtype and answers.equals(texts)):
        return column.cells
    if len(codes) and codes.min() < 0:
        return pd.Series(answers.array.take(codes, allow_fill=True), index=column.cells.index)
    return _spread(answers, codes, column.cells.index)


def _spread(answers: pd.Series[Any], rows: npt.NDArray[np.intp], index: pd.Index) -> pd.Series[Any]:
    """Give each row the answer at its position."""
    if answers.dtype == "str" and answers.nunique(dropna=False) == 1:
        only = answers.array[0]
        column = same_text(None if pd.isna(only) else str(only), index)
        column.name = answers.name
        return column
    return pd.Series(answers.array.take(rows), index=index, name=answers.name)


def by_combination(
    columns: Sequence[Column | pd.Series[Any]],
    read: Callable[[list[pd.Series[Any]]], Sequence[pd.Series[Any]]],
) -> list[pd.Series[Any]]:
    """Read each distinct combination of the cells of some columns once, for all rows that have it.

    ``read`` gets the distinct cells of each column, and returns as long columns; one that it
    returns twice is spread over the rows once.
    """
    told = [as_column(column) for column in columns]
    index = told[0].cells.index
    factors = [column.apart for column in told]
    rows, parts = factors[0][0], [np.arange(len(factors[0][1]))]
    if len(rows) and rows.min() < 0:
        rows, parts = rows + 1, [np.arange(-1, len(factors[0][1]))]
    for codes, values in factors[1:]:
        rows, distinct = pd.factorize(rows * (len(values) + 1) + codes + 1)
        before, at = np.divmod(distinct, len(values) + 1)
        parts = [*(part[before] for part in parts), at - 1]
    answers = read(
        [
            pd.Series(values.array.take(part, allow_fill=True), name=values.name, copy=False)
            for part, (_, values) in zip(parts, factors, strict=True)
        ]
    )
    once = {id(answer): answer for answer in answers}
    spreads = {key: _spread(answer, rows, index) for key, answer in once.items()}
    return [spreads[id(answer)] for answer in answers]


def as_column(column: Column | pd.Series[Any]) -> Column:
    """Return a column as it is; of other cells a new one."""
    return column if isinstance(column, Column) else Column(column)


def as_they_were(cells: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return cells in which columns of numbers and flags, read as text, have their types again."""
    typed: dict[str, pd.Series[Any]] = {}
    for name in cells.columns.intersection(list(kinds)):
        column, kind = cells[name], kinds[name]
        if kind.startswith("bool"):
            column = column.map({"True": True, "False": False})
        with contextlib.suppress(ValueError, TypeError):  # what is no number was put among them
            typed[name] = column.astype(cast("Any", kind))
    return cells.assign(**typed) if typed else cells


def in_digits(numbers: npt.NDArray[np.int64]) -> pd.Series[str]:
    """Write whole numbers as text: by pyarrow where it is there, which is much faster."""
    if not is_held_by_pyarrow(pd.Series([], dtype="str")):
        return pd.Series(numbers).astype("str")
    import pyarrow as pa

    return pd.Series(pd.array(pa.array(numbers).cast(pa.large_string()), dtype="str"))


def no_text(index: pd.Index) -> pd.Series[str]:
    """Return a column of text in which every value is missing."""
    return same_text(None, index)


def text_where(rows: pd.Series[bool], text: str) -> pd.Series[str]:
    """Return a column with a text in some rows, and nothing in the others."""
    if rows.all():
        return same_text(text, rows.index)
    both = pd.array([None, text], dtype="str")
    return pd.Series(both.take(rows.to_numpy(dtype=int)), index=rows.index)


def name_headers(header: Sequence[str]) -> list[str]:
    """Give every column a name of its own: empty ones a number, repeated ones a suffix."""
    names: list[str] = []
    taken: set[str] = set()
    copies: dict[str, int] = {}
    for number, cell in enumerate(header, start=1):
        stem = " ".join(str(cell).split()) or f"column {number}"
        name, copy = stem, copies.get(stem, 1)
        while name in taken:
            copy += 1
            name = f"{stem} ({copy})"
        copies[stem] = copy
        taken.add(name)
        names.append(name)
    return names


def _without_empty_end(header: Sequence[str]) -> Sequence[str]:
    width = len(header)
    while width and not header[width - 1].strip():
        width -= 1
    return header[:width]
