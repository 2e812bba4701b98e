"""The page around a map: one file of its own, which asks the network for nothing."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
from importlib import resources
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template
from xstatic.pkg import leaflet

from mapper.drawing.words import words
from mapper.style import direction

_SCRIPTS = (
    "columns.js",
    "words.js",
    "address.js",
    "labels.js",
    "print.js",
    "layers.js",
    "classes.js",
    "hierarchy.js",
    "shades.js",
    "areas.js",
    "crumbs.js",
    "symbols.js",
    "clusters.js",
    "badges.js",
    "sheet.js",
    "marks.js",
    "cards.js",
    "search.js",
    "filters.js",
    "timeline.js",
    "downloads.js",
    "lists.js",
    "table.js",
    "panels.js",
)
_STYLES = ("map.css", "panels.css", "lists.css", "screens.css")

_SCRIPT_BLOCK = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Verbatim(Element):
    """Text that goes into the page as it is.

    branca reads what elements have rendered a second time as a template; data may
    hold braces, so ours must not pass that way.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **kwargs: Any) -> str:
        """Return the text."""
        return self._text


class Numbered(Element):
    """An element whose name in the page is its number among its like, not a random one.

    The same maps then give the same bytes, and several on one page stay apart.
    """

    def get_name(self) -> str:
        """Return a name that is unique in the page and the same each time."""
        if self._parent is None:
            return str(super().get_name())
        alike = [e for e in _descendants(self.get_root()) if type(e) is type(self)]
        return f"{_snake(type(self).__name__)}_{alike.index(self) + 1}"

    def add_to(self, parent: Element, name: str | None = None, index: int | None = None) -> Element:
        """Add to a parent, which may already have another that was first of its like elsewhere."""
        return super().add_to(parent, name=name or self._id, index=index)


class Page(Figure):
    """A whole HTML page that names its language and forbids outside requests.

    Parameters
    ----------
    title : title of the window
    language : one of `mapper.style.LANGUAGES`
    hosts : servers that the page may ask for pictures, such as ``https://tile.example.org``
    """

    def __init__(self, *, title: str, language: str = "en", hosts: tuple[str, ...] = ()) -> None:
        super().__init__(title=title)
        self._language = language
        self._hosts = hosts

    def render(self, **kwargs: Any) -> str:
        """Return the page."""
        # Rendering adds to these three; with them put back, a second rendering is like the first.
        kept = [(part, dict(part._children)) for part in (self.header, self.html, self.script)]
        try:
            for child in list(self._children.values()):
                child.render(**kwargs)
            return self._whole()
        finally:
            for part, children in kept:
                part._children.clear()
                part._children.update(children)

    def _whole(self) -> str:
        head, body, script = (p.render() for p in (self.header, self.html, self.script))
        content = (
            f"<title>{html.escape(self.title or '')}</title>\n{head}\n</head>\n"
            f'<body class="im-page">\n{body}\n<script>{script}</script>\n</body>\n</html>\n'
        )
        return (
            "<!DOCTYPE html>\n"
            f'<html lang="{self._language}" dir="{direction(self._language)}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{self._policy(content)}">\n'
            f"{content}"
        )

    def _policy(self, content: str) -> str:
        """Allow the scripts that are in the page now, and none that text might smuggle in."""
        scripts = dict.fromkeys(_digest(text) for text in _SCRIPT_BLOCK.findall(content))
        images = " ".join(("data:", "blob:", *self._hosts))
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {' '.join(scripts)}",
                "style-src 'unsafe-inline'",
                f"img-src {images}",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


class OfflineMap(Numbered, folium.Map):
    """A folium map that carries Leaflet in the page instead of naming addresses.

    Parameters
    ----------
    page : where it is put
    bounds : what it shows at first: south-west and north-east corner, latitude first
    language : one of `mapper.style.LANGUAGES`
    """

    # Unlike folium's own: lets people enlarge the page, and waits for no other library.
    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>#{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                { ...{{ this.options|tojavascript }}, ...IncidentMaps.motion() }
            );
            IncidentMaps.start(
                {{ this.get_name() }}, {{ this.bounds|tojson }}, {{ this.speech|tojson }}
            );
        {% endmacro %}
        """
    )

    def __init__(
        self, page: Page, *, bounds: list[list[float]], language: str = "en", **options: Any
    ) -> None:
        super().__init__(tiles=None, zoom_control=False, location=bounds[0], **options)
        self.bounds = bounds
        spoken = words(language)
        self.speech = {
            "words": {key: spoken[key] for key in ("map", "home", "zoom_in", "zoom_out")},
            "direction": direction(language),
        }
        # The lists of the class are shared by all maps of the process: leave them alone.
        self.default_js = []
        self.default_css = []
        self.add_to(page)

    def render(self, **kwargs: Any) -> str:
        """Add the map to its page."""
        figure_of(self).header.add_child(Verbatim(_leaflet()), name="leaflet")
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


def figure_of(element: Element) -> Figure:
    """Return the page that an element is on."""
    figure = element.get_root()
    if not isinstance(figure, Figure):
        raise ValueError(f"{type(element).__name__} is on no map yet: add it to one first")
    return figure


def include_assets(element: Element) -> Figure:
    """Add our script and style sheet to an element's page, once, and return the page."""
    figure = figure_of(element)
    figure.header.add_child(Verbatim(_assets()), name="incident_map_assets")
    return figure


@functools.cache
def _leaflet() -> str:
    folder = Path(leaflet.BASE_DIR)
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    style = (folder / "leaflet.css").read_text(encoding="utf-8")
    icons = {
        name: _data_uri(folder / "images" / name)
        for name in ("layers.png", "layers-2x.png", "marker-icon.png", "marker-shadow.png")
    }
    for name, uri in icons.items():
        style = style.replace(f"url(images/{name})", f"url({uri})")
    # A source map would be one more file to ask for.
    script = re.sub(r"\n//# sourceMappingURL=.*", "", script)
    markers = (
        "L.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({"
        f"iconUrl:'{icons['marker-icon.png']}',iconRetinaUrl:'{icons['marker-icon.png']}',"
        f"shadowUrl:'{icons['marker-shadow.png']}'}});"
    )
    return f"<style>{style}</style>\n<script>{script}</script>\n<script>{markers}</script>\n"


@functools.cache
def _assets() -> str:
    folder = resources.files("mapper.drawing") / "assets"
    styles = "\n".join((folder / name).read_text(encoding="utf-8") for name in _STYLES)
    scripts = "\n".join((folder / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f"<style>{styles}</style>\n<script>{scripts}</script>\n"


def _data_uri(path: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _descendants(element: Element) -> list[Element]:
    found = []
    for child in element._children.values():
        found += [child, *_descendants(child)]
    return found


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
