"""Where everything on a map comes from, and by which version and when it was made."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from mapper.drawing.words import words
from mapper.style import Backdrop

_MOST_FILES = 5
"""How many of the files read are named on the map."""


def credit_lines(located: pd.DataFrame, backdrop: Backdrop, language: str) -> tuple[str, ...]:
    """Return where everything on a map comes from, the incidents first, the program last."""
    spoken = words(language)
    files = [str(name) for name in located["source_file"].dropna().unique()]
    more = "\N{HORIZONTAL ELLIPSIS}" if len(files) > _MOST_FILES else ""
    named = [f"{spoken['incidents']}: {', '.join(files[:_MOST_FILES])}{more}"] if files else []
    made = spoken["made"].format(program=f"iraq-incident-mapper {_version()}", day=_today())
    return (*named, *backdrop.credits, made)


def _version() -> str:
    try:
        return version("iraq-incident-mapper")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""


def _today() -> str:
    """Return the day in Greenwich, or the one that SOURCE_DATE_EPOCH pins.

    A reader of an old page must see that it is old. No hour: the same input gives the same
    bytes all day, and with that variable, which builds that are compared to the byte set,
    for ever.
    """
    pinned = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(pinned), UTC) if pinned.isdigit() else datetime.now(UTC)
    return now.date().isoformat()
