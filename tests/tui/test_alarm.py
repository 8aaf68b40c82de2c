"""Bell, notice and title on a new breach: in working hours, once for each, whatever is restarted (rulebook §8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from tests.store.builders import HOUR, T0, Cast, do
from tests.tui.boards import at, owing
from tests.tui.deck import Deck, running
from tui.alarm import title

MINUTE = 60


def rung(app: Deck, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens from now on: bells and titles, in order."""
    said: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: said.append("bell"))
    monkeypatch.setattr(app, "show_title", said.append)
    app.listen()
    app.tick()
    assert app.alarm is not None
    app.alarm.wait()
    return said


async def test_a_breach_of_mine_rings_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, _pilot):
        said = rung(app, monkeypatch)
        assert "bell" not in said  # what is over at the very first start is on the screen
        said.clear()
        app.pass_time(5 * MINUTE + 1)  # 17:00: five reports are owed
        assert said.count("bell") == 1
        assert "Breached: 5 clocks." in app.message
        assert any(each.startswith("! 5") for each in said)
        said.clear()
        app.pass_time(10 * MINUTE)
        assert said == []


async def test_the_same_breach_does_not_ring_after_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, _pilot):
        rung(app, monkeypatch)
        said = rung(app, monkeypatch)
        app.pass_time(5 * MINUTE + 1)
        assert said.count("bell") == 1
        assert app.alarm is not None
        app.alarm.wait()
    async with running(owing(), tmp_path, me="李强", now=T0 + HOUR) as (app, _pilot):
        assert "bell" not in rung(app, monkeypatch)


async def test_what_breaches_at_night_rings_once_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = _blocked(owing(), since="2026-10-08 20:00")  # answered by somebody within 24 h: 10-09 20:00
    async with running(board, tmp_path, me="王敏") as (app, _pilot):
        said = rung(app, monkeypatch)
        said.clear()
        app.pass_time(at("2026-10-09 20:30") - T0)
        app.pass_time(at("2026-10-10 08:59") - app.now())
        assert "bell" not in said
        app.pass_time(2 * MINUTE)  # a make-up working day opens
        assert said.count("bell") == 1


async def test_a_lead_hears_of_their_card_and_others_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for me, bells in (("王敏", 1), ("J. Meyer", 0)):
        async with running(owing(), tmp_path / me, me=me) as (app, _pilot):
            said = rung(app, monkeypatch)
            app.pass_time(5 * MINUTE + 1)
            assert said.count("bell") == bells, me


@pytest.mark.parametrize("key", ["bell", "title"])
async def test_a_board_may_do_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    board = do(owing(), "SetSetting", Cast.wang, key=key, value=False)
    async with running(board, tmp_path, me="李强") as (app, _pilot):
        said = rung(app, monkeypatch)
        app.pass_time(5 * MINUTE + 1)
        assert bool(said.count("bell")) is (key != "bell")
        assert any(each.startswith("! 5") for each in said) is (key != "title")


async def test_a_tick_between_dues_does_not_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, _pilot):
        rung(app, monkeypatch)
        looked: list[int] = []
        assert app.state is not None
        monkeypatch.setattr(app.state.book, "breached", looked.append)
        for _second in range(60):
            app.pass_time(1)
        assert looked == []


def test_a_hostile_name_does_not_act_in_the_title() -> None:
    assert "\x1b" not in title(2, "a\x1b]0;x\x07b")
    assert title(0, "Q4") == "Q4 - crossdeck"
    assert title(2, "Q4") == "! 2 Q4 - crossdeck"


def _blocked(board: Board, *, since: str) -> Board:
    return do(
        board, "RaiseBlocked", Cast.chen, at(since), id=61, subtask=Cast.poster, what="渠道数据缺失", impact="推迟",
        tried="催过", needed="数据", department=Cast.market,
    )  # fmt: skip
