"""Rows of a table that are no incidents: headers again, totals, notes, another table below."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.readers.columns import WHERE, Roles
from mapper.readers.headers import is_number_like
from mapper.readers.raw import RawTable, by_distinct, no_text, text_where
from mapper.readers.synonyms import normalise, role_of

_HEADER_AGAIN = "the header again, not an incident"
_UNITS_ROW = "the units of the columns, not an incident"
_RULE_ROW = "a line under the header, not an incident"
_TOTAL = "a total, not an incident"
_NOTE = "a note beside the table, not an incident"
_LONE = "only one cell is filled, and not with a place"
_HEADING = "only a place is filled: a heading, not an incident"

_TOTALS = re.compile(
    r"(?:(?:grand|sub|over ?all|running)?[ -]?totals?|sum|averages?|mean|(?:ال)?مجموع(?: الكلي)?"
    r"|ال[إا]جمالي|[إا]جمالي|المعدل|کۆ(?:ی گشتی)?|tevahî|totaux)\b[^.]{0,30}:?",
    re.IGNORECASE,
)
_TOTAL_COLUMNS = 3
"""In one of the first so many columns a row of totals says so."""

_NOTES = re.compile(
    r"\s*(?:[*†‡#•]|\(?\d\)|(?:source|note|nb|n\.b|legend|key|disclaimer|printed|generated|prepared"
    r"|compiled|data|figures|المصدر|ملاحظ[ةه]|ملاحظات|تنويه|سەرچاوە|تێبینی)s?\b)",
    re.IGNORECASE,
)
_LONG_NOTE = 80
_FEW = 0.2
"""Headings are fewer than what they head."""

_UNITS = re.compile(
    r"(?:[dmyhs]{1,4}[-/.: ]+)+[dmyhs]{1,4}|\W*(?:decimal |in )?(?:degrees?|deg|dd|wgs ?-?84"
    r"|persons?|people|number|no|count|integer|text|string|date|name|free text|units?|عدد|شخص"
    r"|درجة|نص)\W*",
    re.IGNORECASE,
)
_CALCULATED = re.compile(r"\s*(?:=|#(?:ref|n/a|value|div/0|name|null|num)[!?]?\s*$)", re.IGNORECASE)
"""A formula or an error, whose letters may look like a header's: ``=TODAY()``, ``#REF!``."""

_RULE = re.compile(r"\s*:?[-=_]{2,}:?\s*")
_LOOKED_AT = 1_000
_MOST_FILLED = 0.6
"""A row is a header again if so many of its cells say what heads their column."""


def mark_layout(raw: RawTable, roles: Roles) -> None:
    """Reject the rows that belong to the layout: headers again, units, another table below."""
    rows = _like_headers(raw, roles)
    marked = dict.fromkeys(_headers_again(raw.cells, rows), _HEADER_AGAIN)
    for start, end in raw.spans:
        if start == end:
            continue  # a sheet of nothing but tags
        first = _filled(raw.cells.iloc[start])
        if _name_units(first):
            marked[start] = _UNITS_ROW
        elif _are_rules(first):
            marked[start] = _RULE_ROW
        likely = [int(at) for at in rows[(rows >= start) & (rows < end)] if at not in marked]
        below = _other_table(raw, likely[:_LOOKED_AT])
        if below is not None:
            names = ", ".join(map(repr, _filled(raw.cells.iloc[below])[:6]))
            reason = f"of another table below, with the columns {names}"
            marked |= dict.fromkeys(range(below, end), reason)
            raw.said.append(
                f"another table begins in row {raw.rows[below]}, with the columns {names}: not "
                "read; give it a sheet or a file of its own"
            )
    raw.rejected = marked | raw.rejected
    raw.layout = sorted(marked)


def reasons_to_reject(raw: RawTable, roles: Roles, ours: pd.DataFrame) -> pd.Series[str]:
    """Say for each row of a table why it cannot be an incident, or nothing.

    Parameters
    ----------
    raw : the table
    roles : which of its columns is what
    ours : the INCIDENTS read from it so far
    """
    reasons = no_text(ours.index)
    undated = ours.index[ours["date"].isna()]
    lone = _alone(raw.cells, undated)
    where = [roles.first(role) for role in (*WHERE, "country") if roles.first(role)]
    few = bool(roles.first("date")) and len(lone) <= _FEW * len(ours)
    for name in raw.cells.columns if len(lone) else ():
        texts = raw.cells.loc[lone, name].dropna().astype("str")
        if few or name not in where:
            reasons[texts.index] = _HEADING if name in where else _LONE
        notes = by_distinct(texts, _says_note).notna()
        reasons[texts.index[notes]] = _NOTE
    for column in raw.cells.columns[:_TOTAL_COLUMNS] if len(undated) else ():
        if raw.cells[column].dtype == "str":
            totals = by_distinct(raw.cells.loc[undated, column], _says_total)
            reasons[undated[totals == "total"]] = _TOTAL
    for position, reason in raw.rejected.items():
        reasons.iloc[position] = reason
    return reasons


