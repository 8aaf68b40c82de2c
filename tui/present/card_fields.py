"""The first tab of a card: its fields in the order of T1, departments, milestones, the next stage (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.records import Card, Duty, Milestone
from store.rules.clocks import Clock
from store.rules.relative_dates import due_of
from store.views.card import CardDetail
from store.views.queue import IssueRow
from store.views.state import BoardState
from tui import words
from tui.cells import width, wrap
from tui.field_words import field_word
from tui.i18n import _, p_
from tui.look import glyph
from tui.present.card_papers import (
    attachment_lines,
    contact_words,
    duty_more,
    meeting_words,
    passed_lines,
    recurrence_lines,
    seen_lines,
)
from tui.present.card_preview import ANSWER_TONE
from tui.present.fields import value_words
from tui.present.lead import NO_LEAD, StatePainter
from tui.present.why import clock_of, instant_text
from tui.subjects import signer_words
from tui.widgets.columns import Cell, Column, Piece, Placed
from tui.widgets.rows import Lead

Ref = tuple[str, int]
LABEL = 15
"""Cells of the names of fields."""
BESIDE = 17 + 1 + LABEL + 1
"""Cells of a line that are not text."""
LEAST_TEXT = 20

BEFORE = (
    "paper_number", "project", "category", "type", "priority", "initiator", "initiating_department", "lead",
    "lead_department", "requester_contact", "acceptor", "acceptor_department", "tracker", "initiated_at", "background",
    "goal", "scope", "out_of_scope", "deliverables", "acceptance_criteria",
)  # fmt: skip
"""Fields that stand before the departments (rulebook §2, T1)."""
AFTER = (
    "resources", "resources_used", "budget", "budget_used", "mechanism", "cadence", "regular_meeting", "channel",
    "urgent_contact", "answer_limit_hours", "response_limit_hours", "kickoff", "kickoff_note", "reminders", "notes",
    "reason",
)  # fmt: skip
"""Fields that stand behind the milestones and the plan."""


class FieldRow(NamedTuple):
    """One line of the tab. `id` is the doc id of a duty or milestone, else a name; `ref` is what verbs act on."""

    id: int | str
    label: str
    text: tuple[Piece, ...]
    ref: Ref
    clock: Clock | None = None


def field_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Name of the field, text."""
    columns = [Column("label", p_("column", "field"), LABEL), Column("text", "", LEAST_TEXT, flexible=True)]
    return columns, ()


