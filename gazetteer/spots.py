"""Where names of places stand in a text: the longest first, never inside a word.

What spells a name is not yet a place: see `gazetteer.find`.
"""

from __future__ import annotations

from typing import NamedTuple

from gazetteer.lookups import Known, Lookups
from gazetteer.nesting import RANK
from gazetteer.normalise import folded_words
from gazetteer.toponym import QUARTER, generic_of
from gazetteer.winds import is_wind
from gazetteer.words import Cut, Form, Words

_SPACE_IN_NAME = frozenset((" ", "  ", "-", "\u00a0", "‑", "–", "\n", "-\n", ". ", "."))
_SPACE_ABOUT_NAME = frozenset((" ", "  ", "-", "\u00a0", "\n", "\\", ""))
_SPACE_BEFORE_GENERIC = frozenset((" ", "  ", "-", "\u00a0"))
_SORANI_LEADS = folded_words(
    "لە لەناو بۆ بە تا تاکو هەتا لای نێوان نزیک ناو دەوروبەری سنووری گوندێکی گوندەکانی ناوچەکانی "
    "بەرزاییەکانی شاخی چیای ڕێگای رێگای دانیشتووانی بناری بنارەکانی دامێنی لووتکەی دۆڵی بازاڕی "
    "باکووری باکوری باشووری باشوری ڕۆژهەڵاتی رۆژهەڵاتی ڕۆژئاوای ڕۆژاوای رۆژئاوای رۆژاوای ناوەڕاستی"
)
_DONE_TO_PLACES = folded_words("بۆردومان تۆپباران ئازاد کۆنترۆڵ داگیر گەمارۆ کردە کردووەتە")
_ENGLISH_TOO = folded_words("at an as er es")


class Spot(NamedTuple):
    """Words ``first`` to ``last`` spell a name; ``start`` and ``end`` take in what is about it.

    ``outer`` is the first word that is taken in whole. ``bare``: no generic word is about it.
    """

    first: int
    last: int
    start: int
    end: int
    outer: int
    bare: bool = True


