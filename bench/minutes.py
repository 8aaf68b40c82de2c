"""Typing minutes while people talk: a meeting of 300 lines, from a key to the first byte it paints.

    python -m bench.minutes [--keys N]

Letters are typed at the end of the discussion, in a new line and in a long one; then a line is turned and one begun.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bench.boards import DAY, Maker
from bench.report import Report
from bench.start import AS, SCRIPT
from bench.terminal import Burst, Terminal, environment
from store.records import AgendaItem, LineKind, Meeting, MinutesLine

LINES = 300
SIZES = ((80, 24), (120, 40), (220, 60))
TEXT = "设计部: 完成3版草图, 缺渠道数据, 预计影响 10-16 里程碑; 华东数据已齐, 另缺安徽、浙江两省。"


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=150)
    keys = parser.parse_args().keys
    report = Report(f"Minutes of {LINES} lines, {keys} keys at each size")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "board.json"
            _make(path)
            with Terminal([SCRIPT, str(path), *AS], environment(Path(folder)), size) as terminal:
                terminal.until("live")
                terminal.settle(0.5, 4)
                terminal.await_after(b"4", "[4 ")
                terminal.settle(0.5, 3)
                terminal.press(b"\r", quiet=0.6)
                letters = [terminal.press("字".encode()) for _key in range(keys)]
                lines = [terminal.press(key) for _round in range(keys // 10) for key in (b"\t", b"\r", "字".encode())]
        name = f"{size[0]}x{size[1]}"
        report.figure(f"{name}: a character, median to the first byte", _middle(letters), 16, " ms", _spread(letters))
        report.figure(f"{name}: Tab, Enter and a character, median", _middle(lines), 16, " ms", _spread(lines))
    return 0


def _make(path: Path) -> None:
    """A board with one meeting that goes on: 300 lines in four agenda items, the last one unfinished."""
    now = int(time.time())
    maker = Maker(now)
    card = maker.card(1, now + 20 * DAY, subtasks=5)
    recorder = maker.people[1]
    meeting = maker.put(
        "meetings",
        Meeting(kind="progress", name="筹备会", number="M-001", card=card, starts=now - 3_600, ends=now + 3_600,
                chair=recorder, recorder=recorder, state="held", noticed_at=now - 2 * DAY, ended_at=now - 60),
    )  # fmt: skip
    for order in range(4):
        item = maker.put(
            "agenda", AgendaItem(meeting=meeting, order=order, title=f"议程 {order}", minutes=15, finished=order < 3)
        )
        for n in range(LINES // 4):
            kind: LineKind = "point" if n % 5 else "action" if n % 2 else "decision"
            who, owner = ("员工02", maker.people[2]) if n % 2 else ("", None)
            line = MinutesLine(
                meeting=meeting, item=item, order=n * 1024, kind=kind, text=f"{n} {TEXT}", who=who, owner=owner,
                due=now + 3 * DAY if owner else None,
            )  # fmt: skip
            maker.put("lines", line)
    maker.write(path)


def _middle(found: list[Burst]) -> float:
    return median(each.first for each in found if each.first is not None)


def _spread(found: list[Burst]) -> str:
    first = [each.first for each in found if each.first is not None]
    return f"p95 {quantiles(first, n=20)[-1]:.1f}, least {min(first):.1f}, CPU {median(e.cpu for e in found):.1f} ms"


if __name__ == "__main__":
    raise SystemExit(main())
