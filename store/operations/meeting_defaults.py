"""What a meeting starts with by default: agenda and invitees of its kind (rulebook §6)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store import records as r
from store.board import Board
from store.rules.routing import recipients
from store.rules.series import same_month


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for the catalogues; whoever calls a meeting translates the titles it hands over."""
    return text


DEFAULT_AGENDAS: Mapping[r.MeetingKind, tuple[str, ...]] = MappingProxyType(
    {
        "kickoff": (
            N_("Goal and priority"),
            N_("Tasks with responsible and supporting departments"),
            N_("Key dates"),
            N_("Communication mechanism"),
        ),
        "progress": (N_("Progress"), N_("Problems, risks, resources needed"), N_("Next steps")),
        "coordination": (N_("The problem and each side's position"), N_("Options"), N_("Decision and next steps")),
        "alignment": (N_("Goals of each department"), N_("Differences"), N_("Agreed goals and dates")),
        "review": (N_("What is reviewed"), N_("Findings"), N_("Result and next steps")),
        "acceptance": (N_("Deliverables against the acceptance criteria"), N_("Findings"), N_("Verdict")),
        "retro": (N_("What went well"), N_("What fell short"), N_("Improvements")),
        "other": (),
    }
)
"""English titles of the agenda items of each kind; ours beyond kickoff and progress."""


MONTHLY: Mapping[r.MeetingKind, str] = MappingProxyType({"progress": N_("Duties of each department")})
"""What the first meeting of a kind in a month talks about besides (rulebook §6)."""


def default_agenda(board: Board, kind: r.MeetingKind, card: int | None, starts: int) -> list[tuple[str, bool]]:
    """The agenda a meeting of a kind begins with: English titles, and whether the item stands once a month only."""
    titles = [(title, False) for title in DEFAULT_AGENDAS[kind]]
    this_month = (
        each
        for each in board.meetings.values()
        if each.kind == kind and each.card == card and each.state != "cancelled"
    )
    if kind in MONTHLY and card is not None and not any(same_month(board, each.starts, starts) for each in this_month):
        titles.append((MONTHLY[kind], True))
    return titles


def default_invitees(board: Board, kind: r.MeetingKind, card: r.Card | None, issue: r.Issue | None) -> tuple[int, ...]:
    """Who is invited by default, each once: person ids.

    Progress: the card's liaisons and lead. Coordination: who raised the issue, its owner, the subtask's owner, the
    heads of its two departments, the lead, and R, A and C of the subtask (rulebook §3). Others: heads, liaisons,
    work leads and the lead.
    """
    people: list[int | None] = [card.lead if card else None]
    duties = [duty for duty in board.duties.values() if card and duty.card == card.id]
    if issue is not None and kind == "coordination":
        subtask = board.subtasks.get(issue.subtask or 0)
        sides = [board.departments.get(d or 0) for d in (issue.from_department, issue.department)]
        people += [side.head if side else None for side in sides]
        people += [issue.raised_by, issue.owner, subtask.owner if subtask else None]
        people += recipients(board, subtask, "coordination") if subtask else ()
    else:
        for duty in sorted(duties, key=lambda d: (d.order, d.id)):
            head = board.departments[duty.department].head if duty.department in board.departments else None
            people += [duty.liaison or head] if kind == "progress" else [head, duty.liaison, duty.work_lead]
    return tuple(dict.fromkeys(person for person in people if person and person in board.people))
