"""What hangs on a person or a department and is not over, and what it becomes under whoever takes over (rulebook §1).

Pure: `held_by` and `owned_by` look at one Board; `handed` gives the changes of one such record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from store import records as r
from store.board import Board
from store.changes import Change, add, drop, put
from store.operations.minutes import attendance_id
from store.operations.raci import home_of, letter_id
from store.operations.subtasks import scope_id
from store.rules.division import letters_of

OVER: Final = frozenset({"completed", "archived", "cancelled"})
"""Stages of cards that stay as they were."""
FINISHED: Final = frozenset({"done", "cancelled"})
"""Statuses of subtasks that stay as they were."""
FROZEN: Final = frozenset({"final", "cancelled"})
"""States of meetings that stay as they were."""
CARD_ROLES: Final = ("lead", "requester_contact", "tracker", "acceptor", "urgent_contact")
"""Fields of a card that hold a person who acts."""
CARD_SIDES: Final = ("initiating_department", "lead_department", "acceptor_department")
"""Fields of a card that hold a department that acts."""


class Held(NamedTuple):
    """A record, and what its fields become under a successor (None of them changes: a record of letters)."""

    record: r.Record
    fields: Mapping[str, Any]


def held_by(board: Board, person: int, successor: int) -> Iterator[Held]:
    """Every record on which somebody holds a role that is not over, and what it becomes under a successor."""
    live = _live(board)
    work = _open_subtasks(board, live)
    yield from _each(board.departments.values(), ("head", "leader"), person, successor)
    yield from _each((board.cards[key] for key in live), CARD_ROLES, person, successor)
    yield from _each(_on(board.duties, "card", live), ("liaison", "work_lead"), person, successor)
    yield from _each((board.subtasks[key] for key in work), ("owner",), person, successor)
    yield from _collaborations(board, work, person, successor)
    yield from _each(_milestones(board, live, work), ("responsible",), person, successor)
    yield from _each(_inputs(board, work), ("supplier",), person, successor)
    yield from _each(_supports(board, work), ("person",), person, successor)
    yield from _each(_open_issues(board, live), ("owner",), person, successor)
    yield from _each(_decided(board, live), ("resolution_owner",), person, successor)
    yield from _each(_meetings(board), ("chair", "recorder", "material_owner"), person, successor)
    yield from _each(_ahead(board, board.agenda), ("presenter",), person, successor)
    yield from (Held(each, {}) for each in _ahead(board, board.attendance) if _invited(each, person))
    yield from _each(_action_items(board), ("owner",), person, successor)
    promises = (each for each in board.sync.values() if each.promise_due is not None and each.promise_done_at is None)
    yield from _each(promises, ("promise_by",), person, successor)
    rounds = (each for each in _on(board.acceptances, "card", live) if each.verdict is None)
    yield from _each(rounds, ("acceptor",), person, successor)
    yield from _letters(board, work, "person", person)


def owned_by(board: Board, department: int, successor: int) -> Iterator[Held]:
    """Every record a department owns that is not over, and what it becomes under a successor."""
    live = _live(board)
    work = _open_subtasks(board, live)
    own = ("department",)
    yield from _each(_on(board.duties, "card", live), own, department, successor)
    yield from _each((board.subtasks[key] for key in work), own, department, successor)
    yield from _each((board.cards[key] for key in live), CARD_SIDES, department, successor)
    yield from _each(_milestones(board, live, work), own, department, successor)
    yield from _each(_inputs(board, work), own, department, successor)
    yield from _each(_supports(board, work), own, department, successor)
    yield from _each(_open_issues(board, live), ("department", "from_department"), department, successor)
    yield from _each(_decided(board, live), ("resolution_department",), department, successor)
    yield from _each(_action_items(board), own, department, successor)
    for key in work:
        reviewers = board.subtasks[key].reviewers
        if department in reviewers:
            yield Held(board.subtasks[key], {"reviewers": _instead(reviewers, department, successor)})
    yield from _letters(board, work, "department", department)


def handed(board: Board, held: Held, gone: int, successor: int, at: int) -> list[Change]:
    """The changes by which a successor takes over one record from whoever is `gone`, at an instant.

    Letters are joined with those the successor has already, what a collaborator provides with what the successor does;
    who is invited already is invited once; an input a department would owe itself is no longer one.
    """
    record = held.record
    if isinstance(record, r.Letter):
        return _joined(board, record, successor)
    if isinstance(record, r.Attendance):
        return _invited_instead(board, record, successor)
    fields = dict(held.fields)
    if "collaborators" in fields:
        return [put(record, **fields), *_provided_instead(board, record.id, gone, fields["collaborators"], successor)]
    if isinstance(record, r.Input) and fields.get("department") is not None:
        own = board.subtasks[record.subtask].department
        if (successor if own == gone else own) == successor:
            fields["cancelled_at"] = at
    return [put(record, **fields)]


def sides_of(board: Board, held: Held) -> set[int | None]:
    """The departments whose signature under the division a hand-over touches: those of an owner, a letter, an input."""
    record = held.record
    if isinstance(record, r.Subtask) and held.fields.keys() & {"owner", "department"}:
        return {record.department, home_of(board, record.owner), home_of(board, held.fields.get("owner"))}
    if isinstance(record, r.Input):
        return {record.department, board.subtasks[record.subtask].department}
    if isinstance(record, r.Letter):
        return {record.department or home_of(board, record.person)}
    return set()


def card_of(board: Board, record: r.Record) -> int:
    """The card a record hangs on by itself or through its subtask; 0: none."""
    subtask = board.subtasks.get(getattr(record, "subtask", None) or 0)
    return int(getattr(record, "card", None) or (subtask.card if subtask else 0))


def _live(board: Board) -> list[int]:
    return [card.id for card in board.cards.values() if card.stage not in OVER]


def _open_subtasks(board: Board, live: Collection[int]) -> dict[int, None]:
    cards = frozenset(live)
    return {s.id: None for s in board.subtasks.values() if s.card in cards and s.status not in FINISHED}


def _on(table: Mapping[int, Any], field: str, holders: Collection[int]) -> Iterator[Any]:
    wanted = frozenset(holders)
    return (row for row in table.values() if getattr(row, field) in wanted)


def _milestones(board: Board, live: Collection[int], work: Collection[int]) -> Iterator[r.Milestone]:
    rows = (each for each in _on(board.milestones, "card", live) if each.reached_at is None)
    return (each for each in rows if each.subtask is None or each.subtask in work)


def _inputs(board: Board, work: Collection[int]) -> Iterator[r.Input]:
    rows = _on(board.inputs, "subtask", work)
    return (each for each in rows if each.received_at is None and each.cancelled_at is None)


def _supports(board: Board, work: Collection[int]) -> Iterator[r.SupportRequest]:
    rows = _on(board.supports, "subtask", work)
    return (each for each in rows if each.answered_at is None and each.cancelled_at is None)


def _open_issues(board: Board, live: Collection[int]) -> Iterator[r.Issue]:
    return (each for each in _on(board.issues, "card", live) if each.state != "resolved")


def _decided(board: Board, live: Collection[int]) -> Iterator[r.Issue]:
    """Issues whose decision is still to be done."""
    rows = (each for each in _on(board.issues, "card", live) if each.resolution_due is not None)
    return (each for each in rows if each.resolution_done_at is None)


def _meetings(board: Board) -> Iterator[r.Meeting]:
    return (each for each in board.meetings.values() if each.state not in FROZEN)


def _ahead(board: Board, table: Mapping[int, Any]) -> Iterator[Any]:
    """Records of meetings that are still to be held."""
    return (each for each in table.values() if board.meetings[each.meeting].state == "notice")


def _invited(row: r.Attendance, person: int) -> bool:
    return row.person == person and row.presence == "expected"


def _action_items(board: Board) -> Iterator[r.MinutesLine]:
    """Action items of minutes that are not frozen, and no subtasks yet."""
    rows = (each for each in board.lines.values() if each.kind == "action" and each.subtask is None)
    return (each for each in rows if board.meetings[each.meeting].state not in FROZEN)


def _collaborations(board: Board, work: Collection[int], person: int, successor: int) -> Iterator[Held]:
    """Subtasks somebody provides something to; the owner of one is no collaborator of it."""
    for subtask in (board.subtasks[key] for key in work):
        if person in subtask.collaborators:
            others = _instead(subtask.collaborators, person, successor)
            yield Held(subtask, {"collaborators": tuple(each for each in others if each not in {0, subtask.owner})})


def _letters(board: Board, work: Collection[int], field: str, holder: int) -> Iterator[Held]:
    rows = _on(board.letters, "subtask", work)
    return (Held(each, {}) for each in rows if getattr(each, field) == holder and each.letters)


def _each(records: Iterable[r.Record], names: tuple[str, ...], holder: int, successor: int) -> Iterator[Held]:
    for record in records:
        fields = {name: successor for name in names if getattr(record, name) == holder}
        if fields:
            yield Held(record, fields)


def _instead(holders: tuple[int, ...], gone: int, successor: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(successor if each == gone else each for each in holders))


def _joined(board: Board, row: r.Letter, successor: int) -> list[Change]:
    person = successor if row.person is not None else None
    department = successor if row.department is not None else None
    key = letter_id(row.subtask, department, person)
    stored = board.letters.get(key)
    letters = letters_of(row.letters + (stored.letters if stored else "")) or ""
    new = r.Letter(id=key, subtask=row.subtask, department=department, person=person, letters=letters)
    return [drop(row), put(stored, letters=letters) if stored else add(new)]


def _invited_instead(board: Board, row: r.Attendance, successor: int) -> list[Change]:
    there = next((each for each in board.attendance_of.get(row.meeting, ()) if each.person == successor), None)
    if there is not None:
        return [drop(row), put(there, observer=there.observer and row.observer)]
    key = attendance_id(row.meeting, successor)
    return [drop(row), add(r.Attendance(id=key, meeting=row.meeting, person=successor, observer=row.observer))]


def _provided_instead(
    board: Board, subtask: int, gone: int, collaborators: tuple[int, ...], successor: int
) -> list[Change]:
    """What somebody who is gone provided to a subtask is what the successor does, if they collaborate on it."""
    row = board.scopes.get(scope_id(subtask, gone))
    if row is None:
        return []
    key = scope_id(subtask, successor)
    own = board.scopes.get(key)
    if successor not in collaborators:
        return [drop(row)]
    if own is not None:
        return [drop(row), put(own, scope=both(own.scope, row.scope))]
    return [drop(row), add(r.CollaboratorScope(id=key, subtask=subtask, person=successor, scope=row.scope))]


def both(own: str, others: str) -> str:
    """The words of two as those of one."""
    return "; ".join(dict.fromkeys(part for part in (own.strip(), others.strip()) if part))
