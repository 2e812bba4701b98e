"""What is drawn around the incidents: neighbours, the sea, main towns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import shapely

from mapper.drawing.columns import Packer, clean
from mapper.drawing.layers import PackedLayer
from mapper.drawing.shapes import GRID, rings, simplified
from mapper.drawing.words import names_in, speech, words
from mapper.style import Backdrop


class BackdropLayer(PackedLayer):
    """The neighbours' outlines and names, and the main towns."""

    _kind = "backdrop"

    def __init__(self, backdrop: Backdrop, *, language: str = "en", name: str = "Backdrop") -> None:
        packer = Packer()
        extra = {
            **speech(language),
            "grid": GRID,
            "neighbours": _outlines(backdrop.neighbours, language),
            "sea": _sea(backdrop.neighbours),
            "towns": _towns(backdrop.towns, language),
        }
        super().__init__(packer.pack(extra), name=name)


def _outlines(frame: gpd.GeoDataFrame | None, language: str) -> list[Mapping[str, Any]]:
    if frame is None:
        return []
    spoken = words(language)
    names = names_in(frame, language)
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
    columns = (names_in(frame, language), frame.geometry.x, frame.geometry.y, people)
    return [
        [clean(name), round(x, 4), round(y, 4), count]
        for name, x, y, count in zip(*columns, strict=True)
    ]
