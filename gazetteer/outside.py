"""Places that are not in Iraq, so that they are known as such and not taken for Iraqi ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

_WELL_KNOWN = "well_known"


class Foreign(NamedTuple):
    """A place abroad. ``well_known``: its bare name in running text is enough to know it."""

    place: str
    country: str
    well_known: bool


class Outside:
    """Names of countries, regions and cities abroad, read when first asked for."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read

    def find(self, folded: str) -> Foreign | None:
        """Return the place abroad that has a folded name, or None."""
        for group in (_WELL_KNOWN, "cities"):
            told = self._content[group].get(folded)
            if told is not None:
                code, _, place = told.partition(" ")
                return Foreign(place, self._content["countries"][code], group == _WELL_KNOWN)
        return None

    @cached_property
    def _content(self) -> dict[str, dict[str, str]]:
        content: dict[str, dict[str, str]] = json.loads(self._read())
        return content
