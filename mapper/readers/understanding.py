"""What the cells of a table say, column by column, as INCIDENTS."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mapper.readers.agreement import tell_apart
from mapper.readers.angles import join_angles
from mapper.readers.casualties import COUNTS, find_casualties
from mapper.readers.codes import CODED, coarser, fill_in, read_coded
from mapper.readers.columns import Roles
from mapper.readers.coordinates import Coordinates, read_coordinates, read_joint_coordinates
from mapper.readers.dates import Order
from mapper.readers.days import find_days, say_unread
from mapper.readers.grids import holds_grid
from mapper.readers.merged import tell_together
from mapper.readers.numbers import read_counts, tell_nothing
from mapper.readers.raw import (
    Column,
    Columns,
    RawTable,
    as_they_were,
    by_combination,
    by_distinct,
    in_digits,
    no_text,
)
from mapper.readers.rows import reasons_to_reject
from mapper.schema import (
    FORMULA,
    INCIDENTS,
    empty,
    names_beside_ours,
    same_text,
)

_NAMES = ("place", "admin1", "admin2", "admin3", "country", "actor1", "actor2", "source")
_TEXTS = ("title", "notes", "quote", "source_url")
_WRONG = r"( are [^,;]+)[^;]*$"
# The apostrophe that our own tables have before what a spreadsheet would run as a formula.
_DEFUSED = re.compile(rf"^'(?='*{FORMULA})")


def understand(
    raw: RawTable, roles: Roles, path: Path, *, order: Order | None = None
) -> pd.DataFrame:
    """Return the INCIDENTS frame of a table; ``attrs["said"]`` tells what was understood.

    ``order`` settles how days are read that can be read in two ways.
    """
    bare = _without_guards(raw.cells) if roles.is_own and not raw.exact else raw.cells
    cells = bare.drop(index=bare.index[raw.layout]).reindex(bare.index) if raw.layout else bare
    columns = raw.columns
    if cells is not raw.cells:
        columns = Columns(cells)
        read_ahead(columns, roles)
    ours = empty(INCIDENTS, len(cells))
    said = list(raw.said)
    for role in (*_NAMES, *_TEXTS):
        if roles.first(role):
            ours[role] = _text(columns, roles, role)
    for number in range(1, 4):
        if roles.first(f"admin{number}_pcode"):
            code = _text(columns, roles, f"admin{number}_pcode")
            ours[f"admin{number}"] = ours[f"admin{number}"].fillna(code)
    for role in CODED:
        if roles.first(role):
            ours[role] = read_coded(columns, roles, role, said)
    notes = [ours["notes"]]
    unread = find_days(ours, columns, roles, said, order=order)
    notes += unread
    notes += find_casualties(ours, columns, roles, said)
    notes += _coordinates(ours, columns, roles, said)
    notes += tell_together(ours, raw, roles, said)
    fill_in(ours, columns, roles)
    ours["notes"] = _join(notes)
    file = _files(raw, path.name, ours.index)
    ours["source_file"] = file
    ours["source_row"] = pd.array(raw.rows, dtype="Int64")
    is_told = roles.first("source") is not None
    names = ours["source"].fillna(path.name) if is_told else same_text(path.name, ours.index)
    ours["source"] = names
    ours["rejected"] = reasons_to_reject(raw, roles, ours)
    for note in unread:
        said += say_unread(note, ours["rejected"])
    ours["incident_id"] = _identify(columns, roles, file, raw, said)
    if roles.is_own:
        _restore_own(ours, cells, roles)
    said.append(_say_columns(roles))
    frame = pd.concat([ours, _own_columns(as_they_were(bare, raw.kinds), roles)], axis=1)
    id_column = roles.first("incident_id") or ""
    renamed = {} if roles.is_own else names_beside_ours(bare.columns)
    frame.attrs["id_column"] = renamed.get(id_column, id_column) or None
    frame.attrs["said"] = [f"{path.name}: {line}" for line in said if line]
    return frame


def read_ahead(columns: Columns, roles: Roles) -> None:
    """Do with whole columns, several at a time, what takes long in those that have a role."""
    if roles.is_own:
        return

    def named(*asked: str) -> Iterator[str]:
        return itertools.chain.from_iterable(roles.columns.get(role, ()) for role in asked)

    dates = [date] if (date := roles.first("date")) else []
    parts = itertools.chain.from_iterable(roles.sums.values())
    columns.find_out(
        named(*_NAMES, *CODED, "casualties"),
        [*named("incident_id", "longitude", "latitude", *COUNTS), *parts],
        [*dates, *named("date_end")],
    )


def _text(columns: Columns, roles: Roles, role: str) -> pd.Series[str]:
    """The first of the role's columns that says something, row by row.

    Names are freed of blanks around them and of words for "unknown"; longer
    texts, and all of our own tables, stay as they are.
    """
    names = roles.columns[role]
    as_is = role in _TEXTS or roles.is_own
    if len(names) == 1:
        column = columns[names[0]]
        return column.cells if as_is else by_distinct(column, _clean)

    def read(parts: list[pd.Series[str]]) -> list[pd.Series[str]]:
        found, *others = parts if as_is else map(_clean, parts)
        for other in others:
            found = found.fillna(other)
        return [found]

    return by_combination([columns[name] for name in names], read)[0]


def _clean(values: pd.Series[str]) -> pd.Series[str]:
    stripped, unknown = values.str.strip(), tell_nothing(values)
    return stripped.mask(unknown) if unknown.any() else stripped


def _coordinates(
    ours: pd.DataFrame, columns: Columns, roles: Roles, said: list[str]
) -> list[pd.Series[str]]:
    """Two columns first; then, row by row, those that hold both, until one says something."""
    zones = columns[zone].cells if (zone := roles.first("utm_zone")) else None
    found: list[Coordinates] = []
    for pair in (("longitude", "latitude"), ("easting", "northing")):
        east, north = map(roles.first, pair)
        if east and north:
            x, y = (_angles(columns, roles, name) for name in (east, north))
            found.append(read_coordinates(x, y, zones))
            said += [f"{north!r} and {east!r}: {line}" for line in found[-1].said]
    joint = {name: columns[name].cells for name in roles.columns.get("coordinates", ())}
    differ: list[pd.Series[str]] = []
    for name, texts in joint.items():
        repeats = bool(found) and not (texts.notna() & found[0].longitude.isna()).any()
        if repeats and not holds_grid(texts):
            continue  # nothing to add, as where a table repeats its coordinates as WKT
        read = read_joint_coordinates(texts)
        if found:
            notes, told = tell_apart(found[0], read, name)
            differ.append(notes)
            said.append(told)
        if repeats:
            continue
        said += [f"positions in {name!r}: {line}" for line in read.said]
        found.append(read)
    if not found:
        return []
    best = found[0]
    for other in found[1:]:
        best = best.filled_from(other)
    ours["longitude"], ours["latitude"] = best.longitude, best.latitude
    ours["geo_precision"] = coarser(ours["geo_precision"], best.precision)
    said += _say_unused(best.notes.dropna())
    return [best.notes, *differ]


def _say_unused(notes: pd.Series[str]) -> Iterator[str]:
    """Count the coordinates that are not used, by what is wrong with them."""
    if notes.empty:
        return
    for _, alike in notes.groupby(notes.str.extract(_WRONG, expand=False), dropna=False):
        rows = "1 row" if len(alike) == 1 else f"{len(alike):,} rows, such as"
        yield f"{rows}: {alike.iloc[0][:100]}"


def _angles(columns: Columns, roles: Roles, name: str) -> Column:
    """A column of degrees, with what the columns of minutes and seconds beside it tell."""
    if name not in roles.finer:
        return columns[name]
    names = [name, *roles.finer[name]]
    return Column(join_angles([columns[part].cells if part else None for part in names]))


def _join(notes: list[pd.Series[str]]) -> pd.Series[str]:
    """The source's remarks and ours, in one text."""
    joined = notes[0]
    for more in notes[1:]:
        new = more.notna()
        if new.any():
            before = joined[new].fillna("")
            joined = joined.copy()
            joined[new] = before + np.where(before == "", "", "; ") + more[new]
    return joined


