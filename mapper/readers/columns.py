"""What each column of a table is: known formats, and names any table may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from mapper.errors import ColumnError
from mapper.readers.angles import angles_among, finer_columns
from mapper.readers.groups import parts_that_add_up
from mapper.readers.synonyms import (
    VAGUE,
    any_table,
    forms,
    late,
    normalise,
    ranked_role,
    usual_words,
)
from mapper.schema import INCIDENTS

WHERE = (
    "place", "admin1", "admin2", "admin3", "coordinates", "latitude",
    "admin1_pcode", "admin2_pcode", "admin3_pcode", "easting",
)  # fmt: skip
"""A table with none of these cannot be mapped."""

_LATE = 10


@dataclass(frozen=True, slots=True)
class Format:
    """A form of table that we know: its columns, its codes and what they mean.

    ``recognised_by`` are the headers that tell it, each with its other
    spellings. ``columns`` maps a role (a column of INCIDENTS, or
    ``coordinates``) to the headers that may fill it, best first; ``sums`` to
    those that add up to it. ``values`` maps a role's codes to our words;
    ``vaguer`` tells which values of other columns make the precision coarser.
    ``always`` tells what is true of each row of which no column tells it. ``own_headers``
    nobody else has: in any other table they mean the same. ``own`` marks this program's
    own tables, whose headers are the roles.
    """

    name: str
    recognised_by: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    vaguer: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    own_headers: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column fills which role, and the format that says so, if one does.

    ``guessed`` are the roles whose columns are known by what is in them only. ``finer`` are
    the columns of minutes, seconds and hemisphere that go with one of degrees.
    """

    columns: Mapping[str, tuple[str, ...]]
    format: Format | None = None
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()
    finer: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether the table is one of this program's own."""
        return self.format is not None and self.format.own

    def first(self, role: str) -> str | None:
        """Return the best column of a role, or None."""
        columns = self.columns.get(role, ())
        return columns[0] if columns else None


@cache
def known_formats() -> tuple[Format, ...]:
    """Return the known formats, those with the most telling columns first."""
    folder = resources.files("mapper.readers") / "formats"
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    found = [_format(yaml.safe_load((folder / name).read_text("utf-8"))) for name in files]
    named = [known for known in found if known.recognised_by]
    return tuple(sorted(named, key=lambda known: -len(known.recognised_by)))


@cache
def _own_headers() -> dict[str, tuple[str, Format]]:
    """Each header that one format has alone, as compared -> its role, and that format."""
    return {
        normalise(header): (role, known)
        for known in known_formats()
        for role, headers in known.columns.items()
        for header in headers
        if header in known.own_headers
    }


def codes_of(role: str, header: str, known: Format | None) -> Mapping[str, str]:
    """Return what the values of a column mean in our words: by its format, or usually."""
    if known:
        return known.values.get(role, {})
    alone = _own_headers().get(normalise(header))
    return {**usual_words(role), **(alone[1].values.get(role, {}) if alone else {})}


def recognise(
    headers: Sequence[str], *, tags: Sequence[str] = (), chosen: Mapping[str, str] | None = None
) -> Roles:
    """Find the role of each column.

    Parameters
    ----------
    headers : the table's headers
    tags : its HXL tags, column by column, if it has them
    chosen : role -> header, the user's own choice, which goes before everything

    Raises
    ------
    ValueError
        A chosen header is not in the table, or a chosen role is none of ours.
    """
    known = _known_format(headers)
    angles = {} if known else angles_among(headers)
    columns = _by_format(known, headers) if known else _by_synonym(headers, tags, angles)
    for role, header in (chosen or {}).items():
        columns = overrule(columns, role, header, headers)
    sums = _sums(known, headers) if known else parts_that_add_up(headers)
    left = {role: names for role, names in sums.items() if role not in columns}
    return Roles(columns, known, left, finer=finer_columns(columns, angles))


def overrule(
    columns: Mapping[str, tuple[str, ...]], role: str, header: str, headers: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Give a role to a column, whatever else it was taken for; see `recognise`."""
    roles = any_table()["columns"]
    if role not in roles:
        raise ValueError(
            f"{role!r} is nothing that a column can be: write WHAT=HEADER, with one of "
            f"{', '.join(roles)}"
        )
    match = next((name for name in headers if name == header), None) or next(
        (name for name in headers if normalise(name) == normalise(header)), None
    )
    if match is None:
        has = ", ".join(map(repr, headers))
        raise ColumnError(f"no column {header!r}: the table has {has}", role)
    others = {
        other: tuple(name for name in names if name != match) for other, names in columns.items()
    }
    return {**{other: names for other, names in others.items() if names}, role: (match,)}


def _format(entry: dict[str, Any]) -> Format:
    return Format(
        name=entry["name"],
        recognised_by=_spellings(entry["recognised_by"]),
        columns={role: tuple(names) for role, names in entry["columns"].items()},
        values=entry["values"],
        sums={role: _spellings(names) for role, names in entry.get("sums", {}).items()},
        vaguer=entry.get("vaguer", {}),
        always=entry.get("always", {}),
        remarks=tuple(entry["remarks"]),
        own_headers=tuple(entry.get("own_headers", ())),
        own=entry.get("own", False),
    )


def _spellings(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.split("|")) for name in names)


def _known_format(headers: Sequence[str]) -> Format | None:
    present = {form for header in headers for form in forms(header)}
    return next(
        (
            known
            for known in known_formats()
            if all(present.intersection(map(normalise, names)) for names in known.recognised_by)
            and (known.own or not set(WHERE).isdisjoint(_by_format(known, headers)))
        ),
        None,
    )


def _by_format(known: Format, headers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if known.own:  # beside ours are the input's own, some of which may differ in case only
        spelt = {header.strip().lower(): header for header in reversed(headers)}
        ours = {column.name for column in INCIDENTS}
        spelt |= {header: header for header in headers}
        return {role: (header,) for role, header in spelt.items() if role in ours}
    by_name = _by_form(headers)
    found = {
        role: tuple(by_name[normalise(name)] for name in names if normalise(name) in by_name)
        for role, names in known.columns.items()
    }
    return {role: columns for role, columns in found.items() if columns}


def _by_form(headers: Sequence[str]) -> dict[str, str]:
    """Every form of each header -> the header; the first of two of a form."""
    return {form: header for header in reversed(headers) for form in reversed(forms(header))}


def _sums(known: Format, headers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The columns that add up to a role, in the spelling that this table has of each."""
    by_name = _by_form(headers)
    return {
        role: tuple(
            by_name[form] for names in parts for form in map(normalise, names) if form in by_name
        )
        for role, parts in known.sums.items()
    }


def _by_synonym(
    headers: Sequence[str], tags: Sequence[str], angles: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Give each header at most one role, and each role its headers, best first."""
    ranked: dict[str, list[tuple[int, int, int, str]]] = {}
    for position, header in enumerate(headers):
        tag = tags[position] if position < len(tags) else ""
        alone = _own_headers().get(normalise(header))
        found = (ranked_role(tag) if tag else None) or ranked_role(header)
        found = (alone[0], 0, 0) if alone and not tag else found
        if header in angles and not tag:
            axis, unit = angles[header]
            found = (axis, 0, 0) if unit == "degrees" else None
        if found:
            role, left_out, rank = found
            left_out += _LATE * (normalise(tag or header) in late())
            ranked.setdefault(role, []).append((left_out, rank, position, header))
    return {
        role: tuple(header for *_, header in sorted(found))
        for role, found in ranked.items()
        if min(found)[0] != VAGUE or len(found) == 1
    }
