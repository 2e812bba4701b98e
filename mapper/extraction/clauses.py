"""Sentences that tell of two events, cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapper.extraction import casualties, events, numerals, places, vocabulary
from mapper.extraction.events import Trigger
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Tokens

# What happened before is an event of its own where it has its own place and toll.
BEFORE = frozenset({"after", "following"})
_JOINTS = BEFORE | frozenset({"and", ";", ":", "while", "but", "as", "meanwhile"})


def split(
    tokens: Tokens,
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
) -> list[tuple[int, int]]:
    """Split an English sentence where two events are joined, each with its own place.

    "A bomb killed five in Mosul and gunmen shot a judge in Baghdad" are two;
    without two places a sentence is one telling.
    """
    clauses = []
    start = _lead_end(tokens, triggers, spots)
    if start:
        clauses.append((0, start - 1))
    for n in [n for n, word in enumerate(tokens.words) if word in _JOINTS]:
        if n <= start or _is_between_names(spots, n) or _goes_on(tokens, n):
            continue
        comma = _comma_between(tokens, triggers, spots, (start, n))
        if comma is not None:
            clauses.append((start, comma))
            start = comma + 1
        if _are_two(tokens, triggers, spots, (start, n)):
            clauses.append((start, n))
            start = n + 1
    clauses.append((start, len(tokens)))
    return clauses


def _lead_end(tokens: Tokens, triggers: Sequence[Trigger], spots: Sequence[Spot]) -> int:
    """Return where the news begins behind what was before: "A day after X in Hit, Y in Ana"; or 0.

    Both tell of an event at a place.
    """
    opening = tokens.words[:_OPENING]
    begin = next((n for n, word in enumerate(opening) if word in BEFORE), None)
    if begin is None:
        return 0
    commas = [n for n, token in enumerate(tokens[:_LONGEST]) if token.text == ","]
    behind = reported(triggers, begin)
    for n in commas[:_MOST_COMMAS]:
        spans = ((begin + 1, n), (n + 1, len(tokens)))
        sides = [_one_place(tokens, behind, spots, span, is_loose=True) for span in spans]
        if sides[0] and sides[1]:
            return 0 if sides[0] == sides[1] else n + 1
    return 0


_OPENING = 5  # words: "Less than a day after"


def _are_two(
    tokens: Tokens,
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
    span: tuple[int, int],
) -> bool:
    """Whether the words before a joint and all behind it tell of two events."""
    start, n = span
    if not (_has_any(triggers, span) and _has_any(triggers, (n + 1, len(tokens)))):
        return False  # Most joints: nothing happens on one side.
    word = tokens[n].lower
    is_loose = word != "and"
    left = _one_place(tokens, triggers, spots, span, is_loose=is_loose)
    behind = reported(triggers, n) if word in BEFORE else triggers
    right = _one_place(tokens, behind, spots, (n + 1, len(tokens)), is_loose=is_loose)
    if left and right and not places.is_same(left, right) and (is_loose or not left.is_outside):
        is_fresh = tokens[n - 1].lower in _SHORTLY  # "hours after protesters stormed"
        return word not in BEFORE or is_fresh or casualties.read(tokens.part(n + 1)).is_told
    if left and right and _is_part(left, right) and word not in BEFORE:
        # "A bomb killed two in Khalis and gunmen shot three in Hibhib", a town of its district.
        halves = (tokens.part(start, n), tokens.part(n + 1))
        return all(casualties.read(half).is_told for half in halves)
    if right and not left and _is_own_event(tokens, triggers, span):
        return True
    if right and not left and word == ";" and _moves_on(tokens, triggers, n):
        return casualties.read(tokens.part(start, n)).is_told
    if word == ":":
        return bool(right) and not left and _sums_up(tokens, triggers, span)
    if not left or right:
        return False
    if word in BEFORE:
        is_news = _is_news_after(tokens, triggers, behind, n)
        return is_news and casualties.read(tokens.part(n + 1)).is_told
    if word == ";":
        return _moves_on(tokens, triggers, n)
    return start == 0 and word == "and" and _is_next_event(tokens, triggers, n)


def _sums_up(tokens: Tokens, triggers: Sequence[Trigger], span: tuple[int, int]) -> bool:
    """Whether words sum up what a colon lists: "bombs and shootings killed 20: a car bomb in"."""
    inside = [t for t in triggers if span[0] <= t.first < span[1]]
    is_plural = any(t.word.endswith("s") and not t.meaning.outcome for t in inside)
    return is_plural and casualties.read(tokens.part(span[0], span[1])).is_told


def _is_part(one: Spot, other: Spot) -> bool:
    """Whether one of two towns lies in what the other also is: Khalis is a district, too."""
    is_area = any(spot.precision.startswith("adm") for spot in (one, other))
    return not is_area and (places.is_within(one, other) or places.is_within(other, one))


def _comma_between(
    tokens: Tokens,
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
    span: tuple[int, int],
) -> int | None:
    """Return the comma that parts two events of a list: "a bomb killed two in Hit, four died in".

    Each has its own place and its own killed.
    """
    if span[1] - span[0] > _LONGEST or not _has_any(triggers, span):
        return None
    commas = [n for n in range(span[0] + 3, span[1] - 3) if tokens[n].text == ","]
    for n in commas[:_MOST_COMMAS]:
        halves = ((span[0], n), (n + 1, span[1]))
        if not all(_has_any(triggers, half) for half in halves):
            continue
        left, right = (_one_place(tokens, triggers, spots, h, is_loose=True) for h in halves)
        if not (left and right) or places.is_same(left, right) or right.first < n + 3:
            continue
        tolls = [casualties.read(tokens.part(first, last)) for first, last in halves]
        mains = [
            events.main([t for t in triggers if first <= t.first < last]) for first, last in halves
        ]
        is_own = mains[1] is not None and not mains[1].meaning.outcome
        is_told = all(toll.killed is not None or (is_own and toll.is_told) for toll in tolls)
        is_told = is_told or (is_own and _is_of_list(tokens, n))
        is_told = is_told or (_is_finite(tokens, mains[1]) and not _is_outcome(mains[0]))
        is_new = mains[1] is not None and not tokens[n + 1].lower.endswith("ing")
        if is_told and is_new:
            return n
    return None


def _is_outcome(main: Trigger | None) -> bool:
    return main is None or main.meaning.outcome


def _is_finite(tokens: Tokens, main: Trigger | None) -> bool:
    """Whether an event has a verb of its own: "a guard was stabbed", no "a town seized by"."""
    if main is None or _is_outcome(main) or main.first == 0:
        return False
    ends_so = tokens[main.last - 1].lower in _INTRANSITIVE
    return ends_so or tokens[main.first - 1].lower in {"was", "were"}


_INTRANSITIVE = frozenset({"exploded", "detonated", "clashed", "erupted", "off", "up"})


def _is_of_list(tokens: Tokens, comma: int) -> bool:
    """Whether a comma parts things listed behind a colon: "three attacks: a bomb in Hit, a"."""
    is_new = tokens[comma + 1].lower in {"a", "an", "another"}
    return is_new and any(token.text == ":" for token in tokens[:comma])


def _has_any(triggers: Sequence[Trigger], span: tuple[int, int]) -> bool:
    return any(span[0] <= trigger.first < span[1] for trigger in triggers)


# What bounds the time on a sentence that is no sentence.
_LONGEST, _MOST_COMMAS = 60, 4


def _is_between_names(spots: Sequence[Spot], at: int) -> bool:
    """Whether a joint only joins two places: "in Salahaddin and Diyala"."""
    here = [spot for spot in spots if not spot.is_outside]  # "in Hit, as U.S. troops"
    return any(s.last == at for s in here) and any(s.first == at + 1 for s in here)


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether "and" goes on about the event before: "and wounding six", "and another in Mosul"."""
    behind = tokens.words[at + 1 : at + 3]
    if tokens[at].lower != "and" or not behind:
        return False
    if _is_toll(tokens, at + 1):
        return True
    return behind[0] in _GOES_ON or (behind[0] in _ALSO and behind[-1] in {"in", "at", "near"})


