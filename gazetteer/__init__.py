"""Place names in Iraq: from a name, in four spellings, to a place and its polygons, offline."""

from gazetteer.api import Gazetteer, load
from gazetteer.errors import DataError, GazetteerError, LevelError, UnknownPlaceError
from gazetteer.place import Candidate, Level, Match, Mention, Name, Place, Status, Use

__all__ = [
    "Candidate",
    "DataError",
    "Gazetteer",
    "GazetteerError",
    "Level",
    "LevelError",
    "Match",
    "Mention",
    "Name",
    "Place",
    "Status",
    "UnknownPlaceError",
    "Use",
    "load",
    "version",
]


def version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import version as installed  # slow to import, seldom asked

    return installed("iraq-incident-mapper")
