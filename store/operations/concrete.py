"""What must be concrete: duties, decisions, action items, completion standards (rulebook §6, wording).

Points, risks, reasons and impacts are never refused for their words, nor is what an import brings or a draft of
minutes holds. The words are looked at with the board's own list and exceptions (`vague_words`, `vague_exceptions`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from store import records as r
from store.board import Board
from store.errors import Refused
from store.rules.smart import lacks_what_it_must_have

DUTY_PARTS: Final = ("role", "action", "standard")


def concrete(board: Board, *texts: str) -> Iterator[Refused]:
    """Refuse each text that holds vague words (`refuse.wording`, with the first of them)."""
    if any(texts):
        # Not at the top: a start has no text to look at.
        from store.rules.wording import wording_refusals

        yield from wording_refusals(texts, board.settings.vague_words, board.settings.vague_exceptions)


def concrete_duty(board: Board, duty: Any, changed: Collection[str] = DUTY_PARTS) -> Iterator[Refused]:
    """Refuse a duty that says nothing (`refuse.duty`) or says it vaguely; only its `changed` parts are looked at."""
    role, action, standard = (getattr(duty, name) if name in changed else "" for name in DUTY_PARTS)
    if role or action or standard:
        from store.rules.wording import duty_findings

        settings = board.settings
        yield from duty_findings(role, action, standard, settings.vague_words, settings.vague_exceptions)


def final_reasons(board: Board, meeting: int) -> Iterator[Refused]:
    """Refuse to finalise minutes with findings in decisions or action items (`gate.final`, one sentence)."""
    found = [line for line in board.lines.values() if line.meeting == meeting and is_finding(board, line)]
    if found:
        order = {item.id: item.order for item in board.agenda_of.get(meeting, ())}
        first = min(found, key=lambda line: (order.get(line.item, 0), line.order, line.id))
        several = 'Cannot finalise: {n} findings, the first in "{text}". n goes to the next.'
        text = several if len(found) > 1 else 'Cannot finalise: 1 finding, in "{text}". n goes to it.'
        yield Refused(text, code="gate.final", n=len(found), text=first.text[:60])


def is_finding(board: Board, line: r.MinutesLine) -> bool:
    """Whether a line keeps minutes from being final: vague words, an action item without owner or date."""
    if line.kind == "point" or line.subtask is not None:
        return False
    if line.kind == "action" and lacks_what_it_must_have(line):
        return True
    return next(concrete(board, line.text, line.standard), None) is not None
