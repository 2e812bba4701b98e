"""Delimited text (CSV, TSV, semicolons, pipes) to rows of cells."""

from __future__ import annotations

import csv
import io
import itertools
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.readers.files import Text
from mapper.readers.headers import Header, find_header
from mapper.readers.parallel import in_parallel, number_of_parts
from mapper.readers.raw import RawTable, from_rows, name_headers

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_LISTING_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_HEAD_LINES = 100
_EVEN = 0.5
"""Of fewer lines that are cut alike the text is none of rows: prose has commas, too."""

_HEAD_BYTES = 2**18
_BLOCKS = (2**20, 2**25)
"""Bytes cut at a time: so much stays in the processor's cache; the second for longer cells."""

_PIECE = 2**18

_UNCLOSED_LIMIT = 20
"""More unclosed quotes than this, and the file is not what its name says."""


def read_delimited(data: Text, encoding: str) -> RawTable:
    """Cut delimited text into cells.

    A row with more cells than the header, or with a quote that never closes,
    is kept and marked rejected. Blank lines are not rows, but are counted in
    the numbers of the rows after them, as a spreadsheet does.

    Parameters
    ----------
    data : the table, in UTF-8
    encoding : how it was encoded, in words

    Raises
    ------
    ValueError
        The text holds no header or no row; the message says which.
    """
    with _cells_of_any_length():
        delimiter, head = _cut_head(_beginning(data))
        header = find_header(head)
        whole = not any("\n" in cell or "\r" in cell for row in head[: header.end] for cell in row)
        table = _read_fast(data, delimiter, header) if whole and head else None
        if table is None:
            records = _records(str(data, "utf-8", "replace"), delimiter, len(header.names))
            table = from_rows(list(records), header)
    cut = f"cells separated by {_DELIMITERS[delimiter]}" if len(table.cells.columns) > 1 else ""
    table.said.insert(0, f"{encoding} text, {cut or 'one column'}")
    return table


def read_header(data: Text) -> list[str]:
    """Return the cells of the row that looks most like a header; none where rows are not even."""
    with _cells_of_any_length():
        _, head = _cut_head(_beginning(data))
        return list(find_header(head).names) if _evenness(head)[1] >= _EVEN else []


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Lift the limit of the csv module, which is one for the whole process, for a while."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _beginning(data: Text) -> str:
    return data[:_HEAD_BYTES].decode("utf-8", "ignore")


def _cut_head(text: str) -> tuple[str, list[list[str]]]:
    """Find which delimiter cuts the first lines into the most even table, and cut them with it.

    Commas that all stand between digits are decimal commas where semicolons do as well.
    """
    lines = io.StringIO(text[: _HEAD_LINES * 2_000], newline="")
    heads = {delimiter: _head(lines, delimiter) for delimiter in _DELIMITERS}
    even = {delimiter: _evenness(head) for delimiter, head in heads.items()}
    best = max(_DELIMITERS, key=even.__getitem__)
    if best == "," and even[";"][:2] == even[","][:2] and not _LISTING_COMMA.search(text):
        best = ";"
    return best, heads[best]


def _evenness(head: list[list[str]]) -> tuple[bool, float, int]:
    widths = Counter(len(row) for row in head if any(row))
    cut = {width: lines for width, lines in widths.items() if width > 1}
    if not cut:  # lines of words before a short table are not cut, either
        return False, 0.0, 0
    width, lines = max(cut.items(), key=lambda item: (item[1], item[0]))
    return True, round(lines / widths.total(), 1), width


def _head(beginning: io.StringIO, delimiter: str) -> list[list[str]]:
    """The first rows; an unclosed quote in them must not make us read the whole text."""
    beginning.seek(0)
    return list(itertools.islice(csv.reader(beginning, delimiter=delimiter), _HEAD_LINES))


def _read_fast(data: Text, delimiter: str, header: Header) -> RawTable | None:
    """Read a table without faults; None where there is a fault to look into."""
    width = len(header.names)
    cells = _cut_at_once(data, delimiter, width, header.end)
    if cells is None:
        cells = _cut_with_pandas(data, delimiter, width, header.end)
    if cells is None:
        return None
    cells = cells.set_axis(name_headers(header.names), axis=1)
    rows = np.arange(header.end + 1, len(cells) + header.end + 1)
    blank = _blank(cells)
    if blank.any():
        cells, rows = cells[~blank].reset_index(drop=True), rows[~blank]
    if cells.empty:
        return None
    return RawTable(cells, rows, said=header.said, heading=header)


