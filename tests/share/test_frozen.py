"""The file server is stopped for 20 s under a real dashboard: keys answer, it can be left, nothing is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.end_to_end.program import COMMAND, dashboard, environment
from tests.end_to_end.terminal import Terminal
from tests.share.server import Server, serving
from tests.tui.boards import owing
from tests.tui.deck import write_board, written_board

FROZEN = 20.0
"""Seconds the server is stopped."""
ANSWER = 0.1
"""Seconds in which keys answer."""
QUIT = 1.0
KEYS = ("j", "k", "2", "1", "down", "up")
"""Each moves or shows something: a key at the end of a list is answered by nothing that could be seen."""
LI = "李强"


def answer(terminal: Terminal, key: str) -> float:
    """Seconds from a key to the first byte that answers it."""
    while terminal._read(0.05):
        pass
    before, began = len(terminal.raw), time.monotonic()
    terminal.press(key)
    while len(terminal.raw) == before:
        assert time.monotonic() - began < 5, f"no answer to {key}"
        terminal._read(0.001)
    return time.monotonic() - began


def begin(server: Server) -> Path:
    write_board(owing(), server.served / "board.json")
    return server.mount() / "board.json"


def newest(server: Server) -> str:
    """What was done, by the last progress entry of the file."""
    return [entry.done for entry in written_board(server.served / "board.json").progress.values()][-1]


def test_keys_answer_while_the_server_is_stopped_and_what_is_recorded_is_sent_after(tmp_path: Path) -> None:
    with serving(tmp_path / "server") as server:
        board = begin(server)
        with dashboard(board, LI, size=(120, 40), state=tmp_path / "li") as terminal:
            terminal.wait_text("live")
            before = [answer(terminal, key) for key in KEYS * 5][len(KEYS) :]
            server.freeze()
            began, took = time.monotonic(), list[float]()
            try:
                terminal.press("p")
                terminal.wait_text("渠道1")
                terminal.type("95 fast fertig\r")
                terminal.wait_text("渠道2")
                terminal.press("esc")
                terminal.wait_text("waiting")
                while time.monotonic() - began < FROZEN:
                    took += [answer(terminal, key) for key in KEYS]
            finally:
                server.thaw()
            terminal.wait_gone("waiting")
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
        assert [entry.done for entry in written_board(server.served / "board.json").progress.values()][
            -1
        ] == "fast fertig"
    high, usual = (quantiles(each, n=20)[-1] for each in (took, before))
    print(f"{len(took)} keys while frozen: median {median(took) * 1000:.1f} ms, p95 {high * 1000:.0f} ms,", end=" ")
    print(f"longest {max(took) * 1000:.0f} ms; before, p95 {usual * 1000:.0f} ms")
    # On a busy machine keys are slower, frozen or not.
    assert high <= max(ANSWER, 2 * usual)
    assert max(took) < QUIT


def test_it_can_be_left_while_the_server_is_stopped_and_the_next_one_sends_what_waits(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "server") as server:
        board = begin(server)
        with dashboard(board, LI, size=(120, 40), state=tmp_path / "li") as terminal:
            terminal.wait_text("live")
            server.freeze()
            try:
                terminal.press("p")
                terminal.wait_text("渠道1")
                terminal.type("95 fast fertig\r")
                terminal.wait_text("渠道2")
                terminal.press("esc")
                terminal.wait_text("waiting")
                began = time.monotonic()
                terminal.press("ctrl+q")
                assert terminal.wait_exit() == 0
                took = time.monotonic() - began
            finally:
                server.thaw()
        with dashboard(board, LI, size=(120, 40), state=tmp_path / "li") as terminal:
            terminal.wait_text("live")
            terminal.wait_gone("waiting")
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
        assert [entry.done for entry in written_board(server.served / "board.json").progress.values()][
            -1
        ] == "fast fertig"
    print(f"left in {took * 1000:.0f} ms while frozen")
    assert took <= QUIT


def waits(terminal: Terminal) -> bool:
    """Whether a child of the program waits for an answer of the mount."""
    children = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text().split()
    return any(Path(f"/proc/{child}/wchan").read_text() == "request_wait_answer" for child in children)


@pytest.mark.parametrize("words", [("list", "cards"), ("progress", "渠道1", "70"), ("check",), ("doctor",)])
def test_a_command_can_be_interrupted_while_the_server_is_stopped(tmp_path: Path, words: tuple[str, ...]) -> None:
    with serving(tmp_path / "server") as server:
        board = begin(server)
        server.freeze()
        try:
            command = [*COMMAND, "--board", str(board), "--as", LI, *words]
            with Terminal(command, 250, 24, environment(tmp_path / "li")) as terminal:
                terminal.wait(lambda: waits(terminal), "a call that hangs")
                terminal.wait_text("does not answer yet; waiting. Ctrl+C gives up.")
                began = time.monotonic()
                os.write(terminal.fd, b"\x03")
                assert terminal.wait_exit() == 130
                assert time.monotonic() - began <= QUIT
                assert "does not answer; given up" in terminal.text()
        finally:
            server.thaw()


def test_a_dashboard_begun_while_the_server_is_stopped_can_be_left(tmp_path: Path) -> None:
    with serving(tmp_path / "server") as server:
        board = begin(server)
        server.freeze()
        with dashboard(board, LI, size=(120, 40), state=tmp_path / "li") as terminal:
            try:
                terminal.wait(lambda: b"\x1b[?2004h" in terminal.raw, "the shell")
                began = time.monotonic()
                terminal.press("ctrl+q")
                assert terminal.wait_exit() == 0
                assert time.monotonic() - began <= QUIT
            finally:
                server.thaw()  # the kernel lets nobody go who asked it and has no answer yet
