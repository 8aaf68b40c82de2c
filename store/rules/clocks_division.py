"""Clocks of the division of work: input, support, deliverable, accept_subtask, division (rulebook sections 3, 8)."""

from __future__ import annotations

from collections.abc import Iterator

from store.records import Card, Milestone, Subtask
from store.rules.clock_facts import HANDED_OVER, OWES, Facts, liaison, owner_of
from store.rules.clocks import Clock
from store.rules.clocks_cards import has_run
from store.rules.clocks_meetings import ended_at


def needed_input(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """`input`: due on its date, met when the receiving owner says received; asked of the supplying liaison.

    Nobody asks any more for what a subtask was handed over without.
    """
    if card is None or not has_run(card):
        return
    for subtask in facts.board.subtasks_of.get(card.id, ()):
        for each in facts.board.inputs_of.get(subtask.id, ()):
            if each.due is None:
                continue
            closed = each.received_at
            void = closed is None and (each.cancelled_at is not None or _cancelled(card, subtask))
            if not _wanted(facts, card, subtask, closed, void):
                continue
            who = (
                facts.roster.first(each.supplier)
                or liaison(facts, card, each.department)
                or owner_of(facts, card, subtask)
            )
            yield Clock(
                "input", "inputs", each.id, card.id, None, each.due, closed, void, who, each.department, each.what
            )


def support(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """48 h from being asked of a collaborator (or a department: its liaison) until it is answered."""
    if card is None or not has_run(card):
        return
    span = facts.spans.of("support")
    for subtask in facts.board.subtasks_of.get(card.id, ()):
        for each in facts.board.supports_of.get(subtask.id, ()):
            closed = each.answered_at
            void = closed is None and (each.cancelled_at is not None or _cancelled(card, subtask))
            if not _wanted(facts, card, subtask, closed, void):
                continue
            due = facts.spans.due(each.asked_at, span)
            who = facts.roster.first(each.person) or liaison(facts, card, each.department) or facts.roster.lead(card)
            about = each.text or subtask.name
            department = each.department or _home(facts, each.person)
            yield Clock(
                "support", "supports", each.id, card.id, each.asked_at, due, closed, void, who, department, about
            )


def deliverable(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """24 h from the handing over as done until what was handed over stands in the sync log."""
    if card is None or not has_run(card):
        return
    for each in facts.board.subtasks_of.get(card.id, ()):
        started = each.handed_over_at or each.done_at
        if each.status not in HANDED_OVER or not each.deliverable or started is None:
            continue
        who = owner_of(facts, card, each)
        yield from _registered(facts, card, each, started, who)


def reached(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """`deliverable`: 24 h from a milestone with output being reached until the output stands in the sync log."""
    if card is None or not has_run(card):
        return
    for each in facts.board.milestones_of.get(card.id, ()):
        if each.reached_at is None or not each.output:
            continue
        subtask = facts.board.subtasks.get(each.subtask or 0)
        who = facts.roster.first(each.responsible, subtask.owner if subtask else None) or facts.roster.lead(card)
        yield from _registered(facts, card, each, each.reached_at, who)


def _registered(
    facts: Facts, card: Card, each: Subtask | Milestone, started: int, who: tuple[int, ...]
) -> Iterator[Clock]:
    """The clock of one deliverable; once the card is completed its acceptance lists them all."""
    closed = each.registered_at
    void = closed is None and card.stage == "cancelled"
    open_ = closed is None and card.stage in {"active", "acceptance"}
    if open_ or (facts.closed and (closed is not None or void)):
        table = "subtasks" if isinstance(each, Subtask) else "milestones"
        due = facts.spans.due(started, facts.spans.of("deliverable"))
        yield Clock("deliverable", table, each.id, card.id, started, due, closed, void, who, each.department, each.name)


def accept_subtask(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """3 WD from the handing over until the lead accepts it or sends it back.

    A subtask that was sent back awaits nothing; the result of that clock is stored with the sending back.
    """
    if card is None or not has_run(card):
        return
    span = facts.spans.of("accept_subtask")
    for each in facts.board.subtasks_of.get(card.id, ()):
        started = each.handed_over_at
        if started is None or each.status in OWES:
            continue
        closed = each.done_at if each.status == "done" else None
        void = closed is None and _cancelled(card, each)
        if void or closed is not None:
            if not facts.closed:
                continue
        elif each.status != "awaiting_acceptance":
            continue
        due = facts.spans.due(started, span)
        who, department = facts.roster.lead(card), card.lead_department
        yield Clock(
            "accept_subtask", "subtasks", each.id, card.id, started, due, closed, void, who, department, each.name
        )


def division(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """3 WD from the end of the first kickoff until the division is complete and signed."""
    started = _kickoff_ended(facts, card) if card is not None and card.stage != "draft" else None
    if card is None or started is None:
        return
    closed = card.division_at
    void = closed is None and card.stage == "cancelled"
    open_ = closed is None and card.stage in {"circulating", "active"}
    if open_ or (facts.closed and (closed is not None or void)):
        due = facts.spans.due(started, facts.spans.of("division"))
        who = facts.roster.lead(card)
        yield Clock(
            "division", "cards", card.id, card.id, started, due, closed, void, who, card.lead_department, card.name
        )


def _kickoff_ended(facts: Facts, card: Card) -> int | None:
    """When the first kickoff meeting ended; of one that only a note says was held, no later than the activation."""
    meetings = facts.board.meetings_of.get(card.id, ())
    ends = [end for each in meetings if each.kind == "kickoff" and (end := ended_at(each)) is not None]
    noted = card.kickoff and card.kickoff_note.strip()
    return min(ends) if ends else card.activated_at if noted else None


def _wanted(facts: Facts, card: Card, subtask: Subtask, closed: int | None, void: bool) -> bool:
    """Say whether a clock that hangs on a subtask is asked for: open ones only while the subtask is in work."""
    if void or closed is not None:
        return facts.closed
    return card.stage == "active" and subtask.status in OWES


def _cancelled(card: Card, subtask: Subtask) -> bool:
    return card.stage == "cancelled" or subtask.status == "cancelled"


def _home(facts: Facts, person: int | None) -> int | None:
    found = facts.board.people.get(person or 0)
    return found.department if found else None
