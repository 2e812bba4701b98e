"""Files of admin polygons, of any format and publisher: GeoJSON, GeoPackage, shapefile, zipped.

Imports geopandas: not for the way from a name to a place.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from gazetteer.archives import unpack
from gazetteer.errors import DataError
from gazetteer.library import Library, polygon_file_name
from gazetteer.place import Level
from gazetteer.publishers import Layout, layout_of
from gazetteer.repair import repaired
from gazetteer.units import core, units

ENDINGS = (".geojson", ".json", ".gpkg", ".shp")
_BESIDE_SHAPEFILES = (".shx", ".dbf", ".prj", ".cpg")
_EQUAL_AREA = 6933  # EASE-Grid 2.0
_WRONG_SHARE = 0.5  # of the area that a governorate should have
_SLIVER = 0.01  # of a unit: less is how finely lines were drawn


@dataclass(frozen=True)
class Polygons:
    """What was found in files: polygons by level, whose they are, and what must be said of them.

    Each level has ``pcode``, ``name``, ``name_ar`` and ``geometry`` in the
    order of the p-codes, EPSG:4326. ``date`` is the day since which they are valid.
    """

    levels: dict[Level, gpd.GeoDataFrame]
    what: str
    licence: str
    date: str
    remarks: tuple[str, ...]

    def files(self) -> dict[str, bytes]:
        """Return what a `Library` reads, by file name: one GeoJSON file a level."""
        return {polygon_file_name(level): _geojson(frame) for level, frame in self.levels.items()}


def read_polygons(path: Path, *, mapping: Mapping[str, str] | None = None) -> Polygons:
    """Read the admin polygons in a file, or in a folder and the zips in it.

    Parameters
    ----------
    path : GeoJSON, GeoPackage, shapefile, a zip or a folder of these. Layers
        that are not polygons, or of which nothing tells what they are, are left out.
    mapping : what its columns are, where no known publisher named them:
        ``pcode`` or ``name``, and ``arabic``, ``parent``, ``level``

    Raises
    ------
    DataError
        There are none, two layers are of one level, or a polygon cannot be
        placed or repaired; names the file and the feature.
    """
    with TemporaryDirectory(prefix="gazetteer-") as scratch:
        found: dict[Level, tuple[str, gpd.GeoDataFrame, Layout]] = {}
        strange: list[str] = []
        for source, published in _layers(path, Path(scratch)):
            layout = layout_of(published, hint=source, mapping=mapping)
            if layout is None:
                strange.append(f"{source} has {', '.join(map(str, published.columns))}")
            elif not _is_edge_matched(source, found.get(layout.level)):
                _refuse_second(source, layout.level, found)
                found[layout.level] = (source, published, layout)
        if not found:
            raise DataError(_nothing(path, strange), path)
    levels, remarks = {}, [f"left out, columns of no known publisher: {s}" for s in strange]
    for level, (source, published, layout) in sorted(found.items()):
        told = units(published, layout, source=source)
        levels[level] = repaired(told.polygons, level, source=source)
        remarks += [*told.remarks, *_overlapping(levels[level], source)]
    if Level.ADM1 in levels:
        remarks += _of_wrong_size(levels[Level.ADM1])
    _, published, layout = found[max(found)]
    return Polygons(levels, layout.publisher, layout.licence, _date_of(published), tuple(remarks))


def polygons_of(file: BytesIO | Path, *, source: str, layer: str | None = None) -> gpd.GeoDataFrame:
    """Return the features of one layer in EPSG:4326.

    Raises
    ------
    DataError
        It cannot be read, holds no polygon, or does not say its coordinate system.
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # what is wrong is refused by name
            published = gpd.read_file(file, layer=layer, on_invalid="ignore")
    except (
        ValueError,
        RuntimeError,
        TypeError,
        AttributeError,
        shapely.errors.ShapelyError,
    ) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise DataError(f"{source}: not a readable file of polygons: {reason}", source) from error
    if not isinstance(published, gpd.GeoDataFrame) or published.empty:
        raise DataError(f"{source}: the file holds no polygon", source)
    return _in_degrees(published, source)


def _in_degrees(published: gpd.GeoDataFrame, source: str) -> gpd.GeoDataFrame:
    if published.crs is None:
        raise DataError(
            f"{source}: does not say its coordinate system: a shapefile needs its .prj", source
        )
    if published.crs.equals("EPSG:4326"):
        return published
    return published.to_crs(epsg=4326)


