"""INCIDENTS to LOCATED: where each incident lies, how exactly, and why we think so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper.locating.answers import Answer, as_frame, overrule
from mapper.locating.coordinates import ASTRAY, NOWHERE, has_coordinates, place_by_coordinates
from mapper.locating.mending import SIGNED, SWAPPED
from mapper.locating.names import KEYS, NameReader
from mapper.schema import INCIDENTS, LOCATED, POINT_PRECISIONS, check, names_beside_ours

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["locate"]


def locate(incidents: pd.DataFrame, gaz: Gazetteer) -> gpd.GeoDataFrame:
    """Find out where incidents happened.

    Coordinates go first, as exact as the source says they are; then the place's
    name, told apart by its parents; then the parents alone. A row gets a point
    only where its source knows the place to a settlement or better; an area
    never gets one.

    Parameters
    ----------
    incidents : INCIDENTS frame; or a LOCATED frame, whose answers are replaced
    gaz : the gazetteer to ask

    Returns
    -------
    LOCATED frame
        The same rows in the same order, EPSG:4326. ``why`` is a sentence a
        person can check; it also tells where names and coordinates disagree. Coordinates
        that were swapped, or had a minus too much, are mended, as ``notes`` tells. An own
        column called as one of ours, such as ``status``, becomes ``status_original``.

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    """
    check(incidents, INCIDENTS, "incidents")
    answers, mended = place_by_coordinates(incidents, _answer_names(incidents, gaz), gaz)
    rejected = incidents["rejected"].notna().to_numpy()
    if rejected.any():
        answers = _reject(answers, incidents["rejected"])
    pointed = (answers["status"] == "resolved") & answers["precision"].isin(POINT_PRECISIONS)
    geometry = gpd.GeoSeries.from_xy(
        answers["x"].where(pointed), answers["y"].where(pointed), index=incidents.index, crs=4326
    )
    geometry[~pointed.to_numpy() | answers["x"].isna().to_numpy()] = None
    added = [column.name for column in LOCATED[len(INCIDENTS) : -1]]
    ours = [column.name for column in INCIDENTS]
    own = incidents.drop(columns=ours)
    if set(added) <= set(own.columns):  # answers of before
        own = own.drop(columns=[*added, "geometry"], errors="ignore")
    own = pd.DataFrame(own).rename(columns=names_beside_ours(own.columns))
    answers.index = incidents.index
    frame = pd.concat([_with_mended(incidents[ours], mended), answers[added]], axis=1)
    located = gpd.GeoDataFrame(frame, geometry=geometry, crs=4326).join(own)
    located.attrs = dict(incidents.attrs)
    before = located.attrs.get("said", [])
    located.attrs["said"] = [*before, *(line for line in _say(located) if line not in before)]
    return located


def _with_mended(incidents: pd.DataFrame, mended: pd.DataFrame) -> pd.DataFrame:
    """Put mended coordinates in the place of the source's, and say so among the remarks."""
    if mended.empty:
        return incidents
    frame = incidents.astype({"notes": "str"})
    pair = ["longitude", "latitude"]
    frame.loc[mended.index, pair] = mended[pair]
    before = frame.loc[mended.index, "notes"] + "; "
    frame.loc[mended.index, "notes"] = before.fillna("") + mended["remark"]
    return frame


def _say(located: pd.DataFrame) -> list[str]:
    """Count the coordinates that were not taken as they are written."""
    why = located["why"].value_counts()  # few sentences, many rows
    lines = []
    found = (
        (SWAPPED, "swapped, and mended"),
        (SIGNED, "with a wrong minus, and mended"),
        (NOWHERE, "0, 0, and not used"),
        (ASTRAY, "outside Iraq, and not used, as names agree on a place in it"),
    )
    for words, told in found:
        number = int(why[why.index.str.contains(words, regex=False)].sum())
        lines += [f"{_rows(number)}: latitude and longitude {told}"] * (number > 0)
    return lines


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def _answer_names(incidents: pd.DataFrame, gaz: Gazetteer) -> pd.DataFrame:
    """Ask for each distinct combination of names once, and give every row its answer."""
    keys = incidents[list(KEYS)].astype("str").fillna("")
    keys["coordinates"] = np.where(has_coordinates(incidents), "yes", "")
    group = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    distinct = keys[~pd.Series(group).duplicated().to_numpy()]
    reader = NameReader(gaz)
    answers = as_frame(
        reader.answer(*names) for names in distinct.itertuples(index=False, name=None)
    )
    return answers.take(group).reset_index(drop=True)


def _reject(answers: pd.DataFrame, reasons: pd.Series[str]) -> pd.DataFrame:
    reasons = reasons.reset_index(drop=True)
    nothing = as_frame([Answer("rejected", "")]).take([0] * len(answers)).reset_index(drop=True)
    return overrule(answers, reasons.notna(), nothing.assign(why=reasons))
