"""Clauses that sum up many events: those of a month, or what happens again and again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from mapper.extraction import phrases, vocabulary
from mapper.extraction.casualties import Toll
from mapper.extraction.dates import OF_THE_NEWS, DateWords
from mapper.extraction.dating import is_spoken
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import Phrases
from mapper.extraction.sentences import Tokens, token_end
from mapper.extraction.tellings import is_definite, is_plural


def is_total(
    tokens: Tokens,
    span: tuple[int, int],
    main: Trigger,
    written: Sequence[DateWords],
    toll: Toll,
    *,
    language: str,
) -> bool:
    """Whether a clause sums up many events: "more than 100 attacks since October"."""
    clause = tokens if span == (0, len(tokens)) else tokens.part(*span)
    words = _totals(language)
    hits = words.find(clause)
    kinds = {
        hit.value
        for hit in hits
        if not _is_of_aside(hit.first + span[0], tokens, main)
        and _CALM.isdisjoint(clause.words[hit.last : hit.last + 1])
    }
    leading = {hit.value for hit in hits if 0 <= main.first - span[0] - hit.last < 4}
    since_day = any(w.bound and w.kind in ("weekday", "published") for w in written)
    has_day = any(
        not w.bound
        and (w.kind in OF_THE_NEWS or w.day is not None)
        and not is_spoken(w, tokens)
        and not _is_end_of_span(w, tokens)
        for w in written
    )
    has_spans = (
        "spans" in kinds
        and not (since_day or has_day)
        and (_is_many(main) or not is_definite(tokens, main))
    )
    if "trends" in leading and not toll.is_told and not has_day:
        return True
    is_run = has_spans and is_plural(tokens, main) and not is_definite(tokens, main)
    if "sums" in kinds or is_run:
        return True
    is_none = toll.is_told and not (toll.killed or toll.wounded or toll.is_vague)
    if has_spans and ((toll.is_told and not is_none) or _counts_events(tokens, main)):
        return True
    if (toll.killed or 0) >= _TOO_MANY or _is_over_years(clause):
        return True
    if _is_lasting(clause, main.first - span[0], written) and not toll.is_told:
        return True
    is_perfect = _is_perfect(clause, main.first - span[0])
    if since_day and main.meaning.outcome and is_perfect:
        return toll.is_told
    if _is_many(main) and not has_day and _counts_events(tokens, main):
        return True
    if "many" in leading and _is_many(main) and not toll.is_told:
        return True
    is_period = any(
        (w.kind == "calendar" and w.day is None and not w.bound)
        or (w.kind == "span" and w.span.startswith(("month", "year")))
        for w in written
    )
    loose = (
        main.meaning.vague
        or main.meaning.outcome
        or (main.word.endswith("s") and main.meaning.target)
    )
    return is_period and not has_day and loose and (toll.killed or 0) > 9


# "A usually calm town": what is said of a place sums up nothing.
_CALM = frozenset({"calm", "quiet", "peaceful", "busy", "crowded", "packed", "bustling", "safe"})


def _is_of_aside(at: int, tokens: Tokens, main: Trigger) -> bool:
    """Whether words stand in a clause behind on something else: "a city where ... are often"."""
    if tokens[at].lower == "منذ" and at + 1 < len(tokens) and tokens[at + 1].lower in _HOURS:
        return True  # "Since dawn"
    before = tokens.words[max(0, at - _COMPARES) : at]
    if any(word.endswith("est") or word in {"worst", "first"} for word in before):
        return True  # "The bloodiest single attack since the war"
    if any(a in _ordinals() and b == "such" for a, b in pairwise(tokens.words[:at][-_SUCH:])):
        return True  # "The third such case in the province since the summer"
    if tokens[at].lower == "since" and at and tokens[at - 1].lower in _PERFECT:
        return True  # "Doctors have since put the toll at 53."
    if _OF_ITS_KIND & set(tokens.words[max(0, at - 3) : at]):
        return True  # "The fifth of its kind in a month", "the first in months"
    if at and tokens[at - 1].lower in _DESCRIBING:
        return True  # "A driver missing since June", "those displaced during the war"
    if {"bringing", "taking"} & set(tokens.words[main.last : at]):
        return True  # "Bringing to eleven the number killed since the invasion"
    behind = range(main.last, at)
    if _MOST & set(tokens.words[main.last : at]):
        return True  # "Its worst attack on the capital this year"
    return any(tokens[n].lower in {"where", "which", "who", "whose"} for n in behind)


_MOST = frozenset({"worst", "deadliest", "bloodiest", "biggest", "largest", "heaviest"})
_COMPARES, _SUCH = 4, 6  # words
_HOURS = frozenset({"ساعه", "فجر", "صباح", "مساء", "ليل", "ليله", "ظهر", "امس", "منتصف", "ساعات"})
_OF_ITS_KIND = frozenset({"نوعه", "نوعها", "اول", "اولي"})
_DESCRIBING = frozenset(
    {"missing", "held", "jailed", "detained", "displaced", "deployed", "stationed", "closed"}
    | {"shut", "banned", "married", "living", "built", "damaged", "destroyed", "abandoned"}
)


def _is_many(main: Trigger) -> bool:
    return main.word.endswith(_HAPPENING)


def _is_lasting(clause: Tokens, at: int, written: Sequence[DateWords]) -> bool:
    """Whether something goes on: "where they have staged sit-ins since December"."""
    is_since = any(w.bound and w.day is None and w.kind in ("calendar", "span") for w in written)
    return is_since and _is_perfect(clause, at)


def _is_perfect(clause: Tokens, at: int) -> bool:
    return bool(_PERFECT & set(clause.words[max(0, at - 3) : at + 1]))


_PERFECT = frozenset({"have", "has", "had"})


def _is_end_of_span(words: DateWords, tokens: Tokens) -> bool:
    """Whether a day only begins or ends a time: "as of Monday", "since unrest began on May 3"."""
    at = bisect_right(tokens, words.start, key=token_end)
    before = tokens.words[max(0, at - 12) : at]
    return before[-2:] == ["as", "of"] or "since" in before


# More than any one event in Iraq that the news has told of.
_TOO_MANY = 2000


_HAPPENING = (
    *("killings", "shootings", "graves", "kidnappings", "incidents", "assassinations"),
    *("attacks", "bombings", "blasts", "explosions"),
    *("strikes", "raids", "clashes", "protests"),
)


_SPAN_OPENINGS = frozenset({"between", "from"})


def _is_over_years(clause: Tokens) -> bool:
    """Whether a clause speaks of a span of years: "between 2004 and 2009"."""
    words = clause.words
    if _SPAN_OPENINGS.isdisjoint(words):
        return False
    for at in [at for at, word in enumerate(words[:-3]) if word in _SPAN_OPENINGS]:
        is_span = words[at + 2] in {"and", "to", "until"}
        years = (words[at + 1], words[at + 3])
        if is_span and all(len(year) == 4 and year.isdigit() for year in years):
            return True
    return False


def _counts_events(tokens: Tokens, main: Trigger) -> bool:
    """Whether a number above ten counts the events themselves."""
    noun = main.last - 1 if main.word.endswith(_HAPPENING) else main.first
    before = [token.lower.replace(",", "") for token in tokens[max(0, noun - 4) : noun]]
    while not _PEOPLE_END.isdisjoint(before):
        before = before[1:]  # "12 people hurt in clashes" counts people.
    is_above_ten = any(word.isdecimal() and (len(word) > 2 or int(word) > 10) for word in before)
    return is_above_ten or not _AMOUNTS.isdisjoint(before)


_PEOPLE_END = frozenset({"in", "by", "during", "after", "from", "were", "was", "with"})
_AMOUNTS = frozenset({"dozens", "scores", "hundreds", "many", "several", "numerous"})


def _ordinals() -> frozenset[str]:
    return vocabulary.words("en").ordinals | {"first", "latest"}


@cache
def _totals(language: str) -> Phrases[str]:
    raw = phrases.load(f"modality.{language}.yml")["totals"]
    return Phrases((pattern, name) for name, listed in raw.items() for pattern in listed)
