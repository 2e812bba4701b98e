"""How a place is written in ``places.json``: plain values, so that no class has to be imported."""

from __future__ import annotations

from itertools import starmap
from typing import Any

from gazetteer.place import Level, Name, Place, Polygons

Record = dict[str, Any]


def place_of(record: Record, polygons: Polygons | None = None) -> Place:
    """Read one record; the reverse of what the build writes."""
    point = record.get("point")
    return Place(
        id=record["id"],
        name=record["name"],
        level=Level(record["level"]),
        names=tuple(starmap(Name, record["names"])),
        point=(point[0], point[1]) if point else None,
        radius_km=record.get("radius_km"),
        adm1=record.get("adm1"),
        adm2=record.get("adm2"),
        adm3=record.get("adm3"),
        across=tuple(record.get("across", ())),
        told_in=tuple(record.get("told_in", ())),
        kind=record.get("kind"),
        population=record.get("population"),
        note=record.get("note"),
        source=record["source"],
        _polygons=polygons,
    )
