"""Coordinates that lie in Iraq only when swapped, or without their minus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_Flags = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]
_Rows = npt.NDArray[np.int64]

SWAPPED = "latitude and longitude were swapped in the source"
SIGNED = "a minus before latitude or longitude was left out, as its names say"
"""What ``why`` and ``notes`` say of rows whose coordinates were mended."""


class Degrees:
    """Coordinates, which units hold them, and for each row what ``why`` says of that."""

    def __init__(self, x: _Floats, y: _Floats, gaz: Gazetteer) -> None:
        self.x, self.y, self._gaz = x.copy(), y.copy(), gaz
        self.held = gaz.containing(x, y).reset_index(drop=True)
        self.notes = pd.Series("", index=pd.RangeIndex(len(x)), dtype="str")
        self._mended = pd.Series(dtype="str")

    def mend(self, iraqi: _Flags) -> None:
        """Mend the rows that lie in Iraq only so; a sign only where a row says it is in Iraq."""
        self._swap()
        self._turn_signs(iraqi)

    def mended(self) -> pd.DataFrame:
        """Return longitude, latitude and what was mended, by position, of the rows that were."""
        rows = self._mended.index.to_numpy(dtype=np.int64)
        degrees = {"longitude": self.x[rows], "latitude": self.y[rows]}
        return pd.DataFrame({**degrees, "remark": self._mended.to_numpy()}, index=rows)

    def _swap(self) -> None:
        """Latitude and longitude of Iraq do not overlap: swapped pairs can be told."""
        astray = self._astray(True)
        if len(astray):
            self._take(astray, self.y[astray], self.x[astray], SWAPPED)

    def _turn_signs(self, iraqi: _Flags) -> None:
        """Turn a sign that puts a row outside which its names or its country put in Iraq."""
        astray = self._astray((self.x < 0) | (self.y < 0))
        for rows, words in ((astray[iraqi[astray]], SIGNED), (astray[~iraqi[astray]], None)):
            if len(rows):
                self._take(rows, np.abs(self.x[rows]), np.abs(self.y[rows]), words)

    def _astray(self, which: _Flags | bool) -> _Rows:
        return np.flatnonzero(self.held["adm0_pcode"].isna().to_numpy() & which)

    def _take(self, rows: _Rows, x: _Floats, y: _Floats, words: str | None) -> None:
        """Take other coordinates for rows that lie in Iraq by them; or say that they would."""
        other = self._gaz.containing(x, y).reset_index(drop=True)
        home = other["adm0_pcode"].notna().to_numpy()
        found = rows[home]
        if words is None:
            self.notes.iloc[found] += "; without the minus they would lie in it"
            return
        self.x[found], self.y[found] = x[home], y[home]
        for column in self.held.columns:
            self.held.loc[found, column] = other.loc[home, column].to_numpy()
        self.notes.iloc[found] += f"; {words}"
        self._mended = pd.concat([self._mended, pd.Series(words, index=found, dtype="str")])
