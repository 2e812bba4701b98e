"""What can be installed and where it is: on servers, or in files that somebody brought.

Each source gives `Part`s: checked files as a `Library` reads them, and whom to credit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from gazetteer.archives import unpack
from gazetteer.download import Download, NotThereError, number
from gazetteer.errors import DataError, FetchError
from gazetteer.place import Level

if TYPE_CHECKING:
    from gazetteer.polygon_files import Polygons

DUMP_FILE, NAMES_FILE, TABLE_FILE = "geonames_iq.txt", "geonames_iq_names.txt", "places_table.csv"
_VECTORS = (".geojson", ".json", ".gpkg", ".shp", ".zip")


@dataclass(frozen=True, slots=True)
class Part:
    """Files to install, and what a map that uses them must say."""

    what: str
    licence: str
    date: str
    url: str
    files: dict[str, bytes]
    remarks: tuple[str, ...] = field(default=())

    @property
    def has_polygons(self) -> bool:
        """Whether it replaces the polygons that are installed."""
        return any(name.endswith(".geojson") for name in self.files)


# --- servers -----------------------------------------------------------------------


def cod_ab(download: Download) -> Part:
    """Return OCHA's polygons, found by HDX's CKAN interface."""
    url = f"{download.servers.hdx}/api/3/action/package_show?id=cod-ab-irq"
    package = _json_of(download.get(url), url).get("result")
    resources = package.get("resources") if isinstance(package, dict) else None
    if not (isinstance(package, dict) and isinstance(resources, list)):
        raise FetchError(f"{url}: the answer lists no files", url)
    chosen = next((r for r in resources if _is_geojson(r)), None)
    address = str(chosen.get("download_url") or chosen.get("url") or "") if chosen else ""
    if chosen is None or not address:
        raise FetchError(f"{url}: lists no GeoJSON of the boundaries", url)
    content = download.get(
        address, size=_number(chosen.get("size")), digest=_hash(str(chosen.get("hash") or ""))
    )
    polygons = _polygons_in({_file_name(address, content): content})
    when = str(package.get("dataset_date") or chosen.get("last_modified") or "")
    return Part(
        "OCHA COD-AB boundaries",
        str(package.get("license_title") or "CC BY-IGO"),
        polygons.date or _first_day(when),
        address,
        polygons.files(),
        polygons.remarks,
    )


def geoboundaries(download: Download) -> Part:
    """Return geoBoundaries' polygons of the levels whose names tell which unit each is."""
    found: dict[str, bytes] = {}
    remarks: list[str] = []
    credit = ("", "", "")
    for level in (Level.ADM1, Level.ADM2, Level.ADM3):
        url = f"{download.servers.geoboundaries}/api/current/gbOpen/IRQ/{level.upper()}/"
        try:
            about = _json_of(download.get(url), url)
        except NotThereError:
            continue
        address = str(about.get("gjDownloadURL") or "")
        if not address:
            raise FetchError(f"{url}: the answer names no file", url)
        content = download.get(address)
        try:
            polygons = _polygons_in({f"geoBoundaries-IRQ-{level.upper()}.geojson": content})
        except DataError as error:
            if level is not Level.ADM3:  # most subdistricts are known to the full data only
                raise
            remarks.append(f"left out: {error}")
            continue
        count = _number(about.get("admUnitCount"))
        if count is not None and _features(content) != count:
            said = f"{_features(content)} units came, {count} were announced"
            raise FetchError(f"{address}: {said}", address)
        found |= polygons.files()
        remarks += polygons.remarks
        licence = str(about.get("boundaryLicense") or "CC BY")
        credit = (licence, str(about.get("boundaryYearRepresented") or ""), address)
    if not found:
        raise FetchError("geoBoundaries lists no boundaries of Iraq", "geoboundaries")
    return Part("geoBoundaries", *credit, found, tuple(remarks))


def geonames(download: Download) -> Part:
    """Return GeoNames' dump of Iraq and its alternate names."""
    base = f"{download.servers.geonames}/export/dump"
    addresses = {
        DUMP_FILE: f"{base}/IQ.zip",
        NAMES_FILE: f"{base}/alternatenames/IQ.zip",
    }
    files = {name: _dump_in(download.get(url), url) for name, url in addresses.items()}
    today = date.today().isoformat()
    return Part("GeoNames", "CC BY 4.0", today, addresses[DUMP_FILE], files)


