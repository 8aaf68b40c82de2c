"""All measurements, one program after the other, each figure beside the one to reach: `python -m bench [--full]`.

The exit code is 0 whatever they say: a busy machine misses what a quiet one reaches. Without `--full` a few minutes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

QUICK: dict[str, list[str]] = {
    "start": ["--times", "8"],
    "listing": ["--times", "10"],
    "keys": ["--steps", "250"],
    "minutes": ["--keys", "100"],
    "progress": ["--times", "15"],
    "two": ["--times", "8"],
    "idle": ["--seconds", "30"],
    "soak": [],
    "commit": ["--times", "20"],
    "year": ["--times", "20"],
    "storm": [],
    "office": ["--minutes", "2", "--dashboards", "4"],
    "clocks": ["--times", "15"],
}
FULL: dict[str, list[str]] = {
    "start": ["--times", "30"],
    "listing": ["--times", "40"],
    "keys": ["--steps", "1000"],
    "minutes": ["--keys", "400"],
    "progress": ["--times", "60"],
    "two": ["--times", "40"],
    "idle": ["--seconds", "60"],
    "soak": [],
    "commit": ["--times", "100"],
    "year": ["--times", "60"],
    "storm": ["--count", "40"],
    "office": ["--minutes", "10"],
    "clocks": ["--times", "40"],
}


def main() -> int:
    """Run them."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--full", action="store_true", help="more repetitions")
    parser.add_argument("only", nargs="*", help="names of measurements: " + " ".join(QUICK))
    given = parser.parse_args()
    chosen = FULL if given.full else QUICK
    for name in given.only or chosen:
        code = subprocess.run([sys.executable, "-m", f"bench.{name}", *chosen[name]], check=False).returncode
        if code:
            print(f"  bench.{name} ended with {code}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
