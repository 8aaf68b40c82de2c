"""What happens to a subtask: taken, refused, to its next state; inputs and support asked for below it.

`t` offers all that waits for a yes on the subtask: accept it, an input received, support promised, the owner's three
questions, the signature under the division. One of them alone opens at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.base import Operation
from store.operations.handover import AcceptSubtask, SendBack
from store.operations.inputs import ReceiveInput
from store.operations.joint_review import ReviewSubtask
from store.operations.subtasks import AnswerQuestions, Question
from store.operations.supports import AnswerSupport
from store.records import Input, Subtask, SupportRequest
from store.rules.division import revisions_used_up
from store.views.state import BoardState
from tui.entry import Choice, Entry, Field, Option, Request, Values
from tui.i18n import _
from tui.present.subtask_detail import QUESTIONS, review_words
from tui.verbs.forms import NO, heading, nothing, verb_word, words_entry, yes_entry
from tui.verbs.raci import sign, unsigned_duty

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

Open = Callable[[], Request | None]


def subtask_of(screen: DeckScreen, refs: list[Ref]) -> Subtask | None:
    """The subtask under the cursor."""
    return screen.state.board.subtasks.get(refs[0][1]) if screen.state and refs else None


def offered(head: Text, offers: Sequence[tuple[str, Open]]) -> Request | None:
    """The only request, or a choice among them."""
    if len(offers) == 1:
        return offers[0][1]()
    options = [Option(str(n), Text(label)) for n, (label, _open) in enumerate(offers)]
    return Choice(head, options, lambda chosen: offers[int(chosen)][1]())


# Yes -------------------------------------------------------------------------------------------------


def take(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t`: whatever on this subtask waits for my yes."""
    state, subtask = screen.state, subtask_of(screen, refs)
    if state is None or subtask is None:
        return None
    offers: list[tuple[str, Open]] = []
    if subtask.status == "awaiting_acceptance":
        offers.append((_("accept as done"), lambda: accept(screen, subtask)))
    offers += [
        (_("received: {what}").format(what=row.what), partial(received, screen, subtask, row))
        for row in waited_for(state, subtask)
    ]
    for asked in asked_of_me(state, subtask):
        label = _("promise support: {what}").format(what=asked.text or state.board.person_name(asked.asked_by))
        offers.append((label, partial(promise, screen, subtask, asked)))
    if asks_me(state, subtask):
        offers.append((_("the owner's three questions"), lambda: questions(screen, subtask)))
    offers += reviews(screen, state, subtask, objects=False)
    card = state.board.cards.get(subtask.card)
    duty = unsigned_duty(state, card) if card else None
    if card is not None and duty is not None:
        place = state.board.department_name(duty.department)
        label = _("sign the division for {department}").format(department=place)
        offers.append((label, lambda: sign(screen, state, card, duty)))
    if not offers:
        return nothing(screen, "take")
    return offered(heading(verb_word("take"), subtask.number, subtask.name), offers)


def asks_me(state: BoardState, subtask: Subtask) -> bool:
    """Whether the three questions are mine: I own it and have not said yes to all of them."""
    open_yet = subtask.answered_at is None or len(subtask.answers) < len(QUESTIONS)
    return open_yet and subtask.owner == state.me and subtask.status in {"not_started", "in_progress", "blocked"}


