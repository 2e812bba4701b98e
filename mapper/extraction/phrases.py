"""Phrases of a lexicon, found among words.

A lexicon writes the forms of a word with strokes: ``car/truck bomb/bombs`` is
four phrases. All phrases of a lexicon are found in one pass over the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

import yaml

from mapper.extraction.sentences import Token, fold

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A phrase at ``tokens[first:last]``, and what the lexicon says of it."""

    first: int
    last: int
    value: T


class Phrases(Generic[T]):
    """Phrases and what each one means; the longest phrase at a word wins."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for pattern, value in entries:
            for words in expand(pattern):
                self._by_first.setdefault(words[0], []).append((words, value))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def find(self, tokens: Sequence[Token]) -> list[Hit[T]]:
        """Return the phrases among the words, in order, none overlapping another."""
        hits = []
        by_first = self._by_first
        free = 0
        for at, token in enumerate(tokens):
            if at < free or token.lower not in by_first:
                continue
            hit = self._at(tokens, at)
            if hit:
                hits.append(hit)
                free = hit.last
        return hits

    def _at(self, tokens: Sequence[Token], at: int) -> Hit[T] | None:
        for words, value in self._by_first[tokens[at].lower]:
            end = at + len(words)
            if end <= len(tokens) and all(
                token.lower == word for token, word in zip(tokens[at:end], words, strict=True)
            ):
                return Hit(at, end, value)
        return None


def expand(pattern: str) -> list[tuple[str, ...]]:
    """Return the phrases of a pattern; ``a/b c`` is ``a c`` and ``b c``."""
    words = pattern.replace("'s ", " 's ").split()
    return list(product(*([fold(form) for form in word.split("/")] for word in words)))


def load(name: str) -> Any:
    """Return the contents of a reviewed lexicon; all are text ("on" and "no" are words)."""
    text = files("mapper.extraction").joinpath("lexicon", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
