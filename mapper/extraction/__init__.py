"""From running text to incidents: what happened, where, when, to how many, and by whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from gazetteer import Gazetteer
from mapper import schema
from mapper.errors import ReadError
from mapper.extraction import (
    contexts,
    dates,
    earlier,
    findings,
    languages,
    merging,
    occurrences,
    places,
    reckoning,
    sentences,
    years,
)
from mapper.extraction.carrying import Days
from mapper.extraction.contexts import Context
from mapper.extraction.finding import Finding
from mapper.extraction.occurrences import Event, Told
from mapper.extraction.places import Spot
from mapper.extraction.reckoning import When
from mapper.extraction.sentences import Document
from mapper.extraction.tones import Tones

__all__ = ["extract"]


def extract(
    text: str,
    gaz: Gazetteer,
    *,
    published: date | str | None = None,
    source: str | None = None,
    title: str | None = None,
) -> pd.DataFrame:
    """Read the incidents that a news text reports as having happened in Iraq.

    Parameters
    ----------
    text : an article; a first line without a full stop is its title
    gaz : names of places
    published : the day of publication, as a date or ISO 8601 text; weekdays and
        dates without their year are worked out from it
    source : who reported it
    title : the headline, where `text` does not begin with it

    Returns
    -------
    INCIDENTS frame
        One row an event, in the order of the text, each with the sentences it
        was read from: ``text[quote_start:quote_end]``. No coordinates: placing
        is the next stage. Empty where nothing is reported. ``attrs["said"]``
        has a line for each telling that was left out, as no single event or
        for want of a place, and one where the text was too long to be read to
        its end, or is in a language that is not read; ``attrs["language"]`` is the
        code of its language.

    Raises
    ------
    ReadError
        `published` is no date; also a `ValueError`.
    """
    day = _day(published) if isinstance(published, str) else published
    has_title = bool(title) and not text.lstrip().startswith(str(title).strip())
    whole = f"{title}\n\n{text}" if has_title else text
    shift = len(whole) - len(text)
    language = languages.of_text(whole)
    if language not in languages.READ:
        frame = _frame([], text, source=source)
        frame.attrs |= {"language": language, "said": [_not_read(language)]}
        return frame
    document = sentences.read(whole[:_LONGEST])
    day = day or years.published(document)
    told, days = _told(document, gaz, day)
    events = [days.give(event) for event in merging.merge(told)]
    named = years.named_in(document.text)
    dated = [
        (event, years.worked_out(event, named, days.full))
        for event in events
        if occurrences.is_incident(event)
    ]
    old = earlier.before_the_news(dated, document, day)
    rows = [
        row
        for event, when in dated
        if event not in old
        for row in _rows(event, when, document, shift=shift)
    ]
    frame = _frame(rows, text, source=source)
    frame.attrs |= {"language": language, "said": _left_out(told, events, old, document)}
    if len(whole) > _LONGEST:
        frame.attrs["said"].append(f"read only the first {_LONGEST} of {len(whole)} characters")
    return frame


def _day(published: str) -> date:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        raise ReadError(f"published: {published!r} is not a day such as 2024-01-05") from None


def _not_read(language: str) -> str:
    *most, last = languages.READ.values()
    read = f"{', '.join(most)} or {last}"
    return f"in {languages.name(language)}, which is not read: give it in {read}"


# Longer than any article: what bounds the time on a text that is something else.
_LONGEST = 400_000


def _left_out(
    told: list[Told], events: list[Event], old: list[Event], document: Document
) -> list[str]:
    """Return a line for each telling of many events, or of one unplaced, only named, or old."""

    def line(reason: str, telling: Told) -> str:
        sentence = telling.finding.sentence
        words = " ".join(document.text[sentence.start : sentence.end].split())
        return f"left out, {reason}: {words[:200]}"

    lines = [line("no single event", telling) for telling in told if telling.finding.is_total]
    lines += [
        line("no place is told", event.main)
        for event in events
        if event.spot is None and any(telling.finding.toll.is_told for telling in event.told)
    ]
    lines += [
        line("spoken of, with neither a day nor a number", event.main)
        for event in events
        if event.spot and occurrences.is_only_named(event)
    ]
    lines += [line("long before the news", event.main) for event in old]
    return list(dict.fromkeys(lines))


def _told(document: Document, gaz: Gazetteer, published: date | None) -> tuple[list[Told], Days]:
    """Return all tellings of the text, dated, and the days of which it tells."""
    context = contexts.context_of(document, gaz)
    if not context.is_about_iraq:
        return [], Days()
    told: list[Told] = []
    days = Days()
    tones = Tones()
    last_day: date | None = None
    is_summing, quiet = False, 0  # quiet: so many sentences before tell of no event
    for whole in document.sentences:
        folded, span = document.folded, (whole.start, whole.end)
        written = dates.find(document.text, *span, folded=folded, tokens=whole.tokens)
        ranges = dates.ranges(document.text, written)
        sentence = findings.in_parts(whole)
        found = findings.find(document, sentence, context, written=written)
        own = []
        bare = not sentence.is_title and any(f.spot is None and f.toll.is_told for f in found)
        if bare and quiet:
            before = _place_before(document, sentence.index, min(quiet, _BACK), context)
            found = [replace(finding, before=before) for finding in found]
        if is_summing and sentence.tokens.words[:2] in _OF_THOSE:
            found = [replace(finding, is_total=True) for finding in found]
        quiet = 0 if found else quiet + 1
        is_summing = any(finding.is_total for finding in found)
        for finding in tones.take(sentence, found, written):
            spoken = _when(finding.spoken, published, last_day)
            when = _when(finding.when, published, spoken.first or last_day)
            ends = finding.when and ranges.get(finding.when.start)
            if ends:
                one, other = (_when(end, published, last_day) for end in ends)
                text = document.text[ends[0].start : ends[1].end]
                when = reckoning.span(one, other, text) or when
            own.append(Told(finding, when))
        resolved = []
        for words in written:
            day = _when(words, published, last_day)
            resolved.append((words, day))
            last_day = day.first if day.precision == "day" and not words.bound else last_day
        days.add(sentence, own, resolved)
        told += own
    return told, days


def _place_before(document: Document, index: int, back: int, context: Context) -> Spot | None:
    """Return the place of the last few sentences, which tell of no event."""
    for n in range(index - 1, index - 1 - back, -1):
        spot = findings.place_of(document, document.sentences[n], context)
        if spot:
            return spot
    return None


_BACK = 2  # sentences: "A car was driven at a gate in Karrada. It blew up. Twelve people died."

# What goes on about a sum: "845 have died. Of those, 623 fell in combat."
_OF_THOSE = (["of", "those"], ["of", "these"], ["of", "them"])


def _when(words: dates.DateWords | None, published: date | None, context: date | None) -> When:
    if words is None:
        return reckoning.UNKNOWN
    if words.kind == "context" and words.bound and words.days:
        context = None  # "Five days before his death": not before the day told last
    return reckoning.resolve(words, published=published, context=context)


def _rows(event: Event, when: When, document: Document, *, shift: int) -> list[dict[str, object]]:
    """Return the row of an event, or one a place where it happened at several."""
    main, spot = event.main.finding, event.spot
    row = _row(event, when, document, shift=shift)
    also = next((t.finding.also_at for t in event.told if t.finding.also_at), ())
    if not also or spot is None:
        return [row]
    names = [spot, *(other for other in also if other.name != spot.name)]
    counted = next((place for place in names if _is_of_one_place(event, place)), None)
    if (event.killed, event.wounded) != (None, None) and _are_in_one_unit(spot, also):
        there = counted or spot
        row |= {**_place(there), "title": row["title"] if there is spot else _title(main, there)}
        others = f"also at: {', '.join(other.name for other in names if other is not there)}"
        return [row | {"notes": "; ".join(filter(None, [str(row["notes"] or ""), others]))}]
    toll = (row["killed"], row["wounded"])
    if toll != (None, None) and counted is None:
        row["killed"] = row["wounded"] = None
        joint = f"one toll for {len(also) + 1} places: {_toll_words(toll)}"
        row["notes"] = "; ".join(filter(None, [str(row["notes"] or ""), joint]))
    elsewhere = {**row, "killed": None, "wounded": None}
    return [
        {
            **(row if place is (counted or spot) else elsewhere),
            **_place(place),
            "title": _title(main, place),
        }
        for place in names
    ]


def _is_of_one_place(event: Event, spot: Spot) -> bool:
    """Whether a later telling gives the toll of one of several places: "ten died in Baghdad"."""
    counted = [t.finding for t in event.told if t.finding.toll.is_told]
    return all(f.spot and not f.also_at and places.is_same(f.spot, spot) for f in counted)


def _are_in_one_unit(spot: Spot, also: Sequence[Spot]) -> bool:
    """Whether places told with one toll lie in one governorate, as quarters and villages do."""
    units = {s.place.adm1 if s.place else None for s in (spot, *also)}
    is_unit = any(s.precision == "adm1" for s in (spot, *also))
    return len(units) == 1 and None not in units and not is_unit


def _toll_words(toll: tuple[object, object]) -> str:
    return ", ".join(
        f"{count} {what}"
        for count, what in zip(toll, ("killed", "wounded"), strict=True)
        if count is not None
    )


def _row(event: Event, when: When, document: Document, *, shift: int) -> dict[str, object]:
    main, spot = event.main.finding, event.spot
    meaning = main.trigger.meaning
    quote, start, end = _quote(event, document, shift=shift)
    told = [t.finding for t in event.told]
    actor1 = next((f.actor1 for f in (main, *told) if f.actor1), None)
    headline = next((f for f in told if f.sentence.is_title), None)
    return {
        "date": when.first,
        "date_end": when.last,
        "date_precision": when.precision,
        "date_text": when.text or None,
        "date_inferred": when.inferred,
        "event_type": meaning.event_type,
        "sub_event_type": _sub_event_type(event),
        **_place(spot),
        "country": "Iraq",
        "killed": event.killed,
        "wounded": event.wounded,
        "actor1": actor1,
        "actor2": next((f.actor2 for f in (main, *told) if f.actor2 not in (None, actor1)), None),
        "title": _headline(headline, document) if headline else _title(main, spot),
        "notes": "; ".join(_notes(event)) or None,
        "quote": quote,
        "quote_start": start,
        "quote_end": end,
    }


def _sub_event_type(event: Event) -> str | None:
    main = event.main.finding.trigger.meaning
    if main.sub_event_type:
        return main.sub_event_type
    finer = schema.EVENT_TYPES[main.event_type]
    told = [sub for t in event.told for sub in sorted(t.finding.kinds) if sub in finer]
    return next(iter(told), "Peaceful protest" if main.event_type == "Protests" else None)


def _place(spot: Spot | None) -> dict[str, object]:
    if spot is None or spot.precision == "country":
        return {"place": None, "admin1": None, "geo_precision": "country"}
    if spot.is_governorate and spot.precision == "adm1":
        return {"place": spot.name, "admin1": _unit(spot.name), "geo_precision": "adm1"}
    admin1 = _unit(spot.admin1) if spot.admin1 else None
    return {"place": spot.name, "admin1": admin1, "geo_precision": spot.precision}


def _unit(name: str) -> str:
    """Return a governorate's name without the word for what it is."""
    return re.sub(r"(?i)^محافظة\s+|\s+(?:province|governorate)$", "", name)


