"""The whole way: several inputs, one map, one account; nothing half-written."""

from __future__ import annotations

import configparser
import importlib
import os
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest

import gazetteer
import mapper
from mapper.errors import NothingToDrawError, OutputError, ReadError
from mapper.pipeline import make_map, read
from mapper.schema import INCIDENTS, check

TABLE = "place,date,killed\nHilla,2024-01-05,2\nBabil,,\nGaza,,\nXyzzy,,\n"
ARTICLE = """Baghdad (Agency) - A car bomb exploded in a market in Hilla on January 3, 2024, killing
three people and wounding seven others, police said.
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


def test_everything_that_is_promised_is_there() -> None:
    assert set(mapper.__all__) <= set(dir(mapper))
    for name in mapper.__all__:
        assert getattr(mapper, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'sheep'"):
        importlib.import_module("mapper").__getattr__("sheep")


@pytest.mark.parametrize(
    ("contract", "free"),
    [
        ("folium-in-drawing", {"mapper.drawing"}),
        ("gazetteer-in-few", {"mapper.extraction", "mapper.locating"}),
    ],
)
def test_a_contract_of_imports_binds_every_stage_but_those_it_frees(
    contract: str, free: set[str]
) -> None:
    config = configparser.ConfigParser()
    config.read(Path(__file__).parents[2] / "setup.cfg", "utf-8")
    layers = config["importlinter:contract:mapper-layers"]["layers"].split("\n")
    stages = next(line for line in layers if "mapper.drawing" in line).split(" | ")
    bound = config[f"importlinter:contract:{contract}"]["source_modules"].split()
    assert set(stages) - set(bound) == free


def test_extracting_and_locating_wait_for_no_map_library() -> None:
    code = "import sys, mapper; mapper.read; mapper.locate; mapper.Report; mapper.extract; "
    code += "print([m for m in ('folium', 'mapclassify') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_article_waits_for_nothing_that_only_tables_and_maps_need(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("A bomb killed five people in Baquba on Saturday, police said.")
    code = "import sys, mapper, mapper.export; assert len(mapper.read(sys.argv[1])) == 1; "
    code += "slow = 'geopandas shapely folium trafilatura lxml pyogrio mapper.readers.tables'; "
    code += "print([m for m in slow.split() if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_one_table(table: Path, tmp_path: Path) -> None:
    report = make_map(table, tmp_path / "map.html", title="Two & <three>")
    page = (tmp_path / "map.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") and "Two &amp; &lt;three&gt;" in page
    assert report.closes and report.rows_in == 4
    assert report.outputs == (str(tmp_path / "map.html"),)


def test_the_same_input_gives_the_same_bytes(table: Path, tmp_path: Path) -> None:
    make_map(table, tmp_path / "a.html")
    make_map(table, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_article_and_table_together(table: Path, article: Path) -> None:
    frame = read([article, table], published="2024-01-04")
    check(frame, INCIDENTS, "incidents")
    assert frame["source_file"].tolist() == ["article.txt"] + ["table.csv"] * 4
    assert frame["incident_id"].is_unique
    said = " ".join(frame.attrs["said"])
    assert "article.txt: an article; 1 incident found" in said and "table.csv: UTF-8" in said


def test_an_article_without_incident_does_not_stop_the_others(table: Path, tmp_path: Path) -> None:
    calm = tmp_path / "calm.txt"
    calm.write_text("The ministry of culture opened an exhibition of carpets on Monday.\n")
    frame = read([calm, table])
    assert len(frame) == 4
    assert any("calm.txt: an article; no incident found" in line for line in frame.attrs["said"])
    with pytest.raises(NothingToDrawError, match=r"calm\.txt"):
        make_map(calm, tmp_path / "map.html")
    assert not (tmp_path / "map.html").exists()


def test_what_an_article_leaves_out_is_said(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        ARTICLE + "\nMore than 300 attacks have killed 90 people in Iraq since March.\n"
        "\nElsewhere, gunmen shot dead four men.\n"
    )
    said = "\n".join(read(article).attrs["said"])
    assert "1 incident found" in said
    assert "no single event: More than 300 attacks" in said
    assert "no place is told: Elsewhere, gunmen" in said


def test_the_api_draws_what_is_around(table: Path) -> None:
    gaz = gazetteer.load()
    located = mapper.locate(read(table), gaz)
    areas = mapper.count(located, gaz.boundaries(1))
    core = mapper.draw(located, areas).get_root().render()
    assert "Natural Earth" in core
    areas.attrs = {"credits": ["Survey of ours"], "approximate": False}
    own = mapper.draw(located, areas, language="ar").get_root().render()
    assert "Survey of ours" in own
    assert "Natural Earth" not in own
    assert 'lang="ar"' in own


def test_the_same_file_twice_keeps_every_row(table: Path) -> None:
    frame = read([table, table])
    assert len(frame) == 8 and frame["incident_id"].is_unique


def test_tables_with_columns_of_their_own(table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("place,shoe size\nMosul,7\n")
    frame = read([table, other])
    assert frame["shoe size"].fillna("").tolist() == ["", "", "", "", "7"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.csv", "no such file"),
        ("none.txt", "no such file"),
        ("page.doc", "not read: save the article as .docx or text"),
        ("page.rtf", "not read: save the article as .docx or text"),
        ("a.strange", "not known by its ending"),
    ],
)
def test_inputs_that_are_not_read(tmp_path: Path, name: str, words: str) -> None:
    if not name.startswith("none"):
        (tmp_path / name).write_text("x")
    with pytest.raises(ReadError, match=words) as caught:
        make_map([tmp_path / name], tmp_path / "map.html")
    assert str(tmp_path / name) in str(caught.value)
    assert not (tmp_path / "map.html").exists()


def test_no_input() -> None:
    with pytest.raises(ReadError, match="no input"):
        read([])


def test_a_pipe_or_device_is_not_replaced(tmp_path: Path, table: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="not a file"):
        make_map(table, tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("output", ["none/map.html", "."])
def test_where_nothing_can_be_written_nothing_is_begun(tmp_path: Path, output: str) -> None:
    with pytest.raises(OutputError):
        make_map(tmp_path / "is not even looked for.csv", tmp_path / output)


FULL_DISK = """
import resource, signal, sys
import mapper
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    mapper.make_map(sys.argv[1], sys.argv[2])
except mapper.OutputError as error:
    print(error)
