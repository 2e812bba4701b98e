"""Tables: how rightly rows are placed, how fast they are read, what awkward files do.

    python benchmarks/tables.py

Measured on the real data beside the checkout (``../shared/data``).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import gazetteer
from mapper.errors import ReadError
from mapper.locating import locate
from mapper.readers import read_table
from mapper.schema import POINT_PRECISIONS

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
UCDP = DATA / "dev" / "ucdp_ged_iraq_dev.csv"
COPIES = 42  # of 2,416 rows: about 100,000


def main() -> None:
    """Print all measurements."""
    incidents = read_table(UCDP)
    full = gazetteer.load(DATA / "cod-ab")
    truth = full.containing(incidents["longitude"], incidents["latitude"])["adm1_pcode"]
    for name, gaz in (("core data", gazetteer.load("core")), ("COD-AB", full)):
        print(f"\n{name}")
        placing(incidents, truth, gaz, "by coordinates")
        placing(without_coordinates(incidents), truth, gaz, "by names only")
    print()
    speed()
    fixtures()


def placing(incidents: pd.DataFrame, truth: pd.Series, gaz: gazetteer.Gazetteer, what: str) -> None:
    """Count rows at the right governorate, of those that any governorate is true of."""
    start = time.perf_counter()
    located = locate(incidents, gaz)
    seconds = time.perf_counter() - start
    has_one = ~incidents["geo_precision"].isin(("region", "country")) & truth.notna()
    found = located["adm1_pcode"]
    right = int((has_one & (found == truth)).sum())
    wrong = has_one & found.notna() & (found != truth)
    rows = int(has_one.sum())
    print(
        f"  {what}: {right:,} of {rows:,} rows at the right ADM1 ({right / rows:.2%}), "
        f"{int(wrong.sum()):,} wrong, {rows - right - int(wrong.sum()):,} without; {seconds:.2f} s"
    )
    errors = located[wrong].assign(truth=truth[wrong])
    columns = ["place", "admin1", "place_id", "adm1_pcode", "truth", "method"]
    for values, number in errors[columns].fillna("").value_counts().head(12).items():
        print(f"    {number:>4} x", *values, sep=" | ")
    vague = incidents["geo_precision"].isin(("adm1", "region", "country"))
    drawn = located["precision"].isin(POINT_PRECISIONS) | located.geometry.notna()
    print(f"  {what}: rows of where_prec 4 to 7 drawn as points: {int((vague & drawn).sum())}")
    print(f"  {what}: {located['status'].value_counts().to_dict()}")


def without_coordinates(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the same rows with the coordinates taken away."""
    nothing = pd.array([pd.NA] * len(incidents), dtype="Float64")
    return incidents.assign(longitude=nothing, latitude=nothing)


def speed() -> None:
    """Time reading and locating 100,000 rows, beside pandas alone, with its own defaults."""
    strings = "with" if pd.Series(["a"]).dtype.storage == "pyarrow" else "without"
    print(f"pandas is pandas.read_csv(path), its default engine, {strings} pyarrow")
    cells = pd.read_csv(UCDP, dtype=str, keep_default_na=False)
    cells = pd.concat([cells] * COPIES, ignore_index=True)
    cells["id"] = np.arange(len(cells)).astype(str)
    narrow = ["id", "where_coordinates", "adm_1", "date_start", "best", "latitude", "longitude"]
    gaz = gazetteer.load("core")
    with tempfile.TemporaryDirectory() as folder:
        for what, columns in (("45 columns", list(cells.columns)), ("7 columns", narrow)):
            path = Path(folder) / f"{len(columns)}.csv"
            cells[columns].to_csv(path, index=False)
            plain, ours = (
                best_of(lambda p=path: pd.read_csv(p)),
                best_of(lambda p=path: read_table(p)),
            )
            incidents = read_table(path)
            placed = best_of(lambda frame=incidents: locate(frame, gaz))
            print(
                f"{len(cells):,} rows of {what}: pandas {plain:.2f} s, read_table {ours:.2f} s "
                f"({ours / plain:.1f} times), locate {placed:.2f} s"
            )


def best_of(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def fixtures() -> None:
    """Try every awkward file: read, or refused in one line; anything else is a fault."""
    read = refused = 0
    for path in sorted((DATA / "fixtures").rglob("*")):
        if not path.is_file():
            continue
        try:
            read_table(path)
            read += 1
        except ReadError:
            refused += 1
        except Exception as error:  # what this measures
            print(f"FAULT {path.name}: {type(error).__name__}: {error}")
    print(f"awkward files: {read} read, {refused} refused in one line")


if __name__ == "__main__":
    main()
