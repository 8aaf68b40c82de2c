"""New cards and the form of a card: from a template, from an earlier card, or in one line (screens.md §7d)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from store.operations.base import Operation
from store.operations.cards import AFTERWARDS, CreateCard, EditCard, home
from store.operations.voiding import ALL_SIGN, concerned
from store.records import Card
from store.rules.decision_line import DecisionLine, format_decision, parse_decision
from store.templates import templates
from store.views.state import BoardState
from tui import words
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.field_words import value_word
from tui.i18n import _, language, p_
from tui.look import STYLES
from tui.verbs.card_duties import DUTY_HINT, split_duty, split_names, void_sentence
from tui.verbs.card_echo import card_echo
from tui.verbs.card_seeds import Seed, seed_of_card, seed_of_template
from tui.verbs.card_values import FORM, PEOPLE, TERMS, hint, labelled, read, shown
from tui.verbs.forms import different, filled, heading, over, over_words, verb_word
from tui.verbs.names import complete_name, find_name, known_names, need_department

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

FIRST = ("name", "planned_start", "planned_finish", "goal")
"""What a new card from a template asks for before everything else."""
EARLIER = 100
"""Earlier cards the choice lists; typing finds the others."""
BLANK = "blank"


def add(screen: DeckScreen, _refs: list[Ref]) -> Request | None:
    """`a`: a blank card, a template, or an earlier card to begin with."""
    state = screen.state
    if state is None:
        return None
    found = templates(language())
    cards = sorted(state.board.cards.values(), key=lambda card: card.created_at or 0, reverse=True)

    def chosen(name: str) -> Entry:
        kind, _colon, key = name.partition(":")
        if kind == "template":
            return new_entry(screen, state, seed_of_template(state, found[int(key)], screen.deck.now()))
        if kind == "card":
            return new_entry(screen, state, seed_of_card(state, state.board.cards[int(key)]))
        return new_entry(screen, state, Seed())

    return Choice(
        heading=Text(_("new card: type to find a template or an earlier card")),
        options=[
            Option(BLANK, Text(_("blank: one line, Tab for the form"))),
            *(_template_option(n, each.name, each.category, each.type) for n, each in enumerate(found)),
            *map(_card_option, cards[:EARLIER]),
        ],
        chosen=chosen,
        more=lambda text: [_card_option(card) for card in cards[EARLIER:] if _holds(card, text)][:EARLIER],
    )


def _template_option(n: int, name: str, category: str, kind: str) -> Option:
    about = f"{value_word('cards', 'category', category)} | {value_word('cards', 'type', kind)}"
    label = Text.assemble((f"{_('template')} ", STYLES["dim"]), name, (f"  {about}", STYLES["dim"]))
    return Option(f"template:{n}", label)


def _card_option(card: Card) -> Option:
    label = Text.assemble((f"{_('earlier card')} ", STYLES["dim"]), f"{card.number} ", card.name)
    return Option(f"card:{card.id}", label, card.paper_number)


def _holds(card: Card, text: str) -> bool:
    return text.casefold() in f"{card.number} {card.name} {card.paper_number}".casefold()


def new_entry(screen: DeckScreen, state: BoardState, seed: Seed) -> Entry:
    """The form of a new card; a blank one begins as a line."""
    names = known_names(state)
    now = screen.deck.now()
    blank = not seed.key
    entry = Entry(
        key=f"{screen.deck.me}:add:card:{seed.key or 'new'}",
        heading=Text.assemble(_("new card"), (f"  {seed.label}" if seed.label else "", STYLES["dim"])),
        fields=_new_fields(state, seed),
        echo=lambda values: _new_echo(state, values, now, seed),
        submit=lambda values: [_created(state, values, now, seed)],
        initial=seed.values,
        hint=_("name @lead @department @department <finish    Tab: all fields"),
    )
    if blank:
        entry.parse = lambda line: _values_of(parse_decision(line, names), state)
        entry.format = _line_of
        entry.complete = lambda text: complete_name(text, names)
    return entry


def _new_echo(state: BoardState, values: Values, now: int, seed: Seed) -> Echo:
    """As any card's, and which departments of the template this board does not have."""
    found, absent = card_echo(state, values, now, None, seed.days), seed.hints.get("departments", "")
    return Echo(Text(f"{found.text.plain} | {absent}")) if absent and not found.error else found


