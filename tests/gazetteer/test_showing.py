"""What a notebook shows of an answer is readable and holds no markup of others."""

from __future__ import annotations

import pytest

import gazetteer


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load("core")


def test_a_match_shows_what_was_asked_found_and_why(gaz):
    shown = gaz.resolve("Babylon")._repr_html_()
    assert shown.count("<tr>") >= 4
    for words in ("Babylon", "resolved", "Babil (IQG07, adm1)", "exact"):
        assert words in shown


def test_an_ambiguous_match_shows_what_it_could_mean(gaz):
    match = gaz.resolve("Hamza")
    assert match.status == "ambiguous"
    for candidate in match.candidates:
        assert candidate.place.id in match._repr_html_()


def test_a_place_outside_shows_its_country(gaz):
    assert "Jordan" in gaz.resolve("Amman")._repr_html_()


def test_a_name_is_no_markup(gaz):
    shown = gaz.resolve("<img src=x onerror=alert(1)>")._repr_html_()
    assert "<img" not in shown and "&lt;img" in shown


def test_the_gazetteer_shows_its_data_and_their_licences(gaz):
    shown = gaz._repr_html_()
    assert "approximate" in shown and "CC BY 4.0" in shown


def test_an_error_is_one_sentence_in_a_notebook():
    [line] = gazetteer.LevelError("unknown level 9", 9)._render_traceback_()
    assert line == "LevelError: unknown level 9"
