"""How an issue reads in the queue, and everything about one (screens.md §3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.rules.clocks import Clock
from store.views.queue import IssueDetail, IssueRow, issue_detail
from store.views.state import BoardState
from tui import words
from tui.cells import fit, wrap
from tui.deeds import step_word
from tui.duration import elapsed
from tui.field_words import field_word
from tui.i18n import _, language, p_
from tui.look import STYLES, glyph
from tui.present.lead import StatePainter, lead_of
from tui.present.lines import dashes, labelled
from tui.subjects import day_time, due_text, first_name, local, signer_words
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.lines import clipped

WEEK = 7
LABEL = 10
"""Cells of the label before a line of the preview."""
CLOCK_WORD = 12
"""Cells of the kind of a clock in the preview."""
KIND_TONE = {"blocked": "red", "warning": "yellow", "dispute": "cyan"}
STATE_TONE = {"open": "red", "acknowledged": "yellow", "resolved": "green"}


def issue_columns() -> tuple[list[Column], tuple[str, ...]]:
    """The columns of the queue, and the order in which they leave."""
    chinese = language() != "en"
    columns = [
        Column("kind", p_("column", "kind"), 6),
        Column("number", p_("column", "no"), 5),
        Column("subject", p_("column", "subject"), 24, flexible=True),
        Column("sides", p_("column", "from > owner"), 15),
        Column("tier", p_("column", "tier"), 7),
        Column("in_tier", p_("column", "in tier"), 7, align="right"),
        Column("clock", p_("column", "clock"), 8 if chinese else 12),
        Column("state", p_("column", "state"), 8 if chinese else 9),
        Column("who", p_("column", "acts"), 9, min_width=8),
        Column("card", p_("column", "card"), 15, cut="left"),
    ]
    return columns, ("card", "sides", "in_tier", "clock")


def ladder(tier: int) -> str:
    """A tier as a ladder: `##- 2/3`."""
    return "#" * tier + "-" * (3 - tier) + f" {tier}/3"


class IssuePainter(StatePainter[IssueRow]):
    """Issues with the clock that breaches first."""

    def look(self, row: IssueRow, now: int) -> object:
        """The row, the time in its tier, and whether it sleeps."""
        return row, elapsed(row.in_tier(now)), row.snoozed(now), row.ran_out(now)

    def cell(self, state: BoardState, row: IssueRow, place: Placed, now: int) -> Cell:
        """One cell of an issue."""
        return _cell(state, row, place.column.key, now)


def _cell(state: BoardState, row: IssueRow, key: str, now: int) -> Cell:
    if key == "kind":
        return (glyph(row.kind) + words.issue_kind(row.kind, short=True), KIND_TONE[row.kind])
    if key == "number":
        return row.number or "I-?"
    if key == "subject":
        if row.snoozed(now) and row.snoozed_until:
            until = _("snoozed until {t}").format(t=_soon(state, row.snoozed_until, now))
            return [(f"{until}: ", "dim"), (row.title, "dim")]
        return row.title
    if key == "sides":
        return sides_text(state, row)
    if key == "tier":
        return (ladder(row.tier), "red" if row.ran_out(now) else "yellow" if row.tier > 1 else "normal")
    if key == "in_tier":
        return elapsed(row.in_tier(now))
    if key == "clock":
        return words.clock(row.clock.kind) if row.clock else ""
    if key == "state":
        return (glyph(row.state) + words.issue_state(row.state), STATE_TONE[row.state])
    if key == "card":
        return (row.card_number, "dim")
    return first_name(state, row.who)


def _soon(state: BoardState, instant: int, now: int) -> str:
    """`16:20` today, `Mon 09:00` or (at midnight) `Mon` in the next days, else `10-12`: short enough for the queue."""
    at = local(state, instant)
    days = (at.date() - local(state, now).date()).days
    if days <= 0:
        return day_time(state, instant, now)
    if days >= WEEK:
        return f"{at:%m-%d}" if at.year == local(state, now).year else f"{at:%Y-%m-%d}"
    return f"{words.weekday(at.date())} {at:%H:%M}".removesuffix(" 00:00")


def sides_text(state: BoardState, row: IssueRow) -> str:
    """`设计部 > 市场部`; of a dispute `销售部 = 市场部`."""
    between = " = " if row.kind == "dispute" else " > "
    return between.join(state.board.department_name(d) for d in row.sides)


def issue_preview(state: BoardState, row: IssueRow, now: int, cells: int) -> list[Text]:
    """Fields left, history right; below each other where it is narrow."""
    detail = issue_detail(state, row.id)
    if detail is None:
        return []
    head = dashes(_heading(state, detail, now), cells)
    if cells < 100:
        return [head, *_facts(state, detail, now, cells), *_history(state, detail, now, cells)]
    half = cells * 55 // 100
    return [head, *beside(_facts(state, detail, now, half - 2), _history(state, detail, now, cells - half - 2), half)]


def beside(first: Sequence[Text], second: Sequence[Text], at: int) -> list[Text]:
    """Two columns of lines, the second from cell `at` on behind a bar."""
    lines: list[Text] = []
    for y in range(max(len(first), len(second))):
        line = clipped(first[y], at - 1).copy() if y < len(first) else Text()
        line.append(" " * (at - line.cell_len))
        line.append("| ", STYLES["dim"])
        if y < len(second):
            line.append_text(second[y])
        lines.append(line)
    return lines


def _heading(state: BoardState, detail: IssueDetail, now: int) -> str:
    row = detail.row
    subtask = state.board.subtasks.get(row.subtask or 0)
    about = f"{subtask.number} {subtask.name}" if subtask else row.card_number
    who = state.board.person_name(row.raised_by)
    raised = _("raised {t} {who}").format(t=day_time(state, row.raised_at, now), who=who)
    if detail.reported is not None and not detail.reported.late and row.since < row.raised_at:
        after, limit = elapsed(row.raised_at - row.since), span_text(state, detail.reported.rule)
        raised += " " + _("({after} after it began, within {limit})").format(after=after, limit=limit)
    return f"{row.number} {words.issue_kind(row.kind)}  {about}  {raised}"


def _facts(state: BoardState, detail: IssueDetail, now: int, cells: int) -> list[Text]:
    row = detail.row
    room = max(10, cells - LABEL - 2)

    def told(label: str, text: str, most: int) -> list[Text]:
        return labelled(label, [Text(part) for part in wrap(text, room, most)], LABEL)

    lines: list[Text] = [
        Text(f" {sides_text(state, row)}   {ladder(row.tier)} {elapsed(row.in_tier(now))}", STYLES["strong"])
    ]
    lines += late_lines(state, detail, now, cells)
    for name, text in detail.texts:
        lines += told(field_word(name), text, 3)
    for department, text in detail.positions:
        lines += told(state.board.department_name(department), text, 2)
    running = [_clock(state, clock, now) for clock in detail.clocks if clock.is_open]
    lines += labelled(_("clocks"), running, LABEL)
    lines += told(p_("label", "people"), "  ".join(state.board.person_name(p) for p, _role in detail.participants), 2)
    sent = _("sent {t}").format(t=day_time(state, row.notified_at, now)) if row.notified_at else _("not sent")
    tone = STYLES["dim" if row.notified_at else "yellow"]
    lines += labelled(p_("label", "in writing"), [Text(sent, tone)], LABEL)
    if detail.became is not None:
        lines.append(
            Text(" " + _("Came true: {id} carries on with it.").format(id=detail.became.number), STYLES["dim"])
        )
    elif row.gone_silent(now):
        lines.append(Text(" " + _("Acknowledged and silent: the follow-up note is over."), STYLES["red"]))
    if row.ran_out(now) and row.tier < 3:
        above = ", ".join(state.board.person_name(p) for p in detail.next_tier)
        lines.append(
            Text(" " + _("Tier {n} has run out. x moves it to {next}.").format(n=row.tier, next=above), STYLES["red"])
        )
    return lines


def span_text(state: BoardState, rule: str) -> str:
    """A rule's span as the board has it: `1 h`."""
    return str(state.book.facts.spans.of(rule))


