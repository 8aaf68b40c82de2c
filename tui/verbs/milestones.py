"""Verbs on milestones: new, edit, announced before they change, reached, registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.errors import Refused
from store.operations.base import Operation
from store.operations.handover import RegisterDeliverable
from store.operations.milestones import AddMilestone, AnnounceChange, EditMilestone, ReachMilestone
from store.records import Card, Milestone, Subtask
from store.rules.decision_line import ActionLine, format_action, parse_action
from store.rules.relative_dates import counted, event_of, read_relative
from store.views.state import BoardState
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import _
from tui.subjects import due_text
from tui.verbs.forms import NO, date_words, different, filled, heading, nothing, over, typed_date, verb_word, when_typed
from tui.verbs.handing_over import deliverable_entry
from tui.verbs.names import find_name, known_names, need_name

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def _milestone(screen: DeckScreen, refs: list[Ref]) -> Milestone | None:
    return screen.state.board.milestones.get(refs[0][1]) if screen.state and refs else None


def add(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """A milestone on the card under the cursor, or on that of the milestone there."""
    state = screen.state
    if state is None or not refs:
        return None
    table, key = refs[0]
    found = state.board.table(table).get(key)
    card = state.board.cards.get(getattr(found, "card", key))
    return form(screen, state, card, None, None) if card and not over(screen, card) else None


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The milestone's fields; another date is announced where it asks for notice."""
    state, old = screen.state, _milestone(screen, refs)
    if state is None or old is None or over(screen, state.board.cards[old.card]):
        return None
    return form(screen, state, state.board.cards[old.card], old, None)


def form(screen: DeckScreen, state: BoardState, card: Card, old: Milestone | None, subtask: Subtask | None) -> Entry:
    """The line `name @responsible <date`, the form behind it."""
    names, now = known_names(state), screen.deck.now()

    def submit(values: Values) -> Sequence[Operation]:
        fields = _fields(state, values, now, old)
        if old is None:
            return [AddMilestone(card=card.id, subtask=subtask.id if subtask else None, **fields)]
        return _edits(card, old, fields, values.get("why", "").strip())

    fields = [
        Field("name", _("name"), required=True),
        Field("date", _("date"), _("12-01, 第10个工作日, 3 days after review")),
        Field("responsible", _("responsible"), options=names),
        Field("output", _("output")),
        Field("tentative", _("tentative"), _("yes or no"), options=(_("yes"), _("no"))),
        Field("notice", _("days of notice before a change"), "10"),
    ]
    if old is not None and old.notice_days is not None:
        fields.append(Field("why", _("why it changes, to all participants")))
    number = subtask.number if subtask else card.number
    return Entry(
        key=f"{screen.deck.me}:milestone_form:{old.id if old else (subtask.id if subtask else card.id)}",
        heading=heading(verb_word("edit" if old else "new"), number, old.name if old else _("milestone")),
        fields=fields,
        parse=lambda line: _values_of(parse_action(line, names)),
        format=_line_of,
        echo=lambda values: _echo(state, card, values, now),
        submit=submit,
        initial=_initial(state, old) if old else {},
        hint=_("name @responsible <date (or <第10个工作日, <评审后2日内) =output"),
    )


def _values_of(line: ActionLine) -> Values:
    return {
        "name": line.text,
        "responsible": line.names[0] if line.names else "",
        "date": line.due_text,
        "output": line.standard,
    }


def _line_of(values: Values) -> str:
    who = (values["responsible"],) if values.get("responsible") else ()
    return format_action(
        ActionLine(
            text=values.get("name", ""), names=who, due_text=values.get("date", ""), standard=values.get("output", "")
        )
    )


def _initial(state: BoardState, old: Milestone) -> Values:
    return {
        "name": old.name,
        "date": old.relative or typed_date(state, old.due),
        "responsible": state.board.person_name(old.responsible) or state.board.department_name(old.department),
        "output": old.output,
        "tentative": _("yes") if old.tentative else _("no"),
        "notice": "" if old.notice_days is None else str(old.notice_days),
    }


