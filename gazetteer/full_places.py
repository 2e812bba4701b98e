"""Compile lists of places and admin polygons into the places of the full data.

Done once, when data is installed, so that opening it takes no polygons.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable

from gazetteer.compiled import NAMES_FILE, PLACES_FILE, written_places
from gazetteer.installed import UNITS_FILE, fitting_names
from gazetteer.library import Library
from gazetteer.normalise import fold, key_of_folded
from gazetteer.place import Level, Place
from gazetteer.place_lists import of_units
from gazetteer.records import Record
from gazetteer.toponym import take_apart

_TWIN_KM = 5.0  # two entries of one name so near each other are one place
_SHOWN = 3  # places left out that are named
_COMMON = 3  # as many places have a word that is a person's name or a plain word


def compiled(
    library: Library,
    listed: Iterable[Record],
    core: Iterable[Place],
    *,
    say: Callable[[str], None],
) -> dict[str, bytes]:
    """Return the content of `PLACES_FILE`, `NAMES_FILE` and `UNITS_FILE`, by their names.

    Parameters
    ----------
    library : the polygons that tell in which units a place lies
    listed : places, from `of_geonames` or `of_table`
    core : the places that every library has; they are not listed again
    say : told which of the listed places lie in no unit, and so are left out

    Returns
    -------
    dict
        `PLACES_FILE`: records in the order of their ids. `NAMES_FILE`: their index.
        `UNITS_FILE`: of places of the core data, the p-codes of ``adm1`` to ``adm3``
        that their points lie in.
    """
    core = list(core)
    records = [record for record in listed if record["id"] not in {place.id for place in core}]
    held = _held(library, [record["point"] for record in records])
    for record, codes in zip(records, held, strict=True):
        by_level = zip(("adm1", "adm2", "adm3"), codes, strict=True)
        record.update({level: code for level, code in by_level if code})
    told_in = {place.id: list(place.told_in) for place in core if place.told_in}
    for record in records:
        if record.get("adm2") in told_in:
            record["told_in"] = told_in[record["adm2"]]
    inside = [record for record in records if "adm1" in record]
    outside = [record for record in records if "adm1" not in record]
    if outside:
        say(_left_out(outside, len(records)))
    single = _without_twins(inside, core)
    _weaken(single)
    units = _units_of_core(library, core)
    subdistricts = {str(record["id"]): record for record in of_units(library)}
    for place in core:
        if place.level is Level.SETTLEMENT:
            _name_after_seat(subdistricts.get((units.get(place.id) or [""])[-1] or ""), place)
    places = written_places([*subdistricts.values(), *single])
    return {
        PLACES_FILE: places,
        NAMES_FILE: fitting_names(places),
        UNITS_FILE: json.dumps(units, separators=(",", ":")).encode(),
    }


def _left_out(outside: list[Record], count: int) -> str:
    """Say which places lie in no unit of Iraq: a few are the border's, many are swapped."""
    shown = "; ".join(
        f"{record['name']} (longitude {record['point'][0]:g}, latitude {record['point'][1]:g})"
        for record in outside[:_SHOWN]
    )
    more = f" and {len(outside) - _SHOWN} more" if len(outside) > _SHOWN else ""
    told = f"{len(outside)} of {count} places lie in no unit of Iraq and are left out"
    return f"{told}: {shown}{more}"


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
    """Let a subdistrict be called by all spellings of the town in it that bears its name.

    What is weak as the town's name is weak as its own: Rashid is also a man.
    """
    if subdistrict is None:
        return
    known = {_key(name[0]) for name in subdistrict["names"]}
    if known & {_key(name.text) for name in town.names}:
        listed = {fold(name[0]) for name in subdistrict["names"]}
        keys_of_weak = {_key(name.text) for name in town.names if name.weak}
        for name in subdistrict["names"]:
            name[2] = name[2] or _key(name[0]) in keys_of_weak
        more = (name for name in town.names if fold(name.text) not in listed)
        subdistrict["names"] += [[n.text, n.language, n.weak, n.until, n.since] for n in more]


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
