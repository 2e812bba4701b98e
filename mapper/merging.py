"""One event, one row, across articles: the retellings of several agencies become one.

Two rows of one article are never merged, nor rows of tables. Two of different
articles are where place, day and kind fit and enough else agrees; two bombs in
Baghdad on one day stay two.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

import pandas as pd

from mapper.schema import INCIDENTS, LOCATED, PRECISIONS, check

_ENOUGH = 3
_NEAR_KM = 10.0
_COARSE = frozenset({"adm1", "region", "country"})
_KIN = (
    frozenset({"Suicide bomb", "Remote explosive/landmine/IED"}),
    frozenset({"Armed clash", "Attack"}),
    frozenset({"Air/drone strike", "Shelling/artillery/missile attack"}),
    frozenset({"Peaceful protest", "Protest with intervention"}),
)
_TOLLS = ("killed", "wounded")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, and what is compared of it."""

    at: int
    article: tuple[Any, ...]
    cells: dict[Hashable, Any]
    words: frozenset[str]

    def known(self, name: str) -> Any:
        """Return a cell's value, or None where it is missing."""
        value = self.cells[name]
        return None if pd.isna(value) else value


def merge(incidents: pd.DataFrame, located: pd.DataFrame) -> pd.DataFrame:
    """Merge the rows of different articles that tell of one event.

    Parameters
    ----------
    incidents : INCIDENTS frame
    located : LOCATED frame of the same rows in the same order

    Returns
    -------
    INCIDENTS frame
        In the order of the first tellings. A merged row has the fullest telling,
        the finest place, and the sources of all. Numbers that the accounts tell
        differently are in ``notes``. ``merged_from`` and ``merged_quotes`` hold the
        ids and the words of the other tellings. ``attrs["merged"]`` is the number
        of rows that went into others.

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    """
    check(incidents, INCIDENTS, "incidents")
    check(located, LOCATED, "located")
    groups = [group for group in _groups(list(_rows(located))) if len(group) > 1]
    merged = incidents.copy()
    for name in ("merged_from", "merged_quotes"):
        if name not in merged:
            merged[name] = pd.Series(pd.NA, index=merged.index, dtype="str")
    dropped: list[int] = []
    for group in groups:
        first = min(row.at for row in group)
        for name, value in _joined(group).items():
            merged.loc[merged.index[first], name] = value
        dropped += [row.at for row in group if row.at != first]
    kept = merged.drop(index=merged.index[dropped]).reset_index(drop=True)
    kept.attrs = dict(incidents.attrs) | {"merged": len(dropped)}
    if dropped:
        events = f"{len(groups):,} event{'s' * (len(groups) > 1)}"
        rows = f"{len(dropped) + len(groups):,} rows tell of {events}"
        kept.attrs["said"] = [*incidents.attrs.get("said", ()), f"merged: {rows}"]
    return kept


