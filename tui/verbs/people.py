"""Departments and people of the board: new ones, and their heads, leaders and contacts (rulebook §1).

`: people` anywhere, `a` on an empty departments screen, `e` on a department. A head who is not on the board yet is
made a person of that department in the same breath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.operations.base import Operation
from store.operations.people import AddDepartment, AddPerson, EditDepartment, EditPerson
from store.records import Department, Person
from store.views.state import BoardState
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.field_words import field_word
from tui.i18n import _, p_
from tui.verbs.forms import different, filled, heading, verb_word
from tui.verbs.issue_lines import names_in
from tui.verbs.leaving import anybody
from tui.verbs.names import complete_name, find_name, known_names, need_department, need_person

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

CODE = 6
"""A last word of so many capital letters at most is a department's code."""
Make = Callable[[], Request | None]


def choose(screen: DeckScreen) -> Request | None:
    """`: people`: a new department, a new person, or one there is."""
    state = screen.state
    if state is None:
        return None
    board = state.board
    offers: dict[str, tuple[str, Make]] = {
        "department": (_("new department"), partial(department_entry, screen, state)),
        "person": (_("new person"), partial(person_entry, screen, state)),
        "leaving": (_("somebody leaves, or a department closes"), partial(anybody, screen, state)),
    }
    for place in board.departments.values():
        if place.removed_at is None:
            words = " ".join(filter(None, (place.name, place.code, board.person_name(place.head))))
            offers[f"d{place.id}"] = words, partial(department_entry, screen, state, place)
    for person in board.people.values():
        if person.left_at is None:
            words = " ".join(filter(None, (person.name, board.department_name(person.department), person.organisation)))
            offers[f"p{person.id}"] = words, partial(person_entry, screen, state, person)
    options = [Option(key, Text(words), words) for key, (words, _make) in offers.items()]
    return Choice(Text(_("departments and people")), options, lambda key: offers[key][1]())


