"""Clocks of a card, its departments and milestones: card_due, confirmation, milestone, change_notice (rulebook §8)."""

from __future__ import annotations

from collections.abc import Iterator

from store.records import Card, Milestone, Subtask
from store.rules.clock_facts import OVER, RAN, Facts, activated, limit
from store.rules.clocks import Clock
from store.rules.relative_dates import due_of, known_date
from store.settings import Span


def card_due(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From activation to the planned finish; met when submitted for acceptance, sent back: as it was."""
    if card is None or card.planned_finish is None or not has_run(card):
        return
    closed = None
    if card.stage == "acceptance":
        closed = card.submitted_at
    elif card.stage in OVER:
        closed = card.submitted_at or card.completed_at or card.planned_finish
    gone = closed is None and card.stage == "cancelled"
    if (gone or closed is not None) and not facts.closed:
        return
    yield Clock(
        "card_due",
        "cards",
        card.id,
        card.id,
        card.reopened_at or activated(card),
        card.planned_finish,
        closed,
        gone,
        facts.roster.lead(card),
        card.lead_department,
        card.name,
    )


def milestone(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """Due on its date, met when its output is there; a card that is over reached what it had to."""
    if card is None or not has_run(card):
        return
    board, roster = facts.board, facts.roster
    for each in board.milestones_of.get(card.id, ()):
        due = due_of(board, each, facts.working)
        if due is None:
            continue
        subtask = board.subtasks.get(each.subtask) if each.subtask else None
        closed = each.reached_at
        if closed is None and card.stage in OVER:
            closed = card.completed_at or due
        gone = closed is None and (card.stage == "cancelled" or (subtask is not None and subtask.status == "cancelled"))
        if (gone or closed is not None) and not facts.closed:
            continue
        who = (
            roster.first(each.responsible, subtask.owner if subtask else None)
            or roster.heads.get(each.department or 0)
            or roster.lead(card)
        )
        yield Clock(
            "milestone",
            "milestones",
            each.id,
            card.id,
            None,
            due,
            closed,
            gone,
            who,
            each.department or (subtask.department if subtask else None),
            each.name,
        )


def change_notice(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """Until so many days before a milestone that asks for it (10; rulebook §8), if it is to change.

    That is while its date is tentative (§3), while its subtask is planned to finish after it, or once its event moved
    it. Met when the change is announced in writing.
    """
    if card is None or not has_run(card):
        return
    board = facts.board
    for each in board.milestones_of.get(card.id, ()):
        due = notice_due(facts, each)
        if due is None:
            continue
        closed = each.change_announced_at if each.moved_from is None else None
        subtask = board.subtasks.get(each.subtask) if each.subtask else None
        gone = card.stage == "cancelled" or (subtask is not None and subtask.status == "cancelled")
        to_change = each.tentative or each.moved_from is not None or _planned_after(facts, each, subtask)
        void = closed is None and gone and to_change
        runs = to_change and card.stage == "active" and each.reached_at is None
        if not (facts.closed if closed is not None or void else runs):
            continue
        lead = facts.roster.lead(card)
        yield Clock(
            "change_notice",
            "milestones",
            each.id,
            card.id,
            None,
            due,
            closed,
            void,
            lead,
            card.lead_department,
            each.name,
        )


def notice_due(facts: Facts, milestone: Milestone) -> int | None:
    """Return until when a change of a milestone must be announced, None if it asks for none or has no date.

    It counts back from the date everybody knows.
    """
    date = None if milestone.notice_days is None else known_date(facts.board, milestone, facts.working)
    if date is None:
        return None
    span = Span(milestone.notice_days, "d") if milestone.notice_days else facts.spans.of("change_notice")
    return facts.spans.before(date, span)


def _planned_after(facts: Facts, milestone: Milestone, subtask: Subtask | None) -> bool:
    """Say whether a milestone's subtask is planned to finish after the milestone's date, which cannot stay then."""
    date = due_of(facts.board, milestone, facts.working)
    finish = subtask.planned_finish if subtask is not None else None
    return finish is not None and date is not None and finish > date


def confirmation(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From being asked (circulated) 2 WD per department, or 24 h without kickoff, or the card's answer limit.

    Confirming and objecting are answers; a new version asks again and starts anew.
    """
    if card is None or card.stage == "draft":
        return
    roster, spans = facts.roster, facts.spans
    gone = card.stage == "cancelled" or card.stage in OVER
    due_from: dict[int, int] = {}
    for duty in facts.board.duties_of.get(card.id, ()):
        if (gone or duty.answer != "pending") and not facts.closed:
            continue
        asked = duty.asked_at or card.circulated_at
        if asked is None:
            continue
        if asked not in due_from:
            otherwise = spans.of("confirmation" if card.kickoff else "confirmation_without_kickoff")
            due_from[asked] = spans.due(asked, limit(card.answer_limit_hours, otherwise))
        who = roster.heads.get(duty.department) or roster.first(duty.liaison, duty.work_lead) or roster.lead(card)
        closed = None if duty.answer == "pending" else duty.answered_at or duty.signed_at or asked
        yield Clock(
            "confirmation",
            "duties",
            duty.id,
            card.id,
            asked,
            due_from[asked],
            closed,
            closed is None and gone,
            who,
            duty.department,
            card.name,
        )


def has_run(card: Card) -> bool:
    """Say whether a card's work has clocks: it is or was active."""
    return card.stage in RAN or (card.stage == "cancelled" and card.activated_at is not None)
