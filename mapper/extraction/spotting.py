"""The places that a sentence names, each with its precision and its weight as an event's place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import Gazetteer
from gazetteer.place import Level, Match, Mention, Place, Status, Use
from mapper.extraction.events import Trigger
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Sentence, Token
from mapper.extraction.weights import Beside, lexicon, weigh


def spots(
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    text: str,
    capital: Match | None = None,
    gaz: Gazetteer,
    triggers: Sequence[Trigger] = (),
    language: str = "en",
) -> list[Spot]:
    """Return the places of a sentence with the weight of each as an event's place.

    ``capital`` is what "the capital" stands for, or None where the text is not
    about Iraq. A name right before or
    behind a trigger's words is its place ("Baghdad car bombs", "withdrew from Hit").
    """
    objects = frozenset(
        t.last - 1
        for t in triggers
        if sentence.tokens[t.last - 1].lower in {"from", "of", "control"}
    )
    starts = frozenset(t.first for t in triggers if not t.meaning.outcome)
    words = lexicon(language)
    context = Beside(text, sentence.tokens, objects, starts, gaz, words)
    found = []
    for mention in mentions:
        if sentence.start <= mention.start < sentence.end and mention.use is not Use.DATELINE:
            span = _token_span(sentence.tokens, mention.start, mention.end)
            if span and not (_is_dateline(sentence, span) or _is_person(context, span, mention)):
                found.append(_spot(context, span, mention))
    if capital and capital.place:
        found += _capitals(context, capital.place, found)
    found += _unknown(context, found)
    return _with_admin1(sorted(found, key=lambda spot: spot.first), sentence.tokens)


def _token_span(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    inside = [n for n, token in enumerate(tokens) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else None


_IN = frozenset(
    {"in", "at", "near", "outside", "inside", "across", "في", "ب", "داخل", "قرب", "علي"}
)


def _is_person(context: Beside, span: tuple[int, int], mention: Mention) -> bool:
    """Whether a name is a person's; nobody is killed "in" a person."""
    before = context.tokens[span[0] - 1].lower if span[0] else ""
    return mention.use is Use.PERSON and before not in _IN


