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
    """Refuse to finalise minutes whose decisions or action items hold vague words (`gate.final`, one sentence)."""
    lines = [line for line in board.lines.values() if line.meeting == meeting and line.kind != "point"]
    found = [words for line in lines for words in _vague_words(board, line)]
    if found:
        yield Refused(
            'Cannot finalise: {n} findings; the first is "{word}". n goes to the next.',
            code="gate.final",
            n=len(found),
            word=found[0],
        )


def _vague_words(board: Board, line: r.MinutesLine) -> Iterator[str]:
    from store.rules.wording import findings

    settings = board.settings
    for text in (line.text, line.standard):
        for finding in findings(text, settings.vague_words, settings.vague_exceptions):
            yield finding.words
