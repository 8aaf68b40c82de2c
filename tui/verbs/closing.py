"""`d`, `t` and `T` on a card towards its end: support, submission, verdict, retro, archive (rulebook §2, §9).

`d` shows the gate of the next stage line by line; Enter on what is missing puts it right where one line can. Cards
before their end go to `tui.verbs.cards`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import Refused
from store.operations.acceptance import ConfirmSupport, Reopen, SubmitForAcceptance, acceptors
from store.operations.archive import ArchiveCard
from store.operations.base import Operation
from store.operations.retro import WaiveRetro
from store.operations.subtasks import EditSubtask
from store.records import Card, Duty, Gate
from store.rules.gates import Need, last_round, needs, retro_of, supporting
from store.rules.roles import head_of
from store.views.state import BoardState
from tui.entry import Choice, Entry, Option, Request
from tui.i18n import _
from tui.look import STYLES, glyph
from tui.sentences import sentence
from tui.verbs import cards
from tui.verbs.closing_forms import reopen_entry, retro_form, verdict_entry
from tui.verbs.forms import heading, nothing, stage_change, verb_word, words_entry, yes_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

ENDING = ("active", "acceptance", "completed")
"""Stages this module steps on from."""


def step(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d` on a card: to its next stage, whichever it is in."""
    state = screen.state
    card = state.board.cards.get(refs[0][1]) if state and refs else None
    if state is None or card is None:
        return None
    if card.stage not in ENDING:
        return cards.step(screen, refs)
    if card.stage == "completed":
        return _completed(screen, state, card)
    newest = last_round(state.board, card.id)
    if card.stage == "acceptance" and (newest is None or newest.verdict is None):
        return _verdicts(screen, state, card)
    return _submit(screen, state, card)


