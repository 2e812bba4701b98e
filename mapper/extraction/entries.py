"""The entries of a list of news: "MOSUL - A bomb wounded two", each about its own event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.extraction.sentences import Sentence, Tokens


def numbered(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Number the entries of a list of news, each of which begins with its place."""
    opening = {sentence.index for sentence in sentences if _opens_item(sentence.tokens)}
    if len(opening) < _ITEMS:
        return sentences
    item = 0
    found = []
    for sentence in sentences:
        item += sentence.index in opening
        found.append(replace(sentence, item=item, opens_item=sentence.index in opening))
    return found


_HEADING = 4  # words
# What nothing but a list has before a sentence.
_BULLETS = frozenset({"•", "●", "▪", "◦", "‣"})
# One or two places in capitals are datelines.
_ITEMS = 3


def _opens_item(tokens: Tokens) -> bool:
    for token in tokens[:_HEADING]:
        if token.text in _BULLETS:
            return True  # "• 24 Mar: ...", "AL ANBAR • 24 Mar: ..."
        if not token.text.isupper():
            break
    first = 1 if tokens and tokens[0].text in {"*", "-"} else 0
    for n, token in enumerate(tokens[first : first + 6]):
        if token.text in {"-", "--", "–", "—"}:
            return n > 0
        if not token.text.isupper():
            return False
    return False
