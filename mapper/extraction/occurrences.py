"""One real event: all that is told of it, its place, toll and day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gazetteer.frozen import frozen
from mapper.extraction import matters, places, weights
from mapper.extraction.dates import DateWords
from mapper.extraction.events import TERRITORY
from mapper.extraction.finding import Finding
from mapper.extraction.phrases import RuleWords
from mapper.extraction.places import Spot
from mapper.extraction.reckoning import When
from mapper.schema import POINT_PRECISIONS

_words = RuleWords("occurrences")


@frozen
class Told:
    """One telling of an event with its date worked out."""

    finding: Finding
    when: When


@dataclass(frozen=True)
class Event:
    """One real event: its tellings in the order of the text.

    ``carried`` is a place taken over from the sentence before, where the event's
    own sentences name none; ``carried_when`` its day, where they tell none.
    """

    told: tuple[Told, ...]
    carried: Spot | None = None
    carried_when: When | None = None

    @cached_property
    def spot(self) -> Spot | None:
        """The finest place that a telling gives, or None."""
        body_first = sorted(self.told, key=lambda told: told.finding.sentence.is_title)
        own = [told.finding.spot for told in _in_the_news(body_first) if told.finding.spot]
        whole = [told.finding.spot for told in body_first if told.finding.spot]
        # What only explains other news may tell better where this one was.
        named = [spot for spot in own if not spot.is_country] or [
            spot for spot in whole if not spot.is_country
        ]
        named = [spot for spot in named if spot.weight != weights.LOOSE] or named
        if not named:
            return self.carried or (own[0] if own else None)
        finest = next((spot for spot in named if not spot.is_loose), named[0])
        for spot in named:
            if places.is_within(spot, finest) or (finest.place is None and spot.place is not None):
                finest = spot
        return finest

    @cached_property
    def main(self) -> Told:
        """The telling whose words say most of what kind of event it was."""
        if len(self.told) == 1:
            return self.told[0]
        # Of open words, "attacked", those tell most that tell who was harmed.
        handed = next((t for t in self.told if t.finding.label == _HANDED), None)
        if handed and all(t.finding.label in TERRITORY for t in self.told):
            return handed  # "Iraqi army takes base": it was handed over.
        counted = next((t for t in self.told if t.finding.toll.heads), self.told[0])
        one = next((t for t in self.told if not is_generic(t.finding)), counted)
        kind = one.finding.trigger.meaning.event_type
        if kind == "Protests" and any(_kind(t) == "Riots" for t in self.told):
            kind = "Riots"  # "Protest turns deadly": stones were thrown.
        if one.finding.label == _RUIN and any(_kind(t) == BLAST for t in self.told):
            kind = BLAST  # "Oil well set ablaze": by a bomb.
        alike = [t for t in self.told if t.finding.trigger.meaning.event_type == kind]
        return max(alike, key=lambda t: (t.finding.trigger.rank, not t.finding.sentence.is_title))

    @cached_property
    def is_sum(self) -> bool:
        """Whether it is several events told as one: "two bombings killed nine"."""
        first = next((t.finding for t in self.told if not t.finding.sentence.is_title), None)
        first = first or self.told[0].finding
        is_one = first.is_definite or first.trigger.word.endswith(_ONE_AFFAIR)
        return first.is_joint or (first.is_plural and not is_one)

    @cached_property
    def counted(self) -> tuple[Told, ...]:
        """The tellings whose tolls are the event's own, not those of parts of a sum."""
        whole = tuple(t for t in self.told if not (self.is_sum and t.finding.is_part))
        if self.is_sum and not any(_is_placed(t) for t in whole) and self.spot:
            # Where only a part tells a place, the row is of that part.
            parts = tuple(t for t in self.told if _is_placed(t))
            whole = parts or whole
        return whole if any(t.finding.toll.is_told for t in whole) else self.told

    @cached_property
    def killed(self) -> int | None:
        """The number killed by the fullest telling, or None."""
        told = [(t.finding.toll.killed, t.finding.toll.more_killed, t) for t in self.counted]
        if self._is_lethal:
            told += [(t.finding.toll.wounded, False, t) for t in self._shot]
        return 1 if self._is_of_one else _toll(told)

    @cached_property
    def is_provisional(self) -> bool:
        """Whether only counts are told that others replace: the title's, "first said six"."""
        told = [t.finding for t in self.counted if t.finding.toll.killed is not None]
        return bool(told) and all(f.toll.is_older or f.sentence.is_title for f in told)

    @cached_property
    def _shot(self) -> list[Told]:
        return [t for t in self.counted if t.finding.toll.is_shot]

    @cached_property
    def _is_lethal(self) -> bool:
        """Whether those shot died, as the words of other tellings say: "a massacre"."""
        counted = any(t.finding.toll.killed is not None for t in self.counted)
        return not counted and any(
            t.finding.trigger.word.startswith(_LETHAL) for t in self.told if t not in self._shot
        )

    @cached_property
    def _is_of_one(self) -> bool:
        """Whether the one hurt, or who is told without a number, died: "She died at the scene"."""
        tolls = [t.finding.toll for t in self.counted]
        hurt = {toll.wounded for toll in tolls if toll.wounded is not None}
        is_open = all(toll.killed is None and not toll.is_vague for toll in tolls)
        # "A bomb near the shrine of a cleric. He died in 1992."
        died = [t.finding for t in self.told if t.finding.toll.is_of_one]
        is_news = any(f.when is None or f.when.kind == "context" for f in died)
        return is_open and hurt <= {1} and is_news

    @cached_property
    def wounded(self) -> int | None:
        """The number wounded by the fullest telling, or None."""
        if self._is_of_one:
            return None
        # "Shot" is told of somebody who lives only as long as nobody says that they died.
        is_fatal = self.killed or self._is_lethal
        told = [t for t in self.counted if not (t.finding.toll.is_shot and is_fatal)]
        hurt = _toll([(t.finding.toll.wounded, self._adds_wounded(t), t) for t in told])
        died = [t.finding.toll.killed for t in told if t.finding.toll.is_of_wounded]
        return None if hurt and hurt in died else hurt

    def _adds_wounded(self, telling: Told) -> bool:
        """Whether wounded come on top of those told; "20 others" are others than the killed."""
        toll = telling.finding.toll
        return toll.more_wounded and not (toll.others_wounded and self.killed)

    @cached_property
    def when(self) -> When:
        """The most exact date that a telling gives."""
        # "The scene of an offensive last month": what was before dates no news.
        if self.carried_when:
            return self.carried_when
        if len(self.told) == 1:
            return self.told[0].when
        is_old = [t.finding.trigger.is_background for t in self.told]
        dated = [
            t
            for t, old in zip(self.told, is_old, strict=True)
            if not old or all(is_old) or _vagueness(t.when) <= _RANGE or _names_day(t)
        ]
        return min(dated, key=lambda t: (_vagueness(t.when), _is_of_telling(t))).when

    @cached_property
    def is_title_only(self) -> bool:
        """Whether only the title has told of the event so far."""
        return all(told.finding.sentence.is_title for told in self.told)

    @cached_property
    def item(self) -> int:
        """The entry of a list of news that tells of it."""
        return self.told[-1].finding.sentence.item

    @cached_property
    def last_sentence(self) -> int:
        """Where the event was last told of."""
        return self.told[-1].finding.sentence.index


