"""A large table: time and memory from CSV to located Parquet.

    python benchmarks/size.py [ROWS...]

The table is made up: places of Iraq in their spellings, names nobody knows,
dates, counts and notes. The command runs in a process of its own, so that its
peak of memory is its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

import gazetteer

ROWS = (1_000_000, 5_000_000)
PLACES, UNKNOWN = 1_000, 100


def main() -> None:
    """Measure each number of rows."""
    for rows in [int(word) for word in sys.argv[1:]] or ROWS:
        with tempfile.TemporaryDirectory() as folder:
            table, located = Path(folder) / "big.csv", Path(folder) / "located.parquet"
            make_table(rows).to_csv(table, index=False)
            seconds, processor = run("locate", str(table), "-o", str(located), "--json")
            # Of all children so far: tables grow, so the last is the largest.
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
            print(
                f"{rows:,} rows, {table.stat().st_size / 10**6:,.0f} MB: {seconds:.1f} s "
                f"({processor:.1f} s of processor), {peak:.2f} GiB at most, "
                f"{located.stat().st_size / 10**6:,.0f} MB written",
                flush=True,
            )


def make_table(rows: int) -> pd.DataFrame:
    """Return a table of incidents such as analysts keep."""
    random = np.random.default_rng(1)
    places = gazetteer.load().places()
    names = [name.text for place in places if place.point for name in place.names[:4]]
    names = names[: 4 * PLACES] + [f"Qwxyz {number}" for number in range(UNKNOWN)]
    days = pd.date_range("2014-01-01", "2024-12-31").strftime("%d/%m/%Y").to_numpy()
    words = np.array(["police", "said", "a", "bomb", "near", "the", "market", "wounded", "army"])
    notes = [" ".join(line)[:60] for line in random.choice(words, (20_000, 14))]
    return pd.DataFrame(
        {
            "id": np.arange(rows),
            "date": random.choice(days, rows),
            "location": random.choice(np.array(names, dtype=object), rows),
            "killed": random.poisson(1, rows),
            "wounded": random.poisson(2, rows),
            "notes": random.choice(np.array(notes, dtype=object), rows),
        }
    )


def run(*arguments: str) -> tuple[float, float]:
    """Run the command; return how long it took, and of the processors."""
    start, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "mapper", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user
    return time.perf_counter() - start, used - before.children_system


if __name__ == "__main__":
    main()