def reported(triggers: Sequence[Trigger], at: int) -> list[Trigger]:
    """Return the triggers behind a word with none of them background: it is told in full."""
    return [replace(t, is_background=False) if t.first > at else t for t in triggers]


def _is_own_event(tokens: Tokens, triggers: Sequence[Trigger], span: tuple[int, int]) -> bool:
    """Whether words before ", and" tell of an event with a toll of its own, if nowhere."""
    if tokens[span[1] - 1].text not in {",", "،"}:
        return False
    inside = [t for t in triggers if span[0] <= t.first < span[1] and not t.doubt]
    behind = events.main([t for t in triggers if t.first > span[1]])
    # "Gunmen killed the mayor of X, and in Samarra attackers blew up a house."
    is_deed = any(not t.meaning.outcome for t in inside)
    is_event = is_deed or (behind is not None and not behind.meaning.outcome)
    following = next((t for t in triggers if t.first > span[1]), None)
    if following and following.meaning.outcome and not is_deed:
        # "Two guards were killed, and their driver wounded, in an attack on"
        return is_event and tokens.words[following.last : following.last + 1] not in _SHARES
    return is_event and casualties.read(tokens.part(span[0], span[1])).killed is not None


_SHARES = ([","], ["in"], ["when"], ["by"], ["as"])


