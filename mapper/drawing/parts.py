"""Divide incidents into those that small maps show side by side."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from mapper.drawing.words import words
from mapper.errors import OutputError
from mapper.schema import EVENT_TYPES
from mapper.style import DIVISIONS

_MOST = 36
"""Small maps on one sheet; more would be too small to tell anything."""

_EXACT_ENOUGH = {"month": {"day", "month", "range"}, "year": {"day", "month", "year", "range"}}
_PERIOD = {"month": "M", "year": "Y"}


def divide(
    located: gpd.GeoDataFrame, by: str, *, language: str = "en"
) -> list[tuple[str, gpd.GeoDataFrame]]:
    """Return headings and the incidents under each; every incident is under one.

    Parameters
    ----------
    located : LOCATED frame
    by : one of `DIVISIONS`. Months and years follow one another without a gap, also
        where nothing happened; what is not known so exactly comes last
    language : of the headings

    Raises
    ------
    OutputError
        There would be too many maps; names the number and the remedy.
    ValueError
        `by` is no division.
    """
    if by not in DIVISIONS:
        raise ValueError(f"by is {by!r}: use one of {', '.join(DIVISIONS)}")
    spoken = words(language)
    keys = _types(located) if by == "type" else _periods(located, by)
    order = list(EVENT_TYPES) if by == "type" else _without_gaps(keys, by)
    if len(order) > _MOST:
        coarser = "year" if by == "month" else "type"
        raise OutputError(
            f"{len(order)} small maps do not fit on one picture: divide by {coarser}, or give "
            "fewer incidents",
            by,
        )
    used = order if by != "type" else [kind for kind in order if (keys == kind).any()]
    parts = [
        (spoken[f"event_{key}"] if by == "type" else key, located[(keys == key).fillna(False)])
        for key in used
    ]
    unknown = located[keys.isna()]
    return parts + [(spoken[f"{by}_unknown"], unknown)] * (len(unknown) > 0)


def _types(located: pd.DataFrame) -> pd.Series[str]:
    return located["event_type"].astype("str")


def _periods(located: pd.DataFrame, by: str) -> pd.Series[str]:
    """Return each incident's month or year as text; missing where it is not known so exactly."""
    known = located["date_precision"].isin(_EXACT_ENOUGH[by]) & located["date"].notna()
    first = located["date"].dt.to_period(_PERIOD[by])
    last = located["date_end"].fillna(located["date"]).dt.to_period(_PERIOD[by])
    exact: pd.Series[str] = first.astype("str").where(known & (first == last))
    return exact


def _without_gaps(keys: pd.Series[str], by: str) -> list[str]:
    known = keys.dropna()
    if known.empty:
        return []
    periods = pd.period_range(known.min(), known.max(), freq=_PERIOD[by])
    return [str(period) for period in periods]
