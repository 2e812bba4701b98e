"""Several sheets of a workbook that have the same headers, such as one a month, as one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from mapper.readers.raw import RawTable
from mapper.readers.synonyms import is_tag_row, normalise

_REPEATED = 0.9
"""A sheet with so many rows of the sheets before it repeats them, as one of all months does."""


def join_sheets(tables: Mapping[str, RawTable]) -> tuple[RawTable, list[str]]:
    """Put the tables of several sheets together, the first sheet's headers over all.

    A sheet whose rows are nearly all in another one is left out, and said, lest each incident
    count twice.

    Returns
    -------
    table, said
        Of one sheet alone it is the sheet's own table, and nothing is said.
    """
    if len(tables) == 1:
        return next(iter(tables.values())), []
    names = _not_repeated({name: _rows(table) for name, table in tables.items()})
    first = tables[names[0]]
    repeated = [name for name in tables if name not in names]
    said = [f"sheets read as one table: {listed(names)}"] if len(names) > 1 else []
    if repeated:
        said.append(f"left out, as their rows are in {listed(names)}, too: {listed(repeated)}")
    if len(names) == 1:
        return first, said
    parts = {name: _under(first, tables[name]) for name in names}
    starts = np.cumsum([0, *(len(part.cells) for part in parts.values())])
    rejected = {
        int(start) + at: reason
        for start, part in zip(starts, parts.values(), strict=False)
        for at, reason in part.rejected.items()
    }
    whole = RawTable(
        pd.concat([part.cells for part in parts.values()], ignore_index=True),
        np.concatenate([part.rows for part in parts.values()]),
        rejected,
        list(first.said),
        heading=first.heading,
        sheets=dict(zip(parts, starts.tolist(), strict=False)),
        kinds=_kinds_of_all([part.kinds for part in parts.values()]),
        merged=[block for part in parts.values() for block in part.merged],
    )
    return whole, said


def _not_repeated(rows: Mapping[str, set[tuple[str, ...]]]) -> list[str]:
    """The sheets, without those that others hold as a whole; the largest are looked at first."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for name in sorted(rows, key=lambda name: -len(rows[name])):
        if len(rows[name] & seen) < _REPEATED * len(rows[name]):
            kept.append(name)
            seen |= rows[name]
    return [name for name in rows if name in kept]


def _rows(table: RawTable) -> set[tuple[str, ...]]:
    names = sorted(table.cells.columns, key=normalise)
    return set(table.cells[names].fillna("").itertuples(index=False, name=None))


def _under(first: RawTable, other: RawTable) -> RawTable:
    """A table whose columns are called as the first sheet's; without a row of HXL tags again."""
    names = _as_called(first.cells.columns, other.cells.columns)
    cells = other.cells.rename(columns=names)
    if other is not first and is_tag_row([cell for cell in cells.iloc[0] if isinstance(cell, str)]):
        rejected = {at - 1: reason for at, reason in other.rejected.items() if at}
        return RawTable(cells.iloc[1:], other.rows[1:], rejected)
    kinds = {names.get(name, name): kind for name, kind in other.kinds.items()}
    merged = [(sheet, names.get(name, name), top, end) for sheet, name, top, end in other.merged]
    return RawTable(cells, other.rows, other.rejected, kinds=kinds, merged=merged)


def _kinds_of_all(parts: list[dict[str, str]]) -> dict[str, str]:
    """The types of the columns that are numbers in every sheet."""
    kinds = {name: {part.get(name, "") for part in parts} for name in parts[0]}
    return {name: max(told, key=_KINDS.index) for name, told in kinds.items() if "" not in told}


_KINDS = ("int64", "Int64", "float64")


def _as_called(first: Iterable[str], other: Iterable[str]) -> dict[str, str]:
    """What the other sheet's columns are called in the first; each name there is taken once."""
    same = set(first) & set(other)
    free = {normalise(name): name for name in first if name not in same}
    return {name: free.pop(normalise(name), name) for name in other if name not in same}


def listed(names: Iterable[str]) -> str:
    """Return the names of sheets as a person is told them."""
    return ", ".join(map(repr, names))
