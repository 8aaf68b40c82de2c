"""Small pieces verbs share: one-line entries, headings that name the record, dates in echoes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.errors import CrossdeckError, Refused
from store.operations.base import Operation
from store.operations.cards import closed_reasons
from store.records import Card
from store.rules.people_dates import parse_when
from store.views.state import BoardState
from tui import words
from tui.duration import countdown
from tui.entry import Echo, Entry, Field, Values
from tui.i18n import _, p_
from tui.look import STYLES
from tui.sentences import said_verb, sentence
from tui.subjects import due_text, local

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

Make = Callable[[str], Sequence[Operation]]
NO = frozenset({"n", "no", "否", "不"})
"""What answers a question with no, besides Esc."""


def refused_echo(reasons: Iterable[Refused]) -> Echo | None:
    """The first reason Enter would be refused for, as the echo of what is typed; None if there is none.

    For `store.operations.concrete`: vague words are named while they can still be typed over.
    """
    return next((Echo(Text(sentence(reason)), error=True) for reason in reasons), None)


def vague_note(state: BoardState, texts: Iterable[str]) -> str:
    """` ! "可能": is it promised?` for the first vague words of texts that only warn (risks, reasons, impacts)."""
    from store.rules.wording import findings
    from tui.vagueness import noted

    settings = state.board.settings
    found = [each for text in texts for each in findings(text, settings.vague_words, settings.vague_exceptions)]
    return f" ! {noted(found[0])}" if found else ""


def heading(verb: str, number: str, name: str, more: str = "") -> Text:
    """`escalate  I-012 渠道数据缺失`: the verb and the record it acts on."""
    return Text.assemble(
        (f"{verb}  ", STYLES["dim"]), (f"{number} {name}".strip(), STYLES["strong"]), f"  {more}" if more else ""
    )


def words_entry(
    screen: DeckScreen,
    key: str,
    head: Text,
    label: str,
    make: Make,
    *,
    needed: bool = True,
    hint: str = "",
) -> Entry:
    """A line of plain words: a reason, a note. `make` gets it stripped and gives the operations.

    `key` is verb and record: the draft is kept under it.
    """

    def submit(values: Values) -> Sequence[Operation]:
        return make(filled(values["text"], label) if needed else values["text"].strip())

    return Entry(
        key=f"{screen.deck.me}:{key}",
        heading=head,
        fields=[Field("text", label, required=needed)],
        submit=submit,
        hint=hint or label,
    )


def yes_entry(screen: DeckScreen, key: str, head: Text, operations: Sequence[Operation], question: str) -> Entry:
    """A question Enter answers with yes and Esc with no; so does a `no` that is typed."""
    return Entry(
        key=f"{screen.deck.me}:{key}",
        heading=head,
        fields=[Field("text", question)],
        echo=lambda _values: Echo(Text(question)),
        submit=lambda values: None if values["text"].strip().casefold() in NO else operations,
        keep_draft=False,
        hint=question,
    )


def when(state: BoardState, text: str, now: int, *, close: bool = True) -> int:
    """A typed date as an instant. Raises DateProblem, which says what it can be."""
    return parse_when(text, now, state.working, close=close).epoch


def when_typed(state: BoardState, text: str, now: int, before: int | None, *, close: bool = True) -> int | None:
    """As `when`, None for nothing. What reads as `before` did stays that instant, to the second."""
    if not text:
        return None
    return before if text == typed_date(state, before) else when(state, text, now, close=close)


def typed_date(state: BoardState, instant: int | None) -> str:
    """`2026-10-12 18:00`: an instant as it can be typed; empty for none."""
    return f"{local(state, instant):%Y-%m-%d %H:%M}" if instant is not None else ""


def filled(text: str, label: str) -> str:
    """A text that was typed, without blanks around it. Raises Refused if there is none."""
    text = text.strip()
    if not text:
        raise Refused("{field} is empty. Nothing recorded.", code="required", field=label)
    return text


def different(record: object, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that differ from a record's. Raises Refused if none does."""
    changed = {name: value for name, value in fields.items() if value != getattr(record, name)}
    if not changed:
        raise Refused("Nothing is different. Esc closes.", code="same")
    return changed


def date_words(state: BoardState, text: str, now: int) -> str:
    """`Mon 10-12 18:00 (3d 02h)`, with the kind of day when it is off or made up; the problem of what is no date."""
    try:
        found = parse_when(text, now, state.working)
    except CrossdeckError as error:
        return sentence(error)
    day = words.odd_day(state.working.kind_of_day(found.ordinal))
    return f"{due_text(state, found.epoch, now)} ({', '.join(t for t in (day, countdown(found.epoch - now)) if t)})"


def verb_word(command: str) -> str:
    """The label of a command."""
    return p_("key", command)


def stage_change(before: str, after: str) -> str:
    """`draft > circulating`."""
    return f"{words.stage(before)} > {words.stage(after)}"


def over_words(screen: DeckScreen, card: Card) -> str:
    """Why nothing of a card that is over can be changed, and which key opens it again; empty while it can."""
    reason = next(closed_reasons(card), None)
    if reason is None:
        return ""
    if card.stage != "completed":
        return screen.deck.error_text(reason)
    said = _("{id} is completed and stays as it was accepted: {key} on the card reopens it.")
    return said.format(id=card.number or card.name, key=screen.deck.key_of("step"))


def over(screen: DeckScreen, card: Card) -> bool:
    """Whether nothing of a card can be changed any more; then that is said."""
    text = over_words(screen, card)
    if text:
        screen.deck.notice(text, passing=True)
    return bool(text)


def nothing(screen: DeckScreen, verb: str) -> Entry | None:
    """Say that nothing here waits for this verb; gives no entry."""
    screen.deck.notice(_("Nothing here waits for your {verb}.").format(verb=said_verb(verb)), passing=True)
    return None
