"""Which data is installed: the core data of this package, or files of admin polygons.

Nothing is read before it is asked for. pandas and shapely are not imported
here, so that resolving a name does not wait for them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gazetteer.errors import DataError, LevelError
from gazetteer.place import Level

if TYPE_CHECKING:
    from gazetteer.polygon_files import Polygons

T = TypeVar("T")

_DATA = Path(__file__).with_name("data")

RECEIPT = "installed.json"
"""The file of a fetched folder that says what is in it, from where, and under which licence."""

CORE = "core"
"""Stands for what the package carries, where a folder is asked for."""

ADMIN_LEVELS = (Level.ADM0, Level.ADM1, Level.ADM2, Level.ADM3)


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a map must name: what the data is, of what date, under which licence, from where."""

    what: str
    licence: str
    date: str
    url: str

    def __str__(self) -> str:
        dated = f"{self.what}, {self.date}" if self.date else self.what
        return f"{dated} ({self.licence})"


def default_folder() -> Path:
    """Return the folder of the user where fetched data is installed and looked for.

    It is ``iraq-gazetteer`` in ``XDG_DATA_HOME`` where that is set, otherwise in
    the platform's folder of application data.
    """
    base = os.environ.get("XDG_DATA_HOME")
    if base is None and sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    if base:
        return Path(base) / "iraq-gazetteer"
    usual = {"win32": "AppData/Local", "darwin": "Library/Application Support"}
    return Path.home() / usual.get(sys.platform, ".local/share") / "iraq-gazetteer"


class Library:
    """The installed data.

    Make one with `default`, `core` or `at`; two libraries share nothing. What is read from
    it is kept for as long as the library itself.
    """

    def __init__(self, folder: Path | None = None, *, polygons: Polygons | None = None) -> None:
        self.folder = folder
        self._polygons = polygons
        self._kept: dict[object, object] = {}
        for level, frame in polygons.levels.items() if polygons else ():
            self._kept["polygons", level] = frame

    @classmethod
    def default(cls) -> Library:
        """Return what was fetched into the user's folder; where nothing was, the core data."""
        folder = default_folder()
        return cls(folder) if (folder / RECEIPT).is_file() else cls()

    @classmethod
    def core(cls) -> Library:
        """Return the library that is part of the package: approximate ADM0 and ADM1."""
        return cls()

    @classmethod
    def at(cls, path: str | Path, *, columns: Mapping[str, str] | None = None) -> Library:
        """Return the library of a folder that `fetch` made, or of any files of admin polygons.

        Parameters
        ----------
        path : a folder with COD-AB's ``irq_admbnda_adm1.geojson``..., or a file,
            zip or folder of polygons that COD-AB, geoBoundaries or GADM publish
        columns : what the columns are, where nobody published them: ``pcode`` or
            ``name``, and ``arabic``, ``parent`` (governorate), ``level``

        Raises
        ------
        DataError
            There is nothing of the kind, or it is damaged.
        """
        folder = Path(path)
        library = cls(folder)
        if not columns and (library._own_levels or library.installed_file(RECEIPT) is not None):
            return library
        from gazetteer.polygon_files import read_polygons  # imports frames

        return cls(folder, polygons=read_polygons(folder, mapping=columns))

    def __repr__(self) -> str:
        return f"Library.at({str(self.folder)!r})" if self.folder else "Library.core()"

    @property
    def approximate(self) -> bool:
        """Whether the polygons are approximate, so that a map must say so."""
        return not self._own_levels

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that there are polygons of, coarsest first."""
        return self._own_levels or (Level.ADM0, Level.ADM1)

    @property
    def _own_levels(self) -> tuple[Level, ...]:
        """The levels of the folder's own polygons; it may hold places only."""
        if self._polygons is not None:
            return tuple(self._polygons.levels)
        if self.folder is None:
            return ()
        return tuple(
            level for level in ADMIN_LEVELS if (self.folder / polygon_file_name(level)).is_file()
        )

    @property
    def credits(self) -> tuple[Credit, ...]:
        """Whom a map of these polygons must name."""
        return self.keep("credits", self._read_credits)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a user must know of these polygons, such as units that were left out."""
        if self._polygons is not None:
            return self._polygons.remarks
        receipt = self.installed_file(RECEIPT)
        entries = read_receipt(receipt) if receipt is not None else ()
        return tuple(str(remark) for entry in entries for remark in entry.get("remarks", ()))

    def polygon_file(self, level: Level) -> bytes:
        """Return the content of the file that holds a level's polygons.

        Raises
        ------
        LevelError
            The library has no polygons of this level.
        DataError
            The file cannot be read.
        """
        self.require(level)
        if self.folder is None or not self._own_levels:
            return self.core_file(f"{level}.geojson")
        path = self.folder / polygon_file_name(level)
        try:
            return path.read_bytes()
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}", path) from error

    def require(self, level: Level) -> None:
        """Refuse a level that the library has no polygons of.

        Raises
        ------
        LevelError
            There are none; the message says which levels there are.
        """
        if level not in self.levels:
            has = ", ".join(self.levels)
            raise LevelError(
                f"no polygons of {level} in {self!r}, which has {has}: "
                "`gazetteer fetch cod-ab` installs districts and subdistricts",
                level,
            )

    def core_file(self, name: str) -> bytes:
        """Return the content of a file of the core data, which every library has.

        Raises
        ------
        DataError
            The package is installed without it.
        """
        try:
            return (_DATA / name).read_bytes()
        except FileNotFoundError:
            raise DataError(
                f"the core data lacks {name}: install the package again", name
            ) from None

    def installed_file(self, name: str) -> bytes | None:
        """Return the content of a file of the folder, or None where there is none."""
        path = self.folder / name if self.folder is not None else None
        try:
            return path.read_bytes() if path is not None and path.is_file() else None
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}", path) from error

    def keep(self, key: object, make: Callable[[], T]) -> T:
        """Return what was kept under a key, making it the first time."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("T", self._kept[key])

    def kept(self, key: object) -> Any:
        """Return what was kept under a key, or None."""
        return self._kept.get(key)

    def _read_credits(self) -> tuple[Credit, ...]:
        if self._polygons is not None:
            given = self._polygons
            url = _PUBLISHERS.get(given.what, str(self.folder))
            return (Credit(given.what, given.licence, given.date, url), *_ALWAYS)
        receipt = self.installed_file(RECEIPT)
        if receipt is not None:
            fields = ("what", "licence", "date", "url")
            entries = read_receipt(receipt)
            fetched = [Credit(*(str(entry[field]) for field in fields)) for entry in entries]
            drawn = (_NATURAL_EARTH,) if self.approximate else ()
            return (*fetched, *drawn, *_ALWAYS)  # the core data is used beside it
        if self.folder is not None:
            date = _date_of(self.polygon_file(self.levels[0]))
            return (Credit("OCHA COD-AB boundaries", "CC BY-IGO", date, _COD_AB_URL), *_ALWAYS)
        return (_NATURAL_EARTH, *_ALWAYS)


