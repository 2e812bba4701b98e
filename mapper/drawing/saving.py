"""Write a map to a file."""

from __future__ import annotations

import os

import folium

from mapper.writing import require_target, write_whole


def save(map_: folium.Map, path: str | os.PathLike[str]) -> None:
    """Write a map as one HTML file.

    A file that is already there is replaced only when the new one is complete.

    Parameters
    ----------
    map_ : a map from `draw`, or any folium map
    path : where to write; the folder must exist

    Raises
    ------
    OutputError
        The file cannot be written; nothing half-written is left behind.
    """
    require_target(path)
    page = map_.get_root().render()
    write_whole(path, page.encode("utf-8", "replace"))
