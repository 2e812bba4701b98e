"""Colours that can be told apart, and styles that say what is wrong with them."""

from __future__ import annotations

import itertools

import pytest

from mapper.schema import EVENT_TYPES
from mapper.style import (
    EVENT_COLOURS,
    LANGUAGES,
    UNKNOWN_EVENT_COLOUR,
    MapStyle,
    direction,
    ramp,
)


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("classes", range(1, 8))
def test_ramps_go_one_way_in_lightness(classes, dark):
    colours = ramp(classes, dark=dark)
    assert len(set(colours)) == classes
    shades = [luminance(colour) for colour in colours]
    assert shades == sorted(shades, reverse=not dark)


@pytest.mark.parametrize("dark", [False, True])
def test_neighbouring_classes_of_the_usual_ramp_can_be_told_apart(dark):
    colours = ramp(5, dark=dark)
    assert all(contrast(a, b) > 1.2 for a, b in itertools.pairwise(colours))


def test_no_classes_need_no_colours():
    assert ramp(0) == []


def test_every_event_type_has_a_colour_of_its_own_on_which_white_signs_show():
    assert set(EVENT_COLOURS) == set(EVENT_TYPES)
    colours = [*EVENT_COLOURS.values(), UNKNOWN_EVENT_COLOUR]
    assert len(set(colours)) == len(colours)
    assert all(contrast(colour, "#ffffff") >= 3 for colour in colours)


@pytest.mark.parametrize("language", LANGUAGES)
def test_direction(language):
    assert direction(language) == ("rtl" if language in ("ar", "ckb") else "ltr")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"measure": "deaths"}, "measure is 'deaths': use one of incidents, killed, wounded"),
        ({"scheme": "magic"}, "scheme is 'magic': use one of natural, quantiles, equal"),
        ({"classes": 0}, "classes is 0: use 1 to 7"),
        ({"classes": 8}, "classes is 8: use 1 to 7"),
        ({"breaks": (5, 2)}, "breaks is .5, 2.: use 1 to 6 numbers above zero, ascending"),
        ({"breaks": (0, 2)}, "above zero"),
        ({"breaks": tuple(range(1, 8))}, "use 1 to 6 numbers"),
        ({"tiles": "No Such Map"}, "tiles is 'No Such Map', which xyzservices does not know"),
        ({"tiles": "Thunderforest Outdoors"}, "asks for a key of your own"),
    ],
)
def test_a_wrong_style_says_what_is_right(wrong, message):
    with pytest.raises(ValueError, match=message):
        MapStyle(**wrong)
