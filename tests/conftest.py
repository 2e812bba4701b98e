"""Shared fixtures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import hypothesis
import pandas as pd
import pytest
import shapely

from mapper.schema import AREAS, LOCATED, empty

ROOT = Path(__file__).parent.parent

# A machine that is slow for a moment is no fault of the code; and what CI tries is the
# same each time, so that a change is judged by itself. At a desk the examples vary.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

# What happens to be installed for the user of this machine must not change what is tested.
os.environ["XDG_DATA_HOME"] = str(ROOT / "tests" / "no-installed-data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the checkout; skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real data beside the checkout ({folder.name} is absent)")
    return folder


# Holds any string, as "str" does where pyarrow is not installed; Arrow refuses lone surrogates.
TEXT = pd.StringDtype("python", na_value=float("nan"))


class Squares:
    """Frames to draw: three areas side by side, each two degrees wide, and incidents in them."""

    CODES = ("IQG01", "IQG02", "IQG03")

    def areas(self, **columns: Any) -> gpd.GeoDataFrame:
        """Return an AREAS frame; columns given replace the declared ones."""
        frame = empty(AREAS, 3).assign(
            pcode=pd.Series(self.CODES, dtype="str"),
            name=pd.Series(["Westland", "Midland", "Eastland"], dtype="str"),
            level=pd.Series(["adm1"] * 3, dtype="str"),
            parent=pd.Series(["IQ"] * 3, dtype="str"),
            population=pd.Series([1_000_000, 2_000_000, None], dtype="Int64"),
            incidents=pd.Series([0, 1, 5], dtype="Int64"),
            killed=pd.Series([None, 0, 7], dtype="Int64"),
            wounded=pd.Series([None, 2, None], dtype="Int64"),
        )
        rate = frame["incidents"] / frame["population"] * 100_000
        frame = frame.assign(incidents_per_100k=rate.astype("Float64"), **columns)
        boxes = [shapely.box(41 + 2 * n, 31, 43 + 2 * n, 35) for n in range(3)]
        return gpd.GeoDataFrame(frame, geometry=boxes, crs=4326)

    def located(self, *rows: dict[str, Any]) -> gpd.GeoDataFrame:
        """Return a LOCATED frame; a row is resolved to a town in Midland unless it says else.

        ``at`` is (longitude, latitude), or None.
        """
        usual = {
            "status": "resolved",
            "precision": "settlement",
            "adm1_pcode": "IQG02",
            "score": 1.0,
            "at": (44.0, 33.0),
        }
        full = [
            {"incident_id": f"i{n}", "source_row": n + 2, **usual, **row}
            for n, row in enumerate(rows)
        ]
        frame = empty(LOCATED, len(full))
        for name in frame.columns:
            values = [row.get(name, False if frame[name].dtype == bool else None) for row in full]
            text = isinstance(frame[name].dtype, pd.StringDtype)
            frame[name] = pd.Series(values, dtype=TEXT if text else frame[name].dtype)
        points = [shapely.Point(row["at"]) if row["at"] else None for row in full]
        return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs=4326))


@pytest.fixture(scope="session")
def squares() -> Squares:
    """Return a maker of small frames to draw."""
    return Squares()
