"""A name as it is written, taken apart: the name proper and the generic words about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gazetteer.frozen import frozen
from gazetteer.normalise import fold, folded_words
from gazetteer.typos import Typos
from gazetteer.winds import LETTERS_OF_WINDS

GOVERNORATE = "governorate"
DISTRICT = "district"
SUBDISTRICT = "subdistrict"
TOWN = "town"
VILLAGE = "village"
QUARTER = "quarter"
MOUNTAIN = "mountain"

_GENERIC_WORDS = {
    GOVERNORATE: (
        "governorate governorates gov governerate governate governarate province provinces prov "
        "gouvernorat muhafazat muhafaza muhafazah muhafadat muhafadha muhafadhat mohafazat "
        "mohafaza wilayat wilaya wilayah vilayet ولايه parezgeha parezga parezgay parezgehe liwa "
        "محافظه محافضه پارێزگاي پارێزگا "
        "پارێزگه پارێزگهها لواء vilayeti ili provinz gouvernement provincia استان"
    ),
    DISTRICT: (
        "district districts dist qada qadha qadaa qada qaza qeza qezaya kaza caza qezay "
        "قضاء قزاي قهزاي قهزا قهزاكاني ilcesi bezirk distrikt شهرستان"
    ),
    SUBDISTRICT: (
        "subdistrict nahiya nahiyah nahiyat nahia nahiye nahya nahyat nahiyet nahiyeya ناحيه ناحيهي"
    ),
    TOWN: (
        "city town township settlement municipality madinat madinah medinat markaz bajar bajare "
        "bajer bajere bajarok bajaroke shar shari sharochkay "
        "kenti sehri kasabasi beldesi stadt ville "
        "مدينه بلده مركز شاري شار شارۆچكهي شارۆچكه شارهكاني شارۆچكهكاني شهر شهرك"
    ),
    VILLAGE: "village villages hamlet locality qaryat qarya qaryah gund gunde "
    "قريه گوندي گوند گوندهكاني koyu dorf روستاي",
    QUARTER: (
        "neighborhood neighbourhood quarter suburb hay hayy hai mahalla mahallat mahalat slum حي "
        "محله گهڕهكي گهڕهك"
    ),
    MOUNTAIN: (
        "mt mount mountain mountains jabal jebel jabel djebel ciyaye ciya dagi daglari "
        "جبل جبال چياي چيا كوه كوههاي"
    ),
}
_GENERIC = {fold(word): kind for kind, words in _GENERIC_WORDS.items() for word in words.split()}
FILLERS = folded_words(
    "of the in area areas holy nearby ancient iraqi iraqs capital port border centre center "
    "region bolgesi de du der von li navçe navçeya deverê "
    "منطقه منطقة العراقية عاصمة العاصمة في حوض حدود لە ناوچەی سنووری سنوری دەڤەرا دەڤەری "
    "دەڤەرێ ناوەندی ناڤەندا سەنتەری هەرێمی herêma navenda sînorê devera"
)
_EPITHETS = folded_words(
    "disputed restive flashpoint key main major strategic provincial oil refinery majority mixed "
    "predominantly mainly mostly kurdish sunni shiite shia turkmen yazidi christian besieged"
)
DIRECTIONS = (
    folded_words(
        "north south east west northern southern eastern western northeast northwest southeast "
        "southwest northeastern northwestern southeastern southwestern central downtown greater "
        "شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي"
    )
    | LETTERS_OF_WINDS
)  # "NW Mosul" is no New Mosul


@frozen
class Toponym:
    """A folded name without its generic words; their kinds; and the part of the place meant."""

    core: str
    generics: frozenset[str] = frozenset()
    part: str = ""


@lru_cache(maxsize=4096)
def generic_of(word: str) -> str | None:
    """Return the kind of a folded generic word, or None for any other word."""
    return _GENERIC.get(word)


def take_apart(folded: str) -> Toponym:
    """Split a folded name into its core and the generic words about it.

    A name that consists of nothing else keeps its last word: "Al-Hay".
    """
    return stages(folded)[-1]


def stages(folded: str) -> list[Toponym]:
    """Return a folded name as it loses its generic words one by one, from the outside in.

    "slum of sadr city" is at last "sadr"; but "sadr city" on the way is a name.
    """
    words = _GLUED.sub(r"\g<0> ", folded.replace("sub district", "subdistrict")).split()
    generics: frozenset[str] = frozenset()
    part: tuple[str, ...] = ()
    found = [Toponym(folded)]
    while len(words) > 1:
        first, last = words[0], words[-1]
        if first in FILLERS or first in _EPITHETS:
            words = words[1:]
        elif kind := _kind_of(first):
            generics |= {kind}
            part = ()  # "western province of Anbar" is no part of it
            words = words[1:]
        elif kind := _kind_of(last):
            generics |= {kind}
            words = words[:-1]
        elif last in FILLERS:
            words = words[:-1]
        elif first in DIRECTIONS:
            part = (*part, first)
            words = words[1:]
        else:
            break
        found.append(Toponym(" ".join(words), generics, " ".join(part)))
    return found


def without_endings(name: str) -> Iterator[str]:
    """Yield a Kurdish or Turkish name without the ending of its case: Mûsilê, کەرکووکدا, Erbil'de.

    And a French one without the elision before it: "gouvernorat d'Anbar".
    """
    plain = _ELIDED.sub(" ", _TURKISH_CASE.sub("", name))
    if plain != name:
        yield plain
    for ending in _CASES:
        bare = name.removesuffix(ending)
        if bare != name and len(bare.split()[-1] if bare.strip() else "") > _SHORT_STEM:
            yield bare


@lru_cache(maxsize=4096)
def _kind_of(word: str) -> str | None:
    """Return the kind of a folded generic word, which may be misspelled: "mountians"."""
    near = () if word in _GENERIC or len(word) < _LONG_WORD else _MISSPELLED.near(word)
    return next((_GENERIC[known] for known in near), _GENERIC.get(word))


# Words that have lost the space behind them: قضاءالحويجة. What is of courts (قضائي) is none.
_GLUED = re.compile(r"^(?:محافظه|قضا|ناحيه|مدينه|بلده|قريه|محله)(?=[^\Wي]\w{3})")
_LONG_WORD = 7  # letters: what looks like a shorter word may be another
# What looks like an Arabic generic word may be a name: Bahiyah is no nahiyah.
_ENGLISH = folded_words(
    "governorate governorates province provinces district districts subdistrict township "
    "settlement municipality village villages locality neighborhood neighbourhood quarter "
    "mountain mountains"
)
_MISSPELLED = Typos(sorted(_ENGLISH))
# Without the i of descent, which would make of الموصلي or Kerkûkî, a man, the town that he is from.
_CASES = ("yê", "ê", "یەوە", "ەوە", "یدا", "دا", "یە")
_SHORT_STEM = 2  # letters
_TURKISH_CASE = re.compile(r"(?<=\w{3})['’](?:[dt][ea]n?|n?[iıuü]n|y[ea])$")
_ELIDED = re.compile(r"\s[dl]['’](?=\w)", re.IGNORECASE)
