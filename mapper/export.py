"""INCIDENTS and LOCATED frames to files that other programs open."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from mapper.errors import OutputError
from mapper.writing import require_target, write_whole

# Spreadsheet programs run a cell that begins like this as a formula.
_FORMULA = re.compile(r"^(?='*[=+\-@\t\r])")

# Control characters, which XML has no place for.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_incidents(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write an INCIDENTS or LOCATED frame, every column, in its order.

    Parameters
    ----------
    frame : INCIDENTS or LOCATED frame
    path : its ending chooses the format: ``.csv`` (UTF-8 with a mark, so that
        spreadsheet programs read Arabic), ``.xlsx``, ``.parquet``; for LOCATED
        also ``.geojson`` and ``.gpkg``. In CSV and XLSX a text that a spreadsheet
        would run as a formula gets an apostrophe before it, which `read_table`
        takes away again.

    Raises
    ------
    OutputError
        The ending is none of these, or the file cannot be written.
    """
    require_output(path)
    write_whole(path, _WRITERS[Path(path).suffix.lower()](frame))


def write_csv(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write any table as CSV, in the way of `write_incidents`.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    write_whole(path, _csv(table))


def require_output(path: str | os.PathLike[str]) -> None:
    """Check, before the work starts, that a frame can be written to a path.

    Raises
    ------
    OutputError
        Its ending is of no known format, or its folder does not exist.
    """
    if Path(path).suffix.lower() not in _WRITERS:
        raise OutputError(
            f"{path}: unknown ending: use one of {', '.join(_WRITERS)}", os.fspath(path)
        )
    require_target(path)


def _csv(frame: pd.DataFrame) -> bytes:
    text = _for_spreadsheets(frame).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig", "replace")


def _xlsx(frame: pd.DataFrame) -> bytes:
    flat = _for_spreadsheets(frame)
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = flat[name].str.replace(_UNWRITABLE, "\ufffd", regex=True)
    content = io.BytesIO()
    try:
        flat.to_excel(content, index=False, engine="openpyxl")
    except ImportError:
        raise _needs("XLSX", "xlsx") from None
    except ValueError as error:  # more rows than a sheet has
        raise OutputError(f"too large for XLSX, write .csv instead: {error}", ".xlsx") from error
    return content.getvalue()


def _for_spreadsheets(frame: pd.DataFrame) -> pd.DataFrame:
    """Flatten a frame, with days as text and nothing in it that a spreadsheet would run."""
    flat = pd.DataFrame(frame.drop(columns="geometry", errors="ignore"))
    if "geometry" in frame:
        flat["geometry"] = frame.geometry.to_wkt().astype("str")
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = flat[name].str.replace(_FORMULA, "'", regex=True)
        elif pd.api.types.is_datetime64_any_dtype(flat[name]):
            flat[name] = flat[name].dt.strftime("%Y-%m-%d")
    flat.columns = [_FORMULA.sub("'", str(name)) for name in flat.columns]
    return flat


def _parquet(frame: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    try:
        frame.to_parquet(content, index=False)
    except ImportError:
        raise _needs("Parquet", "parquet") from None
    return content.getvalue()


def _geopackage(frame: pd.DataFrame) -> bytes:
    if "geometry" not in frame:
        raise _needs_places("GeoPackage")
    import geopandas

    with tempfile.TemporaryDirectory() as folder:  # its writer takes no other than a file
        file = Path(folder) / "incidents.gpkg"
        geopandas.GeoDataFrame(frame).to_file(file, driver="GPKG", layer="incidents")
        return file.read_bytes()


def _needs(what: str, extra: str) -> OutputError:
    return OutputError(f"{what} needs a library: pip install 'iraq-incident-mapper[{extra}]'", what)


def _needs_places(what: str) -> OutputError:
    return OutputError(f"{what} needs located incidents: use incident-map locate", "geometry")


def _geojson(frame: pd.DataFrame) -> bytes:
    if "geometry" not in frame:
        raise _needs_places("GeoJSON")
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    rows = plain.astype(object).where(plain.notna(), None).to_dict("records")
    points = [None if point is None else point.__geo_interface__ for point in frame.geometry]
    features = [
        {"type": "Feature", "geometry": point, "properties": row}
        for point, row in zip(points, rows, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, default=str).encode("utf-8", "replace")


_WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".geojson": _geojson,
    ".gpkg": _geopackage,
    ".parquet": _parquet,
}