def _is_toll(tokens: Tokens, at: int) -> bool:
    """Whether only a number and what became of them stand there: "10 dead and 30 wounded,"."""
    lexicon = vocabulary.words("en")
    count, end = numerals.read(tokens, at, lexicon)
    if count is None:
        return False
    while end < len(tokens) and (
        tokens[end].lower in lexicon.more or tokens[end].lower in lexicon.people - _HARMED
    ):
        end += 1
    is_harm = end < len(tokens) and tokens[end].lower in _HARMED
    return is_harm and not tokens[min(end + 1, len(tokens) - 1)].is_word


_HARMED = frozenset({"wounded", "injured", "hurt", "dead", "killed"})
_ALSO = frozenset({"another", "one"})
# A verb right behind "and" has the subject told before it.
_GOES_ON = frozenset(
    {"wounded", "wounding", "injured", "injuring", "hurt", "killed", "killing", "left", "leaving"}
)


def _is_news_after(
    tokens: Tokens, triggers: Sequence[Trigger], behind: Sequence[Trigger], at: int
) -> bool:
    """Whether a truce or march is news, and so is the fighting before it, at the same place.

    And a town's fall "a day after" a bombing there, but not "after clashes" for it.
    """
    before = events.main([t for t in triggers if t.first < at])
    after = events.main([t for t in behind if t.first > at])
    is_later = tokens[at - 1].lower in _GAPS
    is_quiet = before is not None and (
        before.meaning.event_type in _QUIET
        or (is_later and before.meaning.sub_event_type in events.TERRITORY)
        or (is_later and "same" in tokens.words[at:])
    )
    return is_quiet and after is not None and not after.meaning.outcome


_SHORTLY = frozenset({"hours", "hour", "minutes"})
_GAPS = frozenset({"day", "days", "week", "weeks", "month", "months"})
_QUIET = frozenset({"Strategic developments", "Protests"})


def _moves_on(tokens: Tokens, triggers: Sequence[Trigger], at: int) -> bool:
    """Whether words behind a semicolon tell what else happened: "; hours later gunmen shot two"."""
    opening = set(tokens.words[at + 1 : at + 5])
    if tokens[at + 1].lower in _OF_THEM and not _DYING.isdisjoint(opening):
        return False  # "Two were wounded; one died later."
    main = events.main([t for t in triggers if t.first > at])
    if main is None or main.is_background or opening.isdisjoint(_MOVES):
        return False
    return casualties.read(tokens.part(at + 1)).is_told


_OF_THEM = frozenset({"he", "she", "they", "one", "two", "three", "both", "some"})
_DYING = frozenset({"died", "dies", "succumbed"})
_MOVES = frozenset({"later", "afterwards", "afterward", "earlier", "separately", "meanwhile"})


def _is_next_event(tokens: Tokens, triggers: Sequence[Trigger], at: int) -> bool:
    """Whether words behind ", and" tell of another kind of event: ", and a bomb killed two"."""
    before = events.main([t for t in triggers if t.first < at])
    behind = events.main([t for t in triggers if t.first > at])
    if before is None or behind is None or behind.meaning.outcome or behind.is_background:
        return False
    is_new = behind.first - at <= 4 and tokens[at + 1].lower in {"a", "an"}
    is_other = before.meaning.event_type != behind.meaning.event_type
    if not (is_new and is_other and tokens[at - 1].text == ","):
        return False
    return casualties.read(tokens.part(0, at)).killed is not None


def _one_place(
    tokens: Tokens,
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
    span: tuple[int, int],
    *,
    is_loose: bool,
) -> Spot | None:
    """Return the place of a clause that reports an event of its own, or None.

    Unless ``is_loose``, the clause needs a verb: "clashes in Mosul and bombings
    in Baghdad killed ten" is one telling.
    """
    first, last = span
    inside = [spot for spot in spots if first <= spot.first < last and spot.weight >= 2.5]
    inside = [spot for spot in inside if not spot.is_country and spot.precision != "region"]
    if not inside:
        return None
    main = events.main([t for t in triggers if first <= t.first < last and t.last <= last])
    if main is None or main.is_background:
        return None
    told = [t for t in triggers if first <= t.first < last and not t.doubt]
    if not (is_loose or any(_is_verb(tokens, t) for t in told)):
        return None
    return places.choose(inside, main.first, main.last)


def _is_verb(tokens: Tokens, trigger: Trigger) -> bool:
    words = tokens[trigger.first : trigger.last]
    if words[0].lower in vocabulary.words("en").corpses or words[-1].lower in _INTRANSITIVE:
        return True
    return any(
        token.lower.endswith(
            ("ed", "led", "shot", "dead", "ew", "ing", "found", "kill", "kills", "struck", "hit")
        )
        for token in words
    )
