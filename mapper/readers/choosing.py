"""Which column of a table is what: by its header, by what is in it, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mapper.readers.columns import WHERE, Roles, overrule, recognise
from mapper.readers.coordinates import holds_positions
from mapper.readers.guessing import LevelsOf, are_texts, guess_roles, sample_of, share_of_days
from mapper.readers.raw import RawTable

_ROWS = 1_000
_DIGIT = re.compile(r"\d")


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
    if raw.roles and not (roles.format and roles.format.own):
        told = {**raw.roles, **told}
        roles = recognise(headers, tags=tags, chosen=told)
    if roles.format is None:
        roles = replace(roles, columns=_by_content(roles.columns, raw, told))
        guessed, said = guess_roles(raw, roles, levels_of)
        raw.said += said
        columns = roles.columns
        for role, header in guessed.items():
            columns = overrule(columns, role, header, headers)
        roles = replace(roles, columns=columns, guessed=frozenset(guessed))
    _require_where(roles, raw)
    return roles


def _by_content(
    columns: Mapping[str, tuple[str, ...]], raw: RawTable, told: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Take roles from columns that hold nothing, or something else than their headers say."""
    left = {
        role: tuple(
            name
            for name in names
            if told.get(role) == name or _may_be(role, sample_of(raw.cells[name]), raw, name)
        )
        for role, names in columns.items()
    }
    place = left.get("place", ())
    if place and not any(left.get(role) for role in ("coordinates", "longitude", "easting")):
        positions = [name for name in place if holds_positions(raw.cells[name].head(_ROWS))]
        left["coordinates"] = tuple(positions)
        left["place"] = tuple(name for name in place if name not in positions)
    return {role: names for role, names in left.items() if names}


def _may_be(role: str, sample: Sequence[str], raw: RawTable, name: str) -> bool:
    if raw.cells[name].dtype != "str":
        return True
    if not sample:
        return role in WHERE or bool(raw.cells[name].notna().any())
    if role not in ("longitude", "latitude"):
        return True
    return any(map(_DIGIT.search, sample)) and not share_of_days(sample)


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
