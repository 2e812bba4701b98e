"""How a clause tells its event: dated or not, told before, another one, or a sum of many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from mapper.extraction import phrases
from mapper.extraction.casualties import Toll
from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.sentences import Token

_RELEASED = frozenset({"released", "freed", "release", "releases", "frees", "freeing", "releasing"})


def is_release(tokens: Sequence[Token], main: Trigger, written: Sequence[DateWords]) -> bool:
    """Whether a kidnapping is told only because it is over: "held hostage ... were released"."""
    if main.meaning.sub_event_type != "Abduction/forced disappearance":
        return False
    n = next((n for n, token in enumerate(tokens) if token.lower in _RELEASED), None)
    if n is None:
        return False
    at = tokens[n].start
    if main.last <= n and _is_sequel(tokens, n):
        return False
    begin = tokens[main.first].start
    return not any(min(begin, at) <= words.start < max(begin, at) for words in written)


def _is_sequel(tokens: Sequence[Token], at: int) -> bool:
    """Whether a release is told as what came after: "kidnapped; released", "and later freed"."""
    before = [token.lower for token in tokens[max(0, at - 4) : at]]
    return bool({";", "later", "before", "then", "subsequently", "eventually"} & set(before)) or (
        before[-1:] in (["and"], [","], ["but"])
    )


def is_definite(tokens: Sequence[Token], main: Trigger) -> bool:
    """Whether the words speak of an event told before: "the strike", "both blasts"."""
    if main.word in _BODIES:
        return False  # "Police found the bodies of four men": told for the first time
    if tokens[main.first].lower in _DEFINITE or _is_of_day(tokens, main.first):
        return True
    for token in reversed(tokens[max(0, main.first - 4) : main.first]):
        if token.lower in _DEFINITE:
            return True
        if not token.is_word or token.lower in _PHRASE_ENDS:
            break
    return False


def is_count(tokens: Sequence[Token], span: tuple[int, int], main: Trigger) -> bool:
    """Whether a hospital or morgue only counts those brought to it, of what was told before."""
    if not (main.meaning.outcome or main.word in _COUNTED):
        return False
    words = phrases.words_of(tokens)[span[0] : span[1]]
    return not (_HOSPITAL.isdisjoint(words) or _TOOK_IN.isdisjoint(words))


_COUNTED = frozenset({"bodies", "corpses", "bodies of", "corpses of"})
_HOSPITAL = frozenset({"hospital", "hospitals", "morgue", "clinic", "doctors", "medics", "doctor"})
_TOOK_IN = frozenset(
    {"received", "receives", "counted", "treated", "treating", "admitted", "took", "taken"}
)


_BODIES = frozenset({"bodies of", "body of", "corpses of", "corpse of"})


def _is_of_day(tokens: Sequence[Token], at: int) -> bool:
    """Whether words begin behind a day that has them: "Tuesday's attack", "last week's blast"."""
    before = [token.lower for token in tokens[max(0, at - 2) : at]]
    return before[1:] == ["'s"] and (before[0] in _DAYS or before[0].endswith("day"))


_DAYS = frozenset({"week", "month", "night", "weekend"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "its", "both"})
_PHRASE_ENDS = frozenset(
    [
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "to",
        "and",
        "when",
        "as",
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "who",
        "which",
        "after",
        "police",
        "army",
        "militants",
        "gunmen",
        "insurgents",
        "forces",
        "military",
        "troops",
        "state",
        "group",
    ]
)


def is_plural(tokens: Sequence[Token], main: Trigger) -> bool:
    """Whether the words tell of several events: "attacks", but not "strikes a market"."""
    return tokens[main.last - 1].lower.endswith(_SEVERAL) and not main.meaning.outcome


_SEVERAL = (
    "attacks",
    "bombings",
    "blasts",
    "explosions",
    "bombs",
    "bombers",
    "strikes",
    "raids",
    "clashes",
    "shootings",
    "killings",
    "assassinations",
    "protests",
    "demonstrations",
    "rallies",
    "violence",
)


def sums_up(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a clause begins by adding up what was told: "In all, seven people died"."""
    opening = [token.lower for token in tokens[span[0] : span[0] + 2]]
    return opening[:1] in (["altogether"], ["overall"]) or opening in _IN_ALL


_IN_ALL = (["in", "all"], ["in", "total"], ["all", "told"])


def adds_next(tokens: Sequence[Token], main: Trigger) -> bool:
    """Whether the next of several did more harm: "The first killed two. The second killed six"."""
    before = [token.lower for token in tokens[max(0, main.first - 2) : main.first]]
    return len(before) == 2 and before[0] in {"the", "a"} and before[1] in _NEXT


_NEXT = frozenset({"second", "third", "fourth", "other"})


