"""One event, one clock: since when it is, a warning that came true, a report that was not written (rulebook §5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.incidents import Notice
from store.operations.reports import STRENGTH, open_incidents
from store.records import Card, IncidentKind, Issue, IssueKind, Subtask
from store.views.queue import FIELDS
from store.views.state import BoardState
from tui.cells import cut
from tui.entry import Choice, Option, Request, Values
from tui.i18n import _
from tui.present.issues import span_text
from tui.verbs.forms import heading, when

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

DAY = 86_400
NOTES: dict[str, IncidentKind] = {"blocked": "stopped", "warning": "risk"}
"""A report that was not written -> what is noted instead."""
TITLE = 40


def began(state: BoardState, text: str, now: int) -> int | None:
    """When something began, as typed; a time of day is the last one there was. Raises DateProblem; None for nothing."""
    if not text.strip():
        return None
    found = when(state, text.strip(), now, close=False)
    return found - DAY if now < found <= now + DAY else found


def warnings_about(state: BoardState, subtask: Subtask) -> list[Issue]:
    """The open warnings that may have come true where work on this subtask stops."""
    found = [i for i in state.board.issues_of.get(subtask.card, ()) if i.kind == "warning" and i.state != "resolved"]
    return [issue for issue in found if issue.subtask in {None, subtask.id}]


def came_true(state: BoardState, subtask: Subtask, go: Callable[[int | None], Request | None]) -> Request | None:
    """Which warning came true, if there is one about this subtask; `go` gets its doc id, or None for another event."""
    found = warnings_about(state, subtask)
    if not found:
        return go(None)
    options = [Option("", Text(_("something else happened")))]
    for issue in found:
        text = _("{id} came true: {title}").format(id=issue.number, title=cut(issue.title, TITLE))
        options.append(Option(str(issue.id), Text(text)))
    head = heading(_("blocked"), subtask.number, subtask.name, _("the warning about it?"))
    return Choice(head, options, lambda chosen: go(int(chosen) if chosen else None))


def noted(state: BoardState, place: Subtask | Card, kind: str, field: str) -> Values:
    """What a report begins with: the words of what was noted there, if anything was."""
    found = [] if isinstance(place, Card) else open_incidents(state.board, place.id)
    text = next((each.text for each in found if each.kind == NOTES[kind] and each.text), "")
    return {field: text} if text else {}


def may_note(state: BoardState, subtask: Subtask, kind: str) -> bool:
    """Whether anything is to be noted where a report was not written: nothing as strong is noted there yet."""
    strength = STRENGTH[NOTES[kind]]
    return all(STRENGTH[each.kind] < strength for each in open_incidents(state.board, subtask.id))


def noted_alone(state: BoardState, place: Subtask | Card, kind: IssueKind, values: Values) -> str | None:
    """The question whether what is written is only noted: the first part stands and no other; None: it is no note."""
    first, *others = FIELDS[kind]
    if isinstance(place, Card) or not values.get(first, "").strip() or not may_note(state, place, kind):
        return None
    if any(values.get(key, "").strip() for key in others):
        return None
    text = _("The report needs all four. Enter again: only note it, the report is then due in {limit}.")
    return text.format(limit=span_text(state, "report_block" if kind == "blocked" else "report_warning"))


def note_of(place: Subtask | Card, kind: IssueKind, values: Values, since: int | None) -> Notice:
    """What `noted_alone` asked about, as an operation."""
    return Notice(subtask=place.id, kind=NOTES[kind], text=values[FIELDS[kind][0]].strip(), since=since)


def note_choice(screen: DeckScreen, state: BoardState, subtask: Subtask, kind: str, text: str) -> Choice:
    """The report was left: whether it is noted, so that the clock of the report runs. Only the person says so."""
    rule = "report_block" if kind == "blocked" else "report_warning"
    question = _("Note it? Its report is then due in {limit}.").format(limit=span_text(state, rule))
    options = [Option("no", Text(_("no, nothing is noted"))), Option("yes", Text(_("yes, note it")))]

    def chosen(option: str) -> None:
        if option == "yes":
            noted = Notice(subtask=subtask.id, kind=NOTES[kind], text=text)
            screen.deck.record([noted], screen.deck.tell)

    return Choice(heading(_("not reported"), subtask.number, subtask.name, question), options, chosen)
