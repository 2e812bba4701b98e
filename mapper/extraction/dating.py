"""Which of a sentence's dates is its event's, and which is that of the telling."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.sentences import Tokens, token_end, token_start

_SPEECH = frozenset(
    [
        "said",
        "say",
        "says",
        "saying",
        "told",
        "tells",
        "announced",
        "reported",
        "confirmed",
        "stated",
        "claimed",
        "warned",
        "added",
        "denied",
        "urged",
        "called",
        "acknowledged",
        "declared",
        "promised",
        "vowed",
        "quoted",
        "condemned",
        "denounced",
    ]
)


def dates_of(
    written: Sequence[DateWords],
    tokens: Tokens,
    main: Trigger,
    doubted: Sequence[Trigger] = (),
) -> tuple[DateWords | None, DateWords | None]:
    """Return the words that date the event, and those that date the telling.

    ``doubted`` are the words of events that did not happen; their dates are not its.
    """
    if not written:
        return None, None
    spoken = [words for words in written if is_spoken(words, tokens)]
    own = [words for words in written if words not in spoken and not words.bound]
    own = [words for words in own if not _is_of_sequel(words, tokens, main)]
    own = [words for words in own if not _is_of_aside(words, tokens, main)]
    own = [words for words in own if not _is_in_aside(words, tokens, main)]
    own = [words for words in own if not _is_of_main_verb(words, tokens, main)]
    own = _in_relative(own, tokens, main) or own
    if main.meaning.sub_event_type == "Arrests":
        # "Detained 38 suspected of planting bombs in raids before sunrise Saturday".
        doubted = [trigger for trigger in doubted if trigger.doubt != "tried"]
    own = [words for words in own if not _is_of_doubted(words, tokens, main, doubted)]
    at = tokens[main.first].start
    own = _in_part(own, tokens, main) or own
    own.sort(key=lambda words: (_looseness(words, tokens, main), abs(words.start - at)))
    counted = next((words for words in written if _counts_from(words, tokens, main)), None)
    if counted and not counted.text.lower().startswith("hours"):
        # "On Monday he toured the ruins, a day after a bomb killed ten": a day before Monday.
        anchor = next((words for words in (*own, *spoken) if words.kind != "context"), None)
        return replace(counted, days=-counted.days, bound=False), anchor
    counted_back = next(
        (pair for pair in pairwise(written) if _is_apart(*pair, tokens, main)), None
    )
    if counted_back:
        # "On Sunday they dug where a bomb killed ten a day earlier": a day before Sunday.
        return counted_back[1], counted_back[0]
    anchored = next((pair for pair in pairwise(written) if _is_anchored(*pair, tokens)), None)
    if anchored:
        # "Ten died two days after a march on Sunday": two days after Sunday.
        return replace(anchored[0], bound=False), anchored[1]
    spoken += [words for words in own if _is_of_aftermath(words, tokens, main)]
    own = [words for words in own if words not in spoken]
    if not own:
        own = [words for words in written[:1] if _leads_from_known(words, tokens, main)]
    return (own[0] if own else None), (spoken[0] if spoken else None)


def _is_of_aftermath(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a day is that of a funeral or search: "they dug on Sunday where a bomb had gone off".

    "The victims of a bombing were flown home on Thursday."
    """
    first = bisect_right(tokens, words.start, key=token_end)
    last = bisect_left(tokens, words.end, key=token_start)
    if main.meaning.outcome or main.word.startswith(("bod", "corps")):
        return False
    if tokens[main.last - 1].lower in _FLYING:
        return False  # "A drone was flown into a hangar on Monday."
    near = range(max(0, first - _ASIDE), min(len(tokens), last + _ASIDE))
    if last <= main.first:
        between = set(tokens.words[last : main.first])
        is_led = bool(between & _THEN_WHAT)
        return is_led and any(tokens[n].lower in _AFTERMATH for n in near if n < main.first)
    passed = range(main.last, first)
    is_told = any(tokens[n].lower in {"was", "were"} for n in passed)
    return is_told and any(tokens[n].lower in _TAKEN for n in passed if n in near)


