"""How surely the words beside a place name put an event there.

A dateline, a government spoken of by its capital, an organisation's name, the
place where somebody spoke, an origin or a destination are not the event's place.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from gazetteer import Gazetteer
from gazetteer.place import Level, Mention, Status, Use
from mapper.extraction import phrases
from mapper.extraction.sentences import Token, Tokens, fold


class Beside(NamedTuple):
    """The words of a sentence, and which of them stand beside a trigger."""

    text: str
    tokens: Tokens
    objects: frozenset[int]
    starts: frozenset[int]
    gaz: Gazetteer
    lexicon: dict[str, Any]


@cache
def lexicon(language: str) -> dict[str, Any]:
    raw = phrases.load(f"places.{language}.yml")
    words = {
        name: frozenset(fold(str(word)) for word in listed) if isinstance(listed, list) else listed
        for name, listed in raw.items()
    }
    for name in ("leads_to", "streets", "homes", "foreign", "affairs", "parts"):
        words.setdefault(name, frozenset())
    words["around"] = words["between"] | words["beside"]
    words["here_or_beside"] = words["here"] | words["beside"]
    words["leads"] = words["here_or_beside"] | words["strikes"]
    return words


def weigh(context: Beside, span: tuple[int, int], mention: Mention) -> tuple[float, bool]:
    """Return how surely an event is at a name (below 0: a body's), and whether only near it."""
    words, tokens = context.lexicon, context.tokens
    first, last = span
    after = tokens[last].lower if last < len(tokens) else ""
    if mention.use is Use.ADJECTIVE and after in words["bodies"]:
        return -1.0, False
    at = first - 1
    if _is_beyond_border(tokens, first):
        return 0.0, False
    is_near = any(says_near(context, n) for n in range(first, last))
    around = words["around"]
    if mention.match.status is Status.OUTSIDE:
        around = around | words["foreign"]  # "the Afghan city of Kandahar"
    while at >= 0 and (tokens[at].lower in around or _is_part(context, at)):
        is_near = is_near or says_near(context, at)
        if tokens[at].lower in {"near", "outside", "off"}:
            return _placed(context, at, 4.0), True
        at -= 1
    before = tokens[at].lower if at >= 0 else ""
    if " ".join(tokens.words[max(0, at - 1) : at + 1]) in words["leads_to"]:
        return 0.0, False  # "Families set off to Dohuk."
    if after in words["homes"]:
        return 0.0, False  # "Their family lives in Dohuk."
    if before in words["streets"]:
        return REMEMBERED, False  # "Baghdad Street" may be in any town.
    if before == "مستشفي":  # "He was taken to the hospital of X", "a doctor in it said"
        return (0.3 if at and tokens[at - 1].lower == "الي" else LOOSE), False
    if any(_is_office(context, n) for n in range(max(1, at), first)):
        speaks = words["speech"] & set(tokens.words[last : last + 3])
        are_there = first > 1 and tokens[first - 2].lower in WHO_LIVE
        return 0.8 if speaks and not are_there else 1.0, is_near
    if before == "by" and at > 0 and tokens[at - 1].lower in words["by_which"]:
        return 3.5, True  # "their truck struck a mine by Hit"
    if tokens[first].lower == "between" and before in words["on_the_way"]:
        return 3.5, is_near  # "Shot while driving between Hilla and Baghdad"
    if tokens[first].lower in words["here_or_beside"]:
        return _placed(context, first, 4.0), is_near
    passed = tokens.words[at + 1 : first]
    if passed and passed[0] in {"toward", "towards"} and before in words["leaving"]:
        return 0.3, False
    if _is_on_leaving(tokens, at, after):
        return 3.5, True
    if before in words["strikes"]:
        # "Stormed Iraq's parliament" tells no place.
        return (1.0 if _is_country(mention) and after == "'s" else 5.0), is_near
    if passed[:1] == ["وسط"]:  # "The directorate of education in the middle of Sulaymaniyah"
        return _placed(context, first - 1, 4.0), is_near
    if before in words["titles"] and not (_is_kind_told(context, at + 1) and _is_apart(tokens[at])):
        return -1.0, False
    if after in words["treated"] and not _TREATED.isdisjoint(tokens.words[max(0, at - 7) : at]):
        return 0.8, is_near  # "Treated for burns in Iskandariya hospital"
    if after in words["bodies"] and before not in words["here"]:
        return (-1.0, False) if after != "'s" else (0.5, False)
    if before == "of" or (passed and passed[0] == "of"):
        return _of(context, at if before == "of" else at + 1, is_near)
    if after in _ROADS and before in words["here"]:
        return LOOSE, True  # "On the Mosul road": somewhere on the way there.
    if before in words["here"]:
        head = tokens[at - 1].lower if at else ""
        if head == "like" or (head in words["affairs"] and _is_country(mention)):
            return 0.0, False  # "They would not be cowed like in Karbala", "its role in Iraq"
        return _placed(context, at, 4.0), is_near
    if is_near and words["treated"] & set(tokens.words[max(0, first - 4) : first]):
        return 0.8, is_near  # "The hospital, located 60 km off the city".
    if mention.match.status is Status.OUTSIDE and before in words["elsewhere"]:
        return 0.0, False  # "A pipeline to the Turkish port of Ceyhan"
    if "of" in passed or is_near:
        return 3.5, is_near
    if any(len(word) > 1 and word in words["here"] for word in passed):  # وسط كربلاء
        return _placed(context, first - 1, 4.0), is_near
    way = _way_to(tokens, at) if before == "to" else ""
    if way in words["ways"]:
        if mention.match.status is Status.OUTSIDE:
            return 0.0, False  # "On the highway to Jordan."
        return (2.5 if way in _ROADS else 3.5), is_near
    if before == "from" and tokens.words[max(0, at - 1) : at] == ["reported"]:
        return _placed(context, at, 4.0), is_near  # "Clashes were also reported from Hit."
    if before == "from" and not _SAVING.isdisjoint(tokens.words[max(0, at - 5) : at]):
        return LOOSE, is_near  # "Hit as it tried to evacuate the wounded from Zanjili"
    if before == "for" and not _FOUGHT.isdisjoint(tokens.words[max(0, at - 2) : at]):
        return _placed(context, at, 4.0), is_near  # "The battle for the Saqlawiya base"
    if before in words["elsewhere"]:
        return (2.0, False) if before == "and" else (0.0, False)
    return _bare_weight(context, span, mention), False


def _is_kind_told(context: Beside, at: int) -> bool:
    """Whether a word says what kind of place is named behind: "the village of"."""
    return context.tokens[at].lower in context.lexicon["between"]


def _is_apart(token: Token) -> bool:
    """Whether a Kurdish plural has no izafe, so that what follows it is not its own.

    "Balafiran gundê X", planes (bombed) the village of X; "polîsên X" are its police.
    """
    return token.lower != fold(token.text) and token.text.endswith(("an", "ان"))


def _is_country(mention: Mention) -> bool:
    return mention.match.place is not None and mention.match.place.level is Level.ADM0


def _is_on_leaving(tokens: Tokens, at: int, after: str) -> bool:
    """Whether something happened by a place that was left: "on leaving Hit"."""
    if at < 1 or tokens[at].lower not in {"left", "leaving"}:
        return False
    before = tokens[at - 1].lower
    is_just = before in {"just", "had", "barely"} and after in {"when", "as"}
    return is_just or (before in {"on", "upon", "while", "when"} and tokens[at].lower == "leaving")


def _is_beyond_border(tokens: Tokens, at: int) -> bool:
    """Whether a name only says which border is meant: "in Turkey, near the border with Iraq"."""
    if not at or tokens[at - 1].lower not in _WITH:
        return False
    before = tokens.words[max(0, at - 2) : at]
    return before[1:] in (["with"], ["مع"]) and before[0] in _BORDERS


_WITH = frozenset({"with", "مع"})
_BORDERS = frozenset({"border", "borders", "frontier", "حدود", "حدودها", "حدوده"})


def _way_to(tokens: Tokens, at: int) -> str:
    """Return the word before "to", or before "leading to"."""
    is_led = at > 1 and tokens[at - 1].lower in {"leading", "leads"}
    before = at - 2 if is_led else at - 1
    return tokens[before].lower if before >= 0 else ""


def _is_part(context: Beside, at: int) -> bool:
    """Whether an Arabic "from" leads to a place: "near from Hit", "parts from Baghdad"."""
    tokens = context.tokens
    return at > 0 and tokens[at].lower == "من" and tokens[at - 1].lower in context.lexicon["parts"]


def _is_office(context: Beside, at: int) -> bool:
    """Whether a word is the "of" of somebody's office: "the mayor of the nearby city of"."""
    tokens = context.tokens
    return tokens[at].lower == "of" and tokens[at - 1].lower in context.lexicon["offices"]


_DIRECTIONS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "kilometers",
        "kilometres",
        "km",
        "miles",
    ]
)


