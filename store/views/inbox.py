"""What waits for a person, by the role in which it does (screens `i`; rulebook §1 roles, §8 who acts)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from store.rules.clocks import Clock
from store.rules.reviewing import UNDER_REVIEW, outdated, unanswered
from store.rules.roles import requester_of
from store.views.asides import asides_of, card_of
from store.views.owed import liaisons, owed

if TYPE_CHECKING:
    from store.views.state import BoardState

ROLES = {
    "card_due": "lead",
    "subtask_due": "owner",
    "milestone": "responsible",
    "input": "liaison",
    "change_notice": "lead",
    "confirmation": "head",
    "division": "lead",
    "progress": "owner",
    "delay_notice": "owner",
    "report_block": "owner",
    "report_problem": "owner",
    "report_warning": "owner",
    "response": "lead",
    "coordination": "lead",
    "follow_up": "lead",
    "resolution": "owner",
    "support": "collaborator",
    "deliverable": "owner",
    "accept_subtask": "lead",
    "acceptance": "acceptor",
    "rectification": "lead",
    "meeting": "chair",
    "notice": "chair",
    "minutes_draft": "recorder",
    "minutes_final": "chair",
    "retro": "initiator",
    "notify": "recorder",
}
"""Kind of clock -> the role that must act (rulebook §8, column "who acts"); a tier's people: `TIER_ROLES`."""

ASKED = ("circulating", "active", "acceptance")
"""Stages in which a department's question waits for a reply."""
TIER_ROLES = {1: "head", 2: "leader in charge", 3: "executive"}


class InboxItem(Struct, frozen=True, gc=False):
    """One thing that waits: on which record, as what, by when. Without a clock it has no deadline of its own.

    `what` is the kind of the clock, or `sign`: a department confirmed and its head has not signed yet, or `reply`:
    a department asked the requester contact, or `review`: draft minutes wait for an answer, or `aside`: a change of
    this person that was put aside.
    """

    what: str
    table: str
    subject: int
    card: int | None
    role: str
    clock: Clock | None = None


def inbox_items(state: BoardState, person: int | None, now: int) -> tuple[InboxItem, ...]:
    """Return what waits for a person at `now` (epoch seconds): what was put aside, then by due, then what has none."""
    if person is None:
        return ()
    aside = (
        InboxItem("aside", "asides", row.id, card_of(state.board, row.subject), "author")
        for row in asides_of(state.board, person)
    )
    found = [*_clocks(state, person), *_reports(state, person, now)]
    found.sort(key=lambda item: item.clock.due if item.clock else 0)
    return (*aside, *found, *_signatures(state, person), *_questions(state, person), *_reviews(state, person))


def role_of(state: BoardState, clock: Clock, person: int) -> str:
    """Return the role in which a person must act on a clock; nothing hangs on it but the word."""
    if clock.kind == "tier":
        issue = state.board.issues.get(clock.subject)
        return TIER_ROLES.get(issue.tier if issue else 0, "lead")
    role = ROLES.get(clock.kind, "")
    if clock.kind == "notify" and state.board.sync[clock.subject].event == "lag":
        role = "lead"  # it wrote itself
    card = state.board.cards.get(clock.card or 0)
    if role == "lead" and card is not None and person not in state.roster.lead(card):
        # Somebody else answers what the lead raised (rulebook §5), or a department has no lead of its own.
        return "head" if person in state.roster.heads.get(clock.department or 0, ()) else ""
    return role


def _clocks(state: BoardState, person: int) -> Iterator[InboxItem]:
    for clock in state.book.running:
        if person in clock.who:
            role = role_of(state, clock, person)
            yield InboxItem(clock.kind, clock.table, clock.subject, clock.card, role, clock)


def _reports(state: BoardState, person: int, now: int) -> Iterator[InboxItem]:
    """Yield the reports of others that this person, their department's liaison, may give today."""
    for row in owed(state, now):
        if row.owner == person or person not in liaisons(state, row):
            continue
        clock = next((c for c in state.book.open_of(row.card) if c.kind == "progress" and c.subject == row.id), None)
        if clock is not None and person not in clock.who:
            yield InboxItem("progress", "subtasks", row.id, row.card, "liaison", clock)


def _signatures(state: BoardState, person: int) -> Iterator[InboxItem]:
    """Yield the duties that were confirmed for a department this person heads and are not signed."""
    heads = {key for key, people in state.roster.heads.items() if person in people}
    for duty in state.board.duties.values() if heads else ():
        card = state.board.cards.get(duty.card)
        if duty.department in heads and duty.answer == "confirmed" and card and card.stage in {"circulating", "active"}:
            yield InboxItem("sign", "duties", duty.id, duty.card, "head")


def _questions(state: BoardState, person: int) -> Iterator[InboxItem]:
    """Yield the duties of departments that asked this person, as requester contact, and have no reply yet (§2)."""
    for duty in state.board.duties.values():
        if duty.question_at is None or duty.reply_at is not None:
            continue
        card = state.board.cards.get(duty.card)
        if card is not None and card.stage in ASKED and requester_of(state.board, card) == person:
            yield InboxItem("reply", "duties", duty.id, duty.card, "requester contact")


def _reviews(state: BoardState, person: int) -> Iterator[InboxItem]:
    """Yield the draft minutes that wait for this person's answer, also anew: as head of a department that was there."""
    for meeting in state.board.meetings.values():
        board = state.board
        asked = meeting.state in UNDER_REVIEW and person in (*unanswered(board, meeting), *outdated(board, meeting))
        if asked:
            yield InboxItem("review", "meetings", meeting.id, state.board.card_of_meeting(meeting), "head")
