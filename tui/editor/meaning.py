"""What a typed line of minutes means, and a stored one as it would be typed (screens.md §3.5).

A point is its text. A decision reads `text @who <due`, an action item `text @who <due =standard +resources`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.errors import DateProblem
from store.operations.minutes import SavedLine
from store.records import LineKind, MinutesLine
from store.rules.decision_line import (
    ActionLine,
    DecisionLine,
    format_action,
    format_decision,
    parse_action,
    parse_decision,
)
from store.rules.people_dates import parse_when
from store.views.state import BoardState
from tui.sentences import sentence
from tui.subjects import local
from tui.verbs.names import find_name, known_names

BETWEEN = "；"
"""Joins several names in the one text a record keeps of them."""


class Meaning(NamedTuple):
    """A line as it is understood; `unknown` are names nobody has, `problem` says why the date is none."""

    text: str
    who: str = ""
    department: int | None = None
    owner: int | None = None
    due: int | None = None
    due_text: str = ""
    standard: str = ""
    resources: str = ""
    unknown: tuple[str, ...] = ()
    problem: str = ""

    def saved(self, line: int, kind: LineKind, order: int) -> SavedLine:
        """As SaveLines takes it."""
        return SavedLine(
            id=line, kind=kind, order=order, text=self.text, who=self.who, department=self.department, owner=self.owner,
            due=self.due, due_text=self.due_text, standard=self.standard, resources=self.resources,
        )  # fmt: skip


FIELDS = ("text", "who", "department", "owner", "due", "due_text", "standard", "resources")


def content_of(line: SavedLine | MinutesLine) -> tuple[object, ...]:
    """What a line says, without its place."""
    return (line.kind, *(getattr(line, name) for name in FIELDS))


class Reader:
    """Reads lines on one state of the board. `now` is epoch seconds: Friday is the next one from there."""

    def __init__(self, state: BoardState, now: int) -> None:
        """Names are gathered once."""
        self.state = state
        self.now = now
        self.names = known_names(state)

    def meaning(self, kind: LineKind, text: str, before: MinutesLine | None = None) -> Meaning:
        """What a typed line means. A due typed as it was `before` stays that instant."""
        if kind == "point":
            return Meaning(text.strip())
        line = parse_decision(text, self.names) if kind == "decision" else parse_action(text, self.names)
        due, problem = self._due(line.due_text, before)
        found = [find_name(self.state, name) for name in line.names]
        known = [each for each in found if each is not None]
        return Meaning(
            text=line.text,
            who=BETWEEN.join(line.names),
            department=next((each.department for each in known if each.department), None),
            owner=next((each.person for each in known if each.person), None),
            due=due,
            due_text=line.due_text,
            standard=getattr(line, "standard", ""),
            resources=getattr(line, "resources", ""),
            unknown=tuple(name for name, each in zip(line.names, found, strict=True) if each is None),
            problem=problem,
        )

    def _due(self, text: str, before: MinutesLine | None) -> tuple[int | None, str]:
        if not text:
            return None, ""
        if before is not None and before.due is not None and text == self.due_words(before):
            return before.due, ""
        try:
            return parse_when(text, self.now, self.state.working).epoch, ""
        except DateProblem as error:
            return None, sentence(error)

    def due_words(self, line: MinutesLine) -> str:
        """A stored due as it was typed, or as it can be."""
        if line.due_text or line.due is None:
            return line.due_text
        at = local(self.state, line.due)
        day = f"{at:%m-%d}" if at.year == local(self.state, self.now).year else f"{at:%Y-%m-%d}"
        close = self.state.working.close_of(self.state.working.day_of(line.due))
        return day if line.due == close else f"{day} {at:%H:%M}"

    def typed(self, line: MinutesLine) -> str:
        """A stored line as it would be typed."""
        if line.kind == "point":
            return line.text
        if line.kind == "decision":
            return format_decision(DecisionLine(line.text, self._who(line), self.due_words(line)))
        return format_action(
            ActionLine(line.text, self._who(line), self.due_words(line), line.standard, line.resources)
        )

    def _who(self, line: MinutesLine) -> tuple[str, ...]:
        if line.who:
            return tuple(line.who.split(BETWEEN))
        board = self.state.board
        found = (board.department_name(line.department), board.person_name(line.owner))
        return tuple(name for name in found if name)


def too_long(meaning: Meaning, most: int) -> Sequence[str]:
    """The parts of a line that hold more characters than the record takes."""
    return [name for name in ("who", "due_text", "standard", "resources") if len(getattr(meaning, name)) > most]
