"""INCIDENTS, LOCATED and AREAS frames to files that other programs open."""

from __future__ import annotations

import io
import itertools
import json
import math
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from mapper.errors import OutputError
from mapper.writing import require_target, write_whole

# Spreadsheet programs run a cell that begins like this as a formula.
_FORMULA = re.compile(r"^(?='*[=+\-@\t\r])")

# Not text: control characters, for which XML has no place, and halves of surrogate pairs.
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_UNWRITABLE = re.compile(_CONTROLS.replace("]", "\ud800-\udfff]"))

# What XLSX readers take for an escaped character, and the letter that keeps them from it.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_SHEET_ROWS, _SHEET_COLUMNS, _CELL_LETTERS = 1_048_576, 16_384, 32_767
_EXACT = 2**53
"""Spreadsheets hold greater whole numbers no longer exactly."""


def write_incidents(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write an INCIDENTS or LOCATED frame, every column, in its order.

    What a format cannot hold becomes the same in all of them: control characters and
    halves of surrogate pairs are U+FFFD, an empty text is a missing one (Parquet
    keeps both), a column's name is one line, a second column of a name gets a number.

    Parameters
    ----------
    frame : INCIDENTS or LOCATED frame
    path : its ending chooses the format: ``.csv`` (UTF-8 with a mark, so that
        spreadsheet programs read Arabic), ``.xlsx``, ``.parquet`` (``.geoparquet``);
        for LOCATED also ``.geojson`` and ``.gpkg``. In CSV and XLSX a text that a
        spreadsheet would run as a formula gets an apostrophe before it, which
        `read_table` takes away again; line ends are ``\\n`` in XLSX.

    Raises
    ------
    OutputError
        The ending is none of these, the frame does not fit into the format, or
        the file cannot be written.
    """
    _write(frame, path, layer="incidents")


def write_areas(areas: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write an AREAS frame, in the formats and in the way of `write_incidents`.

    CSV and XLSX have no outlines, which no cell would hold; their p-codes tell them.

    Raises
    ------
    OutputError
        As for `write_incidents`.
    """
    suffix = Path(path).suffix.lower()
    flat = areas.drop(columns="geometry") if suffix in (".csv", ".xlsx") else areas
    _write(flat, path, layer="areas")


def write_csv(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write any table as CSV, in the way of `write_incidents`.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    write_whole(path, _csv(_plain(table), "table"))


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


def _write(frame: pd.DataFrame, path: str | os.PathLike[str], *, layer: str) -> None:
    require_output(path)
    suffix = Path(path).suffix.lower()
    exact = suffix in (".parquet", ".geoparquet")
    write_whole(path, _WRITERS[suffix](_plain(frame, exact=exact), layer))


def _plain(frame: pd.DataFrame, *, exact: bool = False) -> pd.DataFrame:
    """Return a frame as a format can hold it, see `write_incidents`; exact ones hold all text."""
    plain = frame.reset_index(drop=True)
    plain.columns = pd.Index(_name_columns(frame.columns))
    for name in plain.columns:
        values = plain[name]
        if values.dtype == object:
            known = zip(values, values.notna(), strict=True)
            texts = [_tidy(str(value)) if there else None for value, there in known]
            plain[name] = pd.Series(texts, dtype="str")
        elif isinstance(values.dtype, pd.StringDtype) and not (exact and _is_unicode(values)):
            tidy = values.astype("str").mask(values == "")
            pattern = _CONTROLS if _is_unicode(values) else _UNWRITABLE
            plain[name] = tidy.str.replace(pattern, "\ufffd", regex=True)
    return plain


def _is_unicode(values: pd.Series[str]) -> bool:
    """Whether the texts cannot hold half a surrogate pair, which pyarrow's cannot."""
    return isinstance(values.dtype, pd.StringDtype) and values.dtype.storage == "pyarrow"


def _tidy(text: str) -> str | None:
    return _UNWRITABLE.sub("\ufffd", text) or None


def _name_columns(names: Iterable[object]) -> list[str]:
    """Names of one line, each of its own."""
    found: dict[str, None] = {}  # in order
    for number, name in enumerate(names, start=1):
        stem = " ".join((_tidy(str(name)) or "").split()) or f"column {number}"
        copies = (f"{stem} ({copy})" for copy in itertools.count(2))
        found[next(one for one in itertools.chain([stem], copies) if one not in found)] = None
    return list(found)


def _csv(frame: pd.DataFrame, _layer: str) -> bytes:
    text = _for_spreadsheets(frame).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def _xlsx(frame: pd.DataFrame, layer: str) -> bytes:
    flat = _for_spreadsheets(frame.replace("\r\n?", "\n", regex=True))
    if len(flat) >= _SHEET_ROWS or len(flat.columns) > _SHEET_COLUMNS:
        raise _too_large(f"{len(flat):,} rows of {len(flat.columns):,} columns")
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = _for_cells(flat[name], name)
        elif pd.api.types.is_integer_dtype(flat[name]) and (flat[name].abs() > _EXACT).any():
            flat[name] = flat[name].astype("str")
    flat.columns = pd.Index([_ESCAPE.sub("_x005F_", name) for name in flat.columns])
    content = io.BytesIO()
    try:
        flat.to_excel(content, index=False, engine="openpyxl", sheet_name=layer)
    except ImportError:
        raise _needs("XLSX", "xlsx") from None
    return content.getvalue()


def _for_cells(texts: pd.Series[str], name: str) -> pd.Series[str]:
    long = texts.str.len() > _CELL_LETTERS
    if long.any():
        at = int(long.to_numpy(dtype=bool, na_value=False).argmax())
        raise _too_large(f"row {at + 2} of {name!r} with {len(texts[at]):,} letters")
    return texts.str.replace(_ESCAPE, "_x005F_", regex=True)


def _too_large(what: str) -> OutputError:
    limits = f"{_SHEET_ROWS:,} rows, {_SHEET_COLUMNS:,} columns, {_CELL_LETTERS:,} letters a cell"
    return OutputError(f"{what}: XLSX holds at most {limits}: write .csv instead", ".xlsx")


def _for_spreadsheets(frame: pd.DataFrame) -> pd.DataFrame:
    """Flatten a frame, with days as text and nothing in it that a spreadsheet would run."""
    flat = pd.DataFrame(frame)
    if _has_places(frame):
        flat["geometry"] = frame["geometry"].to_wkt().astype("str")
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = flat[name].str.replace(_FORMULA, "'", regex=True)
        elif pd.api.types.is_datetime64_any_dtype(flat[name]):
            flat[name] = _days(flat[name])
    flat.columns = pd.Index([_FORMULA.sub("'", name) for name in flat.columns])
    return flat


def _days(moments: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """Days, and their time where it is told."""
    texts = moments.dt.strftime("%Y-%m-%d %H:%M:%S").astype("str")
    return texts.str.removesuffix(" 00:00:00").where(moments.notna())


def _parquet(frame: pd.DataFrame, _layer: str) -> bytes:
    content = io.BytesIO()
    try:
        frame.to_parquet(content, index=False)
    except ImportError:
        raise _needs("Parquet", "parquet") from None
    return content.getvalue()


def _geopackage(frame: pd.DataFrame, layer: str) -> bytes:
    _require_places(frame, "GeoPackage")
    import geopandas

    flat = pd.DataFrame(frame).set_axis(_unlike(frame.columns), axis=1)
    taken = {name.lower() for name in flat.columns}
    own = {"FID": _unused("fid", taken), "GEOMETRY_NAME": _unused("geom", taken)}
    with tempfile.TemporaryDirectory() as folder:  # its writer takes no other than a file
        file = Path(folder) / "places.gpkg"
        geopandas.GeoDataFrame(flat, geometry="geometry").to_file(
            file, driver="GPKG", layer=layer, layer_options=own
        )
        return file.read_bytes()


def _unlike(names: Iterable[str]) -> list[str]:
    """Names that differ by more than case, as columns of a database must."""
    taken: set[str] = set()
    found = []
    for name in names:
        found.append(_unused(name, taken))
        taken.add(found[-1].lower())
    return found


def _unused(name: str, taken: set[str]) -> str:
    candidate, copy = name, 1
    while candidate.lower() in taken:
        copy += 1
        candidate = f"{name} ({copy})"
    return candidate


def _geojson(frame: pd.DataFrame, _layer: str) -> bytes:
    from shapely.geometry import mapping

    _require_places(frame, "GeoJSON")
    plain = pd.DataFrame(frame.drop(columns="geometry")).replace([math.inf, -math.inf], math.nan)
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain[name] = _days(plain[name])
    rows = plain.astype(object).where(plain.notna(), None).to_dict("records")
    shapes = [None if shape is None else mapping(shape) for shape in frame["geometry"]]
    features = [
        {"type": "Feature", "geometry": shape, "properties": row}
        for shape, row in zip(shapes, rows, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, default=str).encode("utf-8")


def _has_places(frame: pd.DataFrame) -> bool:
    return "geometry" in frame and str(frame["geometry"].dtype) == "geometry"


def _require_places(frame: pd.DataFrame, what: str) -> None:
    if not _has_places(frame):
        raise OutputError(f"{what} needs located incidents: use incident-map locate", "geometry")


def _needs(what: str, extra: str) -> OutputError:
    return OutputError(f"{what} needs a library: pip install 'iraq-incident-mapper[{extra}]'", what)


_WRITERS: dict[str, Callable[[pd.DataFrame, str], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".geojson": _geojson,
    ".gpkg": _geopackage,
    ".parquet": _parquet,
    ".geoparquet": _parquet,
}
