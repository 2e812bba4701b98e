"""Running text as words: where they stand, how they are folded, what may be cut off them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.normalise import fold, is_arabic_script, key_of_folded

_WORD = re.compile(r"[^\W_]+(?:[\u064b-\u065f\u200c'’ʼʿʾ‘`´ʹ]+[^\W_]+)*[‘ʿʾ]?")
_POSSESSIVE = re.compile(r"['’ʼ´`]s$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+", re.IGNORECASE)
ARTICLES = frozenset("al el an ar as ash at ath az ad adh ed er es ez ul".split())
_ARABIC_PREFIXES = ("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ك", "ل")
_SORANI_ENDINGS = ("ەکانی", "ەوە", "یدا", "یش", "دا", "ی", "ش")
_KURMANJI_ENDINGS = ("yê", "ya", "ê", "î")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text. ``end`` is before a possessive, ``possessive`` tells of it."""

    text: str
    start: int
    end: int
    folded: str
    possessive: bool = False

    @property
    def may_begin_a_name(self) -> bool:
        """Latin letters must be capital; Arabic ones have no case."""
        return self.text[0].isupper() or is_arabic_script(self.text)


@dataclass(frozen=True, slots=True)
class Cut:
    """A word without a prefix of ``left`` letters and an ending of ``right`` letters."""

    folded: str
    left: int = 0
    right: int = 0


def split(text: str) -> list[Word]:
    """Return the words of a text, without those of addresses, handles and tags."""
    barred = [match.span() for match in _ADDRESS.finditer(text)] if _has_address(text) else []
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if barred and any(first <= start < last for first, last in barred):
            continue
        written = match[0]
        possessive = _POSSESSIVE.search(written) if len(written) > 2 else None
        if possessive:
            end -= len(possessive[0])
            written = written[: possessive.start()]
        words.append(Word(written, start, end, _folded(written), possessive is not None))
    return words


@lru_cache(maxsize=65536)
def word_key(folded: str) -> str:
    """Return the tolerant key of a folded word."""
    return key_of_folded(folded)


def cuts(word: Word) -> list[Cut]:
    """Return a word as it is and without Arabic prefixes or Kurdish endings."""
    found = [Cut(word.folded)]
    text = word.text
    if not is_arabic_script(text):
        if not text.isascii():
            for ending in _KURMANJI_ENDINGS:
                if text.endswith(ending) and len(text) - len(ending) > 3:
                    found.append(Cut(_folded(text[: -len(ending)]), right=len(ending)))
        return found
    for prefix in _ARABIC_PREFIXES:
        rest = text[len(prefix) :]
        if text.startswith(prefix) and len(rest) > 2:
            found.append(Cut(_folded(rest), left=len(prefix)))
            if prefix.endswith("ل") and rest.startswith("ل"):  # للموصل is to al-Mosul
                found.append(Cut(_folded(rest[1:]), left=len(prefix) + 1))
    for ending in _SORANI_ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) > 2:
            found.append(Cut(_folded(text[: -len(ending)]), right=len(ending)))
    return found


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold(text)


def _has_address(text: str) -> bool:
    return "://" in text or "www." in text or "@" in text or "#" in text
