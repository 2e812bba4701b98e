"""The columns of each frame that passes from one stage to the next, and their check.

Every stage calls `check` on what it is given, so that a wrong frame is named
where it enters, not where it breaks something.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from mapper.errors import SchemaError

PRECISIONS = (
    "exact",
    "site",
    "settlement",
    "relative",
    "adm3",
    "adm2",
    "adm1",
    "region",
    "country",
)
"""How exactly a source places an incident, finest first."""

POINT_PRECISIONS = frozenset({"exact", "site", "settlement", "relative"})
"""The precisions that may be drawn as a point; the others are areas."""

STATUSES = ("resolved", "ambiguous", "unresolved", "outside", "rejected")
"""What became of a row. They add up to the rows in."""

METHODS = ("coordinates", "name", "parent")
"""How the place was found: by the row's coordinates, its place, or what holds that."""

DATE_PRECISIONS = ("day", "month", "year", "range", "no-year")
"""How exactly a date is known. ``no-year``: the source tells day and month only."""

EVENT_TYPES = {
    "Battles": (
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    ),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": (
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ),
    "Protests": (
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""ACLED's event types and their sub-event types."""


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column: its kind of values and what it means."""

    name: str
    kind: str
    meaning: str
    allowed: tuple[str, ...] = ()


INCIDENTS = (
    Column("incident_id", "text", "unique within the frame"),
    Column("date", "date", "first day, or missing"),
    Column("date_end", "date", "last day; equal to `date` for a single day"),
    Column("date_precision", "text", "how exactly the date is known", DATE_PRECISIONS),
    Column("date_text", "text", "the source's own words for the date"),
    Column("date_inferred", "flag", "part of the date was worked out, not told"),
    Column("event_type", "text", "ACLED event type, or missing", tuple(EVENT_TYPES)),
    Column("sub_event_type", "text", "ACLED sub-event type, or missing"),
    Column("place", "text", "the toponym, as the source writes it"),
    Column("admin1", "text", "governorate, as the source writes it"),
    Column("admin2", "text", "district, as the source writes it"),
    Column("admin3", "text", "subdistrict, as the source writes it"),
    Column("country", "text", "country, as the source writes it"),
    Column("longitude", "number", "degrees east, WGS 84"),
    Column("latitude", "number", "degrees north, WGS 84"),
    Column("geo_precision", "text", "how exactly the source says it knows the place", PRECISIONS),
    Column("killed", "count", "people killed; missing is unknown, not zero"),
    Column("wounded", "count", "people wounded; missing is unknown, not zero"),
    Column("actor1", "text", "who acted"),
    Column("actor2", "text", "who was acted upon, or the other side"),
    Column("title", "text", "one line that names the incident"),
    Column("notes", "text", "doubts and remarks, the source's and ours"),
    Column("quote", "text", "the source's sentences that the row was read from"),
    Column("quote_start", "count", "offset of the first quoted character in the source text"),
    Column("quote_end", "count", "offset behind the last quoted character"),
    Column("source", "text", "who reported it: a publisher, a data set, or the file's name"),
    Column("source_url", "text", "address of the report"),
    Column("source_file", "text", "name of the file read, and of its sheet where several were"),
    Column("source_row", "count", "row in that file as a spreadsheet numbers it; 1 is the header"),
    Column("rejected", "text", "why the row cannot be an incident, or missing"),
    Column("duplicate_of", "text", "incident_id of an earlier row that says the same, or missing"),
)
"""One row an incident; the input's own columns follow these, untouched."""

LOCATED = (
    *INCIDENTS,
    Column("status", "text", "what became of the row", STATUSES),
    Column("place_id", "text", "the gazetteer's id of the place"),
    Column("place_name", "text", "the place's display name"),
    Column("level", "text", "the place's level"),
    Column("adm1_pcode", "text", "governorate"),
    Column("adm2_pcode", "text", "district"),
    Column("adm3_pcode", "text", "subdistrict"),
    Column("precision", "text", "how exactly the incident is placed", PRECISIONS),
    Column("radius_km", "number", "how far from the point it may have happened"),
    Column("method", "text", "how the place was found", METHODS),
    Column("score", "number", "how sure that is, 0 to 1"),
    Column("why", "text", "one sentence for a person to read"),
    Column("candidates", "text", "other places that the name could mean"),
    Column(
        "contradiction_km",
        "number",
        "how far the coordinates are from the place that the names tell, where the two contradict",
    ),
    Column("geometry", "geometry", "a point where one is known; EPSG:4326"),
)
"""INCIDENTS, and where each one lies."""

AREAS = (
    Column("pcode", "text", "p-code of the polygon"),
    Column("name", "text", "display name"),
    Column("level", "text", "adm1, adm2 or adm3"),
    Column("parent", "text", "p-code of the unit that holds it"),
    Column("population", "count", "people, or missing"),
    Column("incidents", "count", "incidents inside; zero where there are none"),
    Column("killed", "count", "sum of the known numbers; missing where none is known"),
    Column("wounded", "count", "sum of the known numbers; missing where none is known"),
    Column("incidents_per_100k", "number", "incidents per 100,000 people"),
    Column("geometry", "geometry", "polygon; EPSG:4326"),
)
"""One row a polygon, all polygons."""

FORMULA = r"[=+\-@\t\r\n＝＋－＠]"
"""What a text begins with that spreadsheet programs may run as a formula, in wide letters too."""

_CHUNK = 2**13
"""Rows of a column of a single value that are in memory; the others are the same again."""


def empty(columns: tuple[Column, ...], rows: int = 0) -> pd.DataFrame:
    """Return a frame with the declared columns (but no geometry), all values missing.

    Flags cannot be missing and are False.
    """
    index = pd.RangeIndex(rows)
    counts = pd.arrays.IntegerArray(np.zeros(rows, np.int64), np.ones(rows, bool))
    numbers = pd.arrays.FloatingArray(np.zeros(rows, np.float64), np.ones(rows, bool))
    blank: dict[str, pd.Series[Any]] = {
        "count": pd.Series(counts, index=index, copy=False),
        "number": pd.Series(numbers, index=index, copy=False),
        "flag": pd.Series(False, index=index),
        "date": pd.Series(np.full(rows, "NaT", "datetime64[us]"), index=index, copy=False),
        "text": same_text(None, index),
    }
    data = {column.name: blank[column.kind] for column in columns if column.kind != "geometry"}
    return pd.concat(data, axis=1)  # in half the time of a frame of the same columns


def same_text(text: str | None, index: pd.Index) -> pd.Series[str]:
    """Return a column in which every value is the same text, or missing."""
    kind = cast("pd.StringDtype", pd.api.types.pandas_dtype("str"))
    if kind.storage == "pyarrow":  # it may hold one chunk many times
        import pyarrow as pa

        whole, rest = divmod(len(index), _CHUNK)
        chunk = pa.repeat(pa.scalar(text, pa.large_string()), _CHUNK if whole else rest)
        every = pd.array(pa.chunked_array([chunk] * whole + [chunk.slice(0, rest)]), dtype=kind)
    else:
        every = pd.array([text], dtype=kind).repeat(len(index))
    return cast("pd.Series[str]", pd.Series(every, index=index, copy=False))


def is_held_by_pyarrow(values: pd.Series[Any] | pd.api.extensions.ExtensionArray) -> bool:
    """Return whether values are texts in pyarrow's memory, which holds no half surrogate pair."""
    return isinstance(values.dtype, pd.StringDtype) and values.dtype.storage == "pyarrow"


def names_beside_ours(own: Collection[str]) -> dict[str, str]:
    """Return new names for a table's own columns that are called as ours are."""
    ours = {column.name for column in LOCATED}
    renamed: dict[str, str] = {}
    for name in own:
        if name in ours:
            new = f"{name}_original"
            while new in own or new in renamed.values():
                new += "_"
            renamed[name] = new
    return renamed


def check(frame: pd.DataFrame, columns: tuple[Column, ...], name: str) -> None:
    """Check that a frame has the declared columns with the declared kinds of values.

    Raises
    ------
    SchemaError
        Names the frame, the column and what is wrong with it.
    """
    for column in columns:
        if column.name not in frame.columns:
            raise SchemaError(f"{name} has no column {column.name!r}", column.name)
        if not _fits(frame[column.name], column.kind):
            found = frame[column.name].dtype
            raise SchemaError(
                f"{name} column {column.name!r} should hold {column.kind} values, not {found}",
                column.name,
            )
        if column.allowed:
            _check_allowed(frame[column.name], column, name)


def _check_allowed(values: pd.Series, column: Column, name: str) -> None:
    strange = values.dropna()[lambda known: ~known.isin(column.allowed)]
    if len(strange):
        raise SchemaError(
            f"{name} column {column.name!r} row {strange.index[0]}: {strange.iloc[0]!r} is none of "
            f"{', '.join(column.allowed)}",
            strange.iloc[0],
        )


def _fits(values: pd.Series, kind: str) -> bool:
    types = pd.api.types
    if kind == "text":
        return types.is_string_dtype(values) or bool(values.isna().all())
    if kind == "date":
        return types.is_datetime64_any_dtype(values)
    if kind == "flag":
        return types.is_bool_dtype(values)
    if kind == "geometry":
        return str(values.dtype) == "geometry"
    if kind == "count":
        return types.is_integer_dtype(values)
    return types.is_numeric_dtype(values)
