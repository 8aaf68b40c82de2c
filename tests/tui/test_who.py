"""Who sits here: unknown logins may look, are asked once before the first change, and then go on."""

from __future__ import annotations

from pathlib import Path

from store.board import Board
from tests.store.builders import Cast, do, empty_board, office
from tests.tui.boards import owing
from tests.tui.deck import running, typed, until, written_board
from tui.session import PersonalSettings

ASKED = "Who are you?"


def somebody_new() -> Board:
    """`owing` with 何平, who has no login yet and owns nothing."""
    return do(owing(), "AddPerson", Cast.wang, id=99, name="何平", department=Cast.sales)


async def test_who_is_unknown_may_look(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="nobody") as (app, pilot):
        assert app.me is None
        assert "live | nobody" in app.screen_text[0]
        for key in ("2", "3", "4", "1", "s", "escape", "slash", "escape", "i", "escape"):
            await pilot.press(key)
        assert app.heading == ""
        assert not app.session.store.pending


async def test_an_existing_name_takes_the_login_and_the_verb_goes_on(tmp_path: Path) -> None:
    async with running(somebody_new(), tmp_path, me="", login="heping") as (app, pilot):
        await pilot.press("c")
        assert app.heading == 'Who are you? login "heping" is not on this board. Type a name.'
        await typed(pilot, "何平")
        assert app.message == '何平 is on this board: login "heping" will be theirs.'
        await pilot.press("enter")
        await until(pilot, lambda: app.heading.startswith("note"))
        assert "| 何平" in app.screen_text[0]
        await typed(pilot, "看过\n")
        await until(pilot, lambda: not app.session.store.pending)
    board = written_board(tmp_path / "board.json")
    assert board.people[99].logins == ("heping",)
    assert [s.content for s in board.sync.values()] == ["看过"]
    async with running(office(), tmp_path, me="", login="heping") as (app, pilot):
        assert app.me == 99  # asked once
        await pilot.press("c")
        assert app.heading.startswith("note")


async def test_a_new_name_becomes_a_person_without_a_role(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="neu") as (app, pilot):
        await pilot.press("c")
        await typed(pilot, "新人")
        assert app.message == "新人 is new here and will have no role."
        await pilot.press("enter")
        assert app.message == '"新人" is not on this board. Enter again: a new person without a role.'
        await pilot.press("enter")
        await until(pilot, lambda: app.heading.startswith("note"))
        await typed(pilot, "hallo\n")
        await until(pilot, lambda: not app.session.store.pending)
    board = written_board(tmp_path / "board.json")
    person = next(p for p in board.people.values() if p.name == "新人")
    assert (person.logins, person.department) == (("neu",), None)
    assert all(entry.by == person.id for entry in list(board.history.values())[-2:])


async def test_half_a_name_is_asked_again(tmp_path: Path) -> None:
    async with running(somebody_new(), tmp_path, me="", login="heping") as (app, pilot):
        await pilot.press("c")
        await typed(pilot, "何\n")
        asked = '"何" is not on this board. Did you mean 何平? Enter again: a new person without a role.'
        await until(pilot, lambda: app.message == asked)
        assert not app.session.store.pending
        await pilot.press("right", "enter")  # the grey rest of the name
        await until(pilot, lambda: app.heading.startswith("note"))
        assert app.me == 99


async def test_a_login_the_board_knows_is_not_asked(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="", login=f"u{Cast.li}") as (app, pilot):
        assert app.me == Cast.li
        await pilot.press("p")
        assert "渠道1" in app.heading


async def test_a_name_with_another_login_is_not_taken_over(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="intruder") as (app, pilot):
        await pilot.press("c")
        await typed(pilot, "王敏\n")
        assert app.message.startswith("Error 王敏 has another login already. Start with --as 王敏")
        assert app.panel_text == "王敏"
        assert not app.session.store.pending


async def test_an_empty_answer_is_refused_and_esc_leaves(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="neu") as (app, pilot):
        await pilot.press("c", "enter")
        assert app.message == "Error A name is needed before the first change. Nothing recorded."
        await pilot.press("escape")
        assert not app.front.panel.is_open
        await pilot.press("c")
        assert app.heading.startswith(ASKED)


async def test_as_names_who_signs(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="陈思", login="u11") as (app, pilot):
        assert app.me == Cast.chen
        await pilot.press("c")
        await typed(pilot, "von mir\n")
        await until(pilot, lambda: not app.session.store.pending)
    assert list(written_board(tmp_path / "board.json").history.values())[-1].by == Cast.chen


async def test_an_unknown_name_after_as_is_asked_once_with_that_name(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="新人", login="neu") as (app, pilot):
        assert app.me is None
        await pilot.press("c")
        assert app.panel_text == "新人"
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.heading.startswith("note"))
        assert "| 新人" in app.screen_text[0]


async def test_answering_another_name_than_after_as_ends_the_asking(tmp_path: Path) -> None:
    async with running(somebody_new(), tmp_path, me="Tippfehler", login="heping") as (app, pilot):
        await pilot.press("c", *["backspace"] * 10)
        await typed(pilot, "何平\n")
        await until(pilot, lambda: app.heading.startswith("note"))
        assert app.me == 99


async def test_a_name_of_the_settings_that_the_board_lacks_leaves_the_login(tmp_path: Path) -> None:
    settings = PersonalSettings(name="Anderswo")
    async with running(office(), tmp_path, me="", login="u14", settings=settings) as (app, _pilot):
        assert app.me == Cast.sun


async def test_right_completes_a_known_name(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="neu") as (app, pilot):
        await pilot.press("c")
        await typed(pilot, "J. M")
        await pilot.press("right")
        assert app.panel_text == "J. Meyer"


async def test_the_first_person_of_an_empty_board(tmp_path: Path) -> None:
    async with running(empty_board(), tmp_path, me="", login="ich") as (app, pilot):
        await pilot.press("a")
        await typed(pilot, "我\n")
        await until(pilot, lambda: app.heading.startswith("new card"))
        assert app.me is not None


async def test_without_a_login_the_name_holds_for_this_sitting(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="neu") as (app, pilot):
        app.session.login = ""
        await pilot.press("c")
        await typed(pilot, "孙悦\n")
        await until(pilot, lambda: app.heading.startswith("note"))
        assert app.me == Cast.sun
        assert not app.session.store.pending
