"""A live table in an app of its own, that notes what it asks for, what it repaints and what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from tui import look
from tui.duration import countdown
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.live_table import LiveTable
from tui.widgets.rows import Lead, Painter

NOW = 1_791_000_000
DAY = 86_400
COLUMNS = (
    Column("id", "编号", 15, cut="left"),
    Column("name", "任务卡", 22, flexible=True),
    Column("lead", "负责人", 8),
    Column("percent", "%", 4, align="right"),
)
LEAVE = ("lead",)


class Row(NamedTuple):
    """A made-up card."""

    id: int
    due: int = NOW + 3 * DAY
    name: str = "卡"
    percent: int = 0


class Cards(Painter[Row]):
    """Reads rows and counts how often it is asked."""

    def __init__(self, below: int = 0) -> None:
        self.asked: list[int] = []
        self.lines_below = below

    def lead(self, row: Row, now: int) -> Lead:
        """Over, now or calm by the time left."""
        left = row.due - now
        band, word = ("over", "超时") if left < 0 else ("now", "now") if left < 7_200 else ("calm", "正常")
        return Lead(look.glyph(band), word, countdown(left), band)

    def cells(self, row: Row, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """Text, a tone, and pieces."""
        self.asked.append(row.id)
        made: dict[str, Cell] = {
            "id": f"Q4营销-2026-{row.id:03d}",
            "name": row.name,
            "lead": ("王敏", "cyan"),
            "percent": [(f"{row.percent}", "bold"), ("%", "dim")],
        }
        return [made[column.key] for column, _ in placed]

    def below(self, row: Row, now: int) -> Sequence[Cell]:
        """Further lines, numbered."""
        return [f"{row.name} line {number}" for number in range(self.lines_below)]


class Watched(LiveTable[Row]):
    """A table that notes what it wants repainted."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.regions: list[Region] = []
        super().__init__(*args, **options)

    def refresh(self, *regions: Region, **options: Any) -> Any:
        """Note the regions; none means all."""
        self.regions += regions or [Region(0, 0, *self.size)]
        return super().refresh(*regions, **options)


class Shown(App[None]):
    """A table, and another thing to focus."""

    def __init__(self, rows: Sequence[Row], *, high: int = 1, empty: str = "") -> None:
        super().__init__()
        self.cards = Cards(high - 1)
        self.table = Watched(
            COLUMNS, self.cards, leave=LEAVE, lead_title="剩余", lines_per_row=high, empty_text=empty, id="table"
        )
        self.first = rows
        self.told: list[tuple[str, object]] = []

    def compose(self) -> ComposeResult:
        """The table fills the screen but for one line."""
        yield self.table
        other = Static("other", id="other")
        other.can_focus = True
        yield other

    def on_mount(self) -> None:
        """Rows at the start."""
        self.table.set_rows(self.first, NOW)
        self.table.focus()

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """Another row."""
        self.told.append(("highlighted", message.row_id))

    def on_live_table_opened(self, message: LiveTable.Opened) -> None:
        """Opened."""
        self.told.append(("opened", message.row_id))


def lines(table: LiveTable[Any]) -> list[str]:
    """What stands on the screen, as it was last painted."""
    return [strip.text for strip in table.render_lines(table.size.region)]


def part(table: LiveTable[Any], y: int, start: int, end: int) -> str:
    """The text in some cells of a line."""
    return table.render_lines(Region(start, y, end - start, 1))[0].text


async def settle(pilot: Pilot[None], app: Shown) -> None:
    """Everything drawn; then forget what was asked and repainted so far."""
    await pilot.pause()
    lines(app.table)
    app.cards.asked.clear()
    app.table.regions.clear()
    app.told.clear()


def rows(count: int, **fields: Any) -> list[Row]:
    """So many rows, numbered."""
    return [Row(number, **fields) for number in range(count)]
