"""What a table says in codes and set words, and what is true of each row of a known format."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from mapper.readers.casualties import COUNTS
from mapper.readers.columns import Roles, codes_of
from mapper.readers.numbers import UNKNOWN
from mapper.readers.raw import Columns, by_distinct
from mapper.readers.synonyms import role_of, tells_middle
from mapper.schema import DATE_PRECISIONS, EVENT_TYPES, PRECISIONS, same_text

CODED = {
    "geo_precision": PRECISIONS,
    "date_precision": DATE_PRECISIONS,
    "event_type": tuple(EVENT_TYPES),
    "sub_event_type": tuple(sub for subs in EVENT_TYPES.values() for sub in subs),
}
"""The roles whose values are ours only, and these."""

_PRECISE = ("geo_precision", "date_precision")
"""Values that are not understood here make a row look more exact than it is."""

_UNITS = {"admin1": "adm1", "admin2": "adm2", "admin3": "adm3"}
_AS_NAMED = "as named"
"""The precision of coordinates that are of the middle of the finest unit that a row names."""


def read_coded(columns: Columns, roles: Roles, role: str, said: list[str]) -> pd.Series[str]:
    """Values in our own words, or in a known format's codes; others stay in their column only."""
    name = roles.columns[role][0]
    codes = codes_of(role, name, roles.format)
    words = {word.lower(): word for word in CODED[role]} | dict(codes)

    def translate(values: pd.Series[str]) -> pd.Series[str]:
        written = values.str.strip().str.lower().str.removesuffix(".0")
        found = written.map(words).astype("str")
        others = written[found.isna() & ~written.isin(UNKNOWN)].unique().tolist()
        if others and role in _PRECISE:
            listed = ", ".join(repr(other[:40]) for other in others[:4]) + ", ..." * (
                others[4:] != []
            )
            said.append(f"{role} in {name!r}: not used, as nothing tells what they mean: {listed}")
        return found

    return by_distinct(columns[name], translate)


def coarser(claimed: pd.Series[str], told: pd.Series[str]) -> pd.Series[str]:
    """The less exact of two precisions, row by row."""
    if not told.notna().any():
        return claimed
    ranks = [column.map(PRECISIONS.index, na_action="ignore") for column in (claimed, told)]
    return claimed.where(ranks[0].ge(ranks[1]) | told.isna(), told)


def fill_in(ours: pd.DataFrame, columns: Columns, roles: Roles) -> None:
    """What a known format tells of each row without a column for it, or in another column."""
    always = dict(roles.format.always) if roles.format else {}
    if any(map(tells_middle, roles.columns.get("latitude", ())[:1])):
        ours["geo_precision"] = coarser(ours["geo_precision"].fillna("exact"), _as_named(ours))
    if always.get("geo_precision") == _AS_NAMED:
        del always["geo_precision"]
        if ours["geo_precision"].isna().any():
            ours["geo_precision"] = ours["geo_precision"].fillna(_as_named(ours))
    for header, codes in (roles.format.vaguer if roles.format else {}).items():
        if header in columns.frame:
            near = by_distinct(columns[header], partial(_in_codes, codes))
            ours["geo_precision"] = coarser(ours["geo_precision"], near)
    if "date_precision" in always:  # of the days that it calls a range only the first is told
        dated = ours["date"].notna()
        ours.loc[dated, "date_precision"] = always.pop("date_precision")
        ours["date_end"] = ours["date_end"].mask(dated)
    for role, told in always.items():
        if ours[role].isna().all():
            ours[role] = ours[role].fillna(int(told) if role in COUNTS else told)


def _in_codes(codes: Mapping[str, str], values: pd.Series[str]) -> pd.Series[str]:
    return values.str.strip().map(codes).astype("str")


def _as_named(ours: pd.DataFrame) -> pd.Series[str]:
    """How exact the middle of the finest unit is that a row names."""
    named = same_text("country", ours.index)
    for role, precision in _UNITS.items():
        named = named.mask(ours[role].notna(), precision)
    whole = ours["place"].str.lower() == ours["country"].str.lower()
    return by_distinct(ours["place"], _kind_named).mask(whole, "country").fillna(named)


def _kind_named(places: pd.Series[str]) -> pd.Series[str]:
    """What places are by the first or last word of their names: "Kirkuk governorate" is no town."""
    kinds = []
    for words in map(str.split, places):
        told = filter(None, (_UNITS.get(role_of(word) or "") for word in (*words[:1], *words[-1:])))
        kinds.append(next(told, "settlement"))
    return pd.Series(kinds, dtype="str")
