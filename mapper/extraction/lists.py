"""Phrases that are told as one list: "three soldiers, a policeman and two children"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mapper.extraction.sentences import Token, Tokens
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
    is_his = not lexicon.owners.isdisjoint(tokens.words[after.first : after.last])
    words = _without_place(tokens, before.last, after.first, is_his=is_his)
    words = _without_brackets(words)
    joined = " ".join(words)
    for joint in _JOINING:
        joined = joined.replace(joint, "and")
    joined = joined.removesuffix(" then")  # "the guard and then ten soldiers"
    words = joined.split()
    if words[-1:] == ["'s"]:
        words = words[:-2]  # "three Marines and the town's mayor"
    if words[-1:] == ["and"] and words[0] in _KINDS:
        words = words[1:]  # "The headman of a village and his son".
    if words[-1:] == ["and"] and words[0] in _STAFF:
        words = words[1:]
    if words[-1:] == ["and"] and _are_capital(tokens[before.last : before.last + len(words) - 1]):
        return True  # "An officer of the Iraqi" (National Guard and) "three of his men"
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
EMPLOYED = frozenset({"employed", "working", "serving", "belonging", "attached", "assigned"})
_WHOSE = frozenset({"of", "from", "with", "w", "for"}) | EMPLOYED


def _are_capital(words: Sequence[Token]) -> bool:
    return 0 < len(words) < _NAME and all(word.text[0].isupper() for word in words)


_NAME = 4  # words: "National Guard"


def _without_place(tokens: Tokens, first: int, last: int, *, is_his: bool) -> list[str]:
    """Leave out where somebody was: "the head of the guard in the town of Hit and three men".

    "Two in Hit and three in Ana" are no list, but "a sheikh in Hit and three of his men" are.
    """
    words = tokens.words[first:last]
    joint = max((n for n, word in enumerate(words) if word == "and"), default=0)
    begin = next((n for n, word in enumerate(words[:joint]) if word in _IN), None)
    if begin is None or (begin == 0 and not is_his):
        return words
    inner = tokens[first + begin + 1 : first + joint]
    is_place = all(t.text[0].isupper() or t.lower in _OF_PLACES for t in inner)
    return words[:begin] + words[joint:] if inner and is_place else words


_IN = frozenset({"in", "at", "near"})
_OF_PLACES = frozenset({"the", "town", "city", "village", "province", "district", "of", "al", "-"})


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
    where = _WHERE | _BY if words[0] in EMPLOYED else _WHERE
    if words[-2:] == [",", "and"]:
        where = where | {"in"}  # "the head of the group in Iraq, and seven aides"
    return len(words) < 12 and words[-1:] == ["and"] and not inner & (lexicon.breaks - where)


_WHERE, _BY = frozenset({"of", "at", "for"}), frozenset({"by", "with", "to", "in", "on"})


_KINDS = frozenset({"village", "town", "city", "district", "tribe", "province"})
# "One national and one international staff".
_STAFF = frozenset({"national", "international", "local", "foreign", "expatriate", "iraqi"})
JOINTS = frozenset({",", "and", "&", "+", "و", "û", "،", '"', "“", "”", "'"})
