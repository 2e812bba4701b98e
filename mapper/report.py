"""What became of every row: the account that a map owes its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from types import MappingProxyType

import pandas as pd

from mapper.schema import LOCATED, POINT_PRECISIONS, STATUSES, check

_UNPLACED_COLUMNS = ("file", "row", "place", "within", "status", "reason", "candidates")
_AREA_PRECISIONS = ("adm3", "adm2", "adm1")
_SHOWN, _LISTED = 10, 20
"""Reasons and rows that the printed account shows; the frame has all."""


@dataclass(frozen=True)
class Report:
    """The account of one run. It closes: the statuses and ``merged`` add up to the rows in.

    ``statuses`` and ``shown`` count rows; ``shown`` by how the map shows them:
    ``by place``, ``by area``, ``region or country only``, ``not placed``.
    ``merged`` counts the rows that went into others, as tellings of one event.
    ``rejected`` counts the reasons for rejection, and ``flags`` the rows that are
    kept and counted but doubtful: ``repeat an earlier row`` (its id is in
    ``duplicate_of``), ``have coordinates that contradict their names`` (by as
    many kilometres as ``contradiction_km`` tells). ``unplaced`` has one row for
    each row that is not placed: file, row, place, within, status, reason, candidates;
    ``coarse`` the same for each row whose place's name is not known, and that is placed
    by its district or governorate instead.
    ``said`` is what the readers understood, and ``outputs`` the files written.
    """

    rows_in: int
    statuses: Mapping[str, int]
    shown: Mapping[str, int]
    rejected: Mapping[str, int]
    flags: Mapping[str, int]
    unplaced: pd.DataFrame = field(repr=False, compare=False)
    coarse: pd.DataFrame = field(repr=False, compare=False)
    said: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    merged: int = 0

    @classmethod
    def of(cls, located: pd.DataFrame, *, said: Sequence[str] | None = None) -> Report:
        """Draw up the account of a LOCATED frame.

        Parameters
        ----------
        located : LOCATED frame
        said : what the readers said; by default what the frame carries
        """
        check(located, LOCATED, "located")
        statuses = located["status"].value_counts()
        lines = located.attrs.get("said", ()) if said is None else said
        merged = int(located.attrs.get("merged", 0))
        return cls(
            rows_in=len(located) + merged,
            statuses=_frozen({name: int(statuses.get(name, 0)) for name in STATUSES}),
            shown=_frozen(_count_shown(located)),
            rejected=_frozen(_count_reasons(located)),
            flags=_frozen(_count_flags(located)),
            unplaced=_listed(located[located["status"] != "resolved"]),
            coarse=_listed(located[_is_coarse(located)]),
            said=tuple(lines),
            merged=merged,
        )

    @property
    def closes(self) -> bool:
        """Whether every row is accounted for, exactly once."""
        placed = sum(self.statuses.values()) + self.merged
        return self.rows_in == placed == sum(self.shown.values())

    @property
    def complete(self) -> bool:
        """Whether every row is placed."""
        return self.unplaced.empty

    def to_decide(self) -> pd.DataFrame:
        """Return the names that a person should decide, those of most rows first.

        Columns: name, within, rows, source_rows (the first of them), reason, candidates; and
        empty ones to fill in, id, or longitude and latitude, for `gazetteer.load` to take as
        own names. Rows that tell no name are not there: only their table can tell it.
        """
        keys = {"place": "name", "within": "within", "reason": "reason", "candidates": "candidates"}
        rows = pd.concat([self.unplaced[self.unplaced["status"] != "rejected"], self.coarse])
        rows = rows.rename(columns=keys)
        told = list(keys.values())
        rows[told] = rows[told].astype("str").fillna("")
        rows = rows[rows["name"] != ""]
        table = rows[told].value_counts().rename("rows").reset_index()
        listed = _source_rows(rows, told)
        table["source_rows"] = [listed[key] for key in table[told].itertuples(False, None)]
        table = table.assign(id="", longitude="", latitude="")
        return table[["name", "within", "rows", "source_rows", *told[2:], *table.columns[-3:]]]

    def with_outputs(self, *outputs: str) -> Report:
        """Return the same account, naming the files written."""
        return replace(self, outputs=(*self.outputs, *outputs))

    def as_dict(self) -> dict[str, object]:
        """Return the account as plain values, for JSON."""
        rows = self.unplaced.astype(object).where(self.unplaced.notna(), None)
        return {
            "rows_in": self.rows_in,
            "statuses": dict(self.statuses),
            "shown": dict(self.shown),
            "merged": self.merged,
            "rejected": dict(self.rejected),
            "flags": dict(self.flags),
            "unplaced": rows.to_dict("records"),
            "said": list(self.said),
            "outputs": list(self.outputs),
        }

    def __str__(self) -> str:
        lines = [*self.said, f"{_rows(self.rows_in)} in:"]
        lines += [f"  {number:>9,} {name}" for name, number in self.shown.items() if number]
        lines += ["Nothing is on the map: no row could be placed."] * self._nothing_shown()
        lines += [f"Of those not placed: {_told(self._unplaced_statuses())}."] * (not self.complete)
        lines += self._coarse_lines()
        lines += self._first_rejected()
        lines += self._first_unplaced()
        lines += [f"Of all, {_told(self.flags)}: kept and counted."] * any(self.flags.values())
        lines += [f"Wrote {name}" for name in self.outputs]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = "".join(
            f"<tr><td>{escape(name)}</td><td style='text-align:right'>{number:,}</td></tr>"
            for name, number in self.shown.items()
        )
        said = "".join(f"<li>{escape(line)}</li>" for line in self.said)
        rows = self.unplaced.head(_SHOWN).to_html(escape=True, index=False, na_rep="")
        return f"<p>{escape(_rows(self.rows_in))} in</p><table>{shown}</table><ul>{said}</ul>" + (
            "" if self.complete else f"<p>Not placed ({len(self.unplaced):,}):</p>{rows}"
        )

    def _nothing_shown(self) -> bool:
        return self.rows_in > 0 and self.shown.get("not placed") == self.rows_in

    def _unplaced_statuses(self) -> dict[str, int]:
        return {name: number for name, number in self.statuses.items() if name != "resolved"}

    def _coarse_lines(self) -> list[str]:
        if self.coarse.empty:
            return []
        rows = _rows(len(self.coarse))
        return [
            f"Of those placed: {rows} by district or governorate, the place's name not known there."
        ]

    def _first_rejected(self) -> list[str]:
        listed = _source_rows(self.unplaced[self.unplaced["status"] == "rejected"], ["reason"])
        first = list(self.rejected.items())[:_SHOWN]
        return [
            f"  {number:,} rejected: {why}{_in_brackets(listed[(why,)])}" for why, number in first
        ]

    def _first_unplaced(self) -> list[str]:
        """The names that a person should look at first: those that concern most rows."""
        told = ["place", "reason"]
        open_rows = self.unplaced[self.unplaced["status"] != "rejected"]
        groups = open_rows[told].fillna("").value_counts(sort=True)
        listed = _source_rows(open_rows, told)
        lines = [
            f"  {rows:,} x {place or '(no place)'}: {reason}{_in_brackets(listed[place, reason])}"
            for place, reason, rows in groups.head(_SHOWN).reset_index().itertuples(False, None)
        ]
        more = len(groups) - _SHOWN
        return [*lines, f"  and {more:,} more names"] if more > 0 else lines


def _source_rows(rows: pd.DataFrame, told: list[str]) -> dict[tuple[str, ...], str]:
    """The first rows of each group, as their tables number them: ``a.csv: 2, 5, 7...``."""
    found: dict[tuple[str, ...], dict[str, list[str]]] = {}
    keys = rows[told].astype("str").fillna("").itertuples(index=False, name=None)
    for key, file, row in zip(keys, rows["file"], rows["row"], strict=True):
        numbers = found.setdefault(key, {}).setdefault("" if pd.isna(file) else str(file), [])
        if len(numbers) <= _LISTED and not pd.isna(row):
            numbers.append(str(row) if len(numbers) < _LISTED else "...")
    return {
        key: "; ".join(": ".join(filter(None, (file, ", ".join(n)))) for file, n in files.items())
        for key, files in found.items()
    }


def _in_brackets(listed: str) -> str:
    return f" ({listed})" if listed else ""


def _is_coarse(located: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows name a place that is not known, and are placed by what holds it."""
    return (located["method"] == "parent").fillna(False) & located["place"].notna()


