"""Verbs on a meeting's agenda: `A` one more item, `e` on an item in the editor (screens.md §3.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.agenda import AddAgendaItem, EditAgendaItem
from store.operations.base import Operation
from store.records import Meeting
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import _
from tui.present.minutes_parts import agenda_sum
from tui.verbs.forms import different, heading, verb_word, yes_entry
from tui.verbs.meeting_values import item_fields, item_initial, item_line, item_values
from tui.verbs.names import known_names

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

Submit = Callable[[Values], Sequence[Operation]]


def add_item(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """One more agenda item, last."""
    state = screen.state
    meeting = state.board.meetings.get(refs[0][1]) if state and refs else None
    if state is None or meeting is None:
        return None
    if meeting.state == "final":
        from tui.verbs.meeting_review import amend

        return amend(screen, meeting)

    def submit(values: Values) -> Sequence[Operation]:
        return [AddAgendaItem(meeting=meeting.id, **item_fields(state, values))]

    head = heading(_("new agenda item"), meeting.number, meeting.name)
    return _entry(screen, f"add_below:meeting:{meeting.id}", head, submit, meeting=meeting)


def edit_item(screen: DeckScreen, item_id: int) -> Entry:
    """An agenda item: title, minutes, presenter; in the form what is read for it, agreed beforehand, not agreed."""
    state = screen.state
    assert state is not None  # noqa: S101 - the item stands on a screen that shows a state
    item = state.board.agenda[item_id]

    def submit(values: Values) -> Sequence[Operation]:
        fields = item_fields(state, values) | {"disagreement": values.get("disagreement", "").strip()}
        return [EditAgendaItem(item=item_id, fields=different(item, fields))]

    meeting, head = state.board.meetings[item.meeting], heading(_("agenda item"), "", item.title)
    entry = _entry(screen, f"edit:agenda:{item_id}", head, submit, meeting=meeting, before=item.minutes or 0)
    entry.fields = [*entry.fields, Field("disagreement", _("disagreement"), _("who differs, over what"))]
    entry.initial = item_initial(state, item)
    return entry


def remove_line(screen: DeckScreen, text: str, remove: Callable[[], None]) -> Entry:
    """A question before a line of the minutes goes; the history keeps it."""
    question = _("Take this line out? Enter yes, Esc no.")
    entry = yes_entry(screen, "void:line", heading(verb_word("void"), "", text), (), question)
    entry.recorded = remove
    return entry


def _entry(screen: DeckScreen, key: str, head: Text, submit: Submit, *, meeting: Meeting, before: int = 0) -> Entry:
    """`before` are the minutes the item has now."""
    state = screen.state
    names = known_names(state) if state else ()
    people = tuple(person.name for person in state.board.people.values()) if state else ()

    def echo(values: Values) -> Echo:
        minutes = values.get("minutes", "").strip()
        added = int(minutes) if minutes.isdecimal() else 0
        return Echo(Text(agenda_sum(state, meeting, added - before) if state else ""))

    return Entry(
        key=f"{screen.deck.me}:{key}",
        heading=head,
        fields=[
            Field("title", _("title"), required=True),
            Field("minutes", _("minutes"), _("planned")),
            Field("presenter", _("presenter"), options=people),
            Field("attachments", _("attachments"), _("names and links")),
            Field("agreed", _("agreed beforehand"), _("with whom, when")),
        ],
        echo=echo,
        parse=lambda line: item_values(line, names),
        format=item_line,
        submit=submit,
        hint=_("title 10 @presenter    (10 minutes)"),
    )
