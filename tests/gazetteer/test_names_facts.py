"""The reviewed names: every entry well formed, every place where it says it is.

The form is that of ``gazetteer/names/README.md``. The places are compared with
OCHA's polygons and the places of Who's On First, where those are at hand;
what is known to disagree with them is listed here, each with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import yaml
from shapely.geometry import Point

from gazetteer.normalise import key
from gazetteer.place import Level

NAMES = Path(__file__).parents[2] / "gazetteer" / "names"
FILES = ("districts", "subdistricts", "settlements", "quarters", "sites", "regions", "nature")
REQUIRED = ("name", "level", "names", "sources")
OPTIONAL = ("kind", "in", "across", "told_in", "point", "radius_km", "weak", "former", "note",
            "codes")  # fmt: skip
FIELDS = {*REQUIRED, *OPTIONAL, "id", "file"}
LANGUAGES = frozenset({"en", "ar", "ckb", "kmr"})
LATIN = re.compile(r"[^\u0370-\u1dff]+")
SCRIPT = {
    "en": LATIN,
    "kmr": LATIN,
    "ar": re.compile(r"[^A-Za-zێۆەڕڵڤ]+"),
    "ckb": re.compile(r"[^A-Za-zةىيك]+"),
}
NO_SCRIPT = re.compile(r"(?!)")
METRES = 32638  # UTM 38N, good for distances anywhere in Iraq

# Points that lie outside the unit they belong to, in km.
OUTSIDE_THEIR_UNIT = {
    "x:basra-oil-terminal": 35,  # offshore
    "x:khor-al-amaya": 30,  # offshore
    "x:camp-fallujah": 3,  # OCHA draws Abu Ghraib up to the camp
    "gn:96833": 2,  # Khabat: OCHA draws Nineveh up to the Zab, which Erbil administers
    "gn:8659334": 2,  # Hilora, on the line between Aqra and Amedi
}
UNIT_TOLERANCE_KM = 1.0  # river banks and border posts: OCHA's lines are no better

# Places that lie farther than `NEAR_KM` from every place of that id in the reference, in km.
FAR_FROM_REFERENCE = {
    "gn:99344": 21,  # Hindiya: the reference gives its id to Saddat al-Hindiya
    "gn:98727": 8,  # Radwaniyah is a stretch of farms; our circle holds the reference's point
    "gn:91241": 6,  # Smaquli is a valley; our point is between its two villages
}
# Quarters that the reference lacks, or has elsewhere, while it has a namesake in the governorate.
NAMESAKES_ELSEWHERE = {
    "x:baghdad-shula": 7,  # the reference's Shula is in Sab al-Bour's subdistrict
    "x:mosul-musharifa": 50,  # villages south and west
    "x:mosul-dawasa": 40,  # a village near Wana
    "x:kirkuk-shorja": 15,  # villages to the east
}
NEAR_KM = 4.0


def _entries() -> list[dict[str, Any]]:
    found = []
    for name in FILES:
        for entry in yaml.safe_load((NAMES / f"{name}.yml").read_text(encoding="utf-8")):
            found.append({**entry, "file": name})
    return found


ENTRIES = _entries()


def _faults(check: Any) -> list[str]:
    return [f"{e['file']}.yml {e['id']} {e.get('name')}: {f}" for e in ENTRIES for f in check(e)]


def test_every_entry_is_well_formed() -> None:
    faults = _faults(_faults_of_form)
    assert not faults, "\n".join(faults)


def _faults_of_form(entry: dict[str, Any]) -> list[str]:
    faults = [f"unknown field {name}" for name in sorted(set(entry) - FIELDS)]
    faults += [f"lacks {n}" for n in REQUIRED if not entry.get(n)]
    if not re.fullmatch(r"IQG\d\dQ\d\d(N\d\d)?|gn:\d+|x:[a-z0-9]+(-[a-z0-9]+)*", entry["id"]):
        faults.append("id of no known form")
    if faults:
        return faults
    texts = _texts(entry)
    faults += [f"unknown language {one}" for one in set(entry["names"]) - LANGUAGES]
    faults += [f"{text!r} is no text" for text in texts if not isinstance(text, str)]
    if faults:
        return faults
    faults += [f"{text!r} has stray spaces" for text in texts if text != " ".join(text.split())]
    faults += [f"{text!r} twice" for group in entry["names"].values() for text in _twice(group)]
    faults += [
        f"{text!r} is not written as {language} is"
        for language, group in entry["names"].items()
        for text in group
        if not SCRIPT.get(language, NO_SCRIPT).fullmatch(text)
    ]
    former = entry.get("former", {})
    marked = {*entry.get("weak", ()), *former}
    faults += [f"{text!r} is marked but not among its names" for text in marked - set(texts)]
    faults += [f"in use {years}" for years in former.values() if not _are_years(years)]
    if "en" not in entry["names"] or "ar" not in entry["names"]:
        faults.append("lacks an English or Arabic name")
    if len(set(entry["sources"])) < 2:
        faults.append("needs two sources")
    return faults + _faults_of_place(entry)


def _faults_of_place(entry: dict[str, Any]) -> list[str]:
    level, known_town = Level.of(entry["level"]), entry["id"].startswith("gn:")
    faults = []
    if level in (Level.SETTLEMENT, Level.SITE):
        needed = ("in",) if known_town else ("in", "point", "radius_km")
        faults += [f"lacks {name}" for name in needed if name not in entry]
    if level is Level.ADM2 and not re.fullmatch(r"IQG\d\d", entry.get("in", "")):
        faults.append("a district lies in a governorate")
    if "in" in entry and not re.fullmatch(r"IQG\d\d(Q\d\d(N\d\d)?)?", entry["in"]):
        faults.append(f"{entry['in']} is no p-code")
    across = entry.get("across", ["IQG01", "IQG02"])
    if len(set(across)) < 2 or ("in" in entry and "across" in entry):
        faults.append("lies across several governorates, or in one")
    across = [*across, *entry.get("told_in", ())]
    if entry.get("in", "")[:5] in entry.get("told_in", ()):
        faults.append("is told in the governorate that it lies in")
    faults += [f"{one} is no governorate" for one in across if not re.fullmatch(r"IQG\d\d", one)]
    if "across" in entry and level is not Level.REGION:
        faults.append("only regions lie across governorates")
    if "point" in entry:
        longitude, latitude = entry["point"]
        if not (38.7 < longitude < 49 and 29 < latitude < 37.5):
            faults.append(f"{entry['point']} is not in Iraq (longitude comes first)")
        if "radius_km" not in entry:
            faults.append("a point without a radius claims too much")
    if not 0.2 <= entry.get("radius_km", 1) <= 40:
        faults.append(f"radius of {entry['radius_km']} km")
    return faults


def _texts(entry: dict[str, Any]) -> list[str]:
    return [text for group in entry["names"].values() for text in group]


def _twice(texts: list[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]


def _are_years(years: int | list[int] | None) -> bool:
    """Whether these are the year a name was given up, or those of its whole use."""
    if isinstance(years, list):
        return len(years) == 2 and years[0] < years[1] and all(map(_are_years, years))
    return years is None or 1850 <= years <= 2030


def test_ids_are_unique() -> None:
    assert not _twice([entry["id"] for entry in ENTRIES])


@pytest.fixture(scope="module")
def units(shared_data: Path) -> dict[str, Any]:
    """Return p-code -> polygon in metres, levels 1 to 3."""
    found = {}
    for level in (1, 2, 3):
        frame = gpd.read_file(shared_data / "cod-ab" / f"irq_admbnda_adm{level}.geojson")
        found |= dict(zip(frame[f"ADM{level}_PCODE"], frame.geometry.to_crs(METRES), strict=True))
    return found


@pytest.fixture(scope="module")
def places(shared_data: Path) -> pd.DataFrame:
    """Return the reference's places, with their points in metres."""
    frame = pd.read_csv(shared_data / "wof" / "wof_iq_places.csv", low_memory=False)
    frame["point"] = gpd.GeoSeries.from_xy(frame.lon, frame.lat, crs=4326).to_crs(METRES)
    return frame


