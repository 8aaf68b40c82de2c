"""`A` on a subtask: what hangs on it: an input from another department, support asked for, a milestone of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.errors import Refused
from store.operations.base import Operation
from store.operations.inputs import AddInput, CancelInput, EditInput
from store.operations.raci import home_of
from store.operations.supports import AskSupport
from store.records import Input, Subtask
from store.rules.decision_line import DecisionLine, format_decision, parse_decision
from store.views.state import BoardState
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import _
from tui.verbs.forms import date_words, different, filled, heading, over, typed_date, verb_word, when_typed, words_entry
from tui.verbs.names import complete_name, find_name, known_names, need_name
from tui.verbs.subtask_steps import offered, subtask_of

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def add(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """A choice of what to add below the subtask under the cursor."""
    from tui.verbs.milestones import form

    state, subtask = screen.state, subtask_of(screen, refs)
    card = state.board.cards[subtask.card] if state and subtask else None
    if state is None or subtask is None or card is None or over(screen, card):
        return None
    head = heading(_("new below"), subtask.number, subtask.name)
    return offered(
        head,
        [
            (_("input from another department"), lambda: new_input(screen, state, subtask)),
            (_("ask for support (answered within 48 h)"), lambda: ask(screen, state, subtask)),
            (_("milestone"), lambda: form(screen, state, card, None, subtask)),
        ],
    )


def new_input(screen: DeckScreen, state: BoardState, subtask: Subtask, old: Input | None = None) -> Entry:
    """`渠道数据 v2 @市场部 <10-10 12:00`; with `old` that one changed."""
    now = screen.deck.now()

    def submit(values: Values) -> Sequence[Operation]:
        whom = need_name(state, filled(values.get("from", ""), _("from")))
        due = when_typed(state, filled(values.get("due", ""), _("date")), now, old.due if old else None)
        home = home_of(state.board, whom.person) if whom.person else whom.department
        fields: dict[str, Any] = {"what": filled(values.get("what", ""), _("what")), "due": due}
        fields |= {"department": home, "supplier": whom.person}
        if old is None:
            return [AddInput(subtask=subtask.id, **fields)]
        return [EditInput(input=old.id, fields=different(old, fields))]

    entry = _asked(
        screen, state, f"input:{subtask.id}", heading(_("input"), subtask.number, subtask.name),
        fields=[Field("what", _("what"), required=True), Field("from", _("from"), required=True),
                Field("due", _("date"), required=True)], submit=submit, hint=_("what @department or person <date"),
    )  # fmt: skip
    if old is not None:
        whom = state.board.person_name(old.supplier) or state.board.department_name(old.department)
        entry.initial = {"what": old.what, "from": whom, "due": typed_date(state, old.due)}
        entry.key = f"{screen.deck.me}:edit_input:{old.id}"
    return entry


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`e` on an input: what, from whom, by when."""
    state = screen.state
    row = state.board.inputs.get(refs[0][1]) if state and refs else None
    subtask = state.board.subtasks.get(row.subtask) if state and row else None
    if state is None or row is None or subtask is None or over(screen, state.board.cards[subtask.card]):
        return None
    return new_input(screen, state, subtask, row)


def cancel(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X` on an input: no longer needed."""
    row = screen.state.board.inputs.get(refs[0][1]) if screen.state and refs else None
    if row is None:
        return None
    return words_entry(
        screen, f"cancel_input:{row.id}", heading(verb_word("void"), "", row.what), _("reason"),
        lambda text: [CancelInput(input=row.id, reason=text)],
    )  # fmt: skip


def ask(screen: DeckScreen, state: BoardState, subtask: Subtask) -> Entry:
    """`核提成口径 @人事部`."""

    def submit(values: Values) -> Sequence[Operation]:
        whom = need_name(state, filled(values.get("from", ""), _("from")))
        if values.get("due"):
            raise Refused("Support is answered within 48 h; for a date ask for an input.", code="refuse.support")
        what = filled(values.get("what", ""), _("what"))
        return [AskSupport(subtask=subtask.id, text=what, department=whom.department, person=whom.person)]

    return _asked(
        screen, state, f"ask:{subtask.id}", heading(_("ask for support"), subtask.number, subtask.name),
        fields=[Field("what", _("what"), required=True), Field("from", _("from"), required=True)], submit=submit,
        hint=_("what @department or person"),
    )  # fmt: skip


def _asked(
    screen: DeckScreen,
    state: BoardState,
    key: str,
    head: Text,
    *,
    fields: list[Field],
    submit: Callable[[Values], Sequence[Operation]],
    hint: str,
) -> Entry:
    """A line `text @name <date` over these fields."""
    names, now = known_names(state), screen.deck.now()

    def parse(line: str) -> Values:
        found = parse_decision(line, names)
        return {"what": found.text, "from": found.names[0] if found.names else "", "due": found.due_text}

    def echo(values: Values) -> Echo:
        parts = [values.get("what", "")]
        if whom := values.get("from", ""):
            parts.append(whom if find_name(state, whom) else f"{whom}?")
        if values.get("due"):
            parts.append(date_words(state, values["due"], now))
        missing = [each.label for each in fields if not values.get(each.name)]
        if missing:
            parts.append(_("missing: {fields}").format(fields=", ".join(missing)))
        return Echo(Text(" | ".join(part for part in parts if part)))

    return Entry(
        key=f"{screen.deck.me}:{key}",
        heading=head,
        fields=fields,
        submit=submit,
        parse=parse,
        format=_line_of,
        echo=echo,
        complete=lambda line: complete_name(line, names),
        hint=hint,
    )


def _line_of(values: Values) -> str:
    whom = (values["from"],) if values.get("from") else ()
    return format_decision(DecisionLine(text=values.get("what", ""), names=whom, due_text=values.get("due", "")))
