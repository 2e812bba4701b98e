"""The command ``gazetteer``."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer.cli import main


def test_resolve_prints_a_table_of_whole_lines(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["Babil", "Babylon", "Baghdad", "Erbil", "بابل", "هەولێر", "Gaza", "Hamas"]
    assert main(["resolve", *names]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [next(line for line in lines if line.split()[:1] == [name]) for name in names]
    assert [row.split()[1] for row in rows] == [*["resolved"] * 6, "outside", "unresolved"]
    assert all("IQG07" in row for row in (rows[0], rows[1], rows[4]))
    assert "the wider one claims least" in rows[3]
    assert "…" not in "".join(rows)
    assert "\x1b" not in "".join(lines)


def test_resolve_within_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "--json", "--within", "Erbil", "Salahaddin"]) == 0
    assert json.loads(capsys.readouterr().out)["place"]["adm1"] == "IQG11"
    assert main(["resolve", "--json", "--level", "settlement", "Baghdad"]) == 0
    assert json.loads(capsys.readouterr().out)["place"]["id"] == "gn:98182"


def test_an_area_is_shown_with_what_it_touches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "--json", "12 km south of Mosul", "Baghdad-Kirkuk road", "Mosul"]) == 0
    south, road, town = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert south["area"]["precision"] == "relative"
    assert south["area"]["radius_km"] > 10
    assert south["area"]["touching"] == {"adm1": {"IQG15": 1.0}}
    assert south["area"]["ends"] is None
    assert len(road["area"]["ends"]) == 2
    assert list(road["area"]["touching"]["adm1"])[:4] == ["IQG16", "IQG13", "IQG10", "IQG08"]
    assert town["area"] is None
    assert main(["resolve", "12 km south of Mosul"]) == 0
    assert "relative: within 13 km of longitude 43.119" in capsys.readouterr().out


def test_find_in_a_file_and_in_a_pipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "BAGHDAD (AFP) - A bomb near Hawija."
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8-sig")
    assert main(["find", "--json", str(file)]) == 0
    from_file = capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["find", "--json", "-"]) == 0
    assert capsys.readouterr().out == from_file
    found = [json.loads(line) for line in from_file.splitlines()]
    assert [(m["text"], m["use"]) for m in found] == [
        ("BAGHDAD", "dateline"),
        ("near Hawija", "place"),
    ]
    assert main(["find", str(file)]) == 0
    assert "near Hawija" in capsys.readouterr().out


def test_info_tells_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["places by level"]["adm1"] == 19
    assert values["approximate boundaries"] is True
    assert main(["info"]) == 0
    assert "Natural Earth" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["find", "no-such-file.txt"], "no-such-file.txt: no such file"),
        (["resolve", "--level", "county", "Babil"], "unknown level 'county'"),
        (["resolve", "--data", "no-such-folder", "Babil"], "no-such-folder"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_text_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(b"first\nse\xffcond")
    assert main(["find", str(file)]) == 2
    assert f"{file}, line 2: not UTF-8" in capsys.readouterr().err


def test_names_cannot_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "Bab\x1b[2Jil", "[red]Babil[/red]"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[red]Babil[/red]" in out


def test_a_name_needs_no_frames() -> None:
    code = (
        "import sys, gazetteer; gazetteer.load().resolve('Babil');"
        "slow = ('pandas', 'geopandas', 'shapely', 'numpy', 'yaml');"
        "print([m for m in slow if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
