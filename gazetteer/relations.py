"""The words that tell an area from a known place: "12 km south of", "near", "between".

In English, Arabic, Sorani and Kurmanji, whose words come in one order: distance,
direction, link, generic words, name. They are read from the name backwards.
Where such an area lies is told by `gazetteer.offsets`.
"""

from __future__ import annotations

import re

from gazetteer.distances import is_unit
from gazetteer.frozen import frozen
from gazetteer.lead import Lead, is_among
from gazetteer.normalise import folded_words
from gazetteer.winds import LETTERS_OF_WINDS, bearing_of

_NEAR_KM = 10.0  # "near" a town: within so much of its edge
_OUTSKIRTS_KM = 5.0


@frozen
class Relation:
    """How an area lies to its anchors: ``start`` is where its words begin in the text read.

    ``km`` is None where no distance is told, ``bearing`` (degrees) where no
    direction is; ``spread`` is the part of the distance by which it may be off.
    ``between`` relates to two anchors. ``beside``: the area may also be a part
    of the anchor, as with Arabic شرقي بغداد.
    """

    start: int
    km: float | None = None
    bearing: float | None = None
    beyond_km: float = 0.0
    between: bool = False
    beside: bool = False
    spread: float = 0.25


def relation_before(text: str, end: int) -> Relation | None:
    """Return the relation that is told by the words that end at ``text[end]``, or None.

    ``text[end:]`` begins with the anchor's name.
    """
    lead = Lead(text, end)
    _skip_kinds(lead)
    left = lead.left
    for read in (_far, _near, _between):
        relation = read(lead)
        if relation is not None:
            return relation
        lead.left = left
    return None


def may_relate(folded: str) -> bool:
    """Whether a folded word may be one that makes a relation."""
    return (
        bool(_HINT.search(folded))
        or folded in LETTERS_OF_WINDS
        or folded in _NEAR_ABBREVIATED
        or is_unit(folded.lstrip("0123456789"))
    )


def may_end_relation(folded: str) -> bool:
    """Whether a folded word may stand right before the name that an area is told from."""
    return is_among(folded, _LAST_WORDS) or bearing_of([folded]) is not None


def split_between(text: str) -> tuple[str, str] | None:
    """Return the two names of "road between X and Y" or "X-Y road", or None."""
    for pattern in _TWO_NAMES if len(text) < _LONGEST_PAIR else ():
        found = pattern.fullmatch(text)
        if found:
            return found[1], found[2]
    return None


# --- what may stand there ----------------------------------------------------------


def _far(lead: Lead) -> Relation | None:
    """Read "12 km south of", "south of", "12 km from", "within 12 km of"."""
    _skip_edge(lead)
    link = lead.take(_LINKS)
    wind = lead.word
    bearing = lead.take_wind()
    if bearing is None and not link:
        return None
    if bearing is not None and not link and wind.text.isascii():
        return None  # "south Baghdad" is a part of it
    lead.take_two(_THE, _TO) or lead.take(_TOWARDS)
    lead.take(_JUST)
    start = lead.start
    distance = lead.take_distance()
    if distance is None:
        is_short = wind.text.isascii() and len(wind.text) < 4  # NE
        is_short = is_short and not (link and wind.text.isupper() and len(wind.text) > 1)
        # شرقي بغداد and في شرق بغداد are mostly said of a part of it
        is_part = wind.folded.endswith("ي") or lead.of_unit or lead.word.folded in _IN
        beside = not link and is_part
        told = bearing is not None and not is_short
        return Relation(start, bearing=bearing, beside=beside) if told else None
    within = "within" in lead.take_all(_ABOUT)
    if bearing is None and (within or link in _OF):  # but not "12 km of Mosul"
        return Relation(lead.start, beyond_km=distance.km or _NEAR_KM) if within else None
    return Relation(lead.start, distance.km, bearing, spread=distance.spread)


def _skip_kinds(lead: Lead) -> None:
    """Take what only says what the name is of: "the holy city of"."""
    if not lead.take_two(_OF, _KINDS):
        lead.of_unit = lead.take(_KINDS).lstrip("وفبل") in _UNITS
    lead.take_all(_EPITHETS)
    lead.take(_THE)


def _skip_edge(lead: Lead) -> None:
    """Of "12 km from the outskirts of" leave "12 km from"."""
    left = lead.left
    if lead.take_two(_OF, _INSIDES):
        lead.take(_THE)
        if lead.word.folded not in _LINKS:
            lead.left = left


def _near(lead: Lead) -> Relation | None:
    """Read "near", "just outside", "on the outskirts of"."""
    km = _NEAR_KM
    if lead.take(_NEAR) or any(lead.take_two(*pair) for pair in _NEAR_PAIRS):
        lead.take(_JUST)
    elif lead.take(_ON_EDGE) or lead.take_two(_OF, _EDGES):
        km = _OUTSKIRTS_KM
        lead.take(_PART_WINDS)
        lead.take_two(_THE, _AT) or lead.take(_THE)
    elif lead.take_two(_OF, _VICINITIES):
        if not lead.take_two(_THE, _AT):  # "in the Balad area of" is another thing
            return None
    else:
        return None
    return Relation(lead.start, beyond_km=km)


def _between(lead: Lead) -> Relation | None:
    """Read "between", "the road linking", "the highway from"."""
    lead.take(_THE)
    if not (lead.take(_BETWEEN) or lead.take_two(_FROM, _ROADS)):
        return None
    lead.take_all(_ROADS | _KINDS_OF_ROAD)
    return Relation(lead.start, between=True)


# --- words -------------------------------------------------------------------------

_LONGEST_PAIR = 200

