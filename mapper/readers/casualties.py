"""Killed and wounded: of columns of their own, of parts that add up, of one column for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from mapper.readers.numbers import Counts, read_counts
from mapper.readers.raw import Columns, text_where
from mapper.readers.synonyms import killed_and_wounded
from mapper.readers.tolls import read_tolls

if TYPE_CHECKING:
    from mapper.readers.columns import Roles

COUNTS = ("killed", "wounded")


def find_casualties(
    ours: pd.DataFrame, columns: Columns, roles: Roles, said: list[str]
) -> list[pd.Series[str]]:
    """Fill in killed and wounded; return remarks on cells that say more than a number.

    Cells that tell both, such as ``3 killed / 2 injured``, are read for both, in whichever of
    the columns they stand; a column of its own goes before.
    """
    notes = []
    tolls = []
    for role in COUNTS:
        name = roles.first(role)
        parts = [name] if name is not None else roles.sums.get(role, ())
        counts = [read_counts(columns[part], role) for part in parts]
        if not counts:
            continue
        ours[role] = counts[0].values if len(counts) == 1 else _sum(counts)
        notes += [count.notes for count in counts]
        notes += _say_missing_parts(role, parts, [count.values for count in counts])
        doubtful = counts[0].notes.notna()
        if name is not None and doubtful.any():
            toll = read_tolls(columns[name]).where(doubtful)
            sure = toll[list(COUNTS)].notna().any(axis=1)
            ours[role] = ours[role].mask(sure, toll[role])
            notes[-1] = notes[-1].mask(sure, toll["notes"])
            tolls.append(toll[list(COUNTS)].where(sure))
    for name in roles.columns.get("casualties", ()):
        toll = read_tolls(columns[name], killed_and_wounded(name))
        if toll[list(COUNTS)].notna().any(axis=None):
            tolls.append(toll)
            notes.append(toll["notes"])
        elif columns[name].cells.notna().any():
            said.append(
                f"numbers in {name!r} do not tell killed from wounded, and are kept only there: "
                f"if they are killed, --column killed={name!r}"
            )
    for toll in tolls:
        for role in COUNTS:
            ours[role] = ours[role].fillna(toll[role])
    return notes


def _sum(counts: list[Counts]) -> pd.Series[int]:
    known = pd.concat([count.values for count in counts], axis=1)
    return known.sum(axis=1, min_count=1).astype("Int64")


def _say_missing_parts(
    role: str, parts: Sequence[str], counts: list[pd.Series[int]]
) -> Iterator[pd.Series[str]]:
    """Note which parts of a sum are not told where others are: missing is not zero."""
    if len(parts) == 1:
        return
    missing = pd.concat([count.isna() for count in counts], axis=1)
    known = ~missing.all(axis=1)
    for part, count in zip(parts, counts, strict=True):
        untold = known & count.isna()
        if untold.any():
            yield text_where(untold, f"{role}: the sum is without {part!r}, not told")
