"""Kurdish nouns that bare are of one of a family: "dê û bav", mother and father."""

from __future__ import annotations

from mapper.extraction import lists, nouns, numerals
from mapper.extraction.sentences import Tokens
from mapper.extraction.vocabulary import Words


def end_of_one(tokens: Tokens, at: int, lexicon: Words) -> int | None:
    """Return where the words for one of a family end that begin at a noun, or None.

    "Bavê sê zarokan", the father of three children, is one, too.
    """
    count, end = numerals.read(tokens, at + 1, lexicon)
    if count is not None and tokens[at].text.endswith(_IZAFE):
        head = nouns.head(tokens, end, lexicon)
        return None if head is None else head + 1
    return at + 1 if _is_told_beside(tokens, at, lexicon) else None


_IZAFE = ("ê", "a", "ی")


def _is_told_beside(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether another of the family is told beside: "dê û bav", "jin û mêrdek"."""
    before = tokens.words[max(0, at - 2) : at]
    behind = tokens.words[at + 1 : at + 4]
    if len(before) == 2 and before[1] in lists.JOINTS and before[0] in lexicon.kin:
        return True
    if len(behind) < 2 or behind[0] not in lists.JOINTS:
        return False
    if tokens[at].text.endswith(_HIS) and behind[0] == "و" and behind[1] in lexicon.numbers:
        return True  # "Daykî û birayekî", his mother and a brother
    is_one = len(behind) > 2 and lexicon.numbers.get(behind[1]) == 1
    return behind[1 + is_one] in lexicon.kin


_HIS = "ی"
