"""Who leaves, and a department that closes: what still hangs on them, and who takes it over (rulebook §1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from store.errors import CrossdeckError
from store.operations.base import Operation, Stamp
from store.operations.held import Held, held_by, owned_by
from store.operations.leaving import LeaveBoard, RemoveDepartment
from store.views.state import BoardState
from tui.cells import fit
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import _
from tui.look import STYLES
from tui.present.held import held_rows
from tui.sentences import sentence
from tui.verbs.forms import heading, refused_echo, yes_entry
from tui.verbs.names import need_department, need_person
from tui.verbs.subtask_steps import offered

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

WHAT_CELLS = 44


def of_department(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X` on a department: it closes, or somebody of it leaves."""
    state = screen.state
    department = state.board.departments.get(refs[0][1]) if state and refs else None
    if state is None or department is None:
        return None
    there = [p for p in state.board.people.values() if p.department == department.id and p.left_at is None]
    offers: list[tuple[str, Callable[[], Request | None]]] = [
        (_("{name} leaves").format(name=person.name), _leaving(screen, state, person.id)) for person in there
    ]
    if department.removed_at is None:
        said = _("close department {name}").format(name=department.name)
        offers = [(said, lambda: close(screen, state, department.id)), *offers]
    return offered(heading(_("leave or close"), "", department.name), offers)


def anybody(screen: DeckScreen, state: BoardState) -> Request | None:
    """From `: people`: everybody on the board who may leave, and every department that may close."""
    board = state.board
    offers: list[tuple[str, Callable[[], Request | None]]] = [
        (_("{name} leaves").format(name=person.name), _leaving(screen, state, person.id))
        for person in board.people.values()
        if person.left_at is None
    ]
    offers += [
        (_("close department {name}").format(name=each.name), _closing(screen, state, each.id))
        for each in board.departments.values()
        if each.removed_at is None
    ]
    return offered(Text(_("who leaves, or which department closes")), offers)


def close(screen: DeckScreen, state: BoardState, department: int) -> Request:
    """A department closes."""
    board = state.board
    going = _Going(
        f"close:{department}",
        _("close department {name}").format(name=board.department_name(department)),
        lambda taker: RemoveDepartment(department=department, successor=taker),
        lambda name: need_department(state, name),
        [each.name for each in board.departments.values() if each.removed_at is None and each.id != department],
    )
    return _handed_over(screen, state, going, [*owned_by(board, department, 0)])


def leave(screen: DeckScreen, state: BoardState, person: int) -> Request:
    """A person leaves."""
    board = state.board
    going = _Going(
        f"leave:{person}",
        _("{name} leaves").format(name=board.person_name(person)),
        lambda taker: LeaveBoard(person=person, successor=taker),
        lambda name: need_person(state, name),
        [each.name for each in board.people.values() if each.left_at is None and each.id != person],
    )
    return _handed_over(screen, state, going, [*held_by(board, person, 0)])


class _Going(NamedTuple):
    """Who goes: key of the panel, in words, the operation of a successor, how a name is found, names there are."""

    key: str
    words: str
    make: Callable[[int | None], Operation]
    find: Callable[[str], int]
    names: Sequence[str]


def _leaving(screen: DeckScreen, state: BoardState, person: int) -> Callable[[], Request]:
    return lambda: leave(screen, state, person)


def _closing(screen: DeckScreen, state: BoardState, department: int) -> Callable[[], Request]:
    return lambda: close(screen, state, department)


def _handed_over(screen: DeckScreen, state: BoardState, going: _Going, held: Sequence[Held]) -> Request:
    """Nothing hangs on it: a question. Else the list of what does; Enter asks who takes it over."""
    if not held:
        question = _("{what}: nothing hangs on it any more. Enter yes, Esc no.").format(what=going.words)
        return yes_entry(screen, going.key, Text(going.words, STYLES["strong"]), [going.make(None)], question)
    rows = held_rows(state.board, held)
    options = [
        Option(str(n), Text.assemble(fit(row.what, WHAT_CELLS), "  ", (row.role, STYLES["dim"])))
        for n, row in enumerate(rows)
    ]
    head = _("{what}: {n} still hang on it; Enter: who takes them over").format(what=going.words, n=len(rows))
    return Choice(Text(head), options, lambda _row: _taker(screen, state, going, len(rows)))


def _taker(screen: DeckScreen, state: BoardState, going: _Going, n: int) -> Entry:
    """Who takes everything over; refused while it is typed where they cannot."""

    def echo(values: Values) -> Echo:
        typed = values["successor"].strip()
        if not typed:
            return Echo(Text(_("who takes them over")))
        now = screen.deck.now()
        by = Stamp(person=screen.deck.me or 0, at=now, recorded=now)
        try:
            reasons = [*going.make(going.find(typed)).check(state.board, by)]
        except CrossdeckError as problem:
            return Echo(Text(sentence(problem)), error=True)
        return refused_echo(reasons) or Echo(Text(_("{name} takes over {n}").format(name=typed, n=n)))

    def complete(line: str) -> str | None:
        return next((each for each in going.names if line and each.startswith(line) and each != line), None)

    return Entry(
        key=f"{screen.deck.me}:{going.key}",
        heading=Text(going.words, STYLES["strong"]),
        fields=[Field("successor", _("who takes them over"), required=True, options=tuple(going.names))],
        submit=lambda values: [going.make(going.find(values["successor"].strip()))],
        echo=echo,
        complete=complete,
        hint=_("who takes them over"),
        keep_draft=False,
    )
