"""Incidents (rulebook §5): noticed and not reported yet; the clock of the report it asks for runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, put
from store.errors import Refused
from store.operations.act import Act, needed
from store.operations.base import Stamp, mint
from store.operations.issues import raisable
from store.operations.progress import over_reasons
from store.operations.reports import STRENGTH, open_incidents
from store.operations.shape import Prose


class Notice(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Note that something happened on a subtask that is not reported yet, so that the clock of its report runs.

    Work that has stopped asks for a blocked report (1 h), a problem for an entry that names it (2 h), a risk for a
    warning (24 h). Getting worse is noted as the stronger kind, since when it is: the weaker clock ends there.

    Args:
        id: minted.
        subtask: where.
        kind: stopped, problem or risk.
        text: what, in a few words.
        since: instant it stopped or was noticed; default now.
    """

    adds: ClassVar[str] = "incidents"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef
    kind: r.IncidentKind
    text: Prose = ""
    since: r.Instant | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Work that is not over, on a card from circulating on; nothing as strong is noted there already."""
        subtask = board.subtasks[self.subtask]
        yield from over_reasons(board, subtask)
        yield from raisable(board, subtask.card, self.since, by)
        if any(STRENGTH[each.kind] >= STRENGTH[self.kind] for each in open_incidents(board, self.subtask)):
            yield Refused("This is noted already: one event runs one clock. Report it.", code="refuse.incident")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The incident; the clock of a weaker one ends where this one begins."""
        since = by.at if self.since is None else self.since
        weaker = [put(each, closed_at=max(since, each.since)) for each in open_incidents(board, self.subtask)]
        made = r.Incident(
            id=self.id, subtask=self.subtask, kind=self.kind, text=self.text, since=since, by=by.person
        )  # fmt: skip
        return [add(made), *weaker]


class WithdrawIncident(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that what was noted needs no report: it was none, or it is over. Its clock is void.

    Args:
        incident: not reported yet.
        reason: why.
    """

    about: ClassVar[str] = "incident"

    incident: r.IncidentRef
    reason: Prose

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Still open, with a reason."""
        if board.incidents[self.incident].closed_at is not None:
            yield Refused("This was reported or taken back already.", code="refuse.incident")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When, and the reason beside what was noted."""
        incident = board.incidents[self.incident]
        text = "; ".join(part for part in (incident.text, self.reason) if part)
        return [put(incident, closed_at=by.at, text=text)]