def _fields(state: BoardState, values: Values, now: int, old: Milestone | None) -> dict[str, Any]:
    typed = {name: text.strip() for name, text in values.items()}
    date, notice = typed.get("date", ""), typed.get("notice", "")
    if notice and not (notice.isascii() and notice.isdecimal()):
        raise Refused('"{text}" is not a number of days.', code="refuse.notice", text=notice[:20])
    relative = read_relative(date) is not None
    who = need_name(state, typed["responsible"]) if typed.get("responsible") else None
    return {
        "name": filled(typed.get("name", ""), _("name")),
        "due": None if relative else when_typed(state, date, now, old.due if old else None),
        "relative": date if relative else "",
        "responsible": who.person if who else None,
        "department": who.department if who else (old.department if old and not typed.get("responsible") else None),
        "output": typed.get("output", ""),
        "tentative": bool(typed.get("tentative")) and typed["tentative"].casefold() not in {*NO, _("no").casefold()},
        "notice_days": int(notice) if notice else None,
    }


def _edits(card: Card, old: Milestone, fields: dict[str, Any], why: str) -> list[Operation]:
    """An edit; where the date moves (or has moved with its event) and notice is asked for, the announcement of it."""
    moved = (old.due, old.relative) != (fields["due"], fields["relative"])
    unannounced = moved or (old.moved_from is not None and bool(why))
    if not (unannounced and old.notice_days is not None and card.stage == "active"):
        return [EditMilestone(milestone=old.id, fields=different(old, fields))]
    words = filled(why, _("why it changes, to all participants"))
    date = {name: fields.pop(name) for name in ("due", "relative")}
    if not moved:
        date = {}
    operations: list[Operation] = [AnnounceChange(milestone=old.id, text=words, **date)]
    rest = {name: value for name, value in fields.items() if value != getattr(old, name)}
    return [*operations, EditMilestone(milestone=old.id, fields=rest)] if rest else operations


def _echo(state: BoardState, card: Card, values: Values, now: int) -> Echo:
    parts = [values.get("name", "")]
    if whom := values.get("responsible", ""):
        parts.append(whom if find_name(state, whom) else f"{whom}?")
    if date := values.get("date", ""):
        parts.append(_relative_words(state, card, date) or date_words(state, date, now))
    return Echo(Text(" | ".join(part for part in parts if part)))


def _relative_words(state: BoardState, card: Card, text: str) -> str:
    """`评审后2日内 = Fri 10-16 18:00`, or that its event has no date yet; empty for another date."""
    found = read_relative(text)
    if found is None:
        return ""
    event = event_of(state.board, Milestone(card=card.id, name="", relative=text), found, state.working)
    if event is None:
        return _("{text}: no date yet").format(text=text)
    return f"{text} = {due_text(state, counted(event, found, state.working))}"


def step(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d`: its output is there; then it is registered in the sync log."""
    found = _milestone(screen, refs)
    if found is None:
        return None

    def reach(values: Values) -> Sequence[Operation]:
        typed = {name: text.strip() for name, text in values.items()}
        return [ReachMilestone(milestone=found.id, output=typed["deliverable"], reference=typed["reference"])]

    def register(values: Values) -> Sequence[Operation]:
        typed = {name: text.strip() for name, text in values.items()}
        return [RegisterDeliverable(milestone=found.id, deliverable=typed["deliverable"], reference=typed["reference"])]

    if found.reached_at is None:
        head = heading(verb_word("step"), "", found.name, _("reached"))
        return deliverable_entry(screen, f"milestone:{found.id}", head, reach, found.output)
    if found.registered_at is None and found.output:
        head = heading(_("register"), "", found.name)
        return deliverable_entry(screen, f"register:{found.id}", head, register, found.output)
    return nothing(screen, "step")
