"""What `gazetteer.find` asks of a resolver, each question answered once: news repeats itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from gazetteer.beginnings import Beginnings
from gazetteer.context import Context
from gazetteer.normalise import fold
from gazetteer.place import Level, Match, Place
from gazetteer.resolve import Resolver
from gazetteer.winds import is_wind
from gazetteer.words import ARTICLES, Vocabulary

_SURE_LETTERS = 6  # a shorter word that is only spelled like a name may be any word
_KEPT_NAMES = 8_192
_KEPT_PHRASES = 65_536
_NOBODY: frozenset[str] = frozenset()


class Known(Enum):
    """Whether folded words are a name."""

    NO = 0
    LISTED = 1
    WITH_GENERIC = 2  # only beside a word such as province
    ALIKE = 3  # not listed, but spelled much like one that is


class Lookups:
    """A resolver that remembers its answers."""

    def __init__(
        self, resolver: Resolver, *, beginnings: Beginnings, adjectives: Mapping[str, str]
    ) -> None:
        self._resolver = resolver
        self.areas = resolver.areas
        self.known = lru_cache(maxsize=_KEPT_PHRASES)(self._known)
        self.vocabulary = Vocabulary(
            beginnings.reach,
            adjectives,
            is_name=lambda folded: self.known(folded) is not Known.NO,
            is_word=resolver.outside.is_word,
        )
        self.beginnings = beginnings.several
        self.in_prose = lru_cache(maxsize=_KEPT_NAMES)(self._in_prose)
        self.alone = lru_cache(maxsize=_KEPT_NAMES)(self._alone)
        self.is_well_known_abroad = lru_cache(maxsize=_KEPT_NAMES)(self._is_well_known_abroad)
        self._held: dict[tuple[str, str], Match] = {}

    def within(self, name: str, holder: Place) -> Match:
        """Resolve a name that stands in running text beside the unit that should hold it."""
        match = self._held.get((name, holder.id))
        if match is None:
            if len(self._held) >= _KEPT_NAMES:
                self._held.clear()
            match = self._resolver.resolve(name, Context(parent=holder, prose=True))
            self._held[name, holder.id] = match
        return match

    def is_listed(self, folded: str) -> bool:
        """Whether a folded name is listed of a place in Iraq."""
        return bool(self._resolver.index.named(folded))

    def _known(self, folded: str) -> Known:
        if is_wind(folded):  # باکوور is the north before it is Bacoor
            return Known.NO
        hits = self._resolver.index.named(folded)
        if hits and all(hit.generics for hit in hits):
            return Known.WITH_GENERIC
        if hits or self._resolver.outside.find(folded) is not None:
            return Known.LISTED
        last = folded.split()[-1]
        if len(folded) < _SURE_LETTERS or len(last) < 2 or last in ARTICLES:
            return Known.NO
        return Known.ALIKE if self._resolver.index.like(folded) else Known.NO

    def _in_prose(self, name: str, company: frozenset[str] = _NOBODY) -> Match:
        return self._resolver.resolve(name, Context(prose=True, company=company))

    def town(self, name: str) -> Match | None:
        """Resolve a weak name that stands where only a place can; None if it is no town's."""
        match = self._resolver.resolve(name, Context(prose=True, is_place=True))
        place = match.place
        is_town = place is not None and place.level is Level.SETTLEMENT and place.kind != "quarter"
        return match if is_town else None

    def is_state(self, folded: str) -> bool:
        """Whether a folded text is a state that writers put behind the comma of a town."""
        return self._resolver.outside.is_state(folded)

    def is_initials(self, written: str) -> bool:
        """Whether a text in capitals is the initials of an organisation, too."""
        return self._resolver.outside.is_initials(written)

    def _alone(self, name: str) -> Match:
        return self._resolver.resolve(name)

    def _is_well_known_abroad(self, name: str) -> bool:
        foreign = self._resolver.outside.find(fold(name))
        return foreign is not None and foreign.well_known
