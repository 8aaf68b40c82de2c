"""A live table alone in an app, to measure with a pty harness: cursor keys, ticks, mount. Runs until `q`.

    python bench/live_table.py --rows 10000 --urgent 0.1 --span 600

`--urgent` is the share of visible rows due within `--span` seconds, spread evenly over it; the others are due in
3 days and more. `--no-tick` leaves the clock out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.widgets import Static

from tui.duration import countdown, with_seconds
from tui.filters import NET
from tui.look import THEME
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.live_table import LiveTable
from tui.widgets.rows import Lead, Painter

COLUMNS = (
    Column("id", "编号", 15, cut="left"),
    Column("card", "任务卡", 22, flexible=True),
    Column("lead", "负责人", 8),
    Column("departments", "部门", 8),
    Column("priority", "优", 2),
    Column("stage", "阶段", 6),
    Column("progress", "进度", 13, min_width=4),
    Column("clock", "时限", 8),
    Column("who", "谁须行动", 12, min_width=9),
)
LEAVE = ("departments", "priority", "lead", "progress", "clock", "stage")
VISIBLE = 45


class Row(NamedTuple):
    """A made-up card."""

    id: int
    due: int


class Cards(Painter[Row]):
    """Rows as on the overview."""

    def lead(self, row: Row, now: int) -> Lead:
        """A band by the time left."""
        left = row.due - now
        time_ = countdown(left)
        if left < 0:
            return Lead("✗", "超时", time_, "over")
        if left < 7200:
            return Lead("⚠", "紧迫", time_, "now")
        return Lead("", "正常", time_, "calm")

    def cells(self, row: Row, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """Cells with a bar and a few tones."""
        done = row.id % 9
        made: dict[str, Cell] = {
            "id": f"Q4营销-2026-{row.id:03d}",
            "card": f"Q4营销活动筹备 {row.id}",
            "lead": "王敏",
            "departments": "市销产设",
            "priority": ("高", "red") if row.id % 3 == 0 else "中",
            "stage": ("进行中", ""),
            "progress": [(" " * done, "bar"), (" " * (8 - done), "bar_rest"), (f" {done * 12:3d}%", "")],
            "clock": "进度",
            "who": "王敏",
        }
        if any(column.key == "progress" and wide == column.min_width for column, wide in placed):
            made["progress"] = f"{done * 12:3d}%"  # the bar left, its % stays
        return [made[column.key] for column, _ in placed]


class Bench(App[None]):
    """A header clock and the table."""

    CSS = "#clock { height: 1; width: 9; } "
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "quit", show=False)]

    def __init__(self, rows: int, urgent: float, span: int, tick: bool) -> None:
        super().__init__()
        self.start = int(time.time())
        count = int(VISIBLE * urgent)
        soon = [self.start + 60 + span * place // max(1, count) for place in range(count)]
        dues = soon + [self.start + 3 * 86400 + 1800 + place % 60 for place in range(rows - count)]
        self.rows = [Row(place, due) for place, due in enumerate(dues)]
        self.ticking = tick

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's and ours."""
        return [*super().get_line_filters(), *NET]

    def compose(self) -> ComposeResult:
        """The clock first."""
        yield Static("", id="clock", markup=False)
        yield LiveTable(COLUMNS, Cards(), lead_title="剩余", leave=LEAVE)

    def on_mount(self) -> None:
        """Rows, then a tick a second."""
        self.register_theme(THEME)
        self.theme = THEME.name
        table = self.query_one(LiveTable)
        table.set_rows(self.rows, self.start)
        table.focus()
        if self.ticking:
            self.set_interval(1, self.tick)

    def tick(self) -> None:
        """What a dashboard does each second."""
        now = int(time.time())
        self.query_one("#clock", Static).update(with_seconds(3600 - (now - self.start)))
        self.query_one(LiveTable).tick(now)


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1000)
    options.add_argument("--urgent", type=float, default=0.1)
    options.add_argument("--span", type=int, default=600)
    options.add_argument("--no-tick", action="store_true")
    given = options.parse_args()
    Bench(given.rows, given.urgent, given.span, not given.no_tick).run()


if __name__ == "__main__":
    main()
