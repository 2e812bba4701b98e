"""How a map looks: classes, colours, symbols, and what is drawn around the incidents."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    from xyzservices import TileProvider

LANGUAGES = ("en", "ar", "ckb", "kmr")
"""The languages of the page's words: English, Arabic, Sorani, Kurmanji."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb"})
"""The languages written from right to left."""

MEASURES = ("incidents", "killed", "wounded")
"""What areas can be shaded by, each also per 100,000 people."""

DIVISIONS = ("month", "year", "type")
"""What a picture can show side by side, a small map for each."""

SCHEMES = ("natural", "quantiles", "equal")
"""How the values are cut into classes: natural breaks, equal numbers of areas, equal steps."""

# Single-hue ramps of even steps in lightness: they read the same to colour-blind people and in a
# grey print. The marks' colours are warm or dark, so that they stand out from every class.
_LIGHT_RAMP = ("#dceaf5", "#bcd8ec", "#94c1de", "#68a5cd", "#4287b8", "#25699f", "#114a7d")
_DARK_RAMP = ("#1c3850", "#234b6d", "#2c5f8a", "#3a77a8", "#5291c2", "#76afd8", "#a5cfea")

EVENT_COLOURS = {
    "Battles": "#b3261e",
    "Explosions/Remote violence": "#d95f02",
    "Violence against civilians": "#7b2d8b",
    "Protests": "#1a7a4c",
    "Riots": "#8a6d00",
    "Strategic developments": "#3d4754",
}
"""One colour an event type. Each has a shape of its own too: colour alone tells nothing."""

UNKNOWN_EVENT_COLOUR = "#6b7280"
"""The colour of incidents whose type is not known."""


@dataclass(frozen=True, slots=True)
class MapStyle:
    """How the map is drawn.

    ``measure`` is one of `MEASURES`, ``per_100k`` relates it to the population.
    ``scheme`` is one of `SCHEMES`; ``classes`` is their greatest number (1 to 7).
    ``breaks`` are classes of your own for that measure: the upper limit of each, ascending.
    ``tiles`` names a base-map of xyzservices, such as ``"OpenStreetMap Mapnik"``;
    None, the default, draws a map that needs no network.
    """

    measure: str = "incidents"
    per_100k: bool = False
    scheme: str = "natural"
    classes: int = 5
    breaks: tuple[float, ...] = ()
    tiles: str | None = None

    def __post_init__(self) -> None:
        _check_choice("measure", self.measure, MEASURES)
        _check_choice("scheme", self.scheme, SCHEMES)
        if not 1 <= self.classes <= len(_LIGHT_RAMP):
            raise ValueError(f"classes is {self.classes}: use 1 to {len(_LIGHT_RAMP)}")
        ascending = all(low < high for low, high in itertools.pairwise((0, *self.breaks)))
        if not ascending or len(self.breaks) >= len(_LIGHT_RAMP):
            raise ValueError(
                f"breaks is {self.breaks}: use 1 to {len(_LIGHT_RAMP) - 1} numbers above zero, "
                "ascending"
            )

        if self.tiles is not None:
            tile_provider(self.tiles)

    @property
    def shaded_by(self) -> str:
        """The measure's name in one word, such as ``killed_per_100k``."""
        return f"{self.measure}_per_100k" if self.per_100k else self.measure

    @property
    def most_classes(self) -> int:
        """How many classes a legend may show; beyond the last break there is one more."""
        return max(self.classes, len(self.breaks) + 1 if self.breaks else 0)


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What is drawn around and under the incidents, so that the map is never a grey sheet.

    ``neighbours`` has ``name`` and polygons; ``towns`` has ``name``, ``population``
    and points, the largest town first; both EPSG:4326, and either may have
    ``name_ar``, ``name_ckb`` and ``name_kmr`` beside ``name``. ``credits`` names
    each data source with its licence. ``approximate`` says that the boundaries are.
    """

    neighbours: gpd.GeoDataFrame | None = None
    towns: gpd.GeoDataFrame | None = None
    credits: tuple[str, ...] = ()
    approximate: bool = False


def tile_provider(name: str) -> TileProvider:
    """Return the base-map of xyzservices that has a name.

    Raises
    ------
    ValueError
        There is none, or it is only for people with a key of their own.
    """
    from xyzservices import providers  # reads a thousand addresses

    example = "use one such as 'OpenStreetMap Mapnik' or 'Esri WorldImagery'"
    try:
        found = providers.query_name(name)
    except ValueError:
        raise ValueError(f"tiles is {name!r}, which xyzservices does not know: {example}") from None
    if found.requires_token():
        raise ValueError(f"tiles is {name!r}, which asks for a key of your own: {example}")
    return found


def ramp(classes: int, *, dark: bool = False) -> list[str]:
    """Return the colours of so many classes, lowest first, for a light or a dark page."""
    anchors = _DARK_RAMP if dark else _LIGHT_RAMP
    if classes <= 1:
        return [anchors[len(anchors) // 2]] * classes
    step = (len(anchors) - 1) / (classes - 1)
    return [_between(anchors, position * step) for position in range(classes)]


def direction(language: str) -> str:
    """Return ``rtl`` for a language written from right to left, else ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def _between(anchors: tuple[str, ...], position: float) -> str:
    lower = min(int(position), len(anchors) - 2)
    share = position - lower
    pairs = zip(_channels(anchors[lower]), _channels(anchors[lower + 1]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{name} is {value!r}: use one of {', '.join(choices)}")
