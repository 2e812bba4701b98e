"""One file of the core data: its content, and what the manifest says of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.build.packages import PACKAGES

DECIMALS = 5  # of a degree: about a metre


@dataclass(frozen=True, slots=True)
class Artefact:
    """A built file.

    ``packages`` names the registry packages it was made from, ``reviewed`` the
    hand-written files of this repository.
    """

    file: str
    content: bytes
    what: str
    licence: str
    packages: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()

    @property
    def entry(self) -> dict[str, Any]:
        """The file's entry in the manifest."""
        return {
            "what": self.what,
            "licence": self.licence,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "sources": [PACKAGES[name].origin for name in self.packages],
            "reviewed": list(self.reviewed),
        }


def manifest(artefacts: Iterable[Artefact]) -> bytes:
    """Return the manifest of the built files."""
    files = {artefact.file: artefact.entry for artefact in artefacts}
    return to_json({"files": files}, indent=2)


def to_json(value: object, *, indent: int | None = None) -> bytes:
    """Return JSON that is the same from run to run, and readable in any script."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators
    )
    return (text + "\n").encode()


def to_geojson(features: Iterable[tuple[Mapping[str, object], object]]) -> bytes:
    """Return a FeatureCollection, one feature a line, of (properties, GeoJSON geometry) pairs."""
    lines = [
        to_json({"type": "Feature", "properties": dict(properties), "geometry": geometry})
        .decode()
        .strip()
        for properties, geometry in features
    ]
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode()


def geojson_geometry(area: BaseGeometry) -> Any:
    """Return an area's GeoJSON, rings wound and begun in the one way, whatever made them."""
    return _rounded(shapely.geometry.mapping(shapely.orient_polygons(shapely.normalize(area))))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return round(value, DECIMALS) if isinstance(value, float) else value
