"""The share hangs, is gone, full or read-only: keys go on, what is entered waits, all is sent when it returns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError
from store.memory import MemoryBoard, Place
from store.operations.sync import AddSyncEntry
from tests.store.builders import T0, Cast, office, stamp
from tests.tui.deck import Deck, running, typed, until
from tui.dashboard import left_behind
from tui.engine import HELD, SILENT

c = Cast


class Share(Place):
    """A place that hangs, or fails, for as long as a test wants."""

    def __init__(self) -> None:
        board = office()
        super().__init__(board.meta, board.raws)
        self.error: CrossdeckError | None = None
        self.caught = 0
        """How many calls hang just now."""
        self._open = threading.Event()
        self._open.set()
        self.reach = self._reached

    def _reached(self) -> None:
        self.caught += not self._open.is_set()
        self._open.wait()
        if self.error is not None:
            raise self.error

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Every call hangs."""
        self.caught = 0
        self._open.clear()
        try:
            yield
        finally:
            self.thaw()

    def thaw(self) -> None:
        """They go on."""
        self._open.set()

    def session(self) -> MemoryBoard:
        found = MemoryBoard(self, clock=FixedClock(T0))
        found.poll_interval = 0.01
        return found


def said(app: Deck) -> list[str]:
    return [text for _at, text, _error in app.notices.all]


def grow_old(app: Deck, seconds: float = SILENT + 60) -> None:
    """As if the board had not answered for so long."""
    assert app.engine.last_read is not None
    app.engine.last_read -= seconds
    app.tick()


async def test_a_hung_share_holds_up_no_key_and_the_picture_says_its_age(tmp_path: Path) -> None:
    share = Share()
    async with running(office(), tmp_path, store=share.session()) as (app, pilot):
        with share.frozen():
            await until(pilot, lambda: share.caught)  # the reader hangs
            grow_old(app)
            assert " 1 min " in app.screen_text[0]
            assert "1 min" in app.screen_text[3]  # and every table says so
            await pilot.press("c")
            await typed(pilot, "first\n")
            await until(pilot, lambda: app.session.store.waiting == 1)
            await until(pilot, lambda: share.caught == 2)  # the writer hangs too
            await pilot.press("c")
            await typed(pilot, "second\n")
            await until(pilot, lambda: app.session.store.waiting == 2)
            assert "2 waiting" in app.screen_text[0]
            for key in ("2", "3", "4", "1", "j", "enter", "q", "i", "q"):
                await pilot.press(key)
            assert "^" in "\n".join(app.screen_text)
            grow_old(app)
        await until(pilot, lambda: not app.session.store.waiting)
        await until(pilot, lambda: "live" in app.screen_text[0])
        assert [entry.content for entry in share.session().read().sync.values()] == ["first", "second"]
        await until(pilot, lambda: any("sent" in text for text in said(app)))
        await until(pilot, lambda: app.state is not None and not app.state.board.pending)
        assert len([text for text in said(app) if text.startswith("Back online")]) == 1


async def test_leaving_says_what_is_kept_and_waits_for_no_share(tmp_path: Path) -> None:
    share = Share()
    async with running(office(), tmp_path, store=share.session()) as (app, pilot):
        with share.frozen():
            await until(pilot, lambda: share.caught)
            await pilot.press("c")
            await typed(pilot, "kept\n")
            await until(pilot, lambda: app.session.store.waiting == 1)
            await pilot.press("q")
            await until(pilot, lambda: app.front.entering)
            assert "1 change waits" in app.heading
            await pilot.press("enter")
            await until(pilot, lambda: not app.is_running)
            assert app.return_code == 0
            assert left_behind(app) == ["1 change is kept on this machine and sent at the next start."]
            app.session.store.close()
            share.reach = lambda: None
            later = share.session()
            later.read()
            assert later.waiting == 1
            later.commit()
            assert [entry.content for entry in later.shown().sync.values()] == ["kept"]


