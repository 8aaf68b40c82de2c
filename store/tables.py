"""The tables of a Board, each by its name and with the type of its records."""

from __future__ import annotations

from typing import cast

from store import records as r


class Tables:
    """What has tables: dicts doc id -> record."""

    def table(self, name: str) -> dict[int, r.Record]:
        """All records of a table by doc id."""
        raise NotImplementedError

    @property
    def people(self) -> dict[int, r.Person]:
        """People by doc id."""
        return cast("dict[int, r.Person]", self.table("people"))

    @property
    def departments(self) -> dict[int, r.Department]:
        """Departments by doc id."""
        return cast("dict[int, r.Department]", self.table("departments"))

    @property
    def cards(self) -> dict[int, r.Card]:
        """Cards by doc id."""
        return cast("dict[int, r.Card]", self.table("cards"))

    @property
    def duties(self) -> dict[int, r.Duty]:
        """Duties by doc id."""
        return cast("dict[int, r.Duty]", self.table("duties"))

    @property
    def milestones(self) -> dict[int, r.Milestone]:
        """Milestones by doc id."""
        return cast("dict[int, r.Milestone]", self.table("milestones"))

    @property
    def subtasks(self) -> dict[int, r.Subtask]:
        """Subtasks by doc id."""
        return cast("dict[int, r.Subtask]", self.table("subtasks"))

    @property
    def progress(self) -> dict[int, r.ProgressEntry]:
        """Progress entries by doc id."""
        return cast("dict[int, r.ProgressEntry]", self.table("progress"))

    @property
    def issues(self) -> dict[int, r.Issue]:
        """Issues by doc id."""
        return cast("dict[int, r.Issue]", self.table("issues"))

    @property
    def steps(self) -> dict[int, r.IssueStep]:
        """Issue steps by doc id."""
        return cast("dict[int, r.IssueStep]", self.table("steps"))

    @property
    def meetings(self) -> dict[int, r.Meeting]:
        """Meetings by doc id."""
        return cast("dict[int, r.Meeting]", self.table("meetings"))

    @property
    def attendance(self) -> dict[int, r.Attendance]:
        """Attendance by doc id."""
        return cast("dict[int, r.Attendance]", self.table("attendance"))

    @property
    def agenda(self) -> dict[int, r.AgendaItem]:
        """Agenda items by doc id."""
        return cast("dict[int, r.AgendaItem]", self.table("agenda"))

    @property
    def lines(self) -> dict[int, r.MinutesLine]:
        """Lines of minutes by doc id."""
        return cast("dict[int, r.MinutesLine]", self.table("lines"))

    @property
    def reviews(self) -> dict[int, r.Review]:
        """Answers to draft minutes by doc id."""
        return cast("dict[int, r.Review]", self.table("reviews"))

    @property
    def amendments(self) -> dict[int, r.Amendment]:
        """Amendments of final minutes by doc id."""
        return cast("dict[int, r.Amendment]", self.table("amendments"))

    @property
    def sync(self) -> dict[int, r.SyncEntry]:
        """Sync entries by doc id."""
        return cast("dict[int, r.SyncEntry]", self.table("sync"))

    @property
    def passes(self) -> dict[int, r.Pass]:
        """Gates passed with a reason by doc id."""
        return cast("dict[int, r.Pass]", self.table("passes"))

    @property
    def attachments(self) -> dict[int, r.Attachment]:
        """Attachments by doc id."""
        return cast("dict[int, r.Attachment]", self.table("attachments"))

    @property
    def seen(self) -> dict[int, r.Seen]:
        """Who has seen a card by doc id."""
        return cast("dict[int, r.Seen]", self.table("seen"))

    @property
    def letters(self) -> dict[int, r.Letter]:
        """RACI letters by doc id."""
        return cast("dict[int, r.Letter]", self.table("letters"))

    @property
    def inputs(self) -> dict[int, r.Input]:
        """Inputs by doc id."""
        return cast("dict[int, r.Input]", self.table("inputs"))

    @property
    def scopes(self) -> dict[int, r.CollaboratorScope]:
        """Scopes of collaborators by doc id."""
        return cast("dict[int, r.CollaboratorScope]", self.table("scopes"))

    @property
    def joint_reviews(self) -> dict[int, r.JointReview]:
        """Words of reviewing departments by doc id."""
        return cast("dict[int, r.JointReview]", self.table("joint_reviews"))

    @property
    def supports(self) -> dict[int, r.SupportRequest]:
        """Requests for support by doc id."""
        return cast("dict[int, r.SupportRequest]", self.table("supports"))

    @property
    def incidents(self) -> dict[int, r.Incident]:
        """Incidents noticed by doc id."""
        return cast("dict[int, r.Incident]", self.table("incidents"))

    @property
    def acceptances(self) -> dict[int, r.Acceptance]:
        """Rounds of acceptance by doc id."""
        return cast("dict[int, r.Acceptance]", self.table("acceptances"))

    @property
    def retros(self) -> dict[int, r.Retro]:
        """Retros by doc id."""
        return cast("dict[int, r.Retro]", self.table("retros"))

    @property
    def results(self) -> dict[int, r.ClockResult]:
        """Results of closed clocks by doc id."""
        return cast("dict[int, r.ClockResult]", self.table("results"))

    @property
    def archived(self) -> dict[int, r.Archived]:
        """Cards in the archive by doc id."""
        return cast("dict[int, r.Archived]", self.table("archived"))

    @property
    def asides(self) -> dict[int, r.Aside]:
        """Operations that were put aside and wait for their authors, by doc id."""
        return cast("dict[int, r.Aside]", self.table("asides"))

    @property
    def history(self) -> dict[int, r.HistoryEntry]:
        """History entries by chain number."""
        return cast("dict[int, r.HistoryEntry]", self.table("history"))
