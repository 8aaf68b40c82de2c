"""The process the terminal waits for and the one that shows the dashboard, on a mount that may hang."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, signal, sys, threading, time
from tui.apart import run_apart
kind = sys.argv[1]
def hangs():
    time.sleep(60)
def work():
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGHUP, lambda *_: (print("lost", flush=True), ended.set()))
    print("child", os.getpid(), flush=True)
    if kind == "ends":
        return 7
    if kind == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "breaks":
        raise RuntimeError("broken")
    while not ended.wait(0.05):
        pass
    return 3
sys.exit(run_apart(work, hangs if kind == "ends" else lambda: None))
"""


def start(kind: str) -> tuple[subprocess.Popen[str], int]:
    """The program, and the process id of its child."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, kind], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline().split()[1])


def gone(pid: int) -> bool:
    """Whether a process ended; waited for."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(("kind", "code"), [("ends", 7), ("dies", -signal.SIGKILL), ("breaks", 1)])
def test_the_exit_code_is_that_of_the_dashboard_whatever_hangs_behind_it(kind: str, code: int) -> None:
    process, child = start(kind)
    process.communicate(timeout=20)
    assert process.returncode == code
    assert gone(child)


def test_a_polite_signal_is_handed_on() -> None:
    process, _child = start("stays")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 3


def test_the_dashboard_leaves_politely_when_the_terminal_lost_its_process() -> None:
    process, child = start("stays")
    process.kill()
    assert "lost" in process.communicate(timeout=20)[0]
    assert gone(child)


COMMAND = """
import os, signal, sys, time
from tui import apart
from tui.apart import stand_aside
kind = sys.argv[1]
if kind == "waits":
    apart.GRACE = 15  # a busy machine has time to end
def given_up():
    print("given up", flush=True)
    return 130
stand_aside(given_up)
if kind == "hangs":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as one that waits for a share
try:
    print("child", os.getpid(), flush=True)
    while kind != "ends":
        time.sleep(0.05)
except KeyboardInterrupt:
    sys.exit(130)
sys.exit(4)
"""


@pytest.mark.parametrize(("kind", "pressed", "code"), [("ends", 0, 4), ("waits", 1, 130), ("hangs", 1, 130)])
def test_a_command_whose_share_hangs_is_left_at_ctrl_c(kind: str, pressed: int, code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, kind], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    child = int(process.stdout.readline().split()[1])
    for _ in range(pressed):
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does
    said = process.communicate(timeout=20)[0]
    assert process.returncode == code
    assert said == ("given up\n" if kind == "hangs" else "")
    assert gone(child)
