"""Whether a division of work holds together: the RACI lint, buffers, what is missing, hints (rulebook §3).

A finding is a sentence about one subtask or the whole card. `missing` findings keep a department from signing the
division; the others only warn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from store.board import Board
from store.errors import CrossdeckError
from store.records import Letter, Subtask
from store.rules.dependencies import LEAST_BUFFER, Buffer, buffers
from store.rules.working_time import WorkingTime

MANY = 9
"""More subtasks than this on a card are hinted at."""
KEY = 3
"""One to three key subtasks per level are advised (T4); a level here is a department of a card."""
LETTERS = "ARCI"

Weight = Literal["missing", "warning", "hint"]


class Finding(Struct, frozen=True, gc=False):
    """One thing to look at: how much it weighs, the subtask it is about (0: the card), and the sentence."""

    weight: Weight
    subtask: int
    why: CrossdeckError


def short(subtask: Subtask) -> str:
    """How a sentence about a card's own work names a subtask: the last part of its number."""
    return subtask.number.rsplit("-", 1)[-1] or subtask.name


def work_of(board: Board, card: int) -> list[Subtask]:
    """The subtasks of a card that are not cancelled, in number order."""
    return [each for each in board.subtasks_of.get(card, ()) if each.status != "cancelled"]


def findings(board: Board, card: int, working: WorkingTime | None = None) -> list[Finding]:
    """Everything to look at in a card's division, heaviest first; buffers and days off only with `working`."""
    subtasks = work_of(board, card)
    found = [*gaps(board, card), *_departments(board, card, subtasks), *_people(board, subtasks)]
    if working is not None:
        found += _times(board, subtasks, working)
    found += _revisions(subtasks)
    found += _sizes(board, subtasks)
    return sorted(found, key=lambda each: ("missing", "warning", "hint").index(each.weight))


def gaps(board: Board, card: int) -> Iterator[Finding]:
    """What keeps the division from being complete, so that it cannot be signed yet (rulebook §8, `division`)."""
    subtasks = work_of(board, card)
    if not subtasks:
        yield Finding("missing", 0, CrossdeckError("The division has no subtask.", code="division.empty"))
        return
    rows = {each.id: [row for row in board.letters_of.get(each.id, ()) if row.letters] for each in subtasks}
    for each in subtasks:
        given = {
            "owner": each.owner,
            "finish": each.planned_finish,
            "completion standard": each.standard.strip(),
        }
        empty = [name for name, value in given.items() if not value]
        if empty:
            why = CrossdeckError(
                "{id}: {missing} is empty.", code="division.fields", id=short(each), missing=", ".join(empty)
            )
            yield Finding("missing", each.id, why)
        if any(rows.values()):
            yield from _letters(each, rows[each.id])
    if not any(rows.values()):
        yield Finding("missing", 0, CrossdeckError("RACI: no letter is set yet.", code="raci.none"))


def _letters(subtask: Subtask, rows: list[Letter]) -> Iterator[Finding]:
    """Exactly one A, at least one R; one may hold both."""
    held = Counter(letter for row in rows for letter in row.letters)
    if held["A"] == 0:
        why = CrossdeckError("RACI: {id} has no A (exactly one).", code="raci.a", id=short(subtask))
        yield Finding("missing", subtask.id, why)
    elif held["A"] > 1:
        why = CrossdeckError("RACI: {id} has {n} A (exactly one).", code="raci.a", id=short(subtask), n=held["A"])
        yield Finding("missing", subtask.id, why)
    if held["R"] == 0:
        why = CrossdeckError("RACI: {id} has no R (at least one).", code="raci.r", id=short(subtask))
        yield Finding("missing", subtask.id, why)


def _departments(board: Board, card: int, subtasks: list[Subtask]) -> Iterator[Finding]:
    """Departments of the card nobody gave a letter, and departments that are gone but own work."""
    rows = [row for each in subtasks for row in board.letters_of.get(each.id, ()) if row.letters]
    lettered = {row.department for row in rows}
    lettered |= {board.people[row.person].department for row in rows if row.person in board.people}
    for duty in board.duties_of.get(card, ()):
        if rows and duty.department not in lettered:
            name = board.department_name(duty.department)
            why = CrossdeckError("RACI: {department} has no letter on any subtask.", code="raci.none", department=name)
            yield Finding("warning", 0, why)
    for each in subtasks:
        home = board.departments.get(each.department or 0)
        if home is not None and home.removed_at is not None and each.status != "done":
            why = CrossdeckError(
                "{id}: {department} is no longer on the board.",
                code="division.gone",
                id=short(each),
                department=home.name,
            )
            yield Finding("warning", each.id, why)


