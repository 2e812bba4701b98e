"""Where the header of a table is among its first rows, and what it calls the columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.readers.angles import is_unit
from mapper.readers.synonyms import role_of

_HEADER_ROWS = 30
_MOST_COLUMNS = 16_384
"""As many as a spreadsheet has."""

_LONGEST = 60
"""A cell longer than this is a remark, and heads no column."""

_NUMBERS = re.compile(r"[\W\d]*\d[\W\d]*(?:[T ]\d[\d:.]*Z?)?")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, and the rows they stand in: from ``at`` up to ``end``."""

    names: tuple[str, ...] = ()
    at: int = 0
    end: int = 0

    @property
    def said(self) -> list[str]:
        """Where the header is, unless it is the first row."""
        if self.end - self.at > 1:
            return [f"header found in rows {self.at + 1} to {self.end}"]
        return [f"header found in row {self.end}"] if self.at else []


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Find the header among the first rows: the row whose cells name most roles.

    One after it wins only if it is wider, too: titles are narrow, and a row of
    values may happen to hold such words. Where no cell names a role it is the
    first row that is as wide as most are. Rows of groups above it
    ("Casualties" over "Killed" and "Wounded") and of parts below it belong to it.

    Raises
    ------
    ValueError
        It is wider than a spreadsheet can be.
    """
    at = _telling_row(rows)
    if at is None:
        at = _usual_row(rows)
        _require_narrow(rows[at : at + 1])
        return Header(tuple(rows[at]), at, at + 1) if at < len(rows) else Header()
    _require_narrow(rows[at : at + 1])
    names, top, end = list(rows[at]), at, at + 1
    if end < len(rows) and _are_parts(rows[end], names):
        names, end = _join(names, rows[end]), end + 1
    if top and _are_groups(rows[top - 1], names):
        names, top = _join(rows[top - 1], names), top - 1
    return Header(tuple(names), top, end)


def _require_narrow(rows: Sequence[Sequence[str]]) -> None:
    if any(len(row) > _MOST_COLUMNS for row in rows):
        raise ValueError(
            f"a header of more than {_MOST_COLUMNS:,} cells: no table, or not cut where lines end"
        )


def is_number_like(cell: str) -> bool:
    """Tell whether a cell holds a number, a day or a time, and no words."""
    bare = cell.strip()
    return len(bare) < _LONGEST and bool(_NUMBERS.fullmatch(bare))


def _telling_row(rows: Sequence[Sequence[str]]) -> int | None:
    best, most, widest = None, 0, 0
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        known = sum(bool(role_of(cell)) for cell in row if len(cell) < _LONGEST)
        width = sum(bool(cell.strip()) for cell in row)
        if known > most and width > widest:
            best, most, widest = position, known, width
    return best


def _usual_row(rows: Sequence[Sequence[str]]) -> int:
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return next((at for at, width in enumerate(widths) if width and width >= usual), 0)


def _are_parts(row: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row names the parts of columns that the row above leaves open."""
    filled = _words(row)
    if filled is None or not any(
        cell.strip() and not (at < len(above) and above[at].strip()) for at, cell in enumerate(row)
    ):
        return False
    known = sum(bool(role_of(cell)) or is_unit(cell) for cell in filled)
    return known >= 2 and 2 * known >= len(filled)


def _are_groups(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row tells what the columns below belong to."""
    filled = _words(row)
    if filled is None:
        return False
    alone = [
        cell for at, cell in enumerate(row) if cell.strip() and not "".join(below[at : at + 1])
    ]
    return len(filled) >= 2 or any(map(role_of, alone))


def _words(row: Sequence[str]) -> list[str] | None:
    """The filled cells, if all of them may be headers."""
    filled = [cell for cell in row if cell.strip()]
    fit = all(
        len(cell) < _LONGEST and not is_number_like(cell) and not cell.rstrip().endswith(":")
        for cell in filled
    )
    return filled if filled and fit else None


def _join(groups: Sequence[str], parts: Sequence[str]) -> list[str]:
    """Names of columns from two rows; the group is told where its part alone is not enough."""
    width = max(len(groups), len(parts))
    above = [*groups, *[""] * (width - len(groups))]
    below = [*parts, *[""] * (width - len(parts))]
    often = Counter(role_of(cell) or cell.strip().lower() for cell in below)
    names, group = [], ""
    for upper, lower in zip(above, below, strict=True):
        group = upper.strip() or (group if lower.strip() else "")
        repeated = often[role_of(lower) or lower.strip().lower()] > 1
        if lower.strip() and repeated and group and group != lower.strip():
            names.append(f"{group} {lower.strip()}")
        else:
            names.append(lower if lower.strip() else upper)
    return names
