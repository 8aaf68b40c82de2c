"""One runner of the lock race of `crossdeck doctor`: `python -m store.file.race FOLDER ROUNDS`.

Says `ready`, waits for a line, makes the same directories as its rival and prints, a line each, the rounds it won:
both must never win the same one.
"""

from __future__ import annotations

import os
import sys


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
