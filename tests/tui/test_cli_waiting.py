"""A command that waits for the share says so on a terminal; one that asks a person does not."""

from __future__ import annotations

import io
import os
import threading

import pytest

from store.file.disk import Disk
from tui.cli import waiting
from tui.cli.asking import answer
from tui.cli.context import Run
from tui.cli.output import Output
from tui.cli.waiting import say_if_stuck, watch


def test_it_is_said_while_a_file_is_waited_for_and_not_while_a_person_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, typed = os.pipe()
    fd, share = os.pipe()
    said: list[str] = []
    doing = "asks"

    def say() -> None:
        said.append(doing)
        os.write(share, b"x")

    looks = threading.Semaphore(0)

    class Counted(frozenset[str]):
        def __contains__(self, name: object) -> bool:
            looks.release()
            return super().__contains__(name)

    def person() -> None:
        for _ in range(8):
            looks.acquire()
        os.write(typed, b"yes\n")

    monkeypatch.setattr(waiting, "CALLS", Counted(waiting.CALLS))
    threading.Thread(target=person).start()
    with os.fdopen(asked, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        watcher = watch(say, silent=0.02, look=0.01)
        assert answer() == "yes"
        doing = "reads"
        assert Disk().read(fd, 1) == b"x"
        watcher.join()
    assert said == ["reads"]
    for each in (typed, fd, share):
        os.close(each)


@pytest.mark.parametrize("terminal", [True, False])
def test_only_a_terminal_is_told(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    err = io.StringIO()
    monkeypatch.setattr(err, "isatty", lambda: terminal)
    monkeypatch.setattr("sys.stderr", err)
    begun: list[object] = []
    monkeypatch.setattr(waiting, "watch", begun.append)

    class Here(Run):
        path = "/share/board.json"  # type: ignore[assignment]

        def __init__(self) -> None:
            self.out = Output(err=err)

    say_if_stuck(Here())
    assert len(begun) == terminal
    for say in begun:
        assert callable(say)
        say()
        assert err.getvalue() == "crossdeck: /share/board.json does not answer yet; waiting. Ctrl+C gives up.\n"
