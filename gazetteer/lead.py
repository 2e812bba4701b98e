"""The words before a name, which are read from the last to the first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gazetteer.distances import Distance, distance_of, is_unit
from gazetteer.normalise import fold, folded_words
from gazetteer.winds import bearing_of

_LOOK_BACK = 90  # characters
_STOPS = re.compile('[;:!?"“”]')
_MOST_OF_DISTANCE = 10  # words: "two and a half to three and a half kilometres"
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹–—", "01234567890123456789--")
_GAPS = frozenset(("", "-", ", ", "،", "، ", "‑", "~", " ~", " ("))
_MINUSES = frozenset("-−")
_BRACKET = re.compile(r"\([^()]{1,20}\)")
_WORD = re.compile(
    r"((?:[^\W\d_]++|[\u064b-\u065f\u0640]++)++|\d+(?:[.,٫/]\d+)?[¼½¾]?|[¼½¾]|(?<=\d)[-–—](?=\d))"
)
_ARABIC_PREFIXES = frozenset("وفبل")
_SHORTENED = frozenset(("approx", "c", "ca", "vic"))
_AWAY = folded_words("away dûrî دووری off")


class Word(NamedTuple):
    """A word, folded; ``start`` is where it stands in the text."""

    start: int
    text: str
    folded: str


_NO_WORD = Word(-1, "", "")


class Lead:
    """The words before a name, which are taken from the last to the first."""

    def __init__(self, text: str, end: int) -> None:
        since = max(0, end - _LOOK_BACK)
        lead = text[since:end]
        if ")" in lead:
            lead = _BRACKET.sub(lambda found: " " * len(found[0]), lead)
        parts = _WORD.split(_STOPS.split(lead)[-1])  # gap, word, gap, ... word, gap
        stop = parts[-1].strip(" -\n\u00a0")
        is_short = (
            stop == "." and len(parts) > 1 and _folded(parts[-2]) in _SHORTENED
        )  # "vic. Samarra"
        self.words = _joined(parts, end) if not stop or is_short else []
        self._end = end
        self.left = len(self.words)
        self.of_unit = False  # شرق ناحية العلم is mostly a part of it

    @property
    def word(self) -> Word:
        """The last word that is not taken."""
        return self.words[self.left - 1] if self.left else _NO_WORD

    @property
    def start(self) -> int:
        """Where the last word begins that was taken."""
        return self.words[self.left].start if self.left < len(self.words) else self._end

    def take(self, words: frozenset[str]) -> str:
        """Take a word if it is one of these; return it, or an empty one."""
        folded = self.words[self.left - 1].folded if self.left else ""
        if not is_among(folded, words):
            return ""
        self.left -= 1
        return folded

    def take_two(self, last: frozenset[str], first: frozenset[str]) -> bool:
        """Take two words if both are of these."""
        left = self.left
        if self.take(last) and self.take(first):
            return True
        self.left = left
        return False

    def take_all(self, words: frozenset[str]) -> list[str]:
        """Take words as long as they are of these."""
        taken = []
        while word := self.take(words):
            taken.append(word)
        return taken

    def take_wind(self) -> float | None:
        """Take one of the winds, which may have three words, and return its bearing."""
        for count in (3, 2, 1):
            words = self.words[max(0, self.left - count) : self.left]
            if len(words) == count:
                bearing = bearing_of([word.folded for word in words])
                if bearing is not None:
                    self.left -= count
                    return bearing
        return None

    def take_distance(self) -> Distance | None:
        """Take a distance and return it."""
        left = self.left
        self.take(_AWAY)
        since = max(0, self.left - _MOST_OF_DISTANCE)
        distance = distance_of([word.folded for word in self.words[since : self.left]])
        self.left = left if distance is None else self.left - distance.words
        return distance


def _joined(parts: list[str], end: int) -> list[Word]:
    """Return the last words, between which are but spaces and the like; they end at ``end``."""
    words: list[Word] = []
    start = end - len(parts[-1])
    for at in range(len(parts) - 2, 0, -2):
        gap, text = parts[at - 1], parts[at]
        start -= len(text)
        minus = _minus(gap, text, is_first=at == 1) if gap[-1:] in _MINUSES else ""
        words.append(Word(start - len(minus), text, minus + _folded(text)))
        if not (gap == " " or gap in _GAPS or gap.isspace() or _is_dot(gap, parts[at - 2], text)):
            break
        start -= len(gap)
    return words[::-1]


def _minus(gap: str, text: str, *, is_first: bool) -> str:
    """Return the minus before a number, if that is no hyphen: of "-5 km", not of "Mosul-5"."""
    return "-" if text[0].isdigit() and (is_first or len(gap) > 1) else ""


def _is_dot(gap: str, before: str, behind: str) -> bool:
    """Whether a full stop is of an abbreviation: "k.m.", "approx. 5"."""
    if gap.strip() != "." or behind[0].isupper():
        return False
    last = _folded(before)
    return is_unit(last) or last in _SHORTENED


@lru_cache(maxsize=4096)  # none is longer than what is looked back at
def _folded(word: str) -> str:
    """Fold a word; a figure keeps its point, and a dash stays one."""
    return fold(word) if word[0].isalpha() else word.translate(_FIGURES)


def is_among(folded: str, words: frozenset[str]) -> bool:
    """Whether a word, perhaps with an Arabic prefix, is one of these."""
    return folded in words or (folded[:1] in _ARABIC_PREFIXES and folded[1:] in words)
