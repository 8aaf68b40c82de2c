"""The RACI grid beside the division of work, and the line that says what its lint found (screens.md §3.6).

A department has three cells headed by its first character (a code by its first two), a person seven headed by
the name. The grid has a cursor of its own: which column of the row under the table's cursor is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.text import Text

from store.rules.division import Finding, findings
from store.views.card import CardDetail
from store.views.division import Holder, Matrix, matrix, unsigned
from store.views.state import BoardState
from tui.cells import fit, width
from tui.i18n import _, p_
from tui.look import STYLES, glyph
from tui.sentences import sentence
from tui.widgets.columns import Column, Piece

DEPARTMENT, PERSON = 3, 7
"""Cells of a column of the grid."""
MOST_FINDINGS = 3


@dataclass
class Grid:
    """The grid of the card in front: its matrix, the column meant (-1: none, the row as a whole), shown alone or not.

    `row` is the subtask under the table's cursor.
    """

    matrix: Matrix = field(default_factory=lambda: Matrix((), {}))
    at: int = -1
    row: int = 0
    alone: bool = False

    @property
    def holder(self) -> Holder | None:
        """The column under the cursor."""
        return self.matrix.holders[self.at] if 0 <= self.at < len(self.matrix.holders) else None

    def move(self, by: int) -> bool:
        """To the next column; left of the first is the row as a whole. False where there is none."""
        to = self.at + by
        if not -1 <= to < len(self.matrix.holders):
            return False
        self.at = to
        return True

    def look(self, row: int) -> object:
        """What the cells of a row depend on."""
        held = tuple(self.matrix.letters.get((row, each), "") for each in self.matrix.holders)
        return held, self.at if row == self.row else -1

    def cells(self, row: int) -> list[Piece]:
        """The letters of a row; the one under the cursor stands out."""
        pieces: list[Piece] = []
        for n, each in enumerate(self.matrix.holders):
            held = self.matrix.letters.get((row, each), "")
            here = row == self.row and n == self.at
            wide = DEPARTMENT if each.department else PERSON
            tone = "tab" if here else "strong" if "A" in held or "R" in held else "" if held else "dim"
            pieces += [(">" if here else " ", "key"), (fit(held or "-", wide - 1), tone)]
        return pieces


def grid_column(state: BoardState, found: Matrix) -> Column | None:
    """The column of the grid; its heading has one short name for each column of the matrix. None without any."""
    if not found.holders:
        return None
    title = "".join(fit(_short(state, each), (DEPARTMENT if each.department else PERSON) - 1) + " "
                    for each in found.holders)  # fmt: skip
    return Column("raci", title, width(title))


def _short(state: BoardState, holder: Holder) -> str:
    """The first character of a department (two of a code or Latin name), a person's name."""
    if holder.person is not None:
        return state.board.person_name(holder.person)
    found = state.board.departments.get(holder.department or 0)
    name = (found.name if found else "") or "?"
    return name[:1] if width(name[:1]) > 1 else ((found.code if found else "") or name)[:2]


def holder_name(state: BoardState, holder: Holder) -> str:
    """The name of a column."""
    if holder.person is not None:
        return state.board.person_name(holder.person)
    return state.board.department_name(holder.department)


def matrix_of(state: BoardState, detail: CardDetail) -> Matrix:
    """The matrix of the card in front."""
    return matrix(state.board, detail.card.id)


def joined(found: list[Finding]) -> list[Finding]:
    """Findings that say the same of several subtasks as one, which names them all."""
    alike: dict[tuple[str, str], Finding] = {}
    for each in found:
        others = {name: value for name, value in each.why.fields.items() if name != "id"}
        key = each.why.message, repr(others)
        first = alike.get(key)
        if first is None or "id" not in each.why.fields:
            alike[key] = each
            continue
        named = first.why.fields["id"] + ", " + each.why.fields["id"]
        # Made anew from what is there already: the sentence itself stands where the rule is.
        why = type(each.why)(each.why.message, code=each.why.code, **others, id=named)
        alike[key] = Finding(first.weight, first.subtask, why)
    return list(alike.values())


def lint_line(state: BoardState, detail: CardDetail) -> Text | None:
    """The heaviest findings of the division, then who has not signed it; None where there is nothing to say."""
    if not detail.subtasks:
        return None
    found = joined(findings(state.board, detail.card.id, state.working))
    line = Text(" ")
    for n, each in enumerate(found[:MOST_FINDINGS]):
        line.append("   " if n else "")
        mark, tone = ("no", "red") if each.weight == "missing" else ("now", "yellow")
        line.append(f"{glyph(mark)} " if each.weight != "hint" else "", STYLES[tone])
        line.append(sentence(each.why), STYLES["dim" if each.weight == "hint" else ""])
    if len(found) > MOST_FINDINGS:
        line.append("   " + _("{n} more").format(n=len(found) - MOST_FINDINGS), STYLES["dim"])
    waiting = [] if any(each.weight == "missing" for each in found) else unsigned(state.board, detail.card.id)
    if waiting and detail.card.stage in {"circulating", "active"}:
        names = ", ".join(state.board.department_name(duty.department) for duty in waiting)
        line.append("   " if found else "")
        line.append(p_("label", "division not signed") + f": {names}", STYLES["yellow"])
    return line if line.plain.strip() else None
