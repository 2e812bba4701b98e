"""Decide what stands for each incident: a mark, its area's badge, or a line in a list."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mapper.schema import POINT_PRECISIONS

MARK, BADGE, UNPLACED = 0, 1, 2
"""What stands for an incident: a mark at a point, its area's badge, or a line in a list."""

NO_AREA = -1
"""The incident lies in none of the drawn areas, or nobody knows in which."""

REASONS = (
    "placed",
    "ambiguous",
    "unresolved",
    "outside",
    "rejected",
    "country_only",
    "region_only",
    "no_shape",
)
"""Why an incident is not on the map; the first: it is."""


def place_marks(located: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Say what stands for each incident.

    Parameters
    ----------
    located : LOCATED frame
    areas : AREAS frame

    Returns
    -------
    DataFrame
        One row an incident, in the same order: ``stands`` (`MARK`, `BADGE` or
        `UNPLACED`), ``area`` (row number in `areas` of the smallest drawn area that
        holds it, or `NO_AREA`), ``longitude`` and ``latitude`` (of marks only) and
        ``reason`` (index in `REASONS`).
    """
    shapes = located.geometry
    resolved = (located["status"] == "resolved").to_numpy(dtype=bool)
    precise = located["precision"].isin(POINT_PRECISIONS).to_numpy(dtype=bool)
    drawable = (shapes.geom_type == "Point").to_numpy(dtype=bool) & ~shapes.is_empty.to_numpy()
    area = np.where(resolved, _area_rows(located, areas), NO_AREA)

    mark = resolved & precise & drawable
    wide = (located["precision"] == "country").fillna(False).to_numpy(dtype=bool)
    badge = resolved & ~mark & ~wide & (area != NO_AREA)
    spots = shapes.where(mark)
    return pd.DataFrame(
        {
            "stands": np.select([mark, badge], [MARK, BADGE], UNPLACED),
            "area": area,
            "longitude": spots.x.to_numpy(),
            "latitude": spots.y.to_numpy(),
            "reason": np.where(mark | badge, 0, _reasons(located)),
        },
        index=located.index,
    )


def _area_rows(located: pd.DataFrame, areas: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the row of the smallest drawn area that holds each incident."""
    row_of = {pcode: row for row, pcode in enumerate(areas["pcode"])}
    found = np.full(len(located), NO_AREA)
    for column in ("adm1_pcode", "adm2_pcode", "adm3_pcode"):
        codes, pcodes = pd.factorize(located[column])
        rows = np.array([*(row_of.get(pcode, NO_AREA) for pcode in pcodes), NO_AREA])[codes]
        found = np.where(rows == NO_AREA, found, rows)
    return found


def _reasons(located: pd.DataFrame) -> np.ndarray[Any, Any]:
    status, precision = located["status"], located["precision"]
    cases = [(status == name, name) for name in ("ambiguous", "unresolved", "outside", "rejected")]
    cases += [(precision == "country", "country_only"), (precision == "region", "region_only")]
    return np.select(
        [case.fillna(False).to_numpy(dtype=bool) for case, _ in cases],
        [REASONS.index(name) for _, name in cases],
        REASONS.index("no_shape"),
    )
