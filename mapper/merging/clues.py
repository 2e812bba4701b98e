"""What a row's words tell of its event: who was hurt, by which weapon, at what site and hour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

Kinds = frozenset[str]

_SEGMENT = re.compile(r"[.,;:!?،؛\n]+")
_WORD = re.compile(r"[^\W_]+")
_FOLD = str.maketrans("أإآةى", "اااهي")
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_JOINED = "وبلف"
_LONGEST = 4
_DIGITS = 7  # a longer number counts nobody; one of thousands, Python refuses to read
_TAKEN = frozenset({"Abduction/forced disappearance", "Arrests"})
# Quotes are a few sentences; what is longer is no news of one event.
_MOST_WORDS = 400
# So many words before "said" are of who said it, so many behind it may be of when.
_TELLER, _WHEN_TOLD = 6, 5


@dataclass(frozen=True, slots=True)
class Clues:
    """The kinds of people, weapons and sites that are told; empty where none is.

    ``number`` is of those seized or arrested, whom no toll counts.
    ``hours`` are those of the day named, from and to, or None; ``words`` all
    words, to know a text that was taken over from another.
    """

    who: Kinds
    sex: Kinds
    weapon: Kinds
    site: Kinds
    matter: Kinds
    side: Kinds
    number: Kinds
    hours: tuple[int, int] | None
    words: Kinds


def read(text: str, *, place: str, actor: str, sub_event_type: str) -> Clues:
    """Return what a row's title and quote tell, and the side of a town that its place tells."""
    table = _table()
    segments = list(_segments(text))
    found: dict[str, set[str]] = {}
    for segment in segments:
        for group, kind in table.find(_without_tellers(segment, table)):
            found.setdefault(group, set()).add(kind)
    who = found.get("who", set()) - {table.acting.get(actor, "")}
    if sub_event_type != "Arrests":
        who.discard("suspect")  # who attacks is suspected, too
    sides = {
        kind for words in _segments(place) for group, kind in table.find(words) if group == "side"
    }
    return Clues(
        who=table.widened(who),
        sex=frozenset(found.get("sex", ())),
        weapon=frozenset(found.get("weapon", ())),
        site=frozenset(found.get("site", ())),
        matter=frozenset(found.get("matter", ())),
        side=frozenset(sides),
        number=frozenset(found.get("number", {"1"})) if sub_event_type in _TAKEN else frozenset(),
        hours=_hours(segments, table),
        words=frozenset(word for words in segments for word in words),
    )


@dataclass(frozen=True)
class _Table:
    """The reviewed words of `clues.yml`, by phrase."""

    phrases: dict[tuple[str, ...], tuple[tuple[str, str], ...]]
    hours: dict[str, tuple[int, int]]
    civilian: Kinds
    may_be: dict[str, Kinds]
    acting: dict[str, str]
    telling: Kinds
    telling_arabic: Kinds
    told_arabic: Kinds
    told_by: tuple[tuple[str, ...], ...]
    weekdays: Kinds

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the group and kind of each phrase; a longer one hides those within it."""
        at = 0
        while at < len(words):
            size = next(
                (n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in self.phrases), 0
            )
            if size:
                yield from self.phrases[tuple(words[at : at + size])]
            elif words[at].isdecimal() and len(words[at]) < _DIGITS:
                yield "number", str(int(words[at]))
            elif words[at][0] in _JOINED and (words[at][1:],) in self.phrases:
                yield from self.phrases[(words[at][1:],)]
            at += max(size, 1)

    def widened(self, who: set[str]) -> Kinds:
        """Return all that people may be of whom a text tells: a civilian may be a teacher."""
        wide = who.union(*(self.may_be.get(kind, frozenset()) for kind in who))
        return frozenset(wide | self.civilian if "civilian" in who else wide)


@cache
def _table() -> _Table:
    read = yaml.safe_load((Path(__file__).parent / "clues.yml").read_text("utf-8"))
    phrases: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for group in ("who", "sex", "weapon", "site", "matter", "side", "number"):
        for kind, listed in read[group].items():
            for phrase in listed:
                phrases.setdefault(tuple(phrase.split()), []).append((group, kind))
    for n, entry in enumerate(read["hours"]):
        for phrase in entry["words"]:
            phrases.setdefault(tuple(phrase.lower().split()), []).append(("hours", str(n)))
    return _Table(
        phrases={phrase: tuple(meant) for phrase, meant in phrases.items()},
        hours={str(n): (entry["from"], entry["to"]) for n, entry in enumerate(read["hours"])},
        civilian=frozenset(read["civilian"]),
        may_be={kind: frozenset(others) for kind, others in read["may_be"].items()},
        acting=read["acting"],
        telling=frozenset(read["telling"]),
        telling_arabic=frozenset(read["telling_arabic"]),
        told_arabic=frozenset(read["told_arabic"]),
        told_by=tuple(tuple(phrase.split()) for phrase in read["told_by"]),
        weekdays=frozenset(read["weekdays"]),
    )


def _segments(text: str) -> Iterator[list[str]]:
    """Yield the words between marks, as the table writes them."""
    left = _MOST_WORDS
    for part in _SEGMENT.split(text.lower().translate(_FOLD)):
        words = [_bare(word) for word in _WORD.findall(part)][:left]
        left -= len(words)
        if words:
            yield words


def _bare(word: str) -> str:
    """Return a word without the Arabic article; any day's name as one word."""
    if word in _table().weekdays:
        return "weekday"
    article = next((a for a in _ARTICLES if word.startswith(a) and len(word) > len(a) + 1), "")
    return word.removeprefix(article)


def _without_tellers(words: list[str], table: _Table) -> list[str]:
    """Leave out who only tells: "a doctor said", "according to the police chief"."""
    for n, word in enumerate(words):
        if any(tuple(words[n : n + len(by)]) == by for by in table.told_by):
            return words[:n]
        if word in table.telling:
            return words[: max(0, n - _TELLER)] + words[n + 1 :] if n else []
        if word in table.telling_arabic:
            told = range(n + 1, min(len(words), n + 1 + _TELLER))
            behind = next((at for at in told if words[at] in table.told_arabic), n + 1)
            return words[:n] + words[behind:]
    return words


def _hours(segments: Sequence[list[str]], table: _Table) -> tuple[int, int] | None:
    """Return the hours that all words for them leave; none where these are of several times."""
    told = []
    for words in segments:
        said = next((n for n, word in enumerate(words) if word in table.telling), None)
        kept = words if said is None else words[:said] + words[said + 1 + _WHEN_TOLD :]
        told += [table.hours[kind] for group, kind in table.find(kept) if group == "hours"]
    if not told:
        return None
    begin, end = max(first for first, _ in told), min(last for _, last in told)
    return (begin, end) if begin < end else None
