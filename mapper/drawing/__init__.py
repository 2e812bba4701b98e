"""Draw incidents and areas as a folium map that needs no network."""

from __future__ import annotations

from dataclasses import replace

import folium
import geopandas as gpd

from mapper.drawing.backdrop import BackdropLayer
from mapper.drawing.controls import Account, Credits, Legend
from mapper.drawing.credits import credit_lines
from mapper.drawing.layers import AreaLayer, IncidentLayer
from mapper.drawing.page import OfflineMap, Page
from mapper.drawing.parts import divide
from mapper.drawing.picture import Part, Picture, draw_picture, require_png
from mapper.drawing.saving import save
from mapper.drawing.tiles import base_map, tile_hosts
from mapper.drawing.words import words
from mapper.style import Backdrop, MapStyle

__all__ = [
    "Account",
    "AreaLayer",
    "BackdropLayer",
    "Credits",
    "IncidentLayer",
    "Legend",
    "Part",
    "Picture",
    "divide",
    "draw",
    "draw_picture",
    "require_png",
    "save",
]

_IRAQ = [[29.06, 38.79], [37.39, 48.58]]
"""South-west and north-east corner: latitude, longitude."""


def draw(
    located: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    title: str | None = None,
    backdrop: Backdrop | None = None,
    style: MapStyle | None = None,
    language: str = "en",
) -> folium.Map:
    """Draw incidents and areas as a map.

    Incidents known to a point are marks; those known only to an area are counted on
    that area; the others are listed with the reason. The page asks the network for
    nothing unless `style` names a base-map, and forbids it in a content-security policy.

    Parameters
    ----------
    located : LOCATED frame, EPSG:4326
    areas : AREAS frame, EPSG:4326, of one level or of several, into which one then drills
        down; names in other languages may stand beside ``name`` as ``name_ar``,
        ``name_ckb``, ``name_kmr``
    title : the page's heading
    backdrop : neighbours, towns, credits
    style : measure, classes, base-map
    language : one of `mapper.style.LANGUAGES`

    Returns
    -------
    folium.Map
        Other folium layers may be added to it; what they would load from the network
        is refused unless there is a base-map.

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    ValueError
        There are no words in that language.
    """
    style = style or MapStyle()
    backdrop = backdrop or Backdrop()
    if style.tiles:  # which shows neighbours and towns itself
        backdrop = replace(backdrop, neighbours=None, towns=None)
    heading = title or words(language)["map"]
    page = Page(title=heading, language=language, hosts=tile_hosts(style.tiles))
    map_ = OfflineMap(
        page,
        bounds=_IRAQ,
        language=language,
        # Steps between whole zooms let the country fill the page; pictures would blur there.
        zoom_snap=1 if style.tiles else 0.1,
        min_zoom=4,
        max_zoom=16,
        attribution_control=bool(style.tiles),
    )
    if style.tiles:
        base_map(style.tiles).add_to(map_)
    BackdropLayer(backdrop, language=language).add_to(map_)
    area_layer = AreaLayer(areas, style=style, language=language)
    area_layer.add_to(map_)
    incident_layer = IncidentLayer(located, areas, language=language)
    incident_layer.add_to(map_)
    Account(incident_layer, title=heading).add_to(map_)
    Legend(area_layer, incident_layer).add_to(map_)
    Credits(
        credit_lines(located, backdrop, language),
        approximate=backdrop.approximate,
        language=language,
    ).add_to(map_)
    return map_
