"""Verbs on subtasks: new, edit, void. What happens to one is in `subtask_steps`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.errors import Refused
from store.operations.base import Operation
from store.operations.concrete import concrete
from store.operations.subtasks import AddSubtask, EditSubtask, VoidSubtask
from store.records import Card, Subtask
from store.rules.decision_line import ActionLine, format_action, parse_action
from store.views.state import BoardState
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import _
from tui.look import STYLES
from tui.verbs.forms import (
    Make,
    date_words,
    different,
    filled,
    heading,
    over,
    refused_echo,
    typed_date,
    verb_word,
    when_typed,
    words_entry,
)
from tui.verbs.names import find_name, known_names, need_department, need_person
from tui.verbs.people import department_entry
from tui.verbs.subtask_fields import more_fields, more_initial, more_values, scope_operations

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def _subtask(screen: DeckScreen, refs: list[Ref]) -> Subtask | None:
    return screen.state.board.subtasks.get(refs[0][1]) if screen.state and refs else None


# New and edit ----------------------------------------------------------------------------------------


def add(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """A subtask on the card under the cursor; on a department: choice of card first; without one: a department."""
    state = screen.state
    if state is None:
        return None
    if not refs:
        return department_entry(screen, state)
    table, key = refs[0]
    if table == "departments":
        return _of_department(screen, state, key)
    if table == "subtasks":
        found = state.board.subtasks.get(key)
        key = found.card if found else 0
    card = state.board.cards.get(key)
    return _form(screen, state, card, None, None) if card and not over(screen, card) else None


def _of_department(screen: DeckScreen, state: BoardState, department: int) -> Choice:
    """On which card; behind the cards another department, and a card where none is open for work."""
    cards = [c for c in state.board.cards.values() if c.stage in {"draft", "circulating", "active"}]
    mine = {d.card for d in state.board.duties.values() if d.department == department}
    cards.sort(key=lambda c: c.id not in mine)
    options = [Option(str(c.id), Text(f"{c.number} {c.name}")) for c in cards]
    if not cards:
        options.append(Option("card", Text(_("new card"), STYLES["dim"])))
    options.append(Option("department", Text(_("new department"), STYLES["dim"])))

    def chosen(what: str) -> Request | None:
        if what == "card":
            from tui.verbs.card_forms import add as new_card

            return new_card(screen, [])
        if what == "department":
            return department_entry(screen, state)
        return _form(screen, state, state.board.cards[int(what)], None, department)

    name = state.board.department_name(department)
    return Choice(Text(_("new subtask of {name} on which card?").format(name=name)), options, chosen)


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The subtask's fields."""
    state, subtask = screen.state, _subtask(screen, refs)
    card = state.board.cards[subtask.card] if state and subtask else None
    if state is None or subtask is None or card is None or over(screen, card):
        return None
    return _form(screen, state, card, subtask, subtask.department)


def _form(screen: DeckScreen, state: BoardState, card: Card, old: Subtask | None, department: int | None) -> Entry:
    names = known_names(state)
    now = screen.deck.now()

    def submit(values: Values) -> Sequence[Operation]:
        fields = _fields(state, values, now, old, department) | more_values(state, values, card.id)
        helpers = values.get("collaborators", "")
        if old is None:
            new = AddSubtask(card=card.id, **fields)
            return [new, *scope_operations(state, new.id, helpers)]
        scopes = scope_operations(state, old.id, helpers)
        if scopes and all(value == getattr(old, name) for name, value in fields.items()):
            return scopes
        return [EditSubtask(subtask=old.id, fields=different(old, fields)), *scopes]

    def vague(values: Values) -> Echo | None:
        standard = values.get("standard", "").strip()
        return None if old and standard == old.standard else refused_echo(concrete(state.board, standard))

    verb = verb_word("edit" if old else "new")
    head = heading(verb, old.number if old else card.number, old.name if old else f"{card.name}: {_('subtask')}")
    return Entry(
        key=f"{screen.deck.me}:subtask:{old.id if old else card.id}",
        heading=head,
        fields=_form_fields(names),
        parse=lambda line: _values_of(parse_action(line, names), state),
        format=_line_of,
        echo=lambda values: vague(values) or _echo(state, values, now),
        submit=submit,
        initial=_initial(state, old) if old else {},
        hint=_("name @owner <finish =completion standard    Tab: all fields"),
    )