def _cut_at_once(data: Text, delimiter: str, width: int, skip: int) -> pd.DataFrame | None:
    """Cut a table whose rows are all as long as its header, in as many parts as processors.

    None where it has other rows, or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        return None
    ends = _part_ends(data)
    if len(ends) > 1:
        parts = list(zip([0, *ends[:-1]], ends, strict=True))
        tables = in_parallel(
            lambda part: _cut_part(data, delimiter, width, *part, 0 if part[0] else skip), parts
        )
        found = [table for table in tables if table is not None]
        if len(found) == len(ends):
            return cast("pd.DataFrame", pa.concat_tables(found).to_pandas())
    whole = _cut_part(data, delimiter, width, 0, len(data), skip)
    return None if whole is None else cast("pd.DataFrame", whole.to_pandas())


def _part_ends(data: Text) -> list[int]:
    """Where to cut a large table into parts: behind lines, and not within a quoted cell.

    That is guessed from the number of quotes; whether it is right is seen in the parts.
    """
    number = number_of_parts(len(data))
    ends, start, quotes = [], 0, 0
    for at in range(1, number):
        end = data.find(b"\n", at * len(data) // number) + 1
        quotes += _count_quotes(data, start, end)
        if quotes % 2:
            closing = data.find(b'"', end)
            end = data.find(b"\n", closing) + 1 if closing > 0 else 0
            quotes += 1
        if end <= start:
            break
        ends.append(end)
        start = end
    return [*ends, len(data)]


def _count_quotes(data: Text, start: int, end: int) -> int:
    if data.find(b'"', start, end) < 0:
        return 0
    letters = np.frombuffer(data, np.uint8)
    pieces = (letters[at : min(at + _PIECE, end)] for at in range(start, end, _PIECE))
    return sum(int(np.count_nonzero(piece == ord('"'))) for piece in pieces)


def _cut_part(
    data: Text, delimiter: str, width: int, start: int, end: int, skip: int
) -> pa.Table | None:
    """Cut a part of a table; None where its rows have faults, or its last cell may go on."""
    import pyarrow as pa

    part = pa.py_buffer(data).slice(start, end - start)
    for block in _BLOCKS:
        try:
            table = _cut_in_blocks(part, delimiter, width, skip, block)
        except pa.ArrowInvalid as error:
            if "straddling" in str(error):  # a row is longer than the block
                continue
            return None
        last = table.column(width - 1)[-1].as_py() if table.num_rows else None
        return None if not table.num_rows or _ends_in_quote(data, end, last) else table
    return None


def _cut_in_blocks(part: pa.Buffer, delimiter: str, width: int, skip: int, block: int) -> pa.Table:
    """Cut on one processor: pyarrow's own threads share blocks, and take half as long again."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [str(at) for at in range(width)]
    return arrow.read_csv(
        part,
        arrow.ReadOptions(column_names=names, skip_rows=skip, block_size=block, use_threads=False),
        arrow.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
        arrow.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            null_values=[""],
            strings_can_be_null=True,
            check_utf8=False,  # it is
        ),
    )


def _ends_in_quote(data: Text, end: int, last_cell: str | None) -> bool:
    """Whether the last cell may be quoted and the quote never closed: it took in the rest."""
    if data[end - 1 : end] in (b"\n", b"\r"):
        return (last_cell or "").endswith(("\n", "\r"))
    return b'"' in data[data.rfind(b"\n", 0, end) + 1 : end] or "\n" in (last_cell or "")


def _cut_with_pandas(data: Text, delimiter: str, width: int, skip: int) -> pd.DataFrame | None:
    """Cut a table whose rows are at most as long as its header; None where it has other rows.

    One column more than the header has is asked for: what lands in it shows a
    row that is too long.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # it drops cells
            cells = pd.read_csv(
                io.BytesIO(data),
                sep=delimiter,
                header=None,
                skiprows=skip,
                names=range(width + 1),
                index_col=False,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        return None
    return None if bool(cells[width].notna().any()) else cells.drop(columns=width)


def _blank(cells: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows are empty, looking at further columns only where the first is."""
    blank = np.array(cells[cells.columns[0]].isna())
    for name in cells.columns[1:]:
        rows = np.flatnonzero(blank)
        if not len(rows):
            break
        blank[rows] = cells[name].isna().to_numpy()[rows]
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
