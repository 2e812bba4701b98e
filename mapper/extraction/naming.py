"""How a place's name is written out: bare, or with the words that qualify it."""

from __future__ import annotations

import re
from functools import cache

from gazetteer.place import Place
from mapper.extraction import phrases
from mapper.extraction.sentences import fold
from mapper.extraction.weights import Beside


def resolvable(names: tuple[str, ...], place: Place | None, context: Beside) -> str:
    """Return the first spelling that means the place when it stands alone, else its own name."""
    if place is None:
        return names[0]
    if names[0].lower().removeprefix("the ").endswith("capital"):
        return place.name
    joined = [name[1:] for name in names[:1] if name[0] in "بلوفك"]
    matches = {name: context.gaz.resolve(name) for name in (*names, *joined)}
    # As listed, "كنيسة" is a church; misspelled, it would begin with a preposition.
    for name, match in sorted(matches.items(), key=lambda named: named[1].method != "exact"):
        found = match.place
        if found and (found.id == place.id or found.adm1 == place.adm1 is not None):
            return name
    return place.name


_GENERIC = re.compile(
    r"^(?:[Ii]n |[Tt]he )*(?:[a-z-]+ ){0,3}?(?:city|town|village|province|governorate|district|slum"
    r"|suburb|neighbou?rhood|area|capital|port|region) of (?:the )?(?=[A-Z])"
)
_QUARTER = re.compile(
    r"^(\w.*?) (?:district|neighbou?rhood|area|suburb|quarter|slum|section) of (?=[A-Z])"
)


def bare(name: str, precision: str) -> str:
    """Return a name without the words that only say what it is: "northern city of Kirkuk"."""
    if precision in ("region", "site") or name.isalpha():
        return name
    quarter = _QUARTER.match(name)
    if quarter and quarter.group(1)[0].isupper() and quarter.group(1) not in {"The", "A", "In"}:
        return quarter.group(1).removeprefix("The ")
    bare = _LEADS.sub("", _GENERIC.sub("", name))
    return _PARTS.sub("", _HOLDER.sub("", bare)).strip() or name


CAPITAL = re.compile(r"(?<=of )the (?:\w+ )?capital (?:city )?(?:of )?", re.IGNORECASE)


_LEADS = re.compile(r"^(?:the|in)\s+", re.IGNORECASE)
_HOLDER = re.compile(r"\s+in\s+(?:\w+ern\s+)?[A-Z].*$")  # "Rutba in western Anbar"
_PARTS = re.compile(
    r"\s+(?:neighbou?rhoods?|districts|areas?|suburbs?|slums?)(?: of)?$", re.IGNORECASE
)


def qualified(context: Beside, first: int, last: int) -> str:
    """Return a name with the words that qualify it: "12 km south of Mosul"."""
    words, tokens = context.lexicon, context.tokens
    at = first
    while at > 0 and (tokens[at - 1].lower in words["around"] or tokens[at - 1].text[0].isdigit()):
        at -= 1
    while at < first and tokens[at].lower in {"the", "a", "of", "'s", "is"}:
        at += 1
    return context.text[tokens[at].start : tokens[last - 1].end]


def is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether words that spell a place's name are ordinary ones, "the police", or a person's."""
    if text[max(0, start - 1) : start] in _QUOTES and _TITLE_ENDS.match(text, end):
        return True  # "Baghdad Today" is a paper.
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    word = text[start:end]
    if word.endswith("anî"):
        # Kurmanji: "Nêçîrvan Barzanî" is a person.
        before = text[max(0, start - 20) : start].split()[-1:]
        return bool(before) and before[0].isalpha() and before[0].istitle()
    return word[0] > "\u0600" and fold(word) in _ordinary()


_QUOTES = frozenset('"“«')
_TITLE_ENDS = re.compile(r"\s\w+[\"”»:]")


@cache
def _ordinary() -> frozenset[str]:
    listed = phrases.load("places.ar.yml")["ordinary"]
    return frozenset(fold(word) for word in listed)