def _form_fields(names: tuple[str, ...]) -> list[Field]:
    """The fields of the line, then the further ones."""
    return [
        Field("name", _("name"), required=True),
        Field("owner", _("owner"), options=names),
        Field("department", _("department"), options=names),
        Field("start", _("start")),
        Field("finish", _("finish")),
        Field("standard", _("completion standard")),
        Field("deliverable", _("deliverable")),
        *more_fields(names),
    ]


def _values_of(line: ActionLine, state: BoardState) -> Values:
    values = {"name": line.text, "owner": "", "department": "", "finish": line.due_text, "standard": line.standard}
    for name in line.names:
        found = find_name(state, name)
        values["department" if found and found.department else "owner"] = name
    return values


def _line_of(values: Values) -> str:
    names = tuple(values[k] for k in ("owner", "department") if values.get(k))
    line = ActionLine(
        text=values.get("name", ""), names=names, due_text=values.get("finish", ""), standard=values.get("standard", "")
    )
    return format_action(line)


def _initial(state: BoardState, old: Subtask) -> Values:
    return {
        "name": old.name,
        "owner": state.board.person_name(old.owner),
        "department": state.board.department_name(old.department),
        "start": typed_date(state, old.planned_start),
        "finish": typed_date(state, old.planned_finish),
        "standard": old.standard,
        "deliverable": old.deliverable,
        **more_initial(state, old),
    }


def _fields(state: BoardState, values: Values, now: int, old: Subtask | None, department: int | None) -> dict[str, Any]:
    """Typed values as the fields of a subtask. Raises Refused for a name or date nobody understands."""
    typed = {k: v.strip() for k, v in values.items()}
    owner = need_person(state, typed["owner"]) if typed.get("owner") else None
    place = need_department(state, typed["department"]) if typed.get("department") else department
    began, ends = (old.planned_start, old.planned_finish) if old else (None, None)
    person = state.board.people.get(owner or 0)
    return {
        "name": filled(typed.get("name", ""), _("name")),
        "owner": owner,
        "department": place or (person.department if person else None),
        "planned_start": when_typed(state, typed.get("start", ""), now, began, close=False),
        "planned_finish": when_typed(state, typed.get("finish", ""), now, ends),
        "standard": typed.get("standard", ""),
        "deliverable": typed.get("deliverable", ""),
    }


def _echo(state: BoardState, values: Values, now: int) -> Echo:
    parts = [values.get("name", "")]
    named = [values[key] for key in ("department", "owner") if values.get(key)]
    parts += [name if find_name(state, name) else f"{name}?" for name in named]
    if values.get("finish"):
        parts.append(date_words(state, values["finish"], now))
    missing = [w for k, w in (("owner", _("owner")), ("finish", _("finish")), ("standard", _("completion standard")))
               if not values.get(k)]  # fmt: skip
    if missing:
        parts.append(_("missing: {fields}").format(fields=", ".join(missing)))
    return Echo(Text(" | ".join(p for p in parts if p)))


def void(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X`: cancel for good, with the last digits of the number and a reason."""
    subtask = _subtask(screen, refs)
    if subtask is None:
        return None
    return void_entry(screen, subtask.id, subtask.number, subtask.name,
                      lambda reason: [VoidSubtask(subtask=subtask.id, reason=reason)])  # fmt: skip


def void_entry(screen: DeckScreen, record: int, number: str, name: str, make: Make) -> Entry:
    """Type the last three characters of the number and a reason."""
    last = number[-3:].lstrip("-") or "?"

    def check(text: str) -> Sequence[Operation]:
        typed, _blank, reason = text.partition(" ")
        if typed != last or not reason.strip():
            raise Refused("Type {last} and a reason. Nothing recorded.", code="void", last=last)
        return make(reason.strip())

    hint = _("Void {id} for good? Type {last3} and a reason.").format(id=number, last3=last)
    head = heading(verb_word("void"), number, name)
    return words_entry(screen, f"void:{record}", head, _("reason"), check, hint=hint)
