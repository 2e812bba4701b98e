"""Places told in other words than the gazetteer's: "the capital", a village nobody lists, a way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gazetteer.place import Level, Match, Mention, Place, Status
from mapper.extraction import naming
from mapper.extraction.phrases import words_of
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Token
from mapper.extraction.weights import Beside, weigh


def capitals(context: Beside, capital: Place, found: Sequence[Spot]) -> list[Spot]:
    """Return "the capital" as a spot, where no name beside it says which."""
    added: list[Spot] = []
    tokens = context.tokens
    if "capital" not in words_of(tokens):
        return added
    before = context.lexicon["capital"]["before"]
    for n, token in enumerate(tokens):
        if token.lower != "capital" or n == 0 or tokens[n - 1].lower not in before:
            continue
        if any(spot.first <= n < spot.last or 0 <= spot.first - n <= 3 for spot in found):
            continue
        if any(spot.last == n - 1 and not spot.is_country for spot in found):
            continue  # "Babil's capital" is another one.
        mention = Mention(
            token.text, token.start, token.end, Match(token.text, Status.RESOLVED, capital)
        )
        span = (n, n + 1)
        weight, is_near = weigh(context, span, mention)
        precision = "relative" if is_near else str(capital.level)
        added.append(
            Spot(
                capital.name,
                n,
                n + 1,
                precision,
                max(weight, 0.0),
                capital,
                words=naming.qualified(context, n, n + 1),
            )
        )
    return added


def here(context: Beside, home: Place) -> list[Spot]:
    """Return "here" and "this town" as the town of the dateline: "outside a clinic here"."""
    added = []
    tokens, written = context.tokens, words_of(context.tokens)
    people = context.lexicon["speech"] | context.lexicon["speakers"] | context.lexicon["bodies"]
    for n in [n for n, word in enumerate(written) if word in ("here", "this")]:
        last, lead = n + 1, written[n - 1] if n else ""
        if written[n] == "this":
            kind = next(
                (m for m in range(n + 1, min(n + 5, len(tokens))) if written[m] in _TOWNS), 0
            )
            if not kind or lead not in context.lexicon["leads"]:
                continue
            last = kind + 1
        elif not n or lead in people | _TELLERS or not tokens[n - 1].is_word:
            continue
        words = context.text[tokens[n].start : tokens[last - 1].end]
        added.append(Spot(home.name, n, last, str(home.level), 3.5, home, words=words))
    return added


_TOWNS = frozenset({"town", "city", "village"})
_TELLERS = frozenset(
    ["people", "doctors", "diplomats", "analysts", "leaders", "commanders", "clerics", "agency"]
    + ["witnesses", "military", "many", "one", "and", "is", "are", "was", "were", "from", "out"]
)


def unknown(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return names of places that the gazetteer does not know: "the village of Albu Eifan"."""
    added = []
    words, tokens, text = context.lexicon, context.tokens, context.text
    written, kinds = words_of(tokens), words["kinds"]
    free = 1
    for n in [n for n, word in enumerate(written[:-1]) if word == "of"]:
        if n < free or written[n - 1] not in kinds:
            continue
        end = n + 1
        while end < len(tokens) and _is_of_name(tokens[end]):
            end += 1
        is_abroad = any(spot.is_outside and 0 <= n - spot.last <= 3 for spot in found)
        is_abroad = is_abroad or not _FOREIGN.isdisjoint(written[max(0, n - 3) : n])
        if end > n + 1 and not is_abroad and not _is_known(found, n, end):
            name = text[tokens[n + 1].start : tokens[end - 1].end]
            added.append(Spot(name, n + 1, end, "settlement", 3.2, words=name))
        free = end
    return added