def says_near(context: Beside, at: int) -> bool:
    """Whether a word puts the event off the place: "south of", but not "south Baghdad"."""
    word = context.tokens[at].lower
    if word in _DIRECTIONS:
        after = context.tokens[at + 1 : at + 2]
        return bool(after) and after[0].lower in {"of", "from"}
    return word in context.lexicon["beside"]


# The weight of what is only spoken of: "the anniversary of the Halabja massacre".
REMEMBERED = 0.3


def _of(context: Beside, at: int, is_near: bool) -> tuple[float, bool]:
    """Weigh "X of NAME": a village of it is there, its governor need not be."""
    words = context.lexicon
    head = context.tokens[at - 1].lower if at else ""
    if head in words["remembered"]:
        return REMEMBERED, is_near
    if head in WHO_LIVE:
        return 3.3, is_near
    if head in words["offices"]:
        return 1.0, is_near
    return (3.0 if head not in words["kinds"] else 4.0), is_near


_ROADS = frozenset({"road", "roads", "highway"})
# Those who act are where they live, if nothing else is said.
WHO_LIVE = frozenset({"residents", "people", "inhabitants", "villagers", "locals", "students"})


def _placed(context: Beside, at: int, weight: float) -> float:
    """Weigh "in NAME": the place where somebody spoke, or set out from, is not the event's."""
    words, tokens = context.lexicon, context.tokens
    before = tokens.words[max(0, at - 3) : at]
    wider = set(tokens.words[max(0, at - 7) : at])
    behind = set(tokens.words[at + 1 : at + 12])
    tells = behind & words["speech"] or "according" in wider
    if tells and wider & words["speakers"] and not wider & words["events"]:
        return 0.8
    is_teller = bool(before) and _is_teller(before[-1], words)
    if is_teller and words["events"].isdisjoint(before) and _says_behind(tokens, at):
        return LOOSE  # "A doctor in Baquba said"
    if _is_told_from(tokens, at, words):
        return LOOSE
    if {"said", "told"} & wider and (words["speakers"] | _DOCTORS) & set(before):
        return 0.8  # "Forty were hurt, said a doctor in Kadhimiya."
    if _is_on_way_back(tokens, at):
        return 0.3  # "The family were coming back from a wedding in Falluja."
    if before and before[-1] in words["treated"] and _BESIDE_CLINIC.isdisjoint(before):
        return 1.2 if before[-1] != "hospitals" else 0.5  # "350 were in hospitals in X and Y"
    if _HOSPITAL in wider and not _TAKEN.isdisjoint(wider):
        return 1.2  # "The wounded man was taken to the emergency hospital in Dohuk."
    if before and before[-1] in words["rulers"] and _STORMED.isdisjoint(wider):
        return 0.5
    if before[-1:] == ["reported"] and before[-2:-1] and before[-2] in _REPORTED:
        return weight
    if before[-2:-1] and before[-2] in _FORMERLY and before[-1] in _POSTED:
        return 0.3  # "A diplomat, formerly posted in Baghdad,"
    is_leaving = bool(before) and before[-1] in words["leaving"]
    is_leaving = is_leaving and before[-2:] not in (["on", "leave"], ["from", "leave"])
    if is_leaving and before[-1] in _FLEEING and tokens[at].lower in {"in", "at", "through"}:
        return weight  # "Shot as they tried to flee in the Zanjili quarter."
    if is_leaving or (before and before[-1] in words["speech"]):
        return 0.3
    if len(before) > 1 and before[-1] == "reporters" and before[-2] in words["speech"]:
        return 0.3
    return weight


