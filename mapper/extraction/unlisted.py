"""Places told in other words than the gazetteer's: "the capital", a village nobody lists, a way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gazetteer.place import Level, Match, Mention, Place, Status
from mapper.extraction import naming
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Token, Tokens
from mapper.extraction.weights import Beside, weigh


def capitals(context: Beside, capital: Place, found: Sequence[Spot]) -> list[Spot]:
    """Return "the capital" as a spot, where no name beside it says which."""
    added: list[Spot] = []
    tokens = context.tokens
    told = context.lexicon["capital"]
    word, before = told.get("word", "capital"), told["before"]
    if word not in tokens.words:
        return added
    for n, token in enumerate(tokens):
        is_known = tokens[n - 1].lower in before if word == "capital" else _is_iraqs(tokens, n)
        if token.lower != word or n == 0 or not is_known:
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


def _is_iraqs(tokens: Tokens, at: int) -> bool:
    """Whether an Arabic "the capital" stands alone, or is called Iraqi."""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    is_other = after.endswith("يه") and after not in {"عراقيه", "العراقيه"}
    return tokens[at].end - tokens[at].start > len(tokens[at].lower) and not is_other


def here(context: Beside, home: Place, *, is_alone: bool) -> list[Spot]:
    """Return "here" and "this town" as the town of the dateline: "outside a clinic here".

    And "the town" right behind a dateline, where the sentence names no other.
    """
    tokens, written = context.tokens, context.tokens.words
    added = []
    pointing = ("here", "this", "the") if is_alone else ("here", "this")
    for n in [n for n, word in enumerate(written) if word in pointing]:
        last = _past_here(context, n) if written[n] == "here" else _past_town(context, n)
        if last:
            words = context.text[tokens[n].start : tokens[last - 1].end]
            added.append(Spot(home.name, n, last, str(home.level), 3.5, home, words=words))
    return added


def the_town(context: Beside, topic: Place) -> list[Spot]:
    """Return "the northern city", where only a headline names one, as that."""
    tokens, written = context.tokens, context.tokens.words
    added = []
    for n in [n for n, word in enumerate(written) if word == "the"]:
        last = _past_town(context, n)
        if last and _OF_CITY.isdisjoint(written[last : last + 1]):
            begin = n - (written[n - 1] in context.lexicon["beside"])
            words = context.text[tokens[begin].start : tokens[last - 1].end]
            precision = str(topic.level) if begin == n else "relative"
            added.append(Spot(topic.name, n, last, precision, 3.5, topic, words=words))
    return added


# Behind "the city" these have it only as their own: "doctors at the city hospital".
_OF_CITY = frozenset({"of", "'s", "hospital", "morgue", "council", "police", "clinic", "jail"})


def _past_here(context: Beside, at: int) -> int:
    """Return where "here" ends if it says where something happened.

    "Officials here" only are here, and those "flown here" were hurt elsewhere.
    """
    words, tokens = context.lexicon, context.tokens
    if not at or not tokens[at - 1].is_word:
        return 0
    others = (words["speech"], words["speakers"], words["bodies"], words["tellers"], words["moved"])
    return 0 if any(tokens[at - 1].lower in kind for kind in others) else at + 1


def _past_town(context: Beside, at: int) -> int:
    """Return where "this northern town" ends, if something happened in it."""
    words, tokens = context.lexicon, context.tokens
    if not at or tokens[at - 1].lower not in words["leads"]:
        return 0
    behind = range(at + 1, min(at + 5, len(tokens)))
    return next((n + 1 for n in behind if tokens[n].lower in words["towns"]), 0)


def abroad(context: Beside) -> list[Spot]:
    """Return places abroad that are told by whose they are: "in a Pakistani city"."""
    words, written = context.lexicon, context.tokens.words
    foreign, around = words["foreign"], words["around"]
    added: list[Spot] = []
    if foreign.isdisjoint(written):
        return added
    for n, (nation, kind) in enumerate(pairwise(written)):
        if nation not in foreign or kind not in words["kinds"]:
            continue
        at = n - 1
        while at > 0 and (written[at] in around or written[at] in {"a", "an"}):
            at -= 1
        is_named = written[n + 2 : n + 3] == ["of"]  # "the Afghan city of Kandahar" has its name
        if at >= 0 and written[at] in words["here"] and not is_named:
            name = context.text[context.tokens[n].start : context.tokens[n + 1].end]
            added.append(Spot(name, n, n + 2, "settlement", 4.0, is_outside=True, words=name))
    return added


def unknown(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return names of places that the gazetteer does not know: "the village of Albu Eifan"."""
    added = []
    words, tokens, text = context.lexicon, context.tokens, context.text
    written, kinds = tokens.words, words["kinds"]
    free = 1
    for n in [n for n, word in enumerate(written[:-1]) if word == "of"]:
        if n < free or written[n - 1] not in kinds:
            continue
        end = n + 1
        while end < len(tokens) and _is_of_name(tokens[end]):
            end += 1
        is_abroad = any(spot.is_outside and 0 <= n - spot.last <= 3 for spot in found)
        foreign = words["foreign"]
        is_abroad = is_abroad or not foreign.isdisjoint(written[max(0, n - 3) : n])
        is_abroad = is_abroad or any(
            nation in foreign and body in words["at_home"] for nation, body in pairwise(written[:n])
        )
        if end > n + 1 and not _is_known(found, n, end):
            name = text[tokens[n + 1].start : tokens[end - 1].end]
            spot = Spot(name, n + 1, end, "settlement", 3.2, words=name, is_outside=is_abroad)
            added.append(spot)
        free = end
    return added


