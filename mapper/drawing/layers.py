"""The map's layers: folium elements that may be added to any folium map."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.drawing.classes import class_limits
from mapper.drawing.columns import Packer, clean
from mapper.drawing.page import Numbered, Verbatim, include_assets
from mapper.drawing.placing import BADGE, MARK, REASONS, place_marks
from mapper.drawing.shapes import GRID, anchors, rings, simplified
from mapper.drawing.words import LOCALES, words
from mapper.schema import AREAS, LOCATED, check
from mapper.style import (
    EVENT_COLOURS,
    MEASURES,
    UNKNOWN_EVENT_COLOUR,
    Backdrop,
    MapStyle,
    direction,
    ramp,
)

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


class BackdropLayer(PackedLayer):
    """The neighbours' outlines and names, and the main towns."""

    _kind = "backdrop"

    def __init__(self, backdrop: Backdrop, *, language: str = "en", name: str = "Backdrop") -> None:
        packer = Packer(0)
        extra = {
            **_speech(language),
            "grid": GRID,
            "neighbours": _outlines(backdrop.neighbours, language),
            "sea": _sea(backdrop.neighbours),
            "towns": _towns(backdrop.towns, language),
        }
        super().__init__(packer.pack(extra), name=name)


class AreaLayer(PackedLayer):
    """A choropleth: areas shaded by incidents, killed or wounded, in discrete classes.

    Parameters
    ----------
    areas : AREAS frame; names in other languages may stand beside ``name`` as ``name_ar``...
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
        packer = Packer(len(areas))
        packer.texts("pcode", areas["pcode"])
        packer.texts("name", _names(areas, language))
        packer.texts("level", areas["level"])
        for column in (*MEASURES, "population"):
            packer.integers(column, areas[column])
        extra = {
            **_speech(language),
            "grid": GRID,
            "shapes": [rings(shape) for shape in simplified(areas)],
            "anchors": [anchors(shape) for shape in areas.geometry],
            "measure": style.measure,
            "per100k": style.per_100k,
            "scheme": style.scheme,
            "classes": style.classes,
            "opacity": 0.65 if style.tiles else 1,
            "limits": _limits(areas, style),
            "ramps": {
                theme: [ramp(n, dark=theme == "dark") for n in range(style.classes + 1)]
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
        packer = Packer(len(located))
        packer.integers("stands", placed["stands"])
        packer.integers("area", placed["area"])
        packer.integers("reason", placed["reason"])
        packer.numbers("longitude", placed["longitude"])
        packer.numbers("latitude", placed["latitude"])
        packer.numbers("radius_km", located["radius_km"])
        packer.numbers("score", located["score"])
        for column in ("date", "date_end"):
            packer.integers(column, _days(located[column]))
        packer.integers("date_inferred", located["date_inferred"].astype(int))
        for column in ("killed", "wounded", "source_row"):
            packer.integers(column, located[column])
        for column in _TEXTS:
            packer.texts(column, located[column])
        extra = {
            **_speech(language),
            "reasons": REASONS,
            "areas": [clean(area) for area in _names(areas, language)],
            "anchors": [anchors(shape) for shape in areas.geometry],
            "colours": EVENT_COLOURS,
            "unknownColour": UNKNOWN_EVENT_COLOUR,
        }
        super().__init__(packer.pack(extra), name=name)
        counts = placed["stands"].value_counts()
        self.marks, self.badged = int(counts.get(MARK, 0)), int(counts.get(BADGE, 0))


class _Control(Numbered, folium.MacroElement):
    """A box over the map, made by our script."""

    def _call(self) -> str:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def render(self, **kwargs: Any) -> str:
        """Add the call that makes the box to the page."""
        figure = include_assets(self)
        on = self._parent.get_name() if self._parent else ""
        call = f"IncidentMaps.{self._call()}.addTo({on});"
        figure.script.add_child(Verbatim(call), name=self.get_name())
        return ""


class Account(_Control):
    """The title, what became of every incident, and the lists of them."""

    def __init__(self, incidents: IncidentLayer, *, title: str = "") -> None:
        super().__init__()
        self._incidents, self._title = incidents, title

    def _call(self) -> str:
        return f"account({self._incidents.get_name()}, {_script_text(self._title)})"


class Legend(_Control):
    """What the shades, marks, rings and badges mean."""

    def __init__(self, areas: AreaLayer, incidents: IncidentLayer) -> None:
        super().__init__()
        self._areas, self._incidents = areas, incidents

    def _call(self) -> str:
        return f"legend({self._areas.get_name()}, {self._incidents.get_name()})"


class Credits(_Control):
    """Where the map's data come from, and whether its boundaries are approximate."""

    def __init__(self, lines: tuple[str, ...], *, approximate: bool, language: str = "en") -> None:
        super().__init__()
        self._lines = [clean(line) for line in lines]
        self._approximate, self._language = approximate, language

    def _call(self) -> str:
        spoken = words(self._language)
        options = {
            "lines": self._lines,
            "approximate": spoken["approximate"] if self._approximate else "",
            "heading": spoken["sources"],
            "direction": direction(self._language),
        }
        return f"credits({_script_text(options)})"


