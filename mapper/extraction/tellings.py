"""How a clause tells its event: dated or not, told before, another one, or a sum of many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from mapper.extraction import vocabulary
from mapper.extraction.casualties import Toll
from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import RuleWords
from mapper.extraction.places import FIRM, Spot
from mapper.extraction.sentences import Tokens

_words = RuleWords("tellings")


def is_release(tokens: Tokens, main: Trigger, written: Sequence[DateWords]) -> bool:
    """Whether a kidnapping is told only because it is over: "held hostage ... were released"."""
    if main.meaning.sub_event_type != "Abduction/forced disappearance":
        return False
    released = _words["released"]
    n = next((n for n, token in enumerate(tokens) if token.lower in released), None)
    if n is None:
        return False
    at = tokens[n].start
    if main.last <= n and _is_sequel(tokens, n):
        return False
    if not _words["sought"].isdisjoint(tokens.words[max(0, n - _SOUGHT) : n]):
        return False  # "They demanded the release of two engineers abducted in Mosul."
    begin = tokens[main.first].start
    return not any(min(begin, at) <= words.start < max(begin, at) for words in written)


def is_unharmed_release(tokens: Tokens, main: Trigger) -> bool:
    """Whether only who was let go is told, and was not hurt: "They were released unharmed"."""
    let_go = _words["released"] | {"captivity"}  # "unharmed after a month in captivity"
    return main.word in _words["unharmed"] and not let_go.isdisjoint(tokens.words)


_SOUGHT = 6  # words


def _is_sequel(tokens: Tokens, at: int) -> bool:
    """Whether a release is told as what came after: "kidnapped; released", "and later freed"."""
    before = tokens.words[max(0, at - 4) : at]
    return bool({";", "later", "before", "then", "subsequently", "eventually"} & set(before)) or (
        before[-1:] in (["and"], [","], ["but"])
    )


def is_definite(tokens: Tokens, main: Trigger) -> bool:
    """Whether the words speak of an event told before: "the strike", "both blasts"."""
    if main.word in _words["bodies"]:
        return False  # "Police found the bodies of four men": told for the first time
    first = tokens[main.first].lower
    is_deed = first.endswith(tuple(_words["deeds"])) or first in _words["doers"]
    if not main.meaning.outcome and is_deed:
        return False  # "The group seized a town": the article is that of who did it.
    definite, ends = _words["definite"], _words["phrase_ends"]
    if tokens[main.first].lower in definite or _is_of_day(tokens, main.first):
        return True
    for token in reversed(tokens[max(0, main.first - 4) : main.first]):
        if token.lower in definite:
            return True
        if not token.is_word or token.lower in ends:
            break
    return False


def is_count(tokens: Tokens, span: tuple[int, int], main: Trigger) -> bool:
    """Whether words only count the dead of what was told before, as a hospital or witness does."""
    if not (main.meaning.outcome or main.word in _words["counted"]):
        return False
    words = tokens.words[span[0] : span[1]]
    if main.word in _words["counted"] and not _words["came_upon"].isdisjoint(words):
        return True  # "Seven bodies lay by the road."
    return not (_words["hospitals"].isdisjoint(words) or _words["took_in"].isdisjoint(words))


def _is_of_day(tokens: Tokens, at: int) -> bool:
    """Whether words begin behind a day that has them: "Tuesday's attack", "last week's blast"."""
    before = tokens.words[max(0, at - 2) : at]
    return before[1:] == ["'s"] and (before[0] in _words["days"] or before[0].endswith("day"))


def is_plural(tokens: Tokens, main: Trigger) -> bool:
    """Whether the words tell of several events: "attacks", but not "strikes a market"."""
    is_many = tokens[main.last - 1].lower.endswith(tuple(_words["several"]))
    return is_many and not main.meaning.outcome


def sums_up(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether a clause begins by adding up what was told: "In all, seven people died"."""
    opening = tokens.words[span[0] : span[0] + 2]
    return opening[:1] in (["altogether"], ["overall"]) or opening in _IN_ALL


_IN_ALL = (["in", "all"], ["in", "total"], ["all", "told"])


