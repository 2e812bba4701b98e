"""LOCATED and polygons to AREAS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mapper.errors import SchemaError
from mapper.schema import LOCATED, check

if TYPE_CHECKING:
    import geopandas as gpd

_PCODE_COLUMN = {"adm1": "adm1_pcode", "adm2": "adm2_pcode", "adm3": "adm3_pcode"}
_BOUNDARY_COLUMNS = ("pcode", "name", "level", "parent", "population", "geometry")


def count(located: pd.DataFrame, boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Count incidents in each admin polygon.

    Parameters
    ----------
    located : LOCATED frame
    boundaries : polygons of one level, from `Gazetteer.boundaries`, EPSG:4326

    Returns
    -------
    AREAS frame
        One row a polygon, in the order of `boundaries`; zero where nothing
        happened. ``killed`` and ``wounded`` sum the known numbers and are
        missing where none is known. Incidents known only to a coarser level
        are counted there, not here. The polygons' names in other languages
        (``name_ar``...) and ``attrs`` are kept.

    Raises
    ------
    SchemaError
        A column is missing or of another type, or the polygons are of more
        than one level; names it.
    """
    check(located, LOCATED, "located")
    column = _PCODE_COLUMN[_level(boundaries)]
    inside = located[(located["status"] == "resolved") & located[column].notna()]
    sums = inside.groupby(column)[["killed", "wounded"]].sum(min_count=1)
    names = [name for name in boundaries.columns if name.startswith("name_")]
    areas = boundaries[[*_BOUNDARY_COLUMNS, *names]].reset_index(drop=True).copy()
    areas["population"] = areas["population"].astype("Int64")
    counts = areas["pcode"].map(inside[column].value_counts())
    areas["incidents"] = counts.fillna(0).astype("Int64")
    for measure in ("killed", "wounded"):
        known = areas["pcode"].map(sums[measure]).astype("Int64")
        areas[measure] = known.where((areas["incidents"] > 0) | known.notna(), 0)
    people = areas["population"].astype("Float64").replace(0, np.nan)
    areas["incidents_per_100k"] = areas["incidents"].astype("Float64") / people * 100_000
    areas = areas[[name for name in areas.columns if name != "geometry"] + ["geometry"]]
    areas.attrs = dict(boundaries.attrs)  # whom a map of them must name
    return areas


def _level(boundaries: gpd.GeoDataFrame) -> str:
    for name in _BOUNDARY_COLUMNS:
        if name not in boundaries.columns:
            raise SchemaError(f"boundaries has no column {name!r}", name)
    levels = boundaries["level"].unique()
    if len(levels) != 1 or str(levels[0]) not in _PCODE_COLUMN:
        found = ", ".join(map(str, levels)) or "none"
        raise SchemaError(
            f"boundaries column 'level' should be adm1, adm2 or adm3, not {found}", found
        )
    return str(levels[0])
