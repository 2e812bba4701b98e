"""Aliases that lists give of places: those that somebody would write, and their languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gazetteer.normalise import fold, is_arabic_script

_LATIN_NAME = re.compile(r"[^\W\d_][\w\s'’‘`ʼʻʿʾ.()-]+")
_LETTERS_OF_OTHERS = re.compile(
    r"[\u0370-\u05ff\u0700-\u074f\u0900-\u1dff\u2e80-\uf8ff\U00010000-]"
)


def usable_names(texts: Iterable[str], *, drop: frozenset[str] = frozenset()) -> list[list[Any]]:
    """Choose among aliases those that somebody would write in one of our languages."""
    names = []
    for text in dict.fromkeys(text.strip() for text in texts):
        if text in drop or not text or _LETTERS_OF_OTHERS.search(text):
            continue
        arabic = is_arabic_script(text)
        if arabic and re.search("[A-Za-z]", text):
            continue  # a transliteration that missed some letters
        if not arabic and not _is_latin_name(text):
            continue
        names.append([text, _language(text), False, None])
    return names


def _is_latin_name(text: str) -> bool:
    if text.isupper() and len(text) <= 4:
        return False  # an airport's code
    if text[0].islower() and not re.match(r"a[a-z]{1,2}[- ]\w*[A-Z]", text):
        return False  # a transliteration letter by letter, often without vowels
    return bool(_LATIN_NAME.fullmatch(text)) and len(fold(text)) > 2


def _language(text: str) -> str:
    if is_arabic_script(text):
        return "ckb" if re.search("[ەێۆڕڵڤھ]", text) else "ar"
    return "kmr" if re.search("[êîûşçÊÎÛŞÇ]", text) else "en"