def test_every_district_of_the_p_code_list_is_there(units: dict[str, Any]) -> None:
    assert {e["id"] for e in ENTRIES} >= {code for code in units if len(code) == 8}


def test_units_exist(units: dict[str, Any]) -> None:
    assert not [(e["id"], e["in"]) for e in ENTRIES if "in" in e and e["in"] not in units]


def test_points_lie_in_their_units(units: dict[str, Any], places: pd.DataFrame) -> None:
    by_id = _points_by_id(places)
    faults = []
    for entry, point in _points():
        points = [point] if point else by_id.get(entry["id"], [])
        allowed = OUTSIDE_THEIR_UNIT.get(entry["id"], UNIT_TOLERANCE_KM)
        distance = min((units[entry["in"]].distance(p) / 1000 for p in points), default=0.0)
        if distance > allowed:
            faults.append(f"{entry['id']} {entry['name']}: {distance:.1f} km outside {entry['in']}")
    assert not faults, "\n".join(faults)


def test_towns_lie_where_the_reference_has_them(places: pd.DataFrame) -> None:
    by_id = _points_by_id(places)
    faults = []
    for entry, point in _points():
        references = by_id.get(entry["id"], []) if point else []
        distance = min((p.distance(point) / 1000 for p in references), default=0.0)
        if distance > FAR_FROM_REFERENCE.get(entry["id"], NEAR_KM):
            faults.append(f"{entry['id']} {entry['name']}: {distance:.1f} km from the reference's")
    assert not faults, "\n".join(faults)


