"""The texts of Shapefiles that do not tell their encoding, as most old ones do not."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd

from mapper.readers.decoding import decode

BYTES = "ISO-8859-1"
"""The encoding in which each byte is a letter: texts read in it can be turned into bytes again."""

_UNTOLD = frozenset({"", "ISO-8859-1", "CP1252"})
"""What is taken, or written by programs that do not know, where no ``.cpg`` tells an encoding."""

_BREAK = "\x0b"
"""Stands for a line end in a cell, where each line is a cell."""

Frame = TypeVar("Frame", bound=pd.DataFrame)


def is_untold(driver: str, encoding: str | None) -> bool:
    """Tell whether the encoding of a layer is only supposed."""
    return driver == "ESRI Shapefile" and (encoding or "") in _UNTOLD


def decode_texts(frame: Frame) -> tuple[Frame, list[str]]:
    """Find out the encoding of a frame's texts and headers, which were read as `BYTES`.

    Returns
    -------
    frame, said
        The frame with these texts; the encoding in words, where there is a letter beyond ASCII.
    """
    texts = frame.columns[[pd.api.types.is_string_dtype(frame[name]) for name in frame.columns]]
    there = {name: frame[name].dropna().astype("str") for name in texts}
    cells = [*frame.columns, *(cell for name in texts for cell in there[name])]
    lines = "\n".join(cell.replace("\n", _BREAK) for cell in cells).encode(BYTES, "replace")
    if lines.isascii():
        return frame, []
    try:
        text, encoding = decode(lines)
    except ValueError:  # no text in any encoding that we know
        return frame, []
    read = [cell.replace(_BREAK, "\n") for cell in text.split("\n")]
    found, at = frame.copy(), len(frame.columns)
    for name in texts:
        known = there[name]
        decoded = pd.Series(read[at : at + len(known)], index=known.index, dtype="str")
        found[name] = decoded.reindex(frame.index)
        at += len(known)
    names = dict(zip(frame.columns, read, strict=False))
    shapes = getattr(frame, "active_geometry_name", None)
    found = found.rename(columns={name: new for name, new in names.items() if name != shapes})
    return found, [f"text in {encoding}, as its letters show; no .cpg file tells it"]