def named_before_kind(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return names that the gazetteer does not know before what they are: "in Albu Eifan village".

    Not in a sentence that names a place abroad, where they may be.
    """
    added: list[Spot] = []
    words, tokens = context.lexicon, context.tokens
    if any(spot.is_outside for spot in found):
        return added
    sites, local = words["sites"], words["local"]
    for n, word in enumerate(tokens.words):
        is_site = word in sites and tokens[n].text[0].isupper()
        if not is_site and word not in local:
            continue
        first = n
        while first > 0 and n - first < _LONGEST_NAME and _is_of_name(tokens[first - 1]):
            first -= 1
        leads = [t.lower for t in tokens[max(0, first - 2) : first] if t.lower != "the"]
        is_led = first < n and not words["leads"].isdisjoint(leads[-1:])
        is_name = words["no_names"].isdisjoint(tokens.words[first:n])
        if is_led and is_name and not _is_known([*found, *added], first, n):
            name = context.text[tokens[first].start : tokens[n].end]
            added.append(_named(context, name, first, n + 1))
    return added


_LONGEST_NAME = 4


def _named(context: Beside, name: str, first: int, last: int) -> Spot:
    """Return a name with its kind as a place: a weak one, "Zap", may be known with its kind."""
    bare = name.rsplit(" ", 1)[0]
    matches = [context.gaz.resolve(query) for query in (name, f"{bare} area")]
    # "Tarbiya Square" is no misspelled Tarmiya.
    place = next(
        (match.place for match in matches if match.place and match.method != "fuzzy"), None
    )
    if place is None or place.level in (Level.ADM0, Level.ADM1):
        return Spot(name, first, last, "settlement", 3.2, words=name)
    return Spot(place.name, first, last, str(place.level), 4.0, place, words=name)


def routes(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return the ways that somebody was on, as a place: "driving from Baghdad to Baquba"."""
    added = []
    tokens = context.tokens
    for start, end in pairwise(found):
        if start.is_outside or end.is_outside or not (start.place and end.place):
            continue
        between = tokens.words[start.last : end.first]
        before = tokens.words[max(0, start.first - 3) : start.first]
        if between != ["to"] or before[-1:] != ["from"]:
            continue
        if context.lexicon["on_the_way"].isdisjoint(before):
            continue
        name = f"between {start.name} and {end.name}"
        area = context.gaz.resolve(name).area
        if area:
            words = context.text[tokens[start.first].start : tokens[end.last - 1].end]
            way = Spot(name, start.first, end.last, "relative", 3.0, words=words, area=area)
            added.append(way)
    return added


def _is_of_name(token: Token) -> bool:
    return token.text[0].isupper() or token.lower in {"al", "-"}


def _is_known(found: Sequence[Spot], first: int, last: int) -> bool:
    return any(spot.first < last and first < spot.last for spot in found)
