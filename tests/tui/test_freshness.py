"""How fresh the picture is, what a second process changes, what waits: the header says it, lists stay put."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from store.changes import add
from store.errors import BoardReadOnly
from store.file.chain import Settled
from store.file.shared_board import CommitResult
from store.operations.cards import CreateCard, EditCard
from store.records import Setting
from tests.store.builders import T0, Cast, office, written
from tests.tui.boards import many, owing
from tests.tui.deck import Deck, elsewhere, running, typed, until, write_board, written_board
from tui.messages import CommitFailed, Committed


def read_ago(app: Deck, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last successful read lies so many seconds back, and no other follows."""
    monkeypatch.setattr(type(app.freshness), "age", property(lambda _self: int(seconds)))


@pytest.mark.parametrize(
    ("seconds", "word"),
    [(0, "live"), (5, "live"), (6, "5 s"), (9, "5 s"), (10, "10 s"), (29, "20 s"), (59, "50 s"), (60, "1 min"),
     (3599, "59 min"), (7300, "2h 01m")],
)  # fmt: skip
async def test_the_age_of_the_picture_in_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, word: str
) -> None:
    async with running(office(), tmp_path) as (app, _pilot):
        read_ago(app, seconds, monkeypatch)
        app.tick()
        assert f" {word} | 王敏" in app.screen_text[0]
        assert (word in app.screen_text[3]) == (seconds > 30)


async def test_settings_that_give_no_calendar_are_said(tmp_path: Path) -> None:
    board = written(office(), [add(Setting(id=77, key="region", value="ZZ"))])
    async with running(board, tmp_path) as (app, _pilot):
        assert app.message.startswith("Error Region ZZ has no time zone of its own")
        assert app.state is not None


async def test_offline_says_since_when_in_the_header_the_heading_and_once_in_the_message_row(tmp_path: Path) -> None:
    async with running(office(), tmp_path, now=T0) as (app, pilot):
        away = (tmp_path / "board.json").rename(tmp_path / "away.json")
        for _ in range(3):
            app.do_reread()
            await until(pilot, lambda: "offline since 16:55" in app.screen_text[0])
        assert app.screen_text[3].startswith(" offline  left")
        assert app.message == (
            "Error The board file board.json is gone. Is its share connected? Changes wait on this machine."
        )
        assert len(app.notices.all) == 1
        away.rename(tmp_path / "board.json")
        app.do_reread()
        await until(pilot, lambda: "live" in app.screen_text[0])
        assert "offline" not in app.screen_text[3]
        assert app.message == "Back online."


