"""The row that several tellings of one event become, and what they tell differently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from mapper.merging.agreement import OPEN_KINDS, TOLLS, Row
from mapper.schema import INCIDENTS, PRECISIONS

_PLACE = ("place", "admin1", "admin2", "admin3", "longitude", "latitude", "geo_precision")
_DATE = ("date", "date_end", "date_precision", "date_text", "date_inferred")
_DIFFERING = {"killed": "killed", "wounded": "wounded", "date": "day", "sub_event_type": "kind"}


def joined(group: Sequence[Row]) -> dict[str, Any]:
    """Return the cells of the row that a group becomes."""
    main = max(group, key=lambda row: (_fullness(row), -row.at))
    others = [row for row in sorted(group, key=lambda row: row.at) if row is not main]
    rows = (main, *others)
    finest = min(rows, key=lambda row: PRECISIONS.index(str(row.known("precision"))))
    dated = next((row for row in rows if row.days), main)
    typed = next((row for row in rows if _is_exact(row)), main)
    cells = {column.name: main.cells[column.name] for column in INCIDENTS}
    cells |= {name: finest.cells[name] for name in _PLACE}
    cells |= {name: dated.cells[name] for name in _DATE}
    cells |= {name: typed.cells[name] for name in ("event_type", "sub_event_type")}
    for name in ("actor1", "actor2", *TOLLS):
        told = [row.known(name) for row in rows if row.known(name) is not None]
        cells[name] = next((value for value in told if value not in _VAGUE), None) or next(
            iter(told), cells[name]
        )
    cells["source"] = "; ".join(dict.fromkeys(text(row.cells["source"]) for row in rows))
    cells["notes"] = "; ".join(filter(None, [text(main.cells["notes"]), *_notes(main, others)]))
    cells["merged_from"] = "; ".join(str(row.cells["incident_id"]) for row in others)
    cells["merged_quotes"] = "\n".join(f"{teller(row)}: {row.cells['quote']}" for row in others)
    return cells


# Actors that anybody may be.
_VAGUE = ("Unidentified gunmen", "Insurgents", "Civilians")


def text(value: Any) -> str:
    """Return a cell's text, empty where it is missing."""
    return "" if pd.isna(value) else str(value)


def teller(row: Row) -> str:
    """Return who told a row."""
    return text(row.cells["source"]) or text(row.cells["source_file"])


def _fullness(row: Row) -> int:
    told = (*TOLLS, "date", "sub_event_type", "actor1", "actor2")
    return sum(row.known(name) is not None for name in told)


def _is_exact(row: Row) -> bool:
    """Whether a row tells more than that there was an attack."""
    return row.known("sub_event_type") not in (None, *OPEN_KINDS)


def _notes(main: Row, others: Sequence[Row]) -> list[str]:
    notes = []
    for name, what in _DIFFERING.items():
        told = [(_account(row, name), teller(row)) for row in (main, *others)]
        told = [(value, who) for value, who in told if value is not None]
        if len({value for value, _ in told}) > 1:
            accounts = ", ".join(f"{_shown(value)} ({who})" for value, who in told)
            notes.append(f"accounts differ on the {what}: {accounts}")
    addresses = [f"{teller(row)} {text(row.cells['source_url'])}".strip() for row in others]
    return [*notes, f"also told by: {', '.join(dict.fromkeys(addresses))}"]


def _account(row: Row, name: str) -> Any:
    """Return what a row tells; of several days none, which meet one of them."""
    value = row.known(name)
    return value if name != "date" or value == row.known("date_end") else None


def _shown(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)
