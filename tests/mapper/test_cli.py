"""The command: what it prints, its exit codes, and how it refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import mapper
from mapper.cli import main

TABLE = "place,date,killed\nHilla,2024-01-05,2\nBabil,,\nGaza,,\n"
PLACED = "place,date,killed\nHilla,2024-01-05,2\nBabil,,\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mapper", *map(str, arguments)], capture_output=True, text=True
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


def test_draw(table: Path, tmp_path: Path) -> None:
    done = run("draw", table, "-o", tmp_path / "map.html", "--title", "T")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 rows in" in done.stdout and f"Wrote {tmp_path / 'map.html'}" in done.stdout
    assert (tmp_path / "map.html").stat().st_size > 10_000


def test_draw_in_arabic(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "map.html"
    assert main(["draw", str(table), "--language", "ar", "-o", str(output)]) == 0
    assert 'lang="ar"' in output.read_text(encoding="utf-8")


def test_locate_and_json(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "located.csv"
    assert main(["locate", str(table), "-o", str(output), "--json"]) == 0
    account = json.loads(capsys.readouterr().out)
    assert account["rows_in"] == 3 and account["statuses"]["outside"] == 1
    assert account["unplaced"][0]["place"] == "Gaza" and account["unplaced"][0]["row"] == 4
    assert account["outputs"] == [str(output)]


def test_extract_review_and_draw_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "A car bomb exploded in a market in Hilla on January 3, 2024, killing three people and "
        "wounding seven others, police said.\n"
    )
    review = tmp_path / "incidents.csv"
    assert main(["extract", str(article), "-o", str(review), "--published", "2024-01-04"]) == 0
    assert "1 incident" in capsys.readouterr().out
    corrected = review.read_text("utf-8-sig").replace("Hilla,", "Mosul,", 1)
    assert "killing three people" in corrected
    review.write_text(corrected, "utf-8-sig")
    assert main(["draw", str(review), "-o", str(tmp_path / "map.html")]) == 0
    assert "1 row in" in capsys.readouterr().out


def test_names_that_are_not_placed_are_decided_and_come_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, todo, output = (tmp_path / name for name in ("table.csv", "todo.csv", "located.csv"))
    table.write_text("place,killed\nXyzzy,1\nXyzzy,2\nPlugh,3\nHilla,4\n")
    assert main(["locate", str(table), "-o", str(output), "--unplaced", str(todo)]) == 0
    listed = pd.read_csv(todo, encoding="utf-8-sig")
    assert list(listed.columns) == [
        "name", "within", "rows", "source_rows", "reason", "candidates", "id", "longitude",
        "latitude",
    ]  # fmt: skip
    assert listed[["name", "rows", "source_rows"]].to_numpy().tolist() == [
        ["Xyzzy", 2, "table.csv: 2, 3"], ["Plugh", 1, "table.csv: 4"],
    ]  # fmt: skip
    decided = listed.astype("object")
    decided.loc[0, "id"] = "IQG15"
    decided.loc[1, ["longitude", "latitude"]] = 44.4, 32.5
    decided.to_csv(todo, index=False, encoding="utf-8-sig")
    assert main(["locate", str(table), "-o", str(output), "--names", str(todo), "--strict"]) == 0
    located = pd.read_csv(output)
    assert located["adm1_pcode"].tolist()[:3] == ["IQG15", "IQG15", "IQG07"]
    assert located["precision"].tolist()[:3] == ["adm1", "adm1", "settlement"]
    assert str(todo) in capsys.readouterr().out


def test_formats_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    listed = capsys.readouterr().out
    for name in ("ACLED", "UCDP GED", "GTD", "AWSD", "Iraq Body Count", "HXL", "any other table"):
        assert name in listed


def test_strict(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = str(tmp_path / "map.html")
    assert main(["draw", str(table), "-o", output, "--strict"]) == 3
    assert Path(output).exists(), "the map is drawn all the same"
    table.write_text(PLACED)
    assert main(["draw", str(table), "-o", output, "--strict"]) == 0


def test_columns_and_sheet_are_passed_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("spot,n\nHilla,1\nnowhere,2\n")
    output = str(tmp_path / "located.csv")
    assert main(["locate", str(path), "-o", output]) == 2
    assert "--column place=HEADER" in capsys.readouterr().err
    assert main(["locate", str(path), "-o", output, "--column", "place=spot"]) == 0


def test_exact_boundaries(table: Path, tmp_path: Path, shared_data: Path) -> None:
    output = tmp_path / "located.csv"
    assert (
        main(["locate", str(table), "-o", str(output), "--boundaries", str(shared_data / "cod-ab")])
        == 0
    )
    assert "IQG07" in output.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.csv", "-o", "map.html"], "none.csv: no such file"),
        (["empty.csv", "-o", "map.html"], "empty.csv: the file is empty"),
        (["picture.csv", "-o", "map.html"], "picture.csv: not a text table"),
        (["shoes.csv", "-o", "map.html"], "--column place=HEADER"),
        (["calm.txt", "-o", "map.html"], "no incident found"),
        (["table.csv", "-o", "none/map.html"], "there is no folder"),
        (["table.csv", "-o", "map.htlm"], "map.htlm: unknown ending"),
        (["table.csv", "-o", "map.html", "--column", "Location=place"], "write WHAT=HEADER"),
        (["table.csv", "-o", "map.html", "--boundaries", "none"], "no such file or folder"),
        (["nothing", "-o", "map.html"], "a folder without a file"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("table.csv").write_text(TABLE)
    Path("empty.csv").touch()
    Path("picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    Path("shoes.csv").write_text("size,colour\n7,red\n")
    Path("calm.txt").write_text("An exhibition of carpets was opened on Monday.\n")
    Path("nothing").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    assert main(["draw", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("incident-map: ") and captured.err.count("\n") == 1
    assert words in captured.err and captured.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "nothing is written"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "missing: COMMAND; see incident-map --help"),
        (["drow", "a.csv"], "choose from 'draw'"),
        (["draw", "a.csv"], "missing: -o/--output; see incident-map draw --help"),
        (["draw", "a.csv", "-o", "m.html", "--published", "5/1/2024"], "such as 2024-01-05"),
        (["draw", "a.csv", "-o", "m.html", "--column", "place"], "WHAT=COLUMN"),
        (["draw", "a.csv", "-o", "m.html", "--language", "fr"], "choose from 'en', 'ar'"),
    ],
)
def test_a_wrong_call_is_one_line_and_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert words in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("command", ["draw", "extract", "locate"])
def test_every_option_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert "example: incident-map" in text
    for option in ("--output", "--published", "--column", "--sheet", "--boundaries", "--json"):
        assert option in text
    assert "p-code" not in text.lower(), "a word that nobody needs to know"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_control_c_is_code_130_without_traceback(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.csv"
    os.mkfifo(fifo)  # reading it waits until somebody writes
    with subprocess.Popen(
        [sys.executable, "-m", "mapper", "draw", str(fifo), "-o", str(tmp_path / "map.html")],
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told == "incident-map: stopped; nothing was written\n"


def test_it_is_quiet_and_quick_to_help() -> None:
    start = time.perf_counter()
    done = run("--help")
    assert done.returncode == 0 and "incident-map" in done.stdout
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("ending", [".geojson", ".csv", ".gpkg", ".parquet"])
def test_locate_writes_the_areas_too(tmp_path: Path, ending: str) -> None:
    located, areas = tmp_path / "located.csv", tmp_path / f"areas{ending}"
    source = str(Path(__file__).parents[2] / "examples" / "incidents.csv")
    assert main(["locate", source, "-o", str(located), "--areas", str(areas)]) == 0
    readers = {".csv": pd.read_csv, ".parquet": gpd.read_parquet}
    back = readers.get(ending, gpd.read_file)(areas)
    assert len(back) == 18 and int(back["incidents"].sum()) == 9
    assert located.exists() and ("geometry" in back) == (ending != ".csv")


def test_an_impossible_areas_file_stops_the_work_before_it_begins(tmp_path: Path) -> None:
    located, areas = tmp_path / "located.csv", tmp_path / "areas.doc"
    source = str(Path(__file__).parents[2] / "examples" / "incidents.csv")
    assert main(["locate", source, "-o", str(located), "--areas", str(areas)]) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("locate table.csv -o table.csv", "table.csv: is an input"),
        ("locate *.csv -o other/../table.csv", "is an input"),
        ("extract table.csv -o link.csv", "link.csv: is an input"),
        ("draw article.html -o article.html", "article.html: is an input"),
        ("draw . -o article.html", "article.html: is an input"),
        ("locate article.html table.csv -o a.csv --unplaced table.csv", "table.csv: is an input"),
        ("locate article.html -o a.csv --unplaced a.csv", "a.csv: is another output"),
        ("locate article.html -o a.csv --areas ./a.csv", "a.csv: is another output"),
        ("locate article.html -o a.csv --names table.csv --unplaced table.csv", "is an input"),
        ("draw table.csv -o a.html --unplaced a.html", "a.html: is another output"),
    ],
)
def test_neither_an_input_nor_another_output_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: str, told: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    files = {"table.csv": "name,id\n", "article.html": "<p>A bomb killed two in Hilla.</p>"}
    for name, text in files.items():
        Path(name).write_text(text)
    Path("other").mkdir()
    Path("link.csv").symlink_to("table.csv")
    assert main(arguments.split()) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
    assert {name: Path(name).read_text() for name in files} == files
    assert not {"a.csv", "a.html"} & {path.name for path in tmp_path.iterdir()}


def test_what_a_link_leads_to_is_written(table: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    real, link = tmp_path / "kept" / "real.csv", tmp_path / "link.csv"
    for before in (None, "old"):
        if before:
            real.write_text(before)
        link.unlink(missing_ok=True)
        link.symlink_to(real)
        assert main(["locate", str(table), "-o", str(link)]) == 0
        assert link.is_symlink() and "Hilla" in real.read_text("utf-8-sig")


def test_make_map_replaces_no_input(tmp_path: Path) -> None:
    page = tmp_path / "article.html"
    page.write_text("<p>A bomb killed two in Hilla.</p>")
    with pytest.raises(mapper.OutputError, match="is an input"):
        mapper.make_map(page, page)
    assert "bomb" in page.read_text()
