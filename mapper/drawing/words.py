"""The page's words in each language."""

from __future__ import annotations

import functools
from importlib import resources

import yaml

from mapper.style import LANGUAGES

LOCALES = {"en": "en-GB", "ar": "ar-IQ", "ckb": "ar-IQ", "kmr": "de-DE"}
"""Whose way of writing numbers a language follows.

Browsers know none for Kurdish: Sorani is given Iraq's, Kurmanji one that puts
points between thousands.
"""


def words(language: str) -> dict[str, str]:
    """Return the words of the page in one of `mapper.style.LANGUAGES`.

    Raises
    ------
    ValueError
        There are no words in that language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no words in language {language!r}: use one of {', '.join(LANGUAGES)}")
    return {key: forms[language] for key, forms in _table().items()}


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    path = resources.files("mapper.drawing") / "assets" / "words.yml"
    table: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