def _is_on_way_back(tokens: Tokens, at: int) -> bool:
    """Whether "in" tells from what people came: "returning from a wedding in"."""
    start = max(0, at - 4)
    passed = tokens.words[start:at] if tokens[at].lower in {"in", "at"} else []
    if "from" not in passed[:-1]:
        return False
    begin = start + passed.index("from")
    return not _BACK.isdisjoint(tokens.words[max(0, begin - 2) : begin])


_BACK = frozenset({"coming", "back", "returning", "returned", "came"})


def _is_told_from(tokens: Tokens, at: int, words: dict[str, Any]) -> bool:
    """Whether whoever tells does so at a place: "the ministry in X said", "said at a base in X".

    "According to the staff in X", "figures released in X".
    """
    start = next((n + 1 for n in reversed(range(at)) if tokens[n].text in {",", ";", ":"}), 0)
    clause = tokens.words[start:at]
    if clause[-1:] != [] and clause[-1] in _RELEASED:
        return True
    if "told" in clause[-3:-1] and "that" not in clause[-3:]:
        return True  # "The spokesman told AFP in X that the toll had risen."
    if clause[:2] == ["according", "to"]:
        return bool(words["events"].isdisjoint(clause))
    said = next((n for n, word in enumerate(clause) if word in _SAID), None)
    if said is not None and clause[said + 1 : said + 2] in (["at"], ["from"]):
        return at - start - said <= _AT_HOME
    return bool(words["events"].isdisjoint(clause)) and _says_at_once(tokens, at)


