"""Many names at once, as a frame. Imports pandas: not for the way from one name to a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from gazetteer.place import Level, Match, Place, Status

_PLACE = ("place_id", "place_name", "level", "adm1_pcode", "adm2_pcode", "adm3_pcode")
_NUMBERS = ("longitude", "latitude", "radius_km", "score")
COLUMNS = (
    *("query", "status", *_PLACE, "longitude", "latitude", "radius_km"),
    *("method", "score", "why", "candidates"),
)


class _Resolves(Protocol):
    def resolve(
        self, name: str, *, within: Place | str | None, level: Level | str | int | None
    ) -> Match: ...


def resolve_many(
    gazetteer: _Resolves,
    names: Iterable[str | None],
    *,
    within: Iterable[str | None] | str | Place | None,
    level: Level | str | int | None,
) -> pd.DataFrame:
    """Resolve names, each distinct (name, parent) pair once; see `Gazetteer.resolve_many`."""
    queries = pd.Series(list(names), dtype="object")
    if within is None or isinstance(within, str | Place):
        parents = pd.Series([within] * len(queries), dtype="object")
    else:
        parents = pd.Series(list(within), dtype="object")
        if len(parents) != len(queries):
            raise ValueError(f"{len(queries)} names, but {len(parents)} parents in `within`")
    known: dict[tuple[object, object], int] = {}
    rows: list[tuple[object, ...]] = []
    positions = []
    for pair in zip(
        queries.where(queries.notna(), None), parents.where(parents.notna(), None), strict=True
    ):
        position = known.get(pair)
        if position is None:
            name, parent = pair
            text = "" if name is None else str(name)
            match = gazetteer.resolve(text, within=parent, level=level)
            position = known[pair] = len(rows)
            rows.append(_row(match, name))
        positions.append(position)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in COLUMNS:
        frame[column] = frame[column].astype("float64" if column in _NUMBERS else "str")
    return frame.take(positions).reset_index(drop=True)


def _row(match: Match, query: object) -> tuple[object, ...]:
    place = match.place
    others = "; ".join(str(c.place) for c in match.candidates if c.place is not place)
    last = (match.method or None, match.score, match.why, others or None)
    if place is None:
        return (query, str(match.status), *[None] * 9, *last)
    longitude, latitude = place.point or (None, None)
    return (
        query,
        str(Status.RESOLVED),
        place.id,
        place.name,
        str(place.level),
        place.adm1,
        place.adm2,
        place.adm3,
        longitude,
        latitude,
        place.radius_km,
        *last,
    )
