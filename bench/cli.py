"""The command line's start against the least it needs: `python -c "import msgspec, tinydb"`.

    python -m bench.cli [--times N]

All programs are started in turn, N times each, with the working-day cache warm and compiled modules in
place; ratios are of medians and of the least of all (which other programs disturb least).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.boards import make, spread
from bench.report import Report, middle

SCRIPT = str(Path(sys.executable).with_name("crossdeck"))
BASE = [sys.executable, "-c", "import msgspec, tinydb"]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), times)


def _measured(folder: Path, times: int) -> int:
    now = int(time.time())
    cards, full = folder / "cards.json", folder / "full.json"
    make(cards, spread(1_000, now), now)
    make(full, spread(1_000, now), now, subtasks=5, entries=2)
    commands = {
        "base": BASE,
        "version": [SCRIPT, "--version"],
        "cards": [SCRIPT, "list", "clocks", "--json", "--board", str(cards)],
        "full": [SCRIPT, "list", "clocks", "--json", "--board", str(full)],
    }
    seen = timed(commands, folder, times)
    report = Report("Command line, ms of a whole process")
    for name, values in seen.items():
        report.say(f"{name:8} {middle(values)}")
    for how, of in (("median", median), ("least", min)):
        base = of(seen["base"])
        report.figure(f"list clocks --json, 1,000 cards: {how} against the imports", of(seen["cards"]) / base, 2.0, "x")
        report.say(f"with 5,000 subtasks and 10,000 entries too: {of(seen['full']) / base:.2f}x")
    return report.missed


def timed(commands: dict[str, list[str]], folder: Path, times: int) -> dict[str, list[float]]:
    """Milliseconds of each run of each command, the first (which fills the caches) left out."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["XDG_STATE_HOME"] = str(folder / "state")
    seen: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
            if turn:
                seen[name].append((time.perf_counter() - began) * 1e3)
    return seen


if __name__ == "__main__":
    sys.exit(main())