_RELEASED = frozenset({"released", "issued", "published"})
_AT_HOME = 8  # words: "said at the headquarters of the command in"


def _says_at_once(tokens: Tokens, at: int) -> bool:
    """Whether a name behind a preposition is followed by a verb of speech, and what is said.

    "Killed in X said police" has the one who speaks behind the verb.
    """
    end = at + 1
    while end < len(tokens) and tokens[end].text[0].isupper():
        end += 1
    if end == at + 1 or end >= len(tokens) - 1:
        return False
    behind = tokens[end + 1].lower
    return tokens[end].lower in _SAID and behind not in _DOCTORS | _OFFICERS | {"a", "an"}


def _is_teller(word: str, words: dict[str, Any]) -> bool:
    return word in words["speakers"] or word in _DOCTORS or word in _OFFICERS


def _says_behind(tokens: Tokens, at: int) -> bool:
    """Whether a verb of speech follows the place behind a preposition, no comma between."""
    behind = tokens.words[at + 1 : at + 5]
    said = next((n for n, word in enumerate(behind) if n and word in _SAID), 0)
    return said > 0 and "," not in behind[:said]


_BESIDE_CLINIC = frozenset({"his", "her", "outside", "near", "opposite", "behind"})
_SAVING = frozenset({"evacuate", "evacuating", "rescue", "rescuing", "retrieve", "retrieving"})
_FOUGHT = frozenset({"battle", "battles", "fight", "fighting", "fought", "clashes"})
_TREATED = frozenset({"treated", "taken", "admitted", "rushed", "brought", "transferred"})
_STORMED = frozenset({"stormed", "storm", "storming", "breached", "attacked", "entered", "stoned"})
_HOSPITAL, _TAKEN = "مستشفي", frozenset({"نقل", "نقلت", "نقلوا", "نقلا", "نقله"})
_FLEEING = frozenset(
    {"flee", "fled", "fleeing", "flees", "escaped", "driving", "walking", "travelling", "traveling"}
)
_SAID = frozenset({"said", "says", "told", "added", "reported", "confirmed"})
_OFFICERS = frozenset({"police", "officer", "officers", "nurse", "witness", "witnesses"})
# Where no other place is told or was told before, the event may be there, or near.
LOOSE = 1.2
_DOCTORS = frozenset({"doctor", "doctors", "medic", "medics", "physician", "director"})
# "Strikes have also been reported in X": there, not by somebody there.
_REPORTED = frozenset({"been", "was", "were", "also", "is", "are"})


_FORMERLY = frozenset({"formerly", "previously", "once", "earlier", "had", "who"})
_POSTED = frozenset({"posted", "stationed", "based", "served", "worked", "working", "serving"})
_ARMS = frozenset(
    {"jets", "planes", "warplanes", "aircraft", "helicopters", "helicopter", "gunships", "drones"}
    | {"bombers", "fighters", "missiles", "artillery", "guns", "tanks", "troops", "forces"}
)
_GOVERNS = frozenset({"says", "said", "blamed", "denied", "wants", "wanted", "rejected"})
_HAS = frozenset({"had", "has"})


def _bare_weight(context: Beside, span: tuple[int, int], mention: Mention) -> float:
    """Weigh a name without preposition: "Baghdad car bombs kill", "Ramadi mosques"."""
    words, tokens = context.lexicon, context.tokens
    first, last = span
    after = tokens[last] if last < len(tokens) else None
    before = tokens[first - 1].lower if first else ""
    if before in words["leaving"]:
        return 0.0
    is_abroad = mention.match.status is Status.OUTSIDE
    if is_abroad and after and after.lower in _ARMS:
        return 0.0  # "U.S. jets hit a village": they are that country's.
    if is_abroad and last in context.starts:
        return 2.8  # "Riyadh clashes": nothing of Iraq's.
    if mention.use is Use.GOVERNMENT or mention.match.status is Status.OUTSIDE:
        return 0.0
    if before == "," and first > 1 and tokens[first - 2].text[0].isupper():
        return 3.0
    if after is None:
        return 2.0
    if after.lower == "'s":
        return 2.5
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if after.lower in _GOVERNS or (after.lower in _HAS and behind == "no"):
        return 0.5  # "Baghdad had no comment."
    if after.text in {":", "-"} and first == 0:
        return 3.0
    if after.is_word and after.lower not in words["bodies"]:
        return 2.8
    return 1.0
