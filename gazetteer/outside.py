"""Places that are not in Iraq, and common words, so that they are not taken for Iraqi places."""

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
    """Names of countries, regions and cities abroad, and common words; read when asked for.

    Parameters
    ----------
    read : returns the content of a file of the core data
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read

    def find(self, folded: str) -> Foreign | None:
        """Return the place abroad that has a folded name, or None."""
        for group in (_WELL_KNOWN, "cities"):
            told = self._abroad[group].get(folded)
            if told is not None:
                code, _, place = told.partition(" ")
                return Foreign(place, self._abroad["countries"][code], group == _WELL_KNOWN)
        return None

    def is_word(self, folded: str) -> bool:
        """Whether a folded text is a common word or a person's name, and so no place misspelled."""
        return folded in self._words["words"]

    def is_name_alone(self, folded: str) -> bool:
        """Whether a common word, where it stands for itself, is rather a place: القائم."""
        return folded in self._words["alone"]

    def is_state(self, folded: str) -> bool:
        """Whether a folded text is a state that writers put behind a town's comma: Virginia."""
        return folded in self._words["states"]

    def is_initials(self, written: str) -> bool:
        """Whether a text in capitals is the initials of an organisation, too: FAO."""
        return written in self._words["initials"]

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        groups: dict[str, list[str]] = json.loads(self._read("words.json"))
        return {group: frozenset(words) for group, words in groups.items()}

    @cached_property
    def _abroad(self) -> dict[str, dict[str, str]]:
        abroad: dict[str, dict[str, str]] = json.loads(self._read("outside.json"))
        return abroad
