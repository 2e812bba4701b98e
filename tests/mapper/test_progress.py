"""The bar appears where somebody looks at it, and nowhere else."""

from __future__ import annotations

import sys

import pytest

from mapper import progress


def test_nothing_is_shown_in_a_pipe(capsys):
    with progress.on_terminal(2) as step, progress.in_notebook(2) as also:
        step("reading")
        also("reading")
    assert capsys.readouterr() == ("", "")


def test_a_terminal_has_a_bar(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress.on_terminal(2) as step:
        step("reading the inputs")
    assert "reading the inputs" in capsys.readouterr().err


def test_a_kernel_that_is_only_imported_is_no_notebook(monkeypatch, capsys):
    pytest.importorskip("IPython")
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    with progress.in_notebook(2) as step:
        step("reading")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("fails", [False, True])
def test_a_notebooks_bar_goes_when_the_work_ends(fails, monkeypatch):
    ipython = pytest.importorskip("IPython.display")
    shown = []

    class Handle:
        update = staticmethod(lambda html: shown.append(html.data))

    monkeypatch.setattr(progress, "_is_notebook", lambda: True)
    monkeypatch.setattr(ipython, "display", lambda *_, **__: Handle)
    with (
        pytest.raises(ValueError) if fails else progress.on_terminal(1),
        progress.in_notebook(3) as step,
    ):
        step("one <b>")
        step("two")
        if fails:
            raise ValueError
    assert shown == [
        "<progress max='3' value='0'></progress> one &lt;b&gt;",
        "<progress max='3' value='1'></progress> two",
        "",
    ]