_COD_AB_URL = "https://data.humdata.org/dataset/cod-ab-irq"
_PUBLISHERS = {
    "OCHA COD-AB boundaries": _COD_AB_URL,
    "geoBoundaries": "https://www.geoboundaries.org/",
    "GADM": "https://gadm.org/",
}
_NATURAL_EARTH = Credit(
    "Natural Earth 1:10m, repaired around Baghdad",
    "public domain",
    "2013",
    "https://www.naturalearthdata.com/",
)

_ALWAYS = (
    Credit("GeoNames, towns", "CC BY 4.0", "", "https://www.geonames.org/"),
    Credit("Population census of Iraq, COSIT", "official figures", "2024", "https://cosit.gov.iq/"),
)


def read_receipt(content: bytes) -> list[dict[str, Any]]:
    """Return the entries of `RECEIPT`, one for each source that is installed.

    Raises
    ------
    DataError
        It is damaged.
    """
    try:
        entries = json.loads(content)
    except (ValueError, RecursionError):
        entries = None
    needed = {"what", "licence", "date", "url", "files"}
    if not isinstance(entries, list) or not all(
        isinstance(e, dict) and needed <= set(e) and isinstance(e["files"], dict) for e in entries
    ):
        raise DataError(f"{RECEIPT} is damaged: remove it and fetch the data again", content[:80])
    return entries


def polygon_file_name(level: Level) -> str:
    """Return the name of the file that holds the polygons of a level."""
    return f"irq_admbnda_{level}.geojson"


def _date_of(content: bytes) -> str:
    """Return the day since which a COD-AB file is valid, or nothing where it does not say."""
    try:
        features: list[dict[str, Any]] = json.loads(content)["features"]
        return str(features[0]["properties"].get("validOn") or "")[:10]
    except (ValueError, LookupError, TypeError):
        return ""
