"""The places that are installed beside the core data.

Their index is written when they are installed, and again when it is not of these
places or compares names by other rules than this version of the package.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from gazetteer.compiled import (
    NAMES_FILE,
    PLACES_FILE,
    CompiledPlaces,
    Contents,
    Units,
    digest,
    written_names,
    written_places,
)
from gazetteer.errors import DataError
from gazetteer.library import Library
from gazetteer.place import Polygons
from gazetteer.place_lists import of_units

UNITS_FILE = "units.json"
"""Of places of the core data, the p-codes of the units that installed polygons put them in."""

_RULES = ("normalise.py", "toponym.py", "index.py", "compiled.py")  # how names are compared


def installed_places(library: Library, polygons: Polygons) -> CompiledPlaces:
    """Return the places of a library's folder, none where it has no folder."""
    return CompiledPlaces(lambda: _contents(library), polygons)


def installed_units(library: Library) -> Units:
    """Return what is in `UNITS_FILE`, nothing where there is none.

    Raises
    ------
    DataError
        It is damaged.
    """
    content = library.installed_file(UNITS_FILE)
    try:
        units = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        units = None
    if not isinstance(units, dict) or not all(
        isinstance(codes, list) and len(codes) == _LEVELS for codes in units.values()
    ):
        path = f"{library.folder}/{UNITS_FILE}"
        raise DataError(f"{path} is damaged: fetch the data again", path)
    return units


_LEVELS = 3  # adm1 to adm3


def fitting_names(places: bytes) -> bytes:
    """Return the content of `NAMES_FILE` that says of which places it is, and by which rules."""
    return written_names(places, of=_fingerprint(places))


def _contents(library: Library) -> Contents:
    places = library.installed_file(PLACES_FILE)
    if places is None:  # polygons that nobody installed
        listed = of_units(library) if library.folder is not None else ()
        places = written_places(listed)
        return places, json.loads(fitting_names(places))
    try:
        names = json.loads(library.installed_file(NAMES_FILE) or b"{}")
    except (ValueError, RecursionError):
        names = None
    if not isinstance(names, dict) or names.get("of") != _fingerprint(places):
        return _compiled_again(library, places)
    return places, names


def _compiled_again(library: Library, places: bytes) -> Contents:
    try:
        places = written_places(json.loads(places)["places"])
        names = fitting_names(places)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        path = f"{library.folder}/{PLACES_FILE}"
        raise DataError(f"{path} is damaged: fetch the data again", path) from error
    if library.folder is not None:
        _write(library.folder / PLACES_FILE, places)
        _write(library.folder / NAMES_FILE, names)
    return places, json.loads(names)


def _fingerprint(places: bytes) -> str:
    sources = [Path(__file__).with_name(module) for module in _RULES]
    return digest(b"".join([places, *(s.read_bytes() for s in sources if s.is_file())]))


def _write(path: Path, content: bytes) -> None:
    """Put a file in the place of the old one; where that is forbidden, do without."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
