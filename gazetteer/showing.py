"""How answers show themselves in a notebook: small tables in which every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.api import Gazetteer
    from gazetteer.place import Match

_SHOWN = 5
"""Candidates that are shown; the match has all."""


def match_html(match: Match) -> str:
    """Return a match as an HTML table: what was asked, what was found, how sure it is and why."""
    found = str(match.place) if match.place else match.country or "no place"
    rows = [
        ("asked", match.query),
        (str(match.status), found),
        ("how", f"{match.method} {match.score:.2f}" if match.method else ""),
        ("why", match.why),
        *(("or", f"{other.place}: {other.why}") for other in match.candidates[:_SHOWN]),
    ]
    return _table((name, value) for name, value in rows if value)


def gazetteer_html(gaz: Gazetteer) -> str:
    """Return as an HTML table which data a gazetteer answers from."""
    library = gaz.library
    kind = "approximate" if library.approximate else "exact"
    rows = [
        ("places", f"{len(gaz.places()):,}"),
        ("polygons", f"{', '.join(map(str, library.levels))} ({kind})"),
        *(("source", str(credit)) for credit in library.credits),
    ]
    return _table(rows)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    lines = (
        f"<tr><th style='text-align:left'>{escape(name)}</th>"
        f"<td dir='auto' style='text-align:left'>{escape(value)}</td></tr>"
        for name, value in rows
    )
    return f"<table>{''.join(lines)}</table>"
