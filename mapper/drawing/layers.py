"""The map's layers: folium elements that may be added to any folium map."""

from __future__ import annotations

from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd

from mapper.drawing.classes import level_limits
from mapper.drawing.columns import Packer, clean
from mapper.drawing.page import Numbered, Verbatim, include_assets
from mapper.drawing.placing import BADGE, MARK, REASONS, place_marks
from mapper.drawing.shapes import GRID, anchors, rings, simplified_levels
from mapper.drawing.words import names_in, speech
from mapper.schema import AREAS, LOCATED, check
from mapper.style import (
    EVENT_COLOURS,
    MEASURES,
    UNKNOWN_EVENT_COLOUR,
    MapStyle,
    ramp,
)

SPOT_GRID = 100_000
"""Marks stand at whole numbers of a hundred-thousandth of a degree (1 m)."""

_TEXTS = (
    "event_type",
    "sub_event_type",
    "date_precision",
    "date_text",
    "place",
    "admin1",
    "admin2",
    "admin3",
    "place_name",
    "level",
    "precision",
    "method",
    "why",
    "candidates",
    "actor1",
    "actor2",
    "title",
    "notes",
    "quote",
    "source",
    "source_url",
    "source_file",
    "status",
    "rejected",
)


class PackedLayer(Numbered, folium.map.Layer):
    """A layer whose data are compressed columns and whose drawing is done by our script."""

    _kind = ""

    def __init__(self, packed: str, *, name: str, show: bool = True) -> None:
        super().__init__(name=name, overlay=True, show=show)
        self._packed = packed

    def render(self, **kwargs: Any) -> str:
        """Add the data and the call that draws them to the page."""
        figure = include_assets(self)
        name = self.get_name()
        data = f'<script type="text/plain" id="{name}_data">{self._packed}</script>'
        figure.html.add_child(Verbatim(data), name=f"{name}_data")
        call = f'var {name} = IncidentMaps.{self._kind}("{name}_data");'
        figure.script.add_child(Verbatim(call), name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


class AreaLayer(PackedLayer):
    """A choropleth: areas shaded by incidents, killed or wounded, in discrete classes.

    Parameters
    ----------
    areas : AREAS frame, of one level or of several, into which one then drills down;
        names in other languages may stand beside ``name`` as ``name_ar``...
    style : measure, scheme and number of classes
    language : one of `mapper.style.LANGUAGES`
    """

    _kind = "areas"

    def __init__(
        self,
        areas: gpd.GeoDataFrame,
        *,
        style: MapStyle | None = None,
        language: str = "en",
        name: str = "Areas",
    ) -> None:
        check(areas, AREAS, "areas")
        style = style or MapStyle()
        packer = Packer()
        packer.texts("name", names_in(areas, language))
        for column in (*MEASURES, "population"):
            packer.integers(column, areas[column])
        extra = {
            **speech(language),
            **_hierarchy(areas),
            "grid": GRID,
            "shapes": [rings(shape) for shape in simplified_levels(areas)],
            "measure": style.measure,
            "per100k": style.per_100k,
            "scheme": style.scheme,
            "classes": style.most_classes,
            "breaks": style.breaks,
            "opacity": 0.65 if style.tiles else 1,
            "limits": level_limits(areas, style),
            "ramps": {
                theme: [ramp(n, dark=theme == "dark") for n in range(style.most_classes + 1)]
                for theme in ("light", "dark")
            },
        }
        super().__init__(packer.pack(extra), name=name)
        self._bounds = areas.total_bounds

    def _get_self_bounds(self) -> list[list[float | None]]:
        west, south, east, north = (float(side) for side in self._bounds)
        return [[south, west], [north, east]] if np.isfinite(west) else [[None, None], [None, None]]


class IncidentLayer(PackedLayer):
    """Incidents: marks where a point is known, badges where only the area is.

    Parameters
    ----------
    located : LOCATED frame
    areas : AREAS frame; where an incident is known only to one of them, that one is badged
    language : one of `mapper.style.LANGUAGES`
    """

    _kind = "incidents"

    def __init__(
        self,
        located: gpd.GeoDataFrame,
        areas: gpd.GeoDataFrame,
        *,
        language: str = "en",
        name: str = "Incidents",
    ) -> None:
        check(located, LOCATED, "located")
        check(areas, AREAS, "areas")
        placed = place_marks(located, areas)
        packer = Packer()
        for column in ("stands", "area", "reason"):
            packer.integers(column, placed[column])
        _pack_spots(packer, placed)
        for column in ("radius_km", "score"):
            packer.numbers(column, located[column])
        first, last = _days(located["date"]), _days(located["date_end"])
        packer.integers("date", first)
        packer.integers("later", last - first)
        packer.integers("date_inferred", located["date_inferred"].astype(int))
        for column in ("killed", "wounded", "source_row"):
            packer.integers(column, located[column])
        for column in _TEXTS:
            packer.texts(column, located[column])
        extra = {
            **speech(language),
            **_hierarchy(areas),
            "spotGrid": SPOT_GRID,
            "reasons": REASONS,
            "areas": [clean(area) for area in names_in(areas, language)],
            "colours": EVENT_COLOURS,
            "unknownColour": UNKNOWN_EVENT_COLOUR,
        }
        super().__init__(packer.pack(extra), name=name)
        counts = placed["stands"].value_counts()
        self.marks, self.badged = int(counts.get(MARK, 0)), int(counts.get(BADGE, 0))


def _hierarchy(areas: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return each area's code, level, places for labels, and the row of the area that holds it."""
    rows = {pcode: row for row, pcode in enumerate(areas["pcode"])}
    return {
        "pcodes": [clean(pcode) for pcode in areas["pcode"]],
        "levels": list(areas["level"]),
        "parents": [rows.get(parent) for parent in areas["parent"]],
        "anchors": [
            anchors(shape, level)
            for shape, level in zip(areas.geometry, areas["level"], strict=True)
        ],
    }


def _pack_spots(packer: Packer, placed: pd.DataFrame) -> None:
    """Write each spot once, the most frequent first, and which of them each mark stands at."""
    grid = (placed[["longitude", "latitude"]] * SPOT_GRID).round()
    # Both in one number: to find equal pairs takes ten times as long.
    pairs = grid["longitude"] * 2**26 + grid["latitude"]
    codes, spots = pd.factorize(pairs, use_na_sentinel=True)
    longitudes, latitudes = _unpaired(np.asarray(spots))
    counts = np.bincount(codes[codes >= 0], minlength=len(spots))
    order = np.lexsort((latitudes, longitudes, -counts))
    ranks = np.append(np.argsort(order), -1)  # of no spot, the last
    packer.codes("spot", ranks[codes] + 1)
    packer.integers("spot_longitude", longitudes[order])
    packer.integers("spot_latitude", latitudes[order])


def _unpaired(pairs: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    longitudes = np.round(pairs / 2**26)
    return longitudes.astype("int64"), (pairs - longitudes * 2**26).astype("int64")


def _days(dates: pd.Series[Any]) -> pd.Series[Any]:
    """Return days since 1970."""
    return (dates - pd.Timestamp(0)).dt.days
