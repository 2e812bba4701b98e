"""What stands beside a name in a text and is read with it: its parent, a distance, a road."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.lookups import Lookups
from gazetteer.nesting import lies_in
from gazetteer.normalise import folded_words
from gazetteer.place import Level, Match, Mention, Place, Status, Use
from gazetteer.relations import ROADS_BEFORE, relation_before
from gazetteer.spots import Spot
from gazetteer.usage import Usage
from gazetteer.words import Words

_KURDISH_ENDINGS = "yêaîی"
_LOOK_BACK = 10  # words
_OF_US = 3  # letters: "U.S"
_WORDS_OF_VENUE = 3  # "the Mosul Grand Palace hotel"
_LONGEST_GAP = 60  # characters from its name to the town that it is in
_STOP = re.compile("[.;:!?؛؟\n]")
_IN = folded_words(
    "in at of the city town central downtown near , في وسط مدينة لە شاری li bajarê ya"
)
_ROADS = folded_words("road highway motorway route expressway pipeline railway railroad")
_KINDS_OF_ROAD = folded_words("oil gas crude export main international desert")
_BEFORE_PARENT = frozenset((", ", " (", "، "))
_BEFORE_HOLDER = frozenset((" of ", " in ", ", in "))
_OF_HOLDER = frozenset((" area of ", " region of ", " area in ", " region in "))
_BETWEEN_ROAD_ENDS = frozenset(("-", "–", "—", " - ", " – ", " to ", "/"))
_DASHES = frozenset(("-", "–", "—", "‑"))
_BETWEEN_TWO = frozenset((" and ", " و", " to ", " و ", " with ", " û "))


class Joins:
    """What is joined with the names of one text."""

    def __init__(self, words: Words, *, lookups: Lookups, usage: Usage) -> None:
        self._text = words.text
        self._words = words
        self._lookups = lookups
        self._usage = usage

    def with_parents(self, found: list[tuple[Spot, Match]]) -> list[tuple[Spot, Match]]:
        """Make one of a name and the unit behind its comma that holds it."""
        joined: list[tuple[Spot, Match]] = []
        for spot, match in found:
            if joined:
                head, _ = joined[-1]
                inner = self._held(head, spot, match)
                if inner is not None:
                    joined[-1] = (head._replace(end=spot.end), inner)
                    continue
                if not head.bare and self._is_quarter_elsewhere(*joined[-1], spot, match):
                    joined.pop()
            joined.append((spot, match))
        return joined

    def _held(self, head: Spot, spot: Spot, match: Match) -> Match | None:
        """Return what a name means in the unit named behind it, if that holds it."""
        if match.place is None or spot.start - head.end > 11:
            return None
        gap = self._text[head.end : spot.start]
        is_part = gap in _BEFORE_HOLDER and not head.bare
        if not (gap in _BEFORE_PARENT or gap in _OF_HOLDER or is_part):
            return None
        holder = self._unit_of(spot, match.place)
        if holder.level not in (Level.ADM1, Level.ADM2):
            return None
        inner = self._lookups.within(self._text[head.start : head.end], holder)
        place = inner.place
        if place is None or place.id == holder.id or place.adm1 == place.id:
            return None
        return inner if lies_in(place, holder) and place.id != match.place.id else None

    def _is_quarter_elsewhere(self, head: Spot, quarter: Match, spot: Spot, match: Match) -> bool:
        """Whether a quarter is told to be of another town than the one it is known in."""
        one, other = quarter.place, match.place
        if one is None or other is None or one.kind != "quarter" or other.adm1 is None:
            return False
        return self._text[head.end : spot.start] in _BEFORE_HOLDER and one.adm1 != other.adm1

    def _unit_of(self, spot: Spot, place: Place) -> Place:
        """Of "Taji, Baghdad" the second name means the governorate, if it names one."""
        return self._lookups.alone(self._text[spot.start : spot.end]).place or place

    def with_areas(self, found: list[tuple[Spot, Match]]) -> list[Mention]:
        """Take in distances and directions; tell how each name is used."""
        mentions: list[Mention] = []
        at = 0
        while at < len(found):
            spot, match = found[at]
            free_from = mentions[-1].end if mentions else 0
            area, taken = self._area(found, at, free_from)
            if area is None:
                end = spot.end if spot.end - spot.start > _OF_US else self._dot(spot)
                written = self._text[spot.start : end]
                use = self._use(spot, match)
                if use is Use.PLACE and self._leads_on(found, at):
                    use = Use.ORGANISATION if self._is_called_after(found, at) else use
                area = Mention(written, spot.start, end, match, use)
            mentions.append(area)
            at += taken
        return mentions

    def _leads_on(self, found: Sequence[tuple[Spot, Match]], at: int) -> bool:
        """Whether a name is soon followed by "in" and another one."""
        if at + 1 == len(found):
            return False
        (spot, _), (other, _) = found[at : at + 2]
        is_near = other.outer > 0 and other.start - spot.end < _LONGEST_GAP
        return is_near and self._words.forms[other.outer - 1].folded in _IN

    def _is_called_after(self, found: Sequence[tuple[Spot, Match]], at: int) -> bool:
        """Whether a name is a venue's that stands elsewhere: "the Mosul hotel in Erbil"."""
        (spot, match), (next_spot, next_match) = found[at : at + 2]
        words, venues, end = self._words, self._usage.words["venues"], spot.end
        before = words.forms[spot.outer - 1].folded if spot.outer else ""
        if before not in venues:
            behind = range(spot.last + 1, min(spot.last + 1 + _WORDS_OF_VENUE, next_spot.outer))
            venue = next((n for n in reversed(behind) if words.forms[n].folded in venues), None)
            if venue is None or words.forms[spot.last].possessive:
                return False
            end = words.ends[venue]
        gap = self._text[end : next_spot.start].lstrip(_KURDISH_ENDINGS)
        if _STOP.search(gap) or not folded_words(gap) <= _IN:
            return False
        one, other = match.place, next_match.place
        if one is None or other is None:
            return one is not None and next_match.status is Status.OUTSIDE
        unit, holder = self._unit_of(spot, one), self._unit_of(next_spot, other)
        return not (lies_in(one, holder) or lies_in(other, unit))

    def _area(
        self, found: Sequence[tuple[Spot, Match]], at: int, free_from: int
    ) -> tuple[Mention | None, int]:
        """Return the mention of an area that is told from one name or two, and from how many."""
        spot, match = found[at]
        road, taken = self._road(found, at)
        if road is not None:
            return road, taken
        first = spot.outer
        if first == 0 or match.place is None:
            return None, 1
        forms = self._words.forms
        if not forms[first - 1].ends_relation:
            return None, 1
        if not any(word.relates for word in forms[max(0, first - _LOOK_BACK) : first]):
            return None, 1
        relation = relation_before(self._text, spot.start)
        if relation is None or relation.start < free_from:
            return None, 1
        if "\n\n" in self._text[relation.start : spot.start]:
            return None, 1  # a headline's last words
        if relation.between and self._use(spot, match) is not Use.PLACE:
            return None, 1  # talks between Erbil and Baghdad
        start = relation.start
        if relation.between:
            if at + 1 == len(found):
                return None, 1
            other_spot, other = found[at + 1]
            gap = self._text[spot.end : other_spot.start]
            if gap.lstrip(_KURDISH_ENDINGS) not in _BETWEEN_TWO:
                return None, 1
            both = self._text[start : other_spot.end]
            area = self._lookups.areas.between(both, match, other)
            return (
                (Mention(both, start, other_spot.end, area), 2) if area is not None else (None, 1)
            )
        written = self._text[start : spot.end]
        area = self._lookups.areas.off(written, relation, match)
        return (Mention(written, start, spot.end, area), 1) if area is not None else (None, 1)

    def _road(self, found: Sequence[tuple[Spot, Match]], at: int) -> tuple[Mention | None, int]:
        """Return the mention of "Baghdad-Kirkuk road", and of how many names it is."""
        one, match = found[at]
        if at + 1 == len(found):
            return self._road_to_unknown(one, match), 1
        two, other = found[at + 1]
        if two.start - one.end > 4 or self._text[one.end : two.start] not in _BETWEEN_ROAD_ENDS:
            return self._road_to_unknown(one, match), 1
        start, end = one.start, two.end
        if one.first and self._words.forms[one.first - 1].folded in ROADS_BEFORE:
            start = self._words.starts[one.first - 1]
        else:
            behind = self._road_word(two.end, two.last + 1)
            if behind is None:
                return None, 1
            end = self._words.ends[behind]
        written = self._text[start:end]
        area = self._lookups.areas.between(written, match, other)
        return (Mention(written, start, end, area), 2) if area is not None else (None, 1)

    def _road_to_unknown(self, spot: Spot, match: Match) -> Mention | None:
        """Return the mention of "Kirkuk-Nowhere pipeline", which is not in Kirkuk."""
        words, first, last = self._words, spot.outer, spot.last
        if last + 1 < len(words.forms) and words.gaps[last + 1] in _DASHES:
            last = far = last + 1
        elif first > 0 and words.gaps[first] in _DASHES:
            first = far = first - 1
        else:
            return None
        behind = self._road_word(words.ends[last], last + 1)
        if behind is None or not words.forms[far].text[0].isupper():
            return None
        unknown = Match(words.forms[far].text, Status.UNRESOLVED, why="no such place is known")
        start, end = words.starts[first], words.ends[behind]
        written = self._text[start:end]
        area = self._lookups.areas.between(written, match, unknown)
        return Mention(written, start, end, area) if area is not None else None

    def _road_word(self, end: int, first: int) -> int | None:
        """Return which word, from ``first`` on, behind a name that ends there says it is a road."""
        words = self._words
        for at in range(first, len(words)):
            if self._text[end : words.starts[at]] != " ":
                return None
            if words.forms[at].folded in _ROADS:
                return at
            if words.forms[at].folded not in _KINDS_OF_ROAD:
                return None
            end = words.ends[at]
        return None

    def _use(self, spot: Spot, match: Match) -> Use:
        return self._usage.of(self._words, spot.first, spot.last, match)

    def _dot(self, spot: Spot) -> int:
        """Return where a mention ends: "U.S." takes its last dot."""
        is_short = spot.end - spot.start == _OF_US and self._text[spot.start + 1] == "."
        return spot.end + (is_short and self._text[spot.end : spot.end + 1] == ".")
