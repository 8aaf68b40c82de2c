"""What was put aside stands in its author's inbox: sent once more, edited, dismissed; each is a change of its own."""

from __future__ import annotations

from pathlib import Path

import msgspec
from textual.pilot import Pilot

from store.clock import FixedClock
from store.file.shared_board import SharedBoard
from store.operations.base import Operation
from store.operations.cards import VoidCard
from store.operations.progress import RecordProgress
from store.operations.reverting import Revert
from store.operations.subtasks import VoidSubtask
from store.records import Aside, HistoryEntry
from tests.store.builders import T0, Cast, as_body, office, raws, stamp
from tests.tui.deck import Deck, running, typed, until, write_board, written_board
from tests.tui.late import put_aside
from tui.screens.inbox import InboxScreen

c = Cast


def board_with(folder: Path, mine: Operation, *theirs: Operation, by: int = c.li) -> Aside:
    return put_aside(write_board(office(), folder / "board.json"), mine, *theirs, by=by)


def last_entries(folder: Path, count: int = 2) -> list[HistoryEntry]:
    return [entry for _key, entry in sorted(written_board(folder / "board.json").history.items())][-count:]


async def in_inbox(app: Deck, pilot: Pilot[int]) -> InboxScreen:
    await pilot.press("i")
    await until(pilot, lambda: isinstance(app.screen, InboxScreen))
    assert isinstance(app.screen, InboxScreen)
    row = app.screen.table.window.row
    assert row is not None
    assert row.item.table == "asides"
    return app.screen


async def cleared(app: Deck, pilot: Pilot[int]) -> None:
    """All is written and nothing waits in the inbox any more."""
    await until(pilot, lambda: app.base is not None and not app.base.board.asides and not app.session.store.pending)


REPORT = RecordProgress(subtask=c.plan, percent=75, done="初稿完成")
TOO_LATE = VoidSubtask(subtask=c.plan, reason="不做了")


async def test_it_stands_on_top_with_its_reason_and_beside_what_stands(tmp_path: Path) -> None:
    board_with(tmp_path, REPORT, TOO_LATE)
    async with running(office(), tmp_path, me="李强") as (app, pilot):
        await in_inbox(app, pilot)
        lines = app.screen_text
        assert "put aside" in lines[4]
        assert "渠道激励方案初稿" in lines[4]
        below = "\n".join(lines[12:])
        assert "this needs" in below  # the reason
        row = next(line for line in lines if line.strip().startswith("percent"))
        assert row.split("|")[0].split()[-1] == "75"
        assert row.split("|")[1].strip() == "60"


async def test_nobody_else_has_it(tmp_path: Path) -> None:
    board_with(tmp_path, REPORT, TOO_LATE)
    async with running(office(), tmp_path, me="陈思") as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        assert "put aside" not in "\n".join(app.screen_text)


async def test_resending_says_at_once_what_still_stands_against_it(tmp_path: Path) -> None:
    board_with(tmp_path, REPORT, TOO_LATE)
    async with running(office(), tmp_path, me="李强") as (app, pilot):
        await in_inbox(app, pilot)
        await pilot.press("t")
        await until(pilot, lambda: "It still cannot be" in "\n".join(app.screen_text))
        assert not app.front.entering
        assert app.session.store.pending == []


async def test_dismissed_it_leaves_a_line_in_the_history(tmp_path: Path) -> None:
    row = board_with(tmp_path, REPORT, TOO_LATE)
    async with running(office(), tmp_path, me="李强") as (app, pilot):
        await in_inbox(app, pilot)
        await pilot.press("X")
        await until(pilot, lambda: app.front.entering)
        await pilot.press("escape")  # no key alone does it
        assert not app.session.store.pending
        await pilot.press("X", "enter")
        await cleared(app, pilot)
        (last,) = last_entries(tmp_path, 1)
        assert (last.operation, last.payload, last.subject) == (
            "ClearAside", {"aside": row.id, "record": c.plan}, c.plan,
        )  # fmt: skip
        assert "put aside" not in "\n".join(app.screen_text[:6])


async def test_resent_from_enter_it_goes_in_when_nothing_stands_against_it(tmp_path: Path) -> None:
    board = office()
    board_with(tmp_path, VoidCard(card=c.draft, reason="停"), VoidCard(card=c.draft, reason="先停"), by=c.wang)
    # The card came back: what was put aside may be done now.
    path = tmp_path / "board.json"
    again = SharedBoard(path, state=tmp_path / "again", clock=FixedClock(T0))
    again.read()
    entry = next(e for e in again.shown().history.values() if e.operation == "VoidCard" and e.outcome == "applied")
    again.record([Revert(entry=entry.id, client=entry.client, n=entry.n)], stamp(c.wang))
    again.commit()
    again.close()
    async with running(board, tmp_path) as (app, pilot):
        await in_inbox(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.front.entering)
        await pilot.press("enter")  # the first choice
        await until(pilot, lambda: "resend" in app.heading)
        await pilot.press("enter")
        await cleared(app, pilot)
        first, second = last_entries(tmp_path)
        assert [(e.operation, e.outcome) for e in (first, second)] == [
            ("VoidCard", "applied"),
            ("ClearAside", "applied"),
        ]
        assert second.payload["how"] == "resent"
        assert written_board(path).cards[c.draft].stage == "cancelled"


async def test_edited_in_a_form_it_goes_in_the_place_of_the_first(tmp_path: Path) -> None:
    board = office()
    row = board_with(tmp_path, REPORT, TOO_LATE)
    # As if it had been refused for its percent alone: the subtask is open again, the fields are too much.
    path = tmp_path / "board.json"
    found = written_board(path)
    odd = msgspec.structs.replace(row, payload={**row.payload, "percent": 175, "subtask": c.idle}, subject=c.idle)
    write_board(type(found)(found.meta, {**found.raws, "asides": raws({str(row.id): as_body(odd)})}), path)
    async with running(board, tmp_path, me="李强") as (app, pilot):
        await in_inbox(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: app.front.entering)
        assert app.panel_text == "175"
        await pilot.press("end", "backspace", "backspace", "backspace")
        await typed(pilot, "9x")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "no number" in app.message)
        await pilot.press("end", "backspace")
        await pilot.press("ctrl+s")
        await cleared(app, pilot)
        first, second = last_entries(tmp_path)
        assert (first.operation, first.outcome, second.payload["how"]) == ("RecordProgress", "applied", "edited")
        assert written_board(path).subtasks[c.idle].percent == 9


async def test_history_and_other_keys_are_at_home_on_it(tmp_path: Path) -> None:
    board_with(tmp_path, REPORT, TOO_LATE)
    async with running(office(), tmp_path, me="李强") as (app, pilot):
        await in_inbox(app, pilot)
        await pilot.press("H")
        await until(pilot, lambda: "put aside: " in "\n".join(app.screen_text))
        await pilot.press("H")
        for key in ("equals_sign", "y", "b", "w", "x", "d", "c", "m", "S", "Z", "v", "n", "T"):
            await pilot.press(key)
            if app.front.entering:
                await pilot.press("escape")
        assert isinstance(app.screen, InboxScreen)
        await pilot.press("enter")
        await until(pilot, lambda: app.front.entering)
        await typed(pilot, "go to\n")
        await until(pilot, lambda: not isinstance(app.screen, InboxScreen))
