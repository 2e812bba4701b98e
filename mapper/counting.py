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
    boundaries : polygons of one level or several, from `Gazetteer.boundaries`, EPSG:4326

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
        A column is missing or of another type, or a polygon is of another level;
        names it.
    """
    check(located, LOCATED, "located")
    columns = [_PCODE_COLUMN[level] for level in _levels(boundaries)]
    resolved = located[located["status"] == "resolved"]
    # An incident counts at each level where its area is known; no two areas share a p-code.
    counts = pd.concat([resolved[column].value_counts() for column in columns])
    sums = pd.concat(
        [resolved.groupby(column)[["killed", "wounded"]].sum(min_count=1) for column in columns]
    )
    names = [name for name in boundaries.columns if name.startswith("name_")]
    areas = boundaries[[*_BOUNDARY_COLUMNS, *names]].reset_index(drop=True).copy()
    areas["population"] = areas["population"].astype("Int64")
    areas["incidents"] = areas["pcode"].map(counts).fillna(0).astype("Int64")
    for measure in ("killed", "wounded"):
        known = areas["pcode"].map(sums[measure]).astype("Int64")
        areas[measure] = known.where((areas["incidents"] > 0) | known.notna(), 0)
    people = areas["population"].astype("Float64").replace(0, np.nan)
    areas["incidents_per_100k"] = areas["incidents"].astype("Float64") / people * 100_000
    areas = areas[[name for name in areas.columns if name != "geometry"] + ["geometry"]]
    areas.attrs = dict(boundaries.attrs)  # whom a map of them must name
    return areas


def _levels(boundaries: gpd.GeoDataFrame) -> list[str]:
    for name in _BOUNDARY_COLUMNS:
        if name not in boundaries.columns:
            raise SchemaError(f"boundaries has no column {name!r}", name)
    levels = [str(level) for level in boundaries["level"].unique()]
    for level in levels:
        if level not in _PCODE_COLUMN:
            raise SchemaError(
                f"boundaries column 'level' should be adm1, adm2 or adm3, not {level}", level
            )
    if not levels:
        raise SchemaError("boundaries has no rows: polygons of adm1, adm2 or adm3 are needed", None)
    return levels
