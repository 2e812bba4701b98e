"""Delimited text (CSV, TSV, semicolons, pipes) to rows of cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from mapper.readers.columns import find_header
from mapper.readers.raw import RawTable, from_rows, name_headers

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_HEAD_LINES = 100
_UNCLOSED_LIMIT = 50
"""More unclosed quotes than this, and the file is not what its name says."""

csv.field_size_limit(2**31 - 1)


def read_delimited(text: str, encoding: str) -> RawTable:
    """Cut delimited text into cells; nothing is interpreted.

    A row with more cells than the header, or with a quote that never closes,
    is kept and marked rejected. Blank lines are not rows, but are counted in
    the numbers of the rows after them, as a spreadsheet does.

    Raises
    ------
    ValueError
        The text holds no header or no row; the message says which.
    """
    delimiter = find_delimiter(text)
    said = [f"{encoding} text, cells separated by {_DELIMITERS[delimiter]}"]
    head = _head(text, delimiter)
    header_at = find_header(head)
    table = None
    if header_at == 0:
        table = _read_fast(text, delimiter, head[0])
    if table is None:
        table = from_rows(list(_records(text, delimiter)), header_at)
    table.said[:0] = said
    return table


def find_delimiter(text: str) -> str:
    """Find which delimiter cuts the first lines into the most even table."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(_head(text, delimiter)))


def _evenness(head: list[list[str]]) -> tuple[bool, float, int]:
    widths = Counter(len(row) for row in head if any(row))
    if not widths:
        return False, 0.0, 0
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return width > 1, round(lines / widths.total(), 1), width


def _head(text: str, delimiter: str) -> list[list[str]]:
    """The first rows; an unclosed quote in them must not make us read the whole text."""
    lines = io.StringIO(text[: _HEAD_LINES * 2_000], newline="")
    rows = []
    for row in csv.reader(lines, delimiter=delimiter):
        rows.append(row)
        if len(rows) == _HEAD_LINES:
            break
    return rows


def _read_fast(text: str, delimiter: str, header: list[str]) -> RawTable | None:
    """Read a table without faults with pandas; None where there is a fault to look into.

    One column more than the header has is asked for: what lands in it shows a
    row that is too long.
    """
    width = len(header)
    try:
        cells = pd.read_csv(
            io.BytesIO(text.encode("utf-8", errors="replace")),
            sep=delimiter,
            header=None,
            names=range(width + 1),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            low_memory=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return None
    if bool(cells[width].notna().any()) or len(cells) < 2:
        return None
    cells = cells.iloc[1:].drop(columns=width)
    rows = np.arange(2, len(cells) + 2)
    cells.columns = pd.Index(name_headers(header))
    cells = cells.reset_index(drop=True)
    blank = cells.isna().all(axis=1)
    if blank.any():
        cells, rows = cells[~blank].reset_index(drop=True), rows[~blank.to_numpy()]
    return RawTable(cells, rows) if len(cells) else None


def _records(text: str, delimiter: str) -> Iterator[list[str] | str]:
    """Every row of the text; a line whose quote never closes comes as it is, a string."""
    lines = io.StringIO(text, newline="").readlines()
    start, unclosed = 0, 0
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=False)
        rows, ends = [], []
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
        broken = _swallowed(rows, ends, lines[start:])
        if broken is None:
            yield from rows
            return
        unclosed += 1
        if unclosed > _UNCLOSED_LIMIT:
            raise ValueError("quotes are opened and never closed, again and again")
        yield from rows[:broken]
        begin = start + (ends[broken - 1] if broken else 0)
        yield lines[begin].rstrip("\r\n")
        start = begin + 1


def _swallowed(rows: list[list[str]], ends: list[int], lines: list[str]) -> int | None:
    """The row that ran to the end of the text because its quote was never closed, or None."""
    if not rows:
        return None
    begin = ends[-2] if len(ends) > 1 else 0
    if ends[-1] - begin < 2:
        return None
    last = "".join(lines[begin:])
    return len(rows) - 1 if last.count('"') % 2 else None
