"""How a meeting reads in the minutes list, and its preview (screens.md §3.4)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.records import AgendaItem, Attendance, Meeting, MinutesLine
from store.rules.clocks import Clock, left
from store.views.minutes import MeetingRow
from store.views.state import BoardState
from tui import words
from tui.cells import wrap
from tui.duration import countdown
from tui.i18n import _, language, p_
from tui.look import STYLES, glyph
from tui.present.lead import StatePainter
from tui.present.lines import dashes, labelled
from tui.present.minutes_parts import (
    agenda_sum,
    amendment_lines,
    carried_lines,
    is_short_notice,
    over_length,
    review_lines,
)
from tui.subjects import due_text, local
from tui.widgets.columns import Cell, Column, Placed

STATE_TONE = {"final": "green", "cancelled": "dim"}
PRESENCE_GLYPH = {"present": "met", "absent": "none", "expected": "calm"}
MOST_DECISIONS = 6


def meeting_columns() -> tuple[list[Column], tuple[str, ...]]:
    """The columns of the minutes list, and the order in which they leave."""
    chinese = language() != "en"
    columns = [
        Column("date", p_("column", "date"), 11),
        Column("kind", p_("column", "kind"), 6 if chinese else 7, 6),
        Column("meeting", p_("column", "meeting"), 22, flexible=True),
        Column("card", p_("column", "card"), 15, cut="left"),
        Column("state", p_("column", "state"), 7 if chinese else 10, 7 if chinese else 9),
        Column("draft", p_("column", "draft") + "24h", 8, align="right"),
        Column("final", p_("column", "final") + "48h", 8, align="right"),
        Column("items", p_("column", "items"), 8),
    ]
    return columns, ("card", "final", "draft")


class MeetingPainter(StatePainter[MeetingRow]):
    """Meetings with the nearest of their clocks: meeting, draft, final."""

    def look(self, row: MeetingRow, now: int) -> object:
        """The row and what its two minutes clocks say."""
        return row, clock_cell(row.draft, now), clock_cell(row.final, now)

    def cell(self, state: BoardState, row: MeetingRow, place: Placed, now: int) -> Cell:
        """One cell of a meeting."""
        return _cell(state, row, place.column.key, now)


def _cell(state: BoardState, row: MeetingRow, key: str, now: int) -> Cell:
    if key == "date":
        return (start_text(state, row.starts, now), "dim")
    if key == "kind":
        return words.meeting_kind(row.kind)
    if key == "meeting":
        return row.name or row.number
    if key == "card":
        return (row.card_number, "dim")
    if key == "state":
        return (glyph(row.state) + words.meeting_state(row.state), STATE_TONE.get(row.state, "normal"))
    if key == "draft":
        return clock_cell(row.draft, now)
    if key == "final":
        return clock_cell(row.final, now)
    return items_cell(row)


def start_text(state: BoardState, starts: int, now: int) -> str:
    """`10-09 15:30`, with the year's two digits when it is another year: `25-12-30`."""
    at = local(state, starts)
    return f"{at:%m-%d %H:%M}" if at.year == local(state, now).year else f"{at:%Y-%m-%d}"


def clock_cell(clock: Clock | None, now: int) -> Cell:
    """What is left of a minutes clock; a tick once it was met in time, a cross when it was met late."""
    if clock is None:
        return ""
    if clock.is_open:
        rest = left(clock, now)
        return (countdown(rest), "red" if rest < 0 else "normal")
    if clock.closed is None:
        return (glyph("void"), "dim")
    late = clock.closed > clock.due
    return (glyph("over"), "red") if late else (glyph("met"), "green")


def items_cell(row: MeetingRow) -> Cell:
    """`2 carry` before the meeting, `2 open` while action items are no subtasks yet, then `3/5 done` of these."""
    if row.state == "notice" and row.carried:
        return _("{n} carry").format(n=row.carried)
    if row.items_open:
        return (_("{n} open").format(n=row.items_open), "yellow")
    if row.items_done < row.items:
        return _("{n}/{all} done").format(n=row.items_done, all=row.items)
    return (_("{n} done").format(n=row.items), "green") if row.items else ("0", "dim")


def meeting_preview(state: BoardState, row: MeetingRow, cells: int) -> list[Text]:
    """Agenda, attendance and decisions of a meeting; the first line is the heading of the pane."""
    meeting = state.board.meetings.get(row.id)
    if meeting is None:
        return []
    lines = [dashes(f"{row.number} {meeting.name}", cells), Text.assemble(" ", facts(state, meeting))]
    if meeting.goal:
        lines += labelled(p_("label", "goal"), [Text(t) for t in wrap(meeting.goal, max(10, cells - 10), 2)])
    lines += labelled(p_("label", "amended"), amendment_lines(state, meeting, cells))
    lines += labelled(p_("label", "agenda"), _agenda(state, meeting))
    lines += labelled(p_("label", "carried"), carried_lines(state, meeting, cells))
    lines += labelled(p_("label", "attends"), _attendance(state, meeting, cells))
    lines += labelled(p_("label", "reviewed"), review_lines(state, meeting, cells))
    found = [line for __, item in agenda(state, meeting.id) for line in state.board.lines_of.get(item.id, ())]
    decided = [line for line in found if line.kind == "decision"]
    lines += labelled(p_("label", "decided"), _texts(decided, cells))
    lines += labelled(p_("label", "actions"), _actions(state, [line for line in found if line.kind == "action"], cells))
    return lines