async def test_a_share_that_hangs_from_the_start_lets_one_leave(tmp_path: Path) -> None:
    share = Share()
    with share.frozen():
        async with running(office(), tmp_path, store=share.session(), hung=True) as (app, pilot):
            await until(pilot, lambda: share.caught)
            app._go_on_without()
            assert "reading" in app.screen_text[0]
            await pilot.press("question_mark", "q", "q")
            await until(pilot, lambda: app.front.entering)
            await pilot.press("enter")
            await until(pilot, lambda: not app.is_running)


REFUSED: list[tuple[CrossdeckError, str]] = [
    (BoardUnavailable("The disk of {path} is full. Free some space.", path="b"), "1 not written"),
    (BoardReadOnly("{path} may not be written: ask for the right.", path="b"), "read-only"),
]


@pytest.mark.parametrize(("error", "header"), REFUSED, ids=["full", "read-only"])
async def test_why_nothing_is_written_stays_in_sight_until_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: CrossdeckError, header: str
) -> None:
    share = Share()
    store = share.session()
    async with running(office(), tmp_path, store=store) as (app, pilot):

        def broken(*_also: object, **_how: object) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(store, "commit", broken)
            await pilot.press("c")
            await typed(pilot, "x\n")
            await until(pilot, lambda: header in app.screen_text[0])
            app.pass_time(60)  # the message row forgot it
            assert str(error) not in app.message or isinstance(error, BoardReadOnly)
            await pilot.press("i")
            await until(pilot, lambda: any(f"Not written since 16:55: {error}" in line for line in app.screen_text))
            assert left_behind(app)[1:] == [f"Not written since 16:55: {error}"]
            await pilot.press("q")
        app.do_reread()
        await until(pilot, lambda: not store.waiting)
        await until(pilot, lambda: any("Written again: 1 change" in text for text in said(app)))
        await until(pilot, lambda: header not in app.screen_text[0])
        await pilot.press("i")
        await pilot.pause()
        assert left_behind(app) == []
        assert "Not written since" not in "\n".join(app.screen_text)


async def test_gone_and_back(tmp_path: Path) -> None:
    share = Share()
    async with running(office(), tmp_path, store=share.session()) as (app, pilot):
        share.error = BoardUnavailable("The board {path} cannot be reached: {why}.", path="b", why="Host is down")
        await until(pilot, lambda: "offline since 16:55" in app.screen_text[0])
        app.pass_time(130)
        assert "offline since 16:55 (2 min)" in app.screen_text[0]
        for n in range(3):
            await pilot.press("c")
            await typed(pilot, f"entry {n}\n")
            await until(pilot, lambda: not app.front.entering)
        assert app.session.store.waiting == 3
        await pilot.press("i")
        await until(pilot, lambda: any("Not read since 16:55" in line for line in app.screen_text))
        await pilot.press("q")
        share.error = None
        app.do_reread()
        await until(pilot, lambda: any("Back online. 3 changes sent." in text for text in said(app)))
        assert "live" in app.screen_text[0]


async def test_who_writes_is_named_while_one_waits_for_them(tmp_path: Path) -> None:
    share = Share()
    async with running(office(), tmp_path, store=share.session()) as (app, pilot):
        app.engine._held("li@pc3", HELD + 0.1)  # nothing of one's own waits
        await pilot.pause()
        assert said(app) == []
        with share.frozen():
            await until(pilot, lambda: share.caught)
            await pilot.press("c")
            await typed(pilot, "mine\n")
            await until(pilot, lambda: app.session.store.waiting == 1)
            before = said(app)
            app.engine._held("li@pc3", HELD / 2)
            app.engine._held("li@pc3", HELD + 0.5)
            app.engine._held("li@pc3", HELD + 0.7)
            await until(pilot, lambda: said(app) != before)
            await pilot.pause()
            assert said(app)[len(before) :] == ["li@pc3 is writing, 3 s. Your change is safe here."]


async def test_a_colleague_is_seen_within_a_poll(tmp_path: Path) -> None:
    share = Share()
    async with running(office(), tmp_path, store=share.session()) as (app, pilot):
        other = share.session()
        other.read()
        other.record([AddSyncEntry(topic="von drüben", card=c.card)], stamp(c.li))
        other.commit()
        await until(pilot, lambda: app.state is not None and app.state.board.sync)
