"""What a new card begins with: nothing, a template, or an earlier card (rulebook §2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from store.operations.cards import home
from store.records import Card
from store.rules.roles import has_left
from store.templates import OWN, CardTemplate, matched
from store.views.state import BoardState
from tui import words
from tui.entry import Values
from tui.field_words import value_word
from tui.i18n import _
from tui.present.card_papers import meeting_words
from tui.subjects import due_text
from tui.verbs.card_duties import duty_words
from tui.verbs.card_values import FORM, shown

NOT_TAKEN = frozenset({"name", "planned_start", "planned_finish", "resources_used", "budget_used"})
"""Fields an earlier card does not hand on."""
TERMS = ("category", "type", "priority", "cadence", "recurs")


class Seed(Struct, frozen=True):
    """What a form begins with. `key` is empty for a blank card; `values` hold `duty:ID` per department."""

    key: str = ""
    label: str = ""
    values: Values = {}
    liaisons: Mapping[int, int] = {}
    milestones: Sequence[Mapping[str, Any]] = ()
    template: str = ""
    reminders: str = ""
    days: int = 0
    """Working days from its start after which it finishes if no finish is typed (0: it must be typed)."""
    hints: Values = {}
    """Field -> what stands in it while it is empty, where that is not the usual."""


def _duties_here(state: BoardState, template: CardTemplate) -> tuple[dict[int, str], list[str]]:
    """A template's duties by department of this board, and the names of departments it does not have."""
    board = state.board
    own = home(board, state.me)
    duties: dict[int, str] = {}
    absent: list[str] = []
    for duty in template.duties:
        found = (
            board.departments.get(own or 0)
            if duty.department == OWN
            else matched(duty.department, board.departments.values())
        )
        if found is None:
            absent += [duty.department] if duty.department != OWN else []
        else:
            duties.setdefault(found.id, duty_words(duty.role, duty.action, duty.standard))
    return duties, absent


def seed_of_template(state: BoardState, template: CardTemplate, now: int) -> Seed:
    """A template as a form, its departments looked for on this board; those not found are said."""
    board = state.board
    duties, absent = _duties_here(state, template)
    values = {
        name: getattr(template, name)
        for name in ("scope", "deliverables", "acceptance_criteria", "resources", "mechanism")
    }
    values |= {name: _term(name, getattr(template, name)) for name in TERMS}
    values |= {
        "name": "",
        "planned_start": "",
        "planned_finish": "",
        "goal": "",
        "departments": ", ".join(board.department_name(each) for each in duties),
        "regular_meeting": meeting_words(template.regular_meeting, template.meeting_day, template.meeting_at),
        "kickoff": words.yes_no(yes=template.kickoff),
        "response_limit_hours": str(template.response_limit_hours or ""),
        **{f"duty:{key}": text for key, text in duties.items()},
    }
    finish = due_text(state, state.working.due_in_working_days(now, template.days), now)
    hints = {
        "name": template.name,
        "planned_start": _("empty: today"),
        "planned_finish": _("empty: {n} working days after the start ({due})").format(n=template.days, due=finish),
        "goal": _("for example: {goal}").format(goal=template.goal),
    }
    if absent:
        hints["departments"] = _("not on this board: {names}").format(names=", ".join(absent))
    return Seed(
        key=f"template:{template.id}",
        label=template.name,
        values=values,
        milestones=[{"name": name, "relative": relative} for name, relative in template.milestones],
        template=template.id,
        days=template.days,
        hints=hints,
    )


def seed_of_card(state: BoardState, card: Card) -> Seed:
    """An earlier card as a form: its fields and duties, without its name, dates and what was used."""
    board = state.board
    values = {each.name: shown(state, card, each.name) for each in FORM if each.name not in NOT_TAKEN}
    values |= {"name": "", "planned_start": "", "planned_finish": ""}
    duties = [
        duty
        for duty in board.duties_of.get(card.id, ())
        if duty.department in board.departments and board.departments[duty.department].removed_at is None
    ]
    values["departments"] = ", ".join(board.department_name(duty.department) for duty in duties)
    values |= {f"duty:{duty.department}": duty_words(duty.role, duty.action, duty.standard) for duty in duties}
    if has_left(board, card.lead):
        values["lead"] = ""
    retros = [each.improvements for each in board.retros_of.get(card.id, ()) if each.improvements]
    return Seed(
        key=f"card:{card.id}",
        label=f"{card.number} {card.name}",
        values=values,
        liaisons={d.department: d.liaison for d in duties if d.liaison and not has_left(board, d.liaison)},
        template=card.template,
        reminders="\n".join(retros),
        hints={"name": card.name},
    )


def _term(name: str, value: str | None) -> str:
    return value_word("cards", name, value) if value else ""
