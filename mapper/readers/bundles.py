"""Articles that are packed: one in a gzip file, several in a zip file."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Collection
from io import BytesIO
from pathlib import PurePosixPath

from mapper.readers.files import files_in, tells_damage

_MOST_BYTES = 60_000_000
_MOST_IN_ALL = 500_000_000
_MOST_FILES = 5_000


@tells_damage()
def unpack_articles(
    data: bytes, name: str, suffixes: Collection[str], *, tables: Collection[str]
) -> tuple[list[tuple[str, bytes]], list[str]] | None:
    """Return the articles in a packed file, each with its name, and remarks for a person.

    Parameters
    ----------
    data : a gzip or zip file
    name : its name
    suffixes, tables : the endings by which articles and tables are known

    Returns
    -------
    articles, said
        None where nothing in it has an article's name, or anything a table's: it is a table then.

    Raises
    ------
    ValueError
        It is damaged, has a password, or unpacks to more than articles can be; says which.
    """
    if data.startswith(b"\x1f\x8b"):
        inner = PurePosixPath(name).stem
        if PurePosixPath(inner).suffix.lower() not in suffixes:
            return None
        with gzip.open(BytesIO(data)) as file:
            return [(inner, _limited(file.read(_MOST_BYTES + 1), inner))], []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return _unzipped(archive, suffixes, tables)


def _unzipped(
    archive: zipfile.ZipFile, suffixes: Collection[str], tables: Collection[str]
) -> tuple[list[tuple[str, bytes]], list[str]] | None:
    names = files_in(archive)
    endings = {name: PurePosixPath(name).suffix.lower() for name in names}
    articles = sorted(name for name, ending in endings.items() if ending in suffixes)
    if not articles or any(ending in tables for ending in endings.values()):
        return None
    if len(articles) > _MOST_FILES:
        raise ValueError(f"it holds {len(articles):,} articles: unpack it, and give parts of it")
    found: list[tuple[str, bytes]] = []
    for name in articles:
        with archive.open(name) as file:
            found.append((name, _limited(file.read(_MOST_BYTES + 1), name)))
        if sum(len(data) for _, data in found) > _MOST_IN_ALL:
            raise ValueError(f"its articles are larger than {_MOST_IN_ALL // 10**6} MB: unpack it")
    others = len(names) - len(articles)
    return found, [f"{others:,} of its files are no articles, and left out"] if others else []


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{name} in it is larger than {_MOST_BYTES // 10**6} MB: split it")
    return data
