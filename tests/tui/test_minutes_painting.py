"""What a key costs in long minutes: what changed is drawn, what moved is only sent again, panes follow the tick."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from textual import events

import tui.editor.side
import tui.screens.minutes_editor
from store.board import Board
from tests.store.builders import DAY, T0, Cast, do
from tests.tui.deck import typed
from tests.tui.minutes_board import MEETING, item, meeting, writing
from tests.tui.test_painting import count, settle
from tui.editor.viewport import Viewport, cells_changed
from tui.widgets.lines import Drawn

LINES = 90


@cache
def long_minutes() -> Board:
    """The meeting with many lines in its second item, every third an action item."""
    board, c = meeting(), Cast
    lines: list[dict[str, Any]] = [
        {"id": 9000 + n, "kind": "action", "text": f"完成第{n}版", "order": 10 + n, "owner": c.sun, "who": "孙悦",
         "due": T0 + DAY, "standard": "五省齐全"}
        if n % 3 == 0 else {"id": 9000 + n, "kind": "point", "text": f"要点 {n} 华东", "order": 10 + n}
        for n in range(LINES)
    ]  # fmt: skip
    return do(board, "SaveLines", c.sun, meeting=MEETING, item=item(board, 1), lines=lines)


async def test_enter_at_the_end_sends_the_rows_that_move_and_draws_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with writing(long_minutes(), tmp_path, size=(220, 60)) as (_app, pilot, editor):
        await typed(pilot, "甲")
        await settle(pilot)
        drawn: Counter[str] = Counter()
        count(monkeypatch, Drawn, "drawn_in", drawn)
        count(monkeypatch, type(editor.text), "render_line", drawn)
        await typed(pilot, "\n")
        await settle(pilot)
        assert drawn["MinutesText.render_line"] > 40
        assert drawn["Drawn.drawn_in"] <= 4


async def test_a_key_paints_once_whatever_it_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with writing(long_minutes(), tmp_path, size=(120, 40)) as (_app, _pilot, editor):
        painted: Counter[str] = Counter()
        count(monkeypatch, Viewport, "rows", painted)
        for key in ("x", "pageup", "up", "tab", "enter", "backspace", "pagedown"):
            editor.text.press(events.Key(key, key if len(key) == 1 else None))
            assert painted.pop("Viewport.rows") == 1, key
        assert editor.text.typing


async def test_a_tick_draws_the_panes_whose_text_is_another_and_of_them_the_lines_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with writing(long_minutes(), tmp_path, size=(220, 60)) as (app, pilot, editor):
        await settle(pilot)
        app.stop_ticking()  # time passes here only when it is said to
        while editor._wording.waits:
            editor._wording.go_on()
        app.pass_time(1)
        calls: Counter[str] = Counter()
        for module, name in (
            (tui.screens.minutes_editor, "action_lines"),
            (tui.screens.minutes_editor, "side_lines"),
            (tui.editor.side, "_short"),
        ):
            counted(monkeypatch, module, name, calls)
        for _second in range(3):
            app.pass_time(1)
        assert not calls
        for key, character in (("新", "新"), ("事", "事"), ("tab", None), ("tab", None)):
            editor.text.press(events.Key(key, character))
        assert not calls
        app.pass_time(1)
        assert calls["action_lines"] == 1
        assert calls["_short"] == 1
        assert "新事" in "\n".join(line.plain for line in editor.third.lines)


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, into: Counter[str]) -> None:
    function = getattr(module, name)

    def call(*arguments: Any, **named: Any) -> Any:
        into[name] += 1
        return function(*arguments, **named)

    monkeypatch.setattr(module, name, call)


@given(st.text("ab字 ", max_size=8), st.text("ab字 ", max_size=8))
def test_the_cells_of_a_row_that_are_painted_hold_all_that_differs(old: str, new: str) -> None:
    cells = cells_changed([Text(old)], [Text(new)], 0, 40)
    if Text(old).cell_len != Text(new).cell_len or len(old) != len(new):
        assert cells == 40
        return
    kept = len(new)
    while kept and old[kept - 1] == new[kept - 1]:
        kept -= 1
    assert cells == Text(new[:kept]).cell_len
    assert (cells == 0) == (old == new)
