"""The lock race of `crossdeck doctor`; each of its two runners is `python -m store.file.race FOLDER ROUNDS`.

A runner says `ready`, waits for a line, makes the same directories as its rival and prints, a line each, the rounds it
won: both must never win the same one.
"""

from __future__ import annotations

import os
import subprocess
import sys


def raced(folder: str, rounds: int, patience: float) -> list[list[str]] | None:
    """What each of two runners won, started at the same moment; None if they took longer than `patience` seconds."""
    command = [sys.executable, "-m", "store.file.race", folder, str(rounds)]
    runners = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_home())
        for _ in range(2)
    ]
    for runner in runners:
        if runner.stdout:
            runner.stdout.readline()
    try:
        for runner in runners:
            if runner.stdin:
                runner.stdin.write("go\n")
                runner.stdin.flush()
        return [runner.communicate(timeout=patience)[0].split() for runner in runners]
    except (subprocess.TimeoutExpired, OSError):
        for runner in runners:
            runner.kill()
            runner.communicate()
        return None


def _home() -> str:
    """The folder our packages lie in, for a process that is to find them."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main() -> int:
    """Wait for the starting mark, then race."""
    folder, rounds = sys.argv[1], int(sys.argv[2])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for each in range(rounds):
        try:
            os.mkdir(os.path.join(folder, f"race-{each}"))
        except OSError:
            continue
        sys.stdout.write(f"{each}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
