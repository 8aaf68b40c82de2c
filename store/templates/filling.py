"""What a new card has from a template or an earlier card, as the fields of `CreateCard`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.board import Board
from store.records import Card
from store.rules.roles import duties_on, has_left, head_of
from store.templates import OWN, CardTemplate, matched

TAKEN = (
    "project", "category", "type", "priority", "goal", "scope", "out_of_scope", "deliverables", "acceptance_criteria",
    "resources", "budget", "mechanism", "cadence", "regular_meeting", "meeting_day", "meeting_at", "channel",
    "urgent_contact", "answer_limit_hours", "response_limit_hours", "kickoff", "recurs", "background", "template",
    "acceptor", "acceptor_department",
)  # fmt: skip
"""Fields of an earlier card a new one begins with; dates, results and people who may have left it sets itself."""


def of_template(board: Board, template: CardTemplate, own: int | None) -> tuple[dict[str, Any], list[str]]:
    """The fields of a card of a template whose initiating department is `own`, and the departments not found here."""
    duties: dict[int, dict[str, Any]] = {}
    absent = []
    for duty in template.duties:
        if duty.department == OWN:
            found = board.departments.get(own or 0)
        else:
            found = matched(duty.department, board.departments.values())
        if found is not None:
            parts = {"role": duty.role, "action": duty.action, "standard": duty.standard}
            duties.setdefault(found.id, parts | {"department": found.id, "liaison": head_of(board, found.id)})
        elif duty.department != OWN:
            absent.append(duty.department)
    names = (
        "category", "type", "priority", "scope", "deliverables", "acceptance_criteria", "resources", "mechanism",
        "cadence", "regular_meeting", "meeting_day", "meeting_at", "kickoff", "recurs", "response_limit_hours",
    )  # fmt: skip
    fields: dict[str, Any] = {name: getattr(template, name) for name in names}
    fields["milestones"] = [{"name": name, "relative": relative} for name, relative in template.milestones]
    return fields | {"duties": [*duties.values()], "template": template.id}, absent


def of_card(board: Board, card: Card) -> dict[str, Any]:
    """The fields of a card made after an earlier one: its duties and what its retro would do better."""
    fields: dict[str, Any] = {name: getattr(card, name) for name in TAKEN}
    for name in ("urgent_contact", "acceptor"):
        if has_left(board, fields[name]):
            fields[name] = None
    fields["duties"] = [
        {
            "department": duty.department, "role": duty.role, "action": duty.action, "standard": duty.standard,
            "liaison": head_of(board, duty.department) if has_left(board, duty.liaison) else duty.liaison,
        }
        for duty in duties_on(board, card.id) if board.departments[duty.department].removed_at is None
    ]  # fmt: skip
    retros = [each.improvements for each in board.retros.values() if each.card == card.id and each.improvements]
    return fields | {"reminders": "\n".join(retros)}


def merged_duties(fields: Mapping[str, Any], departments: list[int]) -> list[Mapping[str, Any]]:
    """The duties of these departments in their order, known ones as they are; none named: all known ones."""
    known = {duty["department"]: duty for duty in fields.get("duties", ())}
    if not departments:
        return [*known.values()]
    return [known.get(each, {"department": each}) for each in departments]
