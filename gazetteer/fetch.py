"""Bring the full data: download it or take it from files, check it, install all or nothing."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer import full_places, place_lists
from gazetteer.download import MOST_BYTES, Download, NotThereError, Servers
from gazetteer.errors import DataError, FetchError
from gazetteer.library import CORE, RECEIPT, Library, default_folder
from gazetteer.place import Level

SOURCES = ("cod-ab", "geoboundaries", "geonames")
_POLYGON_ENDS = (".geojson", ".json")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a source before and after it has come."""

    what: str
    licence: str
    date: str
    url: str
    files: dict[str, bytes]


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
        What came is not polygons or places of Iraq.
    """
    folder = folder or default_folder()
    if source not in SOURCES:
        raise FetchError(f"no source {source!r}: there are {', '.join(SOURCES)}", source)
    part_folder = folder.with_name(folder.name + ".partial")
    download = Download(servers or Servers(), part_folder, say)
    readers = {"cod-ab": _cod_ab, "geoboundaries": _geoboundaries, "geonames": _geonames}
    part = readers[source](download)
    _install(part, folder, say)
    shutil.rmtree(part_folder, ignore_errors=True)
    return folder


def install_from(
    path: str | Path, *, folder: Path | None = None, say: Callable[[str], None] = lambda _: None
) -> Path:
    """Install the same from files: a folder or zip with polygons, places or GeoNames' dumps.

    Raises
    ------
    DataError
        There is nothing of the kind, or it is damaged; nothing is changed then.
    """
    folder = folder or default_folder()
    parts = list(_parts_of(Path(path)))
    if not parts:
        raise DataError(f"{path}: neither polygons nor places of a known publisher", path)
    for part in parts:
        _install(part, folder, say)
    return folder


# --- what there is ---------------------------------------------------------------


def _cod_ab(download: Download) -> _Part:
    servers = download.servers
    url = f"{servers.hdx}/api/3/action/package_show?id=cod-ab-irq"
    package = _json_of(download.get(url), url).get("result")
    resources = package.get("resources") if isinstance(package, dict) else None
    if not (isinstance(package, dict) and isinstance(resources, list)):
        raise FetchError(f"{url}: the answer lists no files", url)
    chosen = next((r for r in resources if _is_geojson(r)), None)
    address = str(chosen.get("download_url") or chosen.get("url")) if chosen else ""
    if chosen is None or not address:
        raise FetchError(f"{url}: lists no GeoJSON of the boundaries", url)
    content = download.get(
        address,
        size=_number(chosen.get("size")),
        digest=str(chosen.get("hash") or ""),
    )
    when = str(package.get("dataset_date") or chosen.get("last_modified") or "")
    licence = str(package.get("license_title") or "CC BY-IGO")
    files = _polygon_files(_members(content, address), address)
    return _Part("OCHA COD-AB boundaries", licence, _first_day(when), address, files)


def _geoboundaries(download: Download) -> _Part:
    files, credit = {}, ("", "", "")
    for level in (Level.ADM1, Level.ADM2):  # names of subdistricts lead to no p-codes
        url = f"{download.servers.geoboundaries}/api/current/gbOpen/IRQ/{level.upper()}/"
        try:
            about = _json_of(download.get(url), url)
        except NotThereError:
            continue
        address = str(about.get("gjDownloadURL") or "")
        if not address:
            raise FetchError(f"{url}: the answer names no file", url)
        files[_polygon_file(level)] = download.get(address)
        licence = str(about.get("boundaryLicense") or "")
        credit = (licence, str(about.get("boundaryYearRepresented") or ""), address)
    if not files:
        raise FetchError("geoBoundaries lists no boundaries of Iraq", "geoboundaries")
    return _Part("geoBoundaries", *credit, files)


def _geonames(download: Download) -> _Part:
    base = f"{download.servers.geonames}/export/dump"
    dump = download.get(f"{base}/IQ.zip")
    alternate = download.get(f"{base}/alternatenames/IQ.zip")
    files = {
        "geonames_iq.txt": _member(dump, "IQ.txt", f"{base}/IQ.zip"),
        "geonames_iq_names.txt": _member(alternate, "IQ.txt", f"{base}/alternatenames/IQ.zip"),
    }
    return _Part("GeoNames", "CC BY 4.0", date.today().isoformat(), f"{base}/IQ.zip", files)


def _is_geojson(resource: Any) -> bool:
    return isinstance(resource, dict) and "geojson" in str(resource.get("format", "")).lower()


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float | str) and str(value).isdigit() else None


def _first_day(text: str) -> str:
    """Return the first day of HDX's ``[2019-06-03T00:00:00 TO *]``."""
    return text.strip("[").split("T")[0][:10]


# --- from files ------------------------------------------------------------------


def _parts_of(path: Path) -> Iterator[_Part]:
    members = dict(_files_at(path))
    where = str(path)
    polygons = {
        name: content
        for name, content in members.items()
        if name.lower().endswith(_POLYGON_ENDS) and _level_in(name) is not None
    }
    if polygons:
        files = _polygon_files(polygons, where)
        yield _Part(*_publisher(files), where, files)
    dumps = [name for name in members if Path(name).name == "IQ.txt"]
    by_columns = {_columns(members[name]): members[name] for name in dumps}
    if 19 in by_columns:
        names = next((c for n, c in by_columns.items() if n < 15), b"")
        files = {"geonames_iq.txt": by_columns[19], "geonames_iq_names.txt": names}
        yield _Part("GeoNames", "CC BY 4.0", "", where, files)
    for name, content in members.items():
        if name.lower().endswith(".csv") and _is_places_table(content):
            what = "Who's On First" if b"wof_id" in content[:200] else Path(name).name
            yield _Part(what, "as its publisher says", "", where, {"places_table.csv": content})


