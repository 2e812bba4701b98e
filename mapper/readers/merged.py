"""Cells merged over several rows: names and days stand for each of them, counts for all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mapper.readers.casualties import COUNTS
from mapper.readers.columns import Roles
from mapper.readers.raw import RawTable

_PLACE = ["place", "admin1", "admin2", "admin3", "longitude", "latitude"]


def count_once(raw: RawTable, roles: Roles) -> None:
    """Leave a count that is merged over several rows in the first of them only."""
    below: dict[str, list[int]] = {}
    for column, first, last in _blocks(raw, roles):
        below.setdefault(column, []).extend(range(first + 1, last + 1))
    if below:
        raw.cells = raw.cells.copy()
    for column, at in below.items():
        raw.cells.loc[at, column] = None
        raw.kinds |= {column: "Int64"} if raw.kinds.get(column) == "int64" else {}


def tell_together(
    ours: pd.DataFrame, raw: RawTable, roles: Roles, said: list[str]
) -> list[pd.Series[str]]:
    """Note counts that stand for several rows; where these are of several places none has it."""
    blocks = list(_blocks(raw, roles))
    if not blocks:
        return []
    place = ours[_PLACE].groupby(_PLACE, dropna=False).ngroup().to_numpy()
    notes: dict[int, str] = {}
    uncounted: dict[str, list[int]] = {}
    for column, first, last in blocks:
        words = f"{column} {str(raw.cells[column].iloc[first])[:40]} stands for rows "
        words += f"{raw.rows[first]} to {raw.rows[last]} together and is counted "
        if (place[first : last + 1] != place[first]).any():
            words += "for none, as they are of several places"
            for role in _counts_of(column, roles):
                uncounted.setdefault(role, []).append(first)
        else:
            words += "with the first"
        for at in range(first, last + 1):
            notes[at] = f"{notes[at]}; {words}" if at in notes else words
    for role, rows in uncounted.items():
        ours.loc[rows, role] = pd.NA
    cells = "1 count is" if len(blocks) == 1 else f"{len(blocks):,} counts are"
    said.append(f"{cells} merged over several rows, such as: {notes[blocks[0][1]]}")
    return [pd.Series(notes, dtype="str").reindex(ours.index)]


def _blocks(raw: RawTable, roles: Roles) -> Iterator[tuple[str, int, int]]:
    """The columns of counts with merged cells; the first and last position of each cell's rows."""
    spans = dict(zip(raw.sheets or [""], raw.spans, strict=True))
    for sheet, column, top, bottom in raw.merged:
        start, end = spans.get(sheet, spans.get("", (0, 0)))
        rows = raw.rows[start:end]
        first, behind = start + np.searchsorted(rows, [top, bottom + 1])
        if behind - first > 1 and column in raw.cells and _counts_of(column, roles):
            yield column, int(first), int(behind) - 1


def _counts_of(column: str, roles: Roles) -> list[str]:
    """The counts that a column tells, alone or as a part of a sum."""
    if column in roles.columns.get("casualties", ()):
        return list(COUNTS)
    told = (*roles.columns.items(), *roles.sums.items())
    return [role for role, names in told if role in COUNTS and column in names]
