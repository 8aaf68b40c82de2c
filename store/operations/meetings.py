"""Meetings from notice to final minutes (rulebook §6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, derived, label, needed, only, same_fields, wrong_state
from store.operations.agenda import EDITABLE
from store.operations.base import Stamp, mint
from store.operations.concrete import final_reasons
from store.operations.meeting_defaults import default_agenda, default_invitees
from store.operations.minutes import action_items, attendance_id, card_of, to_subtask
from store.operations.numbering import Numbers
from store.operations.reviewing import review_reasons
from store.rules.carried import carried
from store.rules.reviewing import UNDER_REVIEW, unanswered


class AgendaDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One agenda item as it is written on a notice: title, minutes of time, presenter; monthly: once a month."""

    title: str
    minutes: int | None = None
    presenter: r.PersonRef | None = None
    attachments: r.Text = ""
    agreed: str = ""
    monthly: bool = False


class CallMeeting(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Give notice of a meeting on a card or an issue; its number is given out when it is written.

    Args:
        id: minted.
        kind: kickoff, progress, coordination, alignment, review, acceptance, retro, other.
        name: default the card's or the issue's.
        card: what it is about; or
        issue: for a coordination meeting.
        goal: core goal.
        starts: instant.
        ends: instant.
        place: place or link.
        chair: default the card's lead.
        recorder: default whoever signs this.
        material_owner: who brings the material.
        invitees: people; left out, those the kind invites.
        observers: people who only listen.
        agenda: items; left out, those of the kind.
    """

    adds: ClassVar[str] = "meetings"

    id: int = field(default_factory=mint)
    kind: r.MeetingKind
    name: str = ""
    card: r.CardRef | None = None
    issue: r.IssueRef | None = None
    goal: r.Text = ""
    starts: r.Instant
    ends: r.Instant | None = None
    place: str = ""
    chair: r.PersonRef | None = None
    recorder: r.PersonRef | None = None
    material_owner: r.PersonRef | None = None
    invitees: tuple[r.PersonRef, ...] | None = None
    observers: tuple[r.PersonRef, ...] = ()
    agenda: tuple[AgendaDraft, ...] | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name or something to take it from, a span that runs forward."""
        if not self.name.strip() and self.card is None and self.issue is None:
            yield needed("name")
        yield from _span(self.starts, self.ends)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The meeting, its agenda and invitations; on an issue the step that says so."""
        numbers = Numbers(board, by)
        issue = board.issues.get(self.issue or 0)
        card = board.cards.get(self.card or (issue.card if issue else 0))
        topic = f"{label(issue)} {issue.title}".split("\n", 1)[0][:200] if issue else ""
        values = same_fields(self, r.Meeting) | {
            "number": numbers.meeting(),
            "name": self.name or topic or (card.name if card else ""),
            "chair": self.chair or (card.lead if card else None) or by.person,
            "recorder": self.recorder or by.person,
            "noticed_at": by.at,
        }
        meeting = r.Meeting(id=self.id, **values)
        changes: list[Change] = [add(meeting), *self._agenda(board), *self._invitations(board, card, issue)]
        if issue is not None:
            step = r.IssueStep(
                id=derived(self.id, "step"),
                issue=issue.id,
                kind="meeting",
                at=by.at,
                by=by.person,
                text=f"{meeting.number} {meeting.name}",
                tier=issue.tier,
            )
            changes.append(add(step))
        return [*changes, *numbers.changes()]

    def _agenda(self, board: Board) -> Iterator[Change]:
        drafts = self.agenda
        if drafts is None:
            usual = default_agenda(board, self.kind, self.card, self.starts)
            drafts = tuple(AgendaDraft(title=title, monthly=monthly) for title, monthly in usual)
        for order, draft in enumerate(drafts):
            yield add(
                r.AgendaItem(
                    id=derived(self.id, "agenda", order),
                    meeting=self.id,
                    order=order,
                    **same_fields(draft, r.AgendaItem),
                )
            )

    def _invitations(self, board: Board, card: r.Card | None, issue: r.Issue | None) -> Iterator[Change]:
        main = default_invitees(board, self.kind, card, issue) if self.invitees is None else self.invitees
        for person in dict.fromkeys([*main, *self.observers]):
            yield add(
                r.Attendance(
                    id=attendance_id(self.id, person), meeting=self.id, person=person, observer=person not in main
                )
            )


class EditMeeting(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change a meeting's facts; a new start moves it.

    Args:
        meeting: not final, not cancelled.
        fields: any of kind, name, goal, starts, ends, place, chair, recorder, material_owner.
    """

    table: ClassVar[str] = "meetings"
    about: ClassVar[str] = "meeting"
    editable: ClassVar[frozenset[str]] = frozenset(
        {"kind", "name", "goal", "starts", "ends", "place", "chair", "recorder", "material_owner"}
    )

    meeting: r.MeetingRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "meetings"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """Not frozen; a span that runs forward."""
        yield from super().against(board, by, new)
        if new.state not in EDITABLE:
            yield wrong_state(new, new.state, *EDITABLE)
        yield from _span(new.starts, new.ends)


class OnMeeting(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of a step of one meeting."""

    about: ClassVar[str] = "meeting"

    meeting: r.MeetingRef

    def must_be(self, board: Board, *states: str) -> Iterator[Refused]:
        """Refuse unless the meeting is in one of the states."""
        meeting = board.meetings[self.meeting]
        if meeting.state not in states:
            yield wrong_state(meeting, meeting.state, *states)


del Act.registry["OnMeeting"]


class HoldMeeting(OnMeeting, frozen=True, kw_only=True, omit_defaults=True):
    """Say that a meeting was held; the clocks of its minutes start at its end.

    Args:
        meeting: with notice.
        began_at: instant; default its planned start, or now if that lies ahead.
        ended_at: instant that has passed; default now.
    """

    began_at: r.Instant | None = None
    ended_at: r.Instant | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """With notice; it ended after it began, and that has passed."""
        yield from self.must_be(board, "notice")
        if self.ended_at is not None and self.ended_at > max(by.at, by.recorded):
            yield Refused("The meeting has not ended yet: its end lies ahead.", code="refuse.future")
        yield from _span(self.began_at, self.ended_at)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The state and the end; who was expected was present; a coordination meeting meets its issue's clock."""
        meeting = board.meetings[self.meeting]
        ended = by.at if self.ended_at is None else self.ended_at
        began = min(meeting.starts, ended) if self.began_at is None else self.began_at
        changes: list[Change] = [put(meeting, state="held", ended_at=ended)]
        changes += [
            put(row, presence="present")
            for row in board.attendance.values()
            if row.meeting == meeting.id and row.presence == "expected"
        ]
        issue = board.issues.get(meeting.issue or 0)
        if issue is not None and meeting.kind == "coordination" and issue.coordinated_at is None:
            changes.append(put(issue, coordinated_at=began))
        return changes


class SendDraft(OnMeeting, frozen=True, kw_only=True, omit_defaults=True):
    """Say that the draft minutes have gone to all participants.

    Args:
        meeting: held.
    """

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Held."""
        yield from self.must_be(board, "held")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The state and when."""
        return [put(board.meetings[self.meeting], state="draft", draft_at=by.at)]


class FinaliseMinutes(OnMeeting, frozen=True, kw_only=True, omit_defaults=True):
    """Freeze the minutes: from now on they are final; their action items become subtasks. MarkSent distributes them.

    Args:
        meeting: its draft has been sent; the chair may.
    """

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The draft has been sent; by the chair; decisions and action items are concrete; the reviewers answered."""
        meeting = board.meetings[self.meeting]
        wrong = [*self.must_be(board, *sorted(UNDER_REVIEW))]
        yield from wrong
        yield from only(board, by, "chair", [meeting.chair])
        yield from final_reasons(board, self.meeting)
        if not wrong:
            yield from review_reasons(board, meeting, by.at)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The state, who did not answer, what was carried over, a subtask for every action item that is none yet."""
        meeting, numbers = board.meetings[self.meeting], Numbers(board, by)
        kept = tuple(line.id for line in carried(board, meeting))
        final = put(meeting, state="final", final_at=by.at, no_answer=unanswered(board, meeting), carried=kept)
        changes: list[Change] = [final]
        if card_of(board, meeting) is not None:
            for line in action_items(board, meeting.id):
                changes += to_subtask(board, by, numbers, line)
        return [*changes, *numbers.changes()]


class CancelMeeting(OnMeeting, frozen=True, kw_only=True, omit_defaults=True):
    """Cancel a meeting that was not held.

    Args:
        meeting: with notice.
        reason: why.
        series: no more regular meetings follow it either.
    """

    reason: str
    series: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not held, with a reason."""
        yield from self.must_be(board, "notice")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The state, when, and the reason."""
        meeting = board.meetings[self.meeting]
        ended = by.at if self.series and meeting.regular else meeting.series_ended_at
        return compact([put(meeting, state="cancelled", cancelled_at=by.at, reason=self.reason, series_ended_at=ended)])


def _span(starts: int | None, ends: int | None) -> Iterator[Refused]:
    if starts is not None and ends is not None and ends < starts:
        yield Refused("The meeting ends before it starts.", code="refuse.span")
