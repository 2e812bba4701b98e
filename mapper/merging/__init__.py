"""One event, one row, across articles: the retellings of several agencies become one.

Two rows of one article are never merged, nor rows of tables. Two of different
articles are where place, time and kind fit, nobody else was hurt, and enough
else agrees; two bombs in Baghdad on one day stay two. Where it is open whether
two rows are one event, they stay two, and both say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from mapper.merging.agreement import Row
from mapper.merging.clues import read
from mapper.merging.grouping import Group, grouped
from mapper.merging.joining import joined, teller, text
from mapper.schema import INCIDENTS, LOCATED, check


def merge(incidents: pd.DataFrame, located: pd.DataFrame) -> pd.DataFrame:
    """Merge the rows of different articles that tell of one event.

    Parameters
    ----------
    incidents : INCIDENTS frame
    located : LOCATED frame of the same rows in the same order

    Returns
    -------
    INCIDENTS frame
        In the order of the first tellings. A merged row has the fullest telling,
        the finest place, and the sources of all. Numbers that the accounts tell
        differently are in ``notes``, as is what may be the same event but is left
        apart. ``merged_from`` and ``merged_quotes`` hold the
        ids and the words of the other tellings. ``attrs["merged"]`` is the number
        of rows that went into others.

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    """
    check(incidents, INCIDENTS, "incidents")
    check(located, LOCATED, "located")
    groups = grouped(list(_rows(located)))
    merged = incidents.copy()
    for name in ("merged_from", "merged_quotes"):
        if name not in merged:
            merged[name] = pd.Series(pd.NA, index=merged.index, dtype="str")
    changed: dict[str, dict[int, Any]] = {}
    for group in groups:
        for name, value in _changed(group).items():
            changed.setdefault(name, {})[group.first.at] = value
    for name, values in changed.items():  # whole columns: to set single cells is slow
        new = merged[name].copy()
        new.iloc[list(values)] = pd.Series(list(values.values()), dtype=new.dtype)
        merged[name] = new
    dropped = [row.at for group in groups for row in group.rows if row is not group.first]
    kept = merged.drop(index=merged.index[dropped]).reset_index(drop=True)
    kept.attrs = dict(incidents.attrs) | {"merged": len(dropped)}
    said = [*incidents.attrs.get("said", ()), *_said(groups)]
    if said:
        kept.attrs["said"] = said
    return kept


def _changed(group: Group) -> dict[str, Any]:
    """Return the cells of an event's row that are others than those of its first telling."""
    cells = joined(group.rows) if len(group.rows) > 1 else {}
    if group.doubts:
        others = [other.first for other in group.doubts]
        named = ", ".join(f"{row.cells['incident_id']} ({teller(row)})" for row in others[:_NAMED])
        more = len(others) - _NAMED
        doubt = f"may be the same event as {named}" + (f" and {more:,} more" if more > 0 else "")
        notes = cells.get("notes", text(group.first.cells["notes"]))
        cells["notes"] = "; ".join(filter(None, [notes, doubt]))
    return cells


# So many rows that may tell of the same event are named; of more, how many.
_NAMED = 3


def _said(groups: Sequence[Group]) -> Iterator[str]:
    """Yield what became of the rows, for the account."""
    events = [group for group in groups if len(group.rows) > 1]
    if events:
        rows = sum(len(group.rows) for group in events)
        yield f"merged: {rows:,} rows tell of {len(events):,} event{'s' * (len(events) > 1)}"
    doubtful = sum(bool(group.doubts) for group in groups)
    if doubtful:
        yield f"left apart: {doubtful:,} rows may tell of an event of another row; see their notes"


def _rows(located: pd.DataFrame) -> Iterator[Row]:
    """Yield the rows that come from articles and are placed."""
    names = list(dict.fromkeys([*(c.name for c in LOCATED), "geometry"]))
    for at, cells in enumerate(located[names].to_dict("records")):
        if cells["status"] != "resolved" or pd.isna(cells["quote"]):
            continue
        article = tuple(
            None if pd.isna(cells[name]) else cells[name]
            for name in ("source_file", "source_row", "source_url", "source")
        )
        headline, kind = text(cells["title"]), text(cells["sub_event_type"])
        if headline.startswith((f"{kind}, ", f"{text(cells['event_type'])}, ")):
            headline = ""  # ours, not the article's: the kind and the place
        clues = read(
            f"{headline}\n{text(cells['quote'])}",
            place=text(cells["place"]),
            actor=text(cells["actor1"]),
            sub_event_type=kind,
        )
        yield Row(at, article, cells, clues)
