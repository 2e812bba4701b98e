"""Articles in plain text."""

from __future__ import annotations

from pathlib import Path

from mapper.errors import ReadError
from mapper.readers.decoding import decode
from mapper.readers.files import read_bytes


def read_text(path: str | Path) -> str:
    """Read an article from a text file of any usual encoding; line ends become ``\\n``.

    Raises
    ------
    ReadError
        The file is missing, empty or not text; one line that names it.
    """
    path = Path(path)
    try:
        text, _ = decode(read_bytes(path))
    except ReadError:
        raise
    except ValueError:
        raise ReadError(
            f"{path}: not plain text, whatever its name says: save the article as text", str(path)
        ) from None
    if not text.strip():
        raise ReadError(f"{path}: the file is empty", str(path))
    return text.replace("\r\n", "\n").replace("\r", "\n")
