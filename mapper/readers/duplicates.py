"""Rows that say what an earlier row says already: flagged, never dropped."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from mapper.schema import INCIDENTS

_FACTS = ["date", "date_end", "place", "admin1", "longitude", "latitude", "killed", "wounded"]
_WHEN_AND_WHERE = ["date", "place", "admin1", "longitude", "latitude"]
_OURS = frozenset(column.name for column in INCIDENTS)
_HEAD = 20
_OF_THE_ROW = {"incident_id", "source_file", "source_row", "duplicate_of"}


def mark_duplicates(incidents: pd.DataFrame, source_ids: pd.Series[str]) -> pd.DataFrame:
    """Tell in ``duplicate_of`` which rows repeat an earlier one, of the same file or another.

    A row repeats another if they agree in every column, numbers of rows and ids
    aside; or if they have the same id in the source, day and place, as where two
    exports overlap and a remark was changed between them.

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
    first = pd.Series(np.arange(len(frame)), index=frame.index)
    alike = open_ & frame.duplicated(_FACTS, keep=False)
    if alike.any():
        rows = frame[alike]
        cells = rows[[name for name in frame.columns if _counts_for(frame[name], ids)]]
        key = pd.util.hash_pandas_object(cells.astype("str"), index=False)
        first[alike] = first[alike].groupby(key).transform("min")
    told = frame.loc[open_ & ids.notna() & ids.duplicated(keep=False), _WHEN_AND_WHERE]
    if len(told):
        key = pd.util.hash_pandas_object(told.assign(id=ids[told.index]).astype("str"), index=False)
        again = first[told.index].groupby(key).transform("min")
        first[told.index] = np.minimum(first[told.index], again)
    repeats = first != frame.index
    frame["duplicate_of"] = frame["incident_id"].iloc[first].set_axis(frame.index).where(repeats)
    frame["duplicate_of"] = frame["duplicate_of"].astype("str")
    return frame


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
    if not _steps_by_one(cells.array[:_HEAD]):
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
