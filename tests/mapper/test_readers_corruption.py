"""Damaged tables: read with an account that closes, or refused in one line that names them."""

from __future__ import annotations

import gzip
import random
import sys
from pathlib import Path

import pytest

import mapper
from mapper.cli import BAD_INPUT, main
from mapper.errors import ReadError
from mapper.report import Report

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import corruptions

TABLE = "id,date,place,killed\n" + "".join(
    f"{at},2024-01-{at + 1:02},{place},{at}\n"
    for at, place in enumerate(["Mosul", "Hit", "Baghdad", "Tikrit", "Xyzzy"] * 5)
)


def test_whatever_becomes_of_a_table_its_account_closes() -> None:
    outcomes, faults = corruptions.corrupt(60, 20260)
    assert not faults, faults[0]
    assert outcomes["read, and the account closes"] > 20


@pytest.mark.parametrize("seed", range(2))
def test_the_command_refuses_in_one_line_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    dice = random.Random(seed)
    for at in range(4):
        damaged, output = tmp_path / f"{at}.csv", tmp_path / f"{at}-located.csv"
        damaged.write_bytes(corruptions.damage(dice))
        code = main(["locate", str(damaged), "-o", str(output)])
        told = capsys.readouterr().err
        assert code in (0, BAD_INPUT)
        assert output.exists() == (code == 0)
        if code:
            assert told.count("\n") == 1 and (str(damaged) in told or "no incident" in told)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("ending", ["xlsx", "geojson", "parquet", "gpkg", "csv.gz"])
def test_a_file_cut_off_or_with_other_bytes_is_read_or_refused_in_one_line(
    tmp_path: Path, ending: str
) -> None:
    whole = _whole(tmp_path, ending)
    dice = random.Random(ending)
    read = 0
    for at in range(8):
        data = bytearray(whole)
        if at % 2:
            del data[dice.randrange(len(data)) :]
        else:
            for _ in range(dice.randint(1, 60)):
                data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / f"{at}.{ending}"
        path.write_bytes(bytes(data))
        try:
            found = mapper.read(path)
        except ReadError as error:
            assert str(error).startswith(str(path)) and "\n" not in str(error)
        else:
            assert Report.of(mapper.locate(found, corruptions.gazetteer.load())).closes
            read += 1
    assert read < 8


def _whole(folder: Path, ending: str) -> bytes:
    table = folder / "table.csv"
    table.write_text(TABLE, "utf-8")
    if ending == "csv.gz":
        return gzip.compress(table.read_bytes(), mtime=0)
    whole = folder / f"whole.{ending}"
    assert main(["locate", str(table), "-o", str(whole)]) == 0
    return whole.read_bytes()
