"""INCIDENTS and LOCATED frames to files that other programs open."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from mapper.errors import OutputError
from mapper.writing import require_target, write_whole

# Spreadsheet programs run a cell that begins like this as a formula.
_FORMULA = re.compile(r"^(?='*[=+\-@\t\r])")


def write_incidents(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write an INCIDENTS or LOCATED frame, every column, in its order.

    Parameters
    ----------
    frame : INCIDENTS or LOCATED frame
    path : its ending chooses the format: ``.csv`` (UTF-8 with a mark, so that
        spreadsheet programs read Arabic), or ``.geojson`` for LOCATED. In CSV a
        text that a spreadsheet would run as a formula gets an apostrophe before
        it, which `read_table` takes away again.

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
    flat = pd.DataFrame(frame.drop(columns="geometry", errors="ignore"))
    if "geometry" in frame:
        flat["geometry"] = frame.geometry.to_wkt().astype("str")
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = flat[name].str.replace(_FORMULA, "'", regex=True)
        elif pd.api.types.is_datetime64_any_dtype(flat[name]):
            flat[name] = flat[name].dt.strftime("%Y-%m-%d")
    flat.columns = [_FORMULA.sub("'", str(name)) for name in flat.columns]
    return flat.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def _geojson(frame: pd.DataFrame) -> bytes:
    if "geometry" not in frame:
        raise OutputError("GeoJSON needs located incidents: use incident-map locate", "geometry")
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


_WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {".csv": _csv, ".geojson": _geojson}
