"""Write a map to a file."""

from __future__ import annotations

import os
from pathlib import Path

import folium

from mapper.drawing.picture import Picture
from mapper.errors import OutputError
from mapper.writing import require_target, write_whole


def save(map_: folium.Map | Picture, path: str | os.PathLike[str]) -> None:
    """Write a map as one HTML file, a picture as SVG or PNG.

    A file that is already there is replaced only when the new one is complete.

    Parameters
    ----------
    map_ : a map from `draw`, or any folium map; or a picture from `picture`
    path : where to write; the folder must exist. A picture's ends in ``.svg`` or ``.png``

    Raises
    ------
    OutputError
        The file cannot be written; nothing half-written is left behind.
    """
    require_target(path)
    if isinstance(map_, Picture):
        write_whole(path, _picture_bytes(map_, Path(path)))
    else:
        write_whole(path, map_.get_root().render().encode("utf-8", "replace"))


def _picture_bytes(picture: Picture, path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix == ".png":
        return picture.png()
    if suffix == ".svg":
        return picture.svg.encode("utf-8", "replace")
    raise OutputError(f"{path}: a picture is written as .svg or .png: name it so", str(path))
