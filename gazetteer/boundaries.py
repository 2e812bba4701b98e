"""Admin polygons as frames, whichever publisher's columns they come with.

Imports geopandas: not for the way from a name to a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.errors import DataError
from gazetteer.library import ADMIN_LEVELS, Library
from gazetteer.place import Level, Name, Place
from gazetteer.polygon_files import polygons_of
from gazetteer.publishers import layout_of
from gazetteer.repair import repaired
from gazetteer.units import units

_PCODE_LENGTHS = dict(zip(ADMIN_LEVELS, (2, 5, 8, 11), strict=True))


def frame(library: Library, *, level: Level, places: Mapping[str, Place]) -> gpd.GeoDataFrame:
    """Return the admin polygons of one level, with the names that the gazetteer knows.

    Parameters
    ----------
    library : the installed data
    level : ``adm0`` to ``adm3``
    places : places by id; what they say of a p-code's name and population goes
        before what the file says

    Returns
    -------
    GeoDataFrame
        One row a polygon, in the order of the p-codes, EPSG:4326: ``pcode``,
        ``name`` (for display), ``name_en``, ``name_ar``, ``name_ckb``,
        ``name_kmr``, ``parent`` (a p-code), ``level``, ``population`` (people)
        and ``geometry``. Names and population are missing where not known, the
        parent for the country. ``attrs`` holds what a map must say of them:
        ``credits`` (lines) and ``approximate``.

    Raises
    ------
    LevelError
        The library has no polygons of this level.
    DataError
        A file is damaged or its columns are of no known publisher.
    """
    polygons = read(library, level)
    known = [places.get(pcode) for pcode in polygons["pcode"]]
    names = [place.name if place else None for place in known]
    name = pd.Series(names, dtype="str").fillna(polygons["name"])
    columns = {
        "pcode": polygons["pcode"],
        "name": name,
        "name_en": name,
        "name_ar": _names_in("ar", known).fillna(polygons["name_ar"]),
        "name_ckb": _names_in("ckb", known),
        "name_kmr": _names_in("kmr", known),
        "parent": pd.Series([pcode[:-3] or None for pcode in polygons["pcode"]], dtype="str"),
        "level": pd.Series(str(level), index=polygons.index, dtype="str"),
        "population": pd.array([place.population if place else None for place in known], "Int64"),
    }
    polygons_named = gpd.GeoDataFrame(columns, geometry=polygons.geometry)
    polygons_named.attrs = {
        "credits": [str(credit) for credit in library.credits],
        "approximate": library.approximate,
    }
    return polygons_named


def read(library: Library, level: Level) -> gpd.GeoDataFrame:
    """Return a level's polygons as the library's file has them.

    Returns
    -------
    GeoDataFrame
        ``pcode``, ``name``, ``name_ar`` (the Arabic name in the file, missing
        where it has none) and ``geometry``, in the order of the p-codes,
        EPSG:4326. A new frame each time.

    Raises
    ------
    LevelError
        The library has no polygons of this level.
    DataError
        The file is damaged or its columns are of no known publisher.
    """
    return library.keep(("polygons", level), lambda: _read(library, level)).copy()


def smallest_polygon(library: Library, place: Place) -> tuple[Level, BaseGeometry] | None:
    """Return the smallest admin polygon that the library has for a place, and its level.

    A place's own p-codes decide. Of a settlement or site that has a point, the
    point decides what the p-codes leave open, unless it contradicts them.
    """
    pcodes = _pcodes(place)
    if not pcodes:
        return None
    if place.point is not None and not place.level.is_admin:
        pcodes = _refined(library, pcodes, place.point)
    for level in reversed(library.levels):
        found = _by_pcode(library, level).get(pcodes.get(level, ""))
        if found is not None:
            return level, found
    return None


def pcode_at(level: Level, pcode: str) -> str | None:
    """Return the code of the unit of a level that holds a unit; None where that is finer.

    OCHA's p-codes begin with the code of the unit they are part of: IQG07Q02
    is a district of IQG07.
    """
    length = _PCODE_LENGTHS[level]
    return pcode[:length] if len(pcode) >= length else None


def _pcodes(place: Place) -> dict[Level, str]:
    """Return the p-codes of the units that hold a place, by level; newer units have none."""
    own = place.id if place.level.is_admin else None
    units = [*zip(ADMIN_LEVELS[1:], (place.adm1, place.adm2, place.adm3), strict=True)]
    units.append((place.level, own))
    return {level: unit for level, unit in units if unit and unit.startswith("IQ")}


def _refined(
    library: Library, pcodes: dict[Level, str], point: tuple[float, float]
) -> dict[Level, str]:
    from gazetteer.containment import containing  # imports this module

    held = containing(library, *point).iloc[0]
    by_point = {
        level: held[f"{level}_pcode"]
        for level in ADMIN_LEVELS
        if isinstance(held[f"{level}_pcode"], str)
    }
    agrees = all(by_point.get(level, pcode) == pcode for level, pcode in pcodes.items())
    return {**by_point, **pcodes} if agrees else pcodes


def _by_pcode(library: Library, level: Level) -> dict[str, BaseGeometry]:
    def index() -> dict[str, BaseGeometry]:
        polygons = read(library, level)
        return dict(zip(polygons["pcode"], polygons.geometry, strict=True))

    return library.keep(("by p-code", level), index)


def _names_in(language: str, places: Iterable[Place | None]) -> pd.Series[str]:
    """Return the first name that each place still has in a language, missing where it has none."""
    names = [_first(place.names if place else (), language) for place in places]
    return pd.Series(names, dtype="str")


def _first(names: Iterable[Name], language: str) -> str | None:
    current = (name.text for name in names if name.language == language and name.until is None)
    return next(current, None)


# --- reading -------------------------------------------------------------------


def _read(library: Library, level: Level) -> gpd.GeoDataFrame:
    if library.approximate and level is Level.ADM0:
        return _country(read(library, Level.ADM1))
    source = f"{library!r} {level}"
    published = polygons_of(BytesIO(library.polygon_file(level)), source=source)
    layout = layout_of(published, hint=str(level))
    if layout is None:
        has = ", ".join(map(str, published.columns))
        raise DataError(f"{source}: the columns are of no known publisher: {has}", level)
    if layout.level is not level:
        raise DataError(f"{source}: its columns are those of {layout.level}", layout.level)
    return repaired(units(published, layout, source=source).polygons, level, source=source)


def _country(governorates: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    outline = shapely.coverage_union_all(governorates.geometry.to_numpy())
    columns = pd.DataFrame({"pcode": ["IQ"], "name": ["Iraq"], "name_ar": [None]}, dtype="str")
    return gpd.GeoDataFrame(columns, geometry=[outline], crs=4326)
