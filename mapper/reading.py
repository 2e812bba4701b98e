"""Inputs to incidents: files, folders, patterns, standard input and addresses, read in turn."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from mapper.errors import ColumnError, ReadError
from mapper.readers import Article, folders, read_articles, read_bytes
from mapper.readers.duplicates import mark_duplicates
from mapper.readers.files import is_address
from mapper.readers.together import called, name_apart, of_one_kind, source_ids, unique
from mapper.schema import INCIDENTS, check, empty

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapper.readers.tables import DateOrder

Inputs = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_LISTED = 20
_UNSURE = ("fuzzy",)
_TOLD = frozenset(
    ("adm0", "adm1", "adm2", "adm3", "settlement", "site", "region", "ambiguous", "outside")
)


def read(
    inputs: Inputs,
    *,
    published: str | None = None,
    gaz: Gazetteer | None = None,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
) -> pd.DataFrame:
    """Read incidents from articles and tables.

    Parameters
    ----------
    inputs : one input or several. A file: an article (text, a saved web page,
        PDF, a Word document, an e-mail, JSON records with a text; in a gzip file,
        or several in a zip file), or a table in the formats of
        `read_table`. A folder: all of these in it and below. A pattern such as
        ``"*.csv"``. ``"-"`` for standard input. An ``http`` or ``https``
        address, which asks the network for that one page
    published : day the articles were published, such as ``"2024-01-05"``; goes
        before what their pages and datelines tell
    gaz : the gazetteer that articles are read with; by default with the installed data
    sheet : sheet of workbooks; by default the one with the table, and those like it
    columns : a role -> the header of its column, where recognition is wrong
    dates : ``"day-first"`` or ``"month-first"``: how 3/4/2024 is read in tables whose
        other dates do not tell

    Returns
    -------
    INCIDENTS frame
        All inputs' incidents, one input after the other. ``attrs["said"]``
        holds what was understood, one line a fact; ``attrs["left_out"]`` the
        files of folders and the records that could not be read.

    Raises
    ------
    ReadError
        An input cannot be read; names the file and the remedy. A file that is
        only one of a folder does not stop the others.
    """
    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if not named:
        raise ReadError("no input was named")
    reading = _Reading(published, gaz, sheet, columns, dates)
    for one in named:
        reading.take(os.fspath(one))
    reading.require_chosen()
    return _together(reading)


@dataclass
class _Reading:
    """Reads one input after the other, and keeps what was found and what was left out."""

    published: str | None
    gaz: Gazetteer | None
    sheet: str | None
    columns: Mapping[str, str] | None
    dates: DateOrder | None
    frames: list[pd.DataFrame] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    names: dict[str, Path] = field(default_factory=dict)
    lacking: dict[str, ColumnError] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)

    def take(self, named: str) -> None:
        """Read an input, whatever it is."""
        if named == "-":
            self._take_stream(folders.stream())
        elif is_address(named):
            self._take_address(named)
        elif Path(named).is_dir():
            self._take_folder(Path(named))
        else:
            for path in folders.matching(Path(named)):
                self._take_file(path, name_apart(path, 1, self.names))

    def _take_address(self, named: str) -> None:
        from mapper.readers import web

        fetched = web.fetch(named)
        self._take_articles(fetched.data, named, url=fetched.url, charset=fetched.charset)

    def _take_stream(self, data: bytes) -> None:
        from mapper.readers.records import hold_articles, hold_records

        if not hold_articles(data) if hold_records(data) else _holds_table(data):
            self._take_tables(Path(folders.STREAM), folders.STREAM, data)
        else:
            self._take_articles(data, folders.STREAM)

    def _take_table(self, path: Path, data: bytes | None = None, name: str = "") -> None:
        from mapper.readers import read_table

        columns, lacking = dict(self.columns or {}), list[str]()
        while True:
            try:
                frame = read_table(
                    path,
                    sheet=self.sheet,
                    columns=columns,
                    dates=self.dates,
                    levels_of=self._levels_of,
                    data=data,
                )
                break
            except ColumnError as error:  # of several tables some may have it
                self.lacking.setdefault(str(error.value), error)
                lacking.append(f"{path.name}: no column {columns.pop(str(error.value))!r}")
        self.chosen |= set(columns)
        self.said += lacking
        frame = called(frame, path.name, name or path.name)
        self.said += frame.attrs.get("said", ())
        self.frames.append(frame)

    def require_chosen(self) -> None:
        """Refuse a chosen column that no table has."""
        for role, error in self.lacking.items():
            if role not in self.chosen:
                raise error

    def _levels_of(self, names: Sequence[str]) -> list[str | None]:
        """Which names are places beyond doubt, by the gazetteer; see `readers.guessing`."""
        self.gaz = self.gaz or _load_gazetteer()
        found = self.gaz.resolve_many(names)
        sure = ~found["method"].isin(_UNSURE)
        told = found["level"].where(sure).fillna(found["status"].where(sure))
        return [level if level in _TOLD else None for level in told]

    def _take_folder(self, folder: Path) -> None:
        """Read what can be read in a folder, and account for every file in it."""
        files, pages_own = folders.files_in(folder)
        if not files:
            raise ReadError(f"{folder}: a folder without a file in it: name another", str(folder))
        others = Counter(
            path.suffix.lower() or path.name for path in files if not folders.is_readable(path)
        )
        readable = [path for path in files if folders.is_readable(path)]
        failed: list[str] = []
        for path in readable:
            least = len(path.relative_to(folder).parts)
            try:
                self._take_file(path, name_apart(path, least, self.names))
            except ReadError as error:
                failed.append(f"left out: {' '.join(str(error).split())}")
        counts = f"{len(files):,} files: {len(readable) - len(failed):,} read"
        if failed:
            counts += f", {len(failed):,} could not be"
        if others:
            kinds = ", ".join(f"{kind} {n:,}" for kind, n in sorted(others.items())[:_LISTED])
            counts += f", {others.total():,} neither articles nor tables ({kinds})"
        if pages_own:
            counts += f"; {pages_own:,} pictures and scripts of saved pages passed over"
        self.said += [f"{folder}: {counts}", *failed]
        self.left_out += failed

    def _take_file(self, path: Path, name: str) -> None:
        suffix = path.suffix.lower()
        is_json = suffix in folders.RECORDS and path.is_file()
        if is_json and self._take_records(read_bytes(path), path, name):
            return
        if suffix in folders.ARTICLES:
            data = read_bytes(path)
            if suffix in folders.TEXTS and folders.looks_cut(data) and _holds_table(data):
                self._take_table(path, data, name)
            else:
                self._take_articles(data, str(path), name=name)
            return
        if suffix not in folders.TABLES and path.exists():
            folders.refuse(path, suffix)
        if not (suffix in folders.PACKED and path.is_file() and self._take_packed(path, name)):
            self._take_tables(path, name)

    def _take_records(self, data: bytes, path: Path, name: str) -> bool:
        """Read the articles in JSON; False where it has none."""
        from mapper.readers.records import hold_articles

        are_articles = path.suffix.lower() in folders.RECORDS and hold_articles(data)
        if are_articles:
            self._take_articles(data, str(path), name=name)
        return are_articles

    def _take_tables(self, path: Path, name: str, data: bytes | None = None) -> None:
        """Read a table; or all that a zip file holds, unless one of them is asked for."""
        from mapper.readers.files import unpack_several

        zipped = data is not None or (path.suffix.lower() == ".zip" and path.is_file())
        packed = (read_bytes(path) if data is None else data) if zipped else b""
        try:
            tables, others = (
                unpack_several(packed, folders.TABLES) if self.sheet is None else ([], [])
            )
        except ValueError as error:
            raise ReadError(f"{path}: {error}", str(path)) from error
        failed: list[str] = []
        of_articles = 0
        for inner, table in tables:
            least = len(Path(name, inner).parts) if "/" in inner else 1
            shown = name_apart(path, least, self.names, inside=inner)
            try:
                if self._take_records(table, path / inner, shown):
                    of_articles += 1
                else:
                    self._take_table(path / inner, table, shown)
            except ReadError as error:
                failed.append(f"left out: {' '.join(str(error).split())}")
        if len(failed) == len(tables):
            self._take_table(path, data, name)  # which says what is wrong with it
            return
        counts = f"{len(tables) - len(failed) - of_articles:,} tables read"
        counts += f", {of_articles:,} files of articles" if of_articles else ""
        counts += f"; no tables, and left out: {', '.join(others[:5])}" if others else ""
        self.said += [f"{name}: {counts}", *failed]
        self.left_out += failed

    def _take_packed(self, path: Path, name: str) -> bool:
        """Read the articles in a packed file, every one accounted for; False where it has none."""
        from mapper.readers.bundles import unpack_articles

        try:
            found = unpack_articles(read_bytes(path), path.name)
        except ValueError as error:
            raise ReadError(f"{path}: {error}", str(path)) from error
        if found is None:
            return False
        articles, said = found
        self.said += [f"{name}: {line}" for line in said]
        for inner, data in articles:
            try:
                self._take_articles(data, f"{path}/{inner}", name=f"{name}/{inner}")
            except ReadError as error:
                if len(articles) == 1:
                    raise
                self.left_out.append(f"left out: {' '.join(str(error).split())}")
                self.said.append(self.left_out[-1])
        return True

    def _take_articles(
        self,
        data: bytes,
        where: str,
        *,
        name: str | None = None,
        url: str | None = None,
        charset: str | None = None,
    ) -> None:
        """Read the articles in some bytes; ``name`` is the file's in the frame."""
        name = name or where
        suffix = "" if where in (folders.STREAM, url) else Path(where).suffix.lower()
        articles, said = read_articles(data, name=where, charset=charset, suffix=suffix)
        self.said += [f"{name}: {line}" for line in said]
        self.left_out += [f"{name}: {line}" for line in said if " left out" in line]
        for article in articles:
            frame, told = self._incidents(article, name, url)
            self.frames.append(frame)
            if len(articles) <= _LISTED or len(told) > 1:
                self.said += told
        if len(articles) > _LISTED:
            found = sum(map(len, self.frames[-len(articles) :]))
            self.said.append(f"{name}: {found:,} incidents found in {len(articles):,} articles")

    def _incidents(
        self, article: Article, name: str, url: str | None
    ) -> tuple[pd.DataFrame, list[str]]:
        from mapper.extraction import extract
        from mapper.extraction.languages import READ

        self.gaz = self.gaz or _load_gazetteer()
        found = extract(
            article.text,
            self.gaz,
            published=self.published or article.published,
            source=article.source or name,
            title=article.title,
        )
        found["source_file"] = found["source_file"].fillna(name)
        found["source_url"] = found["source_url"].fillna(article.url or url or pd.NA)
        if article.row is not None:
            found["source_row"] = found["source_row"].fillna(article.row)
        number = len(found)
        words = f"{number:,} incident" if number == 1 else f"{number:,} incidents"
        first = f"an article; {words if number else 'no incident'} found"
        if found.attrs["language"] in READ:
            first += f"; in {READ[found.attrs['language']]}"
        if article.published and not self.published:
            first += f"; published {article.published}, as it is told with it"
        where = name if article.row is None else f"{name}, record {article.row}"
        lines = (first, *article.said, *found.attrs["said"])
        return found, [f"{where}: {line}" for line in lines]


def _together(reading: _Reading) -> pd.DataFrame:
    """Put the incidents of all inputs into one frame."""
    filled = [frame for frame in reading.frames if len(frame)]
    told_ids = [source_ids(frame) for frame in filled]
    for frame in reading.frames:
        frame.attrs = {}  # of several, pandas would keep none
    ours = [column.name for column in INCIDENTS]
    filled = of_one_kind(filled, ours)
    together = pd.concat(filled, ignore_index=True) if filled else empty(INCIDENTS)
    own = [name for name in together.columns if name not in ours]
    together = together[[*ours, *own]]
    together["incident_id"] = unique(together["incident_id"], together["source_file"])
    if filled:
        together = mark_duplicates(together, pd.concat(told_ids))
    check(together, INCIDENTS, "incidents")
    together.attrs |= {"said": reading.said, "left_out": reading.left_out}
    return together


def _holds_table(data: bytes) -> bool:
    from mapper.readers import holds_table

    return holds_table(data)


def _load_gazetteer() -> Gazetteer:
    import gazetteer

    return gazetteer.load()