def _count_shown(located: pd.DataFrame) -> dict[str, int]:
    resolved = located["status"] == "resolved"
    by_place = resolved & located["precision"].isin(POINT_PRECISIONS)
    # A region inside one governorate is counted there.
    inside = (located["precision"] == "region") & located["adm1_pcode"].notna()
    by_area = resolved & (located["precision"].isin(_AREA_PRECISIONS) | inside)
    shown = {
        "on the map by place": int(by_place.sum()),
        "on the map by area": int(by_area.sum()),
        "known to region or country only": int((resolved & ~by_place & ~by_area).sum()),
        "not placed": int((~resolved).sum()),
    }
    merged = int(located.attrs.get("merged", 0))
    return shown | ({"merged into another row": merged} if merged else {})


def _count_flags(located: pd.DataFrame) -> dict[str, int]:
    return {
        "repeat an earlier row": int(located["duplicate_of"].notna().sum()),
        "have coordinates that contradict their names": int(
            located["contradiction_km"].notna().sum()
        ),
    }


def _count_reasons(located: pd.DataFrame) -> dict[str, int]:
    reasons = located.loc[located["status"] == "rejected", "rejected"].value_counts()
    return {str(reason): int(number) for reason, number in reasons.items()}


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    place, within = _names_told(rows)
    reason = rows["why"].mask(rows["status"] == "rejected", rows["rejected"])
    columns = (
        rows["source_file"],
        rows["source_row"],
        place,
        within,
        rows["status"],
        reason,
        rows["candidates"],
    )
    named = dict(zip(_UNPLACED_COLUMNS, columns, strict=True))
    return pd.DataFrame(named).reset_index(drop=True)


def _names_told(rows: pd.DataFrame) -> tuple[pd.Series[str], pd.Series[str]]:
    """Each row's name, the place's or its finest parent's; and what it is told to lie in."""
    cells = rows[["place", "admin3", "admin2", "admin1", "country"]].astype("str")
    told = [[cell for cell in row if isinstance(cell, str)] for row in cells.to_numpy()]
    names = [row[0] if row else None for row in told]
    parents = [", ".join(row[1:]) or None for row in told]
    return pd.Series(names, rows.index, dtype="str"), pd.Series(parents, rows.index, dtype="str")


def _frozen(counts: dict[str, int]) -> Mapping[str, int]:
    return MappingProxyType(counts)


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number)
