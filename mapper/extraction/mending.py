"""Mends news that arrives damaged, in a copy whose offsets lead back to the text as given.

Entities that lost their ampersand (``#39;``), lines broken anywhere, tags shown as
text, marks that cannot be seen, what logs write short.
"""

from __future__ import annotations

import re

_DAMAGE = re.compile(
    r"""
    (?=[^\S\ ]|\ [\s&\#q]
     |\u0647\u200c|[&\#q<\\\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff])(?:
    \ ?&?\#0?39;(?:\ (?=s\b))?      # an apostrophe
  | \ ?&?quot;                       # a quotation mark
  | &amp;
  | &lt;/?[a-zA-Z][^&<>]{0,300}&gt;  # a tag shown as text
  | </?[a-zA-Z][^<>]{0,300}>         # a tag
  | &nbsp; | \\
  | (?P<dash>(?<=\s)\u0640+(?=\s))   # Arabic's long stroke as a dash
  | \u0647\u200c                     # Sorani's e, as it was written before it had a letter
  | [\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0640\u064b-\u0652]+
  | [^\S\n]*\n\s*                    # the end of a line
  | [^\S\n]{2,} | [\t\r\f\v\xa0]
    )""",
    re.VERBOSE,
)
# What logs write short: "2 x guards shot nr. Hilla w/ rifles".
_WRITTEN_OUT = {"nr": "near", "nr.": "near", "b/w": "between", "w/": "with ", "w/o": "without"}
_MARKS = ("nr", "w/", "/w", "x ")  # one of which each has
_LOG = 2000  # characters: no entry of a log is longer
_TELEGRAM = re.compile(r"\b(?:nr\b\.?|b/w\b|w/o\b|w/)(?=\s|\w)|(?<=\d)[ ]?x(?=[ ][A-Za-z])")
_DAMAGE_OF_LOGS = re.compile(f"{_TELEGRAM.pattern}|{_DAMAGE.pattern}", re.VERBOSE)
_TERMINAL = '.!?؟…:;"”’)'


def mend(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the mended text, and pairs (offset in it, offset in the text given)."""
    parts: list[str] = []
    mended = [(0, 0)]
    length = last = 0
    head = text[:_LOG]
    is_telegram = any(mark in head for mark in _MARKS) and _TELEGRAM.search(head)
    for damage in (_DAMAGE_OF_LOGS if is_telegram else _DAMAGE).finditer(text):
        parts.append(text[last : damage.start()])
        new = _repair(damage, text)
        parts.append(new)
        length += damage.start() - last
        if new:
            mended.append((length, damage.start()))
        length += len(new)
        last = damage.end()
        mended.append((length, last))
    parts.append(text[last:])
    return "".join(parts), tuple(mended)


def _repair(damage: re.Match[str], text: str) -> str:
    found = damage.group()
    if found.endswith("x"):
        return ""  # "2 x soldiers"
    if found in _WRITTEN_OUT:
        return _WRITTEN_OUT[found]
    if "39;" in found:
        return "'"
    if "quot;" in found:
        return ' "' if found.startswith(" ") else '"'
    if found == "&amp;":
        return "&"
    if damage["dash"]:
        return "-"
    if found == "\u0647\u200c":
        return "\u06d5"
    if "\n" in found:
        return _line_end(damage, text)
    return "" if found[0] > "\u0600" else " "


def _line_end(damage: re.Match[str], text: str) -> str:
    """Tell the end of a title or paragraph ("newline") from a line broken anywhere."""
    before = text[max(0, damage.start() - 1) : damage.start()]
    if damage.group().count("\n") > 1 or before in _TERMINAL:
        return "\n\n"
    begin = text.rfind("\n", 0, damage.start()) + 1
    if _BYLINE.match(text, begin, damage.start()):
        return "\n\n"
    if damage.start() < _HEAD and _DAY_LINE.match(text, begin, damage.start()):
        return "\n\n"
    is_first_line = (
        not text[: damage.start()].strip().count("\n") if damage.start() < 400 else False
    )
    starts_anew = not text[damage.end() : damage.end() + 1].islower()
    if text[damage.end() : damage.end() + 1] > "\u0600" and _is_beside_long_line(text, damage):
        return "\n\n"
    return "\n\n" if is_first_line and starts_anew else " "


def _is_beside_long_line(text: str, damage: re.Match[str]) -> bool:
    """Whether a line beside is too long to have been broken: lines are paragraphs there."""
    behind = text.find("\n", damage.end(), damage.end() + _WIDTH) < 0
    before = text.rfind("\n", max(0, damage.start() - _WIDTH), damage.start()) < 0
    is_behind = behind and len(text) - damage.end() > _WIDTH
    return is_behind or (before and damage.start() > _WIDTH)


_BYLINE = re.compile(r"By [^\n]{2,80}$")
# Behind so many characters no line tells any more when the report was published.
_HEAD = 400
_DAY_LINE = re.compile(
    r"""
    (?:(?:[A-Z(|•–—:/-]|published|posted|on|by|[\u0600-\u06ff])[^\s\d]*\s+){0,7}
    (?: \d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d
      | (?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}
      | [A-Z][a-z]{2,8}\.?\ \d{1,2}(?:st|nd|rd|th)?,?\ (?:19|20)\d\d
      | \d{1,2}(?:st|nd|rd|th|ی|'?ê)?\ (?:[^\W\d_]{2,}[\s/,،]{1,3}){1,4}(?:19|20)\d\d\w{0,3})
    (?:\s*[(|،,/•–—-][^\n]{0,60}|\s+(?:at\s+)?\d{1,2}:\d\d[^\n]{0,30}|\s+م)?\s*$""",
    re.VERBOSE,
)
# No text is broken into longer lines.
_WIDTH = 120
