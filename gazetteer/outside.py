"""Places that are not in Iraq, so that they are known as such and not taken for Iraqi ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple


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
        return self._names.get(folded)

    def names(self) -> Iterable[str]:
        """Return all folded names."""
        return self._names

    @cached_property
    def _names(self) -> dict[str, Foreign]:
        content = json.loads(self._read())
        countries = content["countries"]
        found: dict[str, Foreign] = {}
        for well_known, group in ((True, "well_known"), (False, "cities")):
            for code, places in content[group].items():
                for place, names in places.items():
                    foreign = Foreign(place, countries[code], well_known)
                    for name in names:
                        found.setdefault(name, foreign)
        return found