def _rows(located: pd.DataFrame) -> Iterator[_Row]:
    """Yield the rows that come from articles and are placed."""
    names = list(dict.fromkeys([*(c.name for c in LOCATED), "geometry"]))
    for at, cells in enumerate(located[names].to_dict("records")):
        if cells["status"] != "resolved" or pd.isna(cells["quote"]):
            continue
        article = tuple(
            None if pd.isna(cells[name]) else cells[name]
            for name in ("source_file", "source_row", "source_url", "source")
        )
        told = f"{_text(cells['title'])} {_text(cells['quote'])}"
        yield _Row(at, article, cells, frozenset(_WORD.findall(told.lower())))


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _groups(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Put each row to the group that it fits best, if it fits every row in it."""
    groups: dict[str, list[list[_Row]]] = {}
    for row in rows:
        inside = groups.setdefault(str(row.known("adm1_pcode")), [])
        fitting = [(min(_agreement(row, other) for other in group), group) for group in inside]
        best = max(fitting, key=lambda pair: pair[0], default=(0, []))
        if best[0] >= _ENOUGH:
            best[1].append(row)
        else:
            inside.append([row])
    return [group for inside in groups.values() for group in inside]


def _agreement(one: _Row, other: _Row) -> int:
    """Count what speaks for one event; 0 where something speaks against it."""
    if one.article == other.article:
        return 0
    days, places, kinds = _days_fit(one, other), _places_fit(one, other), _kinds_fit(one, other)
    tolls = [_toll_fits(one.known(name), other.known(name)) for name in _TOLLS]
    if not (days and places and kinds) or None in tolls:
        return 0
    if days == 1 and tolls[0] != 2:
        return 0  # a day that is not told must be made up for by the same number of dead
    if _tolls_pass_by(one, other):
        return 0
    return places - 1 + kinds - 1 + sum(toll or 0 for toll in tolls) + _words_fit(one, other)


def _days_fit(one: _Row, other: _Row) -> int:
    """0: another day; 1: one does not tell its day; 2: the days meet."""
    begins = [row.known("date") for row in (one, other)]
    if None in begins:
        return 1
    ends = [row.known("date_end") or begin for row, begin in zip((one, other), begins, strict=True)]
    return 2 * bool(begins[0] <= ends[1] and begins[1] <= ends[0])


def _places_fit(one: _Row, other: _Row) -> int:
    """0: elsewhere; 1: may be the same; 2: the same, and no larger than a district."""
    if one.known("precision") in _COARSE or other.known("precision") in _COARSE:
        return int(one.known("adm1_pcode") is not None)
    if one.known("place_id") is not None and one.known("place_id") == other.known("place_id"):
        return 2
    points = [row.cells["geometry"] for row in (one, other)]
    if all(point is not None for point in points):
        return int(_km(*points) <= _NEAR_KM)
    units = [row.known("adm2_pcode") for row in (one, other)]
    return int(units[0] is not None and units[0] == units[1])


def _kinds_fit(one: _Row, other: _Row) -> int:
    """0: another kind of event; 1: akin; 2: the same."""
    kinds = {row.known("sub_event_type") for row in (one, other)}
    if len(kinds) == 1:
        same = one.known("event_type") == other.known("event_type")
        return 2 * (same and None not in kinds) or int(same)
    if any(kinds <= kin for kin in _KIN):
        return 1
    return int(None in kinds and one.known("event_type") == other.known("event_type"))


def _toll_fits(one: int | None, other: int | None) -> int | None:
    """2: the same number; 0: close, or one is not told; None: too far apart for one event."""
    if one is None or other is None:
        return 0
    if one == other:
        return 2 if one else 0
    return 0 if abs(one - other) <= max(2, 0.4 * max(one, other)) else None


def _tolls_pass_by(one: _Row, other: _Row) -> bool:
    """Whether one tells only the killed and the other only the wounded: no number to compare."""
    told = [{name for name in _TOLLS if row.known(name) is not None} for row in (one, other)]
    return all(told) and not told[0] & told[1]


def _words_fit(one: _Row, other: _Row) -> int:
    both = one.words | other.words
    share = len(one.words & other.words) / len(both) if both else 0.0
    return 2 if share >= 0.35 else int(share >= 0.2)


def _km(one: Any, other: Any) -> float:
    """Return the distance of two points on the sphere."""
    x1, y1, x2, y2 = map(radians, (one.x, one.y, other.x, other.y))
    a = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))


_PLACE = ("place", "admin1", "admin2", "admin3", "longitude", "latitude", "geo_precision")
_DATE = ("date", "date_end", "date_precision", "date_text", "date_inferred")


def _joined(group: Sequence[_Row]) -> dict[str, Any]:
    """Return the cells of the row that a group becomes."""
    main = max(group, key=lambda row: (_fullness(row), -row.at))
    others = [row for row in sorted(group, key=lambda row: row.at) if row is not main]
    finest = min((main, *others), key=lambda row: PRECISIONS.index(str(row.known("precision"))))
    dated = next((row for row in (main, *others) if row.known("date") is not None), main)
    cells = {column.name: main.cells[column.name] for column in INCIDENTS}
    cells |= {name: finest.cells[name] for name in _PLACE}
    cells |= {name: dated.cells[name] for name in _DATE}
    for name in ("sub_event_type", "actor1", "actor2", *_TOLLS):
        told = (row.known(name) for row in (main, *others))
        cells[name] = next((value for value in told if value is not None), cells[name])
    cells["source"] = "; ".join(
        dict.fromkeys(_text(row.cells["source"]) for row in (main, *others))
    )
    cells["notes"] = "; ".join(filter(None, [_text(main.cells["notes"]), *_notes(main, others)]))
    cells["merged_from"] = "; ".join(str(row.cells["incident_id"]) for row in others)
    cells["merged_quotes"] = "\n".join(f"{_teller(row)}: {row.cells['quote']}" for row in others)
    return cells


def _fullness(row: _Row) -> int:
    told = (*_TOLLS, "date", "sub_event_type", "actor1", "actor2")
    return sum(row.known(name) is not None for name in told)


def _notes(main: _Row, others: Sequence[_Row]) -> list[str]:
    notes = []
    for name in _TOLLS:
        told = [(row.known(name), _teller(row)) for row in (main, *others)]
        told = [(number, who) for number, who in told if number is not None]
        if len({number for number, _ in told}) > 1:
            figures = ", ".join(f"{number} ({who})" for number, who in told)
            notes.append(f"accounts differ on the {name}: {figures}")
    addresses = [f"{_teller(row)} {_text(row.cells['source_url'])}".strip() for row in others]
    return [*notes, f"also told by: {', '.join(dict.fromkeys(addresses))}"]


def _teller(row: _Row) -> str:
    return _text(row.cells["source"]) or _text(row.cells["source_file"])
