"""The footer offers a verb only where it would act on the record under the cursor."""

from __future__ import annotations

from pathlib import Path

from store.operations.meetings import CancelMeeting
from tests.store.builders import Cast, office
from tests.tui.deck import Deck, running, until
from tests.tui.minutes_board import MEETING, meeting


def offered(app: Deck) -> set[str]:
    return set(app.front.footer_commands())


async def test_what_would_only_refuse_is_left_out_once_the_cursor_rests(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        assert {"escalate", "take"} <= offered(app)  # not asked while the program starts
        app.listen()
        app.list.table.move_to(Cast.card)
        app.front.ask_verbs_later()
        await until(pilot, lambda: "escalate" not in offered(app))  # no issue to escalate
        assert {"progress", "note", "block"} <= offered(app)
        assert "x escalate" not in app.screen_text[-1]
        assert not app.front.entering
        assert not app.notices.all
        assert not app.session.store.pending


async def test_a_cancelled_meeting_has_no_next_state(tmp_path: Path) -> None:
    async with running(meeting(held=False), tmp_path) as (app, pilot):
        app.listen()
        await pilot.press("4")
        await until(pilot, lambda: app.list.table.cursor_id == MEETING)
        app.front.ask_verbs()
        assert "step" in offered(app)
        app.record([CancelMeeting(meeting=MEETING, reason="-")])
        await until(pilot, lambda: "step" not in offered(app))