class FieldPainter(StatePainter[FieldRow]):
    """Lines are ready; only a countdown turns."""

    def lead(self, row: FieldRow, now: int) -> Lead:
        """The clock of a duty, a milestone or the plan."""
        return super().lead(row, now) if row.clock else NO_LEAD

    def cells(self, row: FieldRow, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """Label and text."""
        return [(row.label, "dim"), list(row.text)]


def field_rows(state: BoardState, detail: CardDetail, now: int, cells: int) -> list[FieldRow]:
    """All lines of the tab for a screen of so many cells; empty fields are left out."""
    from tui.present.card_closing import closing_rows, gate_rows  # which are made of the lines of this tab

    card = detail.card
    dated = [(due_of(state.board, each, state.working), each) for each in detail.milestones]
    milestones = [each for due, each in sorted(dated, key=lambda pair: (pair[0] is None, pair[0] or 0))]
    rows = [
        *_fields(state, card, BEFORE, now),
        *_section(p_("label", "departments"), (_duty(state, duty, now) for duty in detail.duties)),
        *_section(p_("label", "milestones"), (_milestone(state, each, now) for each in milestones)),
        *_plan(state, card, now),
        *_section(p_("label", "risks"), (_risk(state, row, now) for row in detail.issues)),
        *_fields(state, card, AFTER, now),
        *_papers(state, card, now),
        *closing_rows(state, card),
        *gate_rows(state, card),
    ]
    return wrapped_rows(rows, cells)


def wrapped_rows(rows: Iterable[FieldRow], cells: int) -> list[FieldRow]:
    """Lines as a screen of so many cells shows them."""
    room = max(LEAST_TEXT, cells - BESIDE)
    return [part for row in rows for part in _wrapped(row, room)]


def _fields(state: BoardState, card: Card, names: Sequence[str], now: int) -> Iterator[FieldRow]:
    for name in names:
        value = getattr(card, name)
        # A kickoff that is held is the rule; only its absence is worth a line.
        if value is None or value == "" or (name == "kickoff" and value):
            continue
        hours = name.endswith("_hours")
        if name == "regular_meeting":
            text = meeting_words(card.regular_meeting, card.meeting_day, card.meeting_at)
        elif name == "urgent_contact":
            text = contact_words(state, value)
        else:
            text = _("{n} h").format(n=value) if hours else value_words(state, "cards", name, value, now)
        yield FieldRow(name, field_word(name), ((text, ""),), ("cards", card.id))


def _papers(state: BoardState, card: Card, now: int) -> Iterator[FieldRow]:
    """What hangs on the card: attachments, who has seen it, gates passed, how it recurs."""
    lines = (
        *recurrence_lines(state, card, now),
        *attachment_lines(state, card, now),
        *seen_lines(state, card),
        *passed_lines(state, card, now),
    )
    for name, label, text in lines:
        yield FieldRow(name, label, text, ("cards", card.id))


def _wrapped(row: FieldRow, room: int) -> Iterator[FieldRow]:
    """A line as several where its text does not fit; what follows belongs to the same record."""
    *head, (text, tone) = row.text
    used = sum(width(piece) for piece, __ in head)
    first, *more = wrap(text, max(LEAST_TEXT, room - used))
    yield row._replace(text=(*head, (first, tone)))
    for n, part in enumerate(more, 1):
        yield FieldRow(f"{row.id}:{n}", "", ((" " * used + part, tone),), row.ref)


def _section(label: str, rows: Iterator[FieldRow]) -> Iterator[FieldRow]:
    """Records of one kind, the first with the label."""
    for n, row in enumerate(rows):
        yield row._replace(label=label if n == 0 else "")


def _duty(state: BoardState, duty: Duty, now: int) -> FieldRow:
    """`市场部 ✓signed  role + action + standard; liaison 孙悦; 王敏 Mon 09-21 10:00 OA-17`."""
    board = state.board
    answer = f"{glyph(duty.answer)}{words.answer(duty.answer)}"
    parts = [" + ".join(part for part in (duty.role, duty.action, duty.standard) if part)]
    parts += [f"{field_word(name)} {board.person_name(key)}" for name, key in
              (("liaison", duty.liaison), ("work_lead", duty.work_lead)) if key]  # fmt: skip
    at, by, behalf = duty.signed_at, duty.signed_by, duty.signed_for
    if not at:
        at, by, behalf = duty.answered_at, duty.answered_by, duty.answered_for
    if at:
        who = signer_words(state.board, by, behalf)
        parts.append(f"{who} {instant_text(state, at, now)} {words.means(duty.means)}".strip())
    parts += [duty.answer_text, *duty_more(state, duty, now)]
    head = (f"{board.department_name(duty.department)} ", "strong"), (f"{answer}  ", ANSWER_TONE[duty.answer])
    text = "; ".join(part for part in parts if part)
    return FieldRow(duty.id, "", (*head, (text, "")), ("duties", duty.id), clock_of(state, "duties", duty.id))


def _milestone(state: BoardState, found: Milestone, now: int) -> FieldRow:
    """`Fri 10-16 18:00  3版初稿; 陈思; tentative`."""
    date = due_of(state.board, found, state.working)
    due = instant_text(state, date, now) if date else found.relative or _("no date")
    parts = [found.name, state.board.person_name(found.responsible), state.board.department_name(found.department)]
    parts += [_("tentative") if found.tentative else "", found.output]
    if found.moved_from is not None:
        parts.append(_("moved from {t}, not announced yet").format(t=instant_text(state, found.moved_from, now)))
    if found.reached_at:
        parts.append(_("reached {t}").format(t=instant_text(state, found.reached_at, now)))
    text = "; ".join(part for part in parts if part)
    clock = clock_of(state, "milestones", found.id)
    return FieldRow(found.id, "", ((f"{due}  ", "dim"), (text, "")), ("milestones", found.id), clock)


def _risk(state: BoardState, row: IssueRow, now: int) -> FieldRow:
    """`I-012 渠道数据缺失  > 改期`; decided: `> 给 v2; 市场部 孙悦; Mon 10-12 18:00` (T1: 风险预警)."""
    board, issue = state.board, state.board.issues[row.id]
    head = (f"{row.number} {row.title}  ", ""), (f"{words.issue_state(row.state)}  ", "dim")
    if issue.decision:
        who = f"{board.department_name(issue.resolution_department)} {board.person_name(issue.resolution_owner)}"
        due = instant_text(state, issue.resolution_due, now) if issue.resolution_due else ""
        done = _("done") if issue.resolution_done_at else ""
        text = "; ".join(part for part in (issue.decision, who.strip(), due, done) if part)
    else:
        text = issue.solution or issue.needed or "-"
    return FieldRow(row.id, "", (*head, (f"> {text}", "")), ("issues", row.id), row.clock)


def _plan(state: BoardState, card: Card, now: int) -> Iterator[FieldRow]:
    if card.planned_start is None and card.planned_finish is None:
        return
    ends = (instant_text(state, each, now) if each else "?" for each in (card.planned_start, card.planned_finish))
    due = next((clock for clock in state.book.of_card(card.id) if clock.kind == "card_due"), None)
    yield FieldRow("plan", p_("label", "plan"), ((" -> ".join(ends), ""),), ("cards", card.id), due)
