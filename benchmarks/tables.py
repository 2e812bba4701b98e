"""Tables: how rightly rows are placed, how fast they are read, what awkward files do.

    python benchmarks/tables.py

Measured on the real data beside the checkout (``../shared/data``).
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import gazetteer
from mapper.errors import ReadError
from mapper.locating import locate
from mapper.readers import read_bytes, read_table
from mapper.readers.decoding import as_utf8
from mapper.readers.delimited import read_delimited
from mapper.readers.files import map_large
from mapper.schema import POINT_PRECISIONS

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
UCDP = DATA / "dev" / "ucdp_ged_iraq_dev.csv"
ROWS = (100_000, 1_000_000)
NARROW = ["id", "where_coordinates", "adm_1", "date_start", "best", "latitude", "longitude"]
ROUNDS = 7


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
    """Time reading beside pandas alone, with its own defaults; with pyarrow, and without it."""
    cells = pd.read_csv(UCDP, dtype=str, keep_default_na=False)
    with tempfile.TemporaryDirectory() as folder:
        for rows in ROWS:
            many = pd.concat([cells] * (rows // len(cells) + 1), ignore_index=True).head(rows)
            many["id"] = np.arange(rows).astype(str)
            for columns in (list(cells.columns), NARROW):
                many[columns].to_csv(Path(folder) / f"{rows:07}-{len(columns):02}.csv", index=False)
        for hidden in (False, True):
            hide = "import sys; sys.modules['pyarrow'] = None; " if hidden else ""
            code = f"{hide}import tables; tables.against_pandas({folder!r})"
            subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent)


def against_pandas(folder: str) -> None:
    """Time the readers of each table in turn, several times; tell medians of the rounds."""
    arrow = pd.Series(["a"]).dtype.storage == "pyarrow"
    print(
        f"\npandas is pandas.read_csv(path), its default engine, {'with' if arrow else 'without'}"
    )
    print("pyarrow; ratios are medians of rounds in which one follows the other: wall time, and")
    print("processor time in brackets. Cutting is reading, decoding and cutting into texts alone.")
    for path in sorted(Path(folder).iterdir()):
        rows, columns = map(int, path.stem.split("-"))
        if rows > ROWS[0] and not arrow:
            print(f"{rows:,} rows of {columns} columns: not timed, it takes minutes")
            continue
        works = (lambda p=path: pd.read_csv(p), lambda p=path: cut(p), lambda p=path: read_table(p))
        rounds = [[timed(work) for work in works] for _ in range(ROUNDS + 1)][1:]
        plain, cutting, ours = np.array(rounds).transpose(1, 0, 2)
        wall, processor = np.median(ours / plain, axis=0)
        floor = np.median(cutting / plain, axis=0)
        print(
            f"{rows:,} rows of {columns} columns: pandas {np.median(plain[:, 0]):.3f} s, "
            f"read_table {np.median(ours[:, 0]):.3f} s: {wall:.1f} times ({processor:.1f}); "
            f"cutting {floor[0]:.1f} times ({floor[1]:.1f})",
            flush=True,
        )


def cut(path: Path) -> object:
    """Do what comes before any cell is understood."""
    return read_delimited(*as_utf8(map_large(path) or read_bytes(path)))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long some work took, and of the processors."""
    gc.collect()
    start, before = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - before


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