def _is_dateline(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a name stands in "BAGHDAD, Iraq (Reuters) -" at the start of a report."""
    return span[0] < dateline_end(sentence)


def dateline_end(sentence: Sentence) -> int:
    """Return the number of words that are a dateline; they name where it was written."""
    tokens = sentence.tokens
    if sentence.is_title or sentence.index > 3:
        return 0
    if tokens[0].text == "(":
        # "(November 3, 2009) Gunmen stormed": when it was written.
        return next((n + 1 for n, token in enumerate(tokens[:9]) if token.text == ")"), 0)
    if not tokens[0].is_word:
        return 0
    if not tokens[0].text[0].isupper():
        return 0
    for n, token in enumerate(tokens[:16]):
        if token.text in {"-", "--", "–", "—"} and n:
            head = tokens[:n]
            return n + 1 if all(t.text[0].isupper() or not t.text.isalpha() for t in head) else 0
        if token.text == ";" and n > 1:  # a full stop within a sentence is an abbreviation's
            break
    return _capital_dateline(tokens)


def _capital_dateline(tokens: Sequence[Token]) -> int:
    """Count the words of a dateline that lost its dash: "BAGHDAD US warplanes fired"."""
    end = 0
    while end < min(3, len(tokens)) and tokens[end].text.isupper() and len(tokens[end].text) > 4:
        end += 1
    if not end or end >= len(tokens) or (tokens[end].text.isupper() and len(tokens[end].text) > 4):
        return 0
    return end + 1 if tokens[end].text == ":" else end


def _spot(context: Beside, span: tuple[int, int], mention: Mention) -> Spot:
    tokens = context.tokens
    match = mention.match
    span = span if match.area else _without_preposition(tokens, span)
    name = context.text[
        max(mention.start, tokens[span[0]].start) : min(mention.end, tokens[span[1] - 1].end)
    ]
    weight, is_near = weigh(context, span, mention)
    outside = match.status is Status.OUTSIDE
    if outside and weight > 0 and not _is_location(tokens, span):
        weight = 0.0
    if any(n in context.objects for n in range(max(0, span[0] - 3), span[0])):
        weight = 5.0
    if span[1] in context.starts and not outside:
        weight = max(weight, 4.0)
    is_body = weight < 0 or (mention.use in (Use.ORGANISATION, Use.GOVERNMENT) and weight < 3.5)
    is_near = is_near or match.area is not None
    precision = _precision(context, span, match, is_near=is_near)
    first, last = span
    place = context.gaz.place(match.area.anchors[0]) if match.area else match.place
    if match.area:
        name = _CAPITAL.sub("", re.sub(r"^(?:on|in|at)\s+", "", name))
    if precision == "region" and match.place and match.place.level is Level.ADM0:
        name = _qualified(context, first, last)
    bare = name if match.area else _bare(name, precision)
    return Spot(
        name=_resolvable((bare, name), place, context) if not match.area else name,
        first=first,
        last=last,
        precision=precision,
        weight=max(weight, 0.0),
        place=place,
        is_outside=outside,
        is_body=is_body,
        words=_qualified(context, first, last) if is_near and not match.area else name,
    )


def _resolvable(names: tuple[str, ...], place: Place | None, context: Beside) -> str:
    """Return the first spelling that means the place when it stands alone, else its own name."""
    if place is None:
        return names[0]
    if names[0].lower().removeprefix("the ").endswith("capital"):
        return place.name
    joined = [name[1:] for name in names[:1] if name[0] in "بلوفك"]
    for name in (*joined, *names):
        found = context.gaz.resolve(name).place
        if found and (found.id == place.id or found.adm1 == place.adm1 is not None):
            return name
    return place.name


def _without_preposition(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    """Return the words of a name without a small word that only looks like its article."""
    first, last = span
    while first < last - 1 and tokens[first].text in {"as", "at", "in", "on", "an", "the", "of"}:
        first += 1
    return first, last


def _is_location(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a country's name stands for the country: "in Syria", but not "a US convoy"."""
    first, last = span
    before = tokens[first - 1].lower if first else ""
    after = tokens[last] if last < len(tokens) else None
    if before in {"a", "an", "and"}:
        return False
    return after is None or not after.is_word or after.lower in _FUNCTION_WORDS


_FUNCTION_WORDS = frozenset(
    [
        "on",
        "in",
        "at",
        "and",
        "or",
        "after",
        "before",
        "as",
        "when",
        "while",
        "where",
        "during",
        "since",
        "by",
        "with",
        "from",
        "to",
        "for",
        "of",
        "that",
        "which",
        "who",
        "killing",
        "wounding",
        "injuring",
        "leaving",
        "is",
        "was",
        "were",
        "has",
        "have",
        "had",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "early",
        "late",
        "overnight",
        "killed",
        "kills",
    ]
)


_GENERIC = re.compile(
    r"^(?:[Ii]n |[Tt]he )*(?:[a-z-]+ ){0,3}?(?:city|town|village|province|governorate|district|slum"
    r"|suburb|neighbou?rhood|area|capital|port|region) of (?:the )?(?=[A-Z])"
)
_QUARTER = re.compile(
    r"^(\w.*?) (?:district|neighbou?rhood|area|suburb|quarter|slum|section) of (?=[A-Z])"
)


def _bare(name: str, precision: str) -> str:
    """Return a name without the words that only say what it is: "northern city of Kirkuk"."""
    if precision in ("region", "site"):
        return name
    quarter = _QUARTER.match(name)
    if quarter and quarter.group(1)[0].isupper() and quarter.group(1) not in {"The", "A", "In"}:
        return quarter.group(1).removeprefix("The ")
    bare = re.sub(r"^(?:the|in)\s+", "", _GENERIC.sub("", name), flags=re.IGNORECASE)
    return _PARTS.sub("", bare).strip() or name


_CAPITAL = re.compile(r"(?<=of )the (?:\w+ )?capital (?:city )?(?:of )?", re.IGNORECASE)


_PARTS = re.compile(
    r"\s+(?:neighbou?rhoods?|districts|areas?|suburbs?|slums?)(?: of)?$", re.IGNORECASE
)


def _precision(context: Beside, span: tuple[int, int], match: Match, *, is_near: bool) -> str:
    tokens = context.tokens
    place = match.place
    if match.area is not None:
        return "relative"
    beside = {t.lower for t in tokens[max(0, span[0] - 2) : span[1] + 1] if t.is_word}
    if place and place.level is Level.SETTLEMENT and beside & _PROVINCE and not is_near:
        named = [
            t.lower
            for t in (*tokens[max(0, span[0] - 2) : span[0]], *tokens[span[1] - 1 : span[1] + 1])
        ]
        if named[:2] in (["province", "of"], ["governorate", "of"]) or named[-1] in _PROVINCE:
            return "adm1"
    if place is None and tokens[span[0]].lower in {"iraq", "iraqi"}:
        return "country"
    if place is None:
        return "relative" if is_near else "settlement"
    if place.level is Level.ADM0:
        return "region" if _has_direction(context, span) else "country"
    if place.level is Level.REGION:
        return "region"
    if is_near:
        return "relative"
    return str(place.level)


_PROVINCE = frozenset({"province", "governorate"})


def _has_direction(context: Beside, span: tuple[int, int]) -> bool:
    tokens = context.tokens
    first, last = span
    around = [
        token.lower for token in (*tokens[max(0, first - 1) : last], *tokens[last : last + 2])
    ]
    return bool(
        context.lexicon["directions"] & set(around[:-1] if around[-1:] != ["north"] else around)
    )


def _qualified(context: Beside, first: int, last: int) -> str:
    """Return a name with the words that qualify it: "12 km south of Mosul"."""
    words, tokens = context.lexicon, context.tokens
    at = first
    while at > 0 and (
        tokens[at - 1].lower in words["beside"] | words["between"]
        or tokens[at - 1].text[0].isdigit()
    ):
        at -= 1
    while at < first and tokens[at].lower in {"the", "a", "of", "'s", "is"}:
        at += 1
    return context.text[tokens[at].start : tokens[last - 1].end]


def _capitals(context: Beside, capital: Place, found: Sequence[Spot]) -> list[Spot]:
    """Return "the capital" as a spot, where no name beside it says which."""
    added = []
    tokens = context.tokens
    before = context.lexicon["capital"]["before"]
    for n, token in enumerate(tokens):
        if token.lower != "capital" or n == 0 or tokens[n - 1].lower not in before:
            continue
        if any(spot.first <= n < spot.last or 0 <= spot.first - n <= 3 for spot in found):
            continue
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
                words=_qualified(context, n, n + 1),
            )
        )
    return added


