"""Whom a number is part of, and on top of whom it comes: "including two women", "another six"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapper.extraction import lists
from mapper.extraction.people import People
from mapper.extraction.sentences import Tokens
from mapper.extraction.vocabulary import Words

WHOLE = frozenset({"them", "whom", "those"})
"""Behind "two of": people told before."""


def with_parts(found: list[People], tokens: Tokens) -> list[People]:
    """Mark those told as part behind them: "35 shoppers, two women among them, died"."""
    found = _spelled_out(found, tokens)
    for n, token in enumerate(tokens):
        if token.lower == "among" and n + 1 < len(tokens) and tokens[n + 1].lower == "them":
            begin = next((m for m in range(n, 0, -1) if tokens[m].text == ","), n)
            if tokens[n - 1].text == ",":
                continue  # ", among them two women" is told before them.
            found = [
                replace(people, part=True) if begin < people.first < n else people
                for people in found
            ]
        elif token.lower == "among" or (token.lower == "of" and n and tokens[n - 1].lower == "one"):
            found = _of_whole(found, n, tokens)
    return found


def _spelled_out(found: list[People], tokens: Tokens) -> list[People]:
    """Take in who the people are: "two guards, one Iraqi and one Syrian,"."""
    for n, (whole, one, other) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        between = tokens.words[one.last : other.first]
        begun = tokens[whole.last : one.first]
        end = _past_capital(tokens, other.last)
        is_listed = len(begun) == 1 and begun[0].text in _OPENING and between[-1:] == ["and"]
        is_listed = (
            is_listed and len(between) < 3 and "," not in between and tokens[end : end + 1] != ()
        )
        if is_listed and tokens[end].text in _CLOSING and _add_up(whole, (one, other)):
            all_told = replace(whole, last=end)
            return [*found[:n], all_told, *_spelled_out(found[n + 3 :], tokens)]
    return found


def _add_up(whole: People, parts: Sequence[People]) -> bool:
    counts = [people.count for people in parts if people.count is not None]
    return len(counts) == len(parts) and sum(counts) == whole.count


def _past_capital(tokens: Tokens, at: int) -> int:
    """Return where a nationality that no list has ends: "one Somali"."""
    return at + (tokens[at : at + 1] != () and tokens[at].text[0].isupper())


_OPENING, _CLOSING = frozenset({",", "(", "-", "–", "—"}), frozenset({",", ")", "-", "–", "—", "."})


def _of_whole(found: list[People], at: int, tokens: Tokens) -> list[People]:
    """Turn a part told before the whole about: "a Latvian was among three soldiers killed"."""
    whole = next((n for n, people in enumerate(found) if people.first > at), len(found))
    if whole == len(found) or found[whole].first > at + 3 or found[whole].count in (0, 1):
        return found
    behind = tokens[found[whole].last : found[whole].last + 1]
    is_headline = bool(behind) and behind[0].lower in _ENDS_PART  # "Children among 11 killed"
    is_headline = is_headline and tokens[at + 1].lower not in {"them", "whom"}
    if not (is_headline or (whole and tokens[at - 1].lower in _ONE_OF)):
        return found
    reach = 2 if tokens[at].lower == "of" else 1  # words: "was among", "was one of"
    told = [
        replace(people, part=people.part or at - people.last <= reach) for people in found[:whole]
    ]
    return [*told, replace(found[whole], part=False), *found[whole + 1 :]]


_ONE_OF = frozenset({"was", "were", "is", "are", "one"})


def in_context(people: People, tokens: Tokens, before: People | None, lexicon: Words) -> People:
    """Return people with what the words about them say: on top of others, or part of them."""
    window = _words_before(tokens, people.first, lexicon)
    inner = set(tokens.words[people.first : people.last])
    part = people.part or not lexicon.stops.isdisjoint(window) or _is_included(tokens, people.first)
    leads = " ".join(tokens.words[max(0, people.first - 2) : people.first])
    part = part or leads in lexicon.stops or _is_in_brackets(people, tokens)
    after = tokens[people.last].lower if people.last < len(tokens) else ""
    goes_on = after not in _ENDS_PART  # "..., and 98 were injured"
    if before and before.part and goes_on and lists.is_joined(tokens, before, people, lexicon):
        # "Two of them women, and nine" ends the part that "including two women and nine" goes on.
        part = WHOLE.isdisjoint(tokens.words[before.first : before.last])
    more = not lexicon.more.isdisjoint((*inner, *window[-1:]))
    if people.first == 0 and tokens[0].lower in lexicon.owners:
        more = True  # "His driver died later": besides him
    is_known = (more, part) == (people.more, people.part)
    return people if is_known else replace(people, more=more, part=part)


def _is_included(tokens: Tokens, first: int) -> bool:
    """Whether an age stands between: "seven people, including a three-month-old baby".

    Or others of no number: "including guards and a cleaner".
    """
    before = tokens.words[max(0, first - _AGE) : first]
    if before[-1:] == ["and"]:
        return before[-3:-2] in (["including"], ["them"])
    return before[-1:] == ["old"] and "including" in before


_AGE = 5  # words: "including a three month old"


def _is_in_brackets(people: People, tokens: Tokens) -> bool:
    """Whether brackets hold nothing else, and tell of those before: "22 killed (15 UN staff)"."""
    around = (tokens[people.first - 1 : people.first], tokens[people.last : people.last + 1])
    return people.first > 0 and [t.text for side in around for t in side] == ["(", ")"]


_ENDS_PART = frozenset(
    {"were", "was", "are", "have", "wounded", "injured", "hurt", "killed", "dead", "missing"}
)


def is_of_others(tokens: Tokens, first: int) -> bool:
    """Whether people are only spoken of: "two bodies - those of a man", "friends of the six"."""
    before = tokens.words[max(0, first - 4) : first]
    if before[-3:] == [",", "one", "of"]:
        return True  # "A judge, one of five women in the court, was killed."
    if before[-1:] in (["the"], ["a"], ["an"]):
        before.pop()
    is_of = before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in _SPOKEN_FOR
    behind = tokens.words[first : first + _SPOKEN]
    return is_of and "them" not in behind  # "the car of three policemen and killed them"


_SPOKEN = 8  # words: "three policemen in the town and killed them"
_SPOKEN_FOR = frozenset(
    {"those", "family", "families", "relatives", "friends", "colleagues", "mourners"}
    | {"funeral", "funerals", "house", "houses", "home", "homes", "car", "cars", "clinic"}
)


def _words_before(tokens: Tokens, first: int, lexicon: Words) -> list[str]:
    """Return up to four words before a number, back to a word that starts another phrase."""
    window: list[str] = []
    for token in reversed(tokens[max(0, first - 4) : first]):
        window.insert(0, token.lower)
        if token.lower in lexicon.breaks and token.lower not in lexicon.fillers:
            break
    return window