_ASIDE = 14  # words
_FLYING = frozenset({"drone", "drones", "uav", "uavs", "plane", "helicopter", "quadcopter"})
_THEN_WHAT = frozenset({"where", "after", "killed", "for", "of", "whose"})
_TAKEN = frozenset({"buried", "flown", "laid", "mourned", "remembered", "identified", "taken"})
_AFTERMATH = _TAKEN | frozenset(
    {"searched", "searching", "bury", "burying", "burial", "funeral", "funerals", "mourn"}
    | {"mourners", "mourning", "dug", "dig", "digging", "toured", "visited", "inspected"}
    | {"pulled", "sifted", "combed", "condolences", "coffins"}
)


def _leads_from_known(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a sentence counts its day from what is known: "Five days before his death a bomb".

    What day that is nobody can say, but it is another than that.
    """
    is_counted = words.kind == "context" and words.bound and words.days
    behind = bisect_left(tokens, words.end, key=token_start)
    return (
        bool(is_counted)
        and words.start <= tokens[min(1, len(tokens) - 1)].start
        and (main.first - behind > _KNOWN)
    )


_KNOWN = 3  # words: "his death", "the funeral of"


def _is_of_main_verb(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a day is of what became of those harmed: "men killed in X were buried on"."""
    before = tokens[main.first - 1].lower if main.first else ""
    behind = tokens[main.last].lower if main.last < len(tokens) else ""
    if before in _AUXILIARIES or behind not in _NO_OBJECT:
        return False
    if not tokens[main.last - 1].lower.endswith(("ed", "slain", "shot", "dead")):
        return False
    between = {t.lower for t in tokens[main.last :] if t.end <= words.start}
    return bool(between & {"was", "were"}) and between.isdisjoint(_NEXT_CLAUSE)


_AUXILIARIES = frozenset({"was", "were", "is", "are", "been", "be", "being", "and", ","})
_NO_OBJECT = frozenset({"in", "by", "near", "at", "on", "during", "last", "outside", "when"})
_NEXT_CLAUSE = frozenset({"and", "as", "while", "who", "which", "that", "where", ";", "but", ","})


def _in_relative(own: list[DateWords], tokens: Tokens, main: Trigger) -> list[DateWords]:
    """Return the year told in a clause on a place: "on Monday in X, where ten died in 2013"."""
    words = tokens.words[max(0, main.first - _CLAUSE) : main.first]
    if _WHERE.isdisjoint(words):
        return []
    return [w for w in own if w.year and w.start > tokens[main.last - 1].end]


_WHERE = frozenset({"where", "which"})
_CLAUSE = 8  # words: "where a car bomb in a market had killed"


def _in_part(own: list[DateWords], tokens: Tokens, main: Trigger) -> list[DateWords]:
    """Return the dates between the same semicolons as an event."""
    marks = [token.start for token in tokens if token.text == ";"]
    if not marks:
        return own
    part = bisect_left(marks, tokens[main.first].start)
    return [words for words in own if bisect_left(marks, words.start) == part]


def _is_anchored(words: DateWords, behind: DateWords, tokens: Tokens) -> bool:
    """Whether words count from what happened on the date behind them."""
    if words.kind != "context" or not words.bound or not words.days:
        return False
    if behind.kind not in ("weekday", "published") and behind.day is None:
        return False
    first = bisect_left(tokens, words.end, key=token_start)
    last = bisect_left(tokens, behind.start, key=token_start)
    between = set(tokens.words[first:last])
    return last - first < 12 and not between & ({",", "and", "that"} | _SPEECH)


def _is_apart(words: DateWords, behind: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether an event told in a clause of its own is dated from the day of the one before."""
    if behind.kind != "context" or behind.bound or not behind.days or words.kind == "context":
        return False
    at = tokens[main.first].start
    if not words.end < at < behind.start:
        return False
    clause = {t.lower for t in tokens if words.end <= t.start < at}
    between = {t.lower for t in tokens[main.last :] if t.end <= behind.start}
    return bool(clause & {"where", "after", "when", "which"}) and not between & {",", ";", "after"}


def _looseness(words: DateWords, tokens: Tokens, main: Trigger) -> int:
    """Say how little words fix the day of an event by themselves."""
    if _is_before_cause(words, tokens, main) or _is_in_relative(words, tokens, main):
        return 1
    behind = bisect_left(tokens, words.end, key=token_start)
    if tokens.words[behind : behind + 1] == ["'s"] and behind < main.first <= behind + _OWNED:
        return -1  # "The toll of Monday's car bomb rose after four died overnight."
    if "when" in tokens.words[behind : main.first]:
        return 1  # "Died Monday of wounds suffered when a bomb exploded on Sunday."
    if words.kind == "span":
        return 3
    if words.kind == "calendar" and words.day is None:
        return 2
    # "On 5 June, an office was set on fire overnight": the day goes before the night.
    return 1 if words.kind in ("context", "overnight", "lunar") else 0


_OWNED = 5  # words: "Monday's huge suicide car bomb"


def _is_before_cause(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a date goes with what an event led to: "on Sunday a probe began after a killing"."""
    return main.is_background and words.end <= tokens[main.first].start


def _is_in_relative(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a full date stands in a clause behind: "heavier than in the war that ended May 1"."""
    if words.kind != "calendar":
        return False
    between = {t.lower for t in tokens[main.last :] if t.end <= words.start}
    return bool(between & {"which", "that"}) and "," not in between


def _counts_from(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether words like "a day after" count from the event told right behind them."""
    if words.kind != "context" or not words.text.lower().endswith((" after", " before")):
        return False
    if words.days and not words.bound:
        return False  # "The night before, a crowd burned ..."
    behind = bisect_left(tokens, words.end, key=token_start)
    is_aside = words.start > tokens[0].start and not _ENDS.intersection(
        token.text for token in tokens[behind : main.first]
    )
    reach = _CAME_AFTER if is_aside else 6
    return behind < len(tokens) and 0 <= main.first - behind <= reach


# "They came three days after militants set up a checkpoint on the road and seized two drivers."
_CAME_AFTER = 25
_ENDS = frozenset({",", ";", ".", ":"})


def _is_of_sequel(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a date counts on to what came after: "abducted; body found 3 days later"."""
    if words.kind != "context":
        return False
    passed = {t.lower for t in tokens[main.last :] if t.end <= words.start}
    return ";" in passed or ("and" in passed and not passed.isdisjoint(_LET_GO))


_LET_GO = frozenset({"released", "freed", "found"})


def _is_of_doubted(
    words: DateWords, tokens: Tokens, main: Trigger, doubted: Sequence[Trigger]
) -> bool:
    """Whether a date goes with what did not happen: "calling for a march on Friday"."""

    def distance(trigger: Trigger) -> int:
        return min(
            abs(words.start - tokens[trigger.last - 1].end),
            abs(tokens[trigger.first].start - words.end),
        )

    return any(
        distance(other) < distance(main) and tokens[other.first].start < words.start
        for other in doubted
    )


def _is_of_aside(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a bare year stands in a clause behind: "near a camp where many fled in 2014"."""
    if words.kind != "calendar" or words.day is not None or words.month is not None:
        return False
    between = {t.lower for t in tokens[main.last :] if t.end <= words.start}
    return bool(between & {"where", "which", "who", "that", "when", "since"})


def _is_in_aside(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a date stands in an aside closed before the event: "X, who fled in May, died"."""
    at = bisect_right(tokens, words.start, key=token_end)
    if at >= main.first:
        return False
    start = next((n for n in range(at - 1, 0, -1) if tokens[n].text in {",", ";"}), None)
    if start is None or tokens[start + 1].lower not in {"who", "which", "whose"}:
        return False
    return any(tokens[n].text == "," for n in range(at, main.first))


def is_spoken(words: DateWords, tokens: Tokens) -> bool:
    """Whether a date goes with a verb of speech: "officials said Tuesday"."""
    first = bisect_right(tokens, words.start, key=token_end)
    behind = bisect_left(tokens, words.end, key=token_start)
    if _is_of_count(tokens.words[max(0, first - _COUNT) : first]):
        return True
    before = tokens.words[max(0, first - 4) : first]
    after = tokens.words[behind : behind + 2]
    if after and after[0] in _SPEECH:
        return after[0] != "claimed" or _LIVES.isdisjoint(tokens.words[behind : behind + 8])
    for n, word in enumerate(tokens.words[behind : min(behind + _OFFICE, len(tokens) - 1)], behind):
        if word == ";":
            break
        if word in _SETS and not _TOLLS.isdisjoint(tokens.words[n + 1 : n + 5]):
            return True  # "On Tuesday the health ministry raised the number of dead to 70."
    if before and before[-1] in {"on", "late", "early", "in"}:
        before = before[:-1]
    if before and before[-1] in {"late", "early"}:
        before = before[:-1]
    if before and before[-1] in _SPEECH:
        return True
    if len(before) > 1 and before[-1] in {
        "reporters",
        "reuters",
        "afp",
        "ap",
        "xinhua",
        "him",
        "cnn",
        "statement",
    }:
        return before[-2] in _SPEECH | {"a", "in"}
    longer = tokens.words[max(0, first - 8) : first]
    if _is_told_to(longer, after):
        return True
    if after[:1] == [","]:
        return _resumes_with_speech(words, tokens)
    return False


_OFFICE = 20  # words: "on Tuesday, after a search of the ruins, the health ministry put"
_TOLLS = frozenset({"toll", "number", "figure", "count", "tally", "dead"})

# How many words lie at most between a toll and the day on which it was told.
_COUNT = 9


def _is_of_count(words: Sequence[str]) -> bool:
    """Whether a day is that of a count: "the toll stood at 115 on Saturday"."""
    for n, word in enumerate(words):
        is_set = word in _SETS and not _TOLLS.isdisjoint(words[n + 1 : n + 5])
        if is_set and {",", ";"}.isdisjoint(words[n:]):
            return True  # "Put the number at six on Tuesday."
    if "toll" not in words or {",", ";"} & set(words[words.index("toll") :]):
        return False
    return bool(_COUNTS & set(words[words.index("toll") + 1 :][:3]))


_COUNTS = frozenset({"stood", "stands", "rose", "rises", "climbed", "reached", "risen", "reaches"})


def is_of_telling(words: DateWords, tokens: Tokens, main: Trigger) -> bool:
    """Whether a day leads to a verb that tells a count: "On Sunday he said six had died"."""
    first = bisect_left(tokens, words.end, key=token_start)
    between = set(tokens.words[first : main.first])
    return not between.isdisjoint(_SPEECH | _SETS)


_SETS = frozenset({"put", "gave", "given", "raised", "updated", "revised", "counted"})


def _is_told_to(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether somebody is told on a day: "accused the army on Sunday of", "told AFP Monday"."""
    at = max((n for n, word in enumerate(before) if word in _TELLING), default=None)
    if at is None or not {"that", ","}.isdisjoint(before[at:]):
        return False
    is_short = before[at] == "told" and len(before) - at <= _WHOM
    return is_short or (bool(after) and after[0] in _SAYS_WHAT)


_WHOM = 4  # words: "told the paper on"
_SAYS_WHAT = frozenset({"of", "that", "for", "to", ".", ",", "over"})
_TELLING = frozenset({"accused", "blamed", "told", "informed", "urged", "called", "condemned"})


# What an event claims, and nobody says.
_LIVES = frozenset({"life", "lives", "victims", "dead"})


def _resumes_with_speech(words: DateWords, tokens: Tokens) -> bool:
    """Whether a date is followed by an aside and then speech: "on Wednesday, sharing it, said"."""
    behind = bisect_left(tokens, words.end, key=token_start)
    rest = tokens.words[behind + 1 : behind + 14]
    return (
        "," in rest
        and rest[rest.index(",") + 1 : rest.index(",") + 2] != []
        and (rest[rest.index(",") + 1] in _SPEECH)
    )