def edit_department(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`e` on a department."""
    state = screen.state
    place = state.board.departments.get(refs[0][1]) if state and refs else None
    return department_entry(screen, state, place) if state is not None and place is not None else None


def department_entry(screen: DeckScreen, state: BoardState, place: Department | None = None) -> Entry:
    """A department in one line, `Sales XS @J. Meyer`: name, code, head; the leader in charge in the form."""
    names = known_names(state)
    name = state.board.person_name
    initial = {"name": place.name, "code": place.code} if place else {}
    initial |= {"head": name(place.head), "leader": name(place.leader)} if place else {}
    people = tuple(person.name for person in state.board.people.values() if person.left_at is None)
    return Entry(
        key=f"{screen.deck.me}:department:{place.id if place else 'new'}",
        heading=heading(verb_word("edit") if place else _("new department"), "", place.name if place else ""),
        fields=[
            Field("name", p_("field", "name"), _("as everybody calls it"), required=True),
            Field("code", field_word("code"), _("a few letters it is called by")),
            Field("head", field_word("head"), _("confirms and signs; a new name: a person of it"), options=people),
            Field("leader", field_word("leader"), _("tier 2 of an issue"), options=people),
        ],
        initial=initial,
        submit=partial(_department_operations, state, place),
        parse=None if place else read_department,
        format=None if place else _department_line,
        echo=partial(_department_echo, state),
        complete=lambda text: complete_name(text, names),
        hint=_("name CODE @head    Tab: all fields"),
    )


def _department_operations(state: BoardState, place: Department | None, values: Values) -> Sequence[Operation]:
    """The department, before its head the person, if nobody of that name is there."""
    fields: dict[str, Any] = {
        "name": filled(values.get("name", ""), p_("field", "name")),
        "code": values.get("code", "").strip(),
    }
    operations: list[Operation] = []
    if place is None:
        made = AddDepartment(**fields)
        operations, key, fields = [made], made.id, {}
    else:
        key = place.id
    for role in ("head", "leader"):
        who, new = _person(state, values.get(role, ""), key)
        operations += new
        if who is not None or place is not None:
            fields[role] = who
    if place is not None:
        fields = different(place, fields)
    return [*operations, EditDepartment(department=key, fields=fields)] if fields else operations


def _person(state: BoardState, typed: str, department: int) -> tuple[int | None, list[Operation]]:
    """(the doc id of a name, what makes the person if the board has none of that name). Raises Refused."""
    name = typed.strip().lstrip("@＠").strip()
    if not name:
        return None, []
    if find_name(state, name) is not None:
        return need_person(state, name), []
    made = AddPerson(name=name, department=department)
    return made.id, [made]


def person_entry(screen: DeckScreen, state: BoardState, person: Person | None = None) -> Entry:
    """A person in one line, `J. Meyer @Sales jmeyer`: name, department, login; contact in the form."""
    names = known_names(state)
    places = tuple(place.name for place in state.board.departments.values() if place.removed_at is None)
    return Entry(
        key=f"{screen.deck.me}:person:{person.id if person else 'new'}",
        heading=heading(verb_word("edit") if person else _("new person"), "", person.name if person else ""),
        fields=[
            Field("name", p_("field", "name"), _("as everybody writes it"), required=True),
            Field("department", p_("record", "department"), _("where they work"), options=places),
            Field("logins", field_word("logins"), _("by which they sit at a terminal; empty: asked once at the start")),
            Field("phone", field_word("phone")),
            Field("chat", field_word("chat")),
            Field("organisation", field_word("organisation"), _("only of people from outside: customer, third party")),
        ],
        initial=_person_values(state, person) if person else {},
        submit=partial(_person_operations, state, person),
        parse=None if person else partial(read_person, names=names),
        format=None if person else _person_line,
        echo=partial(_person_echo, state),
        complete=lambda text: complete_name(text, names),
        hint=_("name @department login    Tab: all fields"),
    )


def _person_values(state: BoardState, person: Person) -> Values:
    return {
        "name": person.name,
        "department": state.board.department_name(person.department),
        "logins": " ".join(person.logins),
        "phone": person.phone,
        "chat": person.chat,
        "organisation": person.organisation,
    }


def _person_operations(state: BoardState, person: Person | None, values: Values) -> Sequence[Operation]:
    """The new person, or the fields that differ. Raises Refused, NotFound."""
    where = values.get("department", "").strip()
    fields: dict[str, Any] = {
        "name": filled(values.get("name", ""), p_("field", "name")),
        "department": need_department(state, where) if where else None,
        "logins": tuple(values.get("logins", "").replace(",", " ").split()),
        **{name: values.get(name, "").strip() for name in ("phone", "chat", "organisation")},
    }
    if person is None:
        return [AddPerson(**fields)]
    return [EditPerson(person=person.id, fields=different(person, fields))]


def read_department(line: str) -> Values:
    """`Sales XS @J. Meyer`: before the `@` the name, its last word the code if it is short capitals; then the head."""
    before, _at, after = line.replace("＠", "@").partition("@")
    words = before.split()
    last = words[-1] if len(words) > 1 else ""
    code = words.pop() if last.isascii() and last.isupper() and len(last) <= CODE else ""
    return {"name": " ".join(words), "code": code, "head": after.strip()}


def read_person(line: str, names: Sequence[str] = ()) -> Values:
    """`J. Meyer @Sales jmeyer`: name, department, then logins."""
    before, _at, after = line.replace("＠", "@").partition("@")
    after = after.strip()
    where = next(iter(names_in(f"@{after}", names)), "") if after else ""
    return {"name": before.strip(), "department": where, "logins": after[len(where) :].strip()}


def _department_line(values: Values) -> str:
    head = values.get("head", "")
    return " ".join(filter(None, (values.get("name", ""), values.get("code", ""), f"@{head}" if head else "")))


def _person_line(values: Values) -> str:
    where = values.get("department", "")
    return " ".join(filter(None, (values.get("name", ""), f"@{where}" if where else "", values.get("logins", ""))))


def _department_echo(state: BoardState, values: Values) -> Echo:
    head = values.get("head", "").strip()
    parts = [values.get("name", ""), values.get("code", "")]
    if head and find_name(state, head) is None:
        parts.append(_("{name} is new: a person of this department").format(name=head))
    elif head:
        parts.append(f"{field_word('head')} {head}")
    return Echo(Text(" | ".join(filter(None, parts))))


def _person_echo(state: BoardState, values: Values) -> Echo:
    where = values.get("department", "").strip()
    found = find_name(state, where) if where else None
    if found is not None and found.department is not None:
        where = state.board.department_name(found.department)
    return Echo(Text(" | ".join(filter(None, (values.get("name", ""), where, values.get("logins", ""))))))
