"""Datelines: where and when a report was written, which is no event's place or day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.extraction.sentences import Sentence, Token, fold

_DASHES = frozenset({"-", "--", "–", "—"})


def dateline_end(sentence: Sentence) -> int:
    """Return the number of words that are a dateline: "BAGHDAD, Iraq (Reuters) -".

    They name where it was written.
    """
    if sentence.opens_item or sentence.is_title or sentence.index > 3:
        return 0
    tokens = sentence.tokens
    if tokens[0].text == "(":
        # "(November 3, 2009) Gunmen stormed": when it was written.
        return next((n + 1 for n, token in enumerate(tokens[:9]) if token.text == ")"), 0)
    if not tokens[0].is_word:
        return 0
    if _has_no_capitals(tokens[0]):
        return _dated_dateline(tokens)
    if not tokens[0].text[0].isupper():
        return 0
    for n, token in enumerate(tokens[:16]):
        if token.text in _DASHES and n:
            head = _without_agency(tokens[:n])
            return _with_day(tokens, n) if _are_names(head) else 0
        if token.text == ":" and 1 < n < 7 and any(t.text[0].isdigit() for t in tokens[:n]):
            return n + 1
        if token.text == ";" and n > 1:  # a full stop within a sentence is an abbreviation's
            break
    return _capital_dateline(tokens)


def _has_no_capitals(token: Token) -> bool:
    return token.text[0].isalpha() and token.text.upper() == token.text.lower()


def _are_names(tokens: Sequence[Token]) -> bool:
    """Whether all words have a capital, where their letters have any."""
    return all(not token.text[0].islower() or not token.text.isalpha() for token in tokens)


def _with_day(tokens: Sequence[Token], dash: int) -> int:
    """Count the words up to a dash, or to a second one behind a day: "BAGHDAD - May 5, 2004 -"."""
    behind = tokens[dash + 1 : dash + 9]
    other = next((n for n, token in enumerate(behind) if token.text in _DASHES), 0)
    is_day = any(is_year(token) for token in behind[:other]) and _are_names(behind[:other])
    return dash + other + 2 if is_day else dash + 1


def is_year(token: Token) -> bool:
    """Whether a word is, or ends with, a year of the times that have news."""
    return bool(_YEAR.search(token.lower))


_YEAR = re.compile(r"(?:^|\D)(?:19|20)\d\d$")


def _without_agency(head: Sequence[Token]) -> Sequence[Token]:
    """Leave out what stands in brackets: "BAGHDAD, Aug 19 (dpa)"."""
    opening = next((n for n, token in enumerate(head) if token.text == "("), len(head))
    return head[:opening] if head[-1].text == ")" else head


def _dated_dateline(tokens: Sequence[Token]) -> int:
    """Count the words of a dateline without capitals, which a place, a day and a dash tell.

    "بغداد (العراق) 14 أيار 2024 (أ ف ب) -": what goes on without a dash is a sentence.
    """
    year = next((n for n, token in enumerate(tokens[:14]) if is_year(token)), 0)
    day = next((n for n, token in enumerate(tokens[:year]) if token.lower[0].isdecimal()), 0)
    place = _without_agency(tokens[:day]) if day else ()
    if not _are_place([token.lower for token in place if token.is_word], tokens[day - 1]):
        return 0
    behind = [token.text for token in tokens[year + 1 : year + 10]]
    is_end = behind and (behind[0] in _DASHES or behind[0] in _OPENS_AGENCY)
    return next((year + n + 2 for n, m in enumerate(behind) if m in _DASHES), 0) if is_end else 0


def _are_place(words: list[str], last: Token) -> bool:
    """Whether words without capitals, of which one is the last, name a place before its day."""
    if not words or words[0] in _OF_DAYS or not _OF_SENTENCES.isdisjoint(words):
        return False
    # Of two words the other may be what happened; a mark parts a place from its day.
    return len(words) <= (1 if last.is_word else 4)


def _capital_dateline(tokens: Sequence[Token]) -> int:
    """Count the words of a dateline that lost its dash: "BAGHDAD US warplanes fired"."""
    end = 0
    while end < min(3, len(tokens)) and tokens[end].text.isupper() and len(tokens[end].text) > 4:
        end += 1
    if not end or end >= len(tokens) or (tokens[end].text.isupper() and len(tokens[end].text) > 4):
        return 0
    return end + 1 if tokens[end].text == ":" else end


def begins_line(sentence: Sentence, text: str) -> bool:
    """Whether a sentence stands at the beginning of a line of its text."""
    before = text[max(0, sentence.start - 20) : sentence.start].rstrip(" \t\xa0")
    return not before or before[-1] == "\n"


def may_be_byline(sentence: Sentence, text: str) -> bool:
    """Whether a sentence is a line of its own with a year, short enough to tell of the report."""
    if len(sentence.tokens) > _LONGEST_BYLINE or not any(map(is_year, sentence.tokens)):
        return False
    behind = text[sentence.end : sentence.end + 20].lstrip(" \t\xa0")
    return begins_line(sentence, text) and behind[:1] in ("", "\n")


_LONGEST_BYLINE = 24


def is_byline(before: Sequence[Token], behind: Sequence[Token], *, is_title: bool) -> bool:
    """Whether the words around the day in a line tell who published, where or that, and no more.

    "Published: May 14, 2024", "By Ali Hasan, May 14, 2024", "BAGHDAD, May 14, 2024 (AFP)".
    """
    after = _names(_without_agency(behind)) if behind else []
    if after and (after[0] is behind[0] or not _are_few_names(after)):
        return False  # "May 14, 2024 Elections", "May 14, 2024, a black day"
    said = next((n for n, token in enumerate(before) if token.lower in _PUBLISHED), None)
    if said is not None:  # "The report published on May 14, 2024" goes on before it
        is_parted = not _names(before[:said]) or not before[said - 1].is_word
        return is_parted and not _names(before[said + 1 :])
    names = _names(before)
    if not names:
        return True
    if _has_no_capitals(names[0]):
        return not is_title and _are_place([token.lower for token in names], before[-1])
    has_agency = bool(behind) and (behind[0].text == "(" or behind[-1].text in _DASHES)
    return _are_few_names(names) and (has_agency or names[0].text.isupper() or not is_title)


def _are_few_names(tokens: Sequence[Token]) -> bool:
    most = 2 if _has_no_capitals(tokens[0]) else 5
    return len(tokens) <= most and _are_names(tokens)


def _names(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.text[0].isalpha() and t.lower not in _BESIDE_DAY]


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed.split())


_OPENS_AGENCY = frozenset("(/|،,[")
# Words of a sentence, and days, with which one may begin.
_OF_SENTENCES = _words("في يوم من منذ إلى قبل بعد حتى بتاريخ أن لە ل")
_OF_DAYS = _words("السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة")
_PUBLISHED = _words("published posted نشر نشرت النشر بڵاوکراوەتەوە weşandin weşandinê")
_BESIDE_DAY = _words(
    "by on at date time first originally am pm a.m p.m a.m. p.m. gmt utc ast est edt bst et "
    "م ص هـ ه في تاريخ التاريخ بتاريخ الساعة بتوقيت غرينتش لە بەرواری li di"
)
UPDATED = _words(
    "updated update modified revised corrected edited accessed retrieved archived copyright last "
    "تحديث التحديث تعديل نوێکردنەوە nûkirin"
)
"""Words for a day that is not the one of publication."""
