"""Arabic words without what is written together with them: "and", "in", "to" and the article.

Verbs and nouns that the lexicon lists as inflected are reduced to the form that it lists.
"""

from __future__ import annotations

from functools import cache

from mapper.extraction import phrases
from mapper.extraction.sentences import Token, Tokens, fold

PREFIXES = ("و", "ف", "ب", "ل", "ك")
"""What is written together with the word or number behind: "and", "so", "in", "to", "as"."""

_LEXICONS = ("people.ar.yml", "events.ar.yml", "modality.ar.yml", "places.ar.yml", "actors.yml")


def split(tokens: Tokens) -> Tokens:
    """Split what is joined to the words that the lexicons know: "وبانفجار" is "و ب انفجار"."""
    parts: list[Token] = []
    for token in tokens:
        is_name = bool(parts) and parts[-1].lower in _KINDS and token.lower.startswith("ال")
        # "The Martyrs' Quarter", "the village of al-Dahm": no word for what happened.
        parts += _parts(token) if token.lower[0] >= "\u0600" and not is_name else [token]
    return Tokens(parts)


_KINDS = frozenset(
    {"قريه", "منطقه", "ناحيه", "قضاء", "حي", "شارع", "ساحه", "جسر", "محله", "بلده", "جامع"}
    | {"مسجد", "حسينيه", "سوق", "فندق", "مقهي", "معسكر", "قاعده", "مستشفي", "ملعب", "صحراء"}
)


def people_forms() -> tuple[frozenset[str], dict[str, int]]:
    """Return the nouns for one person with their accusatives, and the duals with what they count.

    A form in "-ين" is a dual only where the plural is another word.
    """
    raw = phrases.load("people.ar.yml")
    plural = {fold(word) for word in raw["plural"].split()}
    single = {fold(word) for word in raw["people"].split()} - plural
    single = {word for word in single if word.removesuffix("ا") == word or len(word) < 4}
    ends = {word: f"{word[:-1]}ت" if word.endswith("ه") else word for word in single}
    duals = {f"{stem}{ending}" for stem in ends.values() for ending in ("ان", "ين")}
    forms = {f"{word}ا" for word in single if not word.endswith("ه")}
    for word in map(fold, raw["owned"]):
        stem = f"{word[:-1]}ت" if word.endswith("ه") else word
        forms |= {f"{stem}{whose}" for whose in _WHOM}
        duals |= {f"{stem}{two}{whose}" for two in ("ا", "ي") for whose in _WHOM}
    return frozenset(forms), dict.fromkeys(duals - plural - single, 2)


def _parts(token: Token) -> list[Token]:
    known, forms = _vocabulary(), _forms()
    parts: list[Token] = []
    rest, start = token.lower, token.start
    if token.text.startswith(_AND_ONE):
        parts, rest, start = [Token("و", "و", start, start + 1)], rest[1:], start + 1
    while rest not in known and rest not in _WHOLE:
        bare = _without_article(rest)
        if bare not in known:
            bare = forms.get(rest) or forms.get(bare, bare)
        if bare in known:
            return [*parts, Token(token.text, bare, start, token.end)]
        is_small = len(rest) == 3 and rest[0] in "وف" and rest[1:] in known  # "and in"
        if (len(rest) < 4 and not is_small) or not rest.startswith(PREFIXES):
            return [token]
        parts.append(Token(rest[0], rest[0], start, start + 1))
        rest, start = rest[1:], start + 1
        if (
            rest.startswith("ل")
            and parts[-1].lower == "ل"
            and _without_article("ا" + rest) in known
        ):
            rest = _without_article("ا" + rest)
    return [*parts, Token(token.text, rest, start, token.end)]


# "And one of", with its hamza; without it the word is "one", too.
_AND_ONE = ("وأحد", "وإحدى")


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


# Names and words that only begin as if something were joined to them: Baquba, "valley".
_WHOLE = frozenset(
    {
        "بعقوبه",
        "وادي",
        "وادا",
        "فاو",
        "فتحه",
        "خربه",
        "قوه",
        "فرقه",
        "قطعه",
        "بلد",
        "كلمات",
        "كوفيد",
    }
)


@cache
def _forms() -> dict[str, str]:
    """Return the forms of the words that the lexicon inflects, each with the one it lists."""
    raw = phrases.load("events.ar.yml")["inflected"]
    forms: dict[str, str] = {}
    for word in map(fold, raw["nouns"]):
        forms.update(dict.fromkeys(_noun_forms(word), word))
    for word in map(fold, raw["verbs"]):
        forms.update(dict.fromkeys(_verb_forms(word), word))
    return forms


def _verb_forms(verb: str) -> set[str]:
    """Return who may do it, in the past and present, and to whom: "he", "they", "it ... them"."""
    stem = verb[:-1] if verb.endswith("ي") else verb
    past = {verb, f"{stem}ت", f"{verb}ت", f"{verb}ا", f"{stem}وا", f"{stem}تا"}
    # The present takes the place of an alef with which the past begins: "يغتال" of "اغتال".
    bare = verb[1:] if verb.startswith("ا") and len(verb) > 3 else verb
    present = {f"{who}{bare}{many}" for who in "يتن" for many in ("", "ون", "ان")}
    acts = {form.removesuffix("وا") + "و" * form.endswith("وا") for form in past | present}
    return past | present | {f"{act}{whom}" for act in acts for whom in _WHOM}


def _noun_forms(noun: str) -> set[str]:
    """Return the forms of a noun for two, for many, and with whose it is."""
    stem = f"{noun[:-1]}ت" if noun.endswith("ه") else noun
    many = f"{noun.removesuffix('ه')}ات"
    alone = noun if noun.endswith("ه") else f"{noun}ا"  # The object: "an attack".
    return {alone, f"{stem}ان", f"{stem}ين", f"{stem}ي", many} | {
        f"{stem}{whose}" for whose in _WHOM
    }


WHOM_OF_FEW = ("ه", "ها", "هما")
"""The endings that tell whose or whom, of one or two."""

_WHOM = (*WHOM_OF_FEW, "هم")


def as_split(phrase: str) -> str:
    """Return a phrase of a lexicon with its articles left out where `split` leaves them out."""
    known = _vocabulary()
    return " ".join(word if word in known else _without_article(word) for word in phrase.split())


@cache
def _vocabulary() -> frozenset[str]:
    """Return every word of the Arabic lexicons; without its article where they also list it so."""
    words = _words(_LEXICONS).union(*people_forms())
    articled = {word for word in words if word.startswith("ال") and len(word) > 4}
    bare = {word for word in articled if word[2:] in _words(_LEXICONS[:-1])}
    return frozenset((words | {_without_article(word) for word in words}) - (bare - _NAMES))


# With the article these are a name: "the Base", "the Crowd".
_NAMES = frozenset({"القاعده", "الحشد"})


@cache
def _words(lexicons: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for name in lexicons:
        phrases.collect(phrases.load(name), found)
    words = {fold(part) for text in found for word in text.split() for part in word.split("/")}
    return frozenset(word for word in words if word and word[0] >= "\u0600" and len(word) > 1)
