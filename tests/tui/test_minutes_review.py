"""Minutes under review: what is said of those who confirmed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import Cast, do
from tests.tui.deck import running, until
from tests.tui.minutes_board import MEETING, meeting
from tui import words
from tui.i18n import _

c = Cast


async def test_a_catalogue_sets_the_colon_behind_who_commented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board = do(meeting(), "SendDraft", c.sun, meeting=MEETING)
    board = do(board, "ReviewMinutes", c.wang, meeting=MEETING, answer="comment", text="补金额")
    monkeypatch.setattr(words, "_", lambda text: _(text).replace(": ", "："))
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("王敏：补金额" in row for row in app.screen_text))


async def test_minutes_changed_after_a_confirmation_say_so(tmp_path: Path) -> None:
    board = do(meeting(), "SendDraft", c.sun, meeting=MEETING)
    board = do(board, "ReviewMinutes", c.li, meeting=MEETING)
    board = do(board, "ReviewMinutes", c.chen, meeting=MEETING)
    board = do(board, "ReviewMinutes", c.wang, meeting=MEETING, answer="comment", text="补金额")
    first = board.agenda_of[MEETING][0].id
    line = {"id": 8099, "kind": "point", "text": "补一句", "order": 9}
    board = do(board, "SaveLines", c.chen, meeting=MEETING, item=first, lines=[line])
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("李强: confirmed" in row for row in app.screen_text))
        shown = [row.strip() for row in app.screen_text]
        at = next(number for number, row in enumerate(shown) if "李强: confirmed" in row)
        assert shown[at + 1].startswith("! changed since: Fri 10-09")
        assert sum("changed since" in row for row in shown) == 1
        assert any("王敏: 补金额" in row for row in shown)
        await pilot.press("d")
        assert "Changed after it was confirmed by 李强." in app.message