def _unknown(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return names of places that the gazetteer does not know: "the village of Albu Eifan"."""
    added = []
    words, tokens, text = context.lexicon, context.tokens, context.text
    n = 1
    while n < len(tokens) - 1:
        begins = tokens[n].lower == "of" and tokens[n - 1].lower in words["kinds"]
        end = n + 1
        while (
            begins
            and end < len(tokens)
            and tokens[end].text[0].isupper() | (tokens[end].lower in {"al", "-"})
        ):
            end += 1
        if end > n + 1 and not any(spot.first < end and n < spot.last for spot in found):
            name = text[tokens[n + 1].start : tokens[end - 1].end]
            added.append(Spot(name, n + 1, end, "settlement", 3.2, words=name))
        n = end
    return added


def _with_admin1(found: list[Spot], tokens: Sequence[Token]) -> list[Spot]:
    """Give each place the governorate that the sentence tells for it."""
    units = [spot for spot in found if spot.place and spot.place.level is Level.ADM1]
    told: list[Spot] = []
    for spot in found:
        unit = next(
            (
                unit
                for unit in units
                if unit is not spot and spot.place is not None and spot.place.adm1 == unit.place.id  # type: ignore[union-attr]
            ),
            None,
        )
        if unit is None and spot.place is None and not spot.is_outside:
            unit = units[0] if len({unit.name for unit in units}) == 1 else None
        told.append(_with_unit(spot, unit) if unit else spot)
    return told


def _with_unit(spot: Spot, unit: Spot) -> Spot:
    """Return a place with its governorate, where even a name nobody knows can be put."""
    weight = 4.5 if spot.place is None and spot.weight >= 3 else spot.weight
    return replace(spot, admin1=unit.name, weight=weight)
