"""Many names at once, as a frame. Imports pandas: not for the way from one name to a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    queries = _objects(names)
    if within is None or isinstance(within, str | Place):
        parents = _objects([within]).take([0] * len(queries))
    else:
        parents = _objects(within)
        if len(parents) != len(queries):
            raise ValueError(f"{len(queries)} names, but {len(parents)} parents in `within`")
    name_codes, distinct_names = pd.factorize(queries)
    parent_codes, distinct_parents = pd.factorize(parents)
    pairs = name_codes * (len(distinct_parents) + 1) + parent_codes
    positions, distinct = pd.factorize(pairs)
    _, first = np.unique(positions, return_index=True)
    rows = []
    for at in first[: len(distinct)]:
        name = distinct_names[name_codes[at]] if name_codes[at] >= 0 else None
        parent = distinct_parents[parent_codes[at]] if parent_codes[at] >= 0 else None
        match = gazetteer.resolve("" if name is None else str(name), within=parent, level=level)
        rows.append(_row(match, name))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    types = {column: "float64" if column in _NUMBERS else "str" for column in COLUMNS}
    return frame.astype(types).take(positions).reset_index(drop=True)


def _objects(values: Iterable[object]) -> NDArray[np.object_]:
    """Return values in an array, without looking into Places and strings."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


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
