"""Bad terminals and bad boards: a clear line, the right exit code, nothing lost, keys that answer."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.program import COMMAND, ROOT, dashboard, environment
from tests.tui.boards import owing
from tests.tui.deck import write_board, written_board

pytestmark = pytest.mark.slow
LI = "李强"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return write_board(owing(), tmp_path / "share" / "board.json")


def run(board: Path, env: dict[str, str] | None = None, tty: str = "") -> tuple[int, str, str]:
    """The program without a dashboard's terminal; `tty` names the streams that are one all the same."""
    mine, theirs = pty.openpty()
    streams = {name: theirs if name in tty.split() else subprocess.PIPE for name in ("stdin", "stdout", "stderr")}
    command = [*COMMAND, str(board), "--as", LI]
    with subprocess.Popen(command, env=environment(board.parent.parent, env), cwd=ROOT, **streams) as program:  # type: ignore[call-overload]
        out, err = program.communicate(timeout=60)
    os.close(theirs)
    said = "" if "stderr" not in tty.split() and "stdout" not in tty.split() else os.read(mine, 65536).decode()
    os.close(mine)
    return program.returncode, (out or b"").decode() + said, (err or b"").decode()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_gets_the_report(board: Path, term: str) -> None:
    command = [sys.executable, "-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)", *COMMAND, str(board)]
    done = subprocess.run(
        command, env=environment(board.parent.parent, {"TERM": term}), cwd=ROOT, capture_output=True, timeout=60,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    out = done.stdout.decode()
    assert done.returncode == 2
    assert "Q4营销活动筹备" in out
    assert "cannot show a dashboard; here is the board as a report." in out.replace("\r\n", " ")
    assert "\x1b" not in out


@pytest.mark.parametrize("tty", ["", "stdin", "stdin stdout", "stderr", "stdout stderr"])
def test_where_a_stream_is_no_terminal_the_report_is_printed(board: Path, tty: str) -> None:
    code, out, err = run(board, tty=tty)
    assert code == 2
    assert "Q4营销活动筹备" in out
    assert "This is not a terminal; here is the board as a report." in out + err
    assert "Traceback" not in out + err
    assert "\x1b" not in out + err


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def foreign(path: Path) -> None:
    path.write_text('{"_default": {"1": {"name": "x"}}}', encoding="utf-8")


def newer(path: Path) -> None:
    text = json.loads(path.read_text(encoding="utf-8"))
    text["_meta"]["1"]["format"] = 999
    path.write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


BAD: list[tuple[Callable[[Path], None], str]] = [
    (missing, "There is no board at"),
    (empty, "is empty"),
    (truncated, "board.json"),
    (foreign, "board.json"),
    (newer, "Update crossdeck."),
    (a_folder, "board.json"),
    (no_folder, "There is no board at"),
]


@pytest.mark.parametrize(("spoil", "words"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_a_bad_board_is_one_clear_line_without_a_terminal(
    board: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(board)
    before = board.read_bytes() if board.is_file() else None
    code, out, err = run(board)
    assert code == 1
    assert out == ""
    assert err.count("\n") == 1
    assert words in err
    assert "Traceback" not in err
    assert (board.read_bytes() if board.is_file() else None) == before


@pytest.mark.parametrize(("spoil", "words"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_a_bad_board_says_why_in_the_dashboard_and_keys_answer(
    board: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(board)
    before = board.read_bytes() if board.is_file() else None
    with dashboard(board, LI, state=board.parent.parent, size=(100, 24)) as terminal:
        terminal.wait_text("Error")
        assert words in " ".join(line.strip() for line in terminal.lines()[-4:])
        terminal.press("2", "p", "?")
        terminal.wait_text("HELP")
        terminal.press("q", "q")
        terminal.wait_text("Leave?")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
    assert (board.read_bytes() if board.is_file() else None) == before


@pytest.mark.parametrize("spoil", [missing, truncated, a_folder, no_folder, empty], ids=lambda each: each.__name__)
def test_entries_wait_while_the_board_is_away_and_arrive_when_it_is_back(
    board: Path, spoil: Callable[[Path], None]
) -> None:
    whole = board.read_bytes()
    with dashboard(board, LI, state=board.parent.parent, size=(120, 30)) as terminal:
        terminal.wait_text("live")
        spoil(board)
        terminal.wait(lambda: any(word in terminal.text() for word in ("offline since", "read-only")), "bad news")
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("70 trotzdem\r71 auch\r")
        terminal.wait_text("渠道3")
        terminal.wait_text("2 waiting")
        terminal.press("esc", "1")
        if board.is_dir():
            board.rmdir()
        board.parent.mkdir(exist_ok=True)
        (board.parent / "new").write_bytes(whole)
        (board.parent / "new").rename(board)
        terminal.wait_gone("waiting")
        terminal.wait_gone("not written")
        terminal.wait_text("live")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    said = [entry.done for entry in written_board(board).progress.values()]
    assert said[-2:] == ["trotzdem", "auch"]


def test_leaving_while_something_waits_says_so_and_the_next_start_sends_it(board: Path, tmp_path: Path) -> None:
    state = tmp_path / "machine"
    away = board.parent.with_name("away")
    with dashboard(board, LI, state=state) as terminal:
        terminal.wait_text("live")
        board.parent.rename(away)
        terminal.wait_text("offline")
        terminal.press("p")
        terminal.type("70 trotzdem\r")
        terminal.wait_text("1 waiting")
        terminal.press("esc", "q")
        terminal.wait_text("1 change waits")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
    away.rename(board.parent)
    with dashboard(board, LI, state=state) as terminal:
        terminal.wait_text("live")
        terminal.wait(lambda: list(written_board(board).progress.values())[-1].done == "trotzdem", "sent")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_in_is_said_and_entries_wait(board: Path) -> None:
    with dashboard(board, LI, state=board.parent.parent, size=(120, 30)) as terminal:
        terminal.wait_text("live")
        board.parent.chmod(0o555)
        terminal.press("p")
        terminal.type("70 trotzdem\r")
        terminal.wait_text("read-only")
        terminal.wait_text("1 waiting")
        board.parent.chmod(0o755)
        terminal.press("esc", "r")
        terminal.wait_gone("waiting")


def test_a_state_folder_that_cannot_be_written_keeps_the_text(board: Path, tmp_path: Path) -> None:
    (tmp_path / "machine").write_text("not a folder", encoding="utf-8")
    with dashboard(board, LI, env={"XDG_STATE_HOME": str(tmp_path / "machine")}) as terminal:
        terminal.wait_text("live")
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("70 bleibt\r")
        terminal.wait_text("Error")
        assert "70 bleibt" in terminal.text()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
