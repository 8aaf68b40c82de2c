"""What was put aside: sent once more as it was, edited first, or dismissed. Each of these is a change of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.errors import CrossdeckError
from store.operations.asides import ClearAside, How
from store.operations.base import Operation
from store.records import Aside
from store.views.asides import Wanted, edited, operation_of, wanted
from store.views.state import BoardState
from tui.entry import Choice, Entry, Field, Option, Request, Values
from tui.field_words import field_word
from tui.i18n import _, p_
from tui.present.asides import aside_words, why_words
from tui.verbs.forms import heading, typed_date, yes_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def choose(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """Enter on it: what can be done about it."""
    found = _found(screen, refs)
    if found is None:
        return None
    state, aside = found
    options = [
        Option("resend", Text(_("send it once more as it was"))),
        Option("edit", Text(_("edit it beside what stands now, then send it"))),
        Option("dismiss", Text(_("dismiss it; it stays in the history"))),
        Option("go", Text(_("go to the record"))),
    ]

    def chosen(which: str) -> Request | None:
        if which == "go":
            screen.deck.call_next(_go, screen, aside)
            return None
        verb = {"resend": resend, "edit": edit, "dismiss": dismiss}[which]
        return verb(screen, refs)

    return Choice(heading(p_("key", "open"), "", aside_words(state, aside), why_words(aside)), options, chosen)


def _go(screen: DeckScreen, aside: Aside) -> None:
    from store.views.asides import card_of
    from store.views.numbers import table_of
    from tui.palette import jump

    if screen.state is None:
        return
    table, key = table_of(screen.state.board, aside.subject), aside.subject
    if table not in {"cards", "subtasks", "issues", "meetings"}:
        table, key = "cards", card_of(screen.state.board, aside.subject) or 0
    if not key:
        screen.deck.notice(_("The record it is about is not on the board any more."))
        return
    screen.deck.pop_screen()
    screen.deck.call_next(jump, screen, table, key)


def resend(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The same change once more, against the board as it is now."""
    found = _found(screen, refs)
    if found is None:
        return None
    state, aside = found
    operation = _operation(screen, aside)
    if operation is None or _refused(screen, state, operation):
        return None
    head = heading(_("resend"), "", aside_words(state, aside), _("was: {why}").format(why=why_words(aside)))
    again: Sequence[Operation] = [operation, _cleared(aside, "resent")]
    return yes_entry(screen, f"resend:{aside.id}", head, again, _("Send it once more? Enter yes, Esc no."))


def dismiss(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """It is not wanted any more."""
    found = _found(screen, refs)
    if found is None:
        return None
    state, aside = found
    head = heading(_("dismiss"), "", aside_words(state, aside), why_words(aside))
    question = _("Dismiss it? It stays in the history. Enter yes, Esc no.")
    return yes_entry(screen, f"dismiss:{aside.id}", head, [_cleared(aside, "dismissed")], question)


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """Its fields in a form, beside what stands now (the pane above says it); sent in place of the first."""
    found = _found(screen, refs)
    if found is None:
        return None
    state, aside = found
    if _operation(screen, aside) is None:
        return None
    fields = list(wanted(state.board, aside))
    if not fields:
        screen.deck.notice(_("It has no field to edit. Enter sends it once more or dismisses it."))
        return None
    first = {each.name: as_typed(state, each, each.value) for each in fields}

    def submit(values: Values) -> Sequence[Operation]:
        typed = {name: text for name, text in values.items() if text.strip() != first.get(name, "").strip()}
        made = edited(state.board, aside, typed, screen.deck.now(), state.working)
        return [made, _cleared(aside, "edited")]

    return Entry(
        key=f"{screen.deck.me}:aside:{aside.id}",
        heading=heading(p_("key", "edit"), "", aside_words(state, aside), why_words(aside)),
        fields=[Field(each.name, field_word(each.name), as_typed(state, each, each.now)) for each in fields],
        submit=submit,
        initial=first,
        hint=_("Enter on the last field sends it in place of the first."),
    )


def as_typed(state: BoardState, each: Wanted, value: Any) -> str:
    """A value as it can be typed: names of people and departments, dates, text."""
    if value is None:
        return ""
    if each.shape.kind == "ref":
        record: Any = state.board.table(each.shape.table).get(value)
        return record.name if record is not None else str(value)
    return typed_date(state, value) if each.shape.kind == "instant" else str(value)


def _found(screen: DeckScreen, refs: list[Ref]) -> tuple[BoardState, Aside] | None:
    state = screen.state
    aside = state.board.asides.get(refs[0][1]) if state is not None and refs else None
    return (state, aside) if state is not None and aside is not None else None


def _operation(screen: DeckScreen, aside: Aside) -> Operation | None:
    try:
        return operation_of(aside)
    except CrossdeckError as problem:
        screen.deck.notice(screen.deck.error_text(problem), error=True)
        return None


def _refused(screen: DeckScreen, state: BoardState, operation: Operation) -> bool:
    """Whether it would be put aside again: said at once, with what else can be done."""
    reason = next(iter(operation.check(state.board, screen.deck.session.stamp(state.me or 0))), None)
    if reason is None:
        return False
    why = screen.deck.error_text(reason).rstrip(".。")
    text = _("It still cannot be: {why}. {edit} edits it, {void} dismisses it.")
    keys = {"edit": screen.deck.key_of("edit"), "void": screen.deck.key_of("void")}
    screen.deck.notice(text.format(why=why, **keys), error=True)
    return True


def _cleared(aside: Aside, how: How) -> ClearAside:
    return ClearAside(aside=aside.id, how=how, record=aside.subject)
