"""Formats that other libraries read into frames: mapping formats, Parquet, JSON rows."""

from __future__ import annotations

import io
import json
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from mapper.readers.dbf import BYTES, decode_texts, is_untold
from mapper.readers.decoding import decode
from mapper.readers.headers import find_header
from mapper.readers.raw import RawTable, from_rows, name_headers, no_text
from mapper.readers.shapefiles import shapes_in_zip
from mapper.readers.synonyms import role_of

if TYPE_CHECKING:
    import geopandas as gpd

_GEOPACKAGE, _FLATGEOBUF, _PARQUET = b"SQLite format 3\x00", b"fgb\x03", b"PAR1"
_JSON = re.compile(r"\.(geo|nd)?json[ls]?\b", re.IGNORECASE)
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SHAPEFILE = b"\x00\x00\x27\x0a"
_GEOJSON_TYPES = frozenset(
    (
        "FeatureCollection", "Feature", "GeometryCollection", "Point", "MultiPoint", "LineString",
        "MultiLineString", "Polygon", "MultiPolygon",
    )
)  # fmt: skip


class _NoRowsError(ValueError):
    """There is nothing to read in a file that is whole."""

    def __str__(self) -> str:
        return "it holds no rows"


def read_frame(path: Path, data: bytes, *, layer: str | None = None) -> RawTable | None:
    """Read a table in one of these formats; None if it is in none of them.

    The point of a feature becomes its coordinates, in EPSG:4326. Features that
    are no points, such as areas, have none, and are told in ``shapes``.

    Parameters
    ----------
    path : where the bytes were read, since a Shapefile has files beside it
    data : the file's bytes
    layer : name of a layer; by default the first

    Raises
    ------
    ValueError
        The file is damaged or has no rows, or a library is missing; the message says which.
    """
    if data.startswith(_PARQUET):
        return _read_parquet(data)
    if data.startswith((_GEOPACKAGE, _FLATGEOBUF)) or _is_kml(data[:4096]):
        return _read_features(data, layer)
    if data.startswith(_SHAPEFILE):
        return _read_features(path, layer)
    if data.startswith(b"PK") and b".shp" in data.lower():
        return _read_features(shapes_in_zip(data), layer)
    # A CSV file may begin like JSON: its name decides, if it has one.
    named = _JSON.search(path.name) or (not path.suffix and data.lstrip()[:1] in (b"{", b"["))
    return _read_json(data) if named else None


def is_frame(data: bytes) -> bool:
    """Tell whether bytes are in one of these formats; JSON, which is text, is not asked for."""
    magic = (_PARQUET, _GEOPACKAGE, _FLATGEOBUF, _SHAPEFILE)
    return data.startswith(magic) or _is_kml(data[:4096])


def _is_kml(head: bytes) -> bool:
    return b"<kml" in head and b"<OGRVRT" not in head


