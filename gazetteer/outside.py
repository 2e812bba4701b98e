"""Places that are not in Iraq, so that they are known as such and not taken for Iraqi ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property


class Outside:
    """Names of countries, regions and cities abroad, read from disk when first asked for."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read

    def find(self, folded: str) -> tuple[str, str] | None:
        """Return (place, country) for a folded name, or None."""
        return self._names.get(folded)

    @cached_property
    def _names(self) -> dict[str, tuple[str, str]]:
        content = json.loads(self._read())
        countries = content["countries"]
        return {
            folded: (place, countries[country])
            for country, places in content["places"].items()
            for place, keys in places.items()
            for folded in keys
        }
