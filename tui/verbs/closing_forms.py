"""The forms of a card's end: the verdict and the retro (rulebook §9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.acceptance import GiveVerdict
from store.operations.base import Operation
from store.operations.retro import RecordRetro
from store.records import Card
from store.rules.gates import retro_of
from store.views.state import BoardState
from tui.entry import Echo, Entry, Field, Values
from tui.field_words import field_word
from tui.i18n import _
from tui.present.summary import verdict_word
from tui.verbs.forms import date_words, filled, heading, typed_date, when

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

Reopening = Callable[[str, int | None], Sequence[Operation]]
RETRO = ("well", "short", "improvements")


def verdict_entry(screen: DeckScreen, state: BoardState, card: Card, name: str) -> Entry:
    """The form of one verdict: `pass`, `rectify`, `fail` or `cancel` (fail, and the card is over)."""
    word = verdict_word("fail" if name == "cancel" else name)
    now = screen.deck.now()
    fields = [Field("remarks", field_word("remarks"), _("what was found"), required=name != "pass")]
    if name == "rectify":
        fields.append(Field("rectify_by", field_word("rectify_by"), "+3wd", required=True))
    if name == "fail":
        fields.append(Field("finish", field_word("planned_finish"), "+20wd", required=True))
        fields.append(Field("start", field_word("planned_start"), typed_date(state, card.planned_start)))

    def submit(values: Values) -> Sequence[Operation]:
        return [_verdict(state, card, name, {key: text.strip() for key, text in values.items()}, now)]

    return Entry(
        key=f"{screen.deck.me}:verdict:{name}:{card.id}",
        heading=heading(word, card.number, card.name),
        fields=fields,
        submit=submit,
        echo=lambda values: _echo(state, name, values, now),
        hint=_("remarks; Enter alone: passed") if name == "pass" else "",
    )


def _verdict(state: BoardState, card: Card, name: str, values: Values, now: int) -> GiveVerdict:
    remarks = values.get("remarks", "")
    if name == "pass":
        return GiveVerdict(card=card.id, verdict="pass", remarks=remarks)
    filled(remarks, field_word("remarks"))
    if name == "rectify":
        agreed = when(state, filled(values.get("rectify_by", ""), field_word("rectify_by")), now)
        return GiveVerdict(card=card.id, verdict="rectify", remarks=remarks, rectify_by=agreed)
    if name == "cancel":
        return GiveVerdict(card=card.id, verdict="fail", remarks=remarks, cancel=True)
    finish = when(state, filled(values.get("finish", ""), field_word("planned_finish")), now)
    start = when(state, values["start"], now, close=False) if values.get("start") else None
    return GiveVerdict(card=card.id, verdict="fail", remarks=remarks, planned_finish=finish, planned_start=start)


def _echo(state: BoardState, name: str, values: Values, now: int) -> Echo:
    """The dates as they were understood."""
    key = {"rectify": "rectify_by", "fail": "finish"}.get(name, "")
    typed = values.get(key, "").strip()
    return Echo(Text(date_words(state, typed, now) if typed else values.get("remarks", "")))


def retro_form(screen: DeckScreen, state: BoardState, card: Card) -> Entry:
    """What went well, what fell short, what improves; the next card is reminded of the last."""
    known = retro_of(state.board, card)

    def submit(values: Values) -> Sequence[Operation]:
        said = {name: filled(values.get(name, ""), field_word(name)) for name in RETRO}
        return [RecordRetro(card=card.id, well=said["well"], short=said["short"], improvements=said["improvements"])]

    return Entry(
        key=f"{screen.deck.me}:retro:{card.id}",
        heading=heading(_("retro"), card.number, card.name),
        fields=[Field(name, field_word(name), required=True) for name in RETRO],
        submit=submit,
        initial={name: getattr(known, name) for name in RETRO} if known else {},
        hint=_("what the next card does differently stands in the last field"),
    )


def reopen_entry(screen: DeckScreen, state: BoardState, card: Card, make: Reopening) -> Entry:
    """A reason, and behind `<` a new finish; `make` gives the operations for both (None: the old finish stands)."""
    now = screen.deck.now()

    def parts(values: Values) -> tuple[str, str]:
        reason, _mark, finish = values["text"].partition("<")
        return reason.strip(), finish.strip()

    def submit(values: Values) -> Sequence[Operation]:
        reason, finish = parts(values)
        return make(filled(reason, _("reason")), when(state, finish, now) if finish else None)

    def echo(values: Values) -> Echo:
        reason, finish = parts(values)
        said = f"{field_word('planned_finish')} {date_words(state, finish, now)}" if finish else ""
        return Echo(Text("  ".join(filter(None, (reason, said)))))

    return Entry(
        key=f"{screen.deck.me}:reopen:{card.id}",
        heading=heading(_("reopen"), card.number, card.name),
        fields=[Field("text", _("reason"), required=True)],
        submit=submit,
        echo=echo,
        hint=_("why it goes back to active <new finish; a second acceptance follows"),
    )
