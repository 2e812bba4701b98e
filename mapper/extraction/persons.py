"""People told by name: "Sheikh Hamid", "Ali Hadi"."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.extraction.sentences import Token
from mapper.extraction.vocabulary import Words


def is_title_and_name(tokens: Sequence[Token], at: int, lexicon: Words) -> bool:
    """Whether a rank goes with a name: "Sheikh Hamid"; the first of several ranks counts."""
    if at + 1 >= len(tokens) or not tokens[at].text[0].isupper():
        return False
    after = tokens[at + 1]
    is_first = at == 0 or tokens[at - 1].lower not in lexicon.titles
    return is_first and after.text[0].isupper() and not after.text.isupper()


def is_full_name(tokens: Sequence[Token], at: int, lexicon: Words) -> bool:
    """Whether two or more capital words are a person's name: "Ali Hadi", no "Red Cross"."""
    end = name_end(tokens, at, lexicon)
    if end < at + 2:
        return False
    names = [token for token in tokens[at:end] if token.text[0].isupper()]
    after = {token.lower for token in tokens[end : end + 1]}
    before = tokens[at - 1].lower if at else ""
    if len(names) < 2 or after & (lexicon.bodies | {"'s"}):
        return False
    if before == "the" or before[:1].isdigit():
        return False
    return all(len(token.text) > 2 and not token.text.isupper() for token in names)


def name_end(tokens: Sequence[Token], at: int, lexicon: Words) -> int:
    """Return where a run of capital words ends, with the "al" and "bin" between them."""
    end = at
    while end < len(tokens) and _is_of_name(tokens[end], lexicon):
        end += 1
    while end > at and not tokens[end - 1].text[0].isupper():
        end -= 1
    return max(end, at + 1)


def _is_of_name(token: Token, lexicon: Words) -> bool:
    if token.lower in INNER and token.text.islower():
        return token.lower != "as"
    if not token.text[0].isupper():
        return False
    return token.lower not in lexicon.no_names


# What stands in small letters within a name.
INNER = frozenset({"al", "el", "bin", "ibn", "ul", "ad", "as", "ar"})
