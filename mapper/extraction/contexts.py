"""What a whole text tells that each of its sentences needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from gazetteer import Gazetteer
from gazetteer.place import Level, Match, Mention, Place, Use
from mapper.extraction import events, matters, naming, scope
from mapper.extraction.sentences import Document, Sentence


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole text tells: its place names, what "the capital" is, its language.

    ``home`` is the town of its dateline, which "here" means, ``topic`` the only one that its
    headline names, which "the northern city" means behind it; ``given`` are what it
    begins with (`events.subjects`), ``is_mishap`` says that its headline tells of an accident
    or an old man's death, ``leads_with_mishap`` that its first sentence does.
    """

    mentions: tuple[Mention, ...]
    capital: Match | None
    gaz: Gazetteer
    home: Place | None = None
    topic: Place | None = None
    given: frozenset[str] = frozenset()
    is_mishap: bool = False
    leads_with_mishap: bool = False
    language: str = "en"

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin between two offsets."""
        first = bisect_left(self.mentions, start, key=_start)
        return self.mentions[first : bisect_left(self.mentions, end, lo=first, key=_start)]

    @property
    def is_crowd(self) -> bool:
        """Whether the text begins with a protest or riot."""
        return events.PROTEST in self.given

    @property
    def is_about_iraq(self) -> bool:
        """Whether the text names Iraq or a place in it."""
        return self.capital is not None


_start = attrgetter("start")


def context_of(document: Document, gaz: Gazetteer) -> Context:
    """Return what a whole text tells: "the capital" is Baghdad in a text about Iraq."""
    mentions = [
        m
        for m in gaz.find(document.text)
        if m.use is not Use.ADJECTIVE and not naming.is_ordinary(document.text, m.start, m.end)
    ]
    mentions = scope.with_namesakes_abroad(document.text, mentions)
    about_iraq = scope.is_about_iraq(document, mentions)
    capital = gaz.resolve("Baghdad", level="settlement") if about_iraq else None
    home = next((m.match.place for m in mentions if m.use is Use.DATELINE), None)
    is_town = home is not None and home.level is Level.SETTLEMENT
    begun = [
        events.subjects(sentence.tokens, language=sentence.language)
        for sentence in document.sentences[: LEAD if about_iraq else 0]
    ]
    return Context(
        tuple(mentions),
        capital,
        gaz,
        home=home if is_town else None,
        topic=_topic(document.sentences, mentions),
        given=frozenset().union(*begun),
        is_mishap=about_iraq and _is_of_mishap(document.sentences[:2]),
        leads_with_mishap=about_iraq and matters.tells_of_mishap(document.sentences[0].tokens),
    )


def _topic(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Place | None:
    """Return the only place that a headline names, if it is a town, and its lead no other."""
    if not sentences or not sentences[0].is_title or sentences[0].language != "en":
        return None
    end = sentences[:LEAD][-1].end
    named = [m.match.place for m in mentions if m.start < sentences[0].end and m.match.place]
    lead = [m.match.place for m in mentions if sentences[0].end <= m.start < end and _is_told(m)]
    towns = {place.id: place for place in named if place.level is not Level.ADM0}
    only = next(iter(towns.values()), None)
    if not only or len(towns) > 1 or only.level is not Level.SETTLEMENT:
        return None
    others = (place for place in lead if place and place.level is Level.SETTLEMENT)
    return None if any(place.id != only.id for place in others) else only


def _is_told(mention: Mention) -> bool:
    """Whether a name is no dateline's: where it was written."""
    return mention.use is not Use.DATELINE


def _is_of_mishap(sentences: Sequence[Sentence]) -> bool:
    """Whether a headline tells of deaths that nobody caused, as it says or the sentence behind."""
    first, behind = sentences[0], sentences[1:]
    if not first.is_title:
        return False
    main = events.main(events.find(first.tokens, language=first.language))
    if main is None or not main.meaning.outcome:
        return False
    if first.language == "en" and behind:
        if matters.tells_of_mishap(behind[0].tokens):
            return True
        if matters.tells_of_violence(behind[0].tokens):
            return False  # "Fuel Truck Inferno Kills 98": a bomber set it off.
    return matters.is_other_matter(first.tokens, main, language=first.language)


LEAD = 3
"""The title and the sentences behind it say what an article is about."""