"""

KILLED = """
import os, pathlib, sys
import mapper, mapper.drawing.saving as saving
def stop(*_):
    print("writing", flush=True)
    import time; time.sleep(60)
os.fsync = stop  # all is written but not yet moved into place
mapper.make_map(sys.argv[1], sys.argv[2])
"""


@pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")
def test_a_full_disk_leaves_what_was_there(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "map.html"
    output.parent.mkdir()
    output.write_text("the map of yesterday")
    done = subprocess.run(
        [sys.executable, "-B", "-c", textwrap.dedent(FULL_DISK), str(table), str(output)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "cannot be written" in done.stdout and str(output) in done.stdout
    assert output.read_text() == "the map of yesterday"
    assert [path.name for path in output.parent.iterdir()] == ["map.html"]


@pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")
def test_a_kill_in_the_middle_leaves_what_was_there(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "map.html"
    output.write_text("the map of yesterday")
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(table), str(output)],
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    assert output.read_text() == "the map of yesterday"


def test_all_tables_of_a_zip_are_read_and_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "months.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("jan.csv", "Date,Town\n2024-01-14,Mosul\n2024-01-15,Tikrit\n")
        archive.writestr("_feb.csv", "Date,Town\n2024-02-14,Tikrit\n")
        archive.writestr("shoes.csv", "size,colour\n7,red\n")
        archive.writestr("readme.txt", "what this is")
    incidents = mapper.read(path)
    assert incidents["source_file"].tolist() == ["jan.csv", "jan.csv", "_feb.csv"]
    assert incidents["incident_id"].is_unique
    said = "\n".join(incidents.attrs["said"])
    assert "months.zip: 2 tables read; no tables, and left out: readme.txt" in said
    assert "shoes.csv: no column tells where" in said and len(incidents.attrs["left_out"]) == 1
    assert len(mapper.read(path, sheet="_feb.csv")) == 1


def test_a_chosen_column_that_only_some_tables_have(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("place,Losses\nHilla,3\n")
    (tmp_path / "b.csv").write_text("place,date\nKut,2024-01-01\n")
    frame = mapper.read([tmp_path / "a.csv", tmp_path / "b.csv"], columns={"killed": "Losses"})
    assert frame["killed"].fillna(-1).tolist() == [3, -1]
    assert "b.csv: no column 'Losses'" in frame.attrs["said"]
    with pytest.raises(mapper.ReadError, match=r"a\.csv: no column 'Lost'"):
        mapper.read([tmp_path / "a.csv", tmp_path / "b.csv"], columns={"killed": "Lost"})
