"""Draft minutes under review, final ones amended, an action item left out of an agenda (rulebook §6, after)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec
from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, derived, needed, only, wrong_state
from store.operations.agenda import not_frozen
from store.operations.base import Stamp, mint
from store.rules.carried import carried
from store.rules.reviewing import UNDER_REVIEW, reviewers, unanswered, waits_until


class ReviewMinutes(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Answer draft minutes as one who reviews them: confirm, or comment. The first answer puts them in review.

    Args:
        meeting: its draft has been sent.
        answer: confirmed or comment.
        text: the comment; with a confirmation it may be empty.
        person: for whom, if not for oneself (the administrator may).
    """

    about: ClassVar[str] = "meeting"

    meeting: r.MeetingRef
    answer: r.ReviewAnswer = "confirmed"
    text: r.Text = ""
    person: r.PersonRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A draft; by one of its reviewers; a comment with words; the same answer once, unless the minutes changed."""
        meeting = board.meetings[self.meeting]
        if meeting.state not in UNDER_REVIEW:
            yield wrong_state(meeting, meeting.state, *sorted(UNDER_REVIEW))
            return
        who = reviewers(board, meeting)
        if self.person is not None and self.person not in who:
            yield Refused("They do not review these minutes.", code="refuse.reviewer")
            return
        yield from only(board, by, "reviewer", [self.person] if self.person else who)
        if self.answer == "comment" and not self.text.strip():
            yield needed("text")
        before = board.reviews.get(review_id(self.meeting, self._person(by)))
        stands = before if before is not None and before.changed_at is None else None
        if stands is not None and (stands.answer, stands.text) == (self.answer, self.text):
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="take")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answer, in place of an earlier one; the minutes are in review."""
        meeting, person = board.meetings[self.meeting], self._person(by)
        stored = board.reviews.get(review_id(meeting.id, person))
        instead = by.person if by.person != person else None
        said = {"answer": self.answer, "text": self.text, "at": by.at, "by": instead, "changed_at": None}
        if stored is None:
            review = r.Review(id=review_id(meeting.id, person), meeting=meeting.id, person=person, at=by.at)
            changes: list[Change] = [add(msgspec.structs.replace(review, **said))]
        else:
            changes = [put(stored, **said)]
        if meeting.state == "draft":
            changes.append(put(meeting, state="in_review", reviewed_at=by.at))
        return compact(changes)

    def _person(self, by: Stamp) -> int:
        return self.person or by.person


class AmendMinutes(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Correct final minutes by an amendment with a number; what stands in them stays.

    Args:
        id: minted.
        meeting: final.
        text: what it should say.
        reason: why.
        line: which line it corrects, if one.
    """

    adds: ClassVar[str] = "amendments"

    id: int = field(default_factory=mint)
    meeting: r.MeetingRef
    text: r.Text
    reason: str = ""
    line: r.LineRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Final minutes; by their chair or recorder; with words, about a line of theirs."""
        meeting = board.meetings[self.meeting]
        if meeting.state != "final":
            yield wrong_state(meeting, meeting.state, "final")
        yield from only(board, by, "chair", [meeting.chair, meeting.recorder])
        if not self.text.strip():
            yield needed("text")
        if self.line is not None and board.lines[self.line].meeting != self.meeting:
            yield Refused("A line or agenda item belongs to another meeting.", code="refuse.meeting")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The amendment under the next number."""
        number = max((each.number for each in board.amendments_of.get(self.meeting, ())), default=0) + 1
        return [
            add(
                r.Amendment(
                    id=self.id,
                    meeting=self.meeting,
                    number=number,
                    text=self.text,
                    reason=self.reason,
                    line=self.line,
                    at=by.at,
                    by=by.person,
                )
            )
        ]

    def subject(self) -> int:
        """The meeting."""
        return self.meeting


class LeaveOut(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Leave an open action item of an earlier meeting out of an agenda; it stands in the one after that again.

    Args:
        meeting: not final.
        line: an action item carried into it.
        reason: why.
    """

    about: ClassVar[str] = "meeting"

    meeting: r.MeetingRef
    line: r.LineRef
    reason: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Minutes that are not frozen; an item that stands there; a reason."""
        yield from not_frozen(board, self.meeting)
        if self.line not in {each.id for each in carried(board, board.meetings[self.meeting])}:
            yield Refused("This action item is not carried into this meeting.", code="refuse.carried")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The choice, with who made it and when."""
        meeting = board.meetings[self.meeting]
        choice = r.LeftOut(line=self.line, reason=self.reason, by=by.person, at=by.at)
        return [put(meeting, left_out=(*meeting.left_out, choice))]


def review_id(meeting: int, person: int) -> int:
    """The one answer of a reviewer to the minutes of a meeting."""
    return derived("review", meeting, person)


def review_reasons(board: Board, meeting: r.Meeting, now: int) -> Iterator[Refused]:
    """Refuse to finalise while reviewers are silent, until four hours before the final is due (`gate.review`)."""
    silent = unanswered(board, meeting)
    if silent and now < waits_until(board, meeting):
        yield Refused(
            "Cannot finalise: no review by {who} yet. Four hours before it is due it goes without.",
            code="gate.review",
            who=", ".join(board.person_name(each) for each in silent),
        )
