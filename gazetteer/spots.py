"""Where names of places stand in a text: the longest first, never inside a word.

What spells a name is not yet a place: see `gazetteer.find`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.choose import RANK
from gazetteer.normalise import folded_words, key_of_folded
from gazetteer.resolve import Resolver
from gazetteer.toponym import DIRECTIONS, generic_of
from gazetteer.words import ARTICLES, Word

_SURE_LETTERS = 6  # a shorter word that is only spelled like a name may be any word
_SPACE_IN_NAME = frozenset((" ", "-", "\u00a0", "‑", "\n", ". ", "."))
_SPACE_ABOUT_NAME = frozenset((" ", "-", "\u00a0", "\n", "\\", ""))
_ENGLISH_TOO = folded_words("at an as er es")
_SMALL_WORDS = ARTICLES | {"of", "the", "bin", "wa"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Words ``first`` to ``last`` spell a name; ``start`` and ``end`` take in what is about it.

    ``bare``: no generic word is about it.
    """

    first: int
    last: int
    start: int
    end: int
    bare: bool = True


class Spots:
    """The names in one text. ``longest`` is what `longest_by_first_word` returns."""

    def __init__(
        self, text: str, words: list[Word], *, resolver: Resolver, longest: dict[str, int]
    ) -> None:
        self._text = text
        self._words = words
        self._resolver = resolver
        self._longest = longest

    def found(self) -> list[Spot]:
        """Return the names in the order of the text; they do not overlap."""
        spots: list[Spot] = []
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

    def _spot_at(self, at: int) -> Spot | None:
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
                return Spot(at, last, word.start + cut.left, words[last].end - ending)
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

    def _with_generics(self, spot: Spot, free_from: int) -> Spot:
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
        return Spot(spot.first, spot.last, start, end, bare)

    def _is_its_article(self, word: Word, start: int) -> bool:
        if not word.form.is_article or word.end + 1 != start:
            return False
        return self._text[word.end] == "-" or word.folded not in _ENGLISH_TOO

    def _end_with_generic(self, spot: Spot) -> tuple[int, bool]:
        words, right = self._words, spot.last + 1
        if right == len(words) or words[spot.last].form.possessive:
            return spot.end, True
        follows = self._text[spot.end : words[right].start] in (" ", "-", "\u00a0")
        if not (follows and generic_of(words[right].folded)):
            return spot.end, True
        if self._belongs_to_next(spot, right):
            return spot.end, True
        return words[right].end, False

    def _belongs_to_next(self, spot: Spot, generic: int) -> bool:
        """Whether a generic word is of the name behind it: "Baghdad district of Karrada".

        In "Dora district of Baghdad" it is not: the second is not in the first.
        """
        words = self._words
        if generic + 2 >= len(words) or words[generic + 1].folded != "of":
            return False
        other = self._spot_at(generic + 2) if words[generic + 2].form.cuts else None
        if other is None:
            return False
        one, two = (
            self._resolver.resolve(self._text[s.start : s.end]).place for s in (spot, other)
        )
        return one is not None and two is not None and RANK[one.level] < RANK[two.level]


def _prefix_of_generic(word: Word) -> int | None:
    """Return how many letters of a prefix stand before a generic word; None if it is none."""
    if not word.form.cuts:
        return 0 if generic_of(word.folded) else None
    return next((cut.left for cut in word.form.cuts if generic_of(cut.folded)), None)


def longest_by_first_word(resolver: Resolver) -> dict[str, int]:
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
