"""Rows that say what an earlier row says already: flagged, never dropped."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.schema import INCIDENTS

_Rows = npt.NDArray[np.int64]

_FACTS = ["date", "date_end", "place", "admin1", "longitude", "latitude", "killed", "wounded"]
_WHEN_AND_WHERE = ["date", "place", "admin1", "longitude", "latitude"]
_OURS = frozenset(column.name for column in INCIDENTS)
_HEAD = 20
_WORTH_IT = 0.7
"""Fewer rows are picked out of a column; of more all are looked at, which is quicker."""

_OF_THE_ROW = {"incident_id", "source_file", "source_row", "duplicate_of"}


def mark_duplicates(incidents: pd.DataFrame, source_ids: pd.Series[str]) -> pd.DataFrame:
    """Tell in ``duplicate_of`` which rows repeat an earlier one, of the same file or another.

    A row repeats another if they agree in every column, numbers of rows and ids
    aside; or if they have the same id in the source, day and place, as where two
    exports overlap and a remark was changed between them. What one of our own tables tells
    stays, as long as the two rows are of one day and place.

    Parameters
    ----------
    incidents : INCIDENTS frame with the inputs' own columns
    source_ids : the ids that the inputs give their rows, where they do

    Returns
    -------
    The frame, with ``duplicate_of`` filled in.
    """
    frame = incidents.reset_index(drop=True)
    ids = source_ids.reset_index(drop=True)
    open_ = frame["rejected"].isna()
    first = np.arange(len(frame))
    alike = _Alike(np.flatnonzero(open_))
    alike.by(frame[name] for name in _FACTS)
    others = (frame[name] for name in frame.columns if name not in _FACTS)
    alike.by(cells for cells in others if _counts_for(cells, ids))
    alike.tell(first)
    same_id = _Alike(np.flatnonzero(open_ & ids.notna()))
    same_id.by([ids, *(frame[name] for name in _WHEN_AND_WHERE)])
    same_id.tell(first)
    _tell_known(frame, first)
    repeats = pd.Series(first != np.arange(len(frame)), index=frame.index)
    frame["duplicate_of"] = frame["incident_id"].iloc[first].set_axis(frame.index).where(repeats)
    frame["duplicate_of"] = frame["duplicate_of"].astype("str")
    return frame


class _Alike:
    """Rows that agree in some columns; most that agree with no other are let go soon."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows
        self._group = np.zeros(len(rows), dtype=np.int64)

    def by(self, columns: Iterable[pd.Series[Any]]) -> None:
        """Keep the rows that agree in these columns, too."""
        for cells in columns:
            if not len(self._rows):
                return
            if cells.isna().all():
                continue
            held = cells if len(cells) == len(self._rows) else cells.iloc[self._rows]
            codes, values = pd.factorize(held.astype("str") if held.dtype == object else held)
            self._group, _ = pd.factorize(self._group * (len(values) + 1) + codes + 1)
            many = (np.bincount(self._group) > 1)[self._group]
            if np.count_nonzero(many) < _WORTH_IT * len(many):
                self._rows, self._group = self._rows[many], self._group[many]

    def tell(self, first: _Rows) -> None:
        """Tell for each row the first that it agrees with, or that one of these repeats."""
        if len(self._rows):
            lowest = np.full(self._group.max() + 1, len(first))
            np.minimum.at(lowest, self._group, first[self._rows])
            first[self._rows] = lowest[self._group]


def _tell_known(frame: pd.DataFrame, first: _Rows) -> None:
    """Take over what rows tell that they repeat, as those of our own tables do."""
    known = frame["duplicate_of"].dropna()
    if known.empty:
        return
    there = pd.Series(frame.index, index=frame["incident_id"])
    there = there[~there.index.duplicated()]
    at = known.map(there).dropna().astype("int64")
    facts = frame[_WHEN_AND_WHERE].astype("str").fillna("")
    same = (facts.loc[at.index].to_numpy() == facts.loc[at].to_numpy()).all(axis=1)
    first[at.index[same]] = np.minimum(first[at.index[same]], at[same])


def _counts_for(cells: pd.Series[Any], ids: pd.Series[str]) -> bool:
    """Whether a column says something of the incident: not its id, not the row's number."""
    if cells.name in _OF_THE_ROW:
        return False
    if cells.name in _OURS:
        return True
    head = [(cell, id_) for cell, id_ in zip(cells.array[:_HEAD], ids.array[:_HEAD], strict=True)]
    if all(cell == id_ for cell, id_ in head if not pd.isna(cell)):
        told = cells.notna()
        if bool((cells[told].astype("str") == ids[told]).all()):
            return False
    return not _runs_on(cells.dropna())


def _runs_on(cells: pd.Series[Any]) -> bool:
    """Whether a column counts on by one from row to row."""
    if not _steps_by_one(cells.array[:_HEAD]) or cells.nunique() <= 0.8 * len(cells):
        return False
    numbers = pd.to_numeric(cells, errors="coerce")
    return bool(numbers.notna().all() and (numbers.diff().iloc[1:] == 1).mean() > 0.8)


def _steps_by_one(head: Iterable[Any]) -> bool:
    """Whether most of some cells are one more than the cell before."""
    try:
        numbers = [float(cell) for cell in head]
    except (TypeError, ValueError):
        return False
    steps = [later - earlier == 1 for earlier, later in itertools.pairwise(numbers)]
    return sum(steps) > 0.8 * len(steps)
