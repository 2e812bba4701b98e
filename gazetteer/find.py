"""Place names in running English, Arabic, Sorani and Kurmanji text.

Names are matched word by word, the longest first, never inside a word. What
stands beside a name is read with it: generic words ("town of Kufa"), the unit
that holds it ("Taji, Baghdad"), distance and direction ("12 km south of
Mosul"). Names that are also words or persons need company.
"""

from __future__ import annotations

from functools import lru_cache

from gazetteer.choose import Context
from gazetteer.joins import Joins
from gazetteer.normalise import fold, folded_words
from gazetteer.place import Match, Mention, Status
from gazetteer.resolve import Resolver
from gazetteer.spots import Spot, Spots, longest_by_first_word
from gazetteer.usage import Usage
from gazetteer.words import split

_SURE_SCORE = 0.8
_INTRODUCING = folded_words(
    "in near at from around outside inside of to into toward towards between across through "
    "reach reached left entered لە li ji في من إلى قرب"
)
_NOBODY: frozenset[str] = frozenset()


class Finder:
    """Finds mentions of places by the names of a resolver."""

    def __init__(self, resolver: Resolver, usage: Usage) -> None:
        self.resolver = resolver
        self.usage = usage
        self.longest = longest_by_first_word(resolver)
        self.resolve = lru_cache(maxsize=8192)(self._resolve_in_prose)

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in the order of the text; they do not overlap."""
        words = split(text)
        spots = Spots(text, words, resolver=self.resolver, longest=self.longest).found()
        written = [text[spot.start : spot.end] for spot in spots]
        alone = [self.resolve(name, _NOBODY) for name in written]
        company = frozenset(m.place.adm1 for m in alone if m.place and m.place.adm1)
        found: list[tuple[Spot, Match]] = []
        for spot, name, first_look in zip(spots, written, alone, strict=True):
            match = first_look
            if match.status is Status.AMBIGUOUS and company:
                match = self.resolve(name, company)
            introduced = spot.first > 0 and words[spot.first - 1].folded in _INTRODUCING
            known_alone = first_look.status is Status.RESOLVED
            if self._believable(spot, match, introduced=introduced, known_alone=known_alone):
                found.append((spot, match))
        joins = Joins(text, words, resolver=self.resolver, usage=self.usage)
        return joins.with_areas(joins.with_parents(found))

    def _believable(self, spot: Spot, match: Match, *, introduced: bool, known_alone: bool) -> bool:
        """Whether a spot that spells a name is to be taken for one."""
        if match.status is Status.OUTSIDE:
            foreign = self.resolver.outside.find(fold(match.query))
            return introduced or (foreign is not None and foreign.well_known)
        if match.status is Status.RESOLVED:
            if match.method == "variant" and match.place and match.place.kind == "quarter":
                return not spot.bare or introduced  # prime minister Allawi is not Alawi
            # Company alone makes a place of "Hit" only where the sentence leads up to one.
            return known_alone or not spot.bare or introduced
        return match.status is Status.AMBIGUOUS and any(
            candidate.score >= _SURE_SCORE for candidate in match.candidates
        )

    def _resolve_in_prose(self, name: str, company: frozenset[str]) -> Match:
        return self.resolver.resolve(name, Context(prose=True, company=company))
