"""The division of work (rulebook §3): subtasks added, edited, put back in work, cancelled; what their owner says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, Put, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, derived, needed, only, same_fields, wrong_state
from store.operations.base import Stamp, mint
from store.operations.cards import closed_reasons, span_reasons
from store.operations.concrete import concrete
from store.operations.numbering import Numbers
from store.operations.raci import signatures_void, touched_by
from store.operations.reports import blocked_reasons
from store.operations.wishes import fit
from store.rules.dependencies import cycle
from store.rules.division import short

Question = Literal["task", "date", "dependencies"]
QUESTIONS: tuple[Question, ...] = ("task", "date", "dependencies")
"""The owner's three questions: task and standard clear / date feasible, no gap / dependencies known."""
ABOUT: Mapping[str, tuple[str, ...]] = {
    "task": ("standard", "description"),
    "date": ("planned_start", "planned_finish"),
    "dependencies": ("depends_on",),
}
"""What each question is about: another value asks it anew. A new owner is asked all three."""


class AddSubtask(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add a subtask to a card; its number is given out when it is written.

    Args:
        id: minted.
        card: which.
        name: what is to be done.
        department: responsible; default the owner's.
        owner: exactly one person.
        collaborators: who else provides something.
        inputs: what is needed from other departments.
        description: more words.
        standard: completion standard: form, range, quality (完成标准).
        deliverable: what is handed over.
        resources: people, budget, equipment.
        planned_start: instant.
        planned_finish: instant.
        depends_on: subtasks it waits for.
        reviewers: departments that review it together (联合评审).
        most_revisions: most times it may be sent back.
    """

    adds: ClassVar[str] = "subtasks"

    id: int = field(default_factory=mint)
    card: r.CardRef
    name: str
    department: r.DepartmentRef | None = None
    owner: r.PersonRef | None = None
    collaborators: tuple[r.PersonRef, ...] = ()
    inputs: r.Text = ""
    description: r.Text = ""
    standard: r.Text = ""
    deliverable: str = ""
    resources: r.Text = ""
    planned_start: r.Instant | None = None
    planned_finish: r.Instant | None = None
    depends_on: tuple[r.SubtaskRef, ...] = ()
    reviewers: tuple[r.DepartmentRef, ...] = ()
    most_revisions: int | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name, a span that runs forward, a card that is not closed."""
        if not self.name.strip():
            yield needed("name")
        yield from closed_reasons(board.cards[self.card])
        yield from fit(board, self)
        yield from span_reasons(self.planned_start, self.planned_finish)
        yield from _revision_reasons(self.most_revisions)
        yield from concrete(board, self.standard)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The subtask and the counter of its number; its departments have to sign the division anew."""
        numbers = Numbers(board, by)
        owner = board.people.get(self.owner or 0)
        values = same_fields(self, r.Subtask) | {
            "number": numbers.subtask(self.card, board.cards[self.card].number),
            "department": self.department or (owner.department if owner else None),
            "created_at": by.at,
        }
        new = r.Subtask(id=self.id, **values)
        return [add(new), *numbers.changes(), *signatures_void(board, self.card, touched_by(board, None, new))]


class EditSubtask(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change fields of a subtask.

    Args:
        subtask: which.
        fields: name -> new value; percent and status have operations of their own.
    """

    table: ClassVar[str] = "subtasks"
    about: ClassVar[str] = "subtask"
    editable: ClassVar[frozenset[str]] = frozenset(AddSubtask.__struct_fields__) - {"id", "card"}

    subtask: r.SubtaskRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "subtasks"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """On a card that is not over; not cancelled; a span that runs forward; nothing that waits for itself."""
        yield from super().against(board, by, new)
        yield from closed_reasons(board.cards.get(new.card))
        yield from fit(board, new, self.fields)
        if new.status == "cancelled":
            yield wrong_state(new, new.status, "not_started", "in_progress", "blocked", "awaiting_acceptance")
        yield from span_reasons(new.planned_start, new.planned_finish)
        yield from _revision_reasons(new.most_revisions)
        if new.standard != board.subtasks[new.id].standard:
            yield from concrete(board, new.standard)
        if "depends_on" in self.fields:
            yield from circle_reasons(board.subtasks, new.id, new.depends_on)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The fields that differ; what the owner said of them and the signatures they touch are void."""
        changes = super().apply(board, by)
        if not changes:
            return changes
        old, new = board.subtasks[self.subtask], self.edited(board)
        kept = tuple(answer for answer in old.answers if not _asks_anew(answer, old, new))
        edit = changes[0]
        if isinstance(edit, Put) and kept != old.answers:
            edit.fields["answers"] = (list(old.answers), list(kept))
        return [*changes, *signatures_void(board, new.card, touched_by(board, old, new))]


class OnSubtask(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what happens to one subtask."""

    about: ClassVar[str] = "subtask"

    subtask: r.SubtaskRef

    def lead_only(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Refuse unless the card's lead signs."""
        card = board.cards.get(board.subtasks[self.subtask].card)
        return only(board, by, "lead", [card.lead if card else None])

    def must_be(self, board: Board, *states: str) -> Iterator[Refused]:
        """Refuse unless the subtask is in one of the states."""
        subtask = board.subtasks[self.subtask]
        if subtask.status not in states:
            yield wrong_state(subtask, subtask.status, *states)

    def still_open(self, board: Board) -> Iterator[Refused]:
        """Refuse on a card that is over."""
        return closed_reasons(board.cards.get(board.subtasks[self.subtask].card))


del Act.registry["OnSubtask"]


class SetScope(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Say what a collaborator of a subtask provides (协作人及协作范围); who is none becomes one.

    Args:
        subtask: not cancelled.
        person: the collaborator.
        scope: what they provide.
    """

    person: r.PersonRef
    scope: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """On a card that is not over; not cancelled; another than the owner."""
        subtask = board.subtasks[self.subtask]
        yield from self.still_open(board)
        yield from self.must_be(board, "not_started", "in_progress", "blocked", "awaiting_acceptance", "done")
        if self.person == subtask.owner:
            yield Refused("A collaborator is another person than the owner.", code="refuse.self")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The scope, and the person among the collaborators."""
        subtask = board.subtasks[self.subtask]
        among = subtask.collaborators
        key = scope_id(self.subtask, self.person)
        stored = board.scopes.get(key)
        new = r.CollaboratorScope(id=key, subtask=self.subtask, person=self.person, scope=self.scope)
        return compact(
            [
                put(subtask, collaborators=among if self.person in among else (*among, self.person)),
                put(stored, scope=self.scope) if stored else add(new),
            ]
        )


def scope_id(subtask: int, person: int) -> int:
    """The one row of what a person provides to a subtask."""
    return derived("scope", subtask, person)


class AnswerQuestions(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Answer the owner's three questions about a subtask (T3): which of them are a yes.

    Args:
        subtask: in work or not started.
        answers: of task (task and standard are clear), date (the finish is feasible, no gap) and dependencies (known).
    """

    answers: tuple[Question, ...] = ()

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Work that is not handed over, on a card that is not over."""
        yield from self.still_open(board)
        yield from self.must_be(board, "not_started", "in_progress", "blocked")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answers and when."""
        said = tuple(question for question in QUESTIONS if question in self.answers)
        return [put(board.subtasks[self.subtask], answers=said, answered_at=by.at)]


class ResumeSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Put a blocked subtask back in progress.

    Args:
        subtask: blocked.
    """

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Blocked, on a card that is not over; every blocked report on it is resolved."""
        yield from self.still_open(board)
        yield from self.must_be(board, "blocked")
        yield from blocked_reasons(board, self.subtask)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The status."""
        subtask = board.subtasks[self.subtask]
        started = by.at if subtask.started_at is None else subtask.started_at
        return [put(subtask, status="in_progress", started_at=started)]


class VoidSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Cancel a subtask for good; it keeps its number and its history.

    Args:
        subtask: not done.
        reason: why.
    """

    reason: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not done or cancelled, with a reason, on a card that is not over."""
        yield from self.still_open(board)
        yield from self.must_be(board, "not_started", "in_progress", "blocked", "awaiting_acceptance")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The status and the reason."""
        subtask = board.subtasks[self.subtask]
        return [put(subtask, status="cancelled", cancelled_at=by.at, reason=self.reason)]


def circle_reasons(subtasks: Mapping[int, r.Subtask], subtask: int, depends_on: Iterable[int]) -> Iterator[Refused]:
    """Refuse what would make subtasks wait for each other in a circle; the sentence names it."""
    found = cycle(subtasks, subtask, depends_on)
    if len(found) == 2:
        yield Refused("A subtask cannot wait for itself.", code="refuse.self")
    elif found:
        chain = " > ".join(short(subtasks[key]) for key in found)
        yield Refused("These would wait for each other in a circle: {chain}.", code="refuse.circle", chain=chain)


def circles_in(after: Board, changes: Iterable[Change]) -> Iterator[Refused]:
    """Refuse changes (drawn on `after`) that make subtasks wait for each other in a circle: an import, an undo."""
    after.take_parent()
    for change in changes:
        subtask = after.subtasks.get(change.id) if change.table == "subtasks" else None
        if subtask is not None and subtask.depends_on:
            yield from circle_reasons(after.subtasks, subtask.id, subtask.depends_on)


def _asks_anew(answer: str, old: r.Subtask, new: r.Subtask) -> bool:
    """Whether an edit takes away what the owner said yes to."""
    return any(getattr(old, name) != getattr(new, name) for name in ("owner", *ABOUT.get(answer, ())))


def _revision_reasons(most: int | None) -> Iterator[Refused]:
    if most is not None and most < 0:
        yield Refused("The most revisions are 0 or more.", code="refuse.revisions")
