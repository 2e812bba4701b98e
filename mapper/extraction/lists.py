"""Phrases that are told as one list: "three soldiers, a policeman and two children"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mapper.extraction.sentences import Tokens
from mapper.extraction.vocabulary import Words


class Span(Protocol):
    """A phrase at ``tokens[first:last]``."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


def ends_list(tokens: Tokens, chain: Sequence[Span]) -> int:
    """Return how many of a list of numbers belong together: all up to the last "and"."""
    for n in range(len(chain) - 1, 0, -1):
        between = set(tokens.words[chain[n - 1].last : chain[n].first])
        if {"and", "along", "together", "well", "plus", "&", "+", "و", "û", "مع"} & between:
            return n + 1
    return 1


def is_joined(tokens: Tokens, before: Span, after: Span, lexicon: Words) -> bool:
    """Whether two numbers of people are one list: between them only is what joins or owns them."""
    words = _without_brackets(tokens.words[before.last : after.first])
    joined = " ".join(words)
    for joint in _JOINING:
        joined = joined.replace(joint, "and")
    words = joined.split()
    if words[-1:] == ["'s"]:
        words = words[:-2]  # "three Marines and the town's mayor"
    if words[-1:] == ["and"] and words[0] in _KINDS:
        words = words[1:]  # "The headman of a village and his son".
    if words[-1:] == ["and"] and words[0] in _STAFF:
        words = words[1:]
    words = _without_rank(_without_aside(words), lexicon)
    if _are_of_one_noun(words, tokens[before.last - 1].lower, lexicon):
        return True
    if not set(words) - JOINTS - lexicon.fillers or words in (["مع"], ["with"]):
        return bool(words)
    if {"و", "û"} & lexicon.breaks:
        is_dual = len(words) == 2 and words[0] == "و" and words[1] in lexicon.people
        return is_dual or _says_whose(words, lexicon)  # "An officer and two (of) policemen"
    if words[-1:] == [","] and tokens[after.first].lower in lexicon.owners:
        words[-1] = "and"  # "The owner of a bakery, his wife and two sons."
    return bool(words) and words[0] in _WHOSE and _is_modifier(words, lexicon)


# What begins words that only say whose people are: "two soldiers with the 1st Division and".
_EMPLOYED = frozenset({"employed", "working", "serving", "belonging", "attached", "assigned"})
_WHOSE = frozenset({"of", "from", "with", "w", "for"}) | _EMPLOYED


def _without_brackets(words: list[str]) -> list[str]:
    """Leave out what brackets say of people: "two staff (guards) and ten passers-by"."""
    if words[:1] not in (["("], [")"]) or ")" not in words[:_ASIDE]:
        return words
    return words[words.index(")") + 1 :]


def _without_aside(words: list[str]) -> list[str]:
    """Leave out what is said of people between commas: "three villagers, all brothers, and"."""
    opens = (n for n in range(len(words) - 1) if words[n] == "," and words[n + 1] in _ASIDES)
    begin = next(opens, None)
    if begin is None:
        return words
    end = next((n for n in range(begin + 1, len(words)) if words[n] == ","), 0)
    return words[:begin] + words[end + bool(begin) :] if 0 < end - begin < _ASIDE else words


_ASIDE = 7  # words
_ASIDES = frozenset({"all", "both", "mostly", "one", "including"})
_JOINING = ("along with", "together with", "as well as", "plus")


def _without_rank(words: list[str], lexicon: Words) -> list[str]:
    """Leave out what stands between "and the" and one person's noun: "and the Iraqi"."""
    if "and" not in words:
        return words
    at = len(words) - words[::-1].index("and")
    rank = words[at:]
    is_rank = rank[:1] == ["the"] and len(rank) < _RANK and not lexicon.breaks & set(rank)
    return words[:at] if is_rank and all(word.isalpha() for word in rank) else words


_RANK = 5  # words


def _are_of_one_noun(words: Sequence[str], number: str, lexicon: Words) -> bool:
    """Whether a number shares the next one's noun: "three coalition and two Iraqi soldiers"."""
    is_number = number.isdigit() or number in lexicon.numbers
    return (
        is_number
        and len(words) in (2, 3)
        and words[-1] == "and"
        and not lexicon.breaks & set(words[:-1])
        and all(word.isalpha() for word in words)
    )


def _says_whose(words: Sequence[str], lexicon: Words) -> bool:
    """Whether Arabic or Kurdish words only say whose people they are: "of the army and"."""
    if not 1 < len(words) < 14 or words[-1] not in {"و", "مع", "û"} or "،" in words[:-2]:
        return False
    return not set(words[:-1]) & (lexicon.breaks | lexicon.stops) - {"من", "في", "ب", "ل"}


def _is_modifier(words: Sequence[str], lexicon: Words) -> bool:
    """Whether words only say whose a number's people are: "of the security forces and"."""
    while words and words[-1] in lexicon.fillers - JOINTS:
        words = words[:-1]
    inner = set(words[1:-1])
    where = _WHERE | _BY if words[0] in _EMPLOYED else _WHERE
    if words[-2:] == [",", "and"]:
        where = where | {"in"}  # "the head of the group in Iraq, and seven aides"
    return len(words) < 12 and words[-1:] == ["and"] and not inner & (lexicon.breaks - where)


_WHERE, _BY = frozenset({"of", "at", "for"}), frozenset({"by", "with", "to", "in", "on"})


_KINDS = frozenset({"village", "town", "city", "district", "tribe", "province"})
# "One national and one international staff".
_STAFF = frozenset({"national", "international", "local", "foreign", "expatriate", "iraqi"})
JOINTS = frozenset({",", "and", "&", "+", "و", "û", "،", '"', "“", "”", "'"})
