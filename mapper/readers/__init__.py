"""Files to INCIDENTS frames and articles."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from mapper.readers.articles import Article, read_articles
from mapper.readers.files import read_bytes

if TYPE_CHECKING:
    from mapper.readers.tables import holds_table, read_table

__all__ = ["Article", "holds_table", "read_articles", "read_bytes", "read_table"]


def __getattr__(name: str) -> object:
    """Import what reads tables when it is asked for; an article needs none of it."""
    if name not in ("holds_table", "read_table"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("mapper.readers.tables"), name)