_RUIN, BLAST = "Looting/property destruction", "Explosions/Remote violence"
_HANDED = "Non-violent transfer of territory"
_LETHAL = (
    *("massacre", "execut", "slaughter", "killing", "slain", "slays", "assassinat", "murder"),
    *("gunned down", "shot dead", "lynch", "behead", "killed", "dead"),
)


def _kind(telling: Told) -> str:
    return telling.finding.trigger.meaning.event_type


def _names_day(telling: Told) -> bool:
    """Whether a telling names a day, though nobody can say of which year."""
    words = telling.finding.when
    return words is not None and (words.day is not None or bool(words.days))


def _is_of_telling(telling: Told) -> bool:
    """Whether only the telling has a date, which serves as the event's."""
    finding = telling.finding
    return finding.when is not None and finding.when is finding.spoken


# Plural words for what went on at one place and time.
_ONE_AFFAIR = ("clashes", "protests", "demonstrations", "rallies", "violence")


def _is_placed(telling: Told) -> bool:
    spot = telling.finding.spot
    return spot is not None and not spot.is_country


def _in_the_news(told: Sequence[Told]) -> Sequence[Told]:
    """Return the tellings that tell of an event itself, not of what came before, if any."""
    news = [t for t in told if not t.finding.trigger.is_background and t.finding.spot]
    return news or told


