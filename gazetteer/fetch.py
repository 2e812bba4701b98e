"""Bring the full data: download it or take it from files, check it, install all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gazetteer.download import Download, Servers
from gazetteer.errors import DataError, FetchError, GazetteerError
from gazetteer.install import install
from gazetteer.library import default_folder
from gazetteer.sources import SOURCES, brought


def fetch(
    source: str = "cod-ab",
    *,
    folder: Path | None = None,
    servers: Servers | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Path:
    """Download a source and install it; return the folder.

    Parameters
    ----------
    source : ``cod-ab`` (OCHA's polygons), ``geoboundaries`` or ``geonames`` (places)
    folder : where to install; by default the user's data folder. What is
        installed there of other sources stays.
    servers : where to download from
    say : told what is being done

    Raises
    ------
    FetchError
        A server does not answer, or not with what was asked for. Nothing that
        was installed is changed; what has come is kept for the next time.
    DataError
        What came is not polygons or places of Iraq, or the folder cannot be written.
    """
    folder = folder or default_folder()
    if source not in SOURCES:
        raise FetchError(f"no source {source!r}: there are {', '.join(SOURCES)}", source)
    partial = folder.with_name(folder.name + ".partial")
    with _writing(folder):
        part = SOURCES[source](Download(servers or Servers(), partial, say))
        install(part, folder, say=say)
    shutil.rmtree(partial, ignore_errors=True)
    return folder


def install_from(
    path: str | Path,
    *,
    folder: Path | None = None,
    columns: Mapping[str, str] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Path:
    """Install the same from files: polygons, tables of places or GeoNames' dumps.

    Parameters
    ----------
    path : a file, a zip, or a folder of these
    folder, say : as `fetch` takes them
    columns : what the columns of your own polygons are, as `gazetteer.load` takes them

    Raises
    ------
    DataError
        There is nothing of the kind, it is damaged, or the folder cannot be written;
        nothing is changed then.
    """
    folder = folder or default_folder()
    parts = list(brought(Path(path), columns=columns))
    if not parts:
        raise DataError(
            f"{path}: neither polygons nor places of a known publisher; give a file, zip or folder "
            "of COD-AB, geoBoundaries, GADM, GeoNames' IQ.zip or a table of places, or say what "
            "the columns of your own polygons are with --boundary-column",
            path,
        )
    with _writing(folder):
        for part in parts:
            install(part, folder, say=say)
    return folder


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Say of a folder that cannot be written, or a full disk, what is wrong."""
    try:
        yield
    except GazetteerError:
        raise
    except OSError as error:
        raise DataError(
            f"{folder}: cannot be written: {error.strerror or error}", folder
        ) from error
