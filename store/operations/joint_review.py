"""Joint review of a subtask (联合评审, rulebook §3): what each reviewing department says, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import derived, needed
from store.operations.base import Stamp
from store.operations.cards import home
from store.operations.subtasks import OnSubtask


class ReviewSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Say for a reviewing department what it thinks of a subtask; once for each revision, a later word replaces it.

    The lead accepts or sends back with these words before them; a missing one does not stop the lead.

    Args:
        subtask: in work or handed over, with departments of a joint review.
        department: which of them; default that of whoever signs.
        text: its words; with an agreement they may be empty.
        objects: it does not agree.
    """

    about: ClassVar[str] = "subtask"

    department: r.DepartmentRef | None = None
    text: r.Text = ""
    objects: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """On a card that is not over; one of the reviewing departments; an objection has words."""
        subtask = board.subtasks[self.subtask]
        yield from self.still_open(board)
        yield from self.must_be(board, "in_progress", "blocked", "awaiting_acceptance")
        if self._department(board, by) not in subtask.reviewers:
            names = ", ".join(map(board.department_name, subtask.reviewers)) or "-"
            yield Refused("This is reviewed by {departments}.", code="refuse.reviewer", departments=names)
        if self.objects and not self.text.strip():
            yield needed("text")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The word of this department on this revision."""
        subtask, department = board.subtasks[self.subtask], self._department(board, by)
        key = derived("joint review", subtask.id, department, subtask.revisions)
        said = {"by": by.person, "at": by.at, "text": self.text, "agrees": not self.objects}
        stored = board.joint_reviews.get(key)
        if stored is not None:
            return compact([put(stored, **said)])
        new = r.JointReview(
            id=key, subtask=subtask.id, department=department, revision=subtask.revisions, by=by.person, at=by.at,
            text=self.text, agrees=not self.objects,
        )  # fmt: skip
        return [add(new)]

    def _department(self, board: Board, by: Stamp) -> int:
        return self.department or home(board, by.person) or 0
