"""Names typed after `@`: departments and people by name, code or login (screens.md §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from store.errors import NotFound, Refused
from store.records import Support
from store.rules.progress_line import Support as TypedSupport
from store.views.state import BoardState


def known_names(state: BoardState) -> tuple[str, ...]:
    """All names, codes and logins, longest first so that `J. Meyer` is found before `J`."""
    board = state.board
    found = {d.name for d in board.departments.values()} | {d.code for d in board.departments.values()}
    for person in board.people.values():
        found |= {person.name, *person.logins}
    return tuple(sorted((n for n in found if n), key=lambda n: (-len(n), n)))


def find_name(state: BoardState, name: str) -> Support | None:
    """The department or person of a name, code or login; None if nobody has it."""
    wanted = name.strip().casefold()
    if not wanted:  # a department may have no code
        return None
    for department in state.board.departments.values():
        if wanted in {department.name.casefold(), department.code.casefold()}:
            return Support(department=department.id, name=name)
    for person in state.board.people.values():
        if wanted == person.name.casefold() or wanted in {n.casefold() for n in person.logins}:
            return Support(person=person.id, name=name)
    return None


def need_name(state: BoardState, name: str) -> Support:
    """As `find_name`. Raises NotFound with the closest name."""
    found = find_name(state, name)
    if found is None:
        close = get_close_matches(name, known_names(state), 1, 0.3)
        if close:
            raise NotFound('Nobody here is called "{name}". Did you mean {close}?', name=name, close=close[0])
        raise NotFound('Nobody here is called "{name}".', name=name)
    return found


def need_person(state: BoardState, name: str) -> int:
    """The doc id of a person. Raises NotFound with the closest name; Refused for a department."""
    found = need_name(state, name)
    if found.person is None:
        raise Refused('"{name}" is a department; a person is needed here.', code="name", name=name)
    return found.person


def need_department(state: BoardState, name: str) -> int:
    """The doc id of a department. Raises NotFound with the closest name; Refused for a person."""
    found = need_name(state, name)
    if found.department is None:
        raise Refused('"{name}" is not a department.', code="department", name=name)
    return found.department


def supports_of(state: BoardState, typed: Iterable[TypedSupport]) -> tuple[Support, ...]:
    """Typed supports as records. Raises NotFound for a name nobody has."""
    out = []
    for one in typed:
        found = need_name(state, one.name)
        out.append(Support(department=found.department, person=found.person, name=one.name, text=one.text))
    return tuple(out)


def complete_name(text: str, names: Sequence[str]) -> str | None:
    """The line with the name that is being typed after its last `@` completed; None if there is none to complete."""
    at = max(text.rfind("@"), text.rfind("\uff20"))
    typed = text[at + 1 :]
    if at < 0 or not typed:
        return None
    found = [n for n in names if n.casefold().startswith(typed.casefold()) and n != typed]
    return text[: at + 1] + found[0] if found else None