class Spots:
    """The names in one text."""

    def __init__(self, words: Words, lookups: Lookups) -> None:
        self._words = words
        self._lookups = lookups
        self._known = lookups.known
        self._beginnings = lookups.beginnings

    def found(self) -> list[Spot]:
        """Return the names in the order of the text; they do not overlap."""
        spots: list[Spot] = []
        starts, forms, free_from = self._words.starts, self._words.forms, 0
        for at in self._words.notable:
            form = forms[at]
            if not form.names or starts[at] < free_from:
                continue
            if form.is_article and not self._article_may_begin(at):
                continue
            spot = self._spot_at(at)
            if spot is not None:
                spots.append(self._with_generics(spot, free_from))
                free_from = spots[-1].end
        return spots

    def _article_may_begin(self, at: int) -> bool:
        words = self._words
        form = words.forms[at]
        if form.text[0].isupper():
            return True
        if at + 1 == len(words.forms) or not words.forms[at + 1].text[0].isupper():
            return False
        # "at Mosul", "as Iraq": English words, too
        return words.gaps[at + 1] == "-" or form.folded not in _ENGLISH_TOO

    def _spot_at(self, at: int) -> Spot | None:
        words = self._words
        for cut in words.forms[at].names:
            if cut.right and not self._may_lose_ending(at, cut):
                continue
            runs = self._runs(at, cut) if cut.reach > 1 else [(cut.folded, False)]
            while runs:
                folded, exactly = runs.pop()
                last = at + len(runs)
                ending = cut.right
                if not self._is_name(folded, at, last, exactly=exactly):
                    ending = self._ending_of(words.forms[last], folded) if last > at else 0
                    if not ending:
                        continue
                return Spot(at, last, words.starts[at] + cut.left, words.ends[last] - ending, at)
        return None

    def _may_lose_ending(self, at: int, cut: Cut) -> bool:
        """Whether a Sorani ی ends a name of a place: کەرکووکی alone is a man from there."""
        words = self._words
        if cut.right > 1 or cut.left or not words.forms[at].text.endswith("ی"):
            return True
        before = words.forms[at - 1] if at else None
        if before and (before.folded in _SORANI_LEADS or before.before_generic is not None):
            return True
        return at + 1 < len(words) and words.forms[at + 1].folded in _DONE_TO_PLACES

    def _runs(self, first: int, cut: Cut) -> list[tuple[str, bool]]:
        """Return one word, two, three... from the first on, folded, and whether exactly so listed.

        They must be over the end of a line, and in small letters ("Makhmur
        camp"). It ends where no name goes on.
        """
        folded, exactly = cut.folded, False
        runs = [(folded, exactly)]
        words = self._words
        for at, form in enumerate(words.forms[first + 1 : first + cut.reach], first + 1):
            gap = words.gaps[at]
            if gap not in _SPACE_IN_NAME:
                break
            folded = f"{folded} {form.folded}"
            if form.small and folded not in self._beginnings:
                break
            exactly = exactly or form.small or gap[-1:] == "\n"
            runs.append((folded, exactly))
        return runs

    def _is_name(self, folded: str, at: int, last: int, *, exactly: bool) -> bool:
        """Whether the words from ``at`` to ``last``, folded, spell a name."""
        known = self._known(folded)
        if known is Known.WITH_GENERIC:
            return (at > 0 and self._is_named_by(at - 1)) or self._is_quarter(last)
        return known is Known.LISTED or (
            known is Known.ALIKE
            and not (exactly or self._is_of_its_own(at) or is_wind(folded.split()[-1]))
        )

    def _is_of_its_own(self, at: int) -> bool:
        """Whether a word is "the subdistrict" by itself, whatever stands behind it: "at dawn"."""
        folded = self._words.forms[at].folded
        return folded.startswith("ال") and bool(generic_of(folded[2:]))

    def _is_named_by(self, at: int) -> bool:
        """Whether a generic word goes with a name behind; of "the subdistrict, at dawn" not."""
        form, name = self._words.forms[at], self._words.forms[at + 1]
        is_apart = form.folded.startswith("ال") and not name.folded.startswith("ال")
        return form.generic is not None and not is_apart

    def _is_quarter(self, last: int) -> bool:
        """Whether behind a name a word says that it is a quarter's: "Karama neighbourhood"."""
        forms, behind = self._words.forms, last + 1
        if behind == len(forms) or self._words.gaps[behind] != " ":
            return False
        return forms[behind].generic == QUARTER and forms[last].text.isascii()

    def _ending_of(self, last: Form, folded: str) -> int:
        """Return how many letters of a Kurdish ending stand between words and a name."""
        if len(last.cuts) < 2:
            return 0
        before = folded[: len(folded) - len(last.folded)]
        for cut in last.cuts:
            if cut.right and self._lookups.is_listed(before + cut.folded):
                return cut.right
        return 0

    def _with_generics(self, spot: Spot, free_from: int) -> Spot:
        """Take in the generic words, directions and article about a name."""
        words = self._words
        end, bare = self._end_with_generic(spot)
        start, first = spot.start, spot.first
        generic_seen = False
        while first > 0 and words.forms[first - 1].leads and words.starts[first - 1] >= free_from:
            at = first - 1
            left = words.forms[at]
            gap = (
                words.gaps[first]
                if start == words.starts[first]
                else words.text[words.ends[at] : start]
            )
            if gap not in _SPACE_ABOUT_NAME:
                break
            if not generic_seen and self._is_its_article(at, start):
                start, first = words.starts[at], at
                continue
            prefix = left.before_generic
            if prefix is not None:
                generic_seen, bare = True, False
            elif left.is_direction:
                prefix = 0
            elif not (
                left.folded == "of"
                and at > 0
                and words.starts[at - 1] >= free_from
                and words.forms[at - 1].generic
            ):
                break
            start, first = words.starts[at] + (prefix or 0), at
        if first == spot.first:
            return spot if bare else spot._replace(end=end, bare=False)
        outer = first if start == words.starts[first] else first + 1
        return Spot(spot.first, spot.last, start, end, outer, bare)

    def _is_its_article(self, at: int, start: int) -> bool:
        words = self._words
        form = words.forms[at]
        if not form.is_article or words.ends[at] + 1 != start:
            return False
        return words.text[words.ends[at]] == "-" or form.folded not in _ENGLISH_TOO

    def _end_with_generic(self, spot: Spot) -> tuple[int, bool]:
        words, right = self._words, spot.last + 1
        if right == len(words.forms) or not words.forms[right].generic:
            return spot.end, True
        if words.forms[spot.last].possessive:
            return spot.end, True
        gap = words.text[spot.end : words.starts[right]]
        if gap not in _SPACE_BEFORE_GENERIC or self._belongs_to_next(spot, right):
            return spot.end, True
        return words.ends[right], False

    def _belongs_to_next(self, spot: Spot, generic: int) -> bool:
        """Whether a generic word is of the name behind it: "Baghdad district of Karrada".

        In "Dora district of Baghdad" it is not: the second is not in the first.
        """
        words = self._words
        if generic + 2 >= len(words) or words.forms[generic + 1].folded != "of":
            return False
        other = self._spot_at(generic + 2) if words.forms[generic + 2].names else None
        if other is None:
            return False
        one, two = (self._lookups.alone(words.text[s.start : s.end]).place for s in (spot, other))
        return one is not None and two is not None and RANK[one.level] < RANK[two.level]