_OF = folded_words("of")
_FROM = folded_words("from")
_IN = folded_words("في وفي")
_LINKS = folded_words("of from outside من عن")
_THE = folded_words("the")
_TO = folded_words("to in on")
_TOWARDS = folded_words("إلى باتجاه لە بە li due")
_JUST = folded_words("just due immediately")
_AT = folded_words("on in at to near along by")
_ABOUT = folded_words(
    "about around some roughly nearly almost approximately approx just over under only within more "
    "less than up to at least an estimated barely c ca distance between "
    "نحو حوالي قرابة زهاء أكثر أقل من على بعد مسافة بمسافة تبعد يبعد نزیکەی nêzîkî دووری بە لە"
)
_KINDS = folded_words(
    "capital city town village district subdistrict centre center cities towns villages "
    "مدينة قضاء ناحية بلدة العاصمة مركز محافظة قرية مدينتي قضائي محافظتي "
    "شاری شارۆچکەی قەزای پارێزگای گوندی bajarê bajarokê navçeya gundê"
)
_UNITS = folded_words("قضاء ناحية محافظة")
_EPITHETS = folded_words(
    "holy nearby northern southern eastern western central downtown iraqi border main provincial "
    "oil ancient old restive flashpoint kurdish sunni shiite shia rich country s"
)
_NEAR_ABBREVIATED = folded_words("vic ivo")
_NEAR = _NEAR_ABBREVIATED | folded_words(
    "near nearby outside around vicinity قرب بقرب خارج محيط جوار بجوار محاذاة "
    "بمحاذاة نزیک نزیکی دەوروبەری nêzîkî nêzîk derdora"
)
_NEAR_PAIRS = (
    (folded_words("to"), folded_words("close next adjacent")),
    (folded_words("from"), folded_words("far distance")),
    (folded_words("من"), folded_words("القرب بالقرب قريب قريبا قريبة مقربة")),
)
_EDGES = folded_words(
    "outskirts outskirt edge edges suburbs periphery entrance entrances gates approaches "
    "countryside"
)
_ON_EDGE = folded_words("جزيرة ضواحي أطراف مشارف تخوم مدخل أرياف")
_INSIDES = _EDGES | folded_words("centre center middle heart city town")
_VICINITIES = folded_words("vicinity area environs surroundings")
_PART_WINDS = (
    folded_words(
        "northern southern eastern western northeastern northwestern southeastern "
        "southwestern outer"
    )
    | LETTERS_OF_WINDS
)
_BETWEEN = folded_words("between linking links connecting connects بين نێوان navbera")
ROADS_BEFORE = folded_words("طريق الطريق ڕێگای رێگای ڕێگەی رێگەی ڕێی رێی rêya riya rêka cadeya")
"""What stands before the names of a road's ends."""

_ROADS = folded_words("road highway motorway route area desert stretch") | ROADS_BEFORE
_KINDS_OF_ROAD = folded_words(
    "main international desert midway halfway that which somewhere "
    "الرابط الواصل الدولي العام السريع ما di لە"
)
_HINTS = folded_words(
    "north south east west kilo mile meter metre yard near around outs edge subur periph close "
    "adjac next vicin environ between linking connecting links connects entrance gates approaches "
    "country far from شمال جنوب شرق غرب كم كلم كيلو ميل اميال متر قرب ضواحي طراف مشارف تخوم مدخل "
    "ارياف خارج جزيره محيط جوار محاذاه بين نزيك دهوروبهر نێوان باكو باشو ڕۆژ رۆژ خۆر bakur basur "
    "rojhilat rojava nezik derdora navbera"
)
_HINT = re.compile("|".join(sorted(_HINTS)))
_LAST_WORDS = (
    _LINKS | _THE | _KINDS | _EPITHETS | _NEAR | _ON_EDGE | _BETWEEN
    | frozenset().union(*(pair[0] for pair in _NEAR_PAIRS))
)  # fmt: skip
_TWO_NAMES = (
    re.compile(
        r"(?:.{0,40}\s)?(?:between|linking|connecting)\s+(.+?)\s+(?:and|to|with)\s+(.+)", re.I
    ),
    re.compile(
        r"(?:.{0,20}\s)?(?:road|highway|route|pipeline)\s+from\s+(.+?)\s+to\s+(.+)", re.IGNORECASE
    ),
    re.compile(
        r"(?:(?:on|along|off|near|by)\s+)?(?:the\s+)?(?:(?:main|old|international)\s+)?"
        r"(.+?)\s*(?:[-–—/]|\sto\s)\s*(.+?)\s+(?:(?:oil|gas|crude|export)\s+)*"
        r"(?:road|highway|motorway|expressway|route|pipeline|railway|railroad|line)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:على|عند|في)\s+)?(?:(?:ال)?طريق\s+)?(?:ال\S+\s+){0,3}(?:ما\s+)?بين\s+"
        r"(?:مدينتي\s+)?(.+?)\s+و\s?(.+)"
    ),
    re.compile(r"(?:(?:ال)?طريق|(?:خط|أنبوب)\s\S+)\s+(.+?)\s*[-–—]\s*(.+)"),
    re.compile(r"(?:لەسەر\s+)?(?:[ڕر]ێگ[اە]ی\s+)?(?:لە\s+)?نێوان\s+(.+?)\s+و\s+(.+)"),
    re.compile(
        r"(?:li\s+ser\s+)?(?:rêya\s+)?(?:(?:di|li)\s+)?navbera\s+(.+?)\s+û\s+(.+?)(?:\s+de)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:li\s+ser|لەسەر)\s+)?(?:r[êi]ya|rêka|cadeya|[ڕر]ێگ[اە]ی|[ڕر]ێی)\s+"
        r"(.+?)\s*[-–—]\s*(.+)",
        re.IGNORECASE,
    ),
)
