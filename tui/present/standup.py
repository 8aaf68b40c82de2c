"""The stand-up: one department at a time, what it owes and what does not run (screens.md §3.8)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.rules.entries import last_report
from store.views.departments import DepartmentRow, subtasks_of_department
from store.views.owed import end_of_day
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui import words
from tui.cells import fit, wrap
from tui.deeds import said_words
from tui.frame import spread
from tui.i18n import _, p_
from tui.look import STYLES
from tui.present.departments import counts, glyphs, last_line, short_number, state_cell
from tui.present.lead import lead_of
from tui.subjects import day_time, who_names
from tui.widgets.columns import Cell

INDENT = "   "
NOT_RUNNING = frozenset({"blocked", "lagging", "overdue"})


def standup_head(rows: Sequence[DepartmentRow], at: int) -> Text:
    """`STAND-UP 1/5   next 销售部 2!`."""
    line = Text.assemble(" ", (p_("walk", "STAND-UP"), STYLES["strong"]), f" {at + 1}/{len(rows)}   ")
    if at + 1 < len(rows):
        following = rows[at + 1]
        line.append(p_("walk", "next") + " ", STYLES["dim"])
        line.append(following.name + " ")
        line.append(f"{following.owed}!" if following.owed else "0", STYLES["yellow" if following.owed else "dim"])
    return line


def department_page(state: BoardState, row: DepartmentRow, now: int, cells: int) -> list[Text]:
    """Head, owed reports, then what lags, is blocked or overdue without owing one."""
    lines = [*_head(state, row, now, cells), Text()]
    rows = subtasks_of_department(state, row.id)
    end = end_of_day(state, now)
    owing = sorted(
        (r for r in rows if r.owed_at is not None and r.owed_at <= end), key=lambda r: (r.owed_at or 0, r.number)
    )
    stuck = [r for r in rows if r.group(now) in NOT_RUNNING and r not in owing]
    sections = (
        (_("owes today {n}"), owing, "yellow"),
        (_("also blocked, lagging or overdue {n}"), stuck, "red"),
    )
    for heading, found, tone in sections:
        lines.append(Text(INDENT + heading.format(n=len(found)), STYLES[tone if found else "dim"]))
        for each in found:
            lines += _subtask(state, each, now, cells)
        lines.append(Text())
    if owing:
        lines.append(Text(INDENT + _("p enters the owed reports, one after the other"), STYLES["dim"]))
    return lines


def _head(state: BoardState, row: DepartmentRow, now: int, cells: int) -> list[Text]:
    head = state.board.departments[row.id].head
    name = Text.assemble("  ", (f" {row.name}", STYLES["strong"]), f"   {state.board.person_name(head)}")
    lead = lead_of(row.clock, now, state.working)
    clock = Text(f"{lead.glyph} {lead.word} {lead.time.strip()}".rstrip() + " ", STYLES[lead.band])
    if row.clock is not None:
        clock.append(f" {words.clock(row.clock.kind)}  {who_names(state, row.clock, 2)} ", STYLES[""])
    return [
        spread(name, clock, cells),
        Text(),
        pieces([*glyphs(row), ("  ", "normal"), *counts(row, cells)]),
        pieces(last_line(state, row, now, min(cells - 4, 60))),
    ]


def _subtask(state: BoardState, row: SubtaskRow, now: int, cells: int) -> list[Text]:
    """Countdown, number, title, owner, percent, state; below it what was said last."""
    lead = lead_of(row.clock, now, state.working)
    line = Text.assemble(INDENT, (f"{lead.glyph} {fit(lead.time, 8, 'right')}", STYLES[lead.band]), "  ")
    owner = fit(state.board.person_name(row.owner), 8)
    tail = Text.assemble(f"{owner} {row.percent:>3}%  ", pieces(state_cell(row, now, 22), ""))
    room = max(12, cells - line.cell_len - tail.cell_len - 10)
    line.append(f"{fit(short_number(row.number), 6, cut_at='left')} {fit(row.name, min(room, 40))}  ")
    lines = [line.append_text(tail)]
    last = last_report(state.board.progress_of.get(row.id, ()))
    if last is not None:
        said = f"{day_time(state, last.at, now)} {state.board.person_name(last.by)}: " + said_words(last)
        lines += [Text(f"{'':14}{part}", STYLES["dim"]) for part in wrap(said, max(10, cells - 15), 2)]
    return lines


def pieces(cell: Cell, indent: str = INDENT) -> Text:
    """A table's cell as a line."""
    line = Text(indent)
    for text, tone in [(cell, "")] if isinstance(cell, str) else [cell] if isinstance(cell, tuple) else cell:
        line.append(text, STYLES.get(tone, STYLES[""]))
    return line
