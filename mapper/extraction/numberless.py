"""Fates that no number stands beside: "his killing", "without casualties", "the toll rose"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mapper.extraction import arabic, phrases
from mapper.extraction.languages import KURDISH
from mapper.extraction.people import People
from mapper.extraction.phrases import Phrases
from mapper.extraction.sentences import Tokens, fold
from mapper.extraction.vocabulary import Words


def implied(
    tokens: Tokens, lexicon: Words, *, language: str, ignore: frozenset[int]
) -> list[tuple[str, People]]:
    """Return those whom a pronoun or an ending tells, and what became of them.

    "His killing" in Arabic; in Kurdish the singular of a verb: "Ali Hadi was killed".
    """
    found: list[tuple[str, People]] = []
    if language == "en":
        return found
    for hit in _implied(language).find(tokens):
        kind, count = hit.value
        if language in KURDISH:
            is_many = _is_behind_number(tokens, hit.first, lexicon)
        else:
            # "Masked gunmen killed" has them behind the verb.
            after = set(tokens.words[hit.last : hit.last + 4]) - _KILLERS
            is_alone = tokens[hit.last - 1].lower.endswith(arabic.WHOM_OF_FEW)
            is_many = not is_alone and bool(after & (lexicon.people - lexicon.singular))
        is_tried = hit.first > 0 and tokens[hit.first - 1].lower in _TRIED
        if hit.first not in ignore and not is_many and not is_tried:
            found.append((kind, People(hit.first, hit.last, count)))
    return found


def _is_behind_number(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a Kurdish verb, which ends its clause, may have a number of people before it."""
    words = tokens.words
    return any(
        (lexicon.numbers.get(words[n], 0) > 1 or words[n] in lexicon.vague or words[n].isdigit())
        and not _counts_others(words, n, lexicon)
        for n in range(max(0, at - _CLAUSE), at)
    )


def _counts_others(words: list[str], number: int, lexicon: Words) -> bool:
    """Whether a Kurdish number is of things, of years, or of those who did it: "by three men"."""
    behind, before = words[number + 1 : number + 2], words[max(0, number - 2) : number]
    is_by = before[-1:] != [] and (before[-1] in lexicon.by or " ".join(before) in lexicon.by)
    return is_by or not (lexicon.things | _YEARS).isdisjoint(behind)


_CLAUSE = 10  # words
_YEARS = frozenset(map(fold, ("ساڵ", "ساڵە", "ساڵی", "ساڵان", "ساڵانە", "sal", "salî", "salan")))

_KILLERS = frozenset({"مسلحون", "مسلحين", "مجهولون", "ارهابيون", "عناصر"})
# Before a deed that did not come off: "an attempt to kill", "to assassinate".
_TRIED = frozenset({"محاوله", "محاولات", "محاولتي"})


@cache
def _implied(language: str) -> Phrases[tuple[str, int]]:
    raw = phrases.load(f"people.{language}.yml").get("implied", {})
    return Phrases(
        (phrase, (kind, int(count)))
        for kind, counts in raw.items()
        for count, listed in counts.items()
        for phrase in listed
    )


def revises(tokens: Tokens, *, language: str) -> bool:
    """Whether words give another count of those told: "an earlier toll"."""
    return language == "ar" and bool(_revised().find(tokens))


@cache
def _revised() -> Phrases[bool]:
    return Phrases((words, True) for words in phrases.load("people.ar.yml")["revised"])


def before_revision(tokens: Tokens) -> Tokens:
    """Return the words before those of an older count: "83 dead, after an earlier toll of 50"."""
    hit = next((hit for hit in _older().find(tokens) if hit.first > _LEAD), None)
    return Tokens(tokens[: hit.first]) if hit else tokens


_LEAD = 8  # words: an older count that a sentence begins with is all that it tells


@cache
def _older() -> Phrases[bool]:
    return Phrases((words, True) for words in phrases.load("people.ar.yml")["older"])


def with_him(tokens: Tokens, him: People, people: Sequence[People]) -> list[People]:
    """Return those told beside a pronoun: "they killed him and his driver"."""
    after = next((group for group in people if group.first >= him.last), None)
    if after is None or after.first > him.last + 2 or after.part:
        return []
    between = set(tokens.words[him.last : after.first])
    return [after] if between and between <= _BESIDE_HIM else []


_BESIDE_HIM = frozenset({"هو", "هي", "و", "مع"})


def spared(tokens: Tokens, *, language: str) -> set[str]:
    """Return what befell nobody where a denial stands by the harm: "without any casualties"."""
    raw = phrases.load(f"people.{language}.yml").get("nobody")
    words = tokens.words
    if raw is None or _harms(language).keys().isdisjoint(words):
        return set()
    denials, unknown, limits, behind = (
        _denying(language, part) for part in ("denials", "unknown", "limits", "behind")
    )
    found = set()
    for n, word in enumerate(words):
        kind = _harms(language).get(word)
        if kind is None or not limits.isdisjoint(words[n + 1 : n + 2]):
            continue
        before = words[max(0, n - _DENIED) : n]
        at = max((at for at, w in enumerate(before) if w in denials), default=None)
        if at is not None and before[at + 1 : at + 2] == ["ان"]:
            at += 1  # "Without that it left any wounded."
            before = before[:at] + before[at + 1 :]
        is_denied = at is not None and (unknown | _STOPS | _EXCEPT).isdisjoint(before[at:])
        after = words[n + 1 : n + 1 + _DENIED]
        if is_denied or any(w in behind for w in after):
            found.add(kind)
    return found


# How many words may stand between a denial and what it denies.
_DENIED = 8
_STOPS = frozenset({",", "،", ".", ";", "؛"})
_EXCEPT = frozenset({"الا"})  # "It did but wound two."


@cache
def _harms(language: str) -> dict[str, str]:
    harm = phrases.load(f"people.{language}.yml")["nobody"]["harm"]
    return {fold(word): kind for kind, listed in harm.items() for word in listed}


@cache
def _denying(language: str, part: str) -> frozenset[str]:
    return frozenset(map(fold, phrases.load(f"people.{language}.yml")["nobody"][part]))
