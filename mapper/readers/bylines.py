"""The day of publication that a page shows to its readers and declares to no program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

from mapper.readers.articles import HIJRI

_MOST_TEXTS = 5_000
_LONGEST_LINE = 120
_BESIDE = frozenset({"aside", "nav", "footer", "blockquote", "figure"})


def days_shown(tree: Any) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the words for days: behind "Published", alone, and behind "Published" elsewhere.

    The first two stand above the text, the last two below it, not in lists and in them.
    Above is before the first paragraph; a day alone must follow the only main heading.
    """
    found = islice(tree.xpath("//body//text()[normalize-space()]"), _MOST_TEXTS)
    texts = [(_parent(text), " ".join(text.split())) for text in found]
    long = (n for n, (_, text) in enumerate(texts) if len(text) > _LONGEST_LINE)
    first = next(long, len(texts))
    above: list[str] = []
    elsewhere: list[str] = []
    listed: list[str] = []
    for n, (parent, text) in enumerate(texts):
        label = _LABEL.search(text) if len(text) <= _LONGEST_LINE else None
        if label and not (around := _around(parent)) & _BESIDE:
            line = "\n".join(words for _, words in texts[n : n + 4])
            kind = above if n < first else listed if "li" in around else elsewhere
            kind += _day_behind(line, label)
    return above, list(_days_alone(tree, texts[:first])), elsewhere, listed


def _parent(text: Any) -> Any:
    return text.getparent().getparent() if text.is_tail else text.getparent()


def _around(element: Any) -> set[str]:
    return {one.tag for one in [element, *islice(element.iterancestors(), 30)]}


def _day_behind(line: str, label: re.Match[str]) -> list[str]:
    """Return the words for the day behind a label, where the line does not go on as a sentence."""
    behind = _plain(line[label.end() : label.end() + _LONGEST_LINE]).lstrip("\n :|–—-")
    day = _DAY.match(behind)
    if not day or (label["any_day"] and _TOLD_OF.match(behind, day.end())):
        return []
    return [day["day"]] if _END.match(behind, day.end()) else []


def _days_alone(tree: Any, texts: list[tuple[Any, str]]) -> Iterator[str]:
    heads = list(tree.iter("h1"))
    inside = set(heads[0].iter()) if len(heads) == 1 else set()
    behind = max((n + 1 for n, (parent, _) in enumerate(texts) if parent in inside), default=None)
    if behind is None:
        return
    for (_, before), (parent, text) in pairwise(texts[behind - 1 :]):
        if not _NOT_NEW.search(before) and _around(parent).isdisjoint({*_BESIDE, "li"}):
            for part in _PARTS.split(_plain(text)):
                day = _DAY.fullmatch(_TIME.sub("", part).strip())
                if day:
                    yield day["day"]


def _plain(text: str) -> str:
    """Write a day as English does: without the Islamic one, a second name, endings of Kurdish."""
    text = HIJRI.sub("", text).replace("،", ",")
    return _SECOND_NAME.sub("", _ENDINGS.sub("", text))


_SECOND_NAME = re.compile(r"(?<=[^\W\d])\s?/\s?[^\W\d]{3,10}(?=,?\s\d{4})")
_ENDINGS = re.compile(r"(?<=\d)(?:ی|ي|'?y?[êa]n?)(?!\w)")
_LABEL = re.compile(
    r"(?:^|[|•·(/–—-]\s*)(?:(?:first|originally|article|date|date and time)\s+)?"
    r"(?:published|posted|publication date|publish date|published date|(?P<any_day>date|التاريخ)"
    r"|(?:تم\s)?نُ?شرت?|النشر|تاريخ\s(?:النشر|الخبر|الإضافة|المقال)"
    r"|بڵاوکرا(?:وەتەوە|یەوە|وە)|بەرواری\sبڵاوکردنەوە|(?:hat\s)?weşandin[ê]?|dîroka\sweşanê)"
    r"(?:\sby\s[^|:\d]{2,40}?\son|\s(?:on|at|في|بتاريخ|يوم|لە|li))?\s*(?:[:|–—-]\s*)?",
    re.IGNORECASE,
)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:يوم\s)?ال(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)"
    r"|\w{0,6}شەم+ە|هەینی|\w{0,5}şem[îb]?|înî)"
)
_DAY = re.compile(
    rf"\(?(?:{_WEEKDAY}\.?,?\s)?(?P<day>\d{{4}}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{{4}}"
    r"|\d\d?(?:st|nd|rd|th)?[\s-](?:of\s)?[^\W\d][^\d,]{2,20}?,?[\s-]\d{4}"
    r"|[^\W\d]{3,9}\.?\s\d\d?(?:st|nd|rd|th)?,?\s\d{4})(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:\s+at|,)?\s+\d\d?[:.]\d\d.{0,20}$")
_END = re.compile(
    r"\s*(?:$|[\n|•·()/–—-])|,?\s*(?:at|by|in|updated|last|modified|آخر|الساعة|\d\d?[:.]\d\d)(?!\w)"
    r"|T\d",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(r"\s*[–—-]\s*[^\W\d]")
"""``Date: 12 May 2024 - a bomb ...``: the day of what is told, not of telling it."""

_PARTS = re.compile(r"\s*[|•·]\s*|\s[–—-]\s")
_NOT_NEW = re.compile(r"updated|modified|edited|تحديث|تعديل", re.IGNORECASE)
