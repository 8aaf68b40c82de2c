"""Next states of a subtask: back in progress, handed over, registered, accepted; deliverables as a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.base import Operation
from store.operations.handover import HandOver, RegisterDeliverable
from store.operations.subtasks import ResumeSubtask
from store.records import Issue, Subtask
from tui import words
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import _
from tui.verbs.forms import heading, nothing, verb_word, yes_entry
from tui.verbs.issue_resolve import resolve
from tui.verbs.subtask_steps import Open, accept, offered, subtask_of

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def step(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d`: what blocks it is resolved, running is handed over, what was handed over is registered and accepted."""
    subtask = subtask_of(screen, refs)
    if subtask is None:
        return None
    head = heading(verb_word("step"), subtask.number, subtask.name, words.status(subtask.status))
    if subtask.status == "blocked":
        if (report := _report(screen, subtask)) is not None:  # what blocks it is resolved first
            return resolve(screen, [("issues", report.id)])
        question = _("{name} back in progress? Enter yes, Esc no.").format(name=subtask.name)
        return yes_entry(screen, f"resume:{subtask.id}", head, [ResumeSubtask(subtask=subtask.id)], question)
    if subtask.status in {"not_started", "in_progress"}:
        return hand_over(screen, subtask, head)
    state = screen.state
    card = state.board.cards.get(subtask.card) if state else None
    lead = card is None or screen.deck.me == (card.lead or screen.deck.me)
    offers: list[tuple[str, Open]] = []
    waits = subtask.status in {"awaiting_acceptance", "done"} and subtask.registered_at is None
    if subtask.status == "awaiting_acceptance" and (lead or not waits):
        offers.append((_("accept as done"), lambda: accept(screen, subtask)))
    if waits and (not lead or screen.deck.me == subtask.owner or subtask.status == "done"):
        offers.append((_("register the deliverable in the sync log"), lambda: register(screen, subtask)))
    return offered(head, offers) if offers else nothing(screen, "step")


def _report(screen: DeckScreen, subtask: Subtask) -> Issue | None:
    """The blocked report of a subtask that stands open, if one does."""
    issues = screen.state.board.issues_of.get(subtask.card, ()) if screen.state else ()
    found = (each for each in issues if each.subtask == subtask.id and each.kind == "blocked")
    return next((each for each in found if each.state != "resolved"), None)


def hand_over(screen: DeckScreen, subtask: Subtask, head: Text) -> Entry:
    """Done: the deliverable, and where it lies, which registers it."""
    submit = partial(hand_over_as, subtask.id)
    return deliverable_entry(screen, f"hand_over:{subtask.id}", head, submit, subtask.deliverable)


def hand_over_as(subtask: int, values: Values) -> Sequence[Operation]:
    """Hand a subtask over with what was typed in `deliverable_entry`."""
    typed = {name: text.strip() for name, text in values.items()}
    return [HandOver(subtask=subtask, deliverable=typed["deliverable"], reference=typed["reference"])]


def register(screen: DeckScreen, subtask: Subtask) -> Entry:
    """The deliverable into the sync log."""

    def submit(values: Values) -> Sequence[Operation]:
        typed = {name: text.strip() for name, text in values.items()}
        return [RegisterDeliverable(subtask=subtask.id, deliverable=typed["deliverable"], reference=typed["reference"])]

    head = heading(_("register"), subtask.number, subtask.name)
    return deliverable_entry(screen, f"register:{subtask.id}", head, submit, subtask.deliverable)


def deliverable_entry(
    screen: DeckScreen, key: str, head: Text, submit: Callable[[Values], Sequence[Operation]], named: str
) -> Entry:
    """`方案V1.docx =https://...`: what is handed over, then where it lies."""

    def parse(line: str) -> Values:
        what, mark, place = line.replace("＝", "=").partition(" =")
        return {"deliverable": what.strip() or named, "reference": place.strip() if mark else ""}

    def line_of(values: Values) -> str:
        what, place = values.get("deliverable", ""), values.get("reference", "")
        return f"{what} ={place}" if place else what

    def echo(values: Values) -> Echo:
        place = values.get("reference", "")
        said = _("registered in the sync log: {place}").format(place=place) if place else _("register it within 24 h")
        return Echo(Text(" | ".join(part for part in (values.get("deliverable", ""), said) if part)))

    return Entry(
        key=f"{screen.deck.me}:{key}",
        heading=head,
        fields=[Field("deliverable", _("deliverable")), Field("reference", _("where it lies (link, path)"))],
        submit=submit,
        parse=parse,
        format=line_of,
        echo=echo,
        initial={"deliverable": named} if named else {},
        hint=_("deliverable =where it lies (link); with it registered at once"),
    )
