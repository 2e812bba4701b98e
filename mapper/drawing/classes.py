"""Cut an area's values into classes that a legend can name."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np


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


def _used(limits: np.ndarray[Any, np.dtype[np.float64]], values: Any) -> list[float]:
    """Drop classes that hold no value, and lower each limit to the greatest value it holds.

    A legend then shows numbers that occur, not ones from between two values.
    """
    limits[-1] = values.max()
    members = np.searchsorted(limits, values, side="left")
    return [float(values[members == member].max()) for member in np.unique(members)]