def _identify(
    columns: Columns, roles: Roles, files: pd.Series[str], raw: RawTable, said: list[str]
) -> pd.Series[str]:
    """The source's own numbers where they are there and differ; else file and row."""
    column = roles.first("incident_id")
    if column is not None and _are_numbers_apart(columns[column]):
        return columns[column].cells
    ids = no_text(files.index) if column is None else columns[column].cells.str.strip()
    known = ids.dropna()
    repeated = len(known) - known.nunique()
    if repeated:
        rows = "1 row repeats" if repeated == 1 else f"{repeated:,} rows repeat"
        said.append(f"{rows} an id in {column!r}: file and row are used instead")
    elif len(known) == len(ids) and len(ids):
        return ids
    stem = files + ":" if raw.sheets else f"{files.iloc[0]}:"  # of one file it is quicker
    made = stem + in_digits(raw.rows).set_axis(files.index)
    return made if repeated else ids.fillna(made)


def _files(raw: RawTable, name: str, index: pd.Index) -> pd.Series[str]:
    """The file of each row, and its sheet where several are read together."""
    if not raw.sheets:
        return same_text(name, index)
    lengths = [end - start for start, end in raw.spans]
    return pd.Series(
        pd.array([f"{name}/{sheet}" for sheet in raw.sheets], dtype="str").repeat(lengths),
        index=index,
    )


