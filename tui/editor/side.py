"""Beside the text: the meeting's facts, agenda with its time, attendance, action items (screens.md §3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.records import Meeting
from store.rules.clocks import Clock
from store.views.state import BoardState
from tui import words
from tui.cells import fit, width, wrap
from tui.editor.drawing import Drawing
from tui.editor.page import Line, Page, Section
from tui.editor.timing import over, timer
from tui.frame import spread
from tui.i18n import _, ngettext, p_
from tui.look import STYLES, glyph
from tui.present.lead import lead_of
from tui.present.meetings import attendee, start_text
from tui.present.minutes_parts import LABEL, agenda_sum, amendment_lines, over_length, review_lines
from tui.subjects import local

SIDE = 28
"""Cells of the left pane with its bar."""


def facts_line(state: BoardState, meeting: Meeting, now: int, cells: int) -> Text:
    """Name, time, place and state; right the clocks of the minutes."""
    line = Text.assemble(" ", (meeting.name or meeting.number, STYLES["strong"]), "  ")
    line.append(start_text(state, meeting.starts, now))
    if meeting.ends:
        line.append(f"-{local(state, meeting.ends):%H:%M}")
    line.append(f" {meeting.place}" if meeting.place else "")
    line.append(f"   {words.meeting_state(meeting.state)}", STYLES["cyan"])
    row = state.meeting_rows.get(meeting.id)
    clocks = Text()
    for label, clock in ((p_("column", "draft"), row and row.draft), (p_("column", "final"), row and row.final)):
        if clock:
            clocks.append_text(_clock(state, label, clock, now))
    return spread(line, clocks, cells)


def _clock(state: BoardState, label: str, clock: Clock, now: int) -> Text:
    lead = lead_of(clock, now, state.working)
    time = lead.time if clock.is_open else lead.glyph
    return Text.assemble((f"{label} ", STYLES["dim"]), (time, STYLES[lead.band]), "  ")


def status_line(page: Page, section: Section | None, findings: int, cells: int) -> Text:
    """For narrow screens: the agenda item, its time, the meeting's time and findings in one line."""
    line = Text(" ")
    if section is not None:
        line.append(f"{page.number_of(section)}/{len(page.sections)} {section.item.title}")
        line.append(f"  {timer(section)}", STYLES["yellow" if over(section) else "dim"])
    used, planned = total(page)
    right = Text(_("meeting {used} min").format(used=f"{used}/{planned}" if planned else used), STYLES["dim"])
    right.append(f" | {findings_text(findings)} ", STYLES["yellow" if findings else "dim"])
    return spread(line, right, cells)


def total(page: Page) -> tuple[int, int]:
    """Minutes used and planned of all agenda items."""
    return sum(s.used for s in page.sections) // 60, sum(s.item.minutes or 0 for s in page.sections)


def findings_text(findings: int) -> str:
    """`1 finding`, `2 findings`."""
    return ngettext("{n} finding", "{n} findings", findings).format(n=findings)


def side_lines(drawing: Drawing, meeting: Meeting, section: Section | None, findings: int, height: int) -> list[Text]:
    """The left pane: agenda, attendance, findings, with a bar at its right end to the bottom."""
    state, page, cells = drawing.reader.state, drawing.page, SIDE - 2
    lines = [Text(" " + fit(_("agenda"), 12) + fit(_("used/plan"), cells - 13, "right"), STYLES["head"])]
    lines += [_item(page, each, each is section, cells) for each in page.sections]
    used, planned = total(page)
    lines.append(Text(fit(f"{used}/{planned}" if planned else f"{used}", cells, "right"), STYLES["dim"]))
    if over_length(state, meeting) > 0:
        lines += [Text(f" {part}", STYLES["yellow"]) for part in wrap(agenda_sum(state, meeting), cells - 1, 2)]
    lines += [Text(), Text(" " + _("attends"), STYLES["head"])]
    for row in state.board.attendance_of.get(meeting.id, ()):
        text = attendee(state, meeting, row)
        style = STYLES["dim" if row.presence == "absent" else "calm"]
        lines += [Text(f" {part}", style) for part in wrap(text, cells - 1, 2)]
    lines += _reviewed(state, meeting, cells)
    lines += [Text(), Text(f" {findings_text(findings)}" + (_(" (n next)") if findings else ""), STYLES["dim"])]
    lines = lines[:height] + [Text()] * (height - len(lines))
    return [_barred(line, cells) for line in lines]


def _reviewed(state: BoardState, meeting: Meeting, cells: int) -> list[Text]:
    """Who answered the draft, to whom the final minutes went, and what was amended since."""
    parts = (
        (_("reviewed"), review_lines(state, meeting, cells + LABEL - 1)),
        (_("amended"), amendment_lines(state, meeting, cells + LABEL - 1)),
    )
    lines: list[Text] = []
    for head, found in parts:
        if found:
            lines += [Text(), Text(f" {head}", STYLES["head"]), *(Text.assemble(" ", line) for line in found)]
    return lines


def _barred(line: Text, cells: int) -> Text:
    row = line.copy()
    row.append(" " * max(0, cells - row.cell_len + 1))
    row.append("|", STYLES["dim"])
    return row


def _item(page: Page, section: Section, here: bool, cells: int) -> Text:
    planned = section.item.minutes
    time = f"{section.used // 60}/{planned}" if planned else f"{section.used // 60}"
    late = over(section) > 0
    mark = glyph("now") if late else ""
    done = f" {glyph('met')}" if section.done else ""
    tail = f"{mark}{time}{done}"
    head = f"{'>' if here else ' '}{page.number_of(section)} "
    title = fit(section.item.title, cells - width(head) - width(tail) - 1)
    line = Text.assemble(head, (title, STYLES["strong"] if here else STYLES["calm"]), " ")
    line.append(tail, STYLES["yellow" if late else "dim"])
    return line


def action_lines(page: Page, drawing: Drawing, cells: int) -> list[Text]:
    """The third pane of a wide screen: every action item in short, findings first."""
    actions = [line for line in page.lines() if line.kind == "action" and not line.blank]
    marked = [(line, drawing.is_finding(line)) for line in actions]
    lines = [Text(" " + _("action items {n}").format(n=len(actions)), STYLES["head"])]
    for line, finding in sorted(marked, key=lambda pair: not pair[1]):
        lines += _action(line, drawing, cells, finding=finding)
    return lines


def _action(line: Line, drawing: Drawing, cells: int, *, finding: bool) -> Sequence[Text]:
    """The rows of one action item, kept with the drawing until it reads otherwise."""
    key = (line.text, line.stored, finding, cells)
    kept = drawing.short.get(id(line))
    if kept is None or kept[0] != key:
        kept = drawing.short[id(line)] = key, _short(line, drawing, cells, finding=finding)
    return kept[1]


def _short(line: Line, drawing: Drawing, cells: int, *, finding: bool) -> Sequence[Text]:
    meaning = drawing.meaning(line)
    mark = glyph("flag") if finding else " "
    head = Text.assemble((f" {mark} ", STYLES["yellow"]), fit(meaning.text, max(4, cells - 4)))
    below = drawing.understood(line, cells - 6)
    return [head, Text.assemble("     ", below)] if below is not None else [head]
