"""Minutes under review: what is said of those who confirmed them."""

from __future__ import annotations

from pathlib import Path

from tests.store.builders import Cast, do
from tests.tui.deck import running, until
from tests.tui.minutes_board import MEETING, meeting

c = Cast


async def test_minutes_changed_after_a_confirmation_say_so(tmp_path: Path) -> None:
    board = do(meeting(), "SendDraft", c.sun, meeting=MEETING)
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=MEETING)
    first = board.agenda_of[MEETING][0].id
    line = {"id": 8099, "kind": "point", "text": "补一句", "order": 9}
    board = do(board, "SaveLines", c.chen, meeting=MEETING, item=first, lines=[line])
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("李强: confirmed" in row and "changed since" in row for row in app.screen_text))
        assert not any("陈思: confirmed" in row and "changed since" in row for row in app.screen_text)
        await pilot.press("d")
        assert "Changed after it was confirmed by 李强." in app.message
