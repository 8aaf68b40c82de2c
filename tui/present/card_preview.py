"""The preview of a card: head, goal, signatures, nearest clocks with their sums, issues, last entry, next meeting."""

from __future__ import annotations

from rich.text import Text

from store.records import Card
from store.rules.roles import is_unsigned
from store.views.card import CardPreview, ClockGroup, LoggedEntry
from store.views.card import card_preview as preview_of
from store.views.overview import CardRow
from store.views.state import BoardState
from tui import words
from tui.cells import cut, fit, width
from tui.deeds import said_words
from tui.i18n import _, p_
from tui.look import STYLES, glyph
from tui.present.lead import lead_of
from tui.present.lines import LABEL, dashes, labelled, wrapped
from tui.present.why import instant_text, short_sum
from tui.subjects import day_time, due_text, part_words, subtask_number, who_names

SHORTEST = 12
"""Cells a title keeps beside the sum of its clock."""
ANSWER_TONE = {"pending": "yellow", "confirmed": "cyan", "objected": "red", "signed": "green"}


def unsigned_words(state: BoardState, card: Card) -> str:
    """`unsigned: 销售部, 设计部` while work goes on that not all have signed as it stands; else nothing."""
    duties = state.board.duties_of.get(card.id, ())
    if not is_unsigned(card, duties):
        return ""
    names = ", ".join(state.board.department_name(each.department) for each in duties if each.answer != "signed")
    return _("unsigned: {names}").format(names=names)


def card_preview(state: BoardState, row: CardRow, now: int, cells: int) -> list[Text]:
    """Lines of at most `cells` cells; the first is the heading of the pane."""
    view = preview_of(state, row.id, now)
    if view is None:
        return []
    lines = [dashes(_("preview (z turns it off; ctrl+d ctrl+u scroll)"), cells), _head(state, view.card)]
    lines += wrapped(p_("label", "goal"), view.card.goal, cells, 2)
    lines += _plan(state, view.card, now)
    lines += labelled(p_("label", "signed"), [_signatures(state, view)] if view.duties else [])
    lines += labelled(p_("label", "clocks"), [_clock(state, group, now, cells) for group in view.clocks])
    lines += labelled(p_("label", "issues"), _issues(state, view))
    lines += labelled(p_("label", "last"), [entry_line(state, view.last, now)] if view.last else [])
    lines += labelled(p_("label", "next"), _next_meeting(state, view, now))
    return lines


def _head(state: BoardState, card: Card) -> Text:
    who = state.board.person_name(card.lead)
    line = Text.assemble(" ", (card.number or "?", STYLES["dim"]), " ", (card.name, STYLES["strong"]), "   ")
    line.append(" | ".join((words.priority(card.priority), _(words.TYPES[card.type]), words.stage(card.stage))))
    if unsigned := unsigned_words(state, card):
        line.append(f"   {unsigned}", STYLES["yellow"])
    line.append("   ")
    line.append(_("lead {who}").format(who=who or "-"))
    acceptor = state.board.person_name(card.acceptor)
    if acceptor:
        line.append("   ")
        line.append(_("acceptor {who}").format(who=acceptor))
    line.append("   ")
    line.append(_(words.CADENCES[card.cadence]), STYLES["dim"])
    if card.version > 1:
        line.append("   " + _("version {n}").format(n=card.version), STYLES["dim"])
    return line


def _plan(state: BoardState, card: Card, now: int) -> list[Text]:
    if not (card.planned_start and card.planned_finish):
        return []
    plan = f"{instant_text(state, card.planned_start, now)} -> {instant_text(state, card.planned_finish, now)}"
    return labelled(p_("label", "plan"), [Text(plan)])


def _signatures(state: BoardState, view: CardPreview) -> Text:
    line = Text()
    for duty in view.duties:
        line.append(f"{state.board.department_name(duty.department)} ")
        line.append(f"{glyph(duty.answer)}{words.answer(duty.answer)}", STYLES[ANSWER_TONE[duty.answer]])
        line.append("   ")
    return line


def _clock(state: BoardState, group: ClockGroup, now: int, cells: int) -> Text:
    """A clock with its sum, for which a long title gives way; those due at the same second are counted behind it.

    Where the sum would be cut the due alone stands there.
    """
    clock = group.clock
    lead = lead_of(clock, now, state.working, seconds=False)
    line = Text.assemble((f"{lead.glyph} {fit(lead.time, 8, 'right')}", STYLES[lead.band]), "  ")
    line.append(fit(words.clock(clock.kind), 12) + " " + fit(who_names(state, clock, 2), 12) + " ")
    total, about = short_sum(state, clock, now), part_words(state, clock)
    room = cells - LABEL - 2 - line.cell_len - 2
    if room - width(total) < min(SHORTEST, width(about)):
        total = instant_text(state, clock.due, now)
    line.append(f"{cut(about, max(SHORTEST, room - width(total)))}: ")
    line.append(total, STYLES["dim"])
    if group.others:
        named = ", ".join(f"{part_words(state, each)} {who_names(state, each, 1)}".strip() for each in group.others)
        line.append("; " + _("{n} more: {what}").format(n=len(group.others), what=named))
    return line


def _issues(state: BoardState, view: CardPreview) -> list[Text]:
    out: list[Text] = []
    for row in view.issues:
        issue = state.board.issues[row.id]
        tone = STYLES["red" if row.kind == "blocked" else "yellow"]
        line = Text.assemble((f"{glyph(row.kind)} {words.issue_kind(row.kind)}", tone))
        line.append(f" {row.number or 'I-?'} {words.issue_state(row.state)} {row.tier}/3  ")
        line.append(issue.title)
        out.append(line)
    return out


def entry_line(state: BoardState, logged: LoggedEntry, now: int) -> Text:
    """`16:20 陈思 03 主视觉设计 30%: 完成3版草图 > 送审 ! 缺文案`: a report in one line."""
    entry, subtask = logged.entry, logged.subtask
    line = Text(f"{day_time(state, entry.at, now)} {state.board.person_name(entry.by)} ")
    line.append(f"{subtask_number(subtask)} {subtask.name}", STYLES["strong"])
    percent = subtask.percent if entry.percent is None else entry.percent
    said = said_words(entry)
    line.append(f" {percent}%: {said}" if said else f" {percent}%")
    return line


def _next_meeting(state: BoardState, view: CardPreview, now: int) -> list[Text]:
    meeting = view.next_meeting
    return [Text(f"{due_text(state, meeting.starts, now)} {meeting.name}")] if meeting else []