def _publisher(files: dict[str, bytes]) -> tuple[str, str, str]:
    """Return what polygons are, their licence and date, as far as their columns tell."""
    try:
        values = json.loads(next(iter(files.values())))["features"][0]["properties"]
        columns = {str(column).lower(): value for column, value in values.items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        columns = {}
    if any(column.startswith("adm") and column.endswith("_pcode") for column in columns):
        valid = str(columns.get("validon") or columns.get("valid_on") or "")[:10]
        return "OCHA COD-AB boundaries", "CC BY-IGO", valid
    if "shapename" in columns:
        return "geoBoundaries", "CC BY", ""
    if any(column.startswith("gid_") for column in columns):
        return "GADM", "not for commercial use", ""
    return "Admin boundaries", "as its publisher says", ""


def _files_at(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder and what is below it, and of the zips among them."""
    if not path.exists():
        raise DataError(f"{path}: no such file or folder", path)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for file in files:
        if file.suffix.lower() not in (*_POLYGON_ENDS, ".csv", ".txt", ".zip"):
            continue
        try:
            content = file.read_bytes()
        except OSError as error:
            raise DataError(f"{file}: {error.strerror}", file) from error
        if file.suffix.lower() == ".zip":
            for name, member in _members(content, str(file)).items():
                yield f"{file.name}/{name}", member
        else:
            yield str(file), content


def _columns(content: bytes) -> int:
    return content.split(b"\n", 1)[0].count(b"\t") + 1


def _is_places_table(content: bytes) -> bool:
    header = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip().split(",")
    return {"name", "lat", "lon", "placetype"} <= set(header)


# --- what came -------------------------------------------------------------------


def _json_of(content: bytes, url: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise FetchError(f"{url}: the answer is not the JSON expected", url)
    return value


def _members(content: bytes, where: str) -> dict[str, bytes]:
    """Return the files of a zip, or the one file that is no zip."""
    if not content.startswith(b"PK"):
        return {where: content}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in infos) > MOST_BYTES:
                raise FetchError(f"{where}: unpacks to more than {MOST_BYTES} bytes", where)
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise FetchError(f"{where}: a damaged zip: {error}", where) from error


def _member(content: bytes, name: str, where: str) -> bytes:
    members = _members(content, where)
    if name not in members:
        raise FetchError(f"{where}: has no {name}", where)
    return members[name]


def _polygon_files(members: dict[str, bytes], where: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, content in members.items():
        level = _level_in(name)
        if level is not None and name.lower().endswith(_POLYGON_ENDS):
            files.setdefault(_polygon_file(level), content)
    if not files:
        raise FetchError(f"{where}: holds no GeoJSON whose name says adm1 to adm3", where)
    return files


def _level_in(name: str) -> Level | None:
    stem = Path(name).name.lower()
    levels = (Level.ADM0, Level.ADM1, Level.ADM2, Level.ADM3)
    return next((level for level in levels if level in stem or f"admin{level[-1]}" in stem), None)


def _polygon_file(level: Level) -> str:
    return f"irq_admbnda_{level}.geojson"


# --- installing ------------------------------------------------------------------


def _install(part: _Part, folder: Path, say: Callable[[str], None]) -> None:
    """Build the new folder beside the old one, check it, then put it in its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        new = Path(temporary) / "new"
        if folder.is_dir():
            shutil.copytree(folder, new)
        new.mkdir(exist_ok=True)
        if any(name.endswith(".geojson") for name in part.files):
            for old in new.glob("irq_admbnda_*.geojson"):
                old.unlink()
        for name, content in part.files.items():
            (new / name).write_bytes(content)
        say(f"checking {part.what}")
        _compile(new)
        _write_receipt(new, part)
        old = Path(temporary) / "old"
        try:
            if folder.is_dir():
                folder.replace(old)
            new.replace(folder)
        except BaseException:  # stopped, too, must leave what was there
            if old.is_dir() and not folder.exists():
                old.replace(folder)
            raise
    say(f"installed {part.what} in {folder}")


def _compile(folder: Path) -> None:
    """Read everything once, which checks it, and compile the places."""
    from gazetteer import api, boundaries  # imports frames

    library = Library(folder)
    for level in library.levels:
        boundaries.read(library, level)
    listed = []
    dump, table = folder / "geonames_iq.txt", folder / "places_table.csv"
    if dump.is_file():
        names = folder / "geonames_iq_names.txt"
        listed += list(place_lists.of_geonames(dump.read_bytes(), names.read_bytes()))
    if table.is_file():
        known = {record["id"] for record in listed}
        found = place_lists.of_table(table.read_bytes(), "Who's On First")
        listed += [record for record in found if record["id"] not in known]
    if not (library.levels or listed):
        raise DataError("there is nothing to install", folder)
    polygons = library if library.levels else Library.core()
    core = api.load(CORE).places()
    for name, content in full_places.compiled(polygons, listed, core).items():
        (folder / name).write_bytes(content)


def _write_receipt(folder: Path, part: _Part) -> None:
    path = folder / RECEIPT
    old = json.loads(path.read_bytes()) if path.is_file() else []
    entry = {
        "what": part.what,
        "licence": part.licence,
        "date": part.date,
        "url": part.url,
        "files": {n: hashlib.sha256(c).hexdigest() for n, c in sorted(part.files.items())},
    }
    kept = [other for other in old if not set(other["files"]) & set(entry["files"])]
    text = json.dumps([*kept, entry], ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