def _geojson(polygons: gpd.GeoDataFrame) -> bytes:
    """Return GeoJSON of the columns that `read` gives, every coordinate as it was."""
    features = [
        {
            "type": "Feature",
            "properties": {"pcode": pcode, "name": name, "name_ar": arabic or None},
            "geometry": json.loads(shape),
        }
        for pcode, name, arabic, shape in zip(
            polygons["pcode"],
            polygons["name"],
            polygons["name_ar"].fillna(""),
            shapely.to_geojson(polygons.geometry.to_numpy()),
            strict=True,
        )
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


# --- finding layers ----------------------------------------------------------------


def _layers(path: Path, scratch: Path) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Yield each layer of polygons, named by its file, and by itself where a file has several."""
    for name, file in _files(path, scratch):
        try:
            with warnings.catch_warnings(action="ignore"):
                layers = pyogrio.list_layers(file)
        except (DataSourceError, ValueError, RuntimeError) as error:
            raise DataError(f"{name}: not a readable file of polygons", path) from error
        for layer, kind in layers:
            source = name if len(layers) == 1 else f"{name} {layer}"
            if kind is not None and (str(kind) == "Unknown" or "Polygon" in str(kind)):
                yield source, polygons_of(file, source=source, layer=layer)


def _files(path: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Yield the vector files at a path and in the zips there, with names to speak of them by."""
    if not path.exists():
        raise DataError(f"{path}: no such file or folder", path)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for number, file in enumerate(files):
        ending = file.suffix.lower()
        if ending in ENDINGS:
            yield file.name, file
        elif ending == ".zip":
            wanted = (*ENDINGS, *_BESIDE_SHAPEFILES)
            for member in unpack(file, scratch / str(number), endings=wanted):
                if member.suffix.lower() in ENDINGS:
                    yield f"{file.name}/{member.name}", member
        elif not path.is_dir():
            known = ", ".join((*ENDINGS, ".zip"))
            raise DataError(f"{path}: not a file of polygons: there are {known}", path)


def _is_edge_matched(source: str, other: tuple[str, object, object] | None) -> bool:
    """Whether a layer is HDX's second edition of one ("irq_admin1_em"), fitted to neighbours."""
    stem = Path(source).stem
    return other is not None and stem.endswith("_em") and stem[:-3] == Path(other[0]).stem


def _refuse_second(
    source: str, level: Level, found: Mapping[Level, tuple[str, object, object]]
) -> None:
    if level in found:
        first = found[level][0]
        raise DataError(f"{first} and {source} are both of {level}: give one", source)


def _nothing(path: Path, strange: list[str]) -> str:
    if not strange:
        return f"{path}: there are no polygons in it"
    return (
        f"{path}: the columns are of no known publisher: {strange[0]}. Say which are which, "
        "such as pcode=CODE or name=LABEL and level=2"
    )


# --- what must be said ---------------------------------------------------------------


def _of_wrong_size(governorates: gpd.GeoDataFrame) -> list[str]:
    """Name governorates that are far smaller or larger than they should be.

    geoBoundaries, and Natural Earth, draw Baghdad as its city only.
    """
    from gazetteer.boundaries import read  # imports this module

    ours = read(Library.core(), Level.ADM1).set_index("pcode").geometry.to_crs(_EQUAL_AREA).area
    theirs = governorates.set_index("pcode").geometry.to_crs(_EQUAL_AREA).area
    share = (theirs / ours.reindex(theirs.index)).dropna()
    wrong = share[(share < _WRONG_SHARE) | (share > 1 / _WRONG_SHARE)]
    return [
        f"{core().place(pcode).name} is drawn with {theirs[pcode] / 1e6:,.0f} km², about "
        f"{ours[pcode] / 1e6:,.0f} are expected: what is near it may be counted elsewhere"
        for pcode in wrong.index
    ]


def _overlapping(polygons: gpd.GeoDataFrame, source: str) -> list[str]:
    """Name units that share ground: what happened there is counted in the first."""
    shapes = polygons.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    found = [tree.query(shapes, predicate=how).T for how in ("overlaps", "within")]
    pairs = {
        (min(pair), max(pair)) for pair in np.concatenate(found).tolist() if pair[0] != pair[1]
    }
    shared = {
        (a, b): shapely.intersection(shapes[a], shapes[b]).area
        / min(shapes[a].area, shapes[b].area)
        for a, b in pairs
    }
    worst = sorted((p for p in shared if shared[p] > _SLIVER), key=lambda p: (-shared[p], p))
    if not worst:
        return []
    a, b = (polygons["pcode"][at] for at in worst[0])
    more = f", and {len(worst) - 1} more pairs" if len(worst) > 1 else ""
    share = f"{shared[worst[0]]:.0%} of the smaller"
    return [f"{source}: {a} and {b} overlap, by {share}{more}: points there go to the first p-code"]


def _date_of(published: pd.DataFrame) -> str:
    """Return the day since which COD-AB's polygons are valid, or nothing where that is not said."""
    for column in published.columns:
        if str(column).lower().replace("_", "") == "validon":
            return str(published[column].iloc[0])[:10]
    return ""
