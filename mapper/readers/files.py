"""Getting at the bytes of an input, or saying in one line why not."""

from __future__ import annotations

from pathlib import Path

from mapper.errors import ReadError


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    ReadError
        There is no such file, it is a folder, may not be read, or is empty.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file: check the name and the folder", str(path)) from None
    except IsADirectoryError:
        raise ReadError(f"{path}: a folder: name the files in it", str(path)) from None
    except PermissionError:
        raise ReadError(f"{path}: may not be read: ask for permission to it", str(path)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReadError(f"{path}: cannot be read ({reason})", str(path)) from error
    if not data:
        raise ReadError(f"{path}: the file is empty", str(path))
    return data
