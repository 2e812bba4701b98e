"""Place names in running English, Arabic, Sorani and Kurmanji text.

Names are matched word by word, the longest first, never inside a word. What
stands beside a name is read with it: generic words ("town of Kufa"), the unit
that holds it ("Taji, Baghdad"), distance and direction ("12 km south of
Mosul"). Names that are also words or persons need company.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gazetteer.choose import RANK, Context, lies_in
from gazetteer.normalise import fold, folded_words, key_of_folded
from gazetteer.offsets import relation_before
from gazetteer.place import Level, Match, Mention, Place, Status, Use
from gazetteer.resolve import Resolver
from gazetteer.toponym import DIRECTIONS, generic_of
from gazetteer.usage import Usage
from gazetteer.words import ARTICLES, Word, split

_SURE_LETTERS = 6  # a shorter word that is only spelled like a name may be any word
_SURE_SCORE = 0.8
_SPACE_IN_NAME = frozenset((" ", "-", "\u00a0", "‑", "\n", ". ", "."))
_SPACE_ABOUT_NAME = frozenset((" ", "-", "\u00a0", "\n", "\\", ""))
_INTRODUCING = folded_words(
    "in near at from around outside inside of to into toward towards between across through "
    "reach reached left entered لە li ji في من إلى قرب"
)
_BEFORE_ANCHOR = folded_words(
    "of from outside near nearby to around between linking connecting the city town village "
    "capital "
    "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي الشمالي الجنوبي الشرقي الغربي من قرب ضواحي أطراف "
    "مشارف خارج محيط بين مدينتي باکووری باشووری ڕۆژهەڵاتی ڕۆژئاوای نزیک نزیکی دەوروبەری نێوان"
)
_ENGLISH_TOO = folded_words("at an as er es")
_ROADS = folded_words("road highway motorway route expressway")
_SMALL_WORDS = ARTICLES | {"of", "the", "bin", "wa"}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Words ``first`` to ``last`` spell a name; ``start`` and ``end`` take in what is about it.

    ``bare``: no generic word is about it.
    """

    first: int
    last: int
    start: int
    end: int
    bare: bool = True


