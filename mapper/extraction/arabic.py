"""Arabic words without what is written together with them: "and", "in", "to" and the article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mapper.extraction import phrases
from mapper.extraction.sentences import Token, Tokens, fold

_PREFIXES = ("و", "ف", "ب", "ل", "ك")
_LEXICONS = ("people.ar.yml", "events.ar.yml", "modality.ar.yml", "places.ar.yml", "actors.yml")


def split(tokens: Sequence[Token]) -> Tokens:
    """Split what is joined to the words that the lexicons know: "وبانفجار" is "و ب انفجار"."""
    parts: list[Token] = []
    for token in tokens:
        parts += _parts(token) if token.lower[0] >= "\u0600" else [token]
    return Tokens(parts)


def _parts(token: Token) -> list[Token]:
    known = _vocabulary()
    parts: list[Token] = []
    rest, start = token.lower, token.start
    while rest not in known:
        bare = _without_article(rest)
        if bare in known:
            return [*parts, Token(token.text, bare, start, token.end)]
        if len(rest) < 4 or not rest.startswith(_PREFIXES):
            return [token]
        parts.append(Token(rest[0], rest[0], start, start + 1))
        rest, start = rest[1:], start + 1
        if (
            rest.startswith("ل")
            and parts[-1].lower == "ل"
            and _without_article("ا" + rest) in known
        ):
            rest = _without_article("ا" + rest)
    return [*parts, Token(token.text, rest, start, token.end)]


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@cache
def _vocabulary() -> frozenset[str]:
    """Return every word of the Arabic lexicons, without its article."""
    found: set[str] = set()
    for name in _LEXICONS:
        phrases.collect(phrases.load(name), found)
    words = {fold(part) for text in found for word in text.split() for part in word.split("/")}
    words = {word for word in words if word and word[0] >= "\u0600" and len(word) > 1}
    return frozenset(words | {_without_article(word) for word in words})
