"""Many names at once, as a frame. Imports pandas: not for the way from one name to a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

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
    if isinstance(names, str):
        raise TypeError(f"names are a list of texts, not one text: {names!r:.80}: put it in a list")
    codes, distinct_names = _distinct(names)
    if within is None or isinstance(within, str | Place):
        parents: list[object] = [within]
        positions, pairs = codes, np.arange(len(distinct_names))
    else:
        parent_codes, parents = _distinct(within)
        if len(parent_codes) != len(codes):
            raise ValueError(f"{len(codes)} names, but {len(parent_codes)} parents in `within`")
        positions, pairs = pd.factorize(codes * max(len(parents), 1) + parent_codes)
    rows = []
    for pair in pairs:
        name, parent = distinct_names[pair // len(parents)], parents[pair % len(parents)]
        query = "" if name is None else str(name)
        rows.append(_row(gazetteer.resolve(query, within=parent, level=level), name))  # type: ignore[arg-type]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    types = {column: "float64" if column in _NUMBERS else "str" for column in COLUMNS}
    columns = frame.astype(types).items()
    return pd.DataFrame({name: _spread(cells, positions) for name, cells in columns}, copy=False)


def _spread(cells: pd.Series[Any], rows: NDArray[np.int64]) -> pd.Series[Any]:
    """Give each row the cell at its position.

    Texts go to the system's own memory: pyarrow's asks for pages so large that some machines
    take a second to find them, the first time.
    """
    if getattr(cells.dtype, "storage", None) != "pyarrow":
        return pd.Series(cells.array.take(rows), copy=False)
    import pyarrow as pa
    from pyarrow import compute

    texts = compute.take(pa.array(cells.array), pa.array(rows), memory_pool=pa.system_memory_pool())
    return pd.Series(pd.array(texts, dtype="str"), copy=False)


def _distinct(values: Iterable[object]) -> tuple[NDArray[np.int64], list[object]]:
    """Return for each value its position among the distinct ones; and these, None for missing."""
    if isinstance(values, pd.Series):
        codes, known = pd.factorize(values, use_na_sentinel=False)
        return codes, [_or_none(value) for value in known]
    listed = values if isinstance(values, list) else list(values)
    distinct: dict[object, int] = {}
    code_of = {
        value: distinct.setdefault(_or_none(value), len(distinct))
        for value in dict.fromkeys(listed)
    }
    return np.fromiter(map(code_of.__getitem__, listed), np.int64, len(listed)), list(distinct)


def _or_none(value: Any) -> object:
    """Return a value, None for what pandas has for missing ones."""
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value


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
