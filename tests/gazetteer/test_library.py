"""Which data is installed, and that nothing is read before it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import gazetteer
from gazetteer.cli import main
from gazetteer.errors import DataError, LevelError
from gazetteer.library import RECEIPT, Library, default_folder
from gazetteer.place import Level


def write_levels(folder: Path, *levels: int, valid_on: object = "2019-06-03") -> Path:
    for level in levels:
        feature = {"type": "Feature", "properties": {"validOn": valid_on}, "geometry": None}
        content = {"type": "FeatureCollection", "features": [feature]}
        path = folder / f"irq_admbnda_adm{level}.geojson"
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_the_core_library_is_approximate_and_knows_two_levels() -> None:
    core = Library.core()
    assert core.approximate
    assert core.levels == (Level.ADM0, Level.ADM1)
    assert "Natural Earth" in str(core.credits[0])
    assert "public domain" in str(core.credits[0])


def test_a_folder_has_the_levels_of_its_files(tmp_path: Path) -> None:
    library = Library.at(write_levels(tmp_path, 1, 3))
    assert library.levels == (Level.ADM1, Level.ADM3)
    assert not library.approximate


@pytest.mark.parametrize(
    ("valid_on", "said"),
    [
        ("2019-06-03", "OCHA COD-AB boundaries, 2019-06-03 (CC BY-IGO)"),
        ("2019-06-03T00:00:00", "OCHA COD-AB boundaries, 2019-06-03 (CC BY-IGO)"),
        (None, "OCHA COD-AB boundaries (CC BY-IGO)"),
    ],
)
def test_a_folder_is_credited_with_its_date(valid_on: object, said: str, tmp_path: Path) -> None:
    library = Library.at(str(write_levels(tmp_path, 1, valid_on=valid_on)))
    assert str(library.credits[0]) == said


def test_a_damaged_file_has_no_date_but_is_still_credited(tmp_path: Path) -> None:
    (tmp_path / "irq_admbnda_adm1.geojson").write_text("not json", encoding="utf-8")
    assert Library.at(tmp_path).credits[0].date == ""


def test_what_was_fetched_is_opened_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "iraq-gazetteer"
    assert gazetteer.load().library.folder is None
    folder.mkdir()
    write_levels(folder, 1)
    assert gazetteer.load().library.folder is None  # an installation that was not finished
    (folder / RECEIPT).write_text("[]", encoding="utf-8")
    assert gazetteer.load().library.folder == folder
    assert gazetteer.load("core").library.folder is None


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "AppData/Local"),
    ],
)
def test_the_default_folder_is_the_users(
    platform: str, folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert default_folder() == tmp_path / folder / "iraq-gazetteer"


@pytest.mark.parametrize(
    "content", ["not json", "{}", "[1]", '[{"what": "x"}]', "[" * 100_000, '[{"files": 1}]']
)
def test_a_damaged_receipt_is_an_error_that_says_what_to_do(content: str, tmp_path: Path) -> None:
    (tmp_path / RECEIPT).write_text(content, encoding="utf-8")
    library = Library.at(tmp_path)
    for ask in (lambda: library.remarks, lambda: library.credits):
        with pytest.raises(DataError, match=r"installed\.json is damaged: remove it"):
            ask()
    assert main(["resolve", "--data", str(tmp_path), "Mosul"]) == 2


def test_damaged_units_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / RECEIPT).write_text("[]", encoding="utf-8")
    for content in ("not json", "[]", '{"gn:1": 5}'):
        (tmp_path / "units.json").write_text(content, encoding="utf-8")
        with pytest.raises(DataError, match=r"units\.json is damaged"):
            gazetteer.load(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere: no such file or folder"):
        Library.at(tmp_path / "nowhere")


def test_a_folder_without_boundaries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there are no polygons in it"):
        Library.at(tmp_path)


def test_a_level_that_is_not_installed_is_refused_with_those_that_are() -> None:
    with pytest.raises(LevelError, match=r"adm3.*adm0, adm1") as refused:
        Library.core().polygon_file(Level.ADM3)
    assert refused.value.value is Level.ADM3


def test_a_missing_core_file_is_named() -> None:
    with pytest.raises(DataError, match=r"no-such\.json"):
        Library.core().core_file("no-such.json")


def test_what_is_kept_is_made_once_and_not_shared() -> None:
    one, other = Library.core(), Library.core()
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [one.keep("key", make), one.keep("key", make), other.keep("key", make)] == [1, 1, 2]


def test_the_library_is_imported_without_pandas() -> None:
    """So that the way from a name to a place stays fast."""
    code = "import sys, gazetteer.library; print(sorted({'pandas', 'shapely'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
