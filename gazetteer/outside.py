"""Places that are not in Iraq, and common words, so that they are not taken for Iraqi places."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

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

    def is_word(self, folded: str) -> bool:
        """Whether a folded text is a common word or a person's name, and so no place misspelled."""
        return folded in self._words

    def is_name_alone(self, folded: str) -> bool:
        """Whether a common word, where it stands for itself, is rather a place: القائم."""
        return folded in self._alone

    def is_state(self, folded: str) -> bool:
        """Whether a folded text is a state that writers put behind a town's comma: Virginia."""
        return folded in self._states

    def is_initials(self, written: str) -> bool:
        """Whether a text in capitals is the initials of an organisation, too: FAO."""
        return written in self._initials

    @cached_property
    def _states(self) -> frozenset[str]:
        return frozenset(self._content["states"])

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(self._content["initials"])

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(self._content["alone"])

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._content["words"])

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._read())
        return content
