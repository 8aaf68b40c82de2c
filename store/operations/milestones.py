"""Milestones of cards and subtasks: tentative, relative, announced before they change, reached (rulebook §3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import DateProblem, Refused
from store.operations.act import Act, Edit, derived, needed, same_fields
from store.operations.base import Stamp, mint
from store.operations.cards import closed_reasons
from store.operations.handover import sync_entry
from store.operations.in_writing import requirement_change
from store.operations.shape import Prose
from store.operations.wishes import fit
from store.rules.relative_dates import circle, read_relative


class AddMilestone(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add a milestone to a card.

    Args:
        id: minted.
        card: which.
        subtask: if it is one of a subtask of that card.
        name: what is reached.
        due: instant; may be left open.
        relative: instead of a date what it hangs on: 第10个工作日, 评审后2日内, 3 days before EVENT.
        responsible: who brings it.
        department: whose it is.
        output: what is there when it is reached.
        tentative: the date is not firm (暂定).
        notice_days: how many days before it a change of it must be announced (10 where one asks).
    """

    adds: ClassVar[str] = "milestones"

    id: int = field(default_factory=mint)
    card: r.CardRef
    subtask: r.SubtaskRef | None = None
    name: str
    due: r.Instant | None = None
    relative: str = ""
    responsible: r.PersonRef | None = None
    department: r.DepartmentRef | None = None
    output: str = ""
    tentative: bool = False
    notice_days: int | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name; the subtask is of the card; a relative date that is understood."""
        yield from closed_reasons(board.cards[self.card])
        yield from fit(board, self)
        if not self.name.strip():
            yield needed("name")
        if self.subtask and board.subtasks[self.subtask].card != self.card:
            yield Refused("The subtask belongs to another card.", code="refuse.card")
        yield from _date_reasons(board, self._made(), self.notice_days)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new milestone."""
        return [add(self._made())]

    def _made(self) -> r.Milestone:
        return r.Milestone(id=self.id, **same_fields(self, r.Milestone))


class EditMilestone(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change a milestone. Where it asks for notice, another date is announced: AnnounceChange.

    Args:
        milestone: which.
        fields: any of name, due, relative, responsible, department, output, tentative, notice_days.
    """

    table: ClassVar[str] = "milestones"
    about: ClassVar[str] = "milestone"
    editable: ClassVar[frozenset[str]] = frozenset(
        {"name", "due", "relative", "responsible", "department", "output", "tentative", "notice_days"}
    )

    milestone: r.MilestoneRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "milestones"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """A relative date that is understood; no silent change where notice is asked for."""
        yield from super().against(board, by, new)
        yield from closed_reasons(board.cards.get(new.card))
        yield from fit(board, new, self.fields)
        yield from _date_reasons(board, new, new.notice_days)
        old = board.milestones[self.milestone]
        moved = (old.due, old.relative) != (new.due, new.relative) and (old.due is not None or old.relative)
        if moved and old.notice_days is not None and board.cards[old.card].stage == "active":
            yield Refused(
                "A change of {id} is announced {n} days before: announce it with its new date.",
                code="refuse.notice",
                id=old.name,
                n=old.notice_days,
            )


class AnnounceChange(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Announce in writing that a milestone changes: a sync entry to all participants, and its new date.

    Args:
        id: seeds the sync entry; minted.
        milestone: not reached.
        text: what changes, and why.
        due: its new date; or
        relative: what it hangs on now.
    """

    about: ClassVar[str] = "milestone"

    id: int = field(default_factory=mint)
    milestone: r.MilestoneRef
    text: Prose
    due: r.Instant | None = None
    relative: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Words, on a milestone that is not reached, and a relative date that is understood."""
        yield from closed_reasons(board.cards.get(board.milestones[self.milestone].card))
        if not self.text.strip():
            yield needed("text")
        milestone = board.milestones[self.milestone]
        if milestone.reached_at is not None:
            yield Refused("This milestone is reached already.", code="refuse.milestone")
        yield from _date_reasons(board, msgspec.structs.replace(milestone, relative=self.relative), None)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When it was announced, the new date, the sync entry that waits to be sent."""
        milestone = board.milestones[self.milestone]
        fields: dict[str, Any] = {"change_announced_at": by.at, "moved_from": None}
        if self.due is not None or self.relative:
            fields |= {"due": self.due, "relative": self.relative}
        card = board.cards[milestone.card]
        return [put(milestone, **fields), *requirement_change(board, by, self.id, card, self._words(milestone))]

    def _words(self, milestone: r.Milestone) -> str:
        return f"{milestone.name}: {self.text}"


class ReachMilestone(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that a milestone is reached: its output is there.

    Args:
        id: seeds the sync entry; minted.
        milestone: not reached yet.
        output: what is there (kept as it was if left out).
        reference: where it lies (link, path); given, it is registered in the sync log at once.
    """

    about: ClassVar[str] = "milestone"

    id: int = field(default_factory=mint)
    milestone: r.MilestoneRef
    output: str = ""
    reference: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Once."""
        if board.milestones[self.milestone].reached_at is not None:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="step")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When, and the output; registered if it says where that lies."""
        milestone = board.milestones[self.milestone]
        fields: dict[str, Any] = {"reached_at": by.at, "output": self.output or milestone.output}
        log: list[Change] = []
        if self.reference.strip():
            named = msgspec.structs.replace(milestone, **fields)
            log = [add(sync_entry(board, named, derived(self.id, "sync"), by, self.reference))]
            fields["registered_at"] = by.at
        return compact([put(milestone, **fields), *log])


def _date_reasons(board: Board, milestone: r.Milestone, notice_days: int | None) -> Iterator[Refused]:
    relative = milestone.relative
    if relative.strip() and read_relative(relative) is None:
        yield DateProblem(
            '"{value}" is not understood. Write 第10个工作日, 评审后2日内 or 3 days before EVENT.', value=relative[:60]
        )
    elif way := circle(board, milestone):
        chain = " > ".join(way)
        yield Refused("These would wait for each other in a circle: {chain}.", code="refuse.circle", chain=chain)
    if notice_days is not None and notice_days < 0:
        yield Refused("Days of notice are 0 or more.", code="refuse.notice")