SOURCES: dict[str, Callable[[Download], Part]] = {
    "cod-ab": cod_ab,
    "geoboundaries": geoboundaries,
    "geonames": geonames,
}


def _json_of(content: bytes, url: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise FetchError(f"{url}: the answer is not the JSON expected", url)
    return value


def _is_geojson(resource: Any) -> bool:
    return isinstance(resource, dict) and "geojson" in str(resource.get("format", "")).lower()


def _number(value: object) -> int | None:
    return number(str(value)) if isinstance(value, int | float | str) else None


def _hash(text: str) -> str:
    """Return the digest in ``md5:0123...`` or as it is."""
    return text.rpartition(":")[2].strip()


def _first_day(text: str) -> str:
    """Return the first day of HDX's ``[2019-06-03T00:00:00 TO *]``."""
    return text.strip("[").split("T")[0][:10]


def _file_name(address: str, content: bytes) -> str:
    name = address.split("?")[0].rsplit("/", 1)[-1]
    return f"{name or 'boundaries'}{'.zip' if content.startswith(b'PK') else '.geojson'}"


def _features(content: bytes) -> int:
    return len(json.loads(content).get("features", ()))


def _polygons_in(files: dict[str, bytes]) -> Polygons:
    from gazetteer.polygon_files import read_polygons  # imports frames

    with TemporaryDirectory(prefix="gazetteer-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        (first, *_) = files
        return read_polygons(Path(folder) / first)


def _dump_in(content: bytes, url: str) -> bytes:
    with TemporaryDirectory(prefix="gazetteer-") as folder:
        archive = Path(folder) / "IQ.zip"
        archive.write_bytes(content)
        try:
            members = unpack(archive, Path(folder) / "in", endings=("iq.txt",))
        except DataError as error:
            raise FetchError(f"{url}: {error}", url) from error
        if not members:
            raise FetchError(f"{url}: has no IQ.txt", url)
        return members[0].read_bytes()


# --- files ---------------------------------------------------------------------------


def brought(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Part]:
    """Yield what a file or folder holds: polygons, GeoNames' dumps, tables of places.

    Raises
    ------
    DataError
        There is no such path, or what it holds is damaged.
    """
    if not path.exists():
        raise DataError(f"{path}: no such file or folder", path)
    with TemporaryDirectory(prefix="gazetteer-") as scratch:
        texts = list(_texts(path, Path(scratch)))
    if _holds_vectors(path):
        from gazetteer.polygon_files import read_polygons  # imports frames

        read = read_polygons(path, mapping=columns)
        files = read.files()
        yield Part(read.what, read.licence, read.date, str(path), files, read.remarks)
    by_columns = {_columns(content): content for name, content in texts if name == "IQ.txt"}
    if 19 in by_columns:
        names = next((content for number, content in by_columns.items() if number < 15), b"")
        files = {DUMP_FILE: by_columns[19], NAMES_FILE: names}
        yield Part("GeoNames", "CC BY 4.0", "", str(path), files)
    for name, content in texts:
        if name.lower().endswith(".csv") and _is_places_table(content):
            what = "Who's On First" if b"wof_id" in content[:200] else name
            yield Part(what, "as its publisher says", "", str(path), {TABLE_FILE: content})


def _files_at(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _texts(path: Path, scratch: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the tables and dumps in a folder and in the zips in it."""
    for nth, file in enumerate(_files_at(path)):
        ending = file.suffix.lower()
        members = [file] if ending in (".csv", ".txt") else []
        if ending == ".zip":
            members = unpack(file, scratch / str(nth), endings=(".csv", ".txt"))
        for member in members:
            try:
                yield member.name, member.read_bytes()
            except OSError as error:
                raise DataError(f"{member}: {error.strerror}", member) from error


def _holds_vectors(path: Path) -> bool:
    from zipfile import ZipFile

    for file in _files_at(path):
        ending = file.suffix.lower()
        if ending == ".zip":  # one that is damaged was refused before
            with ZipFile(file) as archive:
                if any(name.lower().endswith(_VECTORS) for name in archive.namelist()):
                    return True
        elif ending in _VECTORS:
            return True
    return False


def _columns(content: bytes) -> int:
    return content.split(b"\n", 1)[0].count(b"\t") + 1


def _is_places_table(content: bytes) -> bool:
    header = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip().split(",")
    return {"name", "lat", "lon", "placetype"} <= set(header)
