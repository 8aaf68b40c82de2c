"""What is noticed and not reported yet (rulebook §5): `: incident`, and its row on the clocks of a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.base import Operation
from store.operations.incidents import Notice, WithdrawIncident
from store.operations.reports import STRENGTH, open_incidents
from store.records import Card, Incident, IncidentKind, Subtask
from store.rules.clocks_reports import ASKS
from store.views.state import BoardState
from tui import words
from tui.entry import Choice, Entry, Field, Option, Request, Values
from tui.field_words import field_word
from tui.i18n import Np_, _, p_
from tui.present.issues import span_text
from tui.verbs.forms import filled, heading, verb_word, words_entry
from tui.verbs.issue_events import began
from tui.verbs.issue_places import Place, may_raise, on_card, place_of
from tui.verbs.issues import block, warn

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

KINDS: dict[IncidentKind, str] = {
    "stopped": Np_("incident", "work has stopped"),
    "problem": Np_("incident", "a problem the owner cannot solve alone"),
    "risk": Np_("incident", "it has not happened yet, but may"),
}
"""What can be noted, the strongest first."""


def note(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`: incident`: which kind, what, since when; where something is noted already, what becomes of it."""
    state = screen.state
    place = place_of(state, refs) if state else None
    if state is None or place is None or not may_raise(screen, state, place):
        return None

    def go(chosen: Place) -> Request | None:
        return _on_subtask(screen, state, chosen) if isinstance(chosen, Subtask) else None

    if isinstance(place, Card):
        head = heading(verb_word("incident"), place.number, place.name, _("which subtask?"))
        return on_card(screen, state, place, head, go, whole=False)
    return go(place)


def of_row(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`: incident` on the row of an incident: what becomes of it."""
    found = _noted(screen, refs)
    return _on_subtask(screen, found[0], found[1]) if found else None


def report(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`b` on the row of an incident: the blocked report of its subtask."""
    found = _noted(screen, refs)
    return block(screen, [("subtasks", found[1].id)]) if found else None


def report_risk(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`w` on the row of an incident: the warning of its subtask."""
    found = _noted(screen, refs)
    return warn(screen, [("subtasks", found[1].id)]) if found else None


def take_back(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X` on the row of an incident: it needs no report, with the reason."""
    state = screen.state
    row = state.board.incidents.get(refs[0][1]) if state and refs else None
    if state is None or row is None or row.closed_at is not None:
        return None
    return _over(screen, state.board.subtasks[row.subtask], row)


def _noted(screen: DeckScreen, refs: list[Ref]) -> tuple[BoardState, Subtask] | None:
    state = screen.state
    row = state.board.incidents.get(refs[0][1]) if state and refs else None
    subtask = state.board.subtasks.get(row.subtask) if state and row else None
    return (state, subtask) if state is not None and subtask is not None else None


def _on_subtask(screen: DeckScreen, state: BoardState, subtask: Subtask) -> Choice:
    """What is noted there and what becomes of it, then the kinds that can still be noted."""
    found = open_incidents(state.board, subtask.id)
    worst = max((STRENGTH[each.kind] for each in found), default=-1)
    options: list[Option] = []
    if found:
        text = _("noted: {text}").format(text=found[0].text or kind_word(found[0].kind))
        options.append(Option("report", Text(words.labelled(text, _("report it now")))))
        options.append(Option("over", Text(words.labelled(text, _("it needs no report")))))
    for kind in KINDS:
        if STRENGTH[kind] > worst:
            limit = _("its report is due in {limit}").format(limit=span_text(state, ASKS[kind]))
            options.append(Option(kind, Text(words.labelled(kind_word(kind), limit))))

    def chosen(option: str) -> Request | None:
        if option == "report":
            return _report(screen, subtask, found[0])
        if option == "over":
            return _over(screen, subtask, found[0])
        return _entry(screen, state, subtask, next(kind for kind in KINDS if kind == option))

    return Choice(heading(verb_word("incident"), subtask.number, subtask.name), options, chosen)


def _report(screen: DeckScreen, subtask: Subtask, row: Incident) -> Request | None:
    """The report an incident asks for."""
    refs = [("subtasks", subtask.id)]
    if row.kind == "problem":
        from tui.verbs.progress import record

        return record(screen, refs)
    return block(screen, refs) if row.kind == "stopped" else warn(screen, refs)


def _over(screen: DeckScreen, subtask: Subtask, row: Incident) -> Entry:
    head = heading(verb_word("incident"), subtask.number, subtask.name, row.text)
    return words_entry(
        screen, f"incident:over:{row.id}", head, p_("field", "reason"),
        lambda text: [WithdrawIncident(incident=row.id, reason=text)], hint=_("why it needs no report"),
    )  # fmt: skip


def _entry(screen: DeckScreen, state: BoardState, subtask: Subtask, kind: IncidentKind) -> Entry:
    """What happened, in a few words; since when behind Tab."""

    def submit(values: Values) -> Sequence[Operation]:
        text = filled(values.get("text", ""), field_word("what"))
        since = began(state, values.get("since", ""), screen.deck.now())
        return [Notice(subtask=subtask.id, kind=kind, text=text, since=since)]

    return Entry(
        key=f"{screen.deck.me}:incident:{subtask.id}",
        heading=heading(verb_word("incident"), subtask.number, subtask.name, kind_word(kind)),
        fields=[
            Field("text", field_word("what"), _("in a few words"), required=True),
            Field("since", field_word("since"), _("13:05; empty: now")),
        ],
        submit=submit,
        parse=lambda line: {"text": line},
        format=lambda values: values.get("text", ""),
        hint=_("what happened, in a few words; {clock} runs until it is reported").format(
            clock=words.clock(ASKS[kind])
        ),
    )


def kind_word(kind: IncidentKind) -> str:
    """What was noted, in the reader's language."""
    return p_("incident", KINDS[kind])
