"""Write a map to a file, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import folium

from mapper.errors import OutputError


def save(map_: folium.Map, path: str | os.PathLike[str]) -> None:
    """Write a map as one HTML file.

    A file that is already there is replaced only when the new one is complete.

    Parameters
    ----------
    map_ : a map from `draw`, or any folium map
    path : where to write; the folder must exist

    Raises
    ------
    OutputError
        The file cannot be written; nothing half-written is left behind.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.parent}; make it first", str(path))
    if target.is_dir():
        raise OutputError(f"{target} is a folder; give the name of a file", str(path))
    page = map_.get_root().render().encode("utf-8", "replace")
    try:
        _replace(target, page)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{target} cannot be written: {reason}", str(path)) from error


def _replace(target: Path, content: bytes) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
