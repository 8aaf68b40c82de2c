"""Verbs on the sync log: an entry with whom it is for and what it promises, sent, the promise kept (rulebook §7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError, NotFound, Refused
from store.operations.base import Operation
from store.operations.sync import AddSyncEntry, KeepPromise, told
from store.records import Card, Subtask, SyncKind
from store.rules.routing import stands_for
from store.views.state import BoardState
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import _, p_
from tui.present.digest import SYNC_KINDS, promise_words
from tui.verbs.forms import date_words, filled, heading, nothing, verb_word, when, yes_entry
from tui.verbs.names import known_names, need_name, need_person

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

YES = frozenset({"y", "yes", "1", "x", "是", "对"})
"""What switches a field on."""


def note(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`c` on a card or subtask: an entry of the sync log; on a subtask it answers a problem or lag without an issue."""
    state = screen.state
    if state is None or not refs:
        return None
    table, key = refs[0]
    record = state.board.table(table).get(key)
    card = state.board.cards.get(key if table == "cards" else getattr(record, "card", None) or 0)
    if card is None:
        return nothing(screen, "note")
    return _entry(screen, state, card, record if isinstance(record, Subtask) else None)


def _entry(screen: DeckScreen, state: BoardState, card: Card, subtask: Subtask | None) -> Entry:
    """The line is what there is to say; Tab has kind, topic, to whom, restricted, a promise."""
    place = subtask or card
    names = known_names(state)
    kinds = {kind: p_("sync", word) for kind, word in SYNC_KINDS.items()}

    def submit(values: Values) -> Sequence[Operation]:
        return [_operation(state, card, subtask, values, screen.deck.now())]

    fields = [
        Field("text", _("what to share"), required=True),
        Field("kind", p_("field", "kind"), kinds["progress"], options=tuple(kinds.values())),
        Field("topic", p_("field", "topic"), place.name),
        Field("to", p_("field", "to"), _("names; empty: who the rule says"), options=names),
        Field("restricted", p_("field", "restricted"), _("y: others see topic and recipients only")),
        Field("promise", p_("field", "promise"), _("what is promised")),
        Field("by", p_("field", "by whom"), state.board.person_name(screen.deck.me), options=names),
        Field("due", p_("field", "due"), _("Mon 18:00, 10-12, +2wd")),
        Field("reference", p_("field", "reference")),
    ]
    return Entry(
        key=f"{screen.deck.me}:note:{place.id}",
        heading=heading(verb_word("note"), place.number, place.name),
        fields=fields,
        submit=submit,
        parse=lambda line: {"text": line},
        format=lambda values: values.get("text", ""),
        echo=lambda values: _echo(screen, state, values),
        hint=_("what to share   Tab: kind, to whom, restricted, promise"),
    )


def _operation(state: BoardState, card: Card, subtask: Subtask | None, values: Values, now: int) -> AddSyncEntry:
    """Raises Refused, NotFound, DateProblem."""
    typed = {name: text.strip() for name, text in values.items()}
    people, others = _to(state, card.id, typed.get("to", ""))
    return AddSyncEntry(
        card=card.id,
        subtask=subtask.id if subtask else None,
        topic=typed.get("topic") or (subtask or card).name,
        content=filled(typed.get("text", ""), _("what to share")),
        kind=_kind(typed.get("kind", "")),
        recipients=people,
        to=others,
        restricted=typed.get("restricted", "").casefold() in YES,
        # The number says which subtask it is about where the log stands on paper.
        reference=typed.get("reference") or (subtask.number if subtask else ""),
        promise=typed.get("promise", ""),
        promise_by=need_person(state, typed["by"]) if typed.get("by") else None,
        promise_due=when(state, typed["due"], now) if typed.get("due") else None,
    )


def _kind(text: str) -> SyncKind:
    """The kind a word or its beginning names, `progress` for none. Raises Refused."""
    wanted = text.casefold()
    kinds: dict[SyncKind, str] = {
        "progress": "progress",
        "problem": "problem",
        "decision": "decision",
        "deliverable": "deliverable",
        "requirement_change": "requirement_change",
    }
    for kind in kinds:
        if p_("sync", SYNC_KINDS[kind]).casefold().startswith(wanted) or kind.startswith(wanted):
            return kind
    words = ", ".join(p_("sync", word) for word in SYNC_KINDS.values())
    raise Refused('"{value}" is no kind. Write one of: {words}.', code="refuse.value", value=text, words=words)


def _to(state: BoardState, card: int, text: str) -> tuple[tuple[int, ...], str]:
    """Whom the words name: people of the board (a department: who stands for it there), and those that name nobody."""
    people: list[int] = []
    others: list[str] = []
    for name in filter(None, (part.strip(" @＠") for part in text.replace("，", ",").replace("、", ",").split(","))):
        try:
            found = need_name(state, name)
        except NotFound:
            others.append(name)
            continue
        person = found.person or stands_for(state.board, card, found.department)
        people += [person] if person else []
    return tuple(dict.fromkeys(people)), ", ".join(others)


def _echo(screen: DeckScreen, state: BoardState, values: Values) -> Echo:
    """To whom, by when, as they were understood."""
    try:
        people, others = _to(state, 0, values.get("to", ""))
        kind = _kind(values.get("kind", "").strip())
    except CrossdeckError as error:
        return Echo(Text(screen.deck.error_text(error)), error=True)
    parts = [p_("sync", SYNC_KINDS[kind])]
    names = [*map(state.board.person_name, people), *([others] if others else [])]
    parts += [f"> {', '.join(names)}"] if names else []
    parts += [_("restricted")] if values.get("restricted", "").strip().casefold() in YES else []
    if values.get("due", "").strip():
        parts.append(date_words(state, values["due"], screen.deck.now()))
    return Echo(Text(" | ".join(parts)))


def mark_sent(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`S` on a sync entry: everybody has it in writing; of a decision the issue says so too."""
    state = screen.state
    entry = state.board.sync.get(refs[0][1]) if state and refs else None
    if state is None or entry is None or entry.sent_at is not None:
        return nothing(screen, "mark sent")
    head = heading(verb_word("mark sent"), "", entry.topic)
    question = _("All participants have it in writing? Enter yes, Esc no.")
    return yes_entry(screen, f"sent:{entry.id}", head, [told(state.board, entry)], question)


def mark_sent_of_card(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`S` on a card: its entry that must be sent, else any that was not; a choice if there are several."""
    state = screen.state
    entries = state.board.sync_of.get(refs[0][1], ()) if state and refs else ()
    unsent = [entry for entry in entries if entry.sent_at is None]
    waiting = [entry for entry in unsent if entry.notify] or unsent
    if len(waiting) < 2:
        return mark_sent(screen, [("sync", entry.id) for entry in waiting])
    options = [Option(str(entry.id), Text(entry.topic)) for entry in waiting]
    return Choice(
        Text(_("which entry did everybody get?")), options, lambda chosen: mark_sent(screen, [("sync", int(chosen))])
    )


def keep(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d` on a sync entry with a promise: it is kept."""
    state = screen.state
    entry = state.board.sync.get(refs[0][1]) if state and refs else None
    if state is None or entry is None or entry.promise_due is None or entry.promise_done_at is not None:
        return nothing(screen, "step")
    head = heading(verb_word("step"), "", entry.topic, promise_words(state, entry))
    question = _("The promise is kept? Enter yes, Esc no.")
    return yes_entry(screen, f"step:{entry.id}", head, [KeepPromise(sync=entry.id)], question)
