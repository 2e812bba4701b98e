"""One map of a picture: areas, marks, badges, names and a scale within a frame of pixels."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.drawing import symbols
from mapper.drawing.placing import BADGE, MARK, place_marks
from mapper.drawing.shapes import anchors, simplified
from mapper.drawing.sheet import Sheet, element, path, text, text_width
from mapper.drawing.words import names_in, words
from mapper.style import Backdrop, ramp

ZERO, NO_DATA, LAND, WATER, BORDER = "#fbfaf5", "#d5d5d2", "#eef0ea", "#dfe6ea", "#9aa5ad"

_PLANE = 32638
"""UTM zone 38 N: within Iraq its scale is true to four parts in a thousand."""

_AROUND = shapely.box(34.5, 26.5, 53, 40)
"""Degrees beyond which no neighbour can be seen in the picture."""

_FIELD = (38.7, 28.95, 48.75, 37.5)
"""West, south, east and north of what is shown, in degrees."""

_TOWNS = 14
"""Towns that are named, where there is room: the biggest."""

_TOGETHER = 20.0
"""Pixels within which marks become one sign with their number."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the sheet a map stands, and how far it is scaled: pixels."""

    x: float
    y: float
    width: float
    small: bool = False

    @property
    def height(self) -> float:
        west, south, east, north = _plane_bounds()
        return self.width * (north - south) / (east - west)

    @property
    def metres(self) -> float:
        """Metres a pixel."""
        west, _, east, _ = _plane_bounds()
        return (east - west) / self.width

    def pixels(self, geometries: gpd.GeoSeries) -> Any:
        """Return geometries in degrees as geometries in pixels of the sheet."""
        west, _, _, north = _plane_bounds()
        plane = geometries.set_crs(4326, allow_override=True).to_crs(_PLANE)
        moved = plane.affine_transform(
            [1 / self.metres, 0, 0, -1 / self.metres, -west / self.metres, north / self.metres]
        )
        return np.asarray(moved.translate(self.x, self.y).array)


@dataclass
class _Taken:
    """Boxes that something is written in; names keep out of them."""

    boxes: list[Any] = field(default_factory=list)

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        box = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if any(shapely.intersects(box, other) for other in self.boxes):
            return False
        self.boxes.append(box)
        return True


def draw_panel(
    sheet: Sheet,
    frame: Frame,
    located: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    fills: Sequence[str],
    backdrop: Backdrop,
    language: str,
) -> None:
    """Draw one map.

    Parameters
    ----------
    sheet, frame : where
    located : LOCATED frame
    areas : AREAS frame of one level
    fills : the colour of each area
    backdrop : neighbours and towns
    language : of names
    """
    clip = f"clip-{frame.x:.0f}-{frame.y:.0f}"
    box = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    sheet.raw(element("clipPath", element("rect", **box), id=clip))
    sheet.raw(f'<g clip-path="url(#{clip})">')
    sheet.add("rect", fill=WATER, **box)
    _draw_land(sheet, frame, backdrop)
    shapes = frame.pixels(gpd.GeoSeries(simplified(areas), crs=4326))
    for shape, fill in zip(shapes, fills, strict=True):
        sheet.add("path", d=path(shape), fill=fill, stroke=BORDER, stroke_width="0.8")
    taken = _Taken()
    placed = place_marks(located, areas)
    _draw_marks(sheet, frame, located, placed, taken)
    _draw_badges(sheet, frame, areas, placed, taken)
    if not frame.small:
        _write_names(sheet, frame, areas, taken, language)
        _write_neighbours(sheet, frame, backdrop.neighbours, taken, language)
        _write_towns(sheet, frame, backdrop.towns, taken, language)
    sheet.raw("</g>")
    sheet.add("rect", fill="none", stroke=BORDER, **box)
    if not frame.small:
        _draw_scale(sheet, frame)


