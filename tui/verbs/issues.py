"""Raising issues: blocked report, warning, dispute (`b` `w` `D`, `a` in the queue, `!!` `!?` in a progress line)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace
from rich.text import Text

from store.errors import CrossdeckError, Refused
from store.operations.base import Operation
from store.operations.issues import RaiseBlocked, RaiseWarning
from store.records import Card, Support
from store.rules.clock_facts import limit
from store.views.queue import FIELDS
from store.views.state import BoardState
from tui import words
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.field_words import field_word
from tui.i18n import N_, _
from tui.look import STYLES, glyph
from tui.subjects import due_text
from tui.verbs.forms import heading, vague_note
from tui.verbs.issue_dispute import dispute_entry
from tui.verbs.issue_events import began, came_true, may_note, note_choice, note_of, noted, noted_alone
from tui.verbs.issue_lines import format_parts, names_in, need, parse_parts
from tui.verbs.issue_places import Place, anywhere, card_of, may_raise, on_card, parts_echo, place_of
from tui.verbs.names import complete_name, known_names, need_name

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

Kind = Literal["blocked", "warning"]
Then = Callable[[], Request | None]
COMMANDS: dict[Kind, str] = {"blocked": "block", "warning": "warn"}
MISSING: dict[Kind, tuple[str, str]] = {
    "blocked": (N_("A blocked report needs all four: {missing} is empty."), "refuse.block"),
    "warning": (N_("A warning needs all four: {missing} is empty."), "refuse.warn"),
}
HINTS: dict[Kind, str] = {
    "blocked": N_("what / impact / tried / support needed @department   all four; Tab: form"),
    "warning": N_("risk / reason / scope / proposed solution @department   all four; Tab: form"),
}


def block(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`b`: what stopped the work, impact, tried, needed. On a card its subtask is chosen first."""
    return _raise(screen, refs, "blocked")


