"""A name that is written with the units that hold it, taken apart: "Taji, Baghdad Province"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gazetteer.normalise import fold
from gazetteer.toponym import DIRECTIONS, FILLERS, GOVERNORATE, generic_of, take_apart

_MARKED = re.compile(r"[,،;؛()\[\]/|>›»]")
_MARKS = re.compile(r"[,،;؛:()\[\]/|\\>›»_\n]+| [-–—]+ ")
_HYPHENS = re.compile(r"\s*[-–—]+\s*")
_PART_OF = re.compile(
    r"(?P<part>\w.*?\s(?:(?P<area>area|region|zone)|district|sub-?district|quarter|suburb|"
    r"neighbou?rhood|town|village))\s(?:of|in)\s(?P<whole>.+)",
    re.IGNORECASE,
)
_HELD = re.compile(  # "Tahrir Square in Baghdad", قضاء المجر التابع لمحافظة ميسان
    r"(?P<part>\S.*?)\s+(?:(?:located\s)?(?:in|within|inside)\s|(?:li|لە)\s|"
    r"(?:(?:ال)?(?:واقع|تابع|كائن)[ةه]?\s+)?(?:(?:في|ضمن)\s|مركز\s(?=محافظ)|[لب](?=(?:محافظ|قضاء|ناحي|مدين)))|"
    r"(?:ال)?(?:واقع|تابع|كائن)[ةه]?\s+ل)\s*(?P<whole>\S.*)",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?P<whole>\w.+?)['’]s?\s(?P<part>.+)")  # "Baghdad's Sadr City"
_GLUED = re.compile(r"(?<=[a-zāīūáíúâîûêşçḥʿʾ])(?=[A-ZĀĪŪÂÎÛÊŞÇ])")
_IN = re.compile(r"\sب(?=\w{3})")
IsGovernorate = Callable[[str], bool]
"""Whether a folded text is what a governorate is called."""


def is_marked(query: str) -> bool:
    """Whether a text has a mark that stands between names and in none of them."""
    return _MARKED.search(query) is not None


def marked_parts(query: str) -> list[str]:
    """Return the parts between commas, brackets, slashes; one if there are none.

    What is no name goes with the part before it: "Mosul (west)" is "west Mosul".
    """
    parts: list[str] = []
    for part in _MARKS.split(query):
        if parts and part.strip() and _is_no_name(part):
            parts[-1] = f"{part.strip()} {parts[-1]}"
        elif part.strip():
            parts.append(part.strip())
    if len(parts) == 1 and (part_of := _PART_OF.fullmatch(query)):
        if _is_no_name(part_of["part"].removeprefix("a ")):  # "a suburb of Baghdad"
            return [part_of["whole"]]
        area = part_of["area"] or ""  # says nothing of its kind
        return [part_of["part"].removesuffix(area).strip(), part_of["whole"]]
    if len(parts) == 1 and (held := _HELD.fullmatch(query)):
        return [held["part"], *marked_parts(held["whole"])]
    if len(parts) == 1 and (owned := _OWNED.fullmatch(query)):
        return [owned["part"], owned["whole"]]
    return parts


def unglued(text: str, is_governorate: IsGovernorate) -> list[str]:
    """Split "TajiBaghdad Province" and "Taji Baghdad Province" before the governorate."""
    spaced = _GLUED.sub(" ", text)
    words = spaced.split()
    for at in range(1, len(words)):
        tail = take_apart(fold(" ".join(words[at:])))
        if (GOVERNORATE in tail.generics or spaced != text) and is_governorate(tail.core):
            return [" ".join(words[:at]), " ".join(words[at:])]
    return [text]


def parts_at_prefix(query: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read Arabic words as "X in Y", where "in" is the first letter of Y."""
    for found in _IN.finditer(query):
        yield query[: found.start()], query[found.end() :]


def loose_parts(query: str, is_holder: IsGovernorate) -> list[list[str]]:
    """Return the ways to read words as a place and what holds it: "Hit Anbar", "Baghdad-Karkh".

    Nothing tells that they are; only a place of the name there would.
    """
    ways = []
    for words in (query.split(), _HYPHENS.split(query)):
        for at in range(1, len(words)):
            head, tail = " ".join(words[:at]), " ".join(words[at:])
            if is_holder(fold(tail)):
                ways.append([head, tail])
            if is_holder(fold(head)):
                ways.append([tail, head])
    return ways


def _is_no_name(part: str) -> bool:
    words = fold(part).split()
    return all(word in DIRECTIONS or word in FILLERS or generic_of(word) for word in words)