def take(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on a card: the verdict, preset pass; the word of my supporting department; else what a department owes."""
    found = _card(screen, refs)
    if found is None:
        return cards.take(screen, refs)
    state, card = found
    if _judges(screen, state, card):
        return verdict_entry(screen, state, card, "pass")
    duty = _my_support(screen, state, card)
    if duty is not None and duty.answer == "signed" and card.stage in ("active", "acceptance"):
        return _support(screen, state, card, duty)
    return cards.take(screen, refs)


def refuse(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` on a card: the verdict, preset rectify; else a department's objection."""
    found = _card(screen, refs)
    if found is not None and _judges(screen, *found):
        return verdict_entry(screen, *found, "rectify")
    return cards.refuse(screen, refs)


def _card(screen: DeckScreen, refs: list[Ref]) -> tuple[BoardState, Card] | None:
    state = screen.state
    card = state.board.cards.get(refs[0][1]) if state and refs else None
    return (state, card) if state and card else None


def _judges(screen: DeckScreen, state: BoardState, card: Card) -> bool:
    """Whether a verdict waits for me."""
    newest = last_round(state.board, card.id)
    if card.stage != "acceptance" or newest is None or newest.verdict is not None:
        return False
    who = [each for each in acceptors(state.board, card, newest) if each]
    return not who or screen.deck.me in {*who, state.board.settings.administrator}


# Support and submission ------------------------------------------------------------------------------


def _my_support(screen: DeckScreen, state: BoardState, card: Card) -> Duty | None:
    """The supporting duty whose word I may say and that is not said yet."""
    board, me = state.board, screen.deck.me
    for duty in supporting(board, card):
        if duty.support_at is None and me in {
            head_of(board, duty.department), duty.liaison, board.settings.administrator
        }:  # fmt: skip
            return duty
    return None


def _support(screen: DeckScreen, state: BoardState, card: Card, duty: Duty) -> Entry:
    """Confirmed, or a comment."""
    place = state.board.department_name(duty.department)
    return words_entry(
        screen, f"support:{duty.id}", heading(verb_word("take"), card.number, card.name, place), _("comment"),
        lambda text: [ConfirmSupport(card=card.id, department=duty.department, text=text)], needed=False,
        hint=_("{department}: our part is done. Enter alone confirms; a comment may stand here.").format(
            department=place),
    )  # fmt: skip


def _submit(screen: DeckScreen, state: BoardState, card: Card) -> Request:
    """Submit it, or what the gate misses."""
    change = stage_change(card.stage, "acceptance") if card.stage == "active" else _("submit again")
    head = heading(verb_word("step"), card.number, card.name, change)
    if all(need.met for need in needs(state.board, card.id, "acceptance")):
        return _submission(screen, state, card, head)
    return _gate(screen, state, card, "acceptance", head)


def _submission(screen: DeckScreen, state: BoardState, card: Card, head: Text) -> Entry:
    hint = _("Submit? Enter yes: the deliverables are those of the subtasks; others or links may stand here.")
    if not any(acceptors(state.board, card, None)):
        hint = _("No acceptor is named: anybody may judge.") + " " + hint
    return words_entry(
        screen, f"submit:{card.id}", head, _("deliverables"),
        lambda text: [SubmitForAcceptance(card=card.id, deliverables=text)], needed=False, hint=hint,
    )  # fmt: skip


# Verdict ----------------------------------------------------------------------------------------------


def _verdicts(screen: DeckScreen, state: BoardState, card: Card) -> Request | None:
    """What the acceptor may say; anybody else is told who that is."""
    names = [state.board.person_name(each) for each in acceptors(state.board, card, last_round(state.board, card.id))]
    who = ", ".join(name for name in names if name) or _("anybody")
    if not _judges(screen, state, card):
        error = Refused("Only {role} can do this: {who}.", code="refuse.role", role="acceptor", who=who)
        screen.deck.notice(screen.deck.error_text(error), error=True)
        return None
    options = [
        Option("pass", Text(_("pass: the card is completed"))),
        Option("rectify", Text(_("rectify: by an agreed date, then it is submitted again"))),
        Option("fail", Text(_("fail: back to work with a reason and new dates, signed anew"))),
        Option("cancel", Text(_("fail: the card is cancelled"))),
    ]
    return Choice(
        heading(verb_word("step"), card.number, card.name, _("verdict of {who}").format(who=who)), options,
        lambda name: verdict_entry(screen, state, card, name),
    )  # fmt: skip


# Retro, archive, reopening --------------------------------------------------------------------------------


def _completed(screen: DeckScreen, state: BoardState, card: Card) -> Request:
    """The gate to the archive line by line, then what can be done."""
    head = heading(verb_word("step"), card.number, card.name, stage_change(card.stage, "archived"))
    return _gate(screen, state, card, "archived", head)


def _archive_entry(screen: DeckScreen, card: Card, head: Text) -> Entry:
    question = _("Move the card from the board into the archive? Enter yes, Esc no.")
    return yes_entry(screen, f"archive:{card.id}", head, [ArchiveCard(card=card.id)], question)


def _reopen(screen: DeckScreen, state: BoardState, card: Card) -> Entry:
    return reopen_entry(
        screen, state, card,
        lambda reason, finish: [Reopen(card=card.id, reason=reason, planned_finish=finish)],
    )  # fmt: skip


# The gate, line by line --------------------------------------------------------------------------------------


def gate_line(need: Need) -> Text:
    """`✓ verdict pass`, `✗ 02 has no deliverable`."""
    name, tone = ("met", "green") if need.met else ("over", "red")
    return Text.assemble((f"{glyph(name)} ", STYLES[tone]), sentence(need.text))


def _gate(screen: DeckScreen, state: BoardState, card: Card, gate: Gate, head: Text) -> Choice:
    """What the gate asks for, missing first, then what else can be done."""
    found = needs(state.board, card.id, gate)
    lacking = [need for need in found if not need.met]
    lines = [*lacking, *(need for need in found if need.met)]
    options = [Option(str(n), gate_line(need)) for n, need in enumerate(lines)]
    extra = _archiving(screen, state, card, head, is_open=not lacking) if gate == "archived" else {}
    reason = partial(_pass, screen, card, gate, head)
    may_pass = bool(lacking) and screen.deck.me in {card.lead or screen.deck.me, state.board.settings.administrator}
    if may_pass:
        extra["pass"] = (_("pass all the same, with a reason that stays on the card"), reason)
    # What can be done stands first where nothing is missing, so that Enter does it.
    more = [Option(name, Text(label)) for name, (label, _open) in extra.items()]
    options = [*options, *more] if lacking else [*more, *options]

    def chosen(name: str) -> Request | None:
        if name in extra:
            return extra[name][1]()
        return _put_right(screen, state, card, lines[int(name)])

    return Choice(head, options, chosen, form=reason if may_pass else None)


Offers = dict[str, tuple[str, Callable[[], Request | None]]]


def _archiving(screen: DeckScreen, state: BoardState, card: Card, head: Text, *, is_open: bool) -> Offers:
    """What can be done with a completed card."""
    offers: Offers = {}
    if is_open:
        offers["archive"] = (_("archive it"), partial(_archive_entry, screen, card, head))
    if retro_of(state.board, card) is None:
        offers["retro"] = (_("record the retro"), partial(retro_form, screen, state, card))
        if card.type == "routine" and len(state.board.duties_of.get(card.id, ())) <= 1:
            offers["waive"] = (_("do without a retro"), partial(_waive, screen, card))
    offers["reopen"] = (_("reopen it: back to active"), partial(_reopen, screen, state, card))
    return offers


def _waive(screen: DeckScreen, card: Card) -> Entry:
    return words_entry(
        screen, f"waive:{card.id}", heading(_("no retro"), card.number, card.name), _("reason"),
        lambda text: [WaiveRetro(card=card.id, reason=text)],
    )  # fmt: skip


def _pass(screen: DeckScreen, card: Card, gate: Gate, head: Text) -> Entry:
    def through(text: str) -> list[Operation]:
        if gate == "acceptance":
            return [SubmitForAcceptance(card=card.id, reason=text)]
        return [ArchiveCard(card=card.id, reason=text)]

    return words_entry(
        screen, f"step:pass:{card.id}", head, _("reason to pass"), through,
        hint=_("why the gate is passed although something is missing; it stays on the card"),
    )  # fmt: skip


def _put_right(screen: DeckScreen, state: BoardState, card: Card, need: Need) -> Request | None:
    """The line that puts one missing thing right; what takes another screen or person is said."""
    board = state.board
    if need.met:
        return step(screen, [("cards", card.id)])
    if need.id == "retro":
        return retro_form(screen, state, card)
    if need.id == "deliverable":
        return _deliverable(screen, state, card, need.record)
    if need.id == "subtask":
        from tui import verbs

        subtask = board.subtasks[need.record]
        command = "take" if subtask.status == "awaiting_acceptance" else "step"
        verb = verbs.verb(command, "subtasks")
        request = verb(screen, [("subtasks", subtask.id)]) if verb else None
        if isinstance(request, Entry) and request.recorded is None:
            request.recorded = partial(_again, screen, card.id)
        return request
    duty = board.duties.get(need.record) if need.table == "duties" else None
    if duty is None:
        return nothing(screen, "step")
    allowed = {head_of(board, duty.department), duty.liaison, board.settings.administrator}
    if screen.deck.me in allowed or not (head_of(board, duty.department) or duty.liaison):
        entry = _support(screen, state, card, duty)
        entry.recorded = partial(_again, screen, card.id)
        return entry
    name = board.department_name(duty.department)
    who = board.person_name(head_of(board, duty.department)) or name
    screen.deck.notice(_("{department}: {who} answers, with t on this card.").format(department=name, who=who))
    return step(screen, [("cards", card.id)])


def _deliverable(screen: DeckScreen, state: BoardState, card: Card, subtask: int) -> Entry:
    found = state.board.subtasks[subtask]
    entry = words_entry(
        screen, f"deliverable:{subtask}", heading(verb_word("edit"), found.number, found.name), _("deliverable"),
        lambda text: [EditSubtask(subtask=subtask, fields={"deliverable": text})],
        hint=_("what is handed over, with its link"),
    )  # fmt: skip
    entry.recorded = partial(_again, screen, card.id)
    return entry


def _again(screen: DeckScreen, card: int) -> Request | None:
    """The gate once more, as the card stands now."""
    return step(screen, [("cards", card)])
