"""What can go wrong in the mapper. Every error is one line that names a remedy."""

from __future__ import annotations


class MapperError(Exception):
    """Base of all errors of this package; ``value`` is what was refused."""

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook, whose reader did not write this program."""
        return [f"{type(self).__name__}: {self}"]


class ReadError(MapperError, ValueError):
    """An input cannot be read; the message names the file, the row and the remedy."""


class ColumnError(ReadError):
    """A table has no column of the header that was chosen for the role ``value``."""


class SchemaError(MapperError, ValueError):
    """A frame lacks a column, or has it with another type; the message names it."""


class NothingToDrawError(MapperError, ValueError):
    """The inputs hold no incident at all."""


class OutputError(MapperError, OSError):
    """The output cannot be written; nothing half-written is left behind."""