def _new_fields(state: BoardState, seed: Seed) -> list[Field]:
    """Name, dates, goal, departments with their duties, then the rest in the order of the form."""
    rest = [each.name for each in FORM if each.name not in FIRST and not each.name.endswith("_used")]
    duties = [
        Field(name, _("duty: {department}").format(department=state.board.department_name(int(name[5:]))), _(DUTY_HINT))
        for name in seed.values
        if name.startswith("duty:")
    ]
    names = seed.hints.get("departments") or _("@A @B or A, B")
    departments = Field("departments", p_("label", "departments"), names, options=known_names(state))
    head = [_field(state, name, seed.hints.get(name, ""), required=name == "name") for name in FIRST]
    return [*head, departments, *duties, *(_field(state, name) for name in rest)]


def _field(state: BoardState, name: str, said: str = "", *, required: bool = False) -> Field:
    options: tuple[str, ...] = ()
    if name in PEOPLE:
        options = known_names(state)
    elif name in TERMS:
        options = tuple(value_word("cards", name, each) for each in TERMS[name])
    return Field(name, labelled(name), said or hint(name), required=required, options=options)


def _created(state: BoardState, values: Values, now: int, seed: Seed) -> Operation:
    """The operation a filled form comes to."""
    board = state.board
    fields: dict[str, Any] = {"name": filled(values.get("name", ""), labelled("name"))}
    for each in FORM:
        if each.name != "name" and values.get(each.name, "").strip():
            fields |= read(state, each.name, values[each.name], now, None)
    fields["lead"] = fields.get("lead") or state.me
    start = fields["planned_start"] = fields.get("planned_start") or now
    if seed.days and not fields.get("planned_finish"):
        fields["planned_finish"] = state.working.due_in_working_days(start, seed.days)
    duties = []
    for name in split_names(values.get("departments", "")):
        department = need_department(state, name)
        parts = split_duty(values.get(f"duty:{department}", ""))
        liaison = seed.liaisons.get(department) or board.departments[department].head
        duties.append(parts | {"department": department, "liaison": liaison})
    fields |= {"duties": duties, "milestones": seed.milestones, "template": seed.template}
    fields |= {"initiating_department": home(board, state.me), "reminders": seed.reminders}
    return msgspec.convert(fields, CreateCard)


def _values_of(line: DecisionLine, state: BoardState) -> Values:
    values = {"name": line.text, "lead": "", "planned_finish": line.due_text}
    departments = []
    for name in line.names:
        found = find_name(state, name)
        if found and found.person:
            values["lead"] = name
        else:
            departments.append(name)
    return values | {"departments": ", ".join(departments)}


def _line_of(values: Values) -> str:
    names = tuple(n for n in (values.get("lead", ""), *split_names(values.get("departments", ""))) if n)
    due = values.get("planned_finish", "")
    return format_decision(DecisionLine(text=values.get("name", ""), names=names, due_text=due))


# Edit ----------------------------------------------------------------------------------------------------


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`e` on a card: its fields."""
    state = screen.state
    card = state.board.cards.get(refs[0][1]) if state and refs else None
    if state is None or card is None or (card.stage != "completed" and over(screen, card)):
        return None
    return edit_entry(screen, state, card)


def edit_entry(screen: DeckScreen, state: BoardState, card: Card) -> Entry:
    """The form of a card that stands; a change that voids signatures is asked twice.

    Of a completed one only what may still be written: what it took, what the next one has from it.
    """
    names = known_names(state)
    now = screen.deck.now()
    done = card.stage == "completed"
    form = [each.name for each in FORM if not done or each.name in AFTERWARDS]

    def fields_of(values: Values) -> dict[str, Any]:
        fields: dict[str, Any] = {} if done else {"name": filled(values.get("name", ""), labelled("name"))}
        for name in form:
            if name != "name" and name in values:
                fields |= read(state, name, values[name], now, card)
        return fields

    def voids(values: Values) -> str | None:
        changed = [name for name, new in fields_of(values).items() if name in ALL_SIGN and new != getattr(card, name)]
        return void_sentence(state, concerned(state.board, card, changed))

    entry = Entry(
        key=f"{screen.deck.me}:edit:card:{card.id}",
        heading=heading(verb_word("edit"), card.number, card.name, words.stage(card.stage)),
        fields=[_field(state, name, required=name == "name") for name in form],
        submit=lambda values: [EditCard(card=card.id, fields=different(card, fields_of(values)))],
        initial={name: shown(state, card, name) for name in form},
        confirm=voids,
        hint=over_words(screen, card),
    )
    if not done:
        entry.parse = lambda line: _edited_line(parse_decision(line, names), state)
        entry.format = _line_of
        entry.echo = lambda values: card_echo(state, values, now, card)
        entry.hint = _("name @lead <finish    Tab: all fields")
    return entry


def _edited_line(line: DecisionLine, state: BoardState) -> Values:
    """The line of a card that stands: its departments have lines of their own."""
    values = _values_of(line, state)
    del values["departments"]
    return values
