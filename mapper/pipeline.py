"""The whole way, in a few lines: inputs to incidents, incidents to a map and an account."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from mapper.errors import NothingToDrawError, ReadError
from mapper.progress import in_notebook
from mapper.readers import read_table, read_text
from mapper.schema import INCIDENTS, check, empty
from mapper.writing import require_target

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

    from gazetteer import Gazetteer
    from mapper.report import Report
    from mapper.style import Backdrop, MapStyle

Inputs = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_ARTICLES = frozenset({".txt", ".text"})
_TABLES = frozenset(
    (
        ".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".geojson",
        ".json", ".jsonl", ".ndjson", ".geojsonl", ".gpkg", ".shp", ".kml", ".fgb", ".parquet",
        ".geoparquet", ".zip", ".gz",
    )
)  # fmt: skip
_NOT_YET = {
    ".html": "save the article as text",
    ".htm": "save the article as text",
    ".pdf": "save the article as text",
    ".docx": "save the article as text, the table as CSV",
}
_BIGGEST_TOWNS = 60


def read(
    inputs: Inputs,
    *,
    published: str | None = None,
    gaz: Gazetteer | None = None,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Read incidents from articles and tables.

    Parameters
    ----------
    inputs : one file or several, or patterns such as ``"*.csv"``: articles
        (``.txt``), and tables in the formats of `read_table`
    published : day the articles were published, such as ``"2024-01-05"``
    gaz : the gazetteer that articles are read with; by default with the installed data
    sheet : sheet of workbooks; by default the first with a table
    columns : a role -> the header of its column, where recognition is wrong

    Returns
    -------
    INCIDENTS frame
        All inputs' incidents, one input after the other. ``attrs["said"]``
        holds what was understood, one line a fact.

    Raises
    ------
    ReadError
        An input cannot be read; names the file and the remedy.
    """
    return _read_each(
        inputs,
        lambda path: _read_one(path, published=published, gaz=gaz, sheet=sheet, columns=columns),
    )


def make_map(
    inputs: Inputs,
    output: str | os.PathLike[str],
    *,
    published: str | None = None,
    gaz: Gazetteer | None = None,
    title: str | None = None,
    language: str = "en",
) -> Report:
    """Read articles and tables and draw their incidents as one HTML file.

    Parameters
    ----------
    inputs : as for `read`
    output : the HTML file; one that is there is replaced when the new one is complete
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
    gaz = gaz or _load_gazetteer()
    with in_notebook(steps=5) as step:
        step("reading the inputs")
        incidents = read(inputs, published=published, gaz=gaz)
        if incidents.empty:
            raise NothingToDrawError(nothing_found(incidents))
        step("finding the places")
        located = locate(incidents, gaz)
        step("counting by area")
        areas = count(located, all_boundaries(gaz))
        step("drawing the map")
        map_ = draw(located, areas, title=title, language=language)
        step("writing the file")
        save(map_, output)
    return Report.of(located).with_outputs(os.fspath(output))


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


def make_backdrop(gaz: Gazetteer, areas: pd.DataFrame) -> Backdrop:
    """Return what a map draws around incidents: neighbours, main towns, credits of the areas."""
    import geopandas as gpd

    from mapper.style import Backdrop

    library = gaz.library
    neighbours = gpd.read_file(io.BytesIO(library.core_file("neighbours.geojson")))
    places = [place for place in gaz.places() if place.point and place.population]
    towns = [place for place in places if str(place.level) == "settlement"]
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


def _read_each(inputs: Inputs, read_one: Callable[[Path], pd.DataFrame]) -> pd.DataFrame:
    paths = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if not paths:
        raise ReadError("no input was named")
    frames = [read_one(path) for named in paths for path in _matching(Path(named))]
    said = [line for frame in frames for line in frame.attrs.get("said", ())]
    for frame in frames:
        frame.attrs = {}  # of several, pandas would keep none
    filled = [frame for frame in frames if len(frame)]
    together = pd.concat(filled, ignore_index=True) if filled else empty(INCIDENTS)
    ours = [column.name for column in INCIDENTS]
    own = [name for name in together.columns if name not in ours]
    together = together[[*ours, *own]]
    together["incident_id"] = _unique(together["incident_id"], together["source_file"])
    check(together, INCIDENTS, "incidents")
    together.attrs["said"] = said
    return together


def _matching(path: Path) -> list[Path]:
    """The files that a pattern such as ``reports/*.csv`` means; of any other path, itself."""
    if not set("*?[") & set(str(path)) or path.exists():
        return [path]
    root = Path(path.anchor)
    found = sorted(root.glob(str(path.relative_to(root))))
    if not found:
        raise ReadError(f"{path}: no file is called so: check the pattern", str(path))
    return found


def _read_one(
    path: Path,
    *,
    published: str | None,
    gaz: Gazetteer | None,
    sheet: str | None,
    columns: Mapping[str, str] | None,
) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        return read_table(path, sheet=sheet, columns=columns)
    if suffix in _ARTICLES:
        return _read_article(path, published, gaz)
    if not path.exists() or path.is_dir():
        return read_table(path)  # which says so
    if suffix in _NOT_YET:
        remedy = _NOT_YET[suffix]
        raise ReadError(f"{path}: {suffix} files are not read yet: {remedy}", str(path))
    known = ", ".join(sorted(_ARTICLES | _TABLES))
    raise ReadError(f"{path}: not known by its ending: name it as one of {known}", str(path))


def _read_article(path: Path, published: str | None, gaz: Gazetteer | None) -> pd.DataFrame:
    from mapper.extraction import extract

    found = extract(
        read_text(path), gaz or _load_gazetteer(), published=published, source=path.name
    )
    found["source_file"] = found["source_file"].fillna(path.name)
    number = len(found)
    words = f"{number:,} incident" if number == 1 else f"{number:,} incidents"
    first = f"an article; {words if number else 'no incident'} found"
    found.attrs["said"] = [f"{path.name}: {line}" for line in (first, *found.attrs["said"])]
    return found


def _unique(ids: pd.Series[str], files: pd.Series[str]) -> pd.Series[str]:
    """Tell ids apart that several files use."""
    if not ids.duplicated().any():
        return ids
    repeated = ids.duplicated(keep=False)
    longer = ids.mask(repeated, files.fillna("") + "/" + ids.fillna(""))
    copy = longer.groupby(longer).cumcount()
    return longer.mask(copy > 0, longer + "#" + (copy + 1).astype("str"))


def _load_gazetteer() -> Gazetteer:
    import gazetteer

    return gazetteer.load()
