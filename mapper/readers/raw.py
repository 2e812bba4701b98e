"""The cells of a table before anything is understood of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.readers.headers import Header


@dataclass(slots=True)
class RawTable:
    """A table's cells as text, under its own headers; an empty cell is missing.

    Columns asked for as numbers, and holding nothing else, are numbers.
    ``rows`` numbers the rows as a spreadsheet does, 1 being the file's first.
    ``rejected`` says why a row cannot be read, by its position in ``cells``;
    ``shapes`` which rows are drawn as something else than a point. ``roles``
    are roles that the form of the file gives to columns, whatever their names.
    ``exact``: the file is no spreadsheet, against which our own tables guard formulas.
    ``heading`` is the header as it is written; ``layout`` are the positions of rejected
    rows whose cells are not of their columns.
    """

    cells: pd.DataFrame
    rows: npt.NDArray[np.int64]
    rejected: dict[int, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    shapes: dict[int, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    exact: bool = False
    heading: Header = field(default_factory=Header)
    layout: list[int] = field(default_factory=list)


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


def by_distinct(
    cells: pd.Series[str], read: Callable[[pd.Series[str]], pd.Series[Any]]
) -> pd.Series[Any]:
    """Read each distinct cell once: columns of tables repeat themselves."""
    codes, values = pd.factorize(cells)
    texts = pd.Series(values, dtype="str")
    answers = read(texts)
    if answers.dtype == cells.dtype and answers.equals(texts):
        return cells
    return pd.Series(answers.array.take(codes, allow_fill=True), index=cells.index)


def by_combination(
    columns: Sequence[pd.Series[Any]],
    read: Callable[[list[pd.Series[Any]]], Sequence[pd.Series[Any]]],
) -> list[pd.Series[Any]]:
    """Read each distinct combination of the cells of some columns once, for all rows that have it.

    ``read`` gets the distinct cells of each column, and returns as long columns.
    """
    index = columns[0].index
    factors = [pd.factorize(column) for column in columns]
    rows = factors[0][0] + 1  # 0: a missing cell
    found = np.arange(len(factors[0][1]) + 1)
    if len(factors) > 1:
        for codes, values in factors[1:]:
            rows = rows * (len(values) + 1) + codes + 1
        rows, found = pd.factorize(rows)
    parts = []
    for column, (_, values) in reversed(list(zip(columns, factors, strict=True))):
        found, at = np.divmod(found, len(values) + 1)
        cells = pd.array(values, dtype=column.dtype).take(at - 1, allow_fill=True)
        parts.append(pd.Series(cells, name=column.name))
    answers = read(parts[::-1])
    return [pd.Series(answer.array.take(rows), index=index, name=answer.name) for answer in answers]


def no_text(index: pd.Index) -> pd.Series[str]:
    """Return a column of text in which every value is missing."""
    return cast("pd.Series[str]", pd.Series(np.nan, index=index, dtype="str"))


def name_headers(header: Sequence[str]) -> list[str]:
    """Give every column a name of its own: empty ones a number, repeated ones a suffix."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(header, start=1):
        stem = " ".join(str(cell).split()) or f"column {number}"
        name, copy = stem, 1
        while name in taken:
            copy += 1
            name = f"{stem} ({copy})"
        taken.add(name)
        names.append(name)
    return names


def _without_empty_end(header: Sequence[str]) -> Sequence[str]:
    width = len(header)
    while width and not header[width - 1].strip():
        width -= 1
    return header[:width]