def facts(state: BoardState, meeting: Meeting) -> Text:
    """When, where, who leads and who writes."""
    line = Text(due_text(state, meeting.starts))
    if meeting.ends:
        line.append(f"-{local(state, meeting.ends):%H:%M}")
    for part in (meeting.place, words.meeting_kind(meeting.kind), words.meeting_state(meeting.state)):
        line.append(f"   {part}" if part else "")
    people = (
        (_("chair {who}"), meeting.chair),
        (_("recorder {who}"), meeting.recorder),
        (_("material {who}"), meeting.material_owner),
    )
    for label, person in people:
        name = state.board.person_name(person)
        line.append(f"   {label.format(who=name)}" if name else "")
    if meeting.state == "notice" and is_short_notice(state, meeting.kind, meeting.starts, meeting.noticed_at):
        line.append("   " + _("short notice"), STYLES["yellow"])
    if meeting.skipped:
        days = ", ".join(f"{local(state, start):%m-%d}" for start in meeting.skipped)
        line.append("   " + _("skipped, days off: {days}").format(days=days), STYLES["yellow"])
    if meeting.reason:
        line.append(f"   {meeting.reason}", STYLES["yellow"])
    return line


def agenda(state: BoardState, meeting: int) -> list[tuple[int, AgendaItem]]:
    """A meeting's agenda items in order, numbered from 1."""
    return list(enumerate(state.board.agenda_of.get(meeting, ()), 1))


def _agenda(state: BoardState, meeting: Meeting) -> list[Text]:
    lines = [line for n, item in agenda(state, meeting.id) for line in _agenda_lines(state, n, item)]
    total = agenda_sum(state, meeting)
    return [*lines, Text(total, STYLES["yellow" if over_length(state, meeting) > 0 else "dim"])] if total else lines


def _agenda_lines(state: BoardState, number: int, item: AgendaItem) -> list[Text]:
    """An item, below it what was settled beforehand and what is read for it."""
    lines = [_agenda_line(state, number, item)]
    if item.agreed:
        lines.append(Text("  " + _("agreed beforehand: {text}").format(text=item.agreed), STYLES["dim"]))
    if item.disagreement:
        lines.append(Text("  " + _("disagreement: {text}").format(text=item.disagreement), STYLES["yellow"]))
    if item.attachments:
        lines.append(Text("  " + _("attachments: {text}").format(text=item.attachments), STYLES["dim"]))
    return lines


def _agenda_line(state: BoardState, number: int, item: AgendaItem) -> Text:
    line = Text(f"{number} {item.title}")
    planned = f"/{item.minutes}" if item.minutes else ""
    if planned or item.used_seconds:
        line.append(f"  {item.used_seconds // 60}{planned} {_('min')}", STYLES["dim"])
    who = state.board.person_name(item.presenter)
    line.append(f"  {who}" if who else "", STYLES["dim"])
    line.append(f" {glyph('met')}" if item.finished else "", STYLES["green"])
    return line


def _attendance(state: BoardState, meeting: Meeting, cells: int) -> list[Text]:
    parts = [attendee(state, meeting, row) for row in state.board.attendance_of.get(meeting.id, ())]
    return [Text(t) for t in wrap("   ".join(parts), max(10, cells - 10), 4)] if parts else []


def attendee(state: BoardState, meeting: Meeting, row: Attendance) -> str:
    """`✓ 王敏 主持`, `- 李强 出差 由何平代`: one person at a meeting."""
    text = f"{glyph(PRESENCE_GLYPH[row.presence])} {state.board.person_name(row.person)}"
    if row.person == meeting.chair:
        text += f" {_('chair')}"
    if row.person == meeting.recorder:
        text += f" {_('recorder')}"
    if row.observer:
        text += f" {_('observer')}"
    if row.presence == "absent":
        text += f" {row.reason}".rstrip()
        stand_in = state.board.person_name(row.stand_in)
        text += " " + _("for them {who}").format(who=stand_in) if stand_in else ""
    return text


def _texts(lines: Sequence[MinutesLine], cells: int) -> list[Text]:
    shown = [Text(wrap(line.text, max(10, cells - 10), 1)[0]) for line in lines[:MOST_DECISIONS]]
    return shown + _more(lines)


def _more(lines: Sequence[MinutesLine]) -> list[Text]:
    rest = len(lines) - MOST_DECISIONS
    return [Text(_("and {n} more").format(n=rest), STYLES["dim"])] if rest > 0 else []


def _actions(state: BoardState, lines: Sequence[MinutesLine], cells: int) -> list[Text]:
    """Each action item with who does it by when, or the subtask it became and how that one stands."""
    shown = []
    for line in lines[:MOST_DECISIONS]:
        subtask = state.board.subtasks.get(line.subtask or 0)
        if subtask is not None:
            tail = Text(f"  {glyph(subtask.status)}{words.status(subtask.status)} {subtask.number}", STYLES["dim"])
        elif line.gone:
            tail = Text("  " + words.labelled(_("archived"), "; ".join(line.gone)), STYLES["dim"])
        else:
            owner = state.board.person_name(line.owner) or line.who
            due = due_text(state, line.due) if line.due else line.due_text
            tail = Text.assemble(
                "  ",
                (owner or _("nobody yet"), STYLES["calm" if owner else "yellow"]),
                "  ",
                (due or _("no date"), STYLES["calm" if due else "yellow"]),
            )
        room = max(10, cells - 10 - tail.cell_len)
        shown.append(Text.assemble(wrap(line.text, room, 1)[0], tail))
    return shown + _more(lines)
