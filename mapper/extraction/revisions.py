"""Counts that others replace: "first said 12 had died, then 15", "raised the number to 15"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mapper.extraction import numerals
from mapper.extraction.phrases import RuleWords
from mapper.extraction.sentences import Token, Tokens
from mapper.extraction.vocabulary import Words

_words = RuleWords("revisions")


def older(tokens: Tokens) -> list[tuple[int, int]]:
    """Return where words give an account that they, or other sentences, replace.

    "Police first said three had died; doctors counted five", "correcting earlier reports of two".
    """
    words = tokens.words
    if _words["first"].isdisjoint(words) and "had" not in words:
        return []
    spans: list[tuple[int, int]] = []
    for n in [n for n, word in enumerate(words) if word == "had" or word in _words["first"]]:
        if spans and n < spans[-1][1]:
            continue
        begin = _of_account(words, n)
        begin = _of_telling(words, n) if begin is None else begin
        if begin is not None:
            spans.append((begin, _end(words, begin, n)))
    return spans


def _of_account(words: Sequence[str], at: int) -> int | None:
    """Return where words lead to an older count: "up from an earlier count", "revising"."""
    behind = words[at + 1 : at + 1 + _NEAR]
    if words[at] not in _words["first"] or _words["accounts"].isdisjoint(behind):
        return None
    leads = [n for n in range(max(0, at - _NEAR), at) if words[n] in _words["leads"]]
    return leads[0] if leads else at


def _of_telling(words: Sequence[str], at: int) -> int | None:
    """Return where somebody tells what others replace: "first said", "which had reported"."""
    behind = words[at + 1 : at + 2]
    if words[at] == "had":
        is_told = behind[:1] != [] and (
            behind[0] in _words["tells"] or words[at + 2 : at + 3] == ["spoken"]
        )
    elif words[at] in _words["first"]:
        # "At first the hospital counted", but "the first reported attack".
        is_lead = words[at - 1 : at] == ["at"]
        reach = words[at + 1 : at + 1 + (_NEAR if is_lead else 1)]
        is_told = not _words["tells"].isdisjoint(reach)
        is_told = is_told and words[at - 1 : at] not in (["the"], ["a"], ["an"])
    else:
        return None
    if not is_told:
        return None
    if words[at - 1 : at] in (["were"], ["was"]):  # "Eight people were initially reported dead."
        return max((n + 1 for n in range(at) if words[n] in {",", ";"}), default=0)
    which = [n for n in range(max(0, at - 2), at) if words[n] in {"which", "who"}]
    return which[0] if which else at


def _end(words: Sequence[str], begin: int, at: int) -> int:
    """Return where what was told first ends: "then", a semicolon, the comma of an aside."""
    is_aside = words[begin] in {"which", "who"}
    for n in range(at + 1, len(words)):
        behind = words[n + 1 : n + 2]
        if words[n] == ";":
            return n
        if words[n] == "," and (is_aside or (behind and behind[0] in _words["resumes"])):
            return n
        if words[n] == "before" and behind and behind[0].endswith("ing"):
            return n
    return len(words)


_NEAR = 4  # words


def is_adverb(token: Token) -> bool:
    """Whether a word only says that others replace an account: "were initially reported dead"."""
    return token.lower.endswith("ly") and token.lower in _words["first"]


class Recount(NamedTuple):
    """A number at ``tokens[at]`` that says anew how many were "killed" or "wounded"."""

    at: int
    fate: str
    number: int


def recount(tokens: Tokens, lexicon: Words) -> Recount | None:
    """Return the number to which a toll is set or grown: "later raised the number to 52".

    The last one stands: "it went up to 151, then to 157".
    """
    words = tokens.words
    if _words["moves"].isdisjoint(words):
        return None
    noun = next((n for n, word in enumerate(words) if _is_toll(n, word)), None)
    if noun is None:
        return None
    fate = _fate(words, noun)
    moves = [n for n, word in enumerate(words) if word in _words["moves"]]
    found = None
    for n in range(noun + 1, len(words)):
        if words[n] not in _TO or not any(move < n for move in moves):
            continue
        if fate == "killed" and words[n - 1] in _words["hurt"]:
            continue  # "Put the number of dead at six and that of the wounded at nine."
        at = n + 1
        while at < len(words) and words[at] in _words["about"]:
            at += 1
        count, end = numerals.read(tokens, at, lexicon)
        behind = words[end] if end < len(words) else "."
        if count is not None and (not behind.isalpha() or behind in _words["behind"]):
            found = Recount(noun, fate, count) if fate else None
            if behind in _words["hurt"]:
                found = None
    return found


def bare_count(tokens: Tokens, lexicon: Words) -> int | None:
    """Return the number of "then 82", "then of 22", which stands for the one told before it."""
    words = tokens.words
    at = next((n + 1 for n, word in enumerate(words) if word == "then"), None)
    if at is None:
        return None
    while at < len(words) and (words[at] in _words["about"] or words[at] in {"of", "to", "at"}):
        at += 1
    count, end = numerals.read(tokens, at, lexicon)
    return count if words[end : end + 1] in ([], ["."], [","]) else None


_TO = frozenset({"to", "at", "as", "then"})


def _is_toll(at: int, word: str) -> bool:
    return word in _words["tolls"] or (word == "it" and at == 0)


def _fate(words: Sequence[str], noun: int) -> str:
    """Return of whom a number is: "the number of wounded"; "" where of none that are harmed."""
    if words[noun + 1 : noun + 2] != ["of"]:
        return "killed"
    if words[noun] == "toll" and _words["hurt"].isdisjoint(words[noun : noun + 1 + _OF_WHOM]):
        return "killed"  # "The toll of Monday's bomb rose to 12."
    behind = words[noun + 2 : noun + 2 + _OF_WHOM]
    for word in behind:
        if word in _words["dead"]:
            return "killed"
        if word in _words["hurt"]:
            return "wounded"
    return ""


_OF_WHOM = 4  # words: "the number of those who died"
