"""The forms in which dates are written: names of months in our languages, and patterns."""

from __future__ import annotations

import re

from mapper.readers.numbers import plain_letters

MONTHS = {
    plain_letters(name).replace("_", " "): number
    for number, names in enumerate(
        (
            "january jan janvier يناير كانون_الثاني كانون_ثاني كانون_2 ك2 کانوونی_دووەم"
            " rêbendan çile",
            "february feb février fevrier فبراير شباط شوبات reşemî sibat",
            "march mar mars مارس اذار ئازار adar",
            "april apr avril ابريل نيسان nîsan",
            "may mai مايو ايار ئایار gulan",
            "june jun juin يونيو حزيران حوزەیران hezîran pûşper",
            "july jul juillet يوليو تموز تەمموز tîrmeh",
            "august aug août aout اغسطس اب ئاب tebax",
            "september sept sep septembre سبتمبر ايلول ئەیلوول îlon rezber",
            "october oct octobre اكتوبر تشرين_الاول تشرين_اول تشرين_1 ت1 تشرینی_یەکەم cotmeh",
            "november nov novembre نوفمبر تشرين_الثاني تشرين_ثاني تشرين_2 ت2 تشرینی_دووەم mijdar",
            "december dec décembre decembre ديسمبر كانون_الاول كانون_اول كانون_1 ك1 کانوونی_یەکەم"
            " berfanbar",
        ),
        start=1,
    )
    for name in names.split(" ")
}
_ANY_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_MONTH = rf"(?P<name>{_ANY_MONTH})\.?"
_OFFSET = r"[+-](?:0\d|1[0-4]):?[0-5]\d"
"""A zone by its hours and minutes; no clock is further from Greenwich's."""

_TIME = (
    r"(?:[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?|ص|م)?"
    rf"\s*(?:Z|{_OFFSET})?)?"
)
_WEEKDAY = (
    r"(?:(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?:يوم )?(?:السبت|الاحد|الاثنين"
    r"|الثلاثاء|الاربعاء|الخميس|الجمعة))[,،]?\s+)?"
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + text + _TIME, re.IGNORECASE)


