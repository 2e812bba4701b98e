"""Arabic and Kurdish sentences that tell of several events, cut where the next one begins.

They are long: "A bomb went off in X and wounded two, while gunmen shot a judge in Y, and in Z ...".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from mapper.extraction import casualties, events, phrases, places, vocabulary
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import Phrases
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Span, Tokens


class _Joint(NamedTuple):
    """Where a clause may end (``at``) and the next begin.

    "While" parts clauses of any kind; "where" and "the worst of them" one of many from their sum.
    """

    at: int
    begin: int
    kind: str

    @property
    def is_loose(self) -> bool:
        """Whether it parts whole clauses, as "and" need not."""
        return self.kind != "and"


def split(
    tokens: Tokens,
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
    *,
    language: str,
) -> list[Span]:
    """Return the clauses of a sentence that tell of an event each, at a place of its own."""
    if len(triggers) < 2:
        return [(0, len(tokens))]
    named = [
        s
        for s in spots
        if s.weight >= _SURE and not (s.is_country or s.is_body or s.precision == "region")
    ]
    joints = _joints(tokens, triggers, language)
    clauses: list[Span] = []
    start = 0
    for n, joint in enumerate(joints):
        if joint.at <= start:
            continue
        left = _Part(tokens, triggers, named, (start, joint.at), language)
        right = _next_part(tokens, triggers, named, joints, n, language)
        if _are_apart(left, right, joint):
            clauses.append((start, joint.at))
            start = joint.begin
    return [*clauses, (start, len(tokens))]


# The weight of a place from which on the words put the event there.
_SURE = 2.5


class _Part:
    """What a stretch of a sentence tells by itself."""

    def __init__(
        self,
        tokens: Tokens,
        triggers: Sequence[Trigger],
        spots: Sequence[Spot],
        span: Span,
        language: str,
    ) -> None:
        first, last = span
        self.span = span
        self.inside = [t for t in triggers if first <= t.first < last]
        self.main = events.main(self.inside)
        if self.main and self.main.is_background:
            self.main = None
        inside = [spot for spot in spots if first <= spot.first < last]
        self.spot = places.choose(inside, self.main.first, self.main.last) if self.main else None
        self._tokens, self._language = tokens, language

    @property
    def is_told(self) -> bool:
        """Whether it counts killed or wounded."""
        first, last = self.span
        return casualties.read(self._tokens.part(first, last), language=self._language).is_told

    @property
    def is_of_corpses(self) -> bool:
        """Whether it tells of bodies."""
        corpses = vocabulary.words(self._language).corpses
        return self.main is not None and self.main.word in corpses

    @property
    def is_sum(self) -> bool:
        """Whether it tells of many events at once: "a string of bombings"."""
        first, last = self.span
        return bool(_sums(self._language).find(self._tokens.part(first, last)))


def _next_part(
    tokens: Tokens,
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
    joints: Sequence[_Joint],
    n: int,
    language: str,
) -> _Part:
    """Return what follows a joint, up to the next; further where no place is told so far."""
    part = None
    for end in [joint.at for joint in joints[n + 1 : n + 4]] + [len(tokens)]:
        if end <= joints[n].begin:
            continue
        part = _Part(tokens, triggers, spots, (joints[n].begin, end), language)
        if part.main and part.spot:
            return part
        if any(joint.at == end and joint.is_loose for joint in joints):
            return part
    return part or _Part(tokens, triggers, spots, (joints[n].begin, len(tokens)), language)


def _are_apart(left: _Part, right: _Part, joint: _Joint) -> bool:
    """Whether two parts tell of two events: at two places, or of two kinds of things."""
    if left.main is None or right.main is None:
        return False
    if right.spot is None:
        # Another kind of thing told behind is another matter, wherever it was.
        one, other = left.main.meaning, right.main.meaning
        is_open = one.outcome or one.target or other.outcome or other.target
        is_other = one.event_type != other.event_type and not is_open
        is_other = is_other or (right.is_of_corpses and right.is_told)
        return joint.kind == "while" and left.spot is not None and is_other
    if left.spot is None:
        return joint.is_loose and (joint.kind == "sum" or left.is_sum) and right.is_told
    if places.is_same(left.spot, right.spot) or places.overlap(left.spot, right.spot):
        is_finer = left.is_sum and places.is_within(right.spot, left.spot)
        # "37 died in the east of Baghdad, and that a bomber killed five in Taji"
        is_town = left.spot.area is not None and right.spot.area is None
        is_town = is_town and joint.kind == "while" and left.is_told
        return (is_finer or is_town) and right.is_told
    return joint.is_loose or not right.main.meaning.outcome or left.is_told


def _joints(tokens: Tokens, triggers: Sequence[Trigger], language: str) -> list[_Joint]:
    """Return where clauses may part: at "while", and at "and" by a verb, in Kurdish behind it."""
    found = {
        hit.first: _Joint(hit.first, hit.last, hit.value) for hit in _loose(language).find(tokens)
    }
    starts = {t.first for t in triggers}
    ends = {t.last for t in triggers}
    openings = _openings(language)
    for n, word in enumerate(tokens.words):
        if word not in _AND or n in found or n == 0:
            continue
        after = tokens[n + 1].lower if n + 1 < len(tokens) else ""
        if language == "ar":
            is_verb = not starts.isdisjoint(range(n + 1, n + 4)) or after in _verbs(language)
            if word == "و" and (after in openings or is_verb):
                found[n] = _Joint(n, n + 1, "while" if after in openings else "and")
        elif ends & {n, n - 1, n - 2}:
            found[n] = _Joint(n, n + 1, "and" if word in {"و", "û"} else "while")
    return sorted(found.values())


_AND = frozenset({"و", "û", "،", ","})


@cache
def _loose(language: str) -> Phrases[str]:
    raw = phrases.load(f"modality.{language}.yml")["joints"]
    return Phrases((words, kind) for kind in ("while", "where", "sum") for words in raw[kind])


@cache
def _openings(language: str) -> frozenset[str]:
    return frozenset(phrases.load(f"modality.{language}.yml")["joints"]["openings"])


@cache
def _verbs(language: str) -> frozenset[str]:
    return frozenset(phrases.load(f"modality.{language}.yml")["joints"]["verbs"])


@cache
def _sums(language: str) -> Phrases[bool]:
    raw = phrases.load(f"modality.{language}.yml")["joints"]["many"]
    return Phrases((words, True) for words in raw)
