"""Names of people and departments completed while a line of minutes is typed; Right takes them (screens.md §3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.views.state import BoardState
from tui.editor.page import Place, Roll

MENTION = re.compile(r"(?:^|(?<=[\s;；,，、]))[@＠](?P<typed>[^@＠<＜=＝+＋;；,，、]{1,40})$")
"""What is being typed behind the last `@` of a line, the mark at its start or behind a blank."""
ABSENT = re.compile(r"(?:^|[;；,，、])\s*[-－–—]?\s*(?P<typed>[^\s@＠;；,，、－–—-][^@＠;；,，、]{0,39})$")
"""The name an item of the attendance line begins with."""


class Completer:
    """Completes on one state of the board; who is invited comes first."""

    def __init__(self, state: BoardState, meeting: int) -> None:
        """Names, logins and codes are gathered once."""
        self._words = list(_words(state, meeting))

    def complete(self, place: Place, text: str) -> str | None:
        """The whole line with the name at its end completed; None if there is none to complete."""
        found = MENTION.search(text) or (ABSENT.search(text) if isinstance(place, Roll) else None)
        if found is None:
            return None
        typed = found["typed"].casefold()
        if any(typed == word for word, name in self._words if word == name.casefold()):
            return None
        name = next((name for word, name in self._words if word.startswith(typed)), None)
        return text[: found.start("typed")] + name if name is not None else None


def _words(state: BoardState, meeting: int) -> Iterator[tuple[str, str]]:
    """Every word a name can be typed by, folded, with the name: own names first, then logins and codes."""
    board = state.board
    invited = [row.person for row in board.attendance_of.get(meeting, ())]
    here = [key for key, person in board.people.items() if person.left_at is None]
    people = [board.people[key] for key in dict.fromkeys((*invited, *here)) if key in board.people]
    departments = [each for each in board.departments.values() if each.removed_at is None]
    for name in (*(person.name for person in people), *(department.name for department in departments)):
        yield name.casefold(), name
    for person in people:
        for login in person.logins:
            yield login.casefold(), person.name
    for department in departments:
        if department.code:
            yield department.code.casefold(), department.name
