"""The department register with its three sheets (部门任务总览表, 任务执行进度跟踪表, 信息同步共享记录表; T4)."""

from __future__ import annotations

from collections.abc import Iterable

from store.exchange.papers.model import Cell, Column, Paper, Share, Sheet, Table
from store.records import Card, Subtask, SyncEntry
from store.rules.entries import last_report
from store.rules.privacy import as_seen
from tui.i18n import p_
from tui.papers.desk import DASH, Desk, card_stem, stem
from tui.papers.terms import term

STATES = {
    "draft": "not_started",
    "circulating": "not_started",
    "active": "in_progress",
    "acceptance": "awaiting_acceptance",
    "completed": "done",
    "archived": "done",
    "cancelled": "cancelled",
}
"""Stage of a card -> its state in the register."""


def register_paper(desk: Desk, key: int) -> Paper:
    """The register of the whole board (0), of one card, or of the cards a department has a duty in."""
    board = desk.board
    title = p_("paper", "Department register")
    if (card := board.cards.get(key)) is not None:
        return desk.paper(card_stem(card, title), *_sheets(desk, [card]))
    cards = [card for card in board.cards.values() if not key or _takes_part(desk, card, key)]
    return desk.paper(stem(title, desk.department(key) or board.meta.name), *_sheets(desk, cards))


def sync_paper(desk: Desk, card: int) -> Paper:
    """The sync log of a card, or of the whole board (0)."""
    found = desk.board.cards.get(card)
    title = p_("paper", "Sync log")
    entries = desk.board.sync_of.get(card, ()) if found else desk.board.sync.values()
    return desk.paper(card_stem(found, title) if found else stem(title, desk.board.meta.name), _sync(desk, entries))


def _takes_part(desk: Desk, card: Card, department: int) -> bool:
    duties = desk.board.duties_of.get(card.id, ())
    return department in {card.lead_department, card.initiating_department, *(duty.department for duty in duties)}


def _sheets(desk: Desk, cards: list[Card]) -> tuple[Sheet, Sheet, Sheet]:
    keys = {card.id for card in cards}
    subtasks = [each for card in cards for each in desk.board.subtasks_of.get(card.id, ())]
    whole = len(keys) == len(desk.board.cards)
    entries = [each for each in desk.board.sync.values() if each.card in keys or (whole and each.card is None)]
    return _cards(desk, cards), _tracking(desk, subtasks), _sync(desk, entries)


def _cards(desk: Desk, cards: Iterable[Card]) -> Sheet:
    columns = (
        Column(p_("paper", "Task ID"), 20),
        Column(p_("paper", "Task name"), 26),
        Column(p_("paper", "Initiator"), 10),
        Column(p_("paper", "Responsible person"), 10),
        Column(p_("paper", "Collaborators"), 16),
        Column(p_("paper", "Project or goal"), 26),
        Column(p_("paper", "Task type"), 12),
        Column(p_("paper", "Priority"), 8),
        Column(p_("paper", "Expected finish"), 17),
        Column(p_("paper", "Current state"), 10),
        Column(p_("paper", "Remark (criteria, problems)"), 34),
    )
    rows = tuple(_card(desk, card) for card in sorted(cards, key=lambda card: card.number))
    return Sheet(p_("paper", "Department task register"), (Table(columns, rows),))


def _card(desk: Desk, card: Card) -> tuple[Cell, ...]:
    state = STATES[card.stage]
    subtasks = desk.board.subtasks_of.get(card.id, ())
    if card.stage == "active" and any(each.status == "blocked" for each in subtasks):
        state = "blocked"
    helpers = [person for each in subtasks for person in (each.owner, *each.collaborators) if person != card.lead]
    return (
        card.paper_number or card.number,
        card.name,
        desk.person(card.initiator),
        desk.person(card.lead),
        desk.kept(card.notes, p_("paper", "Collaborators")) or desk.people(helpers) or DASH,
        card.goal,
        term(card.type),
        term(card.priority),
        desk.finish(card.planned_finish),
        term(state),
        card.acceptance_criteria,
    )


def _tracking(desk: Desk, subtasks: Iterable[Subtask]) -> Sheet:
    columns = (
        Column(p_("paper", "Subtask ID"), 22),
        Column(p_("paper", "Of task"), 20),
        Column(p_("paper", "Subtask name"), 24),
        Column(p_("paper", "Responsible person"), 10),
        Column(p_("paper", "Progress today (%)"), 12),
        Column(p_("paper", "Work done"), 30),
        Column(p_("paper", "Next steps"), 26),
        Column(p_("paper", "Problems and support needed"), 30),
        Column(p_("paper", "Updated on"), 17),
    )
    rows = tuple(_report(desk, subtask) for subtask in sorted(subtasks, key=lambda each: each.number))
    return Sheet(p_("paper", "Progress tracking sheet"), (Table(columns, rows),))


def _report(desk: Desk, subtask: Subtask) -> tuple[Cell, ...]:
    card = desk.board.cards.get(subtask.card)
    entries = desk.board.progress_of.get(subtask.id, ())
    last = last_report(entries)
    percents = [each.percent for each in entries if each.percent is not None]
    percent = last.percent if last and last.percent is not None else subtask.percent if percents else None
    return (
        subtask.paper_number or subtask.number,
        (card.paper_number or card.number) if card else "",
        subtask.name,
        # Whoever stands first is responsible: without an owner nobody does.
        desk.people((subtask.owner, *subtask.collaborators)) if subtask.owner else "",
        Share(percent) if percent is not None else None,
        last.done if last else "",
        last.next if last else "",
        last.problem if last else "",
        desk.point(last.at) if last else None,
    )


def _sync(desk: Desk, entries: Iterable[SyncEntry]) -> Sheet:
    columns = (
        Column(p_("paper", "Sync date"), 17),
        Column(p_("paper", "Sync topic"), 26),
        Column(p_("paper", "Content (progress, problem, decision)"), 40),
        Column(p_("paper", "Sync by"), 10),
        Column(p_("paper", "Sync to"), 20),
        Column(p_("paper", "Attachment, reference"), 20),
        Column(p_("paper", "Remark"), 26),
    )
    rows = tuple(_entry(desk, as_seen(each, desk.state.me)) for each in sorted(entries, key=lambda each: each.at))
    return Sheet(p_("paper", "Sync log sheet"), (Table(columns, rows),))


def _entry(desk: Desk, entry: SyncEntry) -> tuple[Cell, ...]:
    return (
        desk.point(entry.at),
        entry.topic,
        entry.content,
        desk.person(entry.by) or entry.by_name,
        entry.to or desk.people(entry.recipients),
        entry.reference or DASH,
        entry.note,
    )
