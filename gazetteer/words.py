"""Running text as words: where they stand, how they are folded, what may be cut off them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gazetteer.normalise import fold, folded_words, is_arabic_script, key_of_folded

_WORD = re.compile(r"\w+(?:[\u064b-\u065f\u200c'’‘`´]+\w+)*")
_POSSESSIVE = re.compile(r"['’ʼ´`]s$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|@\w+|#[^\W\d]\w*", re.IGNORECASE)
ARTICLES = folded_words("al el an ar as ash at ath az ad adh ed er es ez ul")
_ARABIC_PREFIXES = ("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ك", "ل")
_SORANI_ENDINGS = ("ەکانی", "ەوە", "یدا", "یش", "دا", "ی", "ش")
_KURMANJI_ENDINGS = ("yê", "ya", "ê", "î")


class Cut(NamedTuple):
    """A word without a prefix of ``left`` letters and an ending of ``right`` letters."""

    folded: str
    key: str
    left: int = 0
    right: int = 0


class Form(NamedTuple):
    """What is to be known of a word wherever it stands.

    ``cuts`` are what it may be a form of, itself first; none where it cannot
    begin a name, as a Latin word in small letters. ``possessive`` counts the
    letters of an 's, which are not part of the text.
    """

    text: str
    folded: str
    cuts: tuple[Cut, ...]
    is_article: bool
    possessive: int


class Word(NamedTuple):
    """A word at ``start`` of a text; ``end`` is before a possessive."""

    start: int
    end: int
    form: Form

    @property
    def folded(self) -> str:
        """The word as it is compared."""
        return self.form.folded


def split(text: str) -> list[Word]:
    """Return the words of a text, without those of addresses, handles and tags."""
    barred = [match.span() for match in _ADDRESS.finditer(text)] if _has_address(text) else []
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        form = form_of(match[0])
        words.append(Word(start, end - form.possessive, form))
    if barred:
        return [w for w in words if not any(first <= w.start < last for first, last in barred)]
    return words


@lru_cache(maxsize=65536)
def form_of(written: str) -> Form:
    """Return the form of a word as it is written."""
    possessive = _POSSESSIVE.search(written) if len(written) > 2 else None
    text = written[: possessive.start()] if possessive else written
    folded = fold(text)
    is_article = folded in ARTICLES
    begins = text[0].isupper() or is_arabic_script(text) or is_article
    return Form(
        text,
        folded,
        tuple(_cuts(text, folded)) if begins else (),
        is_article,
        len(written) - len(text),
    )


def _cuts(text: str, folded: str) -> Iterator[Cut]:
    """Yield a word as it is and without Arabic prefixes or Kurdish endings."""
    yield _cut(folded)
    if not is_arabic_script(text):
        if not text.isascii():
            for ending in _KURMANJI_ENDINGS:
                if text.endswith(ending) and len(text) - len(ending) > 3:
                    yield _cut(fold(text[: -len(ending)]), right=len(ending))
        return
    for prefix in _ARABIC_PREFIXES:
        rest = text[len(prefix) :]
        if text.startswith(prefix) and len(rest) > 2:
            yield _cut(fold(rest), left=len(prefix))
            if prefix.endswith("ل") and rest.startswith("ل"):  # للموصل is to al-Mosul
                yield _cut(fold(rest[1:]), left=len(prefix) + 1)
    for ending in _SORANI_ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) > 2:
            yield _cut(fold(text[: -len(ending)]), right=len(ending))


def _cut(folded: str, *, left: int = 0, right: int = 0) -> Cut:
    return Cut(folded, key_of_folded(folded), left, right)


def _has_address(text: str) -> bool:
    return "://" in text or "www." in text or "@" in text or "#" in text
