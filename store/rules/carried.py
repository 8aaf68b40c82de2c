"""Open action items of earlier meetings, which stand in the next agenda by default (rulebook §6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from store.board import Board
from store.records import Meeting, MinutesLine

FINISHED: Final = frozenset({"done", "cancelled"})
"""States of a subtask in which its action item is no longer open."""
NOT_HELD: Final = frozenset({"notice", "cancelled"})


Items = Mapping[int, Sequence[MinutesLine]]
"""Meeting id -> its action items."""


def open_items(board: Board, meeting: Meeting, items: Items | None = None) -> tuple[MinutesLine, ...]:
    """The open action items of the meetings of the same card that were held before this one, oldest first.

    `items` are those of all meetings, where they are known already.
    """
    card = board.card_of_meeting(meeting)
    if card is None:
        return ()
    before = [
        each
        for each in board.meetings_of.get(card, ())
        if each.id != meeting.id and each.starts < meeting.starts and each.state not in NOT_HELD
    ]
    found = action_items(board, {each.id for each in before}) if items is None else items
    return tuple(line for each in before for line in found.get(each.id, ()) if is_open(board, line))


def carried(board: Board, meeting: Meeting, items: Items | None = None) -> tuple[MinutesLine, ...]:
    """The action items that stand on its agenda: the open ones but those left out; once final those that stood there.

    A meeting that was cancelled carries none.
    """
    if meeting.state == "final":
        return tuple(board.lines[key] for key in meeting.carried if key in board.lines)
    if meeting.state == "cancelled":
        return ()
    left_out = {each.line for each in meeting.left_out}
    return tuple(line for line in open_items(board, meeting, items) if line.id not in left_out)


def action_items(board: Board, meetings: Collection[int]) -> dict[int, list[MinutesLine]]:
    """Meeting id -> its action items in the order of its minutes, of these meetings."""
    found: dict[int, list[MinutesLine]] = {}
    for line in board.lines.values() if meetings else ():
        if line.kind == "action" and line.meeting in meetings and line.text.strip():
            found.setdefault(line.meeting, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (_place(board, line), line.order, line.id))
    return found


def _place(board: Board, line: MinutesLine) -> int:
    item = board.agenda.get(line.item)
    return item.order if item else 0


def is_open(board: Board, line: MinutesLine) -> bool:
    """Whether an action item is not done: no subtask yet, or one that is not finished. One in the archive is done."""
    subtask = board.subtasks.get(line.subtask or 0)
    return not line.gone if subtask is None else subtask.status not in FINISHED
