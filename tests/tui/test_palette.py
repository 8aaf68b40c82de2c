"""`:`: every command by its name in the reader's language, and a jump to any record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import Busy, Cast, busy
from tests.tui.boards import hostile
from tests.tui.deck import Deck, running, typed, until
from tui import i18n
from tui.cells import width
from tui.commands import COMMANDS
from tui.entry import Choice
from tui.screens.list_screen import ListScreen


def offered(app: Deck) -> list[str]:
    """The ids the panel offers for what is typed."""
    request = app.front.panel.request
    assert isinstance(request, Choice)
    shape = app.front.panel._shape
    return [option.id for option in shape.shown]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "text", "command"),
    [
        ("en", "depart", "goto.2"), ("en", "progress", "progress"), ("zh_Hans", "进度", "progress"),
        ("zh_Hans", "筛选", "filter"), ("zh_Hant", "篩選", "filter"), ("zh_Hans", "progress", "progress"),
        ("en", "ＰＲＯＧＲＥＳＳ", "progress"),
    ],
)  # fmt: skip
async def test_a_command_is_found_by_its_name(tmp_path: Path, language: str, text: str, command: str) -> None:
    i18n.choose(language)
    async with running(busy(), tmp_path) as (app, pilot):
        await typed(pilot, "：" + text)
        assert f"command:{command}" in offered(app)
        assert offered(app)[0].startswith("command:")


async def test_every_command_of_the_screen_is_offered(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("colon")
        found = {each.removeprefix("command:") for each in offered(app)}
        assert found <= {command.id for command in COMMANDS}
        assert {"progress", "filter", "sort", "help", "quit", "goto.3", "import", "block"} <= found


async def test_a_command_chosen_is_carried_out_on_the_row(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("j")
        await typed(pilot, ":note\n")
        await until(pilot, lambda: "店庆" in app.heading)


@pytest.mark.parametrize(
    ("text", "number", "row"),
    [
        ("I-002", 3, Busy.warning),
        ("渠道数据缺失", 3, Busy.blocked),
        ("M-002", 4, Busy.held),
        ("设计部", 2, Cast.design),
    ],
)
async def test_a_jump_lands_on_the_record(tmp_path: Path, text: str, number: int, row: int) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await typed(pilot, f":{text}\n")
        await until(pilot, lambda: app.front.number == number)
        front = app.front
        assert isinstance(front, ListScreen)
        await until(pilot, lambda: front.table.cursor_id == row)


@pytest.mark.parametrize(("text", "name"), [("主视觉", "主视觉设计"), ("Q4营销-2026-001", "Q4营销活动筹备")])
async def test_a_card_or_subtask_opens_its_card(tmp_path: Path, text: str, name: str) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await typed(pilot, f":{text}\n")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await until(pilot, lambda: any(name in line for line in app.screen_text))


async def test_a_person_filters_the_overview(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await typed(pilot, ":陈思\n")
        await until(pilot, lambda: app.front.number == 1 and app.list.filter_text == "who:陈思")


async def test_hostile_names_can_be_found_and_do_nothing(tmp_path: Path) -> None:
    async with running(hostile(), tmp_path) as (app, pilot):
        for text in ("[/x]", "@click", "red", "長長"):
            await typed(pilot, f":{text}")
            assert offered(app)
            assert "\x1b" not in "\n".join(app.screen_text)
            await pilot.press("enter")
            await pilot.pause()
            assert app.is_running
            await typed(pilot, "1")


async def test_esc_leaves_the_palette_and_nothing_happened(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await typed(pilot, ":escal")
        await pilot.press("escape")
        assert app.front.number == 1
        assert not app.front.entering


@pytest.mark.parametrize("size", [(20, 5), (30, 8), (45, 12)])
async def test_it_opens_where_only_its_keys_have_room(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(busy(), tmp_path, size=size) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: any(line.startswith(" > 1 ") for line in app.screen_text))
        assert [line for line in app.screen_text if width(line) > size[0]] == []
