"""The RACI matrix of a division of work: steps down, departments and people across, letters where they meet."""

from __future__ import annotations

from store.errors import ImportProblem
from store.exchange.desk import Desk
from store.exchange.division import department_of, is_person, person_of
from store.exchange.drafts import Reading
from store.exchange.headings import heading
from store.exchange.plan import Unclear
from store.exchange.reading import Cell, Row, Sheet
from store.exchange.recognise import Entry, is_blank
from store.exchange.values import short
from store.operations.raci import letter_id
from store.rules.division import letters_of
from store.text import clean

KIND = "raci"
STEPS = frozenset(
    map(heading, ["环节", "阶段", "步骤", "子任务", "子任务名称", "任务", "任务名称", "事项", "Step", "Subtask"])
)
"""What may stand above the steps."""
TOP = 20
"""Rows of a sheet in which a matrix begins, if it does."""
Holder = tuple[int | None, int | None]
"""A department or a person."""


def matrix(sheet: Sheet) -> tuple[Entry, ...]:
    """The rows of the first matrix in a sheet.

    It needs no title: no other paper has columns of nothing but R, A, C, I. Without one there is none if anything else
    stands below the headings, with one if most is something else.
    """
    titled = "raci" in sheet.name.casefold()
    for at, row in enumerate(sheet.rows[:TOP]):
        steps = min(row.cells)
        if len(row.cells) > 1 and heading(row.cells[steps].text) in STEPS:
            return tuple(_rows(sheet, row, steps, sheet.rows[at + 1 :], titled=titled))
        titled = titled or "raci" in row.cells[steps].text.casefold()
    return ()


def _rows(sheet: Sheet, head: Row, steps: int, rows: tuple[Row, ...], *, titled: bool) -> list[Entry]:
    holders = {column: cell for column, cell in head.cells.items() if column != steps}
    found: list[Entry] = []
    known: list[bool] = []
    for row in rows:
        letters = [(holders.get(c), cell) for c, cell in row.cells.items() if c != steps and not is_blank(cell)]
        known += [holder is not None and bool(letters_of(cell.text)) for holder, cell in letters]
        if not titled and not all(known):
            return []
        if steps in row.cells:
            extra = tuple((holder.text if holder else "", cell) for holder, cell in letters)
            found.append(Entry(KIND, sheet, row.number, {"name": row.cells[steps]}, extra, columns={"name": steps}))
    return found if known and 2 * sum(known) >= len(known) else []


def read_raci(desk: Desk, entry: Entry) -> None:
    """The letters of one step; what is blank leaves what the board has."""
    reading = Reading(desk.drafts, entry)
    card = desk.card_of_paper(entry)
    if card is None:
        why = ImportProblem("A division of work names no card. Open its card and import there, or add --card ID.")
        return reading.unclear("name", why, keep=False)
    desk.about(card)
    name = reading.line("name")
    subtask = desk.subtask(card, None, "", name)
    if not desk.drafts.has("subtasks", subtask):
        return reading.unclear("name", ImportProblem('No subtask here is called "{value}".', value=short(name)))
    for title, cell in entry.extra:
        _letters(desk, reading, subtask, title, cell)
    return None


def _letters(desk: Desk, reading: Reading, subtask: int, title: str, cell: Cell) -> None:
    where = reading.entry.sheet.where(cell.place)
    letters = letters_of(cell.text)
    if not title or not letters:
        why = ImportProblem('"{text}" is not of R, A, C, I.', text=short(cell.text))
        desk.drafts.plan.unclear.append(Unclear(where, short(cell.text), why, short(reading.title)))
        return
    department, person = _holder(desk, reading, clean(title).strip(), where)
    if department is None and person is None:
        return
    key = _row(desk, subtask, department, person)
    on = desk.board.cards.get(desk.card_of_paper(reading.entry) or 0)
    if on is not None and on.stage == "completed" and key not in desk.board.letters:
        why = ImportProblem("{id} is completed: {field} stays as it was accepted.", id=on.number, field="letters")
        desk.drafts.plan.unclear.append(Unclear(where, letters, why, short(reading.title)))
        return
    once = {"subtask": subtask, "department": department, "person": person}
    shown = f"{reading.title} / {clean(title)}"
    desk.drafts.settle("letters", key, {"letters": letters}, where, shown, once=once)


def _row(desk: Desk, subtask: int, department: int | None, person: int | None) -> int:
    """The doc id of the letters of a holder on a subtask."""
    stands = desk.board.letters_of.get(subtask, ())
    known = (row.id for row in stands if (row.department, row.person) == (department, person))
    return next(known, letter_id(subtask, department, person))


def _holder(desk: Desk, reading: Reading, title: str, where: str) -> Holder:
    """Who a column is of: a person of the board, a department of it or a new one."""
    if is_person(desk, title):
        return None, person_of(desk, reading, title, None)
    card = desk.card_of_paper(reading.entry)
    found = department_of(desk, title, where, card or 0)
    if found is None:
        why = ImportProblem('"{value}" is no department; name it.', value=short(title))
        reading.unclear("name", why, title, keep=False)
    return found, None
