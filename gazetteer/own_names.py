"""The user's own names: a small table that goes before everything the gazetteer knows.

Each row gives a name and either the id of a place (a p-code, ``gn:98182``,
``x:taji-base``) or a longitude and latitude; and the units that the name is told to
lie within, if it means that place only there.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gazetteer.errors import DataError, GazetteerError
from gazetteer.index import Hit, Index
from gazetteer.nesting import RANK, lies_in
from gazetteer.normalise import fold, is_arabic_script
from gazetteer.place import Level, Match, Name, Place, Polygons

_COLUMNS = {
    "name": ("name", "place", "الاسم", "ناو"),
    "id": ("id", "place_id", "pcode", "p-code", "p_code"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "latitude": ("latitude", "lat"),
    "level": ("level",),
    "within": ("within",),
    "reason": ("reason",),
}
_AREA = (38.7, 29.0, 48.7, 37.5)  # west, south, east, north of Iraq
_BORDER_DEGREES = 0.05  # about five kilometres
_ABOUT_A_POINT = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]
_RADIUS_KM = 1.0  # of a point that somebody took down for a name
_UNIT_LEVELS = (Level.ADM1, Level.ADM2, Level.ADM3)
_POINT_LEVELS = (Level.SETTLEMENT, Level.SITE, Level.REGION)


@dataclass(frozen=True, slots=True)
class OwnName:
    """One row of the table; ``where`` says which, for messages."""

    where: str
    text: str
    id: str | None
    point: tuple[float, float] | None
    level: Level | None
    within: str = ""


def read(path: str | Path) -> tuple[OwnName, ...]:
    """Read a table of own names.

    Parameters
    ----------
    path : a CSV file, UTF-8 or UTF-16, separated by comma, semicolon or tab, with a
        header: ``name``; ``id`` (or ``pcode``), or ``longitude`` and
        ``latitude`` (degrees, WGS 84); ``level`` if wished; ``within``, the units that
        the name must be told with, such as ``Hawija, Kirkuk``. In a list of names to
        decide, which tells the ``reason`` of each, those not decided are passed over

    Raises
    ------
    DataError
        The file cannot be read, or a row is no good; names the file and the row.
    """
    columns, rows = _table(path)
    return tuple(
        _own_name(f"{path}, row {number}", row, columns)
        for number, row in rows
        if not _is_open(row, columns)
    )


def left_open(path: str | Path) -> list[str]:
    """Say how many names of a list to decide are not decided; nothing where all are."""
    columns, rows = _table(path)
    number = sum(_is_open(row, columns) for _, row in rows)
    names = "1 name has" if number == 1 else f"{number:,} names have"
    return [f"{path}: {names} neither an id nor coordinates yet: left open"] * bool(number)


class OwnIndex(Index):
    """An index in which the user's own names mean what the user says, and nothing else.

    A name that is decided within a unit means its place where it is told to lie there; any
    other means it unless it is told to lie elsewhere, where the gazetteer knows the name.

    Parameters
    ----------
    index : of all places
    own : what the user's names mean, by folded name
    parent : what the names that are asked for are told to lie in
    """

    def __init__(
        self, index: Index, own: Mapping[str, Sequence[Hit]], parent: Place | None = None
    ) -> None:
        self._index, self._own, self._parent = index, own, parent

    def within(self, parent: Place | None) -> OwnIndex:
        """Return the index of what names mean that are told to lie in a place."""
        return self if parent is self._parent else OwnIndex(self._index, self._own, parent)

    def named(self, folded: str) -> Sequence[Hit]:
        """Return the user's places of a name; where there are none, those of the gazetteer."""
        return self._meant(folded) or self._index.named(folded)

    def alike(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a name with the first known key of a folded one."""
        found: list[Hit] = []
        for hit in self._index.alike(folded):
            found += [h for h in self._meant(hit.folded) or [hit] if h not in found]
        return found

    def near(self, folded: str) -> Sequence[str]:
        """Return the folded names that a folded text is one typing error away from."""
        return self._index.near(folded)

    def spelled(self, folded: str) -> Sequence[Hit]:
        """Return the user's places of a name; where there are none, also namesakes."""
        return self._meant(folded) or self._index.spelled(folded)

    def _meant(self, folded: str) -> list[Hit]:
        hits, parent = self._own.get(folded, ()), self._parent
        anywhere = [hit for hit in hits if hit.within is None]
        if not hits or parent is None:
            return anywhere
        decided = [hit for hit in hits if hit.within and lies_in(parent, hit.within)]
        if not any(lies_in(hit.place, parent) for hit in anywhere):
            known = self._index.named(folded)
            anywhere = [] if any(lies_in(hit.place, parent) for hit in known) else anywhere
        return decided or anywhere


def hits_of(
    names: Iterable[OwnName],
    *,
    find: Callable[[str], Place],
    resolve: Callable[..., Match],
    units_at: Callable[[tuple[float, float]], Sequence[str | None]],
    polygons: Polygons,
    say: Callable[[str], None],
) -> dict[str, list[Hit]]:
    """Return the places that own names mean, by folded name.

    Parameters
    ----------
    names : the rows of the table
    find : returns the place of an id, or raises a GazetteerError
    resolve : resolves the units that names are told to lie within, as `Gazetteer.resolve` does
    units_at : returns the p-codes of ``adm1`` to ``adm3`` that hold a point
    polygons : gives the places their polygons
    say : told which rows decide nothing, as no unit is known that they tell

    Raises
    ------
    DataError
        No place has the id of a row, its level is another, or its point is not in Iraq;
        names the row.
    """
    hits: dict[str, list[Hit]] = {}
    changed: dict[str, Place] = {}
    for number, own in enumerate(names, start=1):
        name = Name(own.text, "ar" if is_arabic_script(own.text) else "en")
        parts = _parts_told(own.within, resolve)
        within = _unit_told(parts, resolve)
        if own.point is None:
            place = _known_place(own, find)
        else:
            adm1, adm2, adm3 = _units_about(own, own.point, units_at)
            place = Place(
                id=f"x:own-{number}",
                name=own.text,
                level=own.level or Level.SETTLEMENT,
                point=own.point,
                radius_km=_RADIUS_KM,
                adm1=adm1,
                adm2=adm2,
                adm3=adm3,
                source="own names",
                _polygons=polygons,
            )
        if parts and within is None:  # it is told to lie there, so it means nothing elsewhere
            told = f"its within, {own.within!r}, is not known"
            say(f"{own.where}: {own.text!r} decides nothing: {told}")
            continue
        place = changed.get(place.id, place)
        if within is None or own.point is not None:
            place = changed[place.id] = replace(place, names=(*place.names, name))
        hits.setdefault(fold(own.text), []).append(Hit(place, name, own=True, within=within))
    return {
        folded: [hit._replace(place=changed.get(hit.place.id, hit.place)) for hit in found]
        for folded, found in hits.items()
    }


def _parts_told(within: str, resolve: Callable[..., Match]) -> list[str]:
    """The parts of "Hawija, Kirkuk, Iraq", from the widest, but for the country, which is all."""
    parts = [part for part in reversed(re.split("[,،;؛]", within)) if part.strip()]
    return [part for part in parts if resolve(part, level=Level.ADM0).place is None]


def _unit_told(parts: Iterable[str], resolve: Callable[..., Match]) -> Place | None:
    """The finest unit of parts that is known; None where no unit is."""
    unit: Place | None = None
    for part in parts:
        finer = [level for level in _UNIT_LEVELS if not unit or RANK[level] > RANK[unit.level]]
        found = (resolve(part, within=unit, level=level).place for level in finer)
        unit = next((place for place in found if place), unit)
    return unit


def _units_about(
    own: OwnName, point: tuple[float, float], units_at: Callable[..., Sequence[str | None]]
) -> Sequence[str | None]:
    """Return the units that hold a point, or its governorate where it is hardly over the border.

    The core data's border is coarse, and some crossings lie on it.
    """
    units = units_at(point)
    x, y = point
    for east, north in _ABOUT_A_POINT if units[0] is None else ():
        near = units_at((x + east * _BORDER_DEGREES, y + north * _BORDER_DEGREES))
        if near[0] is not None:
            return [near[0], None, None]
    if units[0] is None:
        told = f"longitude {x:g}, latitude {y:g} is not in Iraq: are they swapped?"
        raise DataError(f"{own.where}: {told}", point)
    return units


def _known_place(own: OwnName, find: Callable[[str], Place]) -> Place:
    told = own.id or ""
    try:
        place = next(filter(None, (_found(find, id) for id in (told.upper(), told.lower()))), None)
        place = place or find(told)
    except GazetteerError as error:
        raise DataError(f"{own.where}: {error}", own.id) from None
    if own.level is not None and own.level is not place.level:
        raise DataError(f"{own.where}: {place} is not of level {own.level}", own.level)
    return place


def _found(find: Callable[[str], Place], id: str) -> Place | None:
    try:
        return find(id)
    except GazetteerError:
        return None


# --- reading -------------------------------------------------------------------


def _table(path: str | Path) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
    """Return where the columns are, and the rows below the header."""
    rows = _rows(Path(path))
    header = next(rows, None)
    if header is None:
        raise DataError(f"{path}: the file is empty; it needs a header and rows", path)
    return _columns(header[1], path), rows


def _is_open(row: Sequence[str], columns: Mapping[str, int]) -> bool:
    told = (columns[what] for what in ("id", "longitude", "latitude") if what in columns)
    return "reason" in columns and not any("".join(row[at : at + 1]) for at in told)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, with their numbers as a spreadsheet counts them."""
    try:
        data = path.read_bytes()
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if data.startswith(b"PK"):
            raise DataError(f"{path}: a workbook: save its sheet as CSV UTF-8", path)
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"{path}: no such file: check the name and the folder", path) from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}", path) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(
            f"{path}, line {line}: not UTF-8 text: save it as CSV UTF-8", path
        ) from None
    header = text.split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
            if any(cell.strip() for cell in row):
                yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise DataError(f"{path}, row {number + 1}: {error}", path) from None


def _columns(header: Sequence[str], path: str | Path) -> dict[str, int]:
    titles = [title.lower() for title in header]
    columns: dict[str, int] = {}
    for column, aliases in _COLUMNS.items():
        found = [at for at, title in enumerate(titles) if title in aliases]
        if len(found) > 1:
            raise DataError(f"{path}: several columns are the {column}", list(header))
        if found:
            columns[column] = found[0]
    if "name" not in columns or not ("id" in columns or {"longitude", "latitude"} <= set(columns)):
        has = ", ".join(header)
        message = f"{path}: needs the columns name, and id or longitude and latitude; it has {has}"
        raise DataError(message, list(header))
    return columns


def _own_name(where: str, row: Sequence[str], columns: Mapping[str, int]) -> OwnName:
    cells = {column: row[at] if at < len(row) else "" for column, at in columns.items()}
    if not fold(cells["name"]):
        raise DataError(f"{where}: there is no name", cells["name"])
    id = cells.get("id") or None
    longitude, latitude = cells.get("longitude", ""), cells.get("latitude", "")
    level, within = _level(where, cells.get("level", "")), cells.get("within", "")
    if bool(longitude) != bool(latitude):
        has, lacks = ("longitude", "latitude") if longitude else ("latitude", "longitude")
        raise DataError(f"{where}: {cells['name']!r} has a {has} but no {lacks}", row)
    if id is not None and longitude:
        raise DataError(f"{where}: {cells['name']!r} has an id and coordinates: give one", row)
    if id is not None:
        return OwnName(where, cells["name"], id, None, level, within)
    if not longitude:
        raise DataError(f"{where}: {cells['name']!r} has neither an id nor coordinates", row)
    if level is not None and level not in _POINT_LEVELS:
        raise DataError(f"{where}: a point is no {level}; give the id of the unit", level)
    return OwnName(where, cells["name"], None, _point(where, longitude, latitude), level, within)


def _level(where: str, text: str) -> Level | None:
    try:
        return Level.of(text) if text else None
    except GazetteerError as error:
        raise DataError(f"{where}: {error}", text) from None


def _point(where: str, longitude: str, latitude: str) -> tuple[float, float]:
    try:
        x, y = (float(degrees.replace(",", ".")) for degrees in (longitude, latitude))
    except ValueError:
        message = f"{where}: {longitude}, {latitude} are not decimal degrees"
        raise DataError(message, (longitude, latitude)) from None
    west, south, east, north = _AREA
    if not (west <= x <= east and south <= y <= north):
        raise DataError(
            f"{where}: longitude {x:g}, latitude {y:g} is not in Iraq: are they swapped?", (x, y)
        )
    return x, y
