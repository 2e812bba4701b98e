"""The page's words in each language."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from mapper.style import LANGUAGES, direction

if TYPE_CHECKING:
    import pandas as pd

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


def speech(language: str) -> dict[str, Any]:
    """Return what the page's script needs to speak a language."""
    return {
        "words": words(language),
        "locale": LOCALES[language],
        "language": language,
        "direction": direction(language),
    }


def names_in(frame: pd.DataFrame, language: str) -> pd.Series[Any]:
    """Return names in a language, the English one where that language has none."""
    column = f"name_{language}"
    return frame[column].fillna(frame["name"]) if column in frame else frame["name"]


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    path = resources.files("mapper.drawing") / "assets" / "words.yml"
    table: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