def _are_numbers_apart(ids: Column) -> bool:
    """Whether ids are numbers, all of them, that differ: found out faster than of texts."""
    if ids.numbers is None or ids.numbers.isna().any():
        return False
    numbers = ids.numbers.to_numpy()
    return bool((numbers[1:] > numbers[:-1]).all()) or pd.Index(numbers).is_unique


def _without_guards(cells: pd.DataFrame) -> pd.DataFrame:
    bare = cells.apply(_without_guard)
    bare.columns = pd.Index([_DEFUSED.sub("", name) for name in cells.columns])
    return bare if bare.columns.is_unique else bare.set_axis(cells.columns, axis=1)


def _without_guard(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.str.replace(_DEFUSED, "", regex=True) if column.dtype == "str" else column


def _restore_own(ours: pd.DataFrame, cells: pd.DataFrame, roles: Roles) -> None:
    """Take back what only our own tables hold, and keep where a row first came from."""
    readers: dict[str, Callable[[pd.Series[Any]], pd.Series[Any]]] = {
        "date_text": lambda values: values,
        "sub_event_type": lambda values: values,
        "duplicate_of": lambda values: values,
        "rejected": lambda values: values.fillna(ours["rejected"]),
        "date_inferred": lambda values: values.str.lower().isin(("true", "1", "yes")).astype(bool),
        "quote_start": lambda values: read_counts(values, "quote_start").values,
        "quote_end": lambda values: read_counts(values, "quote_end").values,
        # A row added by hand was first told in this table; the others where they say.
        "source_row": lambda values: read_counts(values, "source_row").values.where(
            cells["source_file"].notna(), ours["source_row"]
        ),
        "source_file": lambda values: values.fillna(ours["source_file"]),
    }
    for role, read in readers.items():
        column = roles.first(role)
        if column is not None:
            ours[role] = read(cells[column])


def _own_columns(cells: pd.DataFrame, roles: Roles) -> pd.DataFrame:
    """The input's columns as they are; in our own table those with our names are ours already."""
    if roles.is_own:
        incident_names = {column.name for column in INCIDENTS}
        cells = cells.drop(columns=[name for name in cells.columns if name in incident_names])
    renamed = names_beside_ours(cells.columns)
    return cells.set_axis([renamed.get(name, name) for name in cells.columns], axis=1)


def _say_columns(roles: Roles) -> str:
    if roles.format:
        remarks = "".join(f"; {remark}" for remark in roles.format.remarks)
        return f"{roles.format.name} table{remarks}"
    told = [
        f"{role} from {_listed(roles, names[0])}" + " (by what is in it)" * (role in roles.guessed)
        for role, names in roles.columns.items()
    ]
    told += [
        f"{role} is the sum of {' and '.join(map(repr, names))}"
        for role, names in roles.sums.items()
    ]
    return ", ".join(told)


def _listed(roles: Roles, name: str) -> str:
    return " and ".join(repr(part) for part in (name, *roles.finer.get(name, ())) if part)
