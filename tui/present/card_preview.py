"""The preview of a card: head, goal, signatures, nearest clocks with their dues, issues, last entry, next meeting."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from store.records import Card
from store.views.overview import CardRow
from store.views.state import BoardState
from tui import words
from tui.cells import cut, fit, wrap
from tui.i18n import _
from tui.look import STYLES, glyph
from tui.present.lead import lead_of
from tui.subjects import day_time, due_text, issue_title, subject_words, subtask_number, who_names

LABEL = 8
MOST_CLOCKS = 4


def card_preview(state: BoardState, row: CardRow, now: int, cells: int) -> list[Text]:
    """Lines of at most `cells` cells; the first is the heading of the pane."""
    card = state.board.cards.get(row.id)
    if card is None:
        return []
    lines = [dashes(_("preview (z turns it off; ctrl+d ctrl+u scroll)"), cells)]
    lines.append(_head(state, card))
    lines += _goal(state, card, cells)
    lines += labelled(_("signed"), [_signatures(state, card)])
    lines += labelled(_("clocks"), _clocks(state, card, now))
    lines += labelled(_("issues"), _issues(state, card))
    lines += labelled(_("last"), _last_entry(state, card, now))
    lines += labelled(_("next"), _next_meeting(state, card, now))
    return lines


def dashes(text: str, cells: int) -> Text:
    """A heading row: `-- text ---`, dashes to the width."""
    head = f"-- {cut(text, max(0, cells - 4))} "
    return Text(fit(head + "-" * cells, cells).replace("~", "-") if cells > len(head) else head, STYLES["dim"])


def labelled(label: str, lines: Iterable[Text]) -> list[Text]:
    """Lines with a label before the first and blanks before the others; nothing for nothing."""
    out: list[Text] = []
    for line in lines:
        head = fit(label if not out else "", LABEL)
        out.append(Text.assemble(" ", (head, STYLES["dim"]), " ", line))
    return out


def _head(state: BoardState, card: Card) -> Text:
    who = state.board.person_name(card.lead)
    line = Text.assemble(" ", (card.number or "?", STYLES["dim"]), " ", (card.name, STYLES["strong"]), "   ")
    line.append(" | ".join((words.priority(card.priority), _(words.TYPES[card.type]), words.stage(card.stage))))
    line.append("   ")
    line.append(_("lead {who}").format(who=who or "-"))
    acceptor = state.board.person_name(card.acceptor)
    if acceptor:
        line.append("   ")
        line.append(_("acceptor {who}").format(who=acceptor))
    line.append("   ")
    line.append(_(words.CADENCES[card.cadence]), STYLES["dim"])
    return line


def _goal(state: BoardState, card: Card, cells: int) -> list[Text]:
    out: list[Text] = []
    if card.goal:
        out += labelled(_("goal"), [Text(t) for t in wrap(card.goal, cells - LABEL - 2, 2)])
    if card.planned_start and card.planned_finish:
        plan = f"{due_text(state, card.planned_start)} -> {due_text(state, card.planned_finish)}"
        out += labelled(_("plan"), [Text(plan)])
    return out


def _signatures(state: BoardState, card: Card) -> Text:
    line = Text()
    styles = {"pending": "yellow", "confirmed": "cyan", "objected": "red", "signed": "green"}
    for duty in state.board.duties_of.get(card.id, ()):
        line.append(f"{state.board.department_name(duty.department)} ")
        line.append(f"{glyph(duty.answer)}{words.answer(duty.answer)}", STYLES[styles[duty.answer]])
        line.append("   ")
    return line


def _clocks(state: BoardState, card: Card, now: int) -> list[Text]:
    out: list[Text] = []
    for clock in [c for c in state.book.of_card(card.id) if c.is_open][:MOST_CLOCKS]:
        lead = lead_of(clock, now, state.working)
        line = Text.assemble((f"{lead.glyph} {fit(lead.time, 8, 'right')}", STYLES[lead.band]), "  ")
        line.append(fit(words.clock(clock.kind), 12) + " " + fit(who_names(state, clock, 2), 12) + " ")
        line.append(f"{subject_words(state, clock)}: ")
        line.append(due_text(state, clock.due), STYLES["dim"])
        out.append(line)
    return out


def _issues(state: BoardState, card: Card) -> list[Text]:
    out: list[Text] = []
    for issue in state.board.issues_of.get(card.id, ()):
        if issue.state != "resolved":
            line = Text.assemble(
                (
                    f"{glyph(issue.kind)} {words.issue_kind(issue.kind)}",
                    STYLES["red" if issue.kind == "blocked" else "yellow"],
                ),
                f" {issue.number} {words.issue_state(issue.state)} {issue.tier}/3  ",
                issue_title(state.board, issue),
            )
            out.append(line)
    return out


def _last_entry(state: BoardState, card: Card, now: int) -> list[Text]:
    entries = [e for s in state.board.subtasks_of.get(card.id, ()) for e in state.board.progress_of.get(s.id, ())[-1:]]
    if not entries:
        return []
    entry = max(entries, key=lambda e: e.at)
    subtask = state.board.subtasks[entry.subtask]
    line = Text(f"{day_time(state, entry.at, now)} {state.board.person_name(entry.by)} ")
    line.append(f"{subtask_number(subtask)} {subtask.name}", STYLES["strong"])
    line.append(f" {subtask.percent}%: {entry_words(entry.done, entry.next, entry.problem)}")
    return [line]


def entry_words(done: str, following: str, problem: str) -> str:
    """`完成3版草图 > 送审 ! 缺文案`: an entry in one line."""
    return done + (f" > {following}" if following else "") + (f" ! {problem}" if problem else "")


def _next_meeting(state: BoardState, card: Card, now: int) -> list[Text]:
    coming = [m for m in state.board.meetings_of.get(card.id, ()) if m.state == "notice" and m.starts >= now]
    if not coming:
        return []
    meeting = min(coming, key=lambda m: m.starts)
    return [Text(f"{due_text(state, meeting.starts)} {meeting.name}")]