def is_generic(finding: Finding) -> bool:
    """Whether the words leave the type of event open: "killed", "attack", "violence"."""
    meaning = finding.trigger.meaning
    # With people killed a raid may have been any kind of attack.
    is_raid = finding.trigger.word.startswith("raid") and meaning.sub_event_type != "Other"
    is_raid = is_raid or (finding.sentence.is_title and finding.trigger.word.startswith("ambush"))
    return meaning.outcome or meaning.target or meaning.vague or is_raid


_RANGE = 2


def _vagueness(when: When) -> int:
    if when.first is None:
        is_loose = _COUNTED.search(when.text) or _SPAN.search(when.text)
        return 8 if not when.text else 6 + bool(is_loose)
    if when.precision == "day":
        return 1 if _COUNTED.search(when.text) else 0
    return {"range": 2, "month": 4, "year": 5}.get(when.precision or "", 5)


_SPAN = re.compile(r"\b(?:week|weekend|month|year)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"prior|earlier|later|before|after|yesterday|\bday\b|\bago\b|أمس|التالي", re.IGNORECASE
)


def _toll(counts: Sequence[tuple[int | None, bool, Told]]) -> int | None:
    """Return the body's highest count, else the title's, plus what came on top."""
    known = [(count, more, told) for count, more, told in counts if count is not None]
    if not known:
        return None
    newest = [entry for entry in known if not entry[2].finding.toll.is_older]
    known = newest if any(not more for _, more, _ in newest) else known
    firm = [count for count, more, told in known if not more and not told.finding.sentence.is_title]
    titles = [count for count, more, told in known if not more and told.finding.sentence.is_title]
    raised = [n for n, (_, _, told) in enumerate(known) if told.finding.toll.is_raised]
    since = known[raised[-1] + 1 :] if raised else known  # "In all, seven died" counts all before
    added = [count for count, more, told in since if more and not told.finding.sentence.is_title]
    added = added or [count for count, more, _ in known if more and not firm]
    base = max(firm) if firm else (titles[0] if titles else None)
    if base is None:
        return sum(added)
    if base == 0 and any(t.finding.toll.is_vague for _, _, t in counts):
        return None
    return base + sum(added) if firm else base


def is_incident(event: Event) -> bool:
    """Whether an event is told firmly enough: as having happened, at a place or with a toll."""
    if event.spot and event.spot.is_outside:
        return False
    told = [t.finding for t in event.told]
    meaning = event.main.finding.trigger.meaning
    has_toll = any(finding.toll.is_told for finding in told)
    has_date = any(_is_dated(telling) for telling in event.told)
    is_told_before = all(finding.is_definite for finding in told)
    if (meaning.target or meaning.vague) and is_told_before and not (has_toll or has_date):
        return False
    if is_only_named(event):
        return False
    if meaning.vague and not has_toll:
        return False
    if meaning.agent and not (has_toll or has_date):
        return False
    if all(finding.trigger.is_background for finding in told) and not _is_told_in_full(event):
        return False
    if event.when.precision == "year" and not has_toll:
        return False
    spot = event.spot
    if spot is None or spot.is_country:
        counted = event.killed is not None or event.wounded is not None
        return spot is not None and counted and not meaning.vague
    return True


def is_only_named(event: Event) -> bool:
    """Whether Arabic or Kurdish words only speak of an event, with neither a day nor a number."""
    if any(t.finding.toll.is_told or _is_dated(t) for t in event.told):
        return False
    return all(_only_names(telling.finding) for telling in event.told)