def take_input(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on an input: received."""
    board = screen.state.board if screen.state else None
    row = board.inputs.get(refs[0][1]) if board and refs else None
    if board is None or row is None or row.received_at is not None or row.cancelled_at is not None:
        return nothing(screen, "take")
    return received(screen, board.subtasks[row.subtask], row)


def take_support(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on support asked for: it can be given."""
    return _answer(screen, refs, promise, "take")


def refuse_support(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` on support asked for: it cannot be given."""
    return _answer(screen, refs, cannot, "object")


def _answer(
    screen: DeckScreen,
    refs: list[Ref],
    make: Callable[[DeckScreen, Subtask, SupportRequest], Entry],
    verb: str,
) -> Request | None:
    board = screen.state.board if screen.state else None
    row = board.supports.get(refs[0][1]) if board and refs else None
    if board is None or row is None or row.answered_at is not None or row.cancelled_at is not None:
        return nothing(screen, verb)
    return make(screen, board.subtasks[row.subtask], row)


def waited_for(state: BoardState, subtask: Subtask) -> list[Input]:
    """The inputs of a subtask that are not there yet."""
    rows = state.board.inputs_of.get(subtask.id, ())
    return [row for row in rows if row.received_at is None and row.cancelled_at is None]


def asked_of_me(state: BoardState, subtask: Subtask) -> list[SupportRequest]:
    """Support asked of me or my department and not answered."""
    me = state.me
    person = state.board.people.get(me or 0)
    homes = {person.department if person else None}
    homes |= {each.id for each in state.board.departments.values() if each.head == me}
    rows = [
        row
        for row in state.board.supports_of.get(subtask.id, ())
        if row.answered_at is None and row.cancelled_at is None and row.asked_by != me
    ]
    mine = [row for row in rows if row.person == me or (row.department is not None and row.department in homes)]
    return mine or (rows if state.board.settings.administrator == me else [])


def reviews(screen: DeckScreen, state: BoardState, subtask: Subtask, *, objects: bool) -> list[tuple[str, Open]]:
    """The word of a joint review, for my departments that review it (the administrator: for each)."""
    me, board = state.me, state.board
    if subtask.status not in {"in_progress", "blocked", "awaiting_acceptance"}:
        return []
    person = board.people.get(me or 0)
    homes = {each.id for each in board.departments.values() if each.head == me}
    homes |= {person.department} if person and person.department else set()
    mine = [each for each in subtask.reviewers if each in homes or me == board.settings.administrator]
    label = _("joint review: {department} does not agree") if objects else _("joint review: {department} agrees")
    return [
        (label.format(department=board.department_name(each)), partial(review, screen, subtask, each, objects=objects))
        for each in mine
    ]


def review(screen: DeckScreen, subtask: Subtask, department: int, *, objects: bool) -> Entry:
    """What a reviewing department says."""

    def make(text: str) -> Sequence[Operation]:
        return [ReviewSubtask(subtask=subtask.id, department=department, text=text, objects=objects)]

    head = heading(_("joint review"), subtask.number, subtask.name)
    hint = _("what has to change") if objects else _("its words; Enter alone: agrees")
    return words_entry(
        screen, f"review:{subtask.id}:{department}", head, _("words of the review"), make, needed=objects, hint=hint
    )


def accept(screen: DeckScreen, subtask: Subtask) -> Entry:
    """Accept what was handed over."""
    head = heading(verb_word("take"), subtask.number, subtask.name, subtask.deliverable)
    question = _("Accept {name} as done? Enter yes, Esc no.").format(name=subtask.name)
    state = screen.state
    if subtask.reviewers and state is not None:
        words = "; ".join(review_words(state, subtask, screen.deck.now()))
        question = _("Joint review: {words}.").format(words=words) + " " + question
    return yes_entry(screen, f"accept:{subtask.id}", head, [AcceptSubtask(subtask=subtask.id)], question)


def received(screen: DeckScreen, subtask: Subtask, row: Input) -> Entry:
    """An input is there."""
    head = heading(_("received"), subtask.number, row.what)
    return words_entry(
        screen, f"received:{row.id}", head, _("what came"), lambda text: [ReceiveInput(input=row.id, note=text)],
        needed=False, hint=_("Enter: received; or words about what came"),
    )  # fmt: skip


def promise(screen: DeckScreen, subtask: Subtask, row: SupportRequest) -> Entry:
    """Support can be given."""
    head = heading(_("promise support"), subtask.number, subtask.name, row.text)
    return words_entry(
        screen, f"promise:{row.id}", head, _("what you give, by when"),
        lambda text: [AnswerSupport(support=row.id, answer=text)], needed=False,
        hint=_("what you give, by when; Enter alone: yes"),
    )  # fmt: skip


def questions(screen: DeckScreen, subtask: Subtask) -> Entry:
    """The owner's three questions, each with yes or no."""
    told = subtask.answered_at is not None
    initial = {key: _("yes") if key in subtask.answers or not told else _("no") for key in QUESTIONS}

    def submit(values: Values) -> Sequence[Operation]:
        named: tuple[Question, ...] = ("task", "date", "dependencies")
        said = tuple(key for key in named if _is_yes(values.get(key, "")))
        return [AnswerQuestions(subtask=subtask.id, answers=said)]

    return Entry(
        key=f"{screen.deck.me}:questions:{subtask.id}",
        heading=heading(_("three questions"), subtask.number, subtask.name),
        fields=[Field(key, _(text), _("yes or no"), options=(_("yes"), _("no"))) for key, text in QUESTIONS.items()],
        submit=submit,
        initial=initial,
    )


def _is_yes(text: str) -> bool:
    said = text.strip().casefold()
    return bool(said) and said not in NO and said != _("no")


# No --------------------------------------------------------------------------------------------------


def refuse(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T`: back to the owner with a reason, or support that cannot be given."""
    state, subtask = screen.state, subtask_of(screen, refs)
    if state is None or subtask is None:
        return None
    offers: list[tuple[str, Open]] = []
    if subtask.status == "awaiting_acceptance":
        offers.append((_("send back"), lambda: send_back(screen, subtask)))
    offers += reviews(screen, state, subtask, objects=True)
    for asked in asked_of_me(state, subtask):
        label = _("cannot support: {what}").format(what=asked.text or state.board.person_name(asked.asked_by))
        offers.append((label, partial(cannot, screen, subtask, asked)))
    if not offers:
        return nothing(screen, "object")
    return offered(heading(verb_word("object"), subtask.number, subtask.name), offers)


def send_back(screen: DeckScreen, subtask: Subtask) -> Entry:
    """Back in work; one revision too many is said, and asks for Enter twice."""
    entry = words_entry(
        screen, f"send_back:{subtask.id}", heading(verb_word("object"), subtask.number, subtask.name), _("reason"),
        lambda text: [SendBack(subtask=subtask.id, reason=text)],
    )  # fmt: skip
    if revisions_used_up(subtask):
        warning = _("Revision {n}: at most {most} were agreed. Enter again sends it back.").format(
            n=subtask.revisions + 1, most=subtask.most_revisions
        )
        entry.confirm = lambda values: warning if values["text"].strip() else None
        entry.hint = _("reason; revision {n}, at most {most} were agreed").format(
            n=subtask.revisions + 1, most=subtask.most_revisions
        )
    return entry


def cannot(screen: DeckScreen, subtask: Subtask, row: SupportRequest) -> Entry:
    """Support cannot be given, and why."""
    return words_entry(
        screen, f"cannot:{row.id}", heading(_("cannot support"), subtask.number, subtask.name, row.text),
        _("reason"), lambda text: [AnswerSupport(support=row.id, answer=text, declined=True)],
    )  # fmt: skip
