"""Tables that are made to be slow take time in proportion to their size.

Each is read short and four times as long, in the same run; what takes more than
four times the time, and more than an honest table of that size, is not linear.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mapper.errors import ReadError
from mapper.readers import read_table

LONGER = 4
# Quadratic time would be sixteen times; a busy machine makes a ratio of four uncertain.
SUSPECT = 9
SIZE = 20_000

HEADER = "Date,Place,Governorate,Lat,Lon,Coordinates,Killed,Casualties,Notes"
REPEATED = {
    "digits": "9", "letters": "x", "blanks": " ", "quotes": "'", "points": ".", "hyphens": "-",
    "numbers": "1 ", "slashes": "1/", "degrees": "33°", "minutes": "1'", "months": "Jan ",
    "years": "2024-", "tolls": "3 killed ", "Arabic tolls": "3 قتلى و", "conjunctions": " و",
    "points of WKT": "POINT (", "grid squares": "38SMB", "brackets": "(", "plus": "+",
    "degrees in words": "33 DEG ", "weekdays": "Monday, ", "spans": "1 to ", "commas": "١،",
    "bidi marks": "\u200f1", "totals": "total ", "header words": "date ",
}  # fmt: skip


def cells(piece: str) -> Callable[[int], bytes]:
    """A table with a long cell in each column, in which the piece is repeated."""

    def table(size: int) -> bytes:
        long = piece * (size // len(piece)) + "z"
        return f"{HEADER}\n{','.join([long] * 9)}\n2024-01-05,Mosul,,,,,,,\n".encode()

    return table


TABLES: dict[str, Callable[[int], bytes]] = {
    f"a cell of {name}": cells(piece) for name, piece in REPEATED.items()
} | {
    "columns": lambda n: (
        ",".join(["Place", *(f"c{at}" for at in range(n // 40))])
        + "\n" + ("Mosul" + ",1" * (n // 40) + "\n") * 5
    ).encode(),
    "columns of one name": lambda n: (
        "Place" + ",Notes" * (n // 40) + "\n" + ("Mosul" + ",x" * (n // 40) + "\n") * 5
    ).encode(),
    "places after empty columns": lambda n: (
        "Place,,x" * (n // 160) + "\n" + "Mosul,,1" * (n // 160) + "\n"
    ).encode(),
    "headers again": lambda n: (f"{HEADER}\n" * (n // 60)).encode(),
    "totals": lambda n: f"{HEADER}\n".encode() + b"Total,,,,,,3,,\n" * (n // 12),
    "quotes that open": lambda n: f"{HEADER}\n".encode() + b'1,"Mosul\n' * (n // 10),
    "quotes that open and close rows later": lambda n: (
        f"{HEADER}\n".encode() + b'1,"a\n2,b\n3,c",d,e,f,g,h,i,j,k,l\n' * (n // 30)
    ),
    "rows too long": lambda n: f"{HEADER}\n".encode() + b"1,2,3,4,5,6,7,8,9,10\n" * (n // 10),
    "blank lines": lambda n: f"{HEADER}\n".encode() + b"\n" * n + b"2024-01-05,Mosul,,,,,,,\n",
    "dates that all differ": lambda n: (
        f"{HEADER}\n" + "".join(f"the {at}th day,Mosul,,,,,,,\n" for at in range(n // 25))
    ).encode(),
    "tolls that all differ": lambda n: (
        f"{HEADER}\n" + "".join(f",Mosul,,,,,,{at} killed {at} hurt,\n" for at in range(n // 25))
    ).encode(),
    "rows of JSON": lambda n: json.dumps([{f"k{at}": at, "place": "Hit"} for at in range(n // 200)])
    .encode(),
    "lines of two encodings": lambda n: (
        f"{HEADER}\n".encode()
        + ",الموصل\n".encode() * (n // 20)
        + ",هيت\n".encode("cp1256") * (n // 20)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_time_for_a_table_grows_with_its_size_only(name: str, tmp_path: Path) -> None:
    path = tmp_path / ("table.json" if "JSON" in name else "table.csv")

    def seconds(data: bytes) -> float:
        begun = time.process_time()
        with suppress(ReadError):  # said in one line, which other tests read
            read_table(path, data=data)
        return time.process_time() - begun

    honest = f"{HEADER}\n".encode() + b"2024-01-05,Mosul,Nineveh,36.34,43.13,,3,,a note\n" * 400
    seconds(honest)  # what is read once, such as the formats
    hostile = TABLES[name]
    short, long = seconds(hostile(SIZE)), seconds(hostile(LONGER * SIZE))
    if long > SUSPECT * short:  # a second look, as another program may have interfered
        short, long = seconds(hostile(SIZE)), min(long, seconds(hostile(LONGER * SIZE)))
    assert long < SUSPECT * short or long < 2 * LONGER * seconds(honest), (short, long)
