"""Articles that are packed: one in a gzip file, several in a zip file."""

from __future__ import annotations

import gzip
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from mapper.readers.files import files_in, tells_damage
from mapper.readers.folders import ARTICLES, RECORDS, TABLES
from mapper.readers.records import hold_articles

# JSON may be a table as well, as what is in it tells.
_ARTICLES = ARTICLES | RECORDS
_MOST_BYTES = 60_000_000
_MOST_IN_ALL = 500_000_000
_MOST_FILES = 5_000


@tells_damage()
def unpack_articles(data: bytes, name: str) -> tuple[list[tuple[str, bytes]], list[str]] | None:
    """Return the articles in a packed file, each with its name, and remarks for a person.

    Parameters
    ----------
    data : a gzip or zip file
    name : its name

    Returns
    -------
    articles, said
        None where nothing in it is an article, or anything a table: it is a table then.

    Raises
    ------
    ValueError
        It is damaged, has a password, or unpacks to more than articles can be; says which.
    """
    if data.startswith(b"\x1f\x8b"):
        inner = PurePosixPath(name).stem
        ending = PurePosixPath(inner).suffix.lower()
        if ending not in _ARTICLES:
            return None
        with gzip.open(BytesIO(data)) as file:
            unpacked = file.read(_MOST_BYTES + 1)
        if ending in RECORDS and not hold_articles(unpacked):
            return None
        return [(inner, _limited(unpacked, inner))], []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return _unzipped(archive)


def _unzipped(
    archive: zipfile.ZipFile,
) -> tuple[list[tuple[str, bytes]], list[str]] | None:
    names = files_in(archive)
    endings = {name: PurePosixPath(name).suffix.lower() for name in names}
    articles = sorted(name for name in names if endings[name] in _ARTICLES)
    if not articles or any(ending in TABLES - RECORDS for ending in endings.values()):
        return None
    if len(articles) > _MOST_FILES:
        raise ValueError(f"it holds {len(articles):,} articles: unpack it, and give parts of it")
    found: list[tuple[str, bytes]] = []
    for name in articles:
        with archive.open(name) as file:
            unpacked = file.read(_MOST_BYTES + 1)
        if endings[name] in RECORDS and not hold_articles(unpacked):
            return None
        found.append((name, _limited(unpacked, name)))
        if sum(len(data) for _, data in found) > _MOST_IN_ALL:
            raise ValueError(f"its articles are larger than {_MOST_IN_ALL // 10**6} MB: unpack it")
    others = len(names) - len(articles)
    return found, [f"{others:,} of its files are no articles, and left out"] if others else []


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{name} in it is larger than {_MOST_BYTES // 10**6} MB: split it")
    return data
