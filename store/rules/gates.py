"""The gates of a card's stages: what each asks for, and what of it is missing (rulebook §2).

Pure: a Board in, frozen values out. A gate does not open while something is missing, unless the lead passes it with a
reason (`store.operations.passing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from store.board import Board
from store.errors import CrossdeckError
from store.records import Acceptance, Card, Duty, Gap, Gate, Pass, Retro
from store.rules.roles import duties_on, has_left, kickoff_settled

DUTY_PARTS = ("role", "action", "standard")
"""What a duty is made of: role + action + delivery standard (岗位+动作+交付标准)."""

BARE = "{missing}"
"""A text that is the name of a field and nothing else."""


class Need(Struct, frozen=True):
    """One thing a gate asks for.

    `id` is stable (`goal`, `duty`, `signed`...); `text` says in a few words what it is or, not met, what is missing;
    `table`, `record` and `field` are where it can be put right.
    """

    id: str
    met: bool
    text: CrossdeckError
    table: str = "cards"
    record: int = 0
    field: str = ""


Needs = Iterator[Need]


def needs(board: Board, card: int, gate: Gate) -> list[Need]:
    """Everything a gate asks of a card, met or not, in the order of the rulebook."""
    found = board.cards.get(card)
    return [*GATES[gate](board, found)] if found and gate in GATES else []


def missing(board: Board, card: int, gate: Gate) -> list[Need]:
    """What a gate asks for and does not find; empty: the gate is open."""
    return [need for need in needs(board, card, gate) if not need.met]


def gap(text: CrossdeckError) -> Gap:
    """What was missing as it is kept, so that every reader has it in their own language."""
    return Gap(text=text.message, fields={name: str(value) for name, value in text.fields.items()})


def was_missing(passed: Pass) -> list[CrossdeckError]:
    """What was missing when a gate was passed; of old entries as it was written, in English."""
    texts = [CrossdeckError(each.text, **each.fields) for each in passed.gaps]
    return texts or [CrossdeckError("{text}", text=each) for each in passed.missing]


def _field(card: Card, name: str, met: bool) -> Need:
    """A field of the card that has to be filled in."""
    return Need(name, met, CrossdeckError(BARE, missing=name.replace("_", " ")), "cards", card.id, name)


def _circulating(board: Board, card: Card) -> Needs:
    """→ circulating: name, id, priority, initiation date, goal, scope, duties, plan, resources, mechanism."""
    yield _field(card, "name", bool(card.name.strip()))
    yield _field(card, "number", bool(card.number))
    yield _field(card, "priority", bool(card.priority))
    yield _field(card, "initiated_at", card.initiated_at is not None)
    yield _field(card, "goal", bool(card.goal.strip()))
    yield _field(card, "scope", bool(card.scope.strip()))
    yield from _duties(board, card)
    yield _field(card, "planned_start", card.planned_start is not None)
    yield _field(card, "planned_finish", card.planned_finish is not None)
    yield _field(card, "resources", bool(card.resources.strip() or card.budget.strip()))
    yield _field(card, "mechanism", bool(card.mechanism.strip() or card.regular_meeting or card.channel.strip()))


def _duties(board: Board, card: Card) -> Needs:
    """Departments, the initiating one among them, each with role + action + standard."""
    duties = duties_on(board, card.id)
    if not duties:
        yield _field(card, "departments", False)
    yield from _initiating(board, card, duties)
    for duty in duties:
        name = board.department_name(duty.department)
        lacking = [part for part in DUTY_PARTS if not getattr(duty, part).strip()]
        text = (
            CrossdeckError("duty of {department}: {missing}", department=name, missing=", ".join(lacking))
            if lacking
            else CrossdeckError("duty of {department}", department=name)
        )
        yield Need("duty", not lacking, text, "duties", duty.id, lacking[0] if lacking else "")


def _initiating(board: Board, card: Card, duties: list[Duty]) -> Needs:
    """The initiating department works on the card and signs it too."""
    own = card.initiating_department
    if own is not None and duties and all(duty.department != own for duty in duties):
        text = CrossdeckError(
            "{department} initiates the card and has no duty on it", department=board.department_name(own)
        )
        yield Need("initiating_department", False, text, "cards", card.id, "departments")


def _active(board: Board, card: Card) -> Needs:
    """→ active: every department confirmed and signed, lead and liaisons named, kickoff held or left out.

    The draft of a card of one department needs its head's signature alone.
    """
    duties = duties_on(board, card.id)
    if not duties:
        yield _field(card, "departments", False)
    if card.stage == "draft" and len(duties) == 1:
        yield _signature(board, card, duties[0])
        return
    yield from _initiating(board, card, duties)
    for duty in duties:
        yield _signature(board, card, duty)
    yield _field(card, "lead", card.lead is not None and not has_left(board, card.lead))
    for duty in duties:
        yield _liaison(board, duty)
    settled = kickoff_settled(board, card)
    if settled:
        yield _field(card, "kickoff", True)
    else:
        text = CrossdeckError("the kickoff is neither held nor recorded as not held")
        yield Need("kickoff", settled, text, "cards", card.id, "kickoff")


def _signature(board: Board, card: Card, duty: Duty) -> Need:
    """One department's answer: confirmed, then signed."""
    name = board.department_name(duty.department)
    head = board.departments[duty.department].head if duty.department in board.departments else None
    signed = duty.answer == "signed"
    if signed:
        text = CrossdeckError("signature of {department}", department=name)
    elif head and has_left(board, head):
        text = CrossdeckError(
            "{department} has not signed and its head {head} has left: name a new head (EditDepartment)",
            department=name,
            head=board.person_name(head),
        )
    elif duty.answer == "objected":
        text = CrossdeckError("{department} objects: {text}", department=name, text=duty.answer_text)
    elif duty.answer == "confirmed" or (card.stage == "draft"):
        text = CrossdeckError("{department} has not signed", department=name)
    else:
        text = CrossdeckError("{department} has not confirmed", department=name)
    return Need("signed", signed, text, "duties", duty.id, "answer")


