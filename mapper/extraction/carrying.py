"""The day of an event whose own sentences tell none: the day that the report goes on about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mapper.extraction import dates, dating
from mapper.extraction.dates import OF_THE_NEWS, DateWords
from mapper.extraction.finding import Finding
from mapper.extraction.occurrences import Event, Told
from mapper.extraction.reckoning import When
from mapper.extraction.sentences import Sentence

# For how many sentences a report goes on about one day without saying so, and
# within how many it says so afterwards.
_BEHIND, _AHEAD = 3, 2
_LEAD = 3


class Days:
    """The days of which the sentences of a text tell, those of statements left out.

    ``full`` are those that are written out in full, whatever they are the days of.
    """

    def __init__(self) -> None:
        self.full: set[date] = set()
        self._alone: When | None = None
        self._by_sentence: dict[int, list[tuple[int, When]]] = {}
        self._items: dict[int, int] = {}
        self._bare: set[int] = set()
        self._all: set[tuple[str, object]] = set()

    def add(
        self, sentence: Sentence, told: Sequence[Told], written: Iterable[tuple[DateWords, When]]
    ) -> None:
        """Note the days of a sentence: of its events, else those that it names."""
        written = list(written)
        self.full |= {
            when.first for words, when in written if words.year and words.day and when.first
        }
        if len(written) == 1 and not told and _is_alone(sentence, written[0][0]):
            self._alone = written[0][1]
        days = [(t.finding.sentence.start, t.when) for t in told if _tells_day(t)]
        if not told:
            days = [
                (sentence.start, when)
                for words, when in written
                if _is_day(words, when) and not dating.is_spoken(words, sentence.tokens)
            ]
        if days and self._by_sentence:
            last = self._by_sentence[max(self._by_sentence)][-1][1]
            days = [(at, last if _is_of_same_day(when) else when) for at, when in days]
        if days:
            self._by_sentence[sentence.index] = days
            self._items[sentence.index] = sentence.item
            if not (told or _is_to_come(sentence)):
                self._bare.add(sentence.index)
            self._all |= {(when.text.lower(), when.first) for _, when in days}

    def give(self, event: Event) -> Event:
        """Return an event with the day that the sentences around it tell, where it has none."""
        # A title stands before all: what follows it tells the day.
        body = (t.finding for t in event.told if not t.finding.sentence.is_title)
        first = next(body, event.told[0].finding)
        if not _lacks_day(event) or first.trigger.is_background:
            return event
        if event.item:
            when = self._of_entry(event.item, first.sentence.index)
        else:
            when = self._told_behind(first) or self._near(
                first.sentence.index, event.last_sentence, is_spoken=first.spoken is not None
            )
        when = when or self._alone
        if when is None or (first.spoken and _is_of_past(first.spoken, when)):
            return event
        # "The same day" is what the text says; which day that is, it says before.
        text = event.when.text or when.text
        return replace(event, carried_when=replace(when, text=text, inferred=True))

    def _of_entry(self, item: int, first: int) -> When | None:
        """Return the day told in an entry of a list of news, else that of the list's head."""
        before = [n for n in self._by_sentence if n < first]
        own = [n for n in before if self._items[n] == item]
        head = [n for n in before if not self._items[n]]
        if own or head:
            return self._by_sentence[max(own or head)][-1][1]
        return self._only() if self._is_alone() else None

    def _told_behind(self, first: Finding) -> When | None:
        """Return the day that goes on about what a lead tells, as reported on a later day.

        "Ten died in an assault, he said on Friday. The militants came at dusk on Thursday."
        """
        index = first.sentence.index
        if first.spoken is None or index > _LEAD or index + 1 not in self._bare:
            return None
        return self._by_sentence[index + 1][0][1]

    def _near(self, first: int, last: int, *, is_spoken: bool) -> When | None:
        for index in range(first, first - _BEHIND - 1, -1):
            if index in self._by_sentence:
                return self._by_sentence[index][-1][1]
        if (only := self._only_before(first)) is not None:
            return only
        for index in range(last + 1, last + _AHEAD + 1):
            if index in self._by_sentence:
                return self._by_sentence[index][0][1] if self._is_alone() else None
        # Where somebody tells on a day, another day told far from it is another event's.
        return self._only() if self._is_alone() and not is_spoken else None

    def _only_before(self, first: int) -> When | None:
        """Return the day of which all told so far is, however far back it was named."""
        before = [when for n, days in self._by_sentence.items() if n < first for _, when in days]
        same = {when.first or when.text.lower() for when in before}
        return before[-1] if len(same) == 1 else None

    def _is_alone(self) -> bool:
        return len({first or text for text, first in self._all}) == 1

    def _only(self) -> When | None:
        return next((days[0][1] for days in self._by_sentence.values()), None)


def _is_of_same_day(when: When) -> bool:
    """Whether words only go on about the day told last: "Hours later"."""
    return dates.of_context().get(when.text.lower()) == 0


def _is_of_past(spoken: DateWords, when: When) -> bool:
    """Whether a day told by its month is of what was before news told on a weekday."""
    is_news = spoken.kind in OF_THE_NEWS
    return is_news and when.precision == "no-year" and spoken.day is None


def _is_to_come(sentence: Sentence) -> bool:
    """Whether a sentence tells what is to be: "parliament will meet on Thursday"."""
    return not _TO_COME.isdisjoint(sentence.tokens.words)


_TO_COME = frozenset({"will", "would", "to", "expected", "scheduled", "until", "by"})


def _is_alone(sentence: Sentence, words: DateWords) -> bool:
    """Whether a sentence is but a date, as logs add it: "Driver killed at Hit. May 2012"."""
    beside = [t for t in sentence.tokens if not words.start <= t.start < words.end and t.is_word]
    return len(beside) <= 1


def _lacks_day(event: Event) -> bool:
    """Whether an event is undated, or told as on a day that the text does not tell."""
    if not event.when.text:
        return True
    words = [t.finding.when for t in event.told if t.finding.when]
    return event.when.first is None and all(w.kind == "context" and not w.days for w in words)


def _tells_day(telling: Told) -> bool:
    words = telling.finding.when
    is_news = not telling.finding.trigger.is_background
    return words is not None and is_news and _is_day(words, telling.when)


def _is_day(words: DateWords, when: When) -> bool:
    if words.bound or not when.text:
        return False
    is_named = words.kind in ("weekday", "published") or words.day is not None
    return when.precision == "day" or (when.first is None and is_named)
