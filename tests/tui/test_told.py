"""Whose value gave way is told in words, at once or at the next start, and finds it in the history."""

from __future__ import annotations

from pathlib import Path

from store.clock import FixedClock
from store.file.shared_board import SharedBoard
from store.operations.base import Operation
from store.operations.cards import EditCard
from store.views.losses import lost_by
from tests.store.builders import T0, Cast, office, stamp
from tests.tui.deck import Deck, running, until, write_board, written_board

c = Cast
DAY = 86_400


def both(path: Path, mine: Operation, theirs: Operation, by: int = c.sun) -> None:
    """王敏's change is in the file, then that of somebody who had not seen it."""
    first, then = (SharedBoard(path, state=path.parent / name, clock=FixedClock(T0)) for name in ("one", "two"))
    first.read()
    then.read()
    first.record([mine], stamp(c.wang))
    first.commit()
    then.record([theirs], stamp(by))
    assert [one.outcome for one in then.commit().settled] == ["merged"]
    first.close()
    then.close()


def said(app: Deck) -> list[str]:
    return [text for _at, text, _error in app.notices.all]


FINISH, LATER = (EditCard(card=c.card, fields={"planned_finish": T0 + days * DAY}) for days in (60, 70))
BUDGET, MORE = (EditCard(card=c.card, fields={"budget": text}) for text in ("3万", "5万"))


async def test_while_the_dashboard_is_open(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.tell_losses()
        both(tmp_path / "board.json", BUDGET, MORE)
        await until(pilot, lambda: any("gave way" in text for text in said(app)))
        (text,) = [text for text in said(app) if "gave way" in text]
        assert text == (
            "孙悦 set budget of Q4营销-2026-001 Q4营销活动筹备 to 5万; yours (3万) gave way and is in the history: H."
        )
        await pilot.press("H")
        await until(pilot, lambda: any("both changed it" in line for line in app.screen_text))
        found = [line.strip() for line in app.screen_text if "budget" in line and ">" in line and "3万" in line]
        assert found[:2] == ["budget (both changed it) - > 3万", "budget 3万 > 5万"]


async def test_at_the_next_start_and_once(tmp_path: Path) -> None:
    both(write_board(office(), tmp_path / "board.json"), FINISH, LATER)
    both(tmp_path / "board.json", BUDGET, MORE)
    async with running(office(), tmp_path) as (app, pilot):
        app.tell_losses()
        assert [text.partition(" of ")[0] for text in said(app)[:2]] == ["孙悦 set planned finish", "孙悦 set budget"]
        assert "2 values of yours gave way" in said(app)[2]
        await pilot.press("i")
        await until(pilot, lambda: any("孙悦 set budget" in line for line in app.screen_text))
    async with running(office(), tmp_path) as (app, _pilot):
        app.tell_losses()
        assert said(app) == []


async def test_nobody_else_is_told(tmp_path: Path) -> None:
    both(write_board(office(), tmp_path / "board.json"), BUDGET, MORE)
    for name in ("孙悦", "李强"):
        async with running(office(), tmp_path, me=name) as (app, _pilot):
            app.tell_losses()
            assert said(app) == []


async def test_of_texts_both_are_kept_and_that_is_said(tmp_path: Path) -> None:
    mine, theirs = (EditCard(card=c.card, fields={"goal": text}) for text in ("华东5000", "全国8000"))
    both(write_board(office(), tmp_path / "board.json"), mine, theirs)
    async with running(office(), tmp_path) as (app, _pilot):
        app.tell_losses()
        (text,) = said(app)
        assert text.startswith("孙悦 changed goal of Q4营销-2026-001")
        assert "both are kept" in text
    goal = written_board(tmp_path / "board.json").cards[c.card].goal
    assert "华东5000" in goal
    assert "全国8000" in goal


async def test_what_one_person_did_in_two_windows_is_no_loss(tmp_path: Path) -> None:
    path = write_board(office(), tmp_path / "board.json")
    both(path, BUDGET, MORE, by=c.wang)
    assert list(lost_by(written_board(path), c.wang, 0)) == []


async def test_a_first_start_looks_back_a_week(tmp_path: Path) -> None:
    both(write_board(office(), tmp_path / "board.json"), BUDGET, MORE)
    async with running(office(), tmp_path, now=T0 + 8 * DAY) as (app, _pilot):
        app.tell_losses()
        assert not [text for text in said(app) if "gave way" in text]
