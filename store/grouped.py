"""The indexes of a Board, each by its name and with the type of its records: what hangs on what."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from store import records as r
from store.indexes import grouped
from store.tables import Tables

if TYPE_CHECKING:
    from store.board import Board


class Grouped(Tables):
    """What has tables and knows which of their records hang on which; each index is worked out when first asked for."""

    def _grouped(self, name: str) -> dict[int, list[Any]]:
        return grouped(cast("Board", self), name)

    @cached_property
    def subtasks_of(self) -> dict[int, list[r.Subtask]]:
        """Card id -> its subtasks in number order."""
        return self._grouped("subtasks_of")

    @cached_property
    def duties_of(self) -> dict[int, list[r.Duty]]:
        """Card id -> its duties in the card's order."""
        return self._grouped("duties_of")

    @cached_property
    def milestones_of(self) -> dict[int, list[r.Milestone]]:
        """Card id -> its milestones by date."""
        return self._grouped("milestones_of")

    @cached_property
    def progress_of(self) -> dict[int, list[r.ProgressEntry]]:
        """Subtask id -> its entries, oldest first."""
        return self._grouped("progress_of")

    @cached_property
    def issues_of(self) -> dict[int, list[r.Issue]]:
        """Card id -> its issues, oldest first."""
        return self._grouped("issues_of")

    @cached_property
    def steps_of(self) -> dict[int, list[r.IssueStep]]:
        """Issue id -> its steps, oldest first."""
        return self._grouped("steps_of")

    @cached_property
    def meetings_of(self) -> dict[int, list[r.Meeting]]:
        """Card id -> its meetings by start (those of its issues too)."""
        return self._grouped("meetings_of")

    @cached_property
    def attendance_of(self) -> dict[int, list[r.Attendance]]:
        """Meeting id -> attendance in the order it was entered."""
        return self._grouped("attendance_of")

    @cached_property
    def agenda_of(self) -> dict[int, list[r.AgendaItem]]:
        """Meeting id -> agenda items in order."""
        return self._grouped("agenda_of")

    @cached_property
    def lines_of(self) -> dict[int, list[r.MinutesLine]]:
        """Agenda item id -> its lines in order."""
        return self._grouped("lines_of")

    @cached_property
    def reviews_of(self) -> dict[int, list[r.Review]]:
        """Meeting id -> answers to its draft minutes, oldest first."""
        return self._grouped("reviews_of")

    @cached_property
    def amendments_of(self) -> dict[int, list[r.Amendment]]:
        """Meeting id -> the amendments of its final minutes, by number."""
        return self._grouped("amendments_of")

    @cached_property
    def sync_of(self) -> dict[int, list[r.SyncEntry]]:
        """Card id (0: none) -> sync entries, oldest first."""
        return self._grouped("sync_of")

    @cached_property
    def passes_of(self) -> dict[int, list[r.Pass]]:
        """Card id -> gates passed with a reason, oldest first."""
        return self._grouped("passes_of")

    @cached_property
    def attachments_of(self) -> dict[int, list[r.Attachment]]:
        """Card id -> its attachments."""
        return self._grouped("attachments_of")

    @cached_property
    def seen_of(self) -> dict[int, list[r.Seen]]:
        """Card id -> who has seen it, first ones first."""
        return self._grouped("seen_of")

    @cached_property
    def letters_of(self) -> dict[int, list[r.Letter]]:
        """Subtask id -> its RACI letters."""
        return self._grouped("letters_of")

    @cached_property
    def inputs_of(self) -> dict[int, list[r.Input]]:
        """Subtask id -> its inputs."""
        return self._grouped("inputs_of")

    @cached_property
    def scopes_of(self) -> dict[int, list[r.CollaboratorScope]]:
        """Subtask id -> what its collaborators provide."""
        return self._grouped("scopes_of")

    @cached_property
    def joint_reviews_of(self) -> dict[int, list[r.JointReview]]:
        """Subtask id -> what its reviewing departments said, oldest first."""
        return self._grouped("joint_reviews_of")

    @cached_property
    def supports_of(self) -> dict[int, list[r.SupportRequest]]:
        """Subtask id -> support asked for, oldest first."""
        return self._grouped("supports_of")

    @cached_property
    def incidents_of(self) -> dict[int, list[r.Incident]]:
        """Subtask id -> what was noticed, oldest first."""
        return self._grouped("incidents_of")

    @cached_property
    def acceptances_of(self) -> dict[int, list[r.Acceptance]]:
        """Card id -> its rounds of acceptance."""
        return self._grouped("acceptances_of")

    @cached_property
    def retros_of(self) -> dict[int, list[r.Retro]]:
        """Card id -> its retros, oldest first."""
        return self._grouped("retros_of")

    @cached_property
    def results_of(self) -> dict[int, list[r.ClockResult]]:
        """Card id (0: none) -> results of its closed clocks."""
        return self._grouped("results_of")