def _speech(language: str) -> dict[str, Any]:
    return {
        "words": words(language),
        "locale": LOCALES[language],
        "language": language,
        "direction": direction(language),
    }


def _names(frame: pd.DataFrame, language: str) -> pd.Series[Any]:
    """Return names in a language, the English one where that language has none."""
    column = f"name_{language}"
    return frame[column].fillna(frame["name"]) if column in frame else frame["name"]


def _outlines(frame: gpd.GeoDataFrame | None, language: str) -> list[Mapping[str, Any]]:
    if frame is None:
        return []
    spoken = words(language)
    names = _names(frame, language)
    if "iso" in frame:  # countries that are too far off to be named have no word
        names = frame["iso"].map(lambda code: spoken.get(f"country_{code}", ""))
    return [
        {"name": clean(name), "rings": rings(shape)}
        for name, shape in zip(names, simplified(frame), strict=True)
    ]


def _sea(frame: gpd.GeoDataFrame | None) -> list[list[list[int]]]:
    """Return what is not land, as far as the neighbours are drawn.

    Beyond that the page has the colour of land, and no coast is claimed.
    """
    if frame is None or frame.empty:
        return []
    window = shapely.box(*frame.total_bounds)
    water = shapely.get_parts(shapely.difference(window, frame.union_all()))
    # What the neighbours enclose is the country itself.
    shores = [part for part in water if shapely.intersects(part.exterior, window.exterior)]
    return rings(shapely.MultiPolygon(shores))


def _towns(frame: gpd.GeoDataFrame | None, language: str) -> list[list[Any]]:
    if frame is None:
        return []
    people = frame["population"].fillna(0).astype(int)
    columns = (_names(frame, language), frame.geometry.x, frame.geometry.y, people)
    return [
        [clean(name), round(x, 4), round(y, 4), count]
        for name, x, y, count in zip(*columns, strict=True)
    ]


def _limits(areas: pd.DataFrame, style: MapStyle) -> dict[str, list[float]]:
    """Return the class limits of every measure, so that the page can change between them."""
    people = areas["population"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    limits = {}
    for measure in MEASURES:
        values = areas[measure].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        limits[measure] = class_limits(values, style.scheme, style.classes)
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = np.where(people > 0, values * 100_000 / people, np.nan)
        limits[f"{measure}_per_100k"] = class_limits(rates, style.scheme, style.classes)
    return limits


def _days(dates: pd.Series[Any]) -> pd.Series[Any]:
    """Return days since 1970."""
    return (dates - pd.Timestamp(0)).dt.days


def _script_text(value: object) -> str:
    """Write a value as JavaScript that no string inside can break out of."""
    text = json.dumps(value, ensure_ascii=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
