"""Keys are read when they come; while nobody types the thread that reads them does nothing."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from textual import events
from textual.app import App
from textual.message import Message

from tui.line_driver import LOOKS, LineDriver
from tui.paste_guard import END, START


class Typist(LineDriver):
    """A driver whose terminal is a pipe; what it reads is kept."""

    def __init__(self) -> None:
        super().__init__(App())
        self.fileno, self.keyboard = os.pipe()
        self.seen: list[Message] = []
        self._key_thread = threading.Thread(target=self.run_input_thread, daemon=True)

    def process_message(self, message: Message) -> None:
        self.seen.append(message)

    def write(self, data: str) -> None:
        """No terminal."""

    @property
    def typed(self) -> list[str]:
        return [each.key if isinstance(each, events.Key) else type(each).__name__ for each in self.seen]


async def new() -> Typist:
    """Drivers are made in a loop."""
    return Typist()


class Counting(selectors.SelectSelector):
    """Counts how often anybody waited."""

    waits = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        Counting.waits += 1
        return super().select(timeout)


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end
        time.sleep(0.002)


@pytest.fixture
def typist(monkeypatch: pytest.MonkeyPatch) -> Iterator[Typist]:
    monkeypatch.setattr(signal, "signal", lambda *_arguments: None)
    monkeypatch.setattr(selectors, "SelectSelector", Counting)
    Counting.waits = 0
    driver = asyncio.run(new())
    assert driver._key_thread is not None
    driver._key_thread.start()
    yield driver
    driver.disable_input()
    os.close(driver.keyboard)


def test_keys_are_read_and_then_nothing_wakes(typist: Typist) -> None:
    until(lambda: Counting.waits > LOOKS)
    os.write(typist.keyboard, "a字".encode())
    until(lambda: typist.typed == ["a", "字"] or len(typist.seen) == 2)
    until(lambda: Counting.waits == 2 * LOOKS + 2)
    assert typist.typed[0] == "a"
    assert Counting.waits == 2 * LOOKS + 2  # it waits for a key now, however long


def test_an_escape_alone_and_a_character_in_two_halves(typist: Typist) -> None:
    os.write(typist.keyboard, b"\x1b")
    until(lambda: typist.typed == ["escape"])
    first, last = "字".encode()[:1], "字".encode()[1:]
    os.write(typist.keyboard, first)
    until(lambda: Counting.waits > LOOKS)
    os.write(typist.keyboard, last)
    until(lambda: len(typist.seen) == 2)
    assert isinstance(typist.seen[1], events.Key)
    assert typist.seen[1].character == "字"


def test_an_escape_in_a_paste_never_acts_and_no_byte_ends_the_reading(typist: Typist) -> None:
    os.write(typist.keyboard, f"{START}a\x1bb{END}".encode())
    until(lambda: len(typist.seen) == 1)
    assert isinstance(typist.seen[0], events.Paste)
    assert typist.seen[0].text == "ab"
    os.write(typist.keyboard, b"\xff\xfex")
    until(lambda: typist.typed[-1] == "x")


def test_it_ends_at_once_and_begins_again(typist: Typist) -> None:
    for key in ("a", "b"):
        os.write(typist.keyboard, key.encode())
        until(lambda key=key: typist.typed[-1:] == [key])  # type: ignore[misc]
        typist.disable_input()
        assert typist._key_thread is not None
        assert not typist._key_thread.is_alive()
        typist._key_thread = threading.Thread(target=typist.run_input_thread, daemon=True)
        typist._key_thread.start()


def test_behind_a_terminal_that_is_gone_it_waits_for_the_end(typist: Typist) -> None:
    os.close(typist.keyboard)
    until(lambda: Counting.waits > LOOKS + 1)
    waits = Counting.waits
    typist.disable_input()
    assert Counting.waits <= waits + 1  # it did not spin on the closed line
    typist.keyboard = os.open(os.devnull, os.O_WRONLY)


@pytest.mark.parametrize("size", [(0, 0), (80, 0), (0, 50), (120, 40)])
async def test_a_terminal_without_a_size_has_one_size_for_all_who_ask(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size(size))
    console = App().console
    monkeypatch.setattr(type(console), "is_dumb_terminal", False)
    assert LineDriver(App())._get_terminal_size() == (console.size.width, console.size.height)
