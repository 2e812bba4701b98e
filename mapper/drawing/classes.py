"""Cut an area's values into classes that a legend can name."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from mapper.style import MEASURES, MapStyle


def level_limits(areas: pd.DataFrame, style: MapStyle) -> dict[str, dict[str, list[float]]]:
    """Return the class limits of every level and measure, so that the page can change them.

    Parameters
    ----------
    areas : AREAS frame
    style : scheme, number of classes, own breaks

    Returns
    -------
    dict
        level -> measure, such as ``killed`` or ``killed_per_100k`` -> ascending limits
    """
    return {str(level): _limits(rows, style) for level, rows in areas.groupby("level")}


def class_limits(values: Any, scheme: str, classes: int) -> list[float]:
    """Return the upper limit of each class, ascending.

    Zero and missing are no class: they have swatches of their own.

    Parameters
    ----------
    values : array of numbers, missing as NaN
    scheme : one of `mapper.style.SCHEMES`
    classes : greatest number of classes; fewer where there are fewer distinct values
    """
    known = np.asarray(values, dtype=float)
    positive = known[np.isfinite(known) & (known > 0)]
    distinct = np.unique(positive)
    if len(distinct) <= classes:
        return [float(value) for value in distinct]
    # Here and not above: mapclassify takes longer to import than a map to draw, and small
    # data never comes this far.
    import mapclassify

    classifier = {
        "natural": mapclassify.FisherJenks,
        "quantiles": mapclassify.Quantiles,
        "equal": mapclassify.EqualInterval,
    }[scheme]
    with warnings.catch_warnings():
        # It warns that it is slow without numba; some hundred areas take no time.
        warnings.simplefilter("ignore")
        limits = classifier(positive, k=classes).bins
    return _used(np.asarray(limits, dtype=float), positive)


def shaded_values(areas: pd.DataFrame, style: MapStyle) -> np.ndarray[Any, Any]:
    """Return the values that a map in this style shades areas by; NaN where none is known."""
    return _values(areas, style.measure, per_100k=style.per_100k)


def _limits(areas: pd.DataFrame, style: MapStyle) -> dict[str, list[float]]:
    limits = {}
    for measure in MEASURES:
        for key, per_100k in ((measure, False), (f"{measure}_per_100k", True)):
            values = _values(areas, measure, per_100k=per_100k)
            own = style.breaks and key == style.shaded_by
            limits[key] = (
                _own_limits(values, style.breaks)
                if own
                else class_limits(values, style.scheme, style.classes)
            )
    return limits


def _values(areas: pd.DataFrame, measure: str, *, per_100k: bool) -> np.ndarray[Any, Any]:
    counts, people = _floats(areas[measure]), _floats(areas["population"])
    if not per_100k:
        return counts
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(people > 0, counts * 100_000 / people, np.nan)


def _floats(values: pd.Series[Any]) -> np.ndarray[Any, Any]:
    return values.astype("Float64").to_numpy(dtype=float, na_value=np.nan)


def _own_limits(values: Any, breaks: tuple[float, ...]) -> list[float]:
    """Return the user's limits, and one more where a value lies beyond the last of them."""
    largest = float(np.nanmax(values, initial=0))
    return [*breaks, largest] if largest > breaks[-1] else list(breaks)


def _used(limits: np.ndarray[Any, np.dtype[np.float64]], values: Any) -> list[float]:
    """Drop classes that hold no value, and lower each limit to the greatest value it holds.

    A legend then shows numbers that occur, not ones from between two values.
    """
    limits[-1] = values.max()
    members = np.searchsorted(limits, values, side="left")
    return [float(values[members == member].max()) for member in np.unique(members)]