def _headline(finding: Finding, document: Document) -> str:
    return document.text[finding.sentence.start : finding.sentence.end]


def _title(finding: Finding, spot: Spot | None) -> str:
    where = spot.words or spot.name if spot and spot.precision != "country" else "Iraq"
    return f"{finding.label}, {where}"


def _notes(event: Event) -> list[str]:
    notes = occurrences.disagreements(event)
    for told in event.told:
        notes += told.finding.toll.notes
    spot = event.spot
    if event.carried and spot is event.carried:
        notes.append("place carried over from the sentence before")
    if spot and spot.precision == "relative" and spot.words != spot.name:
        notes.append(f"place told as: {spot.words}")
    if event.carried_when and event.when is event.carried_when:
        notes.append("date carried over from the sentences before")
    if not event.when.text:
        spoken = next((t.finding.spoken for t in event.told if t.finding.spoken), None)
        if spoken:
            notes.append(f"no date told; reported {spoken.text}")
    return list(dict.fromkeys(notes))


def _quote(event: Event, document: Document, *, shift: int) -> tuple[str, int | None, int | None]:
    """Return the quoted sentences, and where the first begins and the last ends."""
    used = {t.finding.sentence.index: t.finding.sentence for t in event.told}
    spans = [document.raw_span(s.start, s.end) for _, s in sorted(used.items())]
    inside = [span for span in spans if span[0] >= shift] or spans
    pieces: list[list[int]] = []
    for start, end in inside:
        if pieces and not document.raw[pieces[-1][1] : start].strip():
            pieces[-1][1] = end
        else:
            pieces.append([start, end])
    quote = " … ".join(document.raw[start:end] for start, end in pieces)
    if inside[0][0] < shift:
        return quote, None, None
    return quote, pieces[0][0] - shift, pieces[-1][1] - shift


def _frame(rows: list[dict[str, object]], text: str, *, source: str | None) -> pd.DataFrame:
    if not rows:
        return _template().copy()
    key = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    for n, row in enumerate(rows):
        row |= {"incident_id": f"{key}-{n + 1}", "source": source}
    # One array a kind of values, cut into columns: one by one they take longer than reading.
    columns: dict[str, Any] = dict.fromkeys(column.name for column in schema.INCIDENTS)
    for dtype, names in _columns_of_kind().items():
        values = pd.array([row.get(name) for name in names for row in rows], dtype=dtype)
        for n, name in enumerate(names):
            columns[name] = values[n * len(rows) : (n + 1) * len(rows)]
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), copy=False)


@cache
def _columns_of_kind() -> dict[Any, list[str]]:
    """Return the names of the columns of each kind of values."""
    kinds: dict[Any, list[str]] = {}
    for name, dtype in _template().dtypes.items():
        kinds.setdefault(dtype, []).append(str(name))
    return kinds


@cache
def _template() -> pd.DataFrame:
    """Return the empty frame; making its columns anew would take longer than reading."""
    return schema.empty(schema.INCIDENTS)
