"""One verb for several places: "killed four people in Najaf and six in Karbala"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mapper.extraction import fates, nouns, numerals, places, vocabulary
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Tokens


class Gap(NamedTuple):
    """So many ``killed`` or ``wounded`` at a place, by the verb that stands before another."""

    fate: str
    number: int
    spot: Spot


def find(tokens: Tokens, span: tuple[int, int], spot: Spot, spots: Sequence[Spot]) -> list[Gap]:
    """Return what a clause of an event at ``spot`` counts at further places without a verb."""
    first, last = span
    joints = [n for n in range(spot.last, last - 3) if tokens[n].lower in _LEADS]
    behind = [s for s in spots if spot.last < s.first < last and s.weight >= _SURE]
    is_listed = _LEADING in tokens.words[first : spot.first]
    if not ((joints and behind) or is_listed) or spot.first < first:
        return []
    there = [s for s in spots if first <= s.first < last and places.is_same(s, spot)]
    hits = [
        hit
        for hit in fates.predicates("en").find(tokens.part(first, last))
        if hit.value[0] in ("killed", "wounded")
    ]
    found: list[Gap] = []
    part = _part(tokens, first, spot) if hits else None
    if part:
        # "Killed 20 people in the north, 12 in Mosul and eight in Kirkuk": both are parts.
        found.append(Gap(hits[0].value[0], part, spot))
    for n in joints:
        gap = _gap(tokens, n, behind)
        told = [hit for hit in hits if first + hit.first < n]
        before = [h for h in told if any(first + h.first < s.first < n for s in there)]
        if gap is None or not before:
            continue
        count, place = gap
        own = any(n <= first + hit.first <= place.last + _VERB for hit in hits)
        own = own or not _ends(tokens, place.last)
        known = [spot, *(other.spot for other in found)]
        if not own and not any(places.is_same(place, other) for other in known):
            found.append(Gap(before[-1].value[0], count, place))
    return found


def _part(tokens: Tokens, first: int, spot: Spot) -> int | None:
    """Return how many of others are told at a place: ", 12 in Mosul", "including four in"."""
    for n in range(max(first + 1, spot.first - _PHRASE), spot.first - 2):
        is_led = tokens[n].text == "," and n == spot.first - 3
        if is_led or tokens[n].lower == _LEADING:
            gap = _gap(tokens, n, [spot])
            return gap[0] if gap else None
    return None


def _ends(tokens: Tokens, at: int) -> bool:
    """Whether no verb of its own follows: "one in Kirkuk surrendered"."""
    after = tokens[at] if at < len(tokens) else None
    return after is None or not after.is_word or after.lower in _BEHIND or after.text[0].isupper()


def _gap(tokens: Tokens, at: int, spots: Sequence[Spot]) -> tuple[int, Spot] | None:
    """Read "and six others in Karbala" at its joint."""
    lexicon = vocabulary.words("en")
    begin = at + 1 + (tokens[at + 1].lower in _JOINTS)
    count, end = numerals.read(tokens, begin, lexicon)
    if count is None:
        count, end = (1, begin + 1) if tokens[begin].lower in lexicon.articles else (None, begin)
    head = nouns.head(tokens, end, lexicon) if count is not None else None
    is_bare = head is None and end > begin and tokens[begin].lower not in lexicon.articles
    if count is None or not (is_bare or (head and tokens[head].lower in lexicon.people)):
        return None
    if tokens[begin].lower == "the" and head and tokens[head].lower not in lexicon.singular:
        return None
    where = end if head is None else _past_of(tokens, head + 1)
    if where < len(tokens) and tokens[where].lower in _FELL:
        where += 1  # "and three policemen shot in Mosul"
    if where >= len(tokens) or tokens[where].lower not in _WHERE:
        return None
    there = next((s for s in spots if where < s.first <= where + _PHRASE or s.first == where), None)
    if there is None or there.is_country or there.is_body or there.is_outside:
        return None
    between = set(tokens.words[where + 1 : there.first])
    return None if between & (_JOINTS | {"who", "which", "when"}) else (count, there)


def _past_of(tokens: Tokens, at: int) -> int:
    """Return where "of a former minister" ends behind "the brother"; where it begins if none."""
    phrase = tokens.words[at : at + _PHRASE]
    if phrase[:1] != ["of"]:
        return at
    return at + next((n for n, word in enumerate(phrase) if word in _WHERE), 0)


_JOINTS = frozenset({"and", ","})
_LEADING = "including"
_LEADS = _JOINTS | {_LEADING}
_BEHIND = frozenset({"and", "on", "when", "as", "after", "in", "late", "early", "overnight", "by"})
_FELL = frozenset({"shot", "killed", "slain"})
_WHERE = frozenset({"in", "at", "near", "outside"})
_SURE = 2.5
_PHRASE = 6  # words: "at the bus terminal in Karbala"
_VERB = 3  # words behind a place within which a verb of its own follows