class Finder:
    """Finds mentions of places by the names of a resolver."""

    def __init__(self, resolver: Resolver, usage: Usage) -> None:
        self.resolver = resolver
        self.usage = usage
        self.longest = _longest_by_first_word(resolver)
        self.resolve = lru_cache(maxsize=8192)(self._resolve_in_prose)

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in the order of the text; they do not overlap."""
        return _Text(text, self).mentions()

    def _resolve_in_prose(self, name: str, company: frozenset[str]) -> Match:
        return self.resolver.resolve(name, Context(prose=True, company=company))


class _Text:
    """One text on its way to its mentions."""

    def __init__(self, text: str, finder: Finder) -> None:
        self._text = text
        self._words = split(text)
        self._finder = finder
        self._resolver = finder.resolver
        self._longest = finder.longest

    def mentions(self) -> list[Mention]:
        spots = self._spots()
        alone = [self._resolve(self._written(spot)) for spot in spots]
        company = frozenset(m.place.adm1 for m in alone if m.place and m.place.adm1)
        found: list[tuple[_Spot, Match]] = []
        for spot, first_look in zip(spots, alone, strict=True):
            match = first_look
            if match.status is Status.AMBIGUOUS and company:
                match = self._resolve(self._written(spot), company)
            if self._believable(spot, match, known_alone=first_look.status is Status.RESOLVED):
                found.append((spot, match))
        return self._with_areas(self._with_parents(found))

    def _resolve(self, name: str, company: frozenset[str] = frozenset()) -> Match:
        return self._finder.resolve(name, company)

    def _written(self, spot: _Spot) -> str:
        return self._text[spot.start : spot.end]

    # --- where names are ---------------------------------------------------------

    def _spots(self) -> list[_Spot]:
        spots: list[_Spot] = []
        words, at, free_from = self._words, 0, 0
        while at < len(words):
            spot = self._spot_at(at) if words[at].form.cuts and self._may_begin(at) else None
            if spot is None:
                at += 1
                continue
            spots.append(self._with_generics(spot, free_from))
            free_from = spots[-1].end
            at = spot.last + 1
            while at < len(words) and words[at].start < free_from:
                at += 1
        return spots

    def _may_begin(self, at: int) -> bool:
        form = self._words[at].form
        if not form.is_article or form.text[0].isupper():
            return True
        if at + 1 == len(self._words) or not self._words[at + 1].form.text[0].isupper():
            return False
        # "at Mosul", "as Iraq": English words, too
        gap = self._text[self._words[at].end : self._words[at + 1].start]
        return gap == "-" or form.folded not in _ENGLISH_TOO

    def _spot_at(self, at: int) -> _Spot | None:
        words = self._words
        word = words[at]
        for cut in word.form.cuts:
            most = min(self._longest.get(cut.key, 0), len(words) - at)
            if cut.right:
                most = min(most, 1)
            for count in range(most, 0, -1):
                last = at + count - 1
                exactly = self._must_be_exact(at, last)
                if exactly is None:
                    continue
                folded = " ".join([cut.folded, *(w.folded for w in words[at + 1 : last + 1])])
                ending = cut.right
                if not self._is_name(folded, at, exactly=exactly):
                    ending = self._ending_of(words[last], folded) if count > 1 else 0
                    if not ending:
                        continue
                return _Spot(at, last, word.start + cut.left, words[last].end - ending)
        return None

    def _must_be_exact(self, first: int, last: int) -> bool | None:
        """Whether words can be one name only if it is listed just so; None if they cannot be.

        That is so over the end of a line, and of words in small letters ("Makhmur camp").
        """
        exactly = False
        for at in range(first, last):
            one, other = self._words[at], self._words[at + 1]
            gap = self._text[one.end : other.start]
            form = other.form
            if gap not in _SPACE_IN_NAME or one.form.possessive:
                return None
            small = not (form.cuts or form.folded in _SMALL_WORDS or form.text[0].isdigit())
            exactly = exactly or small or "\n" in gap
        return exactly

    def _is_name(self, folded: str, at: int, *, exactly: bool) -> bool:
        """Whether the words from ``at`` on, folded, spell a name."""
        index = self._resolver.index
        hits = index.exact.get(folded)
        if hits and all(hit.generics for hit in hits):  # only with a word such as province
            return at > 0 and generic_of(self._words[at - 1].folded) is not None
        if hits or self._resolver.outside.find(folded) is not None:
            return True
        if exactly or len(folded) < _SURE_LETTERS or len(folded.split()[-1]) < 2:
            return False
        return bool(index.like(folded))

    def _ending_of(self, last: Word, folded: str) -> int:
        """Return how many letters of a Kurdish ending stand between words and a name."""
        before = folded[: len(folded) - len(last.folded)]
        for cut in last.form.cuts:
            if cut.right and before + cut.folded in self._resolver.index.exact:
                return cut.right
        return 0

    def _with_generics(self, spot: _Spot, free_from: int) -> _Spot:
        """Take in the generic words, directions and article about a name."""
        end, bare = self._end_with_generic(spot)
        start, words = spot.start, self._words
        first = spot.first
        generic_seen = False
        while first > 0 and words[first - 1].start >= free_from:
            left = words[first - 1]
            if left.form.possessive or self._text[left.end : start] not in _SPACE_ABOUT_NAME:
                break
            if self._is_its_article(left, start) and not generic_seen:
                start, first = left.start, first - 1
                continue
            prefix = _prefix_of_generic(left)
            if prefix is not None:
                generic_seen, bare = True, False
            elif left.folded in DIRECTIONS and left.form.text.isascii():
                prefix = 0
            elif not (
                left.folded == "of"
                and first > 1
                and words[first - 2].start >= free_from
                and generic_of(words[first - 2].folded)
            ):
                break
            start, first = left.start + (prefix or 0), first - 1
        return _Spot(spot.first, spot.last, start, end, bare)

    def _is_its_article(self, word: Word, start: int) -> bool:
        if not word.form.is_article or word.end + 1 != start:
            return False
        return self._text[word.end] == "-" or word.folded not in _ENGLISH_TOO

    def _end_with_generic(self, spot: _Spot) -> tuple[int, bool]:
        words, right = self._words, spot.last + 1
        if right == len(words) or words[spot.last].form.possessive:
            return spot.end, True
        follows = self._text[spot.end : words[right].start] in (" ", "-", "\u00a0")
        if not (follows and generic_of(words[right].folded)):
            return spot.end, True
        if self._belongs_to_next(spot, right):
            return spot.end, True
        return words[right].end, False

    def _belongs_to_next(self, spot: _Spot, generic: int) -> bool:
        """Whether a generic word is of the name behind it: "Baghdad district of Karrada".

        In "Dora district of Baghdad" it is not: the second is not in the first.
        """
        words = self._words
        if generic + 2 >= len(words) or words[generic + 1].folded != "of":
            return False
        other = self._spot_at(generic + 2) if words[generic + 2].form.cuts else None
        if other is None:
            return False
        one, two = (self._resolver.resolve(self._written(s)).place for s in (spot, other))
        return one is not None and two is not None and RANK[one.level] < RANK[two.level]

    # --- which are places --------------------------------------------------------

    def _believable(self, spot: _Spot, match: Match, *, known_alone: bool) -> bool:
        """Whether a spot that spells a name is to be taken for one."""
        introduced = spot.first > 0 and self._words[spot.first - 1].folded in _INTRODUCING
        if match.status is Status.OUTSIDE:
            foreign = self._resolver.outside.find(fold(match.query))
            return introduced or (foreign is not None and foreign.well_known)
        if match.status is Status.RESOLVED:
            if match.method == "variant" and match.place and match.place.kind == "quarter":
                return not spot.bare or introduced  # prime minister Allawi is not Alawi
            # Company alone makes a place of "Hit" only where the sentence leads up to one.
            return known_alone or not spot.bare or introduced
        return match.status is Status.AMBIGUOUS and any(
            candidate.score >= _SURE_SCORE for candidate in match.candidates
        )

    # --- what stands beside ------------------------------------------------------

    def _with_parents(self, found: list[tuple[_Spot, Match]]) -> list[tuple[_Spot, Match]]:
        """Make one of a name and the unit behind its comma that holds it."""
        joined: list[tuple[_Spot, Match]] = []
        for spot, match in found:
            if joined:
                head, _ = joined[-1]
                inner = self._held(head, spot, match)
                if inner is not None:
                    joined[-1] = (replace(head, end=spot.end), inner)
                    continue
            joined.append((spot, match))
        return joined

    def _held(self, head: _Spot, spot: _Spot, match: Match) -> Match | None:
        """Return what a name means in the unit named behind it, if that holds it."""
        gap = self._text[head.end : spot.start]
        joins = gap in (", ", " (", "، ") or (gap in (" of ", " in ", ", in ") and not head.bare)
        if not joins or match.place is None:
            return None
        holder = self._unit_of(spot, match.place)
        if holder.level not in (Level.ADM1, Level.ADM2):
            return None
        context = Context(parent=holder, prose=True)
        inner = self._resolver.resolve(self._written(head), context)
        place = inner.place
        if place is None or place.id == holder.id or place.adm1 == place.id:
            return None
        return inner if lies_in(place, holder) and place.id != match.place.id else None

    def _unit_of(self, spot: _Spot, place: Place) -> Place:
        """Of "Taji, Baghdad" the second name means the governorate, if it names one."""
        return self._resolver.resolve(self._written(spot)).place or place

    def _with_areas(self, found: list[tuple[_Spot, Match]]) -> list[Mention]:
        """Take in distances and directions; tell how each name is used."""
        mentions: list[Mention] = []
        at = 0
        while at < len(found):
            spot, match = found[at]
            free_from = mentions[-1].end if mentions else 0
            area, taken = self._area(found, at, free_from)
            if area is None:
                end = self._dot(spot)
                written = self._text[spot.start : end]
                area = Mention(written, spot.start, end, match, self._use(spot, match))
            mentions.append(area)
            at += taken
        return mentions

    def _area(
        self, found: Sequence[tuple[_Spot, Match]], at: int, free_from: int
    ) -> tuple[Mention | None, int]:
        """Return the mention of an area that is told from one name or two, and from how many."""
        spot, match = found[at]
        road = self._road(found, at)
        if road is not None:
            return road, 2
        first = self._first_word(spot)
        if first == 0 or match.place is None:
            return None, 1
        if self._words[first - 1].folded not in _BEFORE_ANCHOR:
            return None, 1
        relation = relation_before(self._text, spot.start)
        if relation is None or relation.start < free_from:
            return None, 1
        if relation.between and self._use(spot, match) is not Use.PLACE:
            return None, 1  # talks between Erbil and Baghdad
        start = relation.start
        if relation.between:
            if at + 1 == len(found):
                return None, 1
            other_spot, other = found[at + 1]
            if self._text[spot.end : other_spot.start] not in (" and ", " و", " to ", " و "):
                return None, 1
            both = self._text[start : other_spot.end]
            area = self._resolver.areas.between(both, match, other)
            return (
                (Mention(both, start, other_spot.end, area), 2) if area is not None else (None, 1)
            )
        written = self._text[start : spot.end]
        area = self._resolver.areas.off(written, relation, match)
        return (Mention(written, start, spot.end, area), 1) if area is not None else (None, 1)

    def _road(self, found: Sequence[tuple[_Spot, Match]], at: int) -> Mention | None:
        """Return the mention of "Baghdad-Kirkuk road"."""
        if at + 1 == len(found):
            return None
        (one, match), (two, other) = found[at], found[at + 1]
        if self._text[one.end : two.start] not in ("-", "–", "—", " - ", " – ", " to ", "/"):
            return None
        if two.last + 1 == len(self._words):
            return None
        word = self._words[two.last + 1]
        if word.folded not in _ROADS or self._text[two.end : word.start] != " ":
            return None
        written = self._text[one.start : word.end]
        area = self._resolver.areas.between(written, match, other)
        return Mention(written, one.start, word.end, area) if area is not None else None

    def _use(self, spot: _Spot, match: Match) -> Use:
        return self._finder.usage.of(self._text, self._words, spot.first, spot.last, match)

    def _first_word(self, spot: _Spot) -> int:
        first = spot.first
        while first > 0 and self._words[first - 1].start >= spot.start:
            first -= 1
        return first

    def _dot(self, spot: _Spot) -> int:
        """Return where a mention ends: "U.S." takes its last dot."""
        is_short = spot.end - spot.start == 3 and self._text[spot.start + 1] == "."
        return spot.end + (is_short and self._text[spot.end : spot.end + 1] == ".")


def _prefix_of_generic(word: Word) -> int | None:
    """Return how many letters of a prefix stand before a generic word; None if it is none."""
    if not word.form.cuts:
        return 0 if generic_of(word.folded) else None
    return next((cut.left for cut in word.form.cuts if generic_of(cut.folded)), None)


def _longest_by_first_word(resolver: Resolver) -> dict[str, int]:
    """Return, by the key of a name's first word, how many words such names have at most."""
    longest: dict[str, int] = {}
    for names in (resolver.index.exact, resolver.outside.names()):
        for folded in names:
            words = folded.split()
            key = key_of_folded(words[0])
            longest[key] = max(longest.get(key, 0), len(words))
    for key in resolver.index.variant:  # names that somebody writes in one word
        longest.setdefault(key, 1)
    return longest