def _like_headers(raw: RawTable, roles: Roles) -> npt.NDArray[np.intp]:
    """The rows of which a telling cell is a word that heads columns."""
    keys = [roles.first(role) for role in ("date", "place", "admin1", "admin2", "admin3")]
    telling = dict.fromkeys([raw.cells.columns[0], *(key for key in keys if key)])
    found = np.zeros(len(raw.cells), dtype=bool)
    for name in list(telling)[:3]:
        cells = raw.cells[name]
        if cells.dtype != "str":
            continue
        column = raw.columns[name]
        if name == keys[0] and column.days is not None:
            continue
        if name not in keys and column.numbers is not None:
            continue
        texts = column.apart[1] if name in keys else _maybe_words(cells)
        words = texts[~texts.str.contains("[0-9]")].tolist()
        heads = [text for text in words if _is_head(text, name)]
        if heads:
            found |= cells.isin(heads).to_numpy()
    return np.flatnonzero(found)


def _maybe_words(cells: pd.Series[str]) -> pd.Series[str]:
    """The distinct cells that do not begin with a digit: of ids, which all differ, hardly any."""
    before, behind = cells < "0", cells >= ":"
    words = before.to_numpy(bool, na_value=False) | behind.to_numpy(bool, na_value=False)
    return pd.Series(cells[words].unique(), dtype="str")


def _is_head(text: str, name: str) -> bool:
    return len(text) < _LONG_NOTE and (text.strip() == name or bool(role_of(text)))


def _headers_again(cells: pd.DataFrame, rows: npt.NDArray[np.intp]) -> list[int]:
    """Which of some rows repeat the header, as pages that were printed do."""
    if not len(rows):
        return []
    same = np.zeros(len(rows), dtype=int)
    filled = np.zeros(len(rows), dtype=int)
    part = cells.iloc[rows]
    for name in cells.columns:
        told = part[name].astype("str").str.strip()
        same += (told == name).to_numpy(dtype=bool, na_value=False)
        filled += told.notna().to_numpy()
    return [int(at) for at in rows[(same >= 2) & (same >= _MOST_FILLED * filled)]]


def _name_units(filled: Sequence[str]) -> bool:
    units = sum(bool(_UNITS.fullmatch(cell.strip())) for cell in filled)
    return units >= 2 and not any(map(is_number_like, filled))


def _are_rules(filled: Sequence[str]) -> bool:
    return bool(filled) and all(map(_RULE.fullmatch, filled))


def _other_table(raw: RawTable, rows: Sequence[int]) -> int | None:
    """The row in which another table begins: most of its cells are headers, of other columns."""
    if raw.cells.shape[1] < 2:
        return None
    names = {normalise(name) for name in raw.cells.columns}
    for at in rows:
        filled = _filled(raw.cells.iloc[at])
        if len(filled) < 2 or any(is_number_like(c) or _CALCULATED.match(c) for c in filled):
            continue
        known = [cell for cell in filled if role_of(cell)]
        new = [cell for cell in known if normalise(cell) not in names]
        if (len(known) >= 2 and 2 * len(known) >= len(filled)) or _stands_apart(raw, at, new):
            return at
    return None


def _stands_apart(raw: RawTable, at: int, known: Sequence[str]) -> bool:
    """Whether a row of which a cell is a header follows a gap in the table."""
    if not known or not at or not all(len(cell) < 60 for cell in _filled(raw.cells.iloc[at])):
        return False
    before = at - 1
    if raw.cells.iloc[before].notna().sum() == 1:  # the title of what follows
        before -= 1
    return before >= 0 and raw.rows[at] - raw.rows[before] > at - before


def _alone(cells: pd.DataFrame, rows: pd.Index[int]) -> pd.Index[int]:
    """Which of some rows have a single cell, where a table has more than two columns."""
    if cells.shape[1] < 3 or not len(rows):
        return rows[:0]
    filled, at = np.zeros(len(rows), dtype=int), cells.index.get_indexer(rows)
    for _, column in cells.items():
        filled += ~np.asarray(column.array.isna())[at]
    alone: pd.Index[int] = rows[filled == 1]
    return alone


def _says_note(values: pd.Series[str]) -> pd.Series[str]:
    notes = values.str.match(_NOTES) | values.str.len().gt(_LONG_NOTE)
    return text_where(notes, "note")


def _filled(row: pd.Series[str]) -> list[str]:
    return [str(cell) for cell, lacks in zip(row, row.isna(), strict=True) if not lacks]


def _says_total(values: pd.Series[str]) -> pd.Series[str]:
    return text_where(values.str.strip().str.fullmatch(_TOTALS), "total")
