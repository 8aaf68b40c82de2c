"""Private names of Textual the dashboard leans on: an upgrade that drops one is said here, in a word."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App
from textual.drivers import linux_driver
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

import tui
from tests.store.builders import office
from tests.tui.deck import running

NAMES = [
    (App, "_check_bindings", "tui/ordered_keys.py: keys would no longer act in the order they were pressed"),
    (App, "_keymap", "tui/widgets/entry_keys.py: moved keys would no longer hold in the panel"),
    (App, "_fatal_error", "tui/app.py: a failure would print a traceback over the screen"),
    (App, "_driver", "tui/ticking.py: the window would have no title"),
    (App, "_disable_notifications", "tui/app.py: every screen would make the widget of toasts, and stand later"),
    (App, "_disable_tooltips", "tui/app.py: every screen would make the widget of tooltips, and stand later"),
    (Screen, "_update_timer", "tui/app.py: the first board would be painted 1/60 s later"),
    (Screen, "_compositor", "tui/painting.py: a frame of one cell would draw every line of the screen"),
    (Screen, "_dirty_widgets", "tui/painting.py: a tick would wake the loop for each widget that changed"),
    (Screen, "_on_timer_update", "tui/painting.py, tui/facts.py: a tick and the first board would wait for a timer"),
    (Compositor, "_regions_to_spans", "tui/painting.py: a frame of one cell would draw every line of the screen"),
    (Widget, "_styles_cache", "tui/painting.py: every line would be looked up for frames and tints it has not"),
    (StylesCache, "_dirty_lines", "tui/painting.py: a countdown would be painted with the whole row behind it"),
    (Input, "_suggestion", "tui/widgets/text_input.py: no grey suggestion behind what is typed"),
    (Input, "_position_to_cell", "tui/widgets/text_input.py: the cursor would stand beside wide characters"),
    (linux_driver, "_get_terminal_size", "tui/line_driver.py: a terminal without a size would be laid out for ever"),
    (linux_driver, "exit_event", "tui/line_driver.py: the thread that reads keys would not end"),
    (linux_driver, "WriterThread", "tui/lost_line.py: a line that drops would hold the program"),
]
"""Whose name it is, the name, who leans on it and what would be lost."""


@pytest.mark.parametrize(("owner", "name", "lost"), NAMES, ids=[name for _owner, name, _lost in NAMES])
def test_textual_still_has_the_name(owner: object, name: str, lost: str) -> None:
    assert re.search(rf"\b{name}\b", inspect.getsource(owner)), f"This Textual has no {name} any more. {lost}."  # type: ignore[arg-type]


async def test_no_screen_makes_the_widgets_of_toasts_and_tooltips(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, _pilot):
        made = {type(widget).__name__ for widget in app.screen.query("*")}
        assert not made & {"ToastRack", "Tooltip"}, "_disable_notifications or _disable_tooltips does nothing any more"


async def test_a_screen_draws_by_the_timer_that_is_woken_for_the_first_board(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, _pilot):
        timer = app.screen._update_timer
        assert isinstance(timer, Timer), "Screen._update_timer is no timer any more"
        assert hasattr(timer, "resume")


def test_the_architecture_names_each() -> None:
    page = (Path(tui.__file__).parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for _owner, name, _lost in NAMES if name not in page] == []
