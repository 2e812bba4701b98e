"""One telling of an event, as a sentence gives it: what the tellings of an article are made of."""

from __future__ import annotations

from gazetteer.frozen import frozen
from mapper.extraction.casualties import Toll
from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Sentence


@frozen
class Finding:
    """One telling of one event, in one sentence.

    ``kinds`` are the sub-event types of all its words. ``spot`` is its place,
    ``body`` the place in the name of an organisation that the sentence speaks
    of; of an event abroad it is kept, so that what goes on about it is not put in Iraq.
    ``when`` dates the event, ``spoken`` the telling. ``is_definite`` events
    were told before ("the strike"); ``is_separate`` ones were not ("another"), and
    ``is_elsewhere`` ones happened in a place of their own. ``is_plural`` words
    tell of several ("attacks").
    ``is_joint`` tellings sum up two or more that may follow one by one; ``is_part``
    ones tell of one of those ("the first blast"). ``before`` is the one place of the
    sentence before, which tells of no event, ``around`` are all that its own clause names.
    """

    sentence: Sentence
    trigger: Trigger
    kinds: frozenset[str]
    spot: Spot | None
    toll: Toll
    when: DateWords | None = None
    spoken: DateWords | None = None
    body: Spot | None = None
    also_at: tuple[Spot, ...] = ()
    actor1: str | None = None
    actor2: str | None = None
    is_definite: bool = False
    is_separate: bool = False
    is_elsewhere: bool = False
    is_plural: bool = False
    is_total: bool = False
    is_joint: bool = False
    is_part: bool = False
    before: Spot | None = None
    around: tuple[Spot, ...] = ()

    @property
    def label(self) -> str:
        """The sub-event type, or the event type where the words do not tell more."""
        return self.trigger.meaning.sub_event_type or self.trigger.meaning.event_type