async def test_what_waited_while_away_is_counted_once_it_is_sent(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        path = tmp_path / "board.json"
        away = path.rename(tmp_path / "away.json")
        await until(pilot, lambda: "offline" in app.screen_text[0])
        await pilot.press("p")
        await until(pilot, lambda: app.front.panel.is_open)
        await typed(pilot, "70 初稿\n")
        await until(pilot, lambda: "1 waiting" in app.screen_text[0])
        away.rename(path)
        await pilot.press("escape", "r")
        await until(pilot, lambda: "waiting" not in app.screen_text[0])
        await until(pilot, lambda: "Back online. 1 change sent." in [text for _at, text, _error in app.notices.all])
        assert "live" in app.screen_text[0]
        assert max(entry.percent or 0 for entry in written_board(path).progress.values()) == 70


async def test_how_long_it_is_away_stands_beside_the_time(tmp_path: Path) -> None:
    async with running(office(), tmp_path, now=T0) as (app, pilot):
        (tmp_path / "board.json").rename(tmp_path / "away.json")
        app.do_reread()
        await until(pilot, lambda: "offline since 16:55 | 王敏" in app.screen_text[0])
        app.pass_time(3 * 60)
        assert "offline since 16:55 (3 min) | 王敏" in app.screen_text[0]


async def test_a_start_without_the_share_says_since_when_and_what_waits(tmp_path: Path) -> None:
    path, gone = tmp_path / "board.json", tmp_path / "away.json"
    async with running(office(), tmp_path) as (app, pilot):
        path.rename(gone)
        app.record([EditCard(card=Cast.card, fields={"goal": "more"})])
        await until(pilot, lambda: "1 waiting" in app.screen_text[0])
    app.session.store.close()  # as the end of the program does
    async with running(office(), tmp_path, away=True) as (app, pilot):
        since = f"offline since {datetime.fromtimestamp(T0).astimezone():%H:%M}"
        assert f"{since} | 1 waiting | 王敏" in app.screen_text[0]
        app.pass_time(7200)
        assert f"{since} (2h 00m) | 1 waiting" in app.screen_text[0]
        await typed(pilot, "q")
        assert app.heading == "Leave? 1 change waits and will be sent at the next start. Enter yes, Esc no."
        gone.rename(path)
        await pilot.press("escape", "r")
        await until(pilot, lambda: written_board(path).cards[Cast.card].goal == "more")


async def test_an_older_copy_that_came_while_nobody_looked_is_told_at_the_next_start(tmp_path: Path) -> None:
    path = write_board(office(), tmp_path / "board.json")
    older = path.read_bytes()
    async with running(office(), tmp_path) as (app, pilot):
        app.record([EditCard(card=Cast.card, fields={"goal": "more"})])
        await until(pilot, lambda: written_board(path).cards[Cast.card].goal == "more")
        await until(pilot, lambda: not app.session.store.pending)
    app.session.store.close()  # as the end of the program does
    path.write_bytes(older)
    async with running(office(), tmp_path) as (app, pilot):
        said = "The board went back to an older copy. 1 of your changes was put back."
        await until(pilot, lambda: app.message == said)
        assert written_board(path).cards[Cast.card].goal == "more"


async def test_what_an_older_copy_took_away_is_put_back_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.file.reader.OLDER_BELIEVED", 0.0)
    path = write_board(office(), tmp_path / "board.json")
    older = path.read_bytes()
    async with running(office(), tmp_path) as (app, pilot):
        app.record([EditCard(card=Cast.card, fields={"goal": "more"})])
        await until(pilot, lambda: written_board(path).cards[Cast.card].goal == "more")
        await until(pilot, lambda: app.base is not None and app.base.board.cards[Cast.card].goal == "more")
        path.write_bytes(older)
        await until(pilot, lambda: written_board(path).cards[Cast.card].goal == "more")  # no key was pressed
        said = "The board went back to an older copy. 1 of your changes was put back."
        await until(pilot, lambda: said in [text for _at, text, _error in app.notices.all])


async def test_read_only_is_said_once_and_stays_in_the_header(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        error = BoardReadOnly("You may not write to {place}.", place="Q4", code="permission")
        for _ in range(2):
            app.post_message(CommitFailed(error))
        await until(pilot, lambda: "read-only" in app.screen_text[0])
        assert app.message == "Error You may not write to Q4."
        assert len(app.notices.all) == 1
        assert app.state is not None
        app.post_message(Committed(CommitResult(board=app.state.board)))
        await until(pilot, lambda: "read-only" not in app.screen_text[0])


async def test_a_row_that_waits_carries_a_caret_until_the_file_has_it(tmp_path: Path) -> None:
    async with running(many(3), tmp_path) as (app, pilot):
        away = (tmp_path / "board.json").rename(tmp_path / "away.json")
        app.record([EditCard(card=1002, fields={"goal": "more"})])
        await until(pilot, lambda: [line[:2] for line in app.screen_text if "任务2" in line] == [" ^"])
        away.rename(tmp_path / "board.json")
        app.do_reread()
        await until(pilot, lambda: [line[:2] for line in app.screen_text if "任务2" in line] == ["  "])


async def test_a_colleagues_change_appears(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        elsewhere(tmp_path / "board.json", CreateCard(name="新卡", lead=Cast.sun, departments=(Cast.market,)))
        await until(pilot, lambda: any("新卡" in line for line in app.screen_text))
        assert "3/3" in app.screen_text[2]


async def test_a_refresh_moves_nothing(tmp_path: Path) -> None:
    async with running(many(60), tmp_path, size=(120, 24)) as (app, pilot):
        app.list.set_filter("任务 !专项")
        await pilot.press("s", "down", "enter")  # by number
        await pilot.press("v", "v", *["j"] * 20, "v", *["j"] * 10)
        table = app.list.table
        before = (table.cursor_id, table.window.cursor - table.window.top, set(table.marked), app.list.sort_key)
        screen_line = next(y for y, line in enumerate(app.screen_text) if line.startswith(">"))
        elsewhere(
            tmp_path / "board.json",
            *(
                CreateCard(id=5000 + n, name=f"任务新{n}", lead=Cast.sun, departments=(Cast.market,), project="AAA")
                for n in range(5)
            ),
        )
        await until(pilot, lambda: "65/67" in app.screen_text[2])
        assert (table.cursor_id, table.window.cursor - table.window.top, set(table.marked), app.list.sort_key) == before
        assert app.screen_text[screen_line].startswith(">")
        assert app.list.filter_text == "任务 !专项"
        assert "filter 任务 !专项" in app.screen_text[2]


async def test_the_cursor_goes_to_a_neighbour_when_its_record_leaves_the_filter(tmp_path: Path) -> None:
    async with running(many(5), tmp_path) as (app, pilot):
        app.list.set_filter("任务 !专项")
        app.list.table.move_to(1003)
        elsewhere(tmp_path / "board.json", EditCard(card=1003, fields={"name": "别的"}))
        await until(pilot, lambda: "4/7" in app.screen_text[2])
        assert app.list.table.cursor_id == 1004


async def test_what_a_commit_put_aside_or_settled_is_told(tmp_path: Path) -> None:
    from store.changes import Loss
    from store.errors import Refused

    async with running(office(), tmp_path) as (app, pilot):
        assert app.state is not None
        loss = Loss("cards", 31, "name", "a", "b", "c", "b")
        settled = (
            Settled(client="x", n=1, operation="EditCard", subject=31, outcome="merged", losses=(loss,)),
            Settled(client="x", n=2, operation="Sign", subject=31, outcome="aside", reasons=(Refused("No duty."),)),
            Settled(client="x", n=3, operation="ClaimLogin", subject=11, outcome="aside", reasons=(Refused("No."),)),
        )
        app.post_message(Committed(CommitResult(board=app.state.board, settled=settled, put_back=2)))
        await until(pilot, lambda: len(app.notices.all) == 4)
        said = [text for _at, text, _error in app.notices.all]
        card = "Q4营销-2026-001 Q4营销活动筹备"
        assert said == [
            f"? had set name of {card} to c meanwhile; yours (b) stands. The history has both: H.",
            "Put aside: signed. No duty. It waits in your inbox: i.",
            "Put aside: login taken. No.",
            "The board went back to an older copy. 2 of your changes were put back.",
        ]


async def test_the_engine_survives_what_nobody_foresaw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        store = app.session.store

        def broken(*_: object) -> None:
            raise ZeroDivisionError("division by zero")

        with monkeypatch.context() as patch:
            patch.setattr(store, "poll", broken)
            patch.setattr(store, "read", broken)
            app.do_reread()
            await until(pilot, lambda: "offline" in app.screen_text[0])
            assert "went wrong inside crossdeck: ZeroDivisionError" in app.message
        await until(pilot, lambda: "live" in app.screen_text[0])
        with monkeypatch.context() as patch:
            patch.setattr(store, "record", broken)
            await pilot.press("c")
            await typed(pilot, "note\n")
            await until(pilot, lambda: "ZeroDivisionError" in app.message)
            assert app.panel_text == "note"
        await pilot.press("enter")
        await until(pilot, lambda: not app.front.panel.is_open)


async def test_a_full_disk_keeps_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(office(), tmp_path) as (app, pilot):

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        await pilot.press("c")
        with monkeypatch.context() as patch:
            patch.setattr(app.session.store, "record", full)
            await typed(pilot, "note\n")
            await until(pilot, lambda: "No space left" in app.message)
        assert app.panel_text == "note"
