"""Phrases of a lexicon, found among words.

A lexicon writes the forms of a word with strokes: ``car/truck bomb/bombs`` is
four phrases. All phrases of a lexicon are found in one pass over the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

import yaml

from mapper.extraction.sentences import Tokens, fold

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A phrase at ``tokens[first:last]``, and what the lexicon says of it."""

    first: int
    last: int
    value: T


class Phrases(Generic[T]):
    """Phrases and what each one means; the longest phrase at a word wins."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        # Words lead to the words that may follow; what a phrase means stands behind its last.
        self._first: dict[str, Any] = {}
        for pattern, value in entries:
            for words in expand(pattern):
                node = self._first
                for word in words:
                    node = node.setdefault(word, {})
                node.setdefault(_END, value)

    def find(self, tokens: Tokens) -> list[Hit[T]]:
        """Return the phrases among the words, in order, none overlapping another."""
        written, length = tokens.words, len(tokens)
        hits: list[Hit[T]] = []
        free = 0
        for at, node in enumerate(map(self._first.get, written)):
            if node is None or at < free:
                continue
            end = at + 1
            while node:
                if _END in node:
                    free, value = end, node[_END]
                node = node.get(written[end]) if end < length else None
                end += 1
            if free > at:
                hits.append(_new(Hit, (at, free, value)))
        return hits


_END = "\n"  # no word
_new = tuple.__new__  # a named tuple's own takes twice as long


def expand(pattern: str) -> list[tuple[str, ...]]:
    """Return the phrases of a pattern; ``a/b c`` is ``a c`` and ``b c``."""
    words = pattern.replace("'s ", " 's ").split()
    return list(product(*([fold(form) for form in word.split("/")] for word in words)))


@cache
def load(name: str) -> Any:
    """Return the contents of a reviewed lexicon; all are text ("on" and "no" are words).

    Whoever asks shares it, and must not change it.
    """
    text = files("mapper.extraction").joinpath("lexicon", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


class RuleWords(dict[str, frozenset[str]]):
    """Lists of words and phrases that the rules of a module ask for, as they are compared.

    Each is taken from the lexicon when it is first asked for.
    """

    def __init__(self, module: str) -> None:
        super().__init__()
        self._module = module

    def __missing__(self, name: str) -> frozenset[str]:
        """Read a list."""
        patterns = load("rules.yml")[self._module][name]
        words = frozenset(" ".join(words) for pattern in patterns for words in expand(pattern))
        return self.setdefault(name, words)


def collect(node: object, found: set[str]) -> None:
    """Add every text of a lexicon to those found."""
    if isinstance(node, str):
        found.add(node)
    elif isinstance(node, dict):
        for key, value in node.items():
            collect(key, found)
            collect(value, found)
    elif isinstance(node, list):
        for value in node:
            collect(value, found)