def is_elsewhere(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a clause begins by moving to another place: "Elsewhere, ..."."""
    return any(token.lower in _ELSEWHERE for token in tokens[span[0] : span[0] + 5])


_ELSEWHERE = frozenset({"separate", "separately", "elsewhere", "meanwhile", "different"})


def opens_with_name(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a clause begins at a place, if one that nobody knows: "In Nibai, ..."."""
    first = span[0]
    if tokens[first].lower not in {"in", "near", "at"}:
        return False
    names = takewhile(lambda token: token.text[0].isupper(), tokens[first + 1 : first + 5])
    end = first + 1 + sum(1 for _ in names)
    return first + 1 < end < len(tokens) and tokens[end].text == ","


def is_separate(tokens: Sequence[Token], span: tuple[int, int], main: Trigger, toll: Toll) -> bool:
    if is_elsewhere(tokens, span) or tokens[span[0]].lower == "also":
        return True
    if main.meaning.outcome:
        return False
    behind = [token.lower for token in tokens[main.last : main.last + 3]]
    is_more = "more" in behind and "than" not in behind
    if main.meaning.event_type == "Strategic developments" and is_more:
        return True
    opening = tokens[span[0]].lower
    if opening in {"earlier", "later"} and toll.is_told and not is_definite(tokens, main):
        return True
    near = [token.lower for token in tokens[max(span[0], main.first - 3) : main.first]]
    if {"second", "third"} & set(near) and _is_in_a_row(tokens, main):
        return False
    if "yet" in near:
        return False  # "Yet another attack": one more of the kind, perhaps the one told.
    if is_joint(tokens, span):
        return False  # "Two separate attacks" are apart from one another.
    return bool({"another", "second", "third", "other", "separate"} & set(near))


def is_part(tokens: Sequence[Token], span: tuple[int, int], main: Trigger) -> bool:
    """Whether a clause tells of one of several told together: "the first blast", "one bomb"."""
    near = [token.lower for token in tokens[max(span[0], main.first - 3) : main.first]]
    opening = [token.lower for token in tokens[span[0] : span[0] + 4]]
    if _is_in_a_row(tokens, main):
        return False
    return bool(_ONE_OF & {*near, *opening[1:2]}) or opening[:2] == ["one", "of"]


_ONE_OF = frozenset({"first", "second", "third", "latter", "former", "deadliest", "worst", "one"})


def _is_in_a_row(tokens: Sequence[Token], main: Trigger) -> bool:
    """Whether an event is only counted: "the second bombing in three days"."""
    behind = [token.lower for token in tokens[main.last : main.last + 4]]
    spans = {"days", "weeks", "months", "week", "month", "year", "years", "day", "many"}
    return bool({"in", "this"} & set(behind[:1])) and bool(spans & set(behind))


def is_joint(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a clause sums up a few events: "killed in two separate attacks"."""
    words = phrases.words_of(tokens)[span[0] : span[1]]
    if all(known.isdisjoint(words) for known in (_HAPPENINGS, _APART, _RUN)):
        return False
    return any(
        (word in _APART and after in _HAPPENINGS)
        or (word in _RUN and after == "of")
        or (word in _FEW and (after in _APART or after in _HAPPENINGS))
        for word, after in pairwise(words)
    )


_FEW = frozenset({"two", "three", "four", "five", "several"})
_APART = frozenset({"separate", "different"})
_RUN = frozenset({"series", "string", "spate", "wave", "rash"})
_HAPPENINGS = frozenset({"incidents", "attacks", "operations", "shootings"})


def words_of_others(
    triggers: Sequence[Trigger],
    tokens: Sequence[Token],
    main: Trigger,
    written: Sequence[DateWords],
) -> set[int]:
    """Return the words that tell of other events than the main one of a clause."""
    others = _others_words(triggers, main) | _words_before_news(tokens, main, written)
    return others | _words_of_whole_day(tokens, main) | _words_of_reason(tokens, main)


def _words_of_reason(tokens: Sequence[Token], main: Trigger) -> set[int]:
    """Return the words of a death that people protest: "marched after the killing of a boy"."""
    if main.meaning.event_type not in ("Protests", "Riots"):
        return set()
    for n in range(main.last, len(tokens) - 2):
        if tokens[n].lower in _REASONS and not _DEATHS.isdisjoint(
            token.lower for token in tokens[n + 1 : n + 4]
        ):
            ends = (m for m in range(n, len(tokens)) if tokens[m].text in {",", ";"})
            return set(range(n, next(ends, len(tokens))))
    return set()


_REASONS = frozenset({"after", "over", "against", "denounce", "condemn", "protest", "following"})
_DEATHS = frozenset({"death", "deaths", "killing", "killings", "murder", "assassination"})


def _words_of_whole_day(tokens: Sequence[Token], main: Trigger) -> set[int]:
    """Return the words behind "a day in which", which sum up what else happened."""
    written = phrases.words_of(tokens)
    if _SPANS.isdisjoint(written):
        return set()
    for n in range(1, len(tokens) - 2):
        words = written[n - 1 : n + 3]
        is_sum = words[0] in {"a", "the"} and words[1] in _SPANS
        if is_sum and (words[2:] == ["in", "which"] or words[2] in {"when", "that"}):
            return set() if main.first > n else set(range(n, len(tokens)))
    return set()


_SPANS = frozenset({"day", "week", "month", "year", "weekend"})


def _others_words(triggers: Sequence[Trigger], main: Trigger) -> set[int]:
    """Return the words of events that did not happen, or happened before the main one."""
    others = [
        t
        for t in triggers
        # "The death came a day after a man was killed by a mortar": by that mortar.
        if t.doubt or (t.is_background and not main.is_background and t.first > main.first)
    ]
    return {n for t in others if t.meaning.outcome or t.doubt for n in range(t.first, t.last)}


def _words_before_news(
    tokens: Sequence[Token], main: Trigger, written: Sequence[DateWords]
) -> set[int]:
    """Return the words of what happened days before: "two days after a raid that killed six"."""
    found: set[int] = set()
    for words in written:
        if words.kind != "context" or not (words.bound and words.days):
            continue
        begin = next((n for n, token in enumerate(tokens) if token.start >= words.end), 0)
        end = next((n for n in range(begin, len(tokens)) if tokens[n].text == ","), len(tokens))
        if not begin <= main.first < end:
            found |= set(range(begin, end))
    return found
