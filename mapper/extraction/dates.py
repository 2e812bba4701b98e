"""Words for dates in a sentence.

What days they mean is reckoned elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from gazetteer.frozen import frozen
from mapper.extraction import phrases
from mapper.extraction.sentences import Tokens, fold, fold_in_place, tokens_of

Kind = Literal["calendar", "weekday", "published", "context", "overnight", "span", "lunar"]

OF_THE_NEWS: frozenset[Kind] = frozenset({"weekday", "published", "overnight"})
"""The kinds that tell a day as only news does: by the day of its publication."""


@frozen
class DateWords:
    """The words for a date at ``start:end`` of a text.

    ``bound`` words say until or since when, or count from what they go on to tell
    ("a day after a blast"), and date nothing. ``swaps`` dates may have day and month
    the other way round.
    """

    text: str
    start: int
    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    days: int = 0
    span: str = ""
    bound: bool = False
    swaps: bool = False


def find(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    folded: str = "",
    tokens: Tokens | None = None,
) -> list[DateWords]:
    """Return the words for dates in ``text[start:end]``, in order, none overlapping.

    ``folded`` is the text folded in place, ``tokens`` are the words that stand there, where
    those are known already.
    """
    end = len(text) if end is None else end
    folded = folded or fold_in_place(text)
    if tokens is None:
        tokens = Tokens(t for t in tokens_of(text, folded) if start <= t.start < end)
    text, folded, pattern = text[start:end], folded[start:end], _pattern()
    found: list[DateWords] = []
    free = 0
    for n in _beginnings(tokens):
        at = tokens[n].start - start
        match = pattern.match(folded, at) if at >= free else None
        if match:
            free = match.end()
            words = _read(match, text, folded, offset=start)
            if words:
                found.append(words)
    return found


def ranges(text: str, written: Sequence[DateWords]) -> dict[int, tuple[DateWords, DateWords]]:
    """Return the pairs that are the ends of one time, by where either begins: "from X until Y"."""
    found: dict[int, tuple[DateWords, DateWords]] = {}
    for one, other in pairwise(written):
        leads = _LEADS_RANGE.search(fold(text[max(0, one.start - 12) : one.start]) + " ")
        if leads and _JOINS_RANGE.fullmatch(fold(text[one.end : other.start])):
            found |= dict.fromkeys((one.start, other.start), (one, other))
    return found


_LEADS_RANGE = re.compile(r"(?:^|\W)(?:between|from|بين|من)\s*$")
_JOINS_RANGE = re.compile(r"[\s,]*(?:and|to|until|till|through|و|الي|حتي|-|–)\s*(?:on\s+|يوم\s+)?")


@cache
def _lexicon() -> dict[str, Any]:
    """Return the words, each pointing to what it means."""
    lexicon = dict(phrases.load("dates.yml"))
    parts = ("months", "ordinals", "weekdays", "from_publication", "from_context")
    for part in (*parts, "spans", "feasts"):
        lexicon[part] = {
            fold(w): int(meaning) if part in parts else meaning
            for meaning, words in lexicon[part].items()
            for w in words
        }
    lexicon["parts_of_days"] = [fold(words) for words in lexicon["parts_of_days"]]
    for part in ("counted_from_context", "counted_from_publication", "units", "numbers"):
        lexicon[part] = {word: int(n) for word, n in lexicon[part].items()}
    return lexicon


def of_context() -> dict[str, int]:
    """Return the words that count from the day told last, and how many days."""
    words: dict[str, int] = _lexicon()["from_context"]
    return words


def _beginnings(tokens: Tokens) -> list[int]:
    """Return the words with which words for a date may begin."""
    words, openings = tokens.words, _openings()
    likely = [n for n, word in enumerate(words) if word in openings or word < _BEHIND_DIGITS]
    return [n for n in likely if _may_begin(words, n, openings)]


_BEHIND_DIGITS = ":"  # the character behind 9; few words begin with one before it


def _may_begin(words: list[str], at: int, openings: Mapping[str, frozenset[str] | None]) -> bool:
    word = words[at]
    if word[0].isdecimal():
        return True
    seconds = openings.get(word, frozenset())
    if seconds is None:
        return True
    behind = words[at + 1] if at + 1 < len(words) else ""
    return behind in seconds or (word in _BEFORE_YEAR and behind.startswith(("19", "20")))


@cache
def _openings() -> dict[str, frozenset[str] | None]:
    """Return the words with which the pattern can begin, and which must follow; None is any.

    Besides, it begins with digits. "The" and "on" begin many sentences, "on the night of" few.
    """
    lexicon = _lexicon()
    parts = ("months", "weekdays", "from_publication", "from_context", "overnight", "spans")
    more = ("ordinals", "parts_of_days", "feasts")
    known = [_WORD.findall(phrase) for part in (*parts, *more) for phrase in lexicon[part]]
    known += [[number, unit] for number in lexicon["numbers"] for unit in lexicon["units"]]
    known += [[nth, "day"] for nth in ("first", "second", "third", "last")]
    openings: dict[str, set[str]] = {word: set() for word in _BEFORE_YEAR}
    for first, second, *_ in (words for words in known if len(words) > 1):
        for form in _inflected({first}):
            openings.setdefault(form, set()).update(_inflected({second}))
    alone = _inflected({words[0] for words in known if len(words) == 1}) | {"last"}
    return {word: frozenset(behind) for word, behind in openings.items()} | dict.fromkeys(alone)


def _inflected(words: set[str]) -> frozenset[str]:
    """Return words and, of those that are not English, their forms with Kurdish endings."""
    return frozenset(words) | {
        word + ending
        for word in words
        for ending in (("ي", "وه", "دا") if word > "\u0600" else ("a", "e", "ê"))
    }


# Words of the pattern itself before a year.
_BEFORE_YEAR = frozenset({"in", "during", "عام", "العام", "سنه", "في"})
_WORD = re.compile(r"\w+")


@cache
def _pattern() -> re.Pattern[str]:
    words = _lexicon()
    # Kurdish numbers and months take endings: "16ê Nîsana 2023an", "16ی نیسانی 2023".
    day = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|'?y?ê|\s?ي)?"
    year = r"(?:19|20)\d\d"
    month = rf"(?:{_any(words['months'])})(?:\.|[aeê]|ي|وهي)?"
    end = r"(?:'?y?an|'?y?ê)?"
    # Iraqi papers write both names of a month: "كانون الثاني/ يناير".
    month = rf"{month}(?:\s*[/(]\s*{month}\)?)?"
    to = r"\s*(?:-|–|/|to|and|or)\s*"
    weekday = _any(words["weekdays"])
    weekday_of = rf"(?:{weekday})(?:وه|دا|ي)?"
    part = rf"(?:(?:{_any(dict.fromkeys(words['parts_of_days']))})\s+)"
    to_year = rf"(?:[,،]?\s+(?P<y2>{year}){end})?"
    nth = _any(words["ordinals"])
    named_day = rf"(?:{part}*{weekday_of}[,،]?\s+\(?(?:الموافق\s+)?)?"
    counted = _any({**words["counted_from_context"], **words["counted_from_publication"]})
    return re.compile(
        rf"""(?<![\w])(?:
          {part}*(?P<iso>{year}[-/][01]?\d[-/][0-3]?\d)
        | {part}*(?P<slashes>[0-3]?\d[/.-][0-3]?\d[/.-]{year})
        | (?P<short>[0-3]?\d[/.-][01]?\d[/.-](?:9|0|1|2)\d)
        | (?P<month_of>[01]?\d/{year})
        | (?P<feast>{_any(words["feasts"])})(?:,?\s+(?P<y7>{year}))?
        | (?P<lunar>{day}\s+(?:of\s+)?(?:{_any(dict.fromkeys(words["lunar"]))})
            |(?:first|second|third|last)\s+day\s+of\s+
            (?:{_any(dict.fromkeys(words["lunar_feasts"]))}))
        | {part}+(?P<dashes>[0-3]?\d\s?-\s?[01]?\d\s?-\s?{year})
        | {named_day}(?P<nth>{nth})\s+(?:من\s+)?(?:شهر\s+)?(?P<m5>{month})
            (?:[,،]?\s+(?:عام\s+)?(?P<y6>{year}))?
        | (?:(?:{weekday}),?\s+)?(?P<m1>{month})\s+(?P<d1>{day})(?:{to}(?P<e1>{day}))?
            (?:,?\s+(?P<y1>{year}))?(?:,\s+an?\s+(?P<w1>{weekday})(?!\w))?
        | {named_day}(?P<d2>{day})(?:{to}(?P<e2>{day}))?\s+(?:of\s+|من\s+(?:شهر\s+)?)?
            (?P<m2>{month})(?:\s+(?P<s2>(?:9|0|1|2)\d)(?=\s*(?:[.,;)]|$))|{to_year})
            (?:,\s+an?\s+(?P<w2>{weekday})(?!\w))?
        | (?P<m3>{month}),?\s+(?:of\s+|من\s+عام\s+)?(?P<y3>{year})
        | (?P<m4>{month})
        | (?:in|during|عام|العام|سنه|في)\s+(?P<y5>{year})(?!\s*(?:people|troops|soldiers))
        | (?:last\s+|overnight\s+|{part})*(?P<weekday>{weekday})(?:وه|دا)?
            (?:\s+(?:الماضي|المنصرم|الفائت))?(?:\s*(?:[\s/-]|علي)\s*(?:{weekday}))?(?:\s+(?:morning|afternoon|evening|night|noon|midnight)(?!\w))?
        | {part}*(?P<published>{_any(words["from_publication"])})
            (?:,?\s+(?P<of_week>{weekday})(?!\w))?
        | (?P<context>{_any(words["from_context"])})
        | (?P<overnight>{_any(dict.fromkeys(words["overnight"]))})
        | (?P<span>{_any(words["spans"])})
        | (?P<n>{_any(words["numbers"])}|\d\d?)\s+(?P<unit>{_any(words["units"])})
            \s+(?P<way>{counted})
        )(?![\w])""",
        re.VERBOSE,
    )


def _any(words: dict[str, Any]) -> str:
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _read(match: re.Match[str], text: str, folded: str, *, offset: int) -> DateWords | None:
    """Turn a match of the pattern into `DateWords`; None where a word only looks like a date."""
    start, end = match.span()
    written = text[start:end]
    fields = _fields(match, text)
    if fields is None:
        return None
    before = folded[max(0, start - 80) : start]
    if written == "اليوم" and _PAPER.search(before):
        return None
    is_owner = text[end : end + 2] in ("'s", "’s")  # "killed by Monday's bomb": not until then
    bound = bool(_bound().search(before[-16:])) and not is_owner
    if not fields.get("day") and fields["kind"] in ("calendar", "span"):
        clause = _BREAK.split(before)[-1]
        bound = bound or not _COMPARED.isdisjoint(_WORD.findall(clause))
    bound = bound or (bool(fields.get("days")) and _goes_on(written, text[end : end + 3]))
    return DateWords(written, start + offset, end + offset, bound=bound, **fields)


# "Baghdad Today" is a paper, but "in Baghdad today" is a day.
_PAPER = re.compile(r"(?:^|[^\w\s]\s*|ل\s?|وكاله\s)(?:بغداد|العراق|كربلاء|الانبار|كركوك)\s$")


def _goes_on(written: str, behind: str) -> bool:
    """Whether words count from what follows: "a day after a blast", but "a day after, ..."."""
    return (
        written.lower().endswith((" after", " before", " of", " to"))
        and behind.strip()[:1].isalnum()
    )


@cache
def _bound() -> re.Pattern[str]:
    bounds = "|".join(_lexicon()["bounds"])
    return re.compile(
        rf"(?:^|\W)(?:(?:{bounds})\s+(?:mid|late|early|the)?"
        r"|years?\s+ago,?\s+(?:on|this)?)[\s-]*$"  # "Five years ago on Sunday": not that Sunday
    )


# "The deadliest attack this year", "since the invasion in 2003": a span compared with.
_COMPARED = frozenset(
    {"since", "deadliest", "worst", "bloodiest", "highest", "lowest", "biggest", "largest"}
    | {"first", "second", "third"}
)
_BREAK = re.compile(r"[,;]|\.(?!\S)")
_MONTH_CUE = re.compile(
    r"(?:^|\W)(?:in|on|early|late|mid|last|since|of|during|until|next|this|في|شهر)[\s-]+$"
)


def _fields(match: re.Match[str], text: str) -> dict[str, Any] | None:
    words, group = _lexicon(), match.groupdict()
    for n in "12345":
        if group.get(f"m{n}"):
            return _month_fields(match, n, text)
    if group["iso"]:
        return _ymd(*re.split("[-/]", group["iso"]))
    if group["dashes"]:
        return _slashes(*re.split(r"\s?-\s?", group["dashes"]))
    if group["slashes"]:
        return _slashes(*re.split(r"[/.-]", group["slashes"]))
    if group["short"]:
        day, month, year = re.split(r"[/.-]", group["short"])
        return _slashes(day, month, _century(year))
    if group["month_of"]:
        month, year = group["month_of"].split("/")
        return {"kind": "calendar", "year": int(year), "month": int(month)}
    if group["lunar"]:
        return {"kind": "lunar"}
    if group["feast"]:
        month, day = words["feasts"][" ".join(group["feast"].split())].split("-")
        year = int(group["y7"]) if group["y7"] else None
        return {"kind": "calendar", "year": year, "month": int(month), "day": int(day)}
    if group["y5"]:
        return {"kind": "calendar", "year": int(group["y5"])}
    if group["weekday"]:
        name = group["weekday"]
        if not _is_name(text, match.start("weekday")):
            return None
        return {"kind": "weekday", "weekday": words["weekdays"][name]}
    if group["n"]:
        written = str(group["n"])
        count = int(written) if written.isdigit() else int(words["numbers"][written])
        days, way = count * int(words["units"][group["unit"]]), str(group["way"])
        if way in words["counted_from_publication"]:
            return {"kind": "published", "days": days * words["counted_from_publication"][way]}
        return {"kind": "context", "days": days * words["counted_from_context"][way]}
    return _phrase_fields(group)


def _century(year: str) -> str:
    """Return a year that is written with two figures with four."""
    return f"{19 if year > '50' else 20}{year}"


def _slashes(day: str, month: str, year: str) -> dict[str, Any]:
    """Read "31/12/2015", and "12/31/2015" as Americans write; "1/2/2015" may be either."""
    if int(month) > _MONTHS:
        return _ymd(year, day, month)
    return _ymd(year, month, day) | {"swaps": int(day) <= _MONTHS}


_MONTHS = 12


def _ymd(year: str, month: str, day: str) -> dict[str, Any]:
    return {"kind": "calendar", "year": int(year), "month": int(month), "day": int(day)}


def _phrase_fields(group: dict[str, str | None]) -> dict[str, Any]:
    words = _lexicon()
    for kind, part in (("published", "from_publication"), ("context", "from_context")):
        phrase = group[kind]
        if phrase:
            weekday = words["weekdays"].get(group["of_week"] or "")
            return {
                "kind": kind,
                "days": words[part][" ".join(phrase.split())],
                "weekday": weekday,
            }
    if group["span"]:
        return {"kind": "span", "span": words["spans"][" ".join(group["span"].split())]}
    return {"kind": "overnight"}


def _month_fields(match: re.Match[str], n: str, text: str) -> dict[str, Any] | None:
    if not _is_name(text, match.start(f"m{n}")):
        return None
    group = match.groupdict()
    name = re.split(r"\s*[/(]", match.group(f"m{n}"))[0].rstrip(".")
    if n == "4":
        # "May" and "March" are also words, and Arabic months too: a preposition must say.
        before = fold_in_place(text[max(0, match.start() - 10) : match.start()])
        if not _MONTH_CUE.search(before):
            return None
    year, day, last = group.get(f"y{n}"), group.get(f"d{n}"), group.get(f"e{n}")
    if n == "2" and group["s2"]:
        year = _century(group["s2"])
    if n == "5":
        nth = " ".join(group["nth"].split())
        year, day = group["y6"], str(_lexicon()["ordinals"][nth])
    return {
        "kind": "calendar",
        "year": int(year) if year else None,
        "month": _month(" ".join(name.split())),
        "day": _number(day) if day else None,
        "last_day": _number(last) if last else None,
        "weekday": _lexicon()["weekdays"].get(group.get(f"w{n}") or ""),
    }


def _month(name: str) -> int:
    """Return the number of a month, whose name may have an ending."""
    known = _lexicon()["months"]
    return int(next(known[name[:end]] for end in (None, -1, -3) if name[:end] in known))


def _number(day: str) -> int:
    return int(re.sub(r"\D+$", "", day))


def _is_name(text: str, start: int) -> bool:
    """Whether a word is written as a name: capital, or with letters that English does not have."""
    word = re.compile(r"\w+").match(text, start)
    return not text[start].islower() or bool(word and not word.group().isascii())
