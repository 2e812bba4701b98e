"""Read what publishers list of places: OCHA's subdistricts, GeoNames' dump, a table.

Each reader yields records, as `gazetteer.records` describes them.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from gazetteer.errors import DataError
from gazetteer.library import Library
from gazetteer.normalise import fold, is_arabic_script
from gazetteer.place import Level
from gazetteer.records import Record

_NAME = re.compile(r"[^\W\d_][\w\s'’‘`ʼʻʿʾ´.()/-]+")
_NOT_LANGUAGES = frozenset({"link", "wkdt", "iata", "icao", "faac", "post", "unlc", "tcid", "abbr"})
_GONE = frozenset({"PPLH", "PPLQ", "PPLW"})  # historical, abandoned, destroyed
_QUARTERS = frozenset({"PPLX", "neighbourhood"})


def of_units(library: Library) -> Iterator[Record]:
    """Yield the subdistricts of a library's polygons, which the core data does not list."""
    if Level.ADM3 not in library.levels:
        return
    for values in _described(library):
        pcode = values.get("adm3_pcode") or values.get("pcode")
        english = values.get("adm3_en") or values.get("adm3_name") or values.get("name")
        arabic = values.get("adm3_ar") or values.get("adm3_name1") or values.get("name_ar")
        if isinstance(pcode, str) and len(pcode) == 11 and english:
            names = [[english, "en", False, None]]
            if isinstance(arabic, str) and is_arabic_script(arabic):
                names.append([arabic.strip(), "ar", False, None])
            yield {
                "id": pcode,
                "name": english,
                "level": "adm3",
                "names": names,
                "adm1": pcode[:5],
                "adm2": pcode[:8],
                "adm3": pcode,
                "source": "OCHA COD-AB",
            }


def _described(library: Library) -> Iterator[dict[str, Any]]:
    """Yield what a file says of each subdistrict, its columns in small letters."""
    frame = library.kept(("polygons", Level.ADM3))
    if frame is not None:
        yield from frame.drop(columns="geometry").to_dict("records")
        return
    for feature in json.loads(library.polygon_file(Level.ADM3)).get("features", ()):
        yield {key.lower(): value for key, value in (feature.get("properties") or {}).items()}


def of_table(content: bytes, source: str) -> Iterator[Record]:
    """Yield the places of a table.

    Parameters
    ----------
    content : CSV, UTF-8: ``name``, ``lat``, ``lon``, and ``gn_id`` or
        ``wof_id``; ``names_eng``, ``names_ara``, ``names_kur`` (several names
        separated by ``|``), ``placetype``, ``population`` if known
    source : whom the places come from

    Raises
    ------
    DataError
        A column is missing, or a row has no coordinates; names the row.
    """
    reader = csv.DictReader(io.StringIO(_text(content, source)))
    missing = {"name", "lat", "lon"} - set(reader.fieldnames or ())
    if missing:
        raise DataError(f"{source}: the column {', '.join(sorted(missing))} is missing", source)
    for number, row in enumerate(reader, start=2):
        texts = [
            (row["name"], ""),
            *(
                (text, language)
                for column, language in (("names_eng", "en"), ("names_ara", "ar"))
                for text in (row.get(column) or "").split("|")
            ),
            *((text, "ku") for text in (row.get("names_kur") or "").split("|")),
        ]
        id = f"gn:{row['gn_id']}" if row.get("gn_id") else f"x:wof-{row.get('wof_id') or number}"
        point = _point(row["lon"], row["lat"], f"{source}, row {number}")
        kind = row.get("placetype") or ""
        yield from _record(id, texts, point, kind, row.get("population") or "", source)


def of_geonames(dump: bytes, alternate: bytes | None) -> Iterator[Record]:
    """Yield the populated places of GeoNames' dump of Iraq and its alternate names.

    Raises
    ------
    DataError
        A file is not of GeoNames' shape; names the line.
    """
    aliases: dict[str, list[tuple[str, str]]] = {}
    for _, cells in _lines(alternate or b"", "GeoNames' alternate names", least=4):
        historic = len(cells) > 7 and cells[7] == "1"
        if cells[2] not in _NOT_LANGUAGES and not historic:
            aliases.setdefault(cells[1], []).append((cells[3], cells[2]))
    for number, cells in _lines(dump, "GeoNames' dump", least=15):
        if cells[6] != "P" or cells[7] in _GONE or cells[8] != "IQ":
            continue
        texts = [(cells[1], ""), (cells[2], ""), *aliases.get(cells[0], ())]
        if not aliases.get(cells[0]):
            texts += [(text, "") for text in cells[3].split(",")]
        point = _point(cells[5], cells[4], f"GeoNames' dump, line {number}")
        yield from _record(f"gn:{cells[0]}", texts, point, cells[7], cells[14], "GeoNames")


# --- reading -------------------------------------------------------------------


def _text(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{source}: not UTF-8 text", source) from None


def _lines(content: bytes, source: str, *, least: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(_text(content, source).split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if line and len(cells) < least:
            raise DataError(f"{source}, line {number}: {len(cells)} columns of {least}", line[:80])
        if line:
            yield number, cells


def _point(longitude: str, latitude: str, where: str) -> list[float]:
    try:
        point = [round(float(longitude), 5), round(float(latitude), 5)]
    except (TypeError, ValueError):
        message = f"{where}: {longitude}, {latitude} are no coordinates"
        raise DataError(message, where) from None
    return point


def _record(
    id: str,
    texts: Iterable[tuple[str, str]],
    point: list[float],
    kind: str,
    population: str,
    source: str,
) -> Iterator[Record]:
    """Yield the record of a place that has a name in one of our scripts."""
    names: dict[str, list[Any]] = {}
    for text, language in texts:
        text = text.strip()
        written = _written_in(text, language)
        if written:  # spellings that differ in accents only are one name
            names.setdefault(fold(text), [text, written, False, None])
    if not names or not all(map(math.isfinite, point)):
        return
    record: Record = {
        "id": id,
        "name": next(iter(names.values()))[0],
        "level": "settlement",
        "names": list(names.values()),
        "point": point,
        "radius_km": 2.0,
        "source": source,
    }
    if kind in _QUARTERS:
        record["kind"] = "quarter"
    if population.replace(".0", "").isdigit() and float(population) > 0:
        people = int(float(population))
        record["population"] = people
        record["radius_km"] = round(math.sqrt(max(people, 5000) / 5000 / math.pi) + 1.4, 1)
    yield record


def _written_in(text: str, language: str) -> str:
    """Return the language of a name, or nothing where it is in none of ours."""
    if language not in ("", "en", "ar", "ku", "ckb", "kmr") or not _NAME.fullmatch(text):
        return ""
    if len(text) > 80 or len(fold(text)) < 3:
        return ""
    if is_arabic_script(text):
        if re.search("[A-Za-z]", text):
            return ""
        return "ckb" if language in ("ku", "ckb") or re.search("[ەێۆڕڵڤ]", text) else "ar"
    if re.search(r"[^\u0000-\u024f\u02b0-\u02ff\u0300-\u036f\u1e00-\u1eff\u2010-\u2027]", text):
        return ""
    return "kmr" if language in ("ku", "kmr") else "en"