def area_fills(values: Any, limits: Sequence[float]) -> list[str]:
    """Return each value's colour: its class's, or that of zero or of no data."""
    colours = ramp(len(limits))
    known = np.asarray(values, dtype=float)
    members = np.searchsorted(np.asarray(limits), known, side="left")
    return [
        NO_DATA if np.isnan(value) else ZERO if value <= 0 else colours[min(n, len(colours) - 1)]
        for value, n in zip(known, members, strict=True)
    ]


@functools.cache
def _plane_bounds() -> tuple[float, float, float, float]:
    corners = shapely.segmentize(shapely.box(*_FIELD), 0.5)
    bounds = gpd.GeoSeries([corners], crs=4326).to_crs(_PLANE).total_bounds
    west, south, east, north = (float(side) for side in bounds)
    return west, south, east, north


def _draw_land(sheet: Sheet, frame: Frame, backdrop: Backdrop) -> None:
    if backdrop.neighbours is None:
        return
    near = gpd.GeoSeries(shapely.intersection(simplified(backdrop.neighbours), _AROUND), crs=4326)
    for shape in frame.pixels(near):
        sheet.add("path", d=path(shape), fill=LAND, stroke=BORDER, stroke_width="0.8")


def _draw_marks(
    sheet: Sheet, frame: Frame, located: gpd.GeoDataFrame, placed: pd.DataFrame, taken: _Taken
) -> None:
    rows = np.flatnonzero((placed["stands"] == MARK).to_numpy())
    if not len(rows):
        return
    spots = gpd.points_from_xy(placed["longitude"].iloc[rows], placed["latitude"].iloc[rows])
    pixels = shapely.get_coordinates(frame.pixels(gpd.GeoSeries(spots, crs=4326)))
    types = located["event_type"].astype(object).where(located["event_type"].notna(), None)
    scale = 0.62 if frame.small else 1.0
    groups = _together(pixels, _TOGETHER * scale)
    reaches = located["radius_km"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    near = (located["precision"] == "relative").to_numpy(dtype=bool)
    for (x, y), row in zip(pixels, rows, strict=True):
        if near[row] and reaches[row] * 1000 / frame.metres > symbols.RADIUS * scale:
            sheet.raw(symbols.reach(x, y, reaches[row] * 1000 / frame.metres, types.iloc[row]))
    for (x, y), members in groups:
        those = rows[members]
        radius = symbols.cluster_radius(len(those)) * scale
        taken.take(x, y, 2 * radius, 2 * radius)
        if len(those) == 1:
            precision = str(located["precision"].iloc[those[0]])
            sheet.raw(symbols.mark(x, y, types.iloc[those[0]], precision, scale=scale))
        else:
            sheet.raw(symbols.cluster(x, y, list(types.iloc[those]), scale=scale))


def _together(pixels: Any, within: float) -> list[tuple[tuple[float, float], list[int]]]:
    """Group points by the busiest spots: each point goes to the first group that is near.

    A group stands where its busiest spot is, not in a middle where nothing happened.
    """
    spots, members, counts = np.unique(
        np.round(pixels, 1), axis=0, return_inverse=True, return_counts=True
    )
    order = np.lexsort((spots[:, 0], spots[:, 1], -counts))
    centres: list[Any] = []
    group_of = np.empty(len(spots), dtype=int)
    for spot in order:
        far = [float(np.hypot(*(spots[spot] - centre))) for centre in centres]
        nearest = int(np.argmin(far)) if far else -1
        if far and far[nearest] < within:
            group_of[spot] = nearest
        else:
            group_of[spot] = len(centres)
            centres.append(spots[spot])
    groups: list[list[int]] = [[] for _ in centres]
    for row, spot in enumerate(np.ravel(members)):
        groups[group_of[spot]].append(row)
    return [
        ((float(centre[0]), float(centre[1])), rows)
        for centre, rows in zip(centres, groups, strict=True)
    ]


def _draw_badges(
    sheet: Sheet, frame: Frame, areas: gpd.GeoDataFrame, placed: pd.DataFrame, taken: _Taken
) -> None:
    counts = placed.loc[placed["stands"] == BADGE, "area"].value_counts().sort_index()
    scale = 0.62 if frame.small else 1.0
    for row, count in counts.items():
        width = (18 + 8 * len(f"{count:,}")) * scale
        x, y = _free(frame, areas.geometry.iloc[row], taken, (width, 24 * scale))
        sheet.raw(symbols.badge(x, y, int(count), scale=scale))


def _write_names(
    sheet: Sheet, frame: Frame, areas: gpd.GeoDataFrame, taken: _Taken, language: str
) -> None:
    for name, shape in zip(names_in(areas, language).astype(str), areas.geometry, strict=True):
        if shape is None or shape.is_empty:
            continue
        size = text_width(name, 13), 16.0
        x, y = _free(frame, shape, taken, size)
        sheet.raw(_haloed(x, y + 5, name, 13, font_weight="600"))


def _write_neighbours(
    sheet: Sheet,
    frame: Frame,
    neighbours: gpd.GeoDataFrame | None,
    taken: _Taken,
    language: str,
) -> None:
    if neighbours is None or "iso" not in neighbours:
        return
    spoken = words(language)
    seen = shapely.intersection(np.asarray(neighbours.geometry.array), shapely.box(*_FIELD))
    drawn = frame.pixels(gpd.GeoSeries(seen, crs=4326))
    for code, shape, pixels in zip(neighbours["iso"], seen, drawn, strict=True):
        name = spoken.get(f"country_{code}", "")
        if not name or shapely.is_empty(shape):
            continue
        width = text_width(name, 14)
        x, y = _free(frame, shape, taken, (width, 18))
        # A name that would reach over the border could be read as another country's.
        if shapely.contains(pixels, shapely.box(x - width / 2, y - 7, x + width / 2, y + 7)):
            sheet.raw(text(x, y + 5, name, size=14, text_anchor="middle", fill="#56626e"))


def _write_towns(
    sheet: Sheet, frame: Frame, towns: gpd.GeoDataFrame | None, taken: _Taken, language: str
) -> None:
    if towns is None:
        return
    biggest = towns.head(_TOWNS)
    pixels = shapely.get_coordinates(frame.pixels(biggest.geometry))
    for n, (name, (x, y)) in enumerate(
        zip(names_in(biggest, language).astype(str), pixels, strict=True)
    ):
        if n and np.hypot(*(pixels[:n] - pixels[n]).T).min() < _TOGETHER:
            continue  # a part of a bigger town
        width = text_width(name, 11.5)
        for side in (1, -1):
            middle = x + side * (6 + width / 2)
            if taken.take(middle, y, width + 4, 14):
                sheet.add("circle", cx=float(x), cy=float(y), r="2", fill=symbols.INK)
                sheet.raw(_haloed(middle, y + 4, name, 11.5))
                break


def _free(
    frame: Frame, shape: Any, taken: _Taken, size: tuple[float, float]
) -> tuple[float, float]:
    """Return the best place in an area where nothing stands yet, or the best one."""
    spots = gpd.GeoSeries(gpd.points_from_xy(*zip(*anchors(shape), strict=True)), crs=4326)
    pixels = [(float(x), float(y)) for x, y in shapely.get_coordinates(frame.pixels(spots))]
    return next((spot for spot in pixels if taken.take(*spot, *size)), pixels[0])


def _haloed(x: float, y: float, name: str, size: float, **attributes: Any) -> str:
    """Return a name that can be read on any colour."""
    halo: dict[str, Any] = {"stroke": symbols.PAPER, "stroke_width": "3", "paint_order": "stroke"}
    return text(x, y, name, size=size, text_anchor="middle", **halo, **attributes)


def _draw_scale(sheet: Sheet, frame: Frame) -> None:
    length = 100_000 / frame.metres
    x, y = frame.x + 16, frame.y + frame.height - 16
    line = f"M{x:.1f} {y - 6:.1f}v6h{length:.1f}v-6"
    sheet.add("path", d=line, fill="none", stroke=symbols.INK, stroke_width="1.5")
    sheet.raw(_haloed(x + length / 2, y - 6, "100 km", 12))
