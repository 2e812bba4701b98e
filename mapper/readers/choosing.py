"""Which column of a table is what: by its header, by what is in it, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from mapper.readers.columns import WHERE, Roles, overrule, recognise
from mapper.readers.coordinates import holds_positions
from mapper.readers.guessing import LevelsOf, are_texts, guess_roles, sample_of, share_of_days
from mapper.readers.raw import RawTable

_ROWS = 1_000
_LISTED = 8
_GAPS = 8
"""Another table begins behind one of the first so many empty columns, if any."""

_DIGIT = re.compile(r"\d")
_DATED = re.compile(r"\d[-/.]\d+[-/.]\d|[^\W\d_]{3}")


def choose_roles(
    raw: RawTable,
    *,
    tags: Sequence[str] = (),
    chosen: Mapping[str, str] | None = None,
    levels_of: LevelsOf | None = None,
) -> Roles:
    """Find the role of each column of a table.

    The user's choice goes first; then a known format; a feature's own point, but
    not in our own tables, whose points are what was made of the columns; headers;
    and what is in the columns.

    Parameters
    ----------
    raw : the table; what there is to say is added to what it says
    tags : its HXL tags, column by column, if it has them
    chosen : role -> header, the user's own choice
    levels_of : tells which names are places

    Raises
    ------
    ValueError
        No column tells where incidents happened; or a choice cannot be.
    """
    headers = list(raw.cells.columns)
    told = dict(chosen or {})
    roles = recognise(headers, tags=tags, chosen=told)
    if raw.roles and not roles.is_own:
        told = {**raw.roles, **told}
        roles = recognise(headers, tags=tags, chosen=told)
    if roles.format is None:
        beside = [name for name in _table_beside(raw) if name not in told.values()]
        table = replace(raw, cells=raw.cells.drop(columns=beside)) if beside else raw
        own = {
            role: tuple(n for n in names if n not in beside)
            for role, names in roles.columns.items()
        }
        roles = replace(roles, columns=_by_content(own, table, told))
        guessed, said = guess_roles(table, roles, levels_of)
        raw.said += said + _say_beside(beside)
        columns = roles.columns
        for role, header in guessed.items():
            columns = overrule(columns, role, header, headers)
        roles = replace(roles, columns=columns, guessed=frozenset(guessed))
        raw.said += _say_unused(table, roles)
    _require_where(roles, raw)
    return roles


def _table_beside(raw: RawTable) -> list[str]:
    """The columns right of an empty one without a header, where rows are filled that here are not.

    Or the other way round: it is another table then, and its rows are not of these.
    """
    headers = list(raw.cells.columns)
    gaps = [
        at
        for at, name in enumerate(headers[1:-1], start=1)
        if name == f"column {at + 1}" and raw.cells[name].isna().all()
    ]
    for at in gaps[:_GAPS]:
        left, right = headers[:at], headers[at + 1 :]
        filled = [raw.cells[part].notna().any(axis=1) for part in (left, right)]
        if (
            any(role in recognise(left).columns for role in WHERE)
            and filled[1].any()
            and (filled[0] != filled[1]).any()
        ):
            return right
    return []


def _say_beside(names: Sequence[str]) -> list[str]:
    listed = ", ".join(map(repr, names[:6]))
    told = f"columns after an empty one are of another table, and not read: {listed}"
    return [told] * bool(names)


def _say_unused(table: RawTable, roles: Roles) -> list[str]:
    """Name the columns that were not understood; who knows them may say what they are."""
    known = (*roles.columns.values(), *roles.sums.values(), *roles.finer.values())
    used = {name for names in known for name in names}
    written = dict(zip(table.cells.columns, table.heading.names, strict=False))
    names = [n for n in table.cells.columns if n not in used and written.get(n, n).strip()]
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    told = f"kept, and not understood: {', '.join(map(repr, names[:_LISTED]))}{more}"
    return [told] * bool(names)


def _by_content(
    columns: Mapping[str, tuple[str, ...]], raw: RawTable, told: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Take roles from columns that hold nothing, or something else than their headers say."""
    left = {
        role: tuple(
            name
            for name in names
            if told.get(role) == name or (name in raw.cells and _may_be(role, raw.cells[name]))
        )
        for role, names in columns.items()
    }
    place = left.get("place", ())
    if place and not any(left.get(role) for role in ("coordinates", "longitude", "easting")):
        positions = [name for name in place if holds_positions(raw.cells[name].head(_ROWS))]
        left["coordinates"] = tuple(positions)
        left["place"] = tuple(name for name in place if name not in positions)
    return {role: names for role, names in left.items() if names}


def _may_be(role: str, cells: pd.Series[str]) -> bool:
    if cells.dtype != "str":
        return True
    is_angle = role in ("longitude", "latitude")
    sample = sample_of(cells) if is_angle else sample_of(cells, 1)
    if not sample:
        return role in WHERE or bool(cells.notna().any())
    if not is_angle:
        return True
    dated = any(map(_DATED.search, sample)) and share_of_days(sample) > 0
    return any(map(_DIGIT.search, sample)) and not dated


def _require_where(roles: Roles, raw: RawTable) -> None:
    if any(roles.first(role) for role in WHERE):
        return
    headers = list(raw.cells.columns)
    seen = ", ".join(map(repr, headers[:12]))
    texts = [name for name in headers if are_texts(sample_of(raw.cells[name]))]
    remedy = "name one with --column place=HEADER"
    if texts and not roles.first("date"):
        remedy += f"; if places are told in the texts of {texts[0]!r}, give those as articles"
    raise ValueError(f"no column tells where incidents happened among {seen}: {remedy}")