def _liaison(board: Board, duty: Duty) -> Need:
    named = duty.liaison is not None and not has_left(board, duty.liaison)
    name = board.department_name(duty.department)
    text = (
        CrossdeckError("liaison of {department}", department=name)
        if named
        else CrossdeckError("{department} has no liaison", department=name)
    )
    return Need("liaison", named, text, "duties", duty.id, "liaison")


def _acceptance(board: Board, card: Card) -> Needs:
    """→ acceptance: every subtask done or cancelled, each with its deliverable; supporting departments' words."""
    attached = {each.subtask for each in board.attachments.values() if each.card == card.id}
    for subtask in sorted((s for s in board.subtasks.values() if s.card == card.id), key=lambda s: (s.number, s.id)):
        if subtask.status == "cancelled":
            continue
        done = subtask.status == "done"
        state = CrossdeckError("{id} is {state}", id=subtask.number, state=subtask.status.replace("_", " "))
        yield Need("subtask", done, state, "subtasks", subtask.id, "status")
        there = bool(subtask.deliverable.strip()) or subtask.id in attached
        text = (
            CrossdeckError("deliverable of {id}", id=subtask.number)
            if there
            else CrossdeckError("{id} has no deliverable", id=subtask.number)
        )
        yield Need("deliverable", there, text, "subtasks", subtask.id, "deliverable")
    for duty in supporting(board, card):
        name = board.department_name(duty.department)
        there = duty.support_at is not None
        text = (
            CrossdeckError("word of {department}", department=name)
            if there
            else CrossdeckError("{department} has not confirmed its support", department=name)
        )
        yield Need("support", there, text, "duties", duty.id, "support_word")


def supporting(board: Board, card: Card) -> list[Duty]:
    """The duties of the departments that support a card (配合部门): all of its departments but the leading one."""
    lead = board.people.get(card.lead or 0)
    leading = card.lead_department or (lead.department if lead else None) or card.initiating_department
    duties = duties_on(board, card.id)
    if leading is None and len(duties) == 1:
        return []
    return [duty for duty in duties if duty.department != leading]


def last_round(board: Board, card: int) -> Acceptance | None:
    """The newest round of acceptance of a card; None before the first."""
    rounds = [each for each in board.acceptances.values() if each.card == card]
    return max(rounds, key=lambda each: (each.round, each.submitted_at), default=None)


def retro_of(board: Board, card: Card) -> Retro | None:
    """The retro of a card's last completion; None while there is none, also where an earlier run had one."""
    found = [each for each in board.retros.values() if each.card == card.id and each.at >= (card.completed_at or 0)]
    return max(found, key=lambda each: (each.at, each.id), default=None)


def _completed(board: Board, card: Card) -> Needs:
    """→ completed: submitted, and the verdict is `pass`."""
    newest = last_round(board, card.id)
    open_round = newest is not None and (newest.verdict is not None or card.stage == "acceptance")
    text = CrossdeckError("submitted") if open_round else CrossdeckError("not submitted for acceptance")
    yield Need("submitted", open_round, text, "cards", card.id, "submitted_at")
    passed = newest is not None and newest.verdict == "pass"
    yield Need(
        "verdict",
        passed,
        CrossdeckError("verdict pass") if passed else CrossdeckError("no verdict pass"),
        "acceptances",
        newest.id if newest else 0,
        "verdict",
    )


def _archived(board: Board, card: Card) -> Needs:
    """→ archived: verdict `pass`, and the retro recorded or waived."""
    newest = last_round(board, card.id)
    passed = newest is not None and newest.verdict == "pass"
    text = CrossdeckError("verdict pass") if passed else CrossdeckError("no verdict pass")
    yield Need("verdict", passed, text, "acceptances", newest.id if newest else 0, "verdict")
    retro = retro_of(board, card)
    text = CrossdeckError("retro") if retro else CrossdeckError("the retro is neither recorded nor waived")
    yield Need("retro", retro is not None, text, "retros", retro.id if retro else 0, "improvements")


GATES: Mapping[Gate, Callable[[Board, Card], Needs]] = {
    "circulating": _circulating,
    "active": _active,
    "acceptance": _acceptance,
    "completed": _completed,
    "archived": _archived,
}
"""Gate -> what it asks for."""
