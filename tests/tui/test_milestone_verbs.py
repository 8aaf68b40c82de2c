"""`e` on a milestone: one that its event moved says so, and the form announces it in writing."""

from __future__ import annotations

from pathlib import Path

from store.views.card import card_detail
from tests.store.builders import DAY, T0, Busy, Cast, busy
from tests.store.on_file import kept
from tests.tui.deck import running, typed, until
from tests.tui.on_record import on
from tui.present.card_fields import field_rows

MOVED = 904


async def test_a_milestone_its_event_moved_says_so_and_is_announced_with_the_reason(tmp_path: Path) -> None:
    fields = {"card": Cast.card, "name": "反馈", "relative": "3版初稿后2日内", "notice_days": 2}
    board = kept(busy(), "AddMilestone", Cast.wang, id=MOVED, **fields)
    later = {"milestone": Busy.milestone, "fields": {"due": T0 + 11 * DAY}}
    board = kept(board, "EditMilestone", Cast.wang, T0 + 60, **later)
    async with running(board, tmp_path, now=T0 + DAY) as (app, pilot):
        assert app.state is not None
        detail = card_detail(app.state, Cast.card)
        assert detail is not None
        rows = field_rows(app.state, detail, app.now(), 100)
        text = next("".join(words for words, _tone in row.text) for row in rows if row.id == MOVED)
        assert "moved from Sun 10-18 18:00" in text
        await on(app, pilot, ("milestones", MOVED))
        await pilot.press("e", "tab", "shift+tab", "shift+tab")
        await typed(pilot, "初稿推迟")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.state is not None and app.state.board.milestones[MOVED].moved_from is None)
        board = app.state.board
        assert board.milestones[MOVED].relative == "3版初稿后2日内"
        assert "反馈: 初稿推迟" in {entry.content for entry in board.sync.values()}
