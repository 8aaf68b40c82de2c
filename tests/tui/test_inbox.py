"""The inbox: what waits for me, due first, its cards, and the notices of the session."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

from tests.tui.boards import OWED, owing
from tests.tui.deck import running, until
from tui import i18n
from tui.cells import width
from tui.screens.card import CardScreen
from tui.screens.inbox import InboxScreen


async def test_it_lists_my_clocks_due_first_and_enter_opens_the_record(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: "inbox" in app.screen_text[2])
        reports = [found[1] for line in app.screen_text if (found := re.search(r" progress +\d\d (渠道\d)", line))]
        assert sorted(reports) == [f"渠道{n + 1}" for n in range(len(OWED))]
        due = [row.clock.due for row in cast("InboxScreen", app.front).table.window.rows]
        assert due == sorted(due)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))


@pytest.mark.parametrize(("columns", "named"), [(80, False), (120, True)])
@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
async def test_a_card_is_told_by_its_whole_number(tmp_path: Path, columns: int, named: bool, language: str) -> None:
    i18n.choose(language)
    async with running(owing(), tmp_path, me="李强", size=(columns, 24)) as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: any("渠道1" in line for line in app.screen_text))
        rows = [line for line in app.screen_text if re.search(r"渠道\d", line)]
        assert all("Q4营销-2026-001" in line for line in rows)
        assert all(("Q4营销活动筹备" in line) is named for line in rows)
        assert len({width(line[: line.index("Q4营销-2026")]) for line in rows}) == 1


async def test_it_ends_with_what_was_said(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        app.notice("eins")
        app.notice("zwei")
        await pilot.press("i")
        await until(pilot, lambda: any(line.endswith(" eins") for line in app.screen_text))
        said = [line.split()[-1] for line in app.screen_text if line.endswith((" eins", " zwei"))]
        assert said[:2] == ["zwei", "eins"]
