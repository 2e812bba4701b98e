"""The boxes over the map: title and account, legend, credits."""

from __future__ import annotations

import json
from typing import Any

import folium

from mapper.drawing.columns import clean
from mapper.drawing.layers import AreaLayer, IncidentLayer
from mapper.drawing.page import Numbered, Verbatim, include_assets
from mapper.drawing.words import words
from mapper.style import direction


class _Control(Numbered, folium.MacroElement):
    """A box over the map, made by our script."""

    def _call(self) -> str:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def render(self, **kwargs: Any) -> str:
        """Add the call that makes the box to the page."""
        figure = include_assets(self)
        on = self._parent.get_name() if self._parent else ""
        name = self.get_name()
        call = f"var {name} = IncidentMaps.{self._call()}.addTo({on});"
        figure.script.add_child(Verbatim(call), name=name)
        return ""


class Account(_Control):
    """The title, what became of every incident, and the lists of them."""

    def __init__(self, incidents: IncidentLayer, *, title: str = "") -> None:
        super().__init__()
        self._incidents, self._title = incidents, title

    def _call(self) -> str:
        return f"account({self._incidents.get_name()}, {_script_text(self._title)})"


class Legend(_Control):
    """What the shades, marks, rings and badges mean."""

    def __init__(self, areas: AreaLayer, incidents: IncidentLayer) -> None:
        super().__init__()
        self._areas, self._incidents = areas, incidents

    def _call(self) -> str:
        return f"legend({self._areas.get_name()}, {self._incidents.get_name()})"


class Credits(_Control):
    """Where the map's data come from, and whether its boundaries are approximate."""

    def __init__(self, lines: tuple[str, ...], *, approximate: bool, language: str = "en") -> None:
        super().__init__()
        self._lines = [clean(line) for line in lines]
        self._approximate, self._language = approximate, language

    def _call(self) -> str:
        spoken = words(self._language)
        options = {
            "lines": self._lines,
            "approximate": spoken["approximate"] if self._approximate else "",
            "heading": spoken["sources"],
            "direction": direction(self._language),
        }
        return f"credits({_script_text(options)})"


def _script_text(value: object) -> str:
    """Write a value as JavaScript that no string inside can break out of."""
    text = json.dumps(value, ensure_ascii=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
