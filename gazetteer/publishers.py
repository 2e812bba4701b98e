"""Whose columns a table of polygons has, and which level it is of.

COD-AB of all years, geoBoundaries, GADM, and columns that the user names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from gazetteer.errors import DataError
from gazetteer.library import ADMIN_LEVELS
from gazetteer.place import Level

MAPPED = ("pcode", "name", "arabic", "parent", "level")
"""What a user can say of the columns; ``level`` is a level, or a column of levels."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns say what, and of which level the polygons are.

    ``codes`` and ``parents`` may lack; ``names`` are tried in their order, and
    ``country`` tells which rows are of Iraq.
    """

    publisher: str
    licence: str
    level: Level
    codes: str | None
    names: tuple[str, ...]
    parents: str | None = None
    country: str | None = None


def layout_of(
    published: pd.DataFrame, *, hint: str = "", mapping: Mapping[str, str] | None = None
) -> Layout | None:
    """Recognise a publisher's columns; None where they are of none that is known.

    Parameters
    ----------
    published : the table of polygons
    hint : its name, which tells the level where the columns do not
    mapping : the user's word for what the columns are, by `MAPPED`

    Raises
    ------
    DataError
        The mapping names a column that is not there, or leaves the level open.
    """
    if mapping:
        return _mapped(published, mapping, hint)
    columns = {str(column).lower(): str(column) for column in published.columns}
    return (
        _core(columns, hint)
        or _cod_ab(columns)
        or _geoboundaries(columns, published, hint)
        or _gadm(columns)
    )


# --- whose columns ---------------------------------------------------------------


def _core(columns: Mapping[str, str], hint: str) -> Layout | None:
    level = _level_in(hint)
    if not {"pcode", "name"} <= set(columns) or level is None:
        return None
    names = tuple(columns[c] for c in ("name", "name_ar") if c in columns)
    return Layout("Admin boundaries", _UNKNOWN, level, columns["pcode"], names)


_UNKNOWN = "as its publisher says"
_COD_CODE = re.compile(r"adm(?:in)?([0-3])_?pcode?")  # shapefiles cut at ten letters
_COD_NAMES = (
    "_en",
    "_name",
    "_name1",
    "_name2",
    "_name3",
    "_ref_name",
    "_ar",
    "_ku",
    "name",
    "name_en",
    "name_ar",
    "name_e",
    "name_a",
    "refn",
    "refname",
    "altnm",
    "altn",
    "altnam",
    "altname",
)


def _cod_ab(columns: Mapping[str, str]) -> Layout | None:
    """COD-AB: ``ADM1_PCODE``, ``admin1Pcode``, and since 2025 ``adm1_pcode`` with ``adm1_name``."""
    codes = {found[1]: column for column in columns if (found := _COD_CODE.fullmatch(column))}
    if not codes:
        return None
    number = max(codes)
    stems = (f"adm{number}", f"admin{number}")
    names = [stem + end for end in _COD_NAMES for stem in stems if stem + end in columns]
    country = columns[codes["0"]] if "0" in codes else None
    return Layout(
        "OCHA COD-AB boundaries",
        "CC BY-IGO",
        ADMIN_LEVELS[int(number)],
        columns[codes[number]],
        tuple(columns[name] for name in names),
        country=country,
    )


def _geoboundaries(columns: Mapping[str, str], published: pd.DataFrame, hint: str) -> Layout | None:
    if "shapename" not in columns:
        return None
    types: set[str] = set()
    if "shapetype" in columns:
        types = set(published[columns["shapetype"]].dropna().astype("str"))
    level = _level_in(types.pop() if len(types) == 1 else hint)
    if level is None:
        raise DataError(f"{hint}: of which level are its polygons? Say level=2 (or 1, 3)", hint)
    return Layout(
        "geoBoundaries",
        "CC BY",
        level,
        columns.get("shapeiso"),
        (columns["shapename"],),
        country=columns.get("shapegroup"),
    )


def _gadm(columns: Mapping[str, str]) -> Layout | None:
    """GADM: ``GID_1, NAME_1`` since 3.0, ``ID_1, NAME_1`` before."""
    numbers = [n for n in "3210" if f"gid_{n}" in columns or f"id_{n}" in columns]
    if not numbers:
        return None
    number = numbers[0]
    names = [f"name_{number}", f"varname_{number}", f"nl_name_{number}", "country", "name_0"]
    return Layout(
        "GADM",
        "not for commercial use",
        ADMIN_LEVELS[int(number)],
        None,
        tuple(columns[name] for name in names[: 5 if number == "0" else 3] if name in columns),
        parents=columns.get("name_1") if number in "23" else None,
        country=columns.get("gid_0") or columns.get("iso"),
    )


def _mapped(published: pd.DataFrame, mapping: Mapping[str, str], hint: str) -> Layout:
    has = list(map(str, published.columns))
    stray = sorted(set(mapping) - set(MAPPED))
    if stray:
        raise DataError(f"boundaries have no {stray[0]!r}: there are {', '.join(MAPPED)}", stray)
    for what in ("pcode", "name", "arabic", "parent"):
        if what in mapping and mapping[what] not in has:
            columns = ", ".join(column for column in has if column != "geometry")
            raise DataError(f"{hint}: no column {mapping[what]!r}: it has {columns}", mapping[what])
    if not {"pcode", "name"} & set(mapping):
        raise DataError("say which column has the p-codes (pcode=) or the names (name=)", mapping)
    names = tuple(mapping[what] for what in ("name", "arabic") if what in mapping)
    level = _mapped_level(published, mapping) or _level_in(hint)
    if level is None:
        raise DataError(f"{hint}: of which level are its polygons? Say level=2 (or 1, 3)", hint)
    codes, parents = mapping.get("pcode"), mapping.get("parent")
    return Layout("Admin boundaries", _UNKNOWN, level, codes, names, parents=parents)


def _mapped_level(published: pd.DataFrame, mapping: Mapping[str, str]) -> Level | None:
    if "level" in mapping:
        said = Level.of(mapping["level"])
        if not said.is_admin:
            raise DataError(f"{said} has no polygons: levels are 0 to 3", said)
        return said
    if "pcode" not in mapping:
        return None
    lengths = set(published[mapping["pcode"]].dropna().astype("str").str.strip().str.len())
    by_length = {2: Level.ADM0, 5: Level.ADM1, 8: Level.ADM2, 11: Level.ADM3}
    return by_length.get(lengths.pop()) if len(lengths) == 1 else None


_LEVEL = re.compile(
    r"(?:adm|admin|level|adm_adm)[ _-]?([0-3])(?!\d)|_([0-3])(?:\.|$)", re.IGNORECASE
)


def _level_in(text: str) -> Level | None:
    found = _LEVEL.findall(text)
    return ADMIN_LEVELS[int("".join(found[-1]))] if found else None
