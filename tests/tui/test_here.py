"""Who else is here stands in the first row, named where there is room (screens.md §1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.file.disk import Disk
from store.file.presence import Presence, Sign
from tests.store.builders import office
from tests.tui.deck import running, until
from tui import here
from tui.here import Company, company_text

OTHERS = (Sign("李强", "departments"), Sign("陈思", "minutes"))


@pytest.mark.parametrize(
    ("others", "cells", "text"),
    [
        ((), 80, ""),
        (OTHERS, 80, "3 here: 李强[dept] 陈思[minutes]"),
        (OTHERS, 20, "3 here"),
        (OTHERS, 0, "3 here"),
        ((*OTHERS, Sign("何平"), Sign("J. Meyer", "[/x]")), 80, "5 here: 李强[dept] 陈思[minutes] 何平 +1"),
    ],
)
def test_named_where_there_is_room(others: tuple[Sign, ...], cells: int, text: str) -> None:
    assert company_text(others, cells).plain == text


@pytest.mark.parametrize(("size", "text"), [((200, 40), "3 here: 李强[dept] 陈思[minutes]"), ((80, 24), "| 3 here |")])
async def test_the_first_row_says_it(tmp_path: Path, size: tuple[int, int], text: str) -> None:
    async with running(office(), tmp_path, size=size) as (app, pilot):
        assert "here" not in app.screen_text[0]
        app.post_message(Company(OTHERS))
        await until(pilot, lambda: text in app.screen_text[0])
        app.post_message(Company(()))
        await until(pilot, lambda: "here" not in app.screen_text[0])


async def test_two_sessions_find_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "FIRST", 0.0)
    other = Presence(str((tmp_path / "board.json").resolve()), "other", Disk())
    other.say(Sign("李强", "departments"))
    async with running(office(), tmp_path, size=(200, 40)) as (app, pilot):
        app.join_others()
        app.tick()
        await until(pilot, lambda: "李强[dept]" in app.screen_text[0])
        assert [sign.name for sign in other.others()] == ["王敏"]
        assert other.others()[0].screen == "overview"
    assert other.others() == ()
