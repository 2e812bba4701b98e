"""Files to INCIDENTS frames and texts."""

from mapper.readers.tables import read_table
from mapper.readers.texts import read_text

__all__ = ["read_table", "read_text"]
