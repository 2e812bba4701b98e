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
from typing import Any

import pandas as pd

from mapper.errors import OutputError
from mapper.schema import FORMULA, is_held_by_pyarrow
from mapper.writing import require_target, write_whole

# Spreadsheet programs run a cell that begins like this as a formula, but for plain numbers.
_FORMULA = re.compile(rf"^(?!-[.,]?\d[\d.,]*(?:[eE][+-]?\d+)?\Z)(?='*{FORMULA})")

# Not text: control characters, for which XML has no place, and halves of surrogate pairs.
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_UNWRITABLE = re.compile(_CONTROLS.replace("]", "\ud800-\udfff]"))

# What XLSX readers take for an escaped character, and the letter that keeps them from it.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_SHEET_ROWS, _SHEET_COLUMNS, _CELL_LETTERS = 1_048_576, 16_384, 32_767
_DATABASE_COLUMNS = 1_999  # and one that counts the rows
_EXACT = 2**53
_EXACT_IN_SHEETS = 10**15  # which show 15 digits
"""Spreadsheets, browsers and mapping programs hold whole numbers from here on no longer exactly."""


def write_incidents(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write an INCIDENTS or LOCATED frame, every column, in its order.

    What a format cannot hold becomes the same in all of them: control characters and
    halves of surrogate pairs are U+FFFD, an empty text is a missing one (Parquet
    keeps both), a column's name is one line, a second column of a name gets a number (in
    GeoPackage also one that differs only in case: beside ``place``, ``Place`` is ``Place (2)``),
    whole numbers from 2**53 on are text in XLSX, GeoJSON and GeoPackage. Kinds of values
    that not every format has (durations, categories, lists) are text in all.

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
        if isinstance(values.dtype, pd.StringDtype):
            if exact and is_held_by_pyarrow(values):
                continue
            tidy = values.astype("str").mask(values == "")
            pattern = _CONTROLS if is_held_by_pyarrow(values) else _UNWRITABLE
            plain[name] = tidy.str.replace(pattern, "\ufffd", regex=True)
        elif not _is_held_by_all(values):
            known = zip(values, values.notna(), strict=True)
            texts = [_tidy(str(value)) if there else None for value, there in known]
            plain[name] = pd.Series(texts, dtype="str")
    return plain


def _is_held_by_all(values: pd.Series[Any]) -> bool:
    """Whether every format has a place for the kind of values: numbers, flags, moments, shapes."""
    kind = str(values.dtype)
    return kind == "geometry" or (values.dtype.kind in "biufM" and kind != "float16")


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
    flat = _for_spreadsheets(
        _exact_numbers(frame.replace("\r\n?", "\n", regex=True), below=_EXACT_IN_SHEETS)
    )
    if len(flat) >= _SHEET_ROWS or len(flat.columns) > _SHEET_COLUMNS:
        raise _too_large(f"{len(flat):,} rows of {len(flat.columns):,} columns")
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = _for_cells(flat[name], name)
    flat.columns = pd.Index(_for_cells(pd.Series(flat.columns, dtype="str")))
    content = io.BytesIO()
    try:
        flat.to_excel(content, index=False, engine="openpyxl", sheet_name=layer)
    except ImportError:
        raise _needs("XLSX", "xlsx") from None
    return content.getvalue()


def _for_cells(texts: pd.Series[str], name: str | None = None) -> pd.Series[str]:
    """Texts of a column of that name, or the header."""
    # letters as the format counts them: those beyond the first 65,536 are two
    letters = texts.str.len() + texts.str.count("[\U00010000-\U0010ffff]")
    if (letters > _CELL_LETTERS).any():
        at = int(letters.to_numpy().argmax())
        where = f"row {at + 2} of {name[:40]!r}" if name else f"the name of column {at + 1}"
        raise _too_large(f"{where} with {int(letters.iloc[at]):,} letters")
    return texts.str.replace(_ESCAPE, "_x005F_", regex=True)


def _too_large(what: str) -> OutputError:
    limits = f"{_SHEET_ROWS:,} rows, {_SHEET_COLUMNS:,} columns, {_CELL_LETTERS:,} letters a cell"
    return OutputError(f"{what}: XLSX holds at most {limits}: write .csv instead", ".xlsx")


def _for_spreadsheets(frame: pd.DataFrame) -> pd.DataFrame:
    """Flatten a frame, with days as text and nothing in it that a spreadsheet would run."""
    flat = pd.DataFrame(frame)
    if _has_places(frame):
        flat["geometry"] = frame["geometry"].to_wkt(rounding_precision=-1).astype("str")
    for name in flat.columns:
        if pd.api.types.is_string_dtype(flat[name]):
            flat[name] = flat[name].str.replace(_FORMULA, "'", regex=True)
        elif pd.api.types.is_datetime64_any_dtype(flat[name]):
            flat[name] = _days(flat[name])
    flat.columns = pd.Index([_FORMULA.sub("'", name) for name in flat.columns])
    return flat


def _days(moments: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """Days, and their time and zone where these are told."""
    texts = moments.astype("str").where(moments.notna())
    return texts.str.replace(r" 00:00:00(\.0+)?$", "", regex=True)


def _exact_numbers(frame: pd.DataFrame, *, below: int = _EXACT) -> pd.DataFrame:
    """Write a column of whole numbers as text where a program that reads it would round them."""
    exact = frame.copy()
    for name in frame.columns:
        values = frame[name]
        if (
            pd.api.types.is_integer_dtype(values)
            and not values.dropna().between(1 - below, below - 1).all()
        ):
            exact[name] = values.astype("str").where(values.notna())
    return exact


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

    if len(frame.columns) > _DATABASE_COLUMNS:
        raise OutputError(
            f"{len(frame.columns):,} columns: GeoPackage holds at most {_DATABASE_COLUMNS:,}: "
            "write .parquet instead",
            ".gpkg",
        )
    flat = pd.DataFrame(_exact_numbers(frame)).set_axis(_unlike(frame.columns), axis=1)
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
    plain = pd.DataFrame(_exact_numbers(frame).drop(columns="geometry"))
    plain = plain.replace([math.inf, -math.inf], math.nan)
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