def _people(board: Board, subtasks: list[Subtask]) -> Iterator[Finding]:
    for each in subtasks:
        owner = board.people.get(each.owner or 0)
        if owner is not None and owner.left_at is not None and each.status != "done":
            why = CrossdeckError(
                "{id}: its owner {who} has left.", code="division.left", id=short(each), who=owner.name
            )
            yield Finding("warning", each.id, why)


def _times(board: Board, subtasks: list[Subtask], working: WorkingTime) -> Iterator[Finding]:
    """Buffers under a day, inputs that come after the finish, finishes on a day off (kept, and said)."""
    for each in subtasks:
        for buffer in buffers(board.subtasks, each, working):
            yield Finding("warning", each.id, buffer_words(board, buffer))
        if each.status == "done" or each.planned_finish is None:
            continue
        if not working.is_working_day(working.day_of(each.planned_finish)):
            why = CrossdeckError("{id} is due on a day off; the date is kept.", code="day_off", id=short(each))
            yield Finding("hint", each.id, why)
        for row in board.inputs_of.get(each.id, ()):
            late = row.due is not None and row.due > each.planned_finish
            if late and row.received_at is None and row.cancelled_at is None:
                why = CrossdeckError(
                    "{id}: the input {text} comes after its finish.", code="input.late", id=short(each), text=row.what
                )
                yield Finding("warning", each.id, why)


def buffer_words(board: Board, buffer: Buffer) -> CrossdeckError:
    """The sentence about a buffer that is too short."""
    subtask, other = board.subtasks[buffer.subtask], board.subtasks[buffer.waits_for]
    where = short(other) if other.card == subtask.card else other.number
    if buffer.days < 0:
        return CrossdeckError(
            "{id} starts before {other}, which it waits for, is finished.",
            code="buffer",
            id=short(subtask),
            other=where,
        )
    return CrossdeckError(
        "{id} waits for {other}: {n} whole working days between (at least {least}).",
        code="buffer",
        id=short(subtask),
        other=where,
        n=buffer.days,
        least=LEAST_BUFFER,
    )


def _revisions(subtasks: list[Subtask]) -> Iterator[Finding]:
    for each in subtasks:
        if each.most_revisions is not None and each.revisions > each.most_revisions:
            why = CrossdeckError(
                "{id} was sent back {n} times; {most} is the most.",
                code="revisions",
                id=short(each),
                n=each.revisions,
                most=each.most_revisions,
            )
            yield Finding("warning", each.id, why)


def _sizes(board: Board, subtasks: list[Subtask]) -> Iterator[Finding]:
    """Over nine subtasks, and more than three of one department."""
    if len(subtasks) > MANY:
        why = CrossdeckError(
            "{n} subtasks: over {most}; make two cards of it.", code="division.many", n=len(subtasks), most=MANY
        )
        yield Finding("hint", 0, why)
    for department, n in Counter(each.department for each in subtasks).items():
        if n > KEY and department is not None:
            why = CrossdeckError(
                "{department} has {n} subtasks; one to three key ones are advised.",
                code="division.level",
                department=board.department_name(department),
                n=n,
            )
            yield Finding("hint", 0, why)


def revisions_used_up(subtask: Subtask) -> bool:
    """Whether the next send-back is one more than was agreed (修改次数不超过2次): it is warned about."""
    return subtask.most_revisions is not None and subtask.revisions >= subtask.most_revisions


def letters_of(text: str) -> str | None:
    """Typed letters in the order A R C I, each once; "" for none (`-`, blank), None if another letter is among them."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).upper()
    typed = {letter for letter in plain if not (letter.isspace() or letter in "-/,.、+")}
    return "".join(letter for letter in LETTERS if letter in typed) if typed <= set(LETTERS) else None
