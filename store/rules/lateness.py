"""How late something was reported (rulebook section 5): from the instant it stopped or was noticed to its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from store.records import Issue, IssueKind

if TYPE_CHECKING:
    from store.rules.clock_facts import Spans

REPORTS: dict[IssueKind, str] = {"blocked": "report_block", "warning": "report_warning"}
"""The rule that says how soon an issue of a kind has to be raised; a dispute has none."""


class Reported(Struct, frozen=True, gc=False):
    """When an issue should have been raised at the latest, and how many seconds after that it was (0: in time)."""

    rule: str
    since: int
    due: int
    late: int


def reported(spans: Spans, issue: Issue) -> Reported | None:
    """Return how an issue was raised against the span of its rule; None for a kind without one."""
    rule = REPORTS.get(issue.kind)
    if rule is None:
        return None
    due = spans.due(issue.since, spans.of(rule))
    return Reported(rule, issue.since, due, max(0, issue.raised_at - due))
