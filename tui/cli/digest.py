"""`digest`: what happened and what is next, as text ready for a chat group."""

from __future__ import annotations

from datetime import date

from store.errors import UsageError
from store.operations.references import find
from store.views.digest import Digest, Period, digest
from tui.cli.context import Run
from tui.cli.lists import shapes_of
from tui.cli.shapes import Item
from tui.present.digest import digest_text


def print_digest(run: Run) -> int:
    """`digest [--week|--month] [--card ID] [--markdown]`; today without any of them."""
    words = run.words
    if words.has("week") and words.has("month"):
        raise UsageError("--week or --month, not both.")
    card = find(run.board, "cards", words.text("card")) if words.has("card") else None
    # A card's day says little: without a period of its own it is told by the week.
    period: Period = "month" if words.has("month") else "week" if words.has("week") or card else "today"
    state = run.session.build(run.seen, None)
    found = digest(state, run.now, period, card)
    if run.json:
        run.out.json(_item(run, found))
    else:
        run.out.lines(digest_text(state, found, "markdown" if words.has("markdown") else "plain").splitlines())
    return 0


def _item(run: Run, found: Digest) -> Item:
    """The digest as JSON: records as `list` prints them, restricted entries without their texts."""
    shapes = shapes_of(run)
    shapes.me = None
    return {
        "period": found.period,
        "card": shapes.number("cards", found.card),
        "from": date.fromordinal(found.first).isoformat(),
        "to": date.fromordinal(found.last).isoformat(),
        "over": [shapes.clock(clock) for clock in found.over],
        "due": [shapes.clock(clock) for clock in found.coming],
        "progress": [
            {
                "subtask": each.subtask.number,
                "at": shapes.instant(each.entry.at),
                "by": shapes.person(each.entry.by),
                "percent": each.entry.percent,
                "done": each.entry.done or None,
                "next": each.entry.next or None,
                "problem": each.entry.problem or None,
            }
            for each in found.reports
        ],
        "raised": [shapes.issue(each.id) for each in found.raised],
        "escalated": [
            {"issue": each.issue.number, "tier": each.step.tier, "at": shapes.instant(each.step.at)}
            for each in found.moved
        ],
        "decided": [shapes.issue(each.id) for each in found.resolved],
        "open_issues": [shapes.issue(each.id) for each in found.waiting],
        "sync": [shapes.sync(each.id) for each in found.written],
        "to_be_sent": [shapes.sync(each.id) for each in found.unsent],
    }
