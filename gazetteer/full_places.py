"""Compile lists of places and admin polygons into the places of the full data.

Done once, when data is installed, so that opening it takes no polygons. Reads
GeoNames' country dump with its alternate names, or a table of places.
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
from gazetteer.normalise import fold, is_arabic_script, key_of_folded
from gazetteer.place import Level, Place
from gazetteer.records import Record
from gazetteer.toponym import take_apart

PLACES_FILE = "places.json"
UNITS_FILE = "units.json"

_TWIN_KM = 5.0  # two entries of one name so near each other are one place
_COMMON = 3  # as many places have a word that is a person's name or a plain word
_NAME = re.compile(r"[^\W\d_][\w\s'’‘`ʼʻʿʾ´.()/-]+")
_NOT_LANGUAGES = frozenset({"link", "wkdt", "iata", "icao", "faac", "post", "unlc", "tcid", "abbr"})
_GONE = frozenset({"PPLH", "PPLQ", "PPLW"})  # historical, abandoned, destroyed
_QUARTERS = frozenset({"PPLX", "neighbourhood"})


def compiled(library: Library, listed: Iterable[Record], core: Iterable[Place]) -> dict[str, bytes]:
    """Return the content of `PLACES_FILE` and `UNITS_FILE`, by their names.

    Parameters
    ----------
    library : the polygons that tell in which units a place lies
    listed : places, from `of_geonames` or `of_table`
    core : the places that every library has; they are not listed again

    Returns
    -------
    dict
        `PLACES_FILE`: records in the order of their ids. `UNITS_FILE`: of places of
        the core data, the p-codes of ``adm1`` to ``adm3`` that their points lie in.
    """
    core = list(core)
    records = [record for record in listed if record["id"] not in {place.id for place in core}]
    held = _held(library, [record["point"] for record in records])
    for record, codes in zip(records, held, strict=True):
        by_level = zip(("adm1", "adm2", "adm3"), codes, strict=True)
        record.update({level: code for level, code in by_level if code})
    inside = [record for record in records if "adm1" in record]
    single = _without_twins(inside, core)
    _weaken(single)
    units = _units_of_core(library, core)
    subdistricts = {str(record["id"]): record for record in of_units(library)}
    for place in core:
        if place.level is Level.SETTLEMENT:
            _name_after_seat(subdistricts.get((units.get(place.id) or [""])[-1] or ""), place)
    places = sorted([*subdistricts.values(), *single], key=lambda record: str(record["id"]))
    return {PLACES_FILE: _to_json({"places": places}), UNITS_FILE: _to_json(units)}


def of_units(library: Library) -> Iterator[Record]:
    """Yield the subdistricts of a library's COD-AB polygons, which the core data does not list."""
    if Level.ADM3 not in library.levels:
        return
    for feature in json.loads(library.polygon_file(Level.ADM3)).get("features", ()):
        values = {key.lower(): value for key, value in (feature.get("properties") or {}).items()}
        pcode = values.get("adm3_pcode")
        english = values.get("adm3_en") or values.get("adm3_name")
        arabic = values.get("adm3_ar") or values.get("adm3_name1")
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


# --- putting together ------------------------------------------------------------


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _held(library: Library, points: list[list[float]]) -> list[list[str | None]]:
    if not points:
        return []
    from gazetteer.containment import containing  # imports frames

    longitude, latitude = zip(*points, strict=True)
    held = containing(library, longitude, latitude)
    columns = [held[f"{level}_pcode"].to_list() for level in ("adm1", "adm2", "adm3")]
    rows = zip(*columns, strict=True)
    return [[code if isinstance(code, str) else None for code in row] for row in rows]


def _units_of_core(library: Library, core: Iterable[Place]) -> dict[str, list[str | None]]:
    points = [
        (place, list(place.point))
        for place in core
        if place.point is not None and place.level in (Level.SETTLEMENT, Level.SITE)
    ]
    held = _held(library, [point for _, point in points])
    return {
        place.id: codes
        for (place, _), codes in zip(points, held, strict=True)
        if all(
            own is None or own == code
            for own, code in zip((place.adm1, place.adm2, place.adm3), codes, strict=True)
        )
    }


def _name_after_seat(subdistrict: Record | None, town: Place) -> None:
    """Let a subdistrict be called by all spellings of the town in it that bears its name."""
    if subdistrict is None:
        return
    known = {_key(name[0]) for name in subdistrict["names"]}
    if known & {_key(name.text) for name in town.names}:
        listed = {fold(name[0]) for name in subdistrict["names"]}
        more = (name for name in town.names if fold(name.text) not in listed)
        subdistrict["names"] += [[n.text, n.language, n.weak, n.until] for n in more]


def _without_twins(records: list[Record], core: list[Place]) -> list[Record]:
    """Leave out what lies beside a place of its name; its names go to the one that is kept."""
    known: dict[str, list[tuple[tuple[float, float], float, Record | None]]] = {}
    for place in core:
        if place.point is not None:
            for name in place.names:
                near = (place.point, (place.radius_km or 0) + _TWIN_KM, None)
                known.setdefault(_key(name.text), []).append(near)
    kept = []
    for record in sorted(records, key=lambda r: (-int(r.get("population") or 0), str(r["id"]))):
        point = (record["point"][0], record["point"][1])
        keys = {_key(name[0]) for name in record["names"]}
        twin = next(
            (
                (other,)
                for key in sorted(keys)
                for there, reach, other in known.get(key, ())
                if _km(point, there) <= reach
            ),
            None,
        )
        if twin is None:
            kept.append(record)
            for key in keys:
                known.setdefault(key, []).append((point, _TWIN_KM, record))
        elif twin[0] is not None:
            listed = {name[0] for name in twin[0]["names"]}
            twin[0]["names"] += [name for name in record["names"] if name[0] not in listed]
    return kept


def _key(text: str) -> str:
    return key_of_folded(take_apart(fold(text)).core or fold(text))


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return a distance on a plane, near enough for a few kilometres."""
    x = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return 111.2 * math.hypot(x, one[1] - other[1])


def _weaken(records: list[Record]) -> None:
    """Make names weak that anyone may bear: one word alone, or words that many places have.

    Villages are called after their founders. "Jasim Muhammad" in a text is a
    man, but "Wadi Sakran" is nobody's name.
    """
    bearers: dict[str, int] = {}
    for record in records:
        for word in {word for name in record["names"] for word in _words(name[0])}:
            bearers[word] = bearers.get(word, 0) + 1
    for record in records:
        for name in record["names"]:
            words = _words(name[0])
            distinct = any(bearers[word] <= _COMMON for word in words)
            name[2] = len(words) < 2 or not distinct


def _words(text: str) -> list[str]:
    """Return the keys of the words of a name, without articles and generic words."""
    core = take_apart(fold(text)).core
    return [key_of_folded(word) for word in core.split() if len(word) > 2]
