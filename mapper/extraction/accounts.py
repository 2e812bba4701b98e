"""Sentences that give two accounts of one toll."""

from __future__ import annotations

from mapper.extraction.sentences import Tokens
from mapper.extraction.vocabulary import Words


def second(tokens: Tokens, lexicon: Words) -> int | None:
    """Return where a second account begins, or None.

    "Locals said eight were killed, but doctors spoke of three": the word for the
    telling stands before the numbers, or they would be of another event.
    """
    words = tokens.words
    for n in [n for n, word in enumerate(words) if word in _CONTRASTS]:
        if n and not (words[n] == ";" and _TELLING.isdisjoint(words[:n])):
            for behind in tokens[n + 1 : n + _REACH]:
                if behind.lower in _TELLING:
                    return n
                if behind.text[0].isdigit() or behind.lower in lexicon.numbers:
                    break
    return None


_CONTRASTS = frozenset({";", "but", "while", "whereas", "although", "though", "however"})
_TELLING = frozenset(
    {"said", "says", "told", "put", "puts", "claimed", "claims", "reported", "spoke", "counted"}
    | {"speaks", "counts", "gives", "cites"}
    | {"gave", "cited", "insisted", "according"}
)
# How far behind the contrast its verb of telling may stand.
_REACH = 10
