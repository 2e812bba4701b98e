"""Incidents in Iraq: from articles and tables to a map that claims no more than its sources.

>>> import mapper
>>> report = mapper.make_map("incidents.xlsx", "map.html")  # doctest: +SKIP

The same step by step: `read` or `extract`, `locate`, `count`, `draw`, `save`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from mapper.errors import MapperError, NothingToDrawError, OutputError, ReadError, SchemaError

if TYPE_CHECKING:
    from mapper.counting import count
    from mapper.drawing import save
    from mapper.export import write_areas, write_incidents
    from mapper.extraction import extract
    from mapper.locating import locate
    from mapper.pipeline import draw, make_map, merge, picture
    from mapper.reading import read
    from mapper.report import Report

__all__ = [
    "MapperError",
    "NothingToDrawError",
    "OutputError",
    "ReadError",
    "Report",
    "SchemaError",
    "count",
    "draw",
    "extract",
    "locate",
    "make_map",
    "merge",
    "picture",
    "read",
    "save",
    "write_areas",
    "write_incidents",
]

# Imported when first asked for: folium alone takes a second, which who only
# extracts from an article should not wait for.
_HOMES = {
    "Report": "mapper.report",
    "count": "mapper.counting",
    "draw": "mapper.pipeline",
    "extract": "mapper.extraction",
    "locate": "mapper.locating",
    "make_map": "mapper.pipeline",
    "merge": "mapper.pipeline",
    "picture": "mapper.pipeline",
    "read": "mapper.reading",
    "save": "mapper.drawing",
    "write_areas": "mapper.export",
    "write_incidents": "mapper.export",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
