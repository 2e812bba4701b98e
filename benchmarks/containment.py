"""How fast `containing` finds the units that hold points, beside geopandas' ``sjoin``.

Usage: ``python benchmarks/containment.py [FOLDER]``, a folder of COD-AB files;
without it, the 18 governorates of the core data. Each time is the best of three.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import geopandas as gpd
import numpy as np

from gazetteer.boundaries import read
from gazetteer.containment import containing
from gazetteer.library import Library

POINTS = 1_000_000
T, Made = TypeVar("T"), TypeVar("Made")


def main() -> None:
    """Time both on the same points, check that they agree, and print the ratio."""
    library = opened()
    finest = library.levels[-1]
    polygons = read(library, finest)
    west, south, east, north = polygons.total_bounds
    random = np.random.default_rng(2024)
    x, y = random.uniform(west, east, POINTS), random.uniform(south, north, POINTS)
    print(f"{POINTS:,} points in the box of Iraq, {len(polygons)} polygons of {finest}")

    found, cold = best(lambda at: containing(at, x, y), opened)
    _, ready = best(lambda at: containing(at, x, y), with_polygons)
    containing(library, x, y)
    _, warm = best(lambda at: containing(at, x, y), lambda: library)
    units = polygons[["pcode", "geometry"]]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=4326)
    joined, joining = best(
        lambda at: at.sjoin(units, how="left", predicate="intersects"), lambda: points
    )

    theirs = joined["pcode"].groupby(level=0).min()
    differing = int((found[f"{finest}_pcode"].fillna("") != theirs.fillna("")).sum())
    print(f"sjoin, its points and polygons made before           {joining:6.2f} s")
    for what, seconds in (
        ("containing, first call, polygons not yet read", cold),
        ("containing, first call, polygons read before", ready),
        ("containing, later calls", warm),
    ):
        print(f"{what:52} {seconds:6.2f} s, {joining / seconds:5.1f} times as fast")
    print(f"points on which they differ: {differing}")


def opened() -> Library:
    """Open the library that the command names, with nothing read yet."""
    return Library.at(sys.argv[1]) if len(sys.argv) > 1 else Library.core()


def with_polygons() -> Library:
    """Open it and read its polygons, as ``sjoin`` is given them."""
    library = opened()
    for level in library.levels:
        read(library, level)
    return library


def best(run: Callable[[Made], T], make: Callable[[], Made]) -> tuple[T, float]:
    """Return the last result and the shortest time of three runs, each on something newly made."""
    seconds = []
    for _ in range(3):
        made = make()
        start = perf_counter()
        result = run(made)
        seconds.append(perf_counter() - start)
    return result, min(seconds)


if __name__ == "__main__":
    main()
