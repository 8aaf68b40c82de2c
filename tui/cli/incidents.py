"""`incident`: what was noticed and is not reported yet, so that the clock of its report runs (rulebook §5)."""

from __future__ import annotations

from store.errors import Refused, UsageError
from store.operations.incidents import Notice, WithdrawIncident
from store.operations.references import find
from store.operations.reports import open_incidents
from store.records import IncidentKind
from store.rules.clocks_reports import ASKS
from tui.cli.context import Run
from tui.cli.performing import perform

DAY = 86_400
KINDS: dict[str, IncidentKind] = {"stopped": "stopped", "problem": "problem", "risk": "risk"}


def incident(run: Run) -> int:
    """`incident SUBTASK [TEXT...] [--kind stopped|problem|risk] [--since WHEN] [--over REASON]`."""
    words = run.words
    subtask = find(run.board, "subtasks", words.text("subtask"))
    if words.has("over"):
        return perform(run, WithdrawIncident(incident=_open(run, subtask), reason=words.text("over")))
    if not words.has("text"):
        raise UsageError("{name} is missing. Usage: {usage}", name="TEXT", usage=words.command.usage)
    kind, since = _kind(words.text("kind")), _since(run)
    return perform(run, Notice(subtask=subtask, kind=kind, text=words.text("text"), since=since))


def _since(run: Run) -> int | None:
    """When it happened; a time of day is the last one there was. Raises DateProblem; None: now."""
    typed = run.words.text("since")
    if not typed:
        return None
    found, now = run.instant(typed, start=True), run.clock.now()
    return found - DAY if now < found <= now + DAY else found


def _kind(typed: str) -> IncidentKind:
    """Work that has stopped unless said otherwise. Raises UsageError."""
    found = KINDS.get(typed or "stopped")
    if found is None:
        raise UsageError('--kind "{value}": write one of {kinds}.', value=typed[:60], kinds=", ".join(ASKS))
    return found


def _open(run: Run, subtask: int) -> int:
    """What is noted there and not reported. Raises Refused."""
    found = open_incidents(run.board, subtask)
    if not found:
        number = run.board.subtasks[subtask].number
        raise Refused("Nothing is noted on {id} that is not reported.", code="refuse.incident", id=number)
    return found[-1].id
