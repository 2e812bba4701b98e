"""Kurdish words without their endings: "a soldier", "the villages", "of the bomb".

Nouns of the lexicons stand bare. An ending is taken off only where a known word
remains, so that names and unknown words stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from mapper.extraction import phrases
from mapper.extraction.sentences import Token, Tokens, fold


class _Endings(NamedTuple):
    """The endings of one language; ``one`` is its word for what "a" means."""

    one: str
    indefinite: tuple[str, ...]
    plural: tuple[str, ...]
    others: tuple[str, ...]
    marks_plural: str


_ENDINGS = {
    "ckb": _Endings(
        one="یەک",
        indefinite=("ێک", "ێکی", "ێکیان", "یەک", "یەکی", "ێکدا", "یەکدا", "ێکیش", "یەکیش"),
        plural=(
            "ان", "انی", "انیان", "ەکان", "ەکانی", "ەکانیان", "یان", "یانی", "کان", "کانی", "انێک",
            "ەکاندا", "انە", "انیش", "ەکانیش", "ەکانیشی", "ەکانیشیان", "کانیش", "ن",
        ),
        others=(
            "ەکە", "ەکەی", "ەکەیان", "ی", "دا", "یدا", "ە", "ەوە", "ەی", "یە", "کە", "کەی", "ێ",
            "ش", "یش", "ەش", "یشی", "شیان", "یشیان", "ەشیان", "شی", "ەکەش", "ەکەشی", "کەشی",
            "ەکەشیان",
        ),
        marks_plural="ان",
    ),
    "kmr": _Endings(
        one="yek",
        indefinite=("ek", "ekê", "eke", "ekî", "yek", "yekê", "yeke", "yekî"),
        plural=("an", "ên", "yan", "yên", "in"),
        others=("ê", "a", "î", "e", "ya", "yê", "yî", "'ê", "'a", "'î", "îyê", "yekê", "de", "ve"),
        marks_plural="an",
    ),
}  # fmt: skip
# "The officer", "his wife": one person too.
_KNOWN = frozenset(map(fold, ("ەکە", "ەکەی", "ەکەش", "ەکەشی", "کەشی")))
_LEXICONS = ("people", "events", "modality", "places")
_SHORTEST = 3


def split(tokens: Sequence[Token], language: str) -> Tokens:
    """Take the endings off the words of a sentence in Sorani (``ckb``) or Kurmanji (``kmr``).

    A noun for people keeps its number: "a soldier" becomes "one soldier", and
    plurals all get the same ending.
    """
    parts: list[Token] = []
    for token in tokens:
        if not _is_ending_of_number(token, parts, language):
            parts += _parts(token, language)
    return Tokens(parts)


def _is_ending_of_number(token: Token, before: Sequence[Token], language: str) -> bool:
    """Whether a word is only the ending of a number in digits: the "-yish" of "38-yish"."""
    number = before[-1].text if before and before[-1].end == token.start else ""
    is_behind = number.isdigit() or number == ")"
    return is_behind and any(token.lower == ending for ending, _ in _by_length(language))


def _parts(token: Token, language: str) -> list[Token]:
    endings, known, people = _ENDINGS[language], _vocabulary(language), people_words(language)
    word = token.lower
    if word in known or word in people or not token.is_word:
        return [token]
    for ending, kind in _by_length(language):
        if not word.endswith(ending):
            continue
        stem = _stem(word.removesuffix(ending), known | people, language)
        if stem is None:
            continue
        if stem in people and (kind == "indefinite" or ending in _KNOWN):
            one = Token(token.text, fold(endings.one), token.start, token.end)
            return [one, Token(token.text, stem, token.end, token.end)]
        number = fold(endings.marks_plural) if stem in people and kind == "plural" else ""
        return [Token(token.text, stem + number, token.start, token.end)]
    return [token]


def _stem(word: str, known: frozenset[str], language: str) -> str | None:
    """Return the known word that is left; Kurmanji writes its last vowel short, or not at all."""
    if len(word) < _SHORTEST:
        return None
    stems = (word, f"{word[:-1]}î", f"{word}e") if language == "kmr" else (word,)
    return next((stem for stem in stems if stem in known), None)


@cache
def _by_length(language: str) -> list[tuple[str, str]]:
    endings = _ENDINGS[language]
    kinds = {
        **dict.fromkeys(map(fold, endings.others), "other"),
        **dict.fromkeys(map(fold, endings.plural), "plural"),
        **dict.fromkeys(map(fold, endings.indefinite), "indefinite"),
    }
    return sorted(kinds.items(), key=lambda pair: -len(pair[0]))


@cache
def people_words(language: str) -> frozenset[str]:
    """Return the nouns for people, bare."""
    return frozenset(map(fold, phrases.load(f"people.{language}.yml")["people"].split()))


def plural_words(language: str) -> frozenset[str]:
    """Return their plurals, as `split` writes them."""
    mark = fold(_ENDINGS[language].marks_plural)
    return frozenset(word + mark for word in people_words(language))


@cache
def _vocabulary(language: str) -> frozenset[str]:
    found: set[str] = set()
    for name in (*(f"{part}.{language}.yml" for part in _LEXICONS), "actors.yml", "dates.yml"):
        phrases.collect(phrases.load(name), found)
    words = {fold(part) for text in found for word in text.split() for part in word.split("/")}
    return frozenset(words | plural_words(language))
