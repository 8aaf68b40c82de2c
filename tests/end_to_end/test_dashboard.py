"""The dashboard in a real terminal: how it ends, what it keeps, what its bytes are, at which size."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path

import pytest

from tests.end_to_end.program import dashboard
from tests.end_to_end.terminal import Terminal
from tests.tui.boards import HOSTILE, hostile, owing
from tests.tui.deck import write_board, written_board
from tests.tui.minutes_board import meeting

pytestmark = pytest.mark.slow
LI = "李强"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return write_board(owing(), tmp_path / "board.json")


def ready(terminal: Terminal) -> None:
    terminal.wait(lambda: bool(re.search(r"live|实时", terminal.text())), "the board")


def drafts(board: Path) -> list[str]:
    """The texts on disk that were being typed."""
    files = (board.parent / "state" / "crossdeck" / "drafts").glob("*.json")
    return [text for file in files for text in json.loads(file.read_text(encoding="utf-8")).values()]


def test_q_asks_and_enter_leaves(board: Path) -> None:
    with dashboard(board) as terminal:
        ready(terminal)
        terminal.press("q")
        terminal.wait_text("Leave? Enter yes, Esc no.")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
        assert terminal.presses == 2


def test_what_is_typed_while_the_terminal_is_the_shells_is_written_and_never_entered(board: Path) -> None:
    before = board.read_bytes()
    with dashboard(board, LI, size=(100, 30)) as terminal:
        terminal.type("p65 x\r70 y\r")  # the kernel, whose terminal it still is, makes a line feed of Enter
        terminal.wait_text("Typed before the board was there. Enter goes on, Esc leaves.")
        terminal.wait(lambda: " > 65 x" in terminal.lines(), "the first line alone")
        assert board.read_bytes() == before
        terminal.press("up")  # what was typed behind it is not lost either
        terminal.wait_text(" > 70 y")
        terminal.press("down", "enter")
        terminal.wait_text("渠道2")


def test_enter_typed_ahead_opens_the_row_where_nothing_is_entered(board: Path) -> None:
    with dashboard(board, LI, size=(100, 30)) as terminal:
        terminal.type("\r")
        terminal.wait_text("[card]")


def test_ctrl_q_leaves_at_once_also_out_of_a_line_and_keeps_it(board: Path) -> None:
    with dashboard(board, LI) as terminal:
        ready(terminal)
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("65 angefangen")
        terminal.wait_text("65 angefangen")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    assert drafts(board) == ["65 angefangen"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_saves_the_draft_and_ends_with_0(board: Path, number: int) -> None:
    with dashboard(board, LI) as terminal:
        ready(terminal)
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("65 初稿")
        terminal.wait_text("65% (+5)")
        terminal.signal(number)
        assert terminal.wait_exit() == 0
    assert drafts(board) == ["65 初稿"]


def test_a_dropped_line_saves_the_draft_and_ends_with_0(board: Path) -> None:
    with dashboard(board, LI) as terminal:
        ready(terminal)
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("65 初稿")
        terminal.wait_text("65% (+5)")
        terminal.hang_up()
        assert terminal.wait_exit() == 0
    assert drafts(board) == ["65 初稿"]


@pytest.mark.parametrize("painted", [1, 2000, 6000, 9000])
def test_a_line_that_drops_while_the_screen_is_painted_ends_the_program(board: Path, painted: int) -> None:
    with dashboard(board, LI, size=(200, 50)) as terminal:
        terminal.wait(lambda: len(terminal.raw) > painted, "so many bytes")
        terminal.type("2341?q")  # more to paint for nobody
        terminal.hang_up()
        assert terminal.wait_exit() in {0, -signal.SIGHUP}  # before the program listens the signal itself ends it


def test_what_is_typed_is_on_disk_within_seconds_even_of_a_kill(board: Path) -> None:
    with dashboard(board, LI) as terminal:
        ready(terminal)
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("65 初稿")
        terminal.wait(lambda: drafts(board) == ["65 初稿"], "the draft on disk")
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL


def kept_within_seconds(terminal: Terminal, board: Path, text: str) -> None:
    """Wait until a text stands in a draft on disk."""
    terminal.wait(lambda: any(text in kept for kept in drafts(board)), f"{text} in a draft")


def test_minutes_typed_before_a_kill_or_a_dropped_line_are_there_again(tmp_path: Path) -> None:
    path = write_board(meeting(lines=False), tmp_path / "board.json")
    for text, ends in (("华东数据已齐", signal.SIGKILL), ("另缺安徽", signal.SIGHUP)):
        with dashboard(path, "孙悦", size=(120, 40)) as terminal:
            ready(terminal)
            terminal.press("4")
            terminal.wait_text("筹备会")
            terminal.press("enter")
            terminal.wait_text("Esc rows, save")
            terminal.type(text)
            kept_within_seconds(terminal, path, text)
            terminal.signal(ends)
            assert terminal.wait_exit() in {-signal.SIGKILL, 0}
    with dashboard(path, "孙悦", size=(120, 40)) as terminal:
        ready(terminal)
        terminal.press("4")
        terminal.wait_text("筹备会")
        terminal.press("enter")
        terminal.wait_text("Not saved last time and back again")
        terminal.wait_text("华东数据已齐")
        terminal.wait_text("另缺安徽")
        terminal.press("esc")
        both = {"华东数据已齐", "另缺安徽"}
        terminal.wait(lambda: {line.text for line in written_board(path).lines.values()} >= both, "both in the file")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_typing_ahead_of_the_first_picture_is_carried_out(board: Path) -> None:
    with dashboard(board, LI) as terminal:
        # Before the terminal is told of pastes it is the kernel that takes Enter.
        terminal.wait(lambda: b"\x1b[?2004h" in terminal.raw, "the shell")
        terminal.type("p65 gleich\r66 danach\r")
        terminal.wait_text("渠道3")
        terminal.wait_gone("waiting")
        terminal.press("esc", "ctrl+q")
        assert terminal.wait_exit() == 0
    said = [entry.done for entry in written_board(board).progress.values()]
    assert said[-2:] == ["gleich", "danach"]


def test_the_terminal_is_left_as_it_was(board: Path) -> None:
    with dashboard(board) as terminal:
        ready(terminal)
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        raw = bytes(terminal.raw)
    for on, off in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?2004h", b"\x1b[?2004l"),
        (b"\x1b[?1003h", b"\x1b[?1003l"),
    ):
        assert raw.rfind(off) > raw.rfind(on)
    assert raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l")


def test_a_paste_with_line_ends_and_an_escape_is_text(board: Path) -> None:
    with dashboard(board, LI) as terminal:
        ready(terminal)
        terminal.type("\x1b[200~p\r70 x\rq\r\x1b[201~")  # nothing is open: nothing happens
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("\x1b[200~65 初稿\r> 送审\n\x1bq\x1b[201~")
        terminal.wait_text("65 初稿 > 送审")
        assert "渠道1" in terminal.text()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    assert len(written_board(board).progress) == len(owing().progress)


WALK = (
    *("1", "2", "tab", "3", "4", "i", "?", "q", "1", "/", "enter", ":", "esc"),
    *("enter", "]", "]", "]", "]", "]", "]", "]", "=", "H", "q", "q", "1"),  # a card, its tabs, a sum, a history
    *("3", "space", "space", "t", "esc", "q", "1"),  # the walk
    *("4", "enter", "esc", "q", "1", "p", "esc", "e", "tab", "esc", "b", "esc", "D", "esc"),
)
"""Keys that show every screen and many panels."""


def test_hostile_names_do_nothing_to_the_terminal(tmp_path: Path) -> None:
    path = write_board(hostile(), tmp_path / "board.json", name=HOSTILE[2])
    with dashboard(path, size=(120, 40)) as terminal:
        ready(terminal)
        for _row in HOSTILE:
            for key in WALK:
                terminal.press(key)
                terminal.wait(lambda: not terminal._read(0.01), "quiet")
            terminal.press("esc", "1", "j")
        terminal.press("1", ":")
        terminal.type("[/x]")
        terminal.wait_text("[/x]")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        raw = bytes(terminal.raw)
    for evil in (b"\x1b[31mred", b"\x1b]0;title", "\u202e".encode(), "\u2066".encode()):
        assert evil not in raw
    assert b"red\x1b]" not in raw


def test_every_size_and_back(board: Path) -> None:
    with dashboard(board, size=(120, 40)) as terminal:
        ready(terminal)
        for cols, rows in ((80, 24), (60, 15), (40, 8), (20, 5), (10, 3), (1, 1), (220, 60), (80, 24)):
            before = len(terminal.raw)
            terminal.resize(cols, rows)
            terminal.wait(lambda before=before: len(terminal.raw) > before, "a frame of that size")  # type: ignore[misc]
            if cols >= 80:
                terminal.wait_text("Q4营销活动筹备")
                terminal.wait(lambda: terminal.lines()[-1].endswith("? help"), "the footer")
            elif (cols, rows) == (20, 5):
                terminal.wait_text("window too small")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_an_entry_survives_a_window_of_20_by_5(board: Path) -> None:
    with dashboard(board, LI, size=(20, 5)) as terminal:
        terminal.wait_text("window too small")
        terminal.press("p")
        terminal.type("65 klein")
        terminal.wait_text("65 klein")
        terminal.press("enter")
        terminal.wait(lambda: max(e.percent or 0 for e in written_board(board).progress.values()) == 65, "recorded")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_without_colour_everything_still_reads(board: Path) -> None:
    with dashboard(board, env={"NO_COLOR": "1"}, size=(120, 40)) as terminal:
        ready(terminal)
        terminal.wait_text("#")
        assert re.search(r"[#]+\.+ +\d+%", terminal.text())
        assert "✗ over" in terminal.text()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        colours = re.findall(rb"[34]8;5;(\d+)|[34]8;2;(\d+;\d+;\d+)", bytes(terminal.raw))
    assert colours
    assert not [pair for pair in colours if not grey(*pair)]


def grey(number: bytes, triplet: bytes) -> bool:
    """Whether a colour, of the palette or of 24 bits, has no hue: without colour Textual draws in greys."""
    if triplet:
        return len(set(triplet.split(b";"))) == 1
    at = int(number)
    red, green, blue = (at - 16) // 36, (at - 16) // 6 % 6, (at - 16) % 6
    return at >= 232 or red == green == blue


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"LANG": ""}])
def test_a_poor_locale_shows_english_and_chinese_names(board: Path, env: dict[str, str]) -> None:
    with dashboard(board, env=env) as terminal:
        ready(terminal)
        terminal.wait_text("Q4营销活动筹备")
        terminal.press("c")
        terminal.type("中文也行")
        terminal.wait_text("中文也行")
        terminal.press("enter")
        terminal.wait(lambda: [s.content for s in written_board(board).sync.values()] == ["中文也行"], "recorded")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_chinese_by_the_locale(board: Path) -> None:
    for locale, word in (("zh_CN.UTF-8", "实时"), ("zh_TW.UTF-8", "即時")):
        with dashboard(board, env={"LANG": locale}) as terminal:
            terminal.wait_text(word)
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
