"""Clocks of reports that are owed: report_block, report_problem, report_warning, and of what is to be sent: notify.

Rulebook sections 5, 7 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store.records import Card, IncidentKind, Issue, IssueKind, Subtask
from store.rules.clock_facts import OWES, Facts, owner_of
from store.rules.clocks import Clock, Kind

ASKS: Mapping[IncidentKind, Kind] = {"stopped": "report_block", "problem": "report_problem", "risk": "report_warning"}
"""What was noticed -> the clock of the report it asks for."""
REPORTS: Mapping[IssueKind, Kind] = {"blocked": "report_block", "warning": "report_warning"}


def incident(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From what was noticed (work stopped 1 h, a problem 2 h, a risk 24 h) until the report of it stands.

    What was taken back, or got worse and runs as the stronger kind, is void.
    """
    if card is None or card.stage == "draft":
        return
    for subtask in facts.board.subtasks_of.get(card.id, ()):
        for each in facts.board.incidents_of.get(subtask.id, ()):
            reported = each.issue is not None or each.entry is not None or each.sync is not None
            closed = each.closed_at if reported else None
            gone = card.stage == "cancelled" or subtask.status == "cancelled"
            void = closed is None and (each.closed_at is not None or gone)
            if not (facts.closed if closed is not None or void else subtask.status in OWES):
                continue
            kind = ASKS[each.kind]
            yield Clock(
                kind,
                "incidents",
                each.id,
                card.id,
                each.since,
                facts.spans.due(each.since, facts.spans.of(kind)),
                closed,
                void,
                owner_of(facts, card, subtask),
                subtask.department,
                each.text or subtask.name,
            )


def reported(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """The clock a blocked report or a warning met when it was raised without having been noted before."""
    if card is None or not facts.closed:
        return
    board = facts.board
    issues = [each for each in board.issues_of.get(card.id, ()) if each.kind in REPORTS]
    incidents = board.incidents_of if issues and board.incidents else {}
    noted = {each.issue for key in {issue.subtask for issue in issues} for each in incidents.get(key or 0, ())}
    for each in issues:
        if each.id not in noted:
            yield _met(facts, card, each, REPORTS[each.kind], board.subtasks.get(each.subtask or 0))


def notify(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """24 h from a ruling, requirement change or lag that was recorded until it is marked sent to all participants.

    Lag writes itself, in the name of whoever has the board open: nobody recorded it, so the lead tells of it.
    """
    span = facts.spans.of("notify")
    for each in facts.board.sync_of.get(card.id if card else 0, ()):
        if not each.notify:
            continue
        closed = each.sent_at
        void = closed is None and card is not None and card.stage == "cancelled"
        if (closed is not None or void) and not facts.closed:
            continue
        by = None if each.event == "lag" else each.by
        who = facts.roster.first(by) or facts.roster.lead(card)
        department = facts.board.people[by].department if by in facts.board.people else None
        due = facts.spans.due(each.at, span)
        yield Clock("notify", "sync", each.id, each.card, each.at, due, closed, void, who, department, each.topic)


def promise(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """`resolution` of a promise in the sync log: due on its date, met when it is kept."""
    for each in facts.board.sync_of.get(card.id if card else 0, ()):
        if each.promise_due is None:
            continue
        closed = each.promise_done_at
        void = closed is None and card is not None and card.stage == "cancelled"
        if (closed is not None or void) and not facts.closed:
            continue
        who = facts.roster.first(each.promise_by, each.by) or facts.roster.lead(card)
        person = facts.board.people.get(who[0]) if who else None
        yield Clock(
            "resolution",
            "sync",
            each.id,
            each.card,
            each.at,
            each.promise_due,
            closed,
            void,
            who,
            person.department if person else None,
            each.topic if each.restricted else each.promise or each.topic,  # others see the topic only
        )


def _met(facts: Facts, card: Card, each: Issue, kind: Kind, subtask: Subtask | None) -> Clock:
    who = facts.roster.first(each.owner) or (owner_of(facts, card, subtask) if subtask else facts.roster.lead(card))
    due = facts.spans.due(each.since, facts.spans.of(kind))
    department = subtask.department if subtask else each.from_department
    return Clock(kind, "issues", each.id, card.id, each.since, due, each.raised_at, False, who, department, each.title)