def _only_names(finding: Finding) -> bool:
    """Whether Arabic or Kurdish words name a weapon, those harmed, or what is known: no event."""
    language = finding.sentence.language
    if language == "en":
        return False
    if finding.label == "Arrests" and (finding.actor1 or finding.actor2):
        return False  # The Kurdish word closes roads, too, but takes nobody there.
    words = finding.sentence.tokens.words
    if finding.label in TERRITORY and not _ANNOUNCED.isdisjoint(words):
        return False
    is_often_named = finding.label in _OFTEN_NAMED or finding.trigger.word in _BLOWS
    is_known = finding.is_definite and is_often_named and not _goes_on(finding)
    behind = finding.sentence.tokens[finding.trigger.last :]
    if language == "kmr" and not any(token.is_word for token in behind):
        return is_known  # The verb at the end is no noun: "şewitandin", burned
    trigger = finding.trigger
    if language == "ar" and trigger.last - trigger.first > len(trigger.word.split()):
        return is_known  # A verb and its object: "defused six bombs".
    return is_known or matters.is_thing(trigger.word, language)


def _goes_on(finding: Finding) -> bool:
    """Whether Arabic says with a verb that known fighting goes on: "the battles continued"."""
    is_fight = finding.label == "Armed clash" and finding.sentence.language == "ar"
    return is_fight and finding.trigger.word.split()[0] in _words["goes_on"]


# What texts speak of as known: "the bombing", "the battle".
_OFTEN_NAMED = frozenset({"Attack", "Armed clash", BLAST})
_ANNOUNCED = frozenset({"اعلن", "اعلنت", "تعلن", "يعلن"})
_BLOWS = frozenset({"قصف", "غاره", "غارات", "ضربه", "ضربات"})


def _is_told_in_full(event: Event) -> bool:
    """Whether so much is told of what was before that it is more than a reason."""
    told = [t.finding for t in event.told]
    dates = [finding.when for finding in told if finding.when]
    is_dated = any(_is_near(words) for words in dates)
    is_one_killed = event.killed == 1 and not event.wounded
    is_counted = any(f.toll.is_told for f in told) and not is_one_killed
    return is_dated or is_counted or any(_is_fresh_cause(finding) for finding in told)


def _is_near(words: DateWords) -> bool:
    """Whether words date what was before to a time of the news, not only to a year."""
    if words.kind == "calendar":
        return words.month is not None
    return words.kind != "context" or abs(words.days) <= 1


def _is_fresh_cause(finding: Finding) -> bool:
    """Whether a lead tells what its news followed: "exports stopped after rebels blew up a line".

    "After" with who did what is told as news is; "after the bombing" is known.
    """
    trigger, spot = finding.trigger, finding.spot
    if spot is None or finding.sentence.index > _LEAD:
        return False
    if not (spot.precision in POINT_PRECISIONS or spot.precision == "region") or spot.is_country:
        return False
    before = finding.sentence.tokens.words[: trigger.first]
    if "after" not in before or not trigger.word.split()[0].endswith(_PAST):
        return False
    at = len(before) - 1 - before[::-1].index("after")
    is_near = 2 <= len(before) - at <= _CLAUSE
    is_subject = before[at + 1 : at + 2] not in ([","], ["a"], ["the"])
    is_old = before[at - 1 : at] in (["years"], ["months"], ["decades"], ["year"])
    return is_near and is_subject and not is_old


_LEAD = 1
_PAST = ("ed", "blew", "shot", "struck", "hit", "killed", "burnt", "broke")
_CLAUSE = 8


def _is_dated(telling: Told) -> bool:
    """Whether a telling has a date of its own, not only "a day after" something untold."""
    words = telling.finding.when
    return words is not None and (words.kind != "context" or telling.when.first is not None)


def disagreements(event: Event) -> list[str]:
    """Return one sentence for each number or object that the accounts tell differently."""
    notes = []
    for what in ("killed", "wounded"):
        told = [
            getattr(t.finding.toll, what)
            for t in event.counted
            if getattr(t.finding.toll, what) is not None
            and not getattr(t.finding.toll, f"more_{what}")
        ]
        if len(set(told)) > 1:
            notes.append(
                f"accounts differ on the {what}: {', '.join(str(n) for n in dict.fromkeys(told))}"
            )
    things = dict.fromkeys(
        t.finding.trigger.word
        for t in event.told
        if t.finding.trigger.meaning.sub_event_type == "Disrupted weapons use"
    )
    if len(things) > 1:
        notes.append(f"accounts differ on what it was: {', '.join(things)}")
    return notes