def adds_next(tokens: Tokens, main: Trigger) -> bool:
    """Whether more harm came: "The first killed two. The second killed six", "one later died"."""
    before = tokens.words[max(0, main.first - 2) : main.first]
    if tokens[main.first].lower == "died" and not _AFTERWARDS.isdisjoint(before):
        return True
    return (
        main.meaning.outcome
        and len(before) == 2
        and before[0] in {"the", "a"}
        and before[1] in _words["next"]
    )


def died_of_wounds(tokens: Tokens, main: Trigger) -> bool:
    """Whether all who were wounded died in the end: "The two guards later died"."""
    before = tokens.words[max(0, main.first - _ALL) : main.first]
    is_later = tokens[main.first].lower == "died" and not _AFTERWARDS.isdisjoint(before)
    is_all = any(a == "the" and b in vocabulary.words("en").numbers for a, b in pairwise(before))
    return is_later and (is_all or "both" in before)


_ALL = 6  # words


def is_of_person(tokens: Tokens, main: Trigger) -> bool:
    """Whether an event only says who somebody is: "whose son died in Iraq", "who was shot in"."""
    before = tokens.words[max(0, main.first - _WHO) : main.first]
    at = next((n for n, word in enumerate(before) if word in {"who", "whose"}), None)
    return at is not None and {",", "and", ";", "said"}.isdisjoint(before[at:])


_WHO = 5  # words: "whose son Casey had died"

_AFTERWARDS = frozenset({"later", "subsequently", "since"})