def named_before_kind(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return names that the gazetteer does not know before what they are: "in Albu Eifan village".

    Not in a sentence that names a place abroad, where they may be.
    """
    if any(spot.is_outside for spot in found):
        return []
    added: list[Spot] = []
    tokens, lead = context.tokens, context.lexicon["leads"]
    for n, word in enumerate(words_of(tokens)):
        if word not in _LOCAL and not (word in _SITES and tokens[n].text[0].isupper()):
            continue
        first = n
        while first > 0 and n - first < _LONGEST_NAME and _is_of_name(tokens[first - 1]):
            first -= 1
        before = tokens[max(0, first - 2) : first]
        leads = [token.lower for token in before if token.lower != "the"]
        is_led = first < n and leads[-1:] != [] and leads[-1] in lead
        is_name = all(t.lower not in _NO_NAMES for t in tokens[first:n])
        if is_led and is_name and not _is_known([*found, *added], first, n):
            name = context.text[tokens[first].start : tokens[n].end]
            added.append(_named(context, name, first, n + 1))
    return added


def _named(context: Beside, name: str, first: int, last: int) -> Spot:
    """Return a name with its kind as a place: a weak one, "Zap", may be known with its kind."""
    bare = name.rsplit(" ", 1)[0]
    place = context.gaz.resolve(name).place or context.gaz.resolve(f"{bare} area").place
    if place is None or place.level in (Level.ADM0, Level.ADM1):
        return Spot(name, first, last, "settlement", 3.2, words=name)
    return Spot(place.name, first, last, str(place.level), 4.0, place, words=name)


_LONGEST_NAME = 4
_LOCAL = frozenset(
    {"village", "district", "subdistrict", "neighborhood", "neighbourhood", "quarter"}
    | {"region", "area", "valley"}
)
# What a site is called, where it is part of its name: "Jumhuri Teaching Hospital".
_SITES = frozenset(
    ["hospital", "mosque", "church", "hotel", "square", "bridge", "university", "school", "market"]
    + ["prison", "camp", "street", "airport", "station", "terminal", "field", "refinery", "dam"]
    + ["base", "shrine", "cemetery", "stadium", "barracks", "plant", "quarter", "district", "area"]
    + [
        "airfield",
        "airbase",
        "oilfield",
        "husseiniya",
        "café",
        "restaurant",
        "road",
        "intersection",
    ]
)
_NO_NAMES = frozenset(
    ["sunni", "shiite", "shia", "shi'ite", "kurdish", "christian", "yazidi", "yezidi", "turkmen"]
    + ["arab", "assyrian", "iraqi", "iranian", "turkish", "syrian", "american", "northern"]
    + ["southern", "eastern", "western", "central", "mixed", "old", "business", "shabak"]
)


def routes(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return the ways that somebody was on, as a place: "driving from Baghdad to Baquba"."""
    added = []
    tokens = context.tokens
    for start, end in pairwise(found):
        if start.is_outside or end.is_outside or start.place is None or end.place is None:
            continue
        between = [token.lower for token in tokens[start.last : end.first]]
        before = [token.lower for token in tokens[max(0, start.first - 3) : start.first]]
        is_way = (
            between == ["to"] and before[-1:] == ["from"] and not _ON_THE_WAY.isdisjoint(before)
        )
        match = context.gaz.resolve(f"between {start.name} and {end.name}") if is_way else None
        if match and match.area:
            name = f"between {start.name} and {end.name}"
            words = context.text[tokens[start.first].start : tokens[end.last - 1].end]
            added.append(
                Spot(name, start.first, end.last, "relative", 3.0, words=words, area=match.area)
            )
    return added


_ON_THE_WAY = frozenset(
    ["driving", "travelling", "traveling", "travelled", "traveled", "route", "way", "drove"]
    + ["road", "highway", "returning", "journey", "heading", "moving", "convoy", "trip"]
)


_FOREIGN = frozenset(
    ["syrian", "turkish", "iranian", "jordanian", "saudi", "kuwaiti", "lebanese", "afghan"]
)


def _is_of_name(token: Token) -> bool:
    return token.text[0].isupper() or token.lower in {"al", "-"}


def _is_known(found: Sequence[Spot], first: int, last: int) -> bool:
    return any(spot.first < last and first < spot.last for spot in found)
