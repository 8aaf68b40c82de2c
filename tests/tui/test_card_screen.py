"""The card: its tabs, what verbs act on, the pane below, what changes while it is open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from textual.pilot import Pilot

from store.board import Board
from store.operations.progress import CorrectProgress
from store.operations.subtasks import EditSubtask
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office
from tests.tui.boards import HOSTILE, hostile
from tests.tui.deck import Deck, running, until, write_board
from tui import i18n
from tui.cells import width
from tui.present.card_tabs import TABS
from tui.screens.card import CardScreen

OFFICE, BUSY = cache(office), cache(busy)
"""Boards are values: one of each is enough for all tests here."""
NEXT, BEFORE = "right_square_bracket", "left_square_bracket"


@asynccontextmanager
async def opened(
    board: Callable[[], Board],
    folder: Path,
    tab: str = "",
    *,
    size: tuple[int, int] = (120, 40),
    card: int = Cast.card,
    subtask: int = 0,
) -> AsyncIterator[tuple[Deck, Pilot[int], CardScreen]]:
    async with running(board(), folder, size=size) as (app, pilot):
        screen = CardScreen(card, tab, subtask)
        await app.push_screen(screen)
        await until(pilot, lambda: screen.head.lines)
        yield app, pilot, screen


def body(app: Deck) -> str:
    return "\n".join(app.screen_text)


async def recorded(app: Deck, pilot: Pilot[int], *operations: Any) -> None:
    """Operations signed by who sits here, and read back from the file."""
    before = app.state
    app.record(operations)
    await until(pilot, lambda: app.state is not before and app.state is app.base)


@pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "en"), ((80, 24), "zh_Hans"), ((120, 40), "zh_Hant"), ((220, 60), "en")]
)
async def test_every_tab_stands_at_every_size(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    i18n.choose(language)
    async with opened(BUSY, tmp_path, "card", size=size) as (app, pilot, screen):
        for tab in TABS:
            await until(pilot, lambda: screen.active.has_focus)
            assert screen.tab is tab
            tabs = app.screen_text[4]
            assert f"[{i18n.p_('tab', tab.short if size[0] < 100 else tab.title)}" in tabs
            assert "~" not in tabs
            assert all(width(line) <= size[0] for line in app.screen_text)
            assert screen.active.display
            assert sum(table.display for table in screen.tables.values()) == 1
            await pilot.press(NEXT)
        await until(pilot, lambda: screen.tab is TABS[0])
        await pilot.press(BEFORE)
        assert screen.tab is TABS[-1]


async def test_the_head_names_the_card_and_its_nearest_clock_ticks(tmp_path: Path) -> None:
    board = do(OFFICE(), "RecordProgress", Cast.sun, T0 - HOUR, id=53, subtask=Cast.idle, percent=95)
    for person, subtask, number in ((Cast.li, Cast.plan, 54), (Cast.chen, Cast.poster, 55)):
        board = do(board, "RecordProgress", person, T0 - DAY + HOUR, id=number, subtask=subtask, percent=95)
    async with opened(lambda: board, tmp_path) as (app, _pilot, screen):
        head = screen.head.lines[0].plain
        assert head.startswith(" Q4营销-2026-001 Q4营销活动筹备  active  ")
        assert "lead 王敏" in head
        assert "5m 00s progress 李强" in head
        app.pass_time(61)
        assert "3m 59s progress 李强" in screen.head.lines[0].plain


async def test_it_opens_at_a_subtask_and_remembers_the_tab(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "work", subtask=Cast.poster) as (app, pilot, screen):
        assert screen.current() == ("subtasks", Cast.poster)
        await pilot.press(NEXT, "q")
        await until(pilot, lambda: app.screen is not screen)
        again = CardScreen(Cast.card)
        await app.push_screen(again)
        assert again.tab.id == "progress"


async def test_it_opens_from_the_overview_and_keeps_its_tab_there(tmp_path: Path) -> None:
    async with running(OFFICE(), tmp_path) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))
        assert cast("CardScreen", app.screen).number == 1
        assert "[1 overview]" in app.screen_text[2]


async def test_verbs_act_on_the_row_under_the_cursor(tmp_path: Path) -> None:
    expected = {
        "card": ("cards", Cast.card),
        "work": ("subtasks", Cast.idle),
        "progress": ("progress", 52),
        "issues": ("issues", Busy.blocked),
        "clocks": ("subtasks", Cast.idle),
        "meetings": ("meetings", Busy.notice),
        "sync": ("sync", Busy.sync),
    }
    async with opened(BUSY, tmp_path) as (_app, _pilot, screen):
        for tab in TABS:
            screen.show_tab(tab)
            if tab.id in expected:  # history and report are read only
                assert screen.taken_by("step") == [screen.current()] == [expected[tab.id]]


async def test_departments_and_milestones_stand_among_the_fields(tmp_path: Path) -> None:
    async with opened(BUSY, tmp_path, "card") as (_app, pilot, screen):
        refs = []
        for _ in screen.active.window.rows:
            refs.append(screen.current())
            await pilot.press("j")
        board = cast("Board", screen.state and screen.state.board)
        # A long duty takes several lines.
        assert list(dict.fromkeys(ref for ref in refs if ref and ref[0] == "duties")) == [
            ("duties", duty.id) for duty in board.duties_of[Cast.card]
        ]
        assert {ref for ref in refs if ref and ref[0] == "issues"} == {("issues", key) for key in board.issues}
        assert ("milestones", Busy.milestone) in refs


async def test_a_report_on_a_row_without_one_goes_to_its_subtask_but_no_verb_goes_astray(tmp_path: Path) -> None:
    async with opened(BUSY, tmp_path, "progress") as (_app, pilot, screen):
        assert screen.taken_by("progress") == [("subtasks", Cast.poster)]
        await pilot.press(NEXT)
        assert screen.tab.id == "issues"
        assert screen.taken_by("void") == [("issues", Busy.blocked)], "never the card"
        assert screen.taken_by("block") == [("subtasks", Cast.poster)]


async def test_an_empty_tab_acts_on_the_card(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "work", card=Cast.draft) as (app, _pilot, screen):
        assert screen.current() == ("cards", Cast.draft)
        assert screen.taken_by("add_below") == [("cards", Cast.draft)]
        assert "No division of work" in body(app)


async def test_marked_rows_are_what_a_verb_takes(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "work") as (_app, pilot, screen):
        await pilot.press("v", "v")
        assert len(screen.targets()) == 2
        screen.unmark()
        assert screen.targets() == [screen.current()]


async def test_the_cursor_follows_to_a_subtask(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "work") as (_app, _pilot, screen):
        screen.follow(("subtasks", Cast.plan))
        assert screen.current() == ("subtasks", Cast.plan)
        screen.follow(("subtasks", 99))
        assert screen.current() == ("subtasks", Cast.plan)


# The pane below ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (220, 60)])
async def test_why_opens_follows_the_cursor_and_closes(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(BUSY, tmp_path, "clocks", size=size) as (app, pilot, screen):
        await pilot.press("enter")
        await until(pilot, lambda: "-- why: progress 03" in body(app))
        kinds = [row.clock.kind for row in screen.active.window.rows if row.clock]
        await pilot.press(*"j" * kinds.index("response"))
        await until(pilot, lambda: "-- why: response I-001" in body(app))
        assert "rule: response = 24 h (rulebook default)" in body(app)
        await pilot.press("q")
        await until(pilot, lambda: "-- why:" not in body(app))
        assert app.screen is screen
        await pilot.press("q")
        await until(pilot, lambda: app.screen is not screen)


async def test_why_and_history_open_on_every_screen(tmp_path: Path) -> None:
    async with running(BUSY(), tmp_path, size=(80, 24)) as (app, pilot):
        for mode in "1234":
            await pilot.press(mode, "equals_sign")
            await until(pilot, lambda: "-- why: " in body(app))
            await pilot.press("H")
            await until(pilot, lambda: "-- history " in body(app))
            assert "-- why: " not in body(app)
            await pilot.press("escape")
            await until(pilot, lambda: "-- history " not in body(app))
            assert app.front.aside.topic == ""


async def test_a_row_without_a_clock_has_no_sum(tmp_path: Path) -> None:
    async with opened(BUSY, tmp_path, "progress") as (app, pilot, screen):
        await pilot.press("equals_sign")
        await until(pilot, lambda: "No clock runs on this row." in app.message)
        assert screen.aside.topic == "detail"


@pytest.mark.parametrize(("size", "at_first"), [((80, 24), False), ((120, 40), True)])
async def test_the_detail_of_a_row_comes_and_goes(tmp_path: Path, size: tuple[int, int], at_first: bool) -> None:
    board = do(OFFICE(), "EditSubtask", Cast.wang, subtask=Cast.idle, fields={"standard": "含三档返利"})
    async with opened(lambda: board, tmp_path, "work", size=size) as (app, pilot, _screen):
        await until(pilot, lambda: ("含三档返利" in body(app)) == at_first)
        await pilot.press("z")
        await until(pilot, lambda: ("含三档返利" in body(app)) != at_first)
        await pilot.press(NEXT, BEFORE)
        await until(pilot, lambda: ("含三档返利" in body(app)) != at_first)
        if at_first:
            await pilot.press("enter")
            await until(pilot, lambda: "含三档返利" in body(app))


# What changes while it is open ---------------------------------------------------------------------------


async def test_a_change_stands_in_the_history_with_old_and_new(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "history") as (app, pilot, screen):
        assert "none yet" in body(app)
        await recorded(app, pilot, EditSubtask(subtask=Cast.plan, fields={"name": "方案终稿", "owner": Cast.mei}))
        await until(pilot, lambda: "subtask changed" in body(app))
        assert "name 渠道激励方案初稿 > 方案终稿" in body(app)
        await pilot.press("enter")
        await until(pilot, lambda: "-- history" in body(app))
        assert "   owner 李强 > J. Meyer" in app.screen_text
        await pilot.press("q", BEFORE, BEFORE, BEFORE, BEFORE, BEFORE, BEFORE)
        assert screen.tab.id == "work"
        screen.follow(("subtasks", Cast.plan))
        await pilot.press("H")
        await until(pilot, lambda: "-- history 01 方案终稿" in body(app))
        assert "王敏  subtask changed  01 方案终稿" in body(app)


async def test_a_corrected_entry_says_so(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "progress") as (app, pilot, _screen):
        await recorded(app, pilot, CorrectProgress(id=77, entry=52, percent=35, done="4版草图"))
        await until(pilot, lambda: "35%" in body(app))
        assert "corrected 3版草图" in body(app)
        assert "4版草图" in body(app)


async def test_the_cursor_stays_on_its_subtask_when_the_board_changes(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path, "work", subtask=Cast.plan) as (app, pilot, screen):
        assert screen.current() == ("subtasks", Cast.plan)
        await recorded(app, pilot, EditSubtask(subtask=Cast.idle, fields={"name": "新名"}))
        await until(pilot, lambda: "新名" in body(app))
        assert screen.current() == ("subtasks", Cast.plan)


async def test_a_card_that_is_gone_closes_the_screen(tmp_path: Path) -> None:
    async with opened(OFFICE, tmp_path) as (app, pilot, screen):
        assert screen.state is not None
        board = screen.state.board
        left = {name: {k: raw for k, raw in rows.items() if name != "cards" or int(k) != Cast.card}
                for name, rows in board.raws.items()}  # fmt: skip
        meta = msgspec.structs.replace(board.meta, rev=board.meta.rev + 1, rid="1" * 16)
        write_board(Board(meta, left), tmp_path / "board.json")
        app.do_reread()
        await until(pilot, lambda: app.screen is not screen)
        assert "This card is no longer on the board." in app.message


async def test_a_card_that_was_never_there_does_not_open(tmp_path: Path) -> None:
    async with running(OFFICE(), tmp_path) as (app, pilot):
        below = app.screen
        await app.push_screen(CardScreen(12345))
        await until(pilot, lambda: app.screen is below)


async def test_the_number_is_copied(tmp_path: Path) -> None:
    async with opened(BUSY, tmp_path, "issues") as (app, pilot, _screen):
        await pilot.press("y")
        assert app.clipboard == "I-001"
        assert "Copied if your terminal allows: I-001" in app.message


# Bad input -----------------------------------------------------------------------------------------------


async def test_hostile_names_are_text_on_every_tab(tmp_path: Path) -> None:
    async with running(hostile(), tmp_path, size=(80, 24)) as (app, pilot):
        app.left_over["card.detail.False"] = True
        for place in range(len(HOSTILE)):
            screen = CardScreen(1300 + place, "card")
            await app.push_screen(screen)
            await until(pilot, lambda screen=screen: screen.head.lines)  # type: ignore[misc]
            for at, tab in enumerate(TABS):
                screen.show_tab(tab)
                (screen.rest_aside, screen.do_why, screen.do_history)[(at + place) % 3]()
                await pilot.pause()
                text = body(app)
                assert not {"\x1b", "\u202e", "\u2066", "\x07"} & set(text)
                if place == 0 and tab.id in {"card", "work", "issues"}:
                    assert "[/x]" in text


async def test_elsewhere_the_same_keys_walk_the_four_screens(tmp_path: Path) -> None:
    async with running(OFFICE(), tmp_path) as (app, pilot):
        numbers = []
        for key in (NEXT, NEXT, NEXT, NEXT, BEFORE):
            await pilot.press(key)
            numbers.append(app.front.number)
        assert numbers == [2, 3, 4, 1, 4]