def is_elsewhere(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether a clause begins by moving to another place: "Elsewhere, ..."."""
    return not _words["elsewhere"].isdisjoint(tokens.words[span[0] : span[0] + 5])


def opens_with_name(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether a clause begins at a place, if one that nobody knows: "In Nibai, ..."."""
    first = span[0]
    if tokens[first].lower not in {"in", "near", "at"}:
        return False
    names = takewhile(lambda token: token.text[0].isupper(), tokens[first + 1 : first + 5])
    end = first + 1 + sum(1 for _ in names)
    return first + 1 < end < len(tokens) and tokens[end].text == ","


def is_separate(tokens: Tokens, span: tuple[int, int], main: Trigger, toll: Toll) -> bool:
    if is_elsewhere(tokens, span) or tokens[span[0]].lower == "also":
        return True
    if _is_same_day(tokens, span):
        return True  # "On the same night a car bomb killed two."
    if main.meaning.outcome:
        return False
    behind = tokens.words[main.last : main.last + 3]
    is_more = "more" in behind and "than" not in behind
    if main.meaning.event_type == "Strategic developments" and is_more:
        return True
    opening = tokens[span[0]].lower
    if opening in {"earlier", "later"} and toll.is_told and not is_definite(tokens, main):
        return True
    near = tokens.words[max(span[0], main.first - 3) : main.first]
    if {"second", "third"} & set(near) and _is_in_a_row(tokens, main):
        return False
    if "yet" in near:
        return False  # "Yet another attack": one more of the kind, perhaps the one told.
    if is_joint(tokens, span):
        return False  # "Two separate attacks" are apart from one another.
    return bool({"another", "second", "third", "other", "separate", "similar"} & set(near))


def _is_same_day(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether a clause begins on the day of what was told before, and so with something else."""
    opening = tokens.words[span[0] : span[0] + 4]
    opening = opening[1:] if opening[:1] == ["on"] else opening
    return opening[:2] == ["the", "same"] and opening[2:3] != [] and opening[2] in _TIMES


_TIMES = frozenset({"day", "night", "evening", "morning", "afternoon"})


def is_part(tokens: Tokens, span: tuple[int, int], main: Trigger) -> bool:
    """Whether a clause tells of one of several told together: "the first blast", "one bomb"."""
    near = tokens.words[max(span[0], main.first - 3) : main.first]
    opening = tokens.words[span[0] : span[0] + 4]
    if _is_in_a_row(tokens, main) or _counts_one(tokens, span, main):
        return False
    if opening[:2] == ["in", "the"] and opening[2:3] != [] and opening[2] in _words["one_of"]:
        return True  # "In the deadliest attack, two bombs went off in X."
    return bool(_words["one_of"] & {*near, *opening[1:2]}) or opening[:2] == ["one", "of"]


def _counts_one(tokens: Tokens, span: tuple[int, int], main: Trigger) -> bool:
    """Whether "one" counts people: "one soldier died"."""
    near = tokens.words[max(span[0], main.first - 3) : main.first + 1]
    people = vocabulary.words("en").people
    return any(one == "one" and behind in people for one, behind in pairwise(near))


def _is_in_a_row(tokens: Tokens, main: Trigger) -> bool:
    """Whether an event is only counted: "the second bombing in three days"."""
    behind = tokens.words[main.last : main.last + 4]
    spans = {"days", "weeks", "months", "week", "month", "year", "years", "day", "many"}
    return bool({"in", "this"} & set(behind[:1])) and bool(spans & set(behind))


def is_joint(tokens: Tokens, span: tuple[int, int], main: Trigger | None = None) -> bool:
    """Whether a clause sums up a few events: "killed in two separate attacks"."""
    words = tokens.words[span[0] : span[1]]
    several = _of_several()
    leading = [n for n, word in enumerate(words[:-1]) if word in several]
    if not leading or (main and _words_of_run(tokens, main)):
        return False  # "The worst of a wave of attacks that killed 16": one of them
    if main and main.word.endswith(tuple(_words["several"])) and _is_in_several(words, leading):
        return True
    return any(_is_of_several(words, n) for n in leading)


def _is_in_several(words: list[str], leading: list[int]) -> bool:
    """Whether places are counted where something happened: "in two Baghdad neighborhoods"."""
    return any(
        words[n] in _words["few"]
        and words[n - 1 : n] == ["in"]
        and not _words["grounds"].isdisjoint(words[n + 1 : n + 4])
        for n in leading
    )


@cache
def _of_several() -> frozenset[str]:
    return _words["apart"] | _words["run"] | _words["few"]


def _is_of_several(words: list[str], at: int) -> bool:
    """Whether words speak of several events: "separate attacks", "wave of", "two bombings"."""
    happenings, apart = _words["happenings"], _words["apart"]
    word, after = words[at : at + 2]
    if word in apart:
        return after in happenings or not happenings.isdisjoint(words[at + 2 : at + 3])
    is_few = word in _words["few"] and (after in apart or after in happenings)
    return is_few or (word in _words["run"] and after == "of")


def is_of_two(
    triggers: Sequence[Trigger], tokens: Tokens, spots: Sequence[Spot], toll: Toll
) -> bool:
    """Whether one toll is told of two events: "killed in an attack in X and a bombing in Y"."""
    if toll.killed is None:
        return False
    for one, other in pairwise(t for t in triggers if not (t.meaning.outcome or t.doubt)):
        joint = [n for n in range(one.last, other.first) if tokens[n].lower == "and"]
        if not joint or tokens[joint[-1] + 1].lower not in {"a", "an", "another"}:
            continue
        firm = [s for s in spots if s.weight >= FIRM and not s.is_country]
        left = [s for s in firm if one.last <= s.first < joint[-1]]
        right = [s for s in firm if s.first >= other.last]
        if left and right and left[0].name != right[0].name:
            return True
    return False


def words_of_others(
    triggers: Sequence[Trigger],
    tokens: Tokens,
    main: Trigger,
    written: Sequence[DateWords],
) -> set[int]:
    """Return the words that tell of other events than the main one of a clause."""
    others = _others_words(triggers, main) | _words_before_news(tokens, main, written)
    others |= _words_of_run(tokens, main)
    others |= _words_of_one_dead_before(tokens, main)
    return others | _words_of_whole_day(tokens, main) | _words_of_reason(tokens, main)


def _words_of_one_dead_before(tokens: Tokens, main: Trigger) -> set[int]:
    """Return the words of a death that only says who somebody was: "kin of one who had died"."""
    written = tokens.words
    if main.meaning.outcome or "who" not in written[main.last :]:
        return set()
    return {
        n + 2
        for n in range(main.last, len(tokens) - 2)
        if written[n : n + 3] == ["who", "had", "died"]
    }


def _words_of_run(tokens: Tokens, main: Trigger) -> set[int]:
    """Return what many events did of which one is told: "the worst of the attacks that killed"."""
    words = tokens.words
    for n in range(main.last + 2, len(words) - 1):
        if words[n] in {"that", "which"} and words[n - 1].endswith(tuple(_words["several"])):
            before = words[max(main.last, n - _RUN) : n]
            is_run = not _words["run"].isdisjoint(before) or not _words["one_of"].isdisjoint(before)
            if is_run or any(word.endswith("est") for word in before):
                ends = (m for m in range(n, len(words)) if words[m] in {",", ";"})
                return set(range(n, next(ends, len(words))))
    return set()


_RUN = 8  # words: "the bloodiest of a scattering of attacks"


def _words_of_reason(tokens: Tokens, main: Trigger) -> set[int]:
    """Return the words of a death that people protest: "marched after the killing of a boy"."""
    is_ruin = main.meaning.sub_event_type == "Looting/property destruction"
    if main.meaning.event_type not in ("Protests", "Riots") and not is_ruin:
        return set()
    reasons, deaths = _words["reasons"], _words["deaths"]
    for n in range(len(tokens) - 2):
        if tokens[n].lower in reasons and not deaths.isdisjoint(tokens.words[n + 1 : n + 4]):
            ends = (
                m for m in range(n, len(tokens)) if tokens[m].text in _PAUSES or m == main.first
            )
            return set(range(n, next(ends, len(tokens))))
    return set()


_PAUSES = frozenset({",", ";", "،", "؛"})


def _words_of_whole_day(tokens: Tokens, main: Trigger) -> set[int]:
    """Return the words behind "a day in which", which sum up what else happened."""
    written, spans = tokens.words, _words["spans"]
    if spans.isdisjoint(written):
        return set()
    for n in range(1, len(tokens) - 2):
        words = written[n - 1 : n + 3]
        is_sum = words[0] in {"a", "the"} and words[1] in spans
        # "A day in which", "a week of unrest in which".
        is_of = words[2] == "of" and written[n + 3 : n + 5] == ["in", "which"]
        if is_sum and (is_of or words[2:] == ["in", "which"] or words[2] in {"when", "that"}):
            return set() if main.first > n else set(range(n, len(tokens)))
    return set()


def _others_words(triggers: Sequence[Trigger], main: Trigger) -> set[int]:
    """Return the words of events that did not happen, or happened before the main one."""
    others = [
        t
        for t in triggers
        # "The death came a day after a man was killed by a mortar": by that mortar.
        if t.doubt or (t.is_background and not main.is_background and t.first > main.first)
    ]
    return {n for t in others if t.meaning.outcome or t.doubt for n in range(t.first, t.last)}


def _words_before_news(tokens: Tokens, main: Trigger, written: Sequence[DateWords]) -> set[int]:
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


def points_back(tokens: Tokens) -> bool:
    """Whether a sentence says that it goes on about a place: "rockets landed there"."""
    words = tokens.words
    exists, kinds = _words["exists"], _words["places"]
    return any(
        (word == "there" and behind not in exists) or (word == "same" and behind in kinds)
        for word, behind in pairwise([*words, ""])
    ) or any(
        word == "in" and words[n + 1 : n + 2] == ["the"] and _is_town_alone(words, n + 2)
        for n, word in enumerate(words)
    )


def _is_town_alone(words: list[str], at: int) -> bool:
    """Whether a word for a town stands without a name: "also in the town", no "town of Hit"."""
    is_town = words[at : at + 1] in (["town"], ["city"], ["village"])
    return is_town and words[at + 1 : at + 2] not in (["of"], ["'s"])


def is_over_days(tokens: Tokens) -> bool:
    """Whether words tell of several days: "over the past three days"."""
    words = tokens.words
    return any(
        word in {"past", "last"} and behind == "days"
        for word, behind in zip(words, words[2:], strict=False)
    )


def moves_on(words: DateWords | None, tokens: Tokens) -> bool:
    """Whether a sentence begins by going on to a time beside that told: "The night before, ..."."""
    if words is None or words.kind != "context" or words.bound:
        return False
    return words.start <= tokens[min(1, len(tokens) - 1)].start
