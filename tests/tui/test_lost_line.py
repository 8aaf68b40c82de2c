"""The writer behind a terminal that is gone takes what it is given, asks the program to end, and never holds it."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator

import pytest
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread

from tui.lost_line import PatientWriter, guard_line


class Gone(io.StringIO):
    """A terminal that takes so many writes."""

    def __init__(self, takes: int) -> None:
        super().__init__()
        self.takes = takes

    def write(self, text: str) -> int:
        if self.takes == 0:
            raise OSError(5, "Input/output error")
        self.takes -= 1
        return super().write(text)


@pytest.fixture
def hang_ups() -> Iterator[list[int]]:
    """The SIGHUPs this process gets."""
    seen: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, _frame: seen.append(number))
    yield seen
    signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("takes", [0, 1, 5])
def test_more_than_the_queue_holds_is_taken_after_the_line_dropped(takes: int, hang_ups: list[int]) -> None:
    file = Gone(takes)
    writer = PatientWriter(file)
    writer.start()
    for _ in range(200):
        writer.write("x")
    writer.stop()
    assert not writer.is_alive()
    assert file.getvalue() == "x" * takes
    assert hang_ups == [signal.SIGHUP]


def test_a_line_that_stands_gets_everything(hang_ups: list[int]) -> None:
    file = Gone(1000)
    writer = PatientWriter(file)
    writer.start()
    for number in range(200):
        writer.write(str(number))
    writer.stop()
    assert file.getvalue() == "".join(map(str, range(200)))
    assert hang_ups == []


def test_a_sigcont_without_a_stop_starts_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "LinuxDriver", linux_driver.LinuxDriver)
    monkeypatch.setattr(linux_driver, "WriterThread", WriterThread)
    started: list[str] = []
    monkeypatch.setattr(linux_driver.LinuxDriver, "resume_application_mode", lambda _self: started.append("again"))
    guard_line()
    driver = linux_driver.LinuxDriver.__new__(linux_driver.LinuxDriver)
    driver._auto_restart = True
    driver._must_signal_resume = False
    driver._sigcont_application(signal.SIGCONT, None)
    assert started == []
    driver._must_signal_resume = True
    driver._sigcont_application(signal.SIGCONT, None)
    assert started == ["again"]
    assert vars(linux_driver)["WriterThread"] is PatientWriter
