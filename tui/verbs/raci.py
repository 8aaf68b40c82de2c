"""The line of a RACI cell, and the signature under the division of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import Refused
from store.operations.base import Operation
from store.operations.raci import SetLetters, SignDivision
from store.records import Card, Duty
from store.rules.division import gaps, letters_of
from store.views.division import Holder, matrix
from store.views.state import BoardState
from tui.entry import Entry, Field, Values
from tui.i18n import _
from tui.present.card_raci import holder_name
from tui.subjects import subtask_number
from tui.verbs.forms import heading, yes_entry
from tui.verbs.names import complete_name, known_names, need_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.base import DeckScreen, Ref


def edit_cell(screen: DeckScreen) -> Entry | None:
    """The line of the cell under the cursor of the grid: letters, then Enter, and the next cell follows."""
    from tui.screens.card_grid import GridScreen

    if screen.state is None or not isinstance(screen, GridScreen):
        return None
    here = screen.cell_here()
    return _cell(screen, screen.state, here, lambda: edit_next(screen)) if here else None


def edit_next(screen: DeckScreen) -> Entry | None:
    """The line of the next cell; None after the last one."""
    from tui.screens.card_grid import GridScreen

    if screen.state is None or not isinstance(screen, GridScreen):
        return None
    here = screen.next_cell()
    return _cell(screen, screen.state, here, lambda: edit_next(screen)) if here else None


def _cell(
    screen: DeckScreen, state: BoardState, here: tuple[Ref, Holder], onwards: Callable[[], Entry | None]
) -> Entry | None:
    (_table, key), holder = here
    subtask = state.board.subtasks.get(key)
    if subtask is None:
        return None
    held = matrix(state.board, subtask.card).letters.get((key, holder), "")
    names = known_names(state)

    def submit(values: Values) -> Sequence[Operation]:
        letters, who = typed_cell(values["letters"], state, holder)
        return [] if (letters, who) == (held, holder) else [letters_of_holder(key, who, letters)]

    return Entry(
        key=f"{screen.deck.me}:raci:{key}:{holder.department or 0}:{holder.person or 0}",
        heading=heading("RACI", subtask_number(subtask), subtask.name, holder_name(state, holder)),
        fields=[Field("letters", "RACI")],
        submit=submit,
        initial={"letters": held},
        recorded=onwards,
        complete=lambda line: complete_name(line, names),
        keep_draft=False,
        hint=_("R A C I AR, - for none; R @name for one person; Enter: next cell"),
    )


def letters_of_holder(subtask: int, holder: Holder, letters: str) -> SetLetters:
    """The operation that sets a cell."""
    return SetLetters(subtask=subtask, department=holder.department, person=holder.person, letters=letters)


def typed_cell(text: str, state: BoardState, holder: Holder) -> tuple[str, Holder]:
    """`AR`, `-`, `R @陈思` as letters and who holds them. Raises Refused for another letter, NotFound for a name."""
    letters, _mark, name = text.replace("＠", "@").partition("@")
    found = letters_of(letters)
    if found is None:
        raise Refused('"{text}" is not of R, A, C, I.', code="refuse.letters", text=letters.strip())
    if not name.strip():
        return found, holder
    who = need_name(state, name.strip())
    return found, Holder(None, who.person) if who.person else Holder(who.department)


def unsigned_duty(state: BoardState, card: Card) -> Duty | None:
    """The duty of a department I answer for that has not signed a division that is complete."""
    if card.stage not in {"circulating", "active"} or next(gaps(state.board, card.id), None) is not None:
        return None
    me, board = state.me, state.board
    person = board.people.get(me or 0)
    for duty in board.duties_of.get(card.id, ()):
        home = board.departments.get(duty.department)
        head = home.head if home else None
        mine = head == me if head else person is not None and person.department == duty.department
        if duty.division_signed_at is None and me and (mine or board.settings.administrator == me):
            return duty
    return None


def sign(screen: DeckScreen, state: BoardState, card: Card, duty: Duty) -> Entry:
    """Sign the division for a department."""
    place = state.board.department_name(duty.department)
    head = heading(_("sign the division"), card.number, card.name, place)
    question = _("{department} signs the division of work with its RACI? Enter yes, Esc no.").format(department=place)
    operation = SignDivision(card=card.id, department=duty.department)
    return yes_entry(screen, f"sign_division:{duty.id}", head, [operation], question)
