"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mapper.errors import OutputError


def require_target(path: str | os.PathLike[str]) -> Path:
    """Check, before the work starts, that a file can be written there.

    Raises
    ------
    OutputError
        Its folder does not exist or may not be written to, or it is a folder itself.
    """
    target = Path(path)
    folder = Path(os.path.realpath(target)).parent
    if not folder.is_dir():
        raise OutputError(f"{target}: there is no folder {folder}: make it first", str(path))
    if target.is_dir():
        raise OutputError(f"{target}: a folder: name a file in it", str(path))
    if target.exists() and not target.is_file():  # a device would be replaced, not written to
        raise OutputError(f"{target}: not a file that can be replaced: name another", str(path))
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{target}: the folder may not be written to: choose another", str(path))
    return target


def require_apart(outputs: Iterable[str], inputs: Iterable[str | os.PathLike[str]]) -> None:
    """Check, before the work starts, that no output would replace an input or another output.

    Raises
    ------
    OutputError
        One would; names it.
    """
    taken = {_identity(path): "an input" for path in inputs}
    for output in outputs:
        file = _identity(output)
        if file in taken:
            raise OutputError(f"{output}: is {taken[file]}, too: name another file", output)
        taken[file] = "another output"


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file under a temporary name beside its own and move it there when it is complete.

    A link stays one: what it leads to is written.

    Raises
    ------
    OutputError
        It cannot be written; what was there before is still there.
    """
    target = require_target(path)
    try:
        _replace(Path(os.path.realpath(target)), content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{target}: cannot be written: {reason}", str(path)) from error


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


def _identity(path: str | os.PathLike[str]) -> tuple[int, int] | str:
    """What is the same for all names of a file: links, and other ways to write its path."""
    try:
        told = Path(path).stat()
    except OSError:
        return os.path.realpath(path)
    return told.st_dev, told.st_ino


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
