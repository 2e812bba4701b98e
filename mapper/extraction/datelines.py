"""Datelines: where and when a report was written, which is no event's place."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.extraction.sentences import Sentence, Token


def dateline_end(sentence: Sentence) -> int:
    """Return the number of words that are a dateline: "BAGHDAD, Iraq (Reuters) -".

    They name where it was written.
    """
    if sentence.opens_item or sentence.is_title or sentence.index > 3:
        return 0
    tokens = sentence.tokens
    if tokens[0].text == "(":
        # "(November 3, 2009) Gunmen stormed": when it was written.
        return next((n + 1 for n, token in enumerate(tokens[:9]) if token.text == ")"), 0)
    if not tokens[0].is_word:
        return 0
    if not tokens[0].text[0].isupper():
        return 0
    for n, token in enumerate(tokens[:16]):
        if token.text in {"-", "--", "–", "—"} and n:
            head = _without_agency(tokens[:n])
            return n + 1 if all(t.text[0].isupper() or not t.text.isalpha() for t in head) else 0
        if token.text == ":" and 1 < n < 7 and any(t.text[0].isdigit() for t in tokens[:n]):
            return n + 1
        if token.text == ";" and n > 1:  # a full stop within a sentence is an abbreviation's
            break
    return _capital_dateline(tokens)


def _without_agency(head: Sequence[Token]) -> Sequence[Token]:
    """Leave out what stands in brackets: "BAGHDAD, Aug 19 (dpa)"."""
    opening = next((n for n, token in enumerate(head) if token.text == "("), len(head))
    return head[:opening] if head[-1].text == ")" else head


def _capital_dateline(tokens: Sequence[Token]) -> int:
    """Count the words of a dateline that lost its dash: "BAGHDAD US warplanes fired"."""
    end = 0
    while end < min(3, len(tokens)) and tokens[end].text.isupper() and len(tokens[end].text) > 4:
        end += 1
    if not end or end >= len(tokens) or (tokens[end].text.isupper() and len(tokens[end].text) > 4):
        return 0
    return end + 1 if tokens[end].text == ":" else end
