"""Tables damaged at random: nothing may crash, and the account must close each time.

    python benchmarks/corruptions.py [NUMBER] [SEED]

Each round takes a valid CSV, damages it in one to four ways (bytes, quotes, rows, cells,
encodings, line ends, cuts), reads it, locates it and draws up the account. A table may be refused
in one line; anything else that is raised is a fault, as is an account that does not close.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import gazetteer
import mapper
from mapper.errors import ReadError
from mapper.locating import locate
from mapper.report import Report
from mapper.schema import INCIDENTS

VALID = '''id,date,place,governorate,latitude,longitude,killed,wounded,type,notes
1,2024-01-05,Mosul,Nineveh,36.3402,43.1301,3,7,IED,"a road, by night"
2,2024-01-06,Hit,Anbar,33.6416,42.8251,1,,Shelling,
3,25/12/2023,الموصل,نينوى,,,٢,,انفجار,"ملاحظة ""قصيرة"""
4,Jan. 9 2024,12 km south of Mosul,Nineveh,,,2-3,5+,Clash,"two
lines"
5,2024-01,Baghdad,,33.3152,44.3661,unknown,,,
6,45300,Al Hawija,Kirkuk,35°19'20"N,43°46'10"E,five,0,Arrest,x
7,2024-01-11,Gaza,,31.5,34.45,1,1,,
8,2024-01-12,,Basra,0,0,,,Protest,=1+1
9,2024-01-13,Xyzzy,,38SMB4123486543,,,,,<b>bold</b>
10,2024-01-14,Tikrit,Salah al-Din,34.6071,43.6782,1,2,,last
'''
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "cp1252", "utf-32")
SHOWN = 10
BATCH = 50
TOLD = 500

Damage = Callable[[bytes, random.Random], bytes]


def main() -> None:
    """Run the rounds and print what became of them."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    start = time.perf_counter()
    outcomes, faults = corrupt(number, seed)
    for fault in faults[:SHOWN]:
        print(fault)
    told = ", ".join(f"{count:,} {name}" for name, count in outcomes.most_common())
    print(f"{number:,} corruptions (seed {seed}): {told}; {time.perf_counter() - start:.0f} s")
    sys.exit(bool(faults))


def corrupt(number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Damage the table so many times; count the outcomes, and describe the faults."""
    dice = random.Random(seed)
    gaz = gazetteer.load()
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, number, BATCH):
            frames = []
            for at in range(first, min(first + BATCH, number)):
                path = Path(folder) / f"damaged-{at}.csv"
                path.write_bytes(damage(dice))
                try:
                    frames += read(path)
                except Exception:  # what this measures
                    faults.append(f"round {at}: {traceback.format_exc()}\n{path.read_bytes()!r}")
            closed = accounts(frames, gaz)
            outcomes["read, and the account closes"] += closed
            faults += [f"an account in {first} to {first + BATCH}"] * (len(frames) - closed)
            done = min(first + BATCH, number)
            outcomes["refused in one line"] += done - first - len(frames)
            if done % TOLD == 0:
                print(f"{done:,} rounds, {len(faults):,} faults", file=sys.stderr, flush=True)
    outcomes["refused in one line"] -= sum(fault.startswith("round") for fault in faults)
    outcomes["faults"] = len(faults)
    return outcomes, faults


def read(path: Path) -> list[pd.DataFrame]:
    """Read a table, or see it refused in one line that names it."""
    try:
        return [mapper.read(path)]
    except ReadError as error:
        message = str(error)
        assert message.startswith(str(path)) and "\n" not in message, message
        return []


def accounts(frames: list[pd.DataFrame], gaz: gazetteer.Gazetteer) -> int:
    """Locate several tables at once, which is quicker; count those whose account closes."""
    names = [column.name for column in INCIDENTS]
    located = locate(pd.concat([frame[names] for frame in frames], ignore_index=True), gaz)
    files = dict(list(located.groupby("source_file")))
    closed = 0
    for frame in frames:
        report = Report.of(files[frame["source_file"].iloc[0]])
        closed += report.closes and report.rows_in == len(frame)
    return closed


def damage(dice: random.Random) -> bytes:
    """Return the valid table, damaged in one to four ways."""
    data = VALID.encode(dice.choice(ENCODINGS[:2]))
    if dice.random() < 0.3:
        data = VALID.encode(dice.choice(ENCODINGS), errors="replace")
    for way in dice.choices(WAYS, k=dice.randint(1, 4)):
        data = way(data, dice)
    return data


def _flip(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.randint(1, 20)):
        if out:
            out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)


def _insert(data: bytes, dice: random.Random) -> bytes:
    at = dice.randint(0, len(data))
    piece = dice.choice(
        (b'"', b"'", b"\x00", b"\r", b"\n", b"\r\n\r\n", b",", b";;;", b"\t", b"|", b"\xff\xfe",
         b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x1a", b"=cmd()", b"#adm1+name", b"<html>", b"NaN",
         b"1e999", b"-0.0", b'""""', b"9" * 400, "ك".encode() * 50, b"PK\x03\x04", b"{")
    )  # fmt: skip
    return data[:at] + piece + data[at:]


def _cut(data: bytes, dice: random.Random) -> bytes:
    first, last = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
    return dice.choice((data[:first], data[first:], data[:first] + data[last:]))


def _lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    way = dice.randrange(5)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(at, lines[other])
    elif way == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif way == 3:
        lines[at] = lines[at].replace(b",", b"", dice.randint(1, 3))
    else:
        lines[at] = lines[at].replace(b",", b",,", dice.randint(1, 3))
    return b"".join(lines)


def _quotes(data: bytes, dice: random.Random) -> bytes:
    return dice.choice(
        (data.replace(b'"', b""), data.replace(b'""', b'"'), data.replace(b",", b'","', 3),
         data.replace(b'"', b'"""', 1), data.replace(b'"', b"'"))
    )  # fmt: skip


def _separators(data: bytes, dice: random.Random) -> bytes:
    old, new = dice.choice(
        ((b",", b";"), (b",", b"\t"), (b",", b"|"), (b"\n", b"\r\n"), (b"\n", b"\r"),
         (b"\n", b"\n\n"), (b",", b", "), (b"\n", b""))
    )  # fmt: skip
    return data.replace(old, new, dice.choice((-1, -1, 5)))


def _recode(data: bytes, dice: random.Random) -> bytes:
    text = data.decode(dice.choice(ENCODINGS), errors="replace")
    return text.encode(dice.choice(ENCODINGS), errors="replace")


def _pack(data: bytes, dice: random.Random) -> bytes:
    packed = gzip.compress(data, mtime=0)
    return packed if dice.random() < 0.5 else _flip(packed, dice)


WAYS: tuple[Damage, ...] = (
    _flip, _flip, _insert, _insert, _insert, _cut, _lines, _lines, _quotes, _separators, _recode,
    _pack,
)  # fmt: skip

if __name__ == "__main__":
    main()
