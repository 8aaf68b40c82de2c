"""The command line's fastest question: `crossdeck list clocks --json`, against importing what any answer needs.

    python -m bench.listing [--times N]

In turn with `python -c "import msgspec, tinydb"`, the cache of working days warm.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.boards import make, spread
from bench.report import Report, middle
from bench.start import SCRIPT
from bench.terminal import Seen, environment


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        now = int(time.time())
        make(home / "cards.json", spread(1_000, now), now)
        make(home / "full.json", spread(1_000, now), now, subtasks=5, entries=2)
        commands = {
            "floor": [sys.executable, "-c", "import msgspec, tinydb"],
            "cards": [SCRIPT, "--board", str(home / "cards.json"), "list", "clocks", "--json"],
            "full": [SCRIPT, "--board", str(home / "full.json"), "list", "clocks", "--json"],
        }
        env = environment(home / "state")
        taken: dict[str, list[Seen]] = {name: [] for name in commands}
        for turn in range(times + 1):
            for name, command in commands.items():
                found = _run(command, env, home / "out")
                if turn:  # the first fills caches
                    taken[name].append(found)
        size = (home / "out").stat().st_size
    _say(taken, times, size)
    return 0


def _run(command: list[str], env: dict[str, str], out: Path) -> Seen:
    began = time.perf_counter()
    to_file = (os.POSIX_SPAWN_OPEN, 1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    pid = os.posix_spawn(command[0], command, env, file_actions=[to_file])
    _pid, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return Seen((time.perf_counter() - began) * 1000, (used.ru_utime + used.ru_stime) * 1000)


def _say(taken: dict[str, list[Seen]], times: int, size: int) -> None:
    report = Report(f"crossdeck list clocks --json, {times} times each, in turn")
    floor = taken["floor"]
    report.say(f'python -c "import msgspec, tinydb": {middle([each.wall for each in floor])} ms')
    for name, what in (("cards", "1,000 cards"), ("full", "1,000 cards, 5,000 subtasks, 10,000 entries")):
        walls, cpus = [each.wall for each in taken[name]], [each.cpu for each in taken[name]]
        ratio = median(walls) / median(each.wall for each in floor)
        cpu = median(cpus) / median(each.cpu for each in floor)
        note = f"least {min(walls) / min(each.wall for each in floor):.2f}x, CPU {cpu:.2f}x; {middle(walls)} ms"
        if name == "cards":
            report.figure(what, ratio, 2.0, "x", note)
        else:
            report.say(f"{what}: {ratio:.2f}x, {note}; {size / 1e6:.1f} MB of JSON")


if __name__ == "__main__":
    raise SystemExit(main())
