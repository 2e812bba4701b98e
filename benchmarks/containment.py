"""How fast `containing` finds the units that hold points, beside geopandas' ``sjoin``.

Usage: ``python benchmarks/containment.py [FOLDER]``, a folder of COD-AB files;
without it, the 18 governorates of the core data.
"""

from __future__ import annotations

import sys
from time import perf_counter

import geopandas as gpd
import numpy as np

from gazetteer.boundaries import read
from gazetteer.containment import containing
from gazetteer.library import Library

POINTS = 1_000_000


def main() -> None:
    """Time both on the same points, check that they agree, and print the ratio."""
    library = Library.at(sys.argv[1]) if len(sys.argv) > 1 else Library.core()
    finest = library.levels[-1]
    polygons = read(library, finest)
    west, south, east, north = polygons.total_bounds
    random = np.random.default_rng(2024)
    x, y = random.uniform(west, east, POINTS), random.uniform(south, north, POINTS)
    print(f"{POINTS:,} points in the box of Iraq, {len(polygons)} polygons of {finest}")

    start = perf_counter()
    first = containing(library, x, y)
    cold = perf_counter() - start
    start = perf_counter()
    containing(library, x, y)
    warm = perf_counter() - start

    start = perf_counter()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=4326)
    making = perf_counter() - start
    start = perf_counter()
    joined = points.sjoin(polygons[["pcode", "geometry"]], how="left", predicate="intersects")
    joining = perf_counter() - start

    theirs = joined["pcode"].groupby(level=0).min()
    differing = int((first[f"{finest}_pcode"].fillna("") != theirs.fillna("")).sum())
    print(f"containing, first call (reads the polygons, builds the grid)  {cold:6.2f} s")
    print(f"containing, later calls                                       {warm:6.2f} s")
    print(f"sjoin                                                         {joining:6.2f} s")
    print(
        f"sjoin and making its points                                   {joining + making:6.2f} s"
    )
    print(f"sjoin / containing: {joining / cold:.1f} first, {joining / warm:.1f} later")
    print(f"points on which they differ: {differing}")


if __name__ == "__main__":
    main()
