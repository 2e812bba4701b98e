"""Kurdish words without their endings: "a soldier", "the villages", "of the bomb".

Nouns of the lexicons stand bare. An ending is taken off only where a known word
remains, so that names and unknown words stay as they are.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from mapper.extraction import phrases
from mapper.extraction.sentences import Token, Tokens, fold


class _Endings(NamedTuple):
    """The endings of one language; ``one`` is its word for what "a" means.

    ``short`` are words that take endings though few letters are left of them; ``within`` is
    "in" where it is written to the next word, ``whose`` stands behind the one who is somebody's.
    """

    one: str
    indefinite: tuple[str, ...]
    plural: tuple[str, ...]
    others: tuple[str, ...]
    marks_plural: str
    short: tuple[str, ...] = ()
    within: str = ""
    whose: tuple[str, ...] = ()


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
            "ەکەشیان", "کەیان", "یەکە", "یەکەی", "یەکەدا", "یەکان", "یەکانی",
            "مان", "ەکەدا", "ەکەیدا", "ەکەیاندا", "کەدا",
        ),
        marks_plural="ان",
        short=("تر", "ژن", "کچ"),
        within="لە",
    ),
    "kmr": _Endings(
        one="yek",
        indefinite=("ek", "ekê", "eke", "ekî", "yek", "yekê", "yeke", "yekî"),
        plural=("an", "ên", "yan", "yên", "in"),
        others=("ê", "a", "î", "e", "ya", "yê", "yî", "'ê", "'a", "'î", "îyê", "yekê", "de", "ve"),
        marks_plural="an",
        whose=("wî", "wê", "wan", "xwe"),
    ),
}  # fmt: skip
# "The officer", "his wife": one person too.
_KNOWN = frozenset(
    map(
        fold,
        (
            *("ەکە", "ەکەی", "ەکەش", "ەکەشی", "ەکەیان", "ەکەشیان", "یەکە", "یەکەی"),
            *("کە", "کەی", "کەشی", "کەیان"),
        ),
    )
)
_OF_ONE = ("ê", "a")  # "bavê wî", his father; "zarokên wî" are many
_LEXICONS = ("people", "events", "modality", "places")
_SHORTEST = 3


def split(tokens: Tokens, language: str) -> Tokens:
    """Take the endings off the words of a sentence in Sorani (``ckb``) or Kurmanji (``kmr``).

    A noun for people keeps its number: "a soldier" becomes "one soldier", and
    plurals all get the same ending.
    """
    parts: list[Token] = []
    whose = frozenset(map(fold, _ENDINGS[language].whose))
    for n, token in enumerate(tokens):
        if _is_ending_of_number(token, parts, language):
            continue
        found = _parts(token, language)
        is_owned = n + 1 < len(tokens) and tokens[n + 1].lower in whose
        if is_owned and _is_one(token, found, language):
            found = _one(token, found[0].lower, language)
        parts += found
    return Tokens(parts)


def _is_one(token: Token, found: list[Token], language: str) -> bool:
    """Whether a word that is somebody's is one person: the "jina" of "jina wî", his wife."""
    is_person = len(found) == 1 and found[0].lower in people_words(language)
    return is_person and found[0].lower != token.lower and token.lower.endswith(_OF_ONE)


def _one(token: Token, stem: str, language: str) -> list[Token]:
    """Return the words "one" and a noun, for one word that says both."""
    one = Token(token.text, fold(_ENDINGS[language].one), token.start, token.end)
    return [one, Token(token.text, stem, token.end, token.end)]


def _is_ending_of_number(token: Token, before: list[Token], language: str) -> bool:
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
            return _one(token, stem, language)
        number = fold(endings.marks_plural) if stem in people and kind == "plural" else ""
        return [Token(token.text, stem + number, token.start, token.end)]
    return _without_in(token, language)


def _without_in(token: Token, language: str) -> list[Token]:
    """Return "in" apart from a word that it is written to: "lekerkuk" is "le kerkuk"."""
    within = _ENDINGS[language].within
    cut = len(within)
    if not (within and token.text.startswith(within) and len(token.text) - cut >= _SHORTEST):
        return [token]
    at = token.start + cut
    rest = Token(token.text[cut:], token.lower[cut:], at, token.end)
    return [Token(within, fold(within), token.start, at), *_parts(rest, language)]


def _stem(word: str, known: frozenset[str], language: str) -> str | None:
    """Return the known word that is left; Kurmanji writes its last vowel short, or not at all."""
    if len(word) < _SHORTEST and word not in map(fold, _ENDINGS[language].short):
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