def _read_json(data: bytes) -> RawTable:
    """Read GeoJSON, a list of rows, or a row a line."""
    text = decode(data)[0].strip()
    rejected: dict[int, str] = {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found, rejected = _json_lines(text)
        if not found:
            raise ValueError("not valid JSON") from None
    if _HALF.search(text):
        found = _without_halves(found)
    if isinstance(found, dict):
        if found.get("type") in _GEOJSON_TYPES:
            table = _read_features(text.encode("utf-8", "replace"), None)
            return _tell_damaged(table, found.get("features"))
        found = _rows_of_object(found)
    if not isinstance(found, list):
        raise ValueError("the JSON holds no rows of names and values")
    if found and all(isinstance(row, list) for row in found):
        lists = [[_cell(value) or "" for value in row] for row in found]
        table = from_rows(list(lists), find_header(lists))
        table.said.insert(0, "JSON lists")
        return table
    rows = [row if isinstance(row, dict) else {} for row in found]
    if any(row.get("type") == "Feature" for row in rows[:1]):
        collection = {"type": "FeatureCollection", "features": rows}
        table = _read_features(json.dumps(collection).encode("utf-8", "replace"), None)
        return _tell_damaged(table, rows)
    rejected = {
        at: rejected.get(at, "not a row of names and values")
        for at, row in enumerate(rows)
        if not row
    }
    if len(rejected) == len(rows):
        raise ValueError("the JSON holds no rows of names and values")
    table = _as_raw(pd.json_normalize(rows), "JSON rows")
    table.rejected = rejected
    return table


def _rows_of_object(found: dict[str, Any]) -> list[Any]:
    """The rows of a JSON object: its only list of rows, or its columns side by side, or itself."""
    filled = [value for value in found.values() if isinstance(value, list) and value]
    rows = [value for value in filled if isinstance(value[0], dict | list)]
    if len(rows) == 1:
        return rows[0]
    columns = [list(v.values()) if isinstance(v, dict) else v for v in found.values()]
    lengths = {len(column) if isinstance(column, list) else 0 for column in columns}
    plain = not any(isinstance(cell, dict | list) for column in filled for cell in column)
    alike = len({tuple(v) for v in found.values() if isinstance(v, dict)}) <= 1
    if len(found) > 1 and len(lengths) == 1 and lengths != {0} and plain and alike:
        return [dict(zip(found, cells, strict=True)) for cells in zip(*columns, strict=True)]
    only_lists = all(isinstance(value, list) for value in found.values())
    return [] if only_lists else [found]


def _without_halves(value: Any) -> Any:
    """Replace half characters, which JSON can spell and no other format can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_without_halves(name): _without_halves(inner) for name, inner in value.items()}
    return [_without_halves(inner) for inner in value] if isinstance(value, list) else value


def _tell_damaged(table: RawTable, features: Any) -> RawTable:
    """Tell the shapes that were in the file and could not be made sense of."""
    if isinstance(features, list) and len(features) == len(table.cells):
        x = table.cells[table.roles["longitude"]]
        for at, feature in enumerate(features):
            shape = feature.get("geometry") if isinstance(feature, dict) else None
            if isinstance(shape, dict) and pd.isna(x.iloc[at]) and at not in table.shapes:
                table.shapes[at] = f"damaged {shape.get('type') or 'shape'}"
    return table


def _json_lines(text: str) -> tuple[list[Any], dict[int, str]]:
    """The rows of text that has one a line; nothing if its first line is none."""
    rows: list[Any] = []
    for line in filter(str.strip, text.splitlines()):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not rows and not isinstance(row, dict):
            break
        rows.append(row)
    return rows, {at: "not valid JSON" for at, row in enumerate(rows) if row is None}


def _read_parquet(data: bytes) -> RawTable:
    try:
        import pyarrow.parquet
    except ImportError:
        raise ValueError(
            "Parquet needs a library: pip install 'iraq-incident-mapper[parquet]'"
        ) from None
    import geopandas

    try:
        schema = pyarrow.parquet.read_schema(io.BytesIO(data))
        if b"geo" in (schema.metadata or {}):
            return _of_features(geopandas.read_parquet(io.BytesIO(data)), "GeoParquet")
        return _as_raw(pd.read_parquet(io.BytesIO(data)), "Parquet")
    except Exception as error:  # of many types, one for each kind of damage
        raise ValueError(f"damaged Parquet ({_first_line(error)})") from error


def _read_features(source: Path | bytes, layer: str | None) -> RawTable:
    import geopandas  # takes half a second, which no other table should wait for

    if isinstance(source, bytes) and (name := _unknown_crs(source)):
        raise ValueError(
            f"its coordinates are in {name[:40]!r}, which is no known system: save as EPSG:4326"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd features, which we account for ourselves
            frame, said = _read_layers(source, layer)
    except _NoRowsError:
        raise
    except Exception as error:  # of many types, one for each kind of damage
        raise ValueError(f"damaged, or not what its name says ({_first_line(error)})") from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        return _as_raw(frame, "a layer without geometry")
    table = _of_features(frame, "features")
    table.said += said
    if isinstance(source, bytes) and _is_kml(source[:4096]):
        _take_names_and_days(table)
    return table


def _take_names_and_days(table: RawTable) -> None:
    """Take the names of marks in KML for titles; and where they tell a span, its first day."""
    names, cells = list(table.cells.columns), table.cells
    if "Name" in names and "title" not in map(role_of, names):
        table.roles["title"] = "Name"
    if {"timestamp", "begin"} <= set(names):
        table.cells = cells.assign(timestamp=cells["timestamp"].fillna(cells["begin"]))


def _unknown_crs(source: bytes) -> str | None:
    """Return the system that GeoJSON names, if none is called so: GDAL takes it for EPSG:4326."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if source.lstrip()[:1] != b"{":
        return None
    around = source[:10_000].partition(b'"features"')[0] + source[-1_000:].rpartition(b"]")[2]
    told = _CRS_NAME.search(around)
    name = told[1].decode("utf-8", "replace") if told else "CRS84"
    if name.upper().endswith("CRS84"):
        return None
    try:
        CRS.from_user_input(name)
    except CRSError:
        return name
    return None


_CRS_NAME = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{\s*"name"\s*:\s*"([^"]*)"')


def _read_layers(source: Path | bytes, layer: str | None) -> tuple[gpd.GeoDataFrame, list[str]]:
    """The layer asked for, or the first; of KML, whose folders are layers, all."""
    import geopandas
    import pyogrio

    names = [str(name) for name, _ in pyogrio.list_layers(source)]
    if not names:
        raise _NoRowsError
    if layer is None and len(names) > 1 and isinstance(source, bytes) and _is_kml(source[:4096]):
        parts = [geopandas.read_file(source, layer=name, on_invalid="ignore") for name in names]
        filled = [part for part in parts if len(part)]
        return pd.concat(filled, ignore_index=True), [f"{len(names):,} folders"]
    chosen = layer if layer is not None else names[0]
    others = ", ".join(repr(name) for name in names if name != chosen)
    said = [f"layer {chosen!r} (not {others}: choose with --sheet)"] if others else []
    json_ = isinstance(source, bytes) and source.lstrip()[:1] == b"{"
    options = {"DATE_AS_STRING": "YES"} if json_ else {}  # 2024/01/05 is for us to read
    told = pyogrio.read_info(source, layer=layer)
    untold = is_untold(told["driver"], told["encoding"])
    options |= {"encoding": BYTES} if untold else {}
    frame = geopandas.read_file(source, layer=layer, on_invalid="ignore", **options)
    if untold:
        frame, encoding = decode_texts(frame)
        said += encoding
    return _with_flags(frame, told), said


def _with_flags(frame: gpd.GeoDataFrame, told: dict[str, Any]) -> gpd.GeoDataFrame:
    """Take flags with gaps, which come as numbers, for flags."""
    gaps = [name for name in frame.columns if frame[name].dtype.kind == "f"]
    likely = [name for name in gaps if set(frame[name].dropna().unique()) in ({0}, {1}, {0, 1})]
    if likely:
        kinds = dict(zip(told["fields"], told["dtypes"], strict=True))
        flags = [name for name in likely if kinds.get(name) == "bool"]
        frame = frame.astype(dict.fromkeys(flags, "boolean"))
    return frame


def _of_features(frame: gpd.GeoDataFrame, what: str) -> RawTable:
    shapes = frame.geometry
    if shapes.crs is None:
        west, south, east, north = shapes.total_bounds
        if west < -180 or east > 180 or south < -90 or north > 90:
            raise ValueError("its coordinates are in a system it does not name: save as EPSG:4326")
    elif shapes.crs.to_epsg() != 4326:
        what += f", brought from {shapes.crs.to_string()[:40]} to EPSG:4326"
        shapes = shapes.to_crs(4326)
    shapes = _alone(shapes)
    points = (shapes.geom_type == "Point") & ~shapes.is_empty
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    names = name_headers([*map(str, plain.columns), "longitude", "latitude"])
    plain = plain.assign(**{"\0x": shapes[points].x, "\0y": shapes[points].y})
    table = _as_raw(plain.set_axis(names, axis=1), what)
    table.roles = {"longitude": names[-2], "latitude": names[-1]}
    kinds = shapes.geom_type[~points & ~shapes.isna()]
    table.shapes = {int(at): str(kind) for at, kind in zip(*_positions(kinds, frame), strict=True)}
    if len(kinds):
        table.said.append(
            f"{len(kinds):,} not points: placed by their columns, where these name a place"
        )
    return table


def _alone(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Take a collection of one shape for that shape."""
    import shapely

    lone = (shapely.get_num_geometries(shapes) == 1) & (shapely.get_type_id(shapes) > 3)
    if not lone.any():
        return shapes
    inner = shapes.copy()
    inner[lone] = shapely.get_geometry(shapes[lone].to_numpy(), 0)
    return inner


def _positions(part: pd.Series[Any], whole: pd.DataFrame) -> tuple[Any, Any]:
    return np.flatnonzero(whole.index.isin(part.index)), part


def _as_raw(frame: pd.DataFrame, what: str) -> RawTable:
    if not len(frame) or not len(frame.columns):
        raise _NoRowsError
    frame = frame.reset_index(drop=True)
    frame.columns = pd.Index(name_headers([str(name) for name in frame.columns]))
    cells = pd.DataFrame({name: _as_text(frame[name]) for name in frame.columns})
    kinds = {name: _kind(frame[name]) for name in frame.columns if frame[name].dtype.kind in "biuf"}
    return RawTable(cells, np.arange(2, len(cells) + 2), said=[what], kinds=kinds, exact=True)


def _kind(values: pd.Series[Any]) -> str:
    """The type of numbers or flags; one that can miss values where some are missing."""
    return str(values.dtype if values.notna().all() else values.convert_dtypes().dtype)


def _as_text(values: pd.Series[Any]) -> pd.Series[str]:
    """Write values as a spreadsheet shows them: days without midnight, 3 and not 3.0."""
    if pd.api.types.is_datetime64_any_dtype(values):  # with its zone, which may tell another day
        days = values.astype("str").where(values.notna())
        return days.str.replace(r" 00:00:00(\.0+)?$", "", regex=True)
    if pd.api.types.is_float_dtype(values):
        known = values.dropna()
        if bool((known == known.round()).all() and (known.abs() < 2**53).all()):
            values = values.astype("Int64")
    texts = [_cell(value) for value in values.astype(object)]
    if all(text is None for text in texts):
        return no_text(values.index)
    return cast("pd.Series[str]", pd.Series(texts, index=values.index, dtype="str"))


def _cell(value: Any) -> str | None:
    if isinstance(value, list | dict | np.ndarray):
        plain = value.tolist() if isinstance(value, np.ndarray) else value
        return json.dumps(plain, ensure_ascii=False, default=str)
    return None if value is None or pd.isna(value) or value == "" else str(value)


def _first_line(error: Exception) -> str:
    """The first line, without the name that the bytes had for the library, another each time."""
    line = (str(error).splitlines() or [type(error).__name__])[0][:200]
    return " ".join(re.sub(r"/vsimem/[^\s:]*", "", line).split())
