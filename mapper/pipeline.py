"""The whole way, in a few lines: inputs to incidents, incidents to a map and an account."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from mapper.errors import NothingToDrawError, OutputError
from mapper.progress import in_notebook
from mapper.readers.folders import files_meant
from mapper.reading import Inputs, read
from mapper.writing import require_apart, require_target

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

    from gazetteer import Gazetteer
    from mapper.drawing import Picture
    from mapper.report import Report
    from mapper.style import Backdrop, MapStyle

_PAGES = frozenset({".html", ".htm"})
_PICTURES = frozenset({".svg", ".png"})
_BIGGEST_TOWNS = 60


def make_map(
    inputs: Inputs,
    output: str | os.PathLike[str],
    *,
    published: str | None = None,
    gaz: Gazetteer | None = None,
    title: str | None = None,
    language: str = "en",
) -> Report:
    """Read articles and tables and draw their incidents as one HTML file, or as a picture.

    Parameters
    ----------
    inputs : as for `read`
    output : the HTML file, or a picture, ``.svg`` or ``.png``; one that is there is
        replaced when the new one is complete
    published : day the articles were published
    gaz : the gazetteer; by default with the installed data
    title : the map's heading
    language : of the map's words and names: ``en``, ``ar``, ``ckb`` or ``kmr``

    Returns
    -------
    Report
        What became of every row.

    Raises
    ------
    ReadError, NothingToDrawError, OutputError
        Nothing is written then.

    Notes
    -----
    For another `MapStyle`, take the steps one by one: `read`, `locate`, `count`, `draw`, `save`.
    """
    from mapper.counting import count
    from mapper.drawing import save
    from mapper.locating import locate
    from mapper.report import Report

    require_target(output)
    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    require_apart([os.fspath(output)], files_meant([os.fspath(one) for one in named]))
    drawn = picture if is_picture(output) else draw
    gaz = gaz or _load_gazetteer()
    with in_notebook(steps=5) as step:
        step("reading the inputs")
        incidents = read(named, published=published, gaz=gaz)
        if incidents.empty:
            raise NothingToDrawError(nothing_found(incidents))
        step("finding the places")
        located = locate(incidents, gaz)
        step("counting by area")
        areas = count(located, all_boundaries(gaz))
        step("drawing the map")
        map_ = drawn(located, areas, title=title, language=language)
        step("writing the file")
        save(map_, output)
    return Report.of(located).with_outputs(os.fspath(output))


def merge(incidents: pd.DataFrame, gaz: Gazetteer | None = None) -> pd.DataFrame:
    """Merge the incidents that several articles tell into one row each.

    Parameters
    ----------
    incidents : INCIDENTS frame, as `read` returns it
    gaz : the gazetteer that tells where they are; by default with the installed data

    Returns
    -------
    INCIDENTS frame
        As `mapper.merging.merge` makes it: with the sources of all tellings, and
        both accounts where they differ.
    """
    from mapper import merging
    from mapper.locating import locate

    return merging.merge(incidents, locate(incidents, gaz or _load_gazetteer()))


def is_picture(output: str | os.PathLike[str]) -> bool:
    """Tell whether a file is to be a picture rather than a page.

    Raises
    ------
    OutputError
        Its ending is of neither, or it is to be PNG, and what draws pixels is not installed.
    """
    suffix = Path(output).suffix.lower()
    if suffix not in _PAGES | _PICTURES:
        raise OutputError(
            f"{output}: unknown ending: a map ends in .html, a picture in .svg or .png",
            os.fspath(output),
        )
    if suffix == ".png":
        from mapper.drawing import require_png

        require_png()
    return suffix in _PICTURES


def all_boundaries(gaz: Gazetteer) -> gpd.GeoDataFrame:
    """Return the governorates, and the districts and subdistricts where there are polygons."""
    levels = [level for level in gaz.library.levels if str(level) != "adm0"]
    return pd.concat([gaz.boundaries(level) for level in levels], ignore_index=True)


def draw(
    located: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    title: str | None = None,
    style: MapStyle | None = None,
    language: str = "en",
) -> folium.Map:
    """Draw incidents and areas on Iraq, with its neighbours and main towns.

    Parameters
    ----------
    located : LOCATED frame, EPSG:4326
    areas : AREAS frame, EPSG:4326, of one level or of several, into which one then drills
        down; its ``attrs`` tell whom the map must name, and whether the boundaries are
        approximate
    title : the page's heading
    style : measure, classes, base-map
    language : of the page's words and names: ``en``, ``ar``, ``ckb`` or ``kmr``

    Returns
    -------
    folium.Map
        It asks the network for nothing unless `style` names a base-map.

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    """
    from mapper import drawing

    backdrop = make_backdrop(_load_gazetteer(), areas)
    return drawing.draw(
        located, areas, title=title, backdrop=backdrop, style=style, language=language
    )


def picture(
    located: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    by: str | None = None,
    title: str | None = None,
    style: MapStyle | None = None,
    language: str = "en",
) -> Picture:
    """Draw incidents and areas as a picture for a report: one map, or small ones side by side.

    Parameters
    ----------
    located, areas, title, style, language : as for `draw`; of several levels of areas the
        coarsest is drawn, and there is no base-map
    by : ``month``, ``year`` or ``type``: a small map for each, all with the same classes

    Returns
    -------
    Picture
        `save` writes it as ``.svg``, or as ``.png`` with the extra ``pictures``.

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    OutputError
        So many small maps do not fit on one picture.
    """
    from mapper import drawing
    from mapper.counting import count

    backdrop = make_backdrop(_load_gazetteer(), areas)
    if by is None:
        parts = [drawing.Part("", located, areas)]
    else:
        divided = drawing.divide(located, by, language=language)
        parts = [drawing.Part(name, rows, count(rows, areas)) for name, rows in divided]
    return drawing.draw_picture(
        parts, title=title, backdrop=backdrop, style=style, language=language
    )


def make_backdrop(gaz: Gazetteer, areas: pd.DataFrame) -> Backdrop:
    """Return what a map draws around incidents: neighbours, main towns, credits of the areas."""
    import geopandas as gpd

    from mapper.style import Backdrop

    library = gaz.library
    neighbours = gpd.read_file(io.BytesIO(library.core_file("neighbours.geojson")))
    places = [place for place in gaz.places() if place.point and place.population]
    # Quarters are no towns, and some are credited with the people of their whole city.
    towns = [p for p in places if str(p.level) == "settlement" and p.kind != "quarter"]
    towns.sort(key=lambda place: (-(place.population or 0), place.id))
    towns = towns[:_BIGGEST_TOWNS]
    frame = gpd.GeoDataFrame(
        {
            "name": [place.name for place in towns],
            "population": [place.population for place in towns],
            **{
                f"name_{language}": [place.name_in(language) for place in towns]
                for language in ("ar", "ckb", "kmr")
            },
        },
        geometry=gpd.points_from_xy(
            [place.point[0] for place in towns if place.point],
            [place.point[1] for place in towns if place.point],
        ),
        crs=4326,
    )
    # Areas that say nothing of themselves are taken for the core data's.
    credits = tuple(areas.attrs.get("credits", map(str, library.credits)))
    approximate = bool(areas.attrs.get("approximate", library.approximate))
    return Backdrop(neighbours, frame, credits=credits, approximate=approximate)


def nothing_found(incidents: pd.DataFrame) -> str:
    """Say in one line that the inputs hold no incident, and what was read."""
    said = "; ".join(incidents.attrs.get("said", ()))
    return "no incident found in the inputs" + (f" ({said})" if said else "")


def _load_gazetteer() -> Gazetteer:
    import gazetteer

    return gazetteer.load()