YEAR_FIRST = _pattern(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
SHORT_YEAR_FIRST = _pattern(r"(?P<y>\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
GROUP = re.compile(
    rf"(?P<d>\d{{2}})(?P<hour>\d{{2}})(?P<minute>\d{{2}})\s?(?P<zone>[A-Z])?"
    rf"\s?(?P<rest>(?:{_ANY_MONTH})\s?(?:\d{{4}}|\d{{2}}))",
    re.IGNORECASE,
)
"""A military date-time group: day, hour, minute, zone, month, year."""

ZONES = {letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", start=1)} | {
    letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", start=1)
}
"""The zones of the military by their letters, in hours; Z is Greenwich's, J the local one."""

_ZONE = rf"(?P<zone>Z|(?:UTC|GMT)?{_OFFSET}|UTC|GMT)"
ZONED = re.compile(
    r"(?P<rest>.*\d)[T,\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\.?|ص|م)?\s*{_ZONE}",
    re.IGNORECASE,
)
COMPACT_TIME = re.compile(
    rf"(?P<rest>(?:19|20)\d{{6}})T?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?:\d{{2}})?{_ZONE}?",
    re.IGNORECASE,
)
SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
"""Seconds or thousandths of them since 1970, as programs count time."""

TWO_NUMBERS = _pattern(r"(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})")
DAY_NAME = _pattern(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-/. ]*" + _MONTH + r"[-/., ]*(?P<y>\d{4}|\d{2})"
)
NAME_DAY = _pattern(_MONTH + r"[-/. ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<y>\d{4})")
YEAR_NAME = _pattern(r"(?P<y>\d{4})[-/., ]+" + _MONTH + r"[-/. ]+(?P<d>\d{1,2})")
SPACED = re.compile(r"(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)")
"""``14 / 1 / 2024``."""

ERA = re.compile(r"(?<=\d{4})\s*(?:م|ميلادي[ةه]?|A\.?D\.?|C\.?E\.?)$", re.IGNORECASE)
ABOUT = re.compile(
    r"(?:[~≈]|(?:c\.|ca\.?|circa|about|around|approx(?:imately|\.)?|نحو|حوالي|تقريبا|بحدود)\s)\s*",
    re.IGNORECASE,
)
HOUR_OF_DAY = re.compile(
    r"(?:(?:on |in )?(?:the )?(?:night|evening|morning|afternoon|day|dawn) of (?:the )?"
    r"|on (?:the )?|(?:في |ب)?(?:ليلة|ليل|مساء|صباح|فجر|ظهر|عصر|بتاريخ|تاريخ) (?=\S))",
    re.IGNORECASE,
)
"""What may stand before a day that tells the day no better, and not another."""

MONTH_ONLY = (
    re.compile(_MONTH + r"[-/., ]*(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})[-/., ]+" + _MONTH, re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?:00?|\?+|xx)", re.IGNORECASE),
    re.compile(r"(?:00?|\?+|xx)[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.IGNORECASE),
    re.compile(_MONTH + r"-(?P<y>\d{2})", re.IGNORECASE),
    re.compile(_MONTH + r"\s*['’](?P<y>\d{2})", re.IGNORECASE),
)
YEAR_ONLY = re.compile(r"(?P<y>(?:19|20)\d{2})(?:\.0|[-/.]00?[-/.]00?)?")
QUARTER = re.compile(
    r"(?:Q(?P<q>[1-4])|(?P<q2>[1-4])(?:st|nd|rd|th) quarter(?: of)?)[-/, ]*(?P<y>\d{4})"
    r"|(?P<y2>\d{4})[-/, ]*Q(?P<q3>[1-4])",
    re.IGNORECASE,
)
WEEK = re.compile(
    r"(?P<y>\d{4})[-/, ]*W(?:eek)?[- ]*(?P<w>\d{1,2})(?:-(?P<d>[1-7]))?"
    r"|(?:W|KW|CW|week(?: no\.?)?|semaine|(?:ال)?اسبوع|هەفتەي)[-. ]*(?P<w2>\d{1,2})"
    r"(?:[-/, ]+(?:of )?|(?<=\d)\s)(?P<y2>\d{4})",
    re.IGNORECASE,
)
"""A week as ISO 8601 counts them."""

PARTS_OF_MONTH = tuple(
    (re.compile(rf"(?:{words})[- ]*(?P<rest>.+)", re.IGNORECASE), first, last)
    for words, first, last in (
        ("early|beginning of|start of|اوائل|مطلع|بداية", 1, 10),
        ("mid|middle of|منتصف|اواسط", 11, 20),
        ("late|end of|اواخر|نهاية", 21, 31),
    )
)
DAY_ZERO = re.compile(r"1900[-/.]0?1[-/.]00?|(?:00?[-/.]0?1|0?1[-/.]00?)[-/.]1900")
"""What spreadsheets show as a day where there is 0."""

SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_TO = r"(?:-|–|—|/|to|and|&|و|الي|حتي|لغاية|au)"
FROM = re.compile(r"(?:from|between|من|بين|ما بين|du|entre)\s+", re.IGNORECASE)
DAY_SPAN = re.compile(
    rf"(?P<d>\d{{1,2}})\s*{_TO}\s*(?P<d2>\d{{1,2}})\s+(?P<rest>\D+\d{{4}})", re.IGNORECASE
)
DAYS_OF_MONTH = re.compile(
    r"(?P<d>\d{1,2})\s*[-–—]\s*(?P<d2>\d{1,2})(?P<rest>(?P<mark>[/.])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))"
)
"""``01-03/02/2024``."""

NAME_SPAN = re.compile(
    rf"(?P<a>{_ANY_MONTH})\.?\s*(?P<d>\d{{1,2}})?\s*{_TO}\s*"
    rf"(?P<b>{_ANY_MONTH})?\.?\s*(?P<d2>\d{{1,2}})?[,\s]+(?P<y>\d{{4}})",
    re.IGNORECASE,
)
"""``March 1-5, 2015`` and ``Jan-Mar 2014``."""

SPAN = re.compile(
    r"\s+(?:to|until|till|through|–|—|-|/|الي|حتي|لغاية)\s+|(?<=\d{4})\s*[–—]\s*"
    r"|(?<=[-/.]\d{4})-(?=\d{1,2}[/.])|(?<=^\d{4})-(?=\d{4}$)",
    re.IGNORECASE,
)
ISO_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
_OTHER_MONTHS = (
    "muharram|safar|rabi|jumad|rajab|sha.?ban|ramad|shaww|dhu|zul|محرم|صفر|ربيع|جماد|رجب|شعبان|رمضان"
    "|شوال|ذو|ذي"
)
OTHER_CALENDAR = (
    r"(?i)\s*1[34]\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}\b.*"
    r"|\s*\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*1[34]\d\d\b.*"
    rf"|.*\b(?:{_OTHER_MONTHS}).*\b1[34]\d\d\b.*|.*\b1[34]\d\d\s*(?:AH|H|هـ|ه|ھ)\.?\s*"
)
"""A day of the Hijri calendar, lunar or solar."""

TIMED = (
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"\s?(?:Z|UTC|GMT|[+-](?!03:?00\b)(?:0\d|1[0-4])(?::?[0-5]\d)?)"
)
"""A day with a time that is not Iraq's."""

TIME_AFTER = (
    r"[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[apAP]\.?[mM]\.?|ص|م)?\s*(?:\+03:?00)?$"
)
