"""Who else is here stands in the first row, named where there is room (screens.md §1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.disk import Disk
from store.file.presence import Presence, Sign
from store.memory import MemoryBoard, MemorySigns, Place
from tests.store.builders import T0, Cast, office
from tests.tui.deck import running, typed, until
from tui import here
from tui.here import Company, beside_words, company_text, sign_of

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


ON_CARD = Sign("孙悦", "card", on=(Cast.card, Cast.plan), writing=True)
AT_CARD = Sign("李强", "card", on=(Cast.card,))


@pytest.mark.parametrize(
    ("others", "ids", "words"),
    [
        ((AT_CARD,), (Cast.card,), "李强 has this open too"),
        ((AT_CARD, ON_CARD), (Cast.card,), "孙悦 is writing here"),
        ((AT_CARD, AT_CARD), (Cast.card,), "李强, 李强 have this open too"),
        ((AT_CARD, ON_CARD), (Cast.draft,), ""),
        ((ON_CARD,), (Cast.plan,), "孙悦 is writing here"),
        (OTHERS, (Cast.card,), ""),
        ((AT_CARD,), (), ""),
    ],
)
def test_who_else_is_at_a_record(others: tuple[Sign, ...], ids: tuple[int, ...], words: str) -> None:
    assert beside_words(others, ids) == words


async def test_the_row_and_the_open_card_say_who_else_is_there(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.post_message(Company((ON_CARD,)))
        app.list.table.move_to(Cast.card)
        await until(pilot, lambda: app.message == "孙悦 is writing here")
        app.list.table.move_to(Cast.draft)
        await until(pilot, lambda: "孙悦" not in app.message)
        app.list.table.move_to(Cast.card)
        await pilot.press("enter")
        await until(pilot, lambda: app.front.place == "card" and app.message == "孙悦 is writing here")
        app.notice("something else")
        assert app.message_text().plain.strip() == "something else"
        app.post_message(Company(()))
        app.pass_time(10)
        await until(pilot, lambda: app.message == "")


async def test_on_request_everybody_and_where_they_are(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.post_message(Company((ON_CARD, *OTHERS)))
        await pilot.press("colon")
        await typed(pilot, "who is here\n")
        await until(pilot, lambda: any("-- who is here" in line for line in app.screen_text))
        lines = "\n".join(app.screen_text)
        assert "王敏             you" in lines
        sun = next(line for line in app.screen_text if line.startswith(" 孙悦"))
        assert "card" in sun
        assert "Q4营销活动筹备" in sun
        assert sun.endswith("writing")
        await pilot.press("q")
        await until(pilot, lambda: not any("who is here" in line for line in app.screen_text))
        assert len(app.screen_stack) == 1


async def test_the_sign_names_what_is_open_and_whether_it_is_written(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        assert sign_of(app.front, "王敏", "wm") == Sign("王敏", "overview", "wm")
        await pilot.press("c")
        await until(pilot, lambda: app.front.entering)
        assert sign_of(app.front, "王敏", "wm") == Sign("王敏", "overview", "wm", on=(Cast.card,), writing=True)
        await pilot.press("escape", "enter")
        await until(pilot, lambda: app.front.place == "card")
        found = sign_of(app.front, "王敏", "wm")
        assert (found.screen, found.on[0], found.writing) == ("card", Cast.card, False)


async def test_what_is_opened_is_told_soon_and_the_others_are_looked_for_more_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("FIRST", 0.0), ("SOON", 0.0), ("LOOK", 0.02)):
        monkeypatch.setattr(here, name, seconds)
    place = Place(office().meta, office().raws)
    two, three = (MemorySigns(place, client) for client in ("two", "three"))
    two.say(Sign("李强", "overview"))
    async with running(office(), tmp_path, store=MemoryBoard(place, clock=FixedClock(T0))) as (app, pilot):
        app.join_others()
        app.tick()
        await until(pilot, lambda: [sign.name for sign in app.company] == ["李强"])
        app.list.table.move_to(Cast.card)
        await pilot.press("enter")
        await until(pilot, lambda: app.front.place == "card")
        app.tick()
        await until(pilot, lambda: any(Cast.card in sign.on for sign in two.others()))
        three.say(ON_CARD)
        await until(pilot, lambda: app.message == "孙悦 is writing here")
    assert [sign.name for sign in two.others()] == ["孙悦"]