def warn(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`w`: risk, reason, scope, solution, of a subtask or of a card as a whole."""
    return _raise(screen, refs, "warning")


def dispute(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`D`: two departments, over what, the position of each."""
    state = screen.state
    place = place_of(state, refs) if state else None
    if state is None or place is None or not may_raise(screen, state, place):
        return None
    return dispute_entry(screen, state, place)


def add(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`a` in the queue: which kind, then where; the card of the issue under the cursor stands first."""
    state = screen.state
    if state is None:
        return None
    issue = state.board.issues.get(refs[0][1]) if refs and refs[0][0] == "issues" else None
    near = issue.card if issue else 0

    def kind_chosen(kind: str) -> Choice:
        def go(place: Place) -> Request | None:
            if kind == "dispute":
                return dispute_entry(screen, state, place)
            return _report(screen, state, "blocked" if kind == "blocked" else "warning", place)

        head = Text(_("{kind} on what? Type to find it.").format(kind=words.issue_kind(kind)))
        return anywhere(state, head, go, cards=kind != "blocked", near=near)

    options = [Option(kind, Text(f"{glyph(kind)} {words.issue_kind(kind)}"), kind) for kind in words.ISSUE_KINDS]
    return Choice(Text(_("new issue of which kind?")), options, kind_chosen)


def raise_entry(screen: DeckScreen, subtask_id: int, kind: Kind, text: str, then: Then) -> Request | None:
    """The report a progress line asked for: its problem is the description; then the chain goes on.

    Enter on an emptied line goes on too; Esc leaves, keeps what was typed and asks whether the event is noted.
    """
    state = screen.state
    subtask = state.board.subtasks.get(subtask_id) if state else None
    if state is None or subtask is None:
        return then()
    here = subtask

    def abandoned() -> None:
        if may_note(state, here, kind):
            screen.open_panel(note_choice(screen, state, here, kind, text))

    def go(worsens: int | None) -> Entry:
        entry = _entry(screen, state, kind, here, worsens)
        entry.initial = {FIELDS[kind][0]: text} if text else entry.initial
        entry.recorded = entry.skipped = then
        entry.closed = abandoned
        return entry

    return came_true(state, here, go) if kind == "blocked" else go(None)


def _raise(screen: DeckScreen, refs: list[Ref], kind: Kind) -> Request | None:
    state = screen.state
    place = place_of(state, refs) if state else None
    if state is None or place is None or not may_raise(screen, state, place):
        return None
    if isinstance(place, Card):
        head = heading(words.issue_kind(kind), place.number, place.name, _("which subtask?"))
        return on_card(screen, state, place, head, lambda p: _report(screen, state, kind, p), whole=kind == "warning")
    return _report(screen, state, kind, place)


def _report(screen: DeckScreen, state: BoardState, kind: Kind, place: Place) -> Request | None:
    """The line of a report; of a blocked one, first the warning that came true, if there may be one."""
    if kind == "blocked" and not isinstance(place, Card):
        return came_true(state, place, lambda worsens: _entry(screen, state, kind, place, worsens))
    return _entry(screen, state, kind, place)


def _entry(screen: DeckScreen, state: BoardState, kind: Kind, place: Place, worsens: int | None = None) -> Entry:
    """The line of four parts, with one row for each behind Tab, and since when it is."""
    names = known_names(state)
    keys, labels = FIELDS[kind], _labels(kind)
    card = card_of(state, place)

    def submit(values: Values) -> Sequence[Operation]:
        since = began(state, values.get("since", ""), screen.deck.now())
        if noted_alone(state, place, kind, values):
            return [note_of(place, kind, values, since)]
        need(values, keys, *MISSING[kind], labels)
        operation = _operation(state, kind, place, values, names)
        if worsens is not None:
            operation = replace(operation, worsens=worsens)
        return [operation if since is None else replace(operation, since=since)]

    def field(key: str) -> Field:
        return Field(key, labels[key], _("@department: who is asked") if key == keys[-1] else "", required=True)

    return Entry(
        key=f"{screen.deck.me}:{COMMANDS[kind]}:{place.id}",
        heading=heading(
            words.issue_kind(kind), place.number, place.name, card.name if card and card is not place else ""
        ),
        fields=[*(field(key) for key in keys), Field("since", field_word("since"), _("13:05; empty: now"))],
        initial=noted(state, place, kind, keys[0]),
        parse=lambda text: parse_parts(text, keys),
        format=lambda values: format_parts(values, keys),
        echo=lambda values: _echo(screen, state, kind, place, values),
        submit=submit,
        confirm=lambda values: noted_alone(state, place, kind, values),
        complete=lambda text: complete_name(text, names),
        hint=_(HINTS[kind]),
    )


def _labels(kind: Kind) -> dict[str, str]:
    return {key: field_word(key) for key in FIELDS[kind]}


def _asked(state: BoardState, text: str, names: Sequence[str]) -> Support:
    """The department and person named in the last field. Raises NotFound with the closest name."""
    department = person = None
    for name in names_in(text, names):
        found = need_name(state, name)
        department, person = department or found.department, person or found.person
    home = state.board.people.get(person or 0)
    return Support(department=department or (home.department if home else None), person=person)


def _operation(state: BoardState, kind: Kind, place: Place, values: Values, names: Sequence[str]) -> Operation:
    fields: dict[str, Any] = {key: values.get(key, "").strip() for key in FIELDS[kind]}
    asked = _asked(state, fields[FIELDS[kind][-1]], names)
    fields |= {"card" if isinstance(place, Card) else "subtask": place.id}
    fields |= {"department": asked.department, "owner": asked.person}
    return RaiseBlocked(**fields) if kind == "blocked" else RaiseWarning(**fields)


def _echo(screen: DeckScreen, state: BoardState, kind: Kind, place: Place, values: Values) -> Echo:
    """Each part as it was understood, then what is still missing, or who is asked and until when."""
    keys, labels = FIELDS[kind], _labels(kind)
    try:
        asked = _asked(state, values.get(keys[-1], ""), known_names(state))
    except CrossdeckError as error:
        return Echo(Text(screen.deck.error_text(error)), error=True)
    room = (screen.size.width - 70) // 4
    parts = [(labels[key], values.get(key, "").strip()) for key in keys]
    try:
        need(values, keys, *MISSING[kind], labels)
    except Refused as error:
        return Echo(parts_echo(parts, max(6, room)).append(screen.deck.error_text(error), STYLES["yellow"]))
    line = parts_echo(parts, room if room >= 6 else 0)
    card = card_of(state, place)
    who = state.board.department_name(asked.department or (card.lead_department if card else None)) or "-"
    due = due_text(state, _answer_due(state, kind, card, screen.deck.now()))
    line.append(_("asks {who}, first answer by {due}").format(who=who, due=due))
    return Echo(line.append(vague_note(state, (values.get(key, "") for key in keys)), STYLES["yellow"]))


def _answer_due(state: BoardState, kind: Kind, card: Card | None, now: int) -> int:
    """When the first answer (of a warning: the coordination) is due if it is raised now."""
    spans = state.book.facts.spans
    if kind == "warning":
        return spans.due(now, spans.of("coordination"))
    return spans.due(now, limit(card.response_limit_hours if card else None, spans.of("response")))