def test_places_without_an_id_lie_near_a_namesake(
    places: pd.DataFrame, units: dict[str, Any]
) -> None:
    """Where the reference has the name in that governorate, one of those must be ours."""
    by_key = _points_by_key(places)
    faults = []
    for entry, point in _points():
        if point is None or entry["file"] == "sites" or not entry["id"].startswith("x:"):
            continue
        governorate = units[entry["in"][:5]]
        strong = set(_texts(entry)) - set(entry.get("weak", ()))
        namesakes = [p for t in strong for p in by_key.get(key(t), ()) if governorate.contains(p)]
        distance = min((point.distance(p) / 1000 for p in namesakes), default=0.0)
        if distance > NAMESAKES_ELSEWHERE.get(entry["id"], NEAR_KM):
            faults.append(f"{entry['id']} {entry['name']}: nearest namesake {distance:.1f} km away")
    assert not faults, "\n".join(faults)


def test_every_point_is_confirmed_by_a_reference(
    places: pd.DataFrame, units: dict[str, Any], record_property: Callable[[str, object], None]
) -> None:
    """A polygon that holds it, a place of its name or id beside it: most have both."""
    by_key, by_id = _points_by_key(places), _points_by_id(places)
    confirmed: dict[str, Counter[int]] = {}
    by_none = []
    for entry, point in _points():
        if point is None:
            continue
        reach = entry["radius_km"] + NEAR_KM
        allowed = UNIT_TOLERANCE_KM
        names = [text.split(" (")[0] for text in _texts(entry)]
        namesakes = [p for text in names for p in by_key.get(key(text), ())]
        namesakes += by_id.get(entry["id"], [])
        inside = units[entry["in"]].distance(point) / 1000 <= allowed
        beside = any(p.distance(point) / 1000 <= reach for p in namesakes)
        confirmed.setdefault(entry["file"], Counter())[inside + beside] += 1
        if not inside and not beside:
            by_none.append(entry["id"])
    for file, counts in confirmed.items():
        record_property(file, {n: counts[n] for n in range(3)})  # by none, by one, by both
    assert set(by_none) <= set(OUTSIDE_THEIR_UNIT)
    assert confirmed["settlements"][2] >= 0.85 * confirmed["settlements"].total()


def _points() -> list[tuple[dict[str, Any], Point | None]]:
    """Return the entries of one spot, with their points in metres where they give one."""
    spots = (Level.SETTLEMENT, Level.SITE)
    entries = [entry for entry in ENTRIES if "in" in entry and Level.of(entry["level"]) in spots]
    given = [Point(e["point"]) if "point" in e else None for e in entries]
    return list(zip(entries, gpd.GeoSeries(given, crs=4326).to_crs(METRES), strict=True))


def _points_by_id(places: pd.DataFrame) -> dict[str, list[Point]]:
    """Return the reference's points of each GeoNames id: it has some ids several times."""
    known = places[places.gn_id.notna()]
    return {f"gn:{int(i)}": list(points) for i, points in known.groupby("gn_id").point}


def _points_by_key(places: pd.DataFrame) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    columns = (places.name, places.names_eng.fillna(""), places.names_ara.fillna(""), places.point)
    for *texts, point in zip(*columns, strict=True):
        for text in {t for group in texts for t in group.split("|") if t}:
            found.setdefault(key(text), []).append(point)
    return found
