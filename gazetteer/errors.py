"""What can go wrong in the gazetteer. Every error carries the value it is about."""

from __future__ import annotations


class GazetteerError(Exception):
    """Base of all errors of this package; ``value`` is what was refused."""

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook, whose reader did not write this program."""
        return [f"{type(self).__name__}: {self}"]


class UnknownPlaceError(GazetteerError, KeyError):
    """No place has the id asked for."""

    __str__ = Exception.__str__  # KeyError would print the message in quotes


class LevelError(GazetteerError, ValueError):
    """The level asked for does not exist, or the installed data has no polygons of it."""


class DataError(GazetteerError, ValueError):
    """Installed or built data is missing, damaged or contradicts itself."""


class FetchError(GazetteerError, OSError):
    """Data could not be downloaded, or is not what was asked for."""

    __str__ = Exception.__str__  # OSError would print its arguments
