"""What the tables of several files need before they are one frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from mapper.schema import same_text


def name_apart(file: Path, least: int, taken: dict[str, Path], *, inside: str = "") -> str:
    """Return the shortest end of a path that no other file has, of at least so many parts.

    Parameters
    ----------
    file : a file that is read
    least : the number of parts that the name has in any case
    taken : the names given before, which the new one joins
    inside : where in a packed file
    """
    whole = Path(f"{file.absolute()}/{inside}")
    ends = (Path(*whole.parts[-n:]).as_posix() for n in range(least, len(whole.parts) + 1))
    return next((end for end in ends if taken.setdefault(end, whole) == whole), str(whole))


def called(frame: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Tell where the rows of a file are from that others have the name of."""
    if new == old:
        return frame
    here = frame["source_file"].str.startswith(old)
    file = frame["source_file"].mask(here, new + frame["source_file"].str.removeprefix(old))
    rows = ":" + frame["source_row"].astype("str")
    made = here & (frame["incident_id"] == frame["source_file"] + rows)
    called = frame.assign(
        source_file=file,
        source=frame["source"].mask(frame["source"] == old, new),
        incident_id=frame["incident_id"].mask(made, file + rows),
    )
    told = (line.removeprefix(f"{old}: ") for line in frame.attrs["said"])
    called.attrs = {**frame.attrs, "said": [f"{new}: {line}" for line in told]}
    return called


def of_one_kind(frames: list[pd.DataFrame], ours: list[str]) -> list[pd.DataFrame]:
    """Make text of an own column that is text in some inputs and numbers in others."""
    kinds: dict[str, set[bool]] = {}
    for frame in frames:
        for name in frame.columns.difference(ours):
            kinds.setdefault(name, set()).add(pd.api.types.is_string_dtype(frame[name]))
    mixed = {name for name, told in kinds.items() if len(told) > 1}
    return (
        [
            frame.assign(
                **{name: _texts(frame[name]) for name in mixed.intersection(frame.columns)}
            )
            for frame in frames
        ]
        if mixed
        else frames
    )


def _texts(values: pd.Series[Any]) -> pd.Series[str]:
    return values.convert_dtypes().astype("str").where(values.notna())


def source_ids(frame: pd.DataFrame) -> pd.Series[str]:
    """The ids that an input gives its rows, as text; all missing where it gives none."""
    column = frame.attrs.get("id_column")
    if column not in frame:
        return same_text(None, frame.index)
    ids = frame[column]
    return ids.astype("str").where(ids.notna())


def unique(ids: pd.Series[str], files: pd.Series[str]) -> pd.Series[str]:
    """Tell ids apart that several files use."""
    if not ids.duplicated().any():
        return ids
    repeated = ids.duplicated(keep=False)
    longer = ids.mask(repeated, files.fillna("") + "/" + ids.fillna(""))
    copy = longer.groupby(longer).cumcount()
    return longer.mask(copy > 0, longer + "#" + (copy + 1).astype("str"))
