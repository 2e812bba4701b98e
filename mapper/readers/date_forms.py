"""The forms in which dates are written: names of months in our languages, and patterns."""

from __future__ import annotations

import re

MONTHS = {
    name.strip().replace("_", " "): number
    for number, names in enumerate(
        (
            "january jan janvier يناير كانون_الثاني کانوونی_دووەم rêbendan çile",
            "february feb février fevrier فبراير شباط شوبات reşemî sibat",
            "march mar mars مارس آذار اذار ئازار adar",
            "april apr avril أبريل ابريل نيسان نیسان nîsan",
            "may mai مايو أيار ايار ئایار gulan",
            "june jun juin يونيو حزيران حوزەیران hezîran pûşper",
            "july jul juillet يوليو تموز تەمموز tîrmeh",
            "august aug août aout أغسطس اغسطس آب اب ئاب tebax",
            "september sept sep septembre سبتمبر أيلول ايلول ئەیلوول îlon rezber",
            "october oct octobre أكتوبر اكتوبر تشرين_الأول تشرين_الاول تشرینی_یەکەم cotmeh",
            "november nov novembre نوفمبر تشرين_الثاني تشرینی_دووەم mijdar",
            "december dec décembre decembre ديسمبر كانون_الأول كانون_الاول کانوونی_یەکەم berfanbar",
        ),
        start=1,
    )
    for name in names.split(" ")
}
_MONTH = "(?P<name>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\.?"
_TIME = (
    r"(?:[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?|ص|م)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = (
    r"(?:(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?:يوم )?(?:السبت|الأحد|الاحد|الاثنين"
    r"|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة))[,،]?\s+)?"
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + text + _TIME, re.IGNORECASE)


YEAR_FIRST = _pattern(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
GROUP = re.compile(
    r"(?P<d>\d{2})\d{4}\s?[A-Z]?\s?" + _MONTH + r"\s?(?P<y>\d{4}|\d{2})", re.IGNORECASE
)
"""A military date-time group: day, hour, minute, zone, month, year."""

TWO_NUMBERS = _pattern(r"(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})")
DAY_NAME = _pattern(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-/. ]*" + _MONTH + r"[-/., ]*(?P<y>\d{4}|\d{2})"
)
NAME_DAY = _pattern(_MONTH + r"[-/. ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<y>\d{4})")
YEAR_NAME = _pattern(r"(?P<y>\d{4})[-/., ]+" + _MONTH + r"[-/. ]+(?P<d>\d{1,2})")
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
    r"|(?:W|KW|CW|week(?: no\.?)?|semaine|(?:ال)?[أا]سبوع|هەفتەی)[-. ]*(?P<w2>\d{1,2})"
    r"(?:[-/, ]+(?:of )?|(?<=\d)\s)(?P<y2>\d{4})",
    re.IGNORECASE,
)
"""A week as ISO 8601 counts them."""

PARTS_OF_MONTH = tuple(
    (re.compile(rf"(?:{words})[- ]*(?P<rest>.+)", re.IGNORECASE), first, last)
    for words, first, last in (
        ("early|beginning of|start of|أوائل|اوائل|مطلع|بداية", 1, 10),
        ("mid|middle of|منتصف|أواسط|اواسط", 11, 20),
        ("late|end of|أواخر|اواخر|نهاية", 21, 31),
    )
)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
DAY_SPAN = re.compile(
    r"(?P<d>\d{1,2})\s*(?:-|–|—|to|and|&|و|/)\s*(?P<d2>\d{1,2})\s+(?P<rest>\D+\d{4})",
    re.IGNORECASE,
)
NAME_SPAN = re.compile(
    r"(?P<a>[^\W\d]+\.?)\s*(?P<d>\d{1,2})?\s*(?:-|–|—|to|and|&)\s*"
    r"(?P<b>[^\W\d]+\.?)?\s*(?P<d2>\d{1,2})?[,\s]+(?P<y>\d{4})",
    re.IGNORECASE,
)
"""``March 1-5, 2015`` and ``Jan-Mar 2014``."""

SPAN = re.compile(
    r"\s+(?:to|until|till|through|–|—|-|/|إلى|الى|حتى)\s+|(?<=\d{4})\s*[–—]\s*"
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
    r"\s?(?:Z|UTC|GMT|[+-](?!03:?00\b)\d\d(?::?\d\d)?)"
)
"""A day with a time that is not Iraq's."""

TIME_AFTER = (
    r"[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[apAP]\.?[mM]\.?|ص|م)?\s*(?:\+03:?00)?$"
)
