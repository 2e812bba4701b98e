"""Who tells, in Arabic and Kurdish: "a source in the police of Diyala said that ...".

Where the speaker is, is seldom where it happened, and the speaker is not who acted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer import Gazetteer
from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Span, Tokens
from mapper.extraction.weights import LOOSE, lexicon


def find(tokens: Tokens, triggers: Sequence[Trigger], *, language: str) -> list[Span]:
    """Return the spans of words that only say who tells."""
    if language == "en":
        return []
    words = lexicon(language)
    tells, sources = words.get("tells", frozenset()), words.get("sources", frozenset())
    if (tells | sources).isdisjoint(tokens.words):
        return []
    firsts = {trigger.first for trigger in triggers}
    found = []
    start = 0
    for n, token in enumerate(tokens):
        if token.lower in sources:
            found.append((n, _end(tokens, n + 1, _ASIDE)))
        elif token.lower in tells and language == "ar":
            found.append((n, _end(tokens, n + 1, words["that"], firsts)))
        elif token.lower in tells and not any(start <= first < n for first in firsts):
            # Kurdish puts the verb behind the speaker.
            found.append((start, n + 1))
        if token.text in _CLOSES:
            start = n + 1
    return found


_CLOSES = frozenset({".", "؛", ";", ":", "”", "»"})
_ASIDE = frozenset({"،", ","})
# No speaker's name and rank is longer.
_LONGEST = 25


def _end(
    tokens: Tokens,
    first: int,
    ends: frozenset[str],
    triggers: set[int] | frozenset[int] = frozenset(),
) -> int:
    """Return where the words of a speaker end: at what is told, an event of its own."""
    for n in range(first, min(len(tokens), first + _LONGEST)):
        if tokens[n].lower in ends or tokens[n].text in _CLOSES or n in triggers:
            return n
    return first


def weaken(spots: Sequence[Spot], frames: Sequence[Span]) -> list[Spot]:
    """Return places with those of speakers weighing little: they serve where no other is told."""
    return [
        replace(spot, weight=min(spot.weight, _SPEAKERS))
        if any(first <= spot.first < last for first, last in frames)
        else spot
        for spot in spots
    ]


def own_dates(
    written: Sequence[DateWords], tokens: Tokens, frames: Sequence[Span]
) -> tuple[list[DateWords], bool]:
    """Return the dates outside of words that only say who tells, and whether there are any.

    Where the telling alone has a date, it is the event's too: "The army said on Monday that".
    """
    spans = [(tokens[first].start, tokens[last - 1].end) for first, last in frames]
    own = [w for w in written if not any(start <= w.start < end for start, end in spans)]
    return (own, True) if own else (list(written), False)


_SPEAKERS = LOOSE


def beat(spots: Sequence[Spot], tokens: Tokens, gaz: Gazetteer) -> Spot | None:
    """Return the governorate whose police tell of an event, where no place is told."""
    for spot in spots:
        force = tokens[spot.first - 1].lower if spot.first else ""
        if force in {"شرطه", "عمليات", "محافظ", "اسايش", "صحه"} and spot.place and spot.place.adm1:
            unit = gaz.place(spot.place.adm1)
            return replace(
                spot, name=unit.name, precision="adm1", weight=1.0, place=unit, is_body=False
            )
    return None
