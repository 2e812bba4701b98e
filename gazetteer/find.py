"""Place names in running English, Arabic, Sorani and Kurmanji text.

Names are matched word by word, the longest first, never inside a word. What
stands beside a name is read with it: generic words ("town of Kufa"), the unit
that holds it ("Taji, Baghdad"), distance and direction ("12 km south of
Mosul"). Names that are also words or persons need company.

Only the reviewed names of the core data are looked for, even where full data is
installed: most of its 20,000 villages are called by a word, a person's name or
that of another place, and a village that is found wrongly is worse than none. Of
1,782 places told in labelled news they would add 11, and name 3 others wrongly.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from gazetteer.abroad import with_told_abroad
from gazetteer.beginnings import Beginnings
from gazetteer.joins import Joins
from gazetteer.lookups import Known, Lookups
from gazetteer.nesting import lies_in
from gazetteer.normalise import folded_words
from gazetteer.place import Match, Mention, Place, Status, Use
from gazetteer.resolve import Resolver
from gazetteer.spots import Spot, Spots
from gazetteer.usage import Usage
from gazetteer.words import SORANI_IN, Words

_SURE_SCORE = 0.8
_WHERE = folded_words("in near outside في وفي")
_INTRODUCING = folded_words(
    "in near at from around outside inside of to into toward towards between across through "
    "reach reached left entered لە li ji في وفي من إلى قرب بين صحراء بادية"
)
_STRUCK = folded_words("by again hard")
_LISTED_WITH = frozenset((" و", " و ", "، و", "، ", ", ", " and ", ", and ", " û "))
_HELD_BY = folded_words(
    "of in at area district quarter neighborhood neighbourhood في وسط بوسط لە li"
)
_AREA = folded_words("area areas suburb suburbs slum")
_LONGEST_GAP = 18  # characters: " neighbourhood of "
_BOTH = 6  # words before the second of two names that "between" leads to
_INTRODUCING_LETTERS = frozenset("بل")


class Finder:
    """Finds mentions of places by the names of a resolver."""

    def __init__(self, resolver: Resolver, *, beginnings: Beginnings, usage: Usage) -> None:
        self._lookups = Lookups(resolver, beginnings=beginnings, adjectives=usage.adjectives)
        self._usage = usage

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in the order of the text; they do not overlap."""
        lookups = self._lookups
        words = Words(text, lookups.vocabulary)
        spots = Spots(words, lookups).found()
        alone = [lookups.in_prose(text[spot.start : spot.end]) for spot in spots]
        for at in [at for at, m in enumerate(alone) if m.status is Status.AMBIGUOUS]:
            if lookups.is_initials(alone[at].query):
                alone[at] = self._of_initials(spots[at], alone[at], words)
        company = frozenset(m.place.adm1 for m in alone if m.place and m.place.adm1)
        found: list[tuple[Spot, Match]] = []
        for at, (spot, first_look) in enumerate(zip(spots, alone, strict=True)):
            match = first_look
            if match.status is Status.AMBIGUOUS and company:
                match = lookups.in_prose(match.query, company)
            introduced = self._is_introduced(spot, words)
            if not spot.bare and self._is_some_quarter(spot, match, words, alone):
                continue
            if match.status is Status.AMBIGUOUS and company and self._is_put_there(spot, words):
                match = lookups.town(match.query) or match
            if spot.bare and not introduced and self._is_common_word(spot, words):
                continue
            if _is_struck(spot, words):
                continue
            known_alone = first_look.status is Status.RESOLVED
            if match.place is not None and not (known_alone or introduced):
                introduced = self._is_told_beside(match.place, at, spots, alone, words.text)
            if self._believable(spot, match, introduced=introduced, known_alone=known_alone):
                found.append((spot, match))
        joins = Joins(words, lookups=lookups, usage=self._usage)
        told = with_told_abroad(joins.with_parents(found), words, lookups)
        mentions = joins.with_areas(told)
        adjectives = [at for at in words.notable if words.forms[at].adjective_of]
        return self._with_adjectives(mentions, words, adjectives) if adjectives else mentions

    def _of_initials(self, spot: Spot, match: Match, words: Words) -> Match:
        """Resolve FAO, which among small letters is no place."""
        town = self._lookups.town(match.query)
        is_dateline = self._usage.of(words, spot.first, spot.last, town or match) is Use.DATELINE
        if town is not None and (is_dateline or words.is_capital_about(spot.first)):
            return town
        return Match(match.query, Status.UNRESOLVED, why="the initials of an organisation")

    def _with_adjectives(
        self, mentions: list[Mention], words: Words, adjectives: list[int]
    ) -> list[Mention]:
        """Add words such as Baghdadi, which tell of a place and are not its name."""
        found = []
        for at in adjectives:
            start, end = words.starts[at], words.ends[at]
            behind = bisect_left(mentions, end, key=_start)
            is_free = behind == 0 or mentions[behind - 1].end <= start
            if is_free and self._usage.is_adjective(words, at):
                match = self._lookups.in_prose(words.forms[at].adjective_of or "")
                found.append(Mention(words.text[start:end], start, end, match, Use.ADJECTIVE))
        return sorted([*mentions, *found], key=_start)

    def _is_some_quarter(self, spot: Spot, match: Match, words: Words, others: list[Match]) -> bool:
        """Whether any town may have the quarter, and none of its own is told.

        "Karama quarter" is one of many, where a quarter is known with that word only.
        """
        place = match.place
        is_behind = spot.end > words.ends[spot.last]
        if not is_behind or place is None or place.kind != "quarter":
            return False
        name = " ".join(form.folded for form in words.forms[spot.first : spot.last + 1])
        if self._lookups.known(name) is not Known.WITH_GENERIC:
            return False
        return not any(
            other.place is not None and other.place != place and other.place.adm1 == place.adm1
            for other in others
        )

    def _is_told_beside(
        self, place: Place, at: int, spots: list[Spot], alone: list[Match], text: str
    ) -> bool:
        """Whether a place stands in a list with one near it, or before "in" and what holds it.

        Qaim in القائم وراوة, Tahrir Square in "Tahrir Square in central Baghdad".
        """
        spot = spots[at]
        for one, other in ((at - 1, at), (at, at + 1)):
            if one < 0 or other == len(spots):
                continue
            gap, beside = text[spots[one].end : spots[other].start], alone[one + other - at].place
            if beside is None:
                continue
            if gap in _LISTED_WITH and place.adm1 == beside.adm1 and place.kind != "quarter":
                return True
            if other > at and spot.last > spot.first and len(gap) < _LONGEST_GAP:
                holder = self._lookups.alone(alone[other].query).place or beside
                if folded_words(gap) <= _HELD_BY and lies_in(place, holder):
                    return True
        return False

    def _is_introduced(self, spot: Spot, words: Words) -> bool:
        """Whether the words before a name lead up to a place: "in Hit"."""
        first = words.starts[spot.first]
        written_on = words.text[first : spot.start]
        if written_on[:1] in _INTRODUCING_LETTERS or written_on == SORANI_IN:
            return True
        behind = words.forms[spot.last + 1].folded if spot.last + 1 < len(words) else ""
        if behind in _AREA and words.forms[spot.first].text[0].isupper():
            return True  # "the Yarmouk area of Baghdad"
        if spot.first == 0:
            return False
        before = words.forms[spot.first - 1].folded
        if before == "and":  # "between Samarra and Dour"
            lead = words.forms[max(0, spot.first - _BOTH) : spot.first - 1]
            return any(form.folded == "between" for form in lead)
        return before in _INTRODUCING

    def _is_put_there(self, spot: Spot, words: Words) -> bool:
        """Whether a word must be a place where one stands: "a bomb in Hit, killing"."""
        if spot.first == 0 or words.forms[spot.first - 1].folded not in _WHERE:
            return False
        kind = words.forms[spot.first].folded.removeprefix("ال")
        if kind in self._usage.words["organisation_kinds"]:
            return False  # "In the city" is no town called City.
        behind = words.forms[spot.last + 1].text if spot.last + 1 < len(words) else ""
        goes_on = behind[:1].isupper() or behind.startswith("ال")  # "in Hit Song", "في الدور الاول"
        if goes_on and words.gaps[spot.last + 1] == " ":
            return False
        first = words.text[spot.start]
        return first.isupper() or first > "\u0600"

    def _is_common_word(self, spot: Spot, words: Words) -> bool:
        form = words.forms[spot.first]
        return spot.first == spot.last and form.folded in self._usage.words["common_in_text"]

    def _believable(self, spot: Spot, match: Match, *, introduced: bool, known_alone: bool) -> bool:
        """Whether a spot that spells a name is to be taken for one."""
        if match.status is Status.OUTSIDE:
            return introduced or self._lookups.is_well_known_abroad(match.query)
        if match.status is Status.RESOLVED:
            if match.method == "variant" and match.place and match.place.kind == "quarter":
                return not spot.bare or introduced  # prime minister Allawi is not Alawi
            # Company alone makes a place of "Hit" only where the sentence leads up to one.
            return known_alone or not spot.bare or introduced
        return match.status is Status.AMBIGUOUS and any(
            candidate.score >= _SURE_SCORE for candidate in match.candidates
        )


def _is_struck(spot: Spot, words: Words) -> bool:
    """Whether a headline says what befell a town without a name: "Town Hit by Blast"."""
    if words.forms[spot.last].folded != "hit":
        return False
    first = words.forms[spot.first]
    behind = words.forms[spot.last + 1].folded if spot.last + 1 < len(words) else ""
    is_named = spot.bare or first.folded == "of" or words.forms[spot.last - 1].folded == "of"
    return behind in _STRUCK and not is_named


_start = attrgetter("start")