def late_lines(state: BoardState, detail: IssueDetail, now: int, cells: int) -> list[Text]:
    """`Raised 38m late: discovered ..., due ...`; nothing for what was raised in time."""
    found = detail.reported
    if found is None or not found.late:
        return []
    sentence = _("Raised {over} late: discovered {t0}, due {due}.").format(
        over=elapsed(found.late), t0=day_time(state, found.since, now), due=due_text(state, found.due, now)
    )
    return [Text(f" {part}", STYLES["red"]) for part in wrap(sentence, max(10, cells - 2), 2)]


def _clock(state: BoardState, clock: Clock, now: int) -> Text:
    lead = lead_of(clock, now, state.working, seconds=False)
    line = Text.assemble((f"{lead.glyph} {fit(lead.time, 8, 'right')}", STYLES[lead.band]), "  ")
    line.append(f"{fit(words.clock(clock.kind), CLOCK_WORD)}  {fit(first_name(state, clock.who), 8)}  ")
    line.append(due_text(state, clock.due, now), STYLES["dim"])
    return line


def _history(state: BoardState, detail: IssueDetail, now: int, cells: int) -> list[Text]:
    lines = [Text(p_("label", "history"), STYLES["head"])]
    for step in detail.steps:
        who = "" if step.auto else f" {signer_words(state.board, step.by, step.on_behalf_of)}"
        head = f"{day_time(state, step.at, now)} {step_word(step)}{who}"
        parts = wrap(head + (f": {step.text}" if step.text else ""), max(10, cells), 3)
        lines += [Text(part) if y == 0 else Text(f"  {part}") for y, part in enumerate(parts)]
    return lines
