"""Events that an article tells only as what was long before its news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mapper.extraction import dates
from mapper.extraction.occurrences import Event
from mapper.extraction.reckoning import When
from mapper.extraction.sentences import Document

# In fewer sentences nothing is retold but what the text is about.
_ARTICLE = 5
# Within so many days of its publication an event is news; after so many it is history.
_NEWS, _HISTORY = 14, 60


def before_the_news(
    dated: Sequence[tuple[Event, When]], document: Document, published: date | None
) -> list[Event]:
    """Return the events that are history beside the news of an article.

    Where an article has no news, such as a chronology of past years, all of it is what
    it tells. The entries of a list stand for themselves.
    """
    if len(document.sentences) < _ARTICLE:
        return []
    if not any(_is_news(event, when, published) for event, when in dated):
        return []
    return [event for event, when in dated if not event.item and _is_old(event, when, published)]


def _is_news(event: Event, when: When, published: date | None) -> bool:
    if published and when.first and when.precision == "day":
        return abs((published - when.first).days) <= _NEWS
    words = [t.finding.when for t in event.told if t.finding.when and not t.finding.when.bound]
    return any(found.kind in dates.OF_THE_NEWS for found in words)


def _is_old(event: Event, when: When, published: date | None) -> bool:
    """Whether an event lies far back; without a day of publication its year says so.

    The words that tell what it was must say when: others may be of what it followed.
    """
    if event.main.finding.when is None:
        return False
    last = when.last or when.first
    if published and last:
        return (published - last).days > _HISTORY
    words = [t.finding.when for t in event.told if t.finding.when]
    return all(found.year is not None for found in words)
