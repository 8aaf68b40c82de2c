"""The division of work 协同任务分工表 (template T2): each step becomes a subtask of one card."""

from __future__ import annotations

import re

from store.errors import CrossdeckError, ImportProblem
from store.exchange import values
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.exchange.recognise import Entry
from store.exchange.values import Dates
from store.rules.relative_dates import counted, edge_of, read_relative
from store.text import clean

_PARTS = re.compile(r"[;；\n]+")
_ROLES = {"发起部门": "initiating_department", "需求部门": "initiating_department", "牵头部门": "lead_department"}
"""What the form writes in place of a department -> the card's field that says which."""


def read_division(desk: Desk, entry: Entry, dates: Dates) -> None:
    """A row becomes a subtask of the card the division is of; it has no card of its own on the paper."""
    reading = Reading(desk.drafts, entry)
    name = reading.line("name")
    if not name:
        return desk.skip(entry, "环节")
    card = desk.card_of_paper(entry)
    if card is None:
        why = ImportProblem("A division of work names no card. Open its card and import there, or add --card ID.")
        return reading.unclear("name", why, keep=False)
    desk.about(card)
    key = desk.subtask(card, None, "", name)
    departments, owner = _responsible(desk, reading, card)
    finish, relative = _finish(desk, reading, card, dates)
    body = {
        "name": name,
        "department": departments[0] if departments else None,
        "owner": owner,
        "planned_finish": finish,
        "deliverable": reading.line("output"),
        "reviewers": departments if "评审" in name + entry.text("description") and len(departments) > 1 else None,
    }
    body["description"] = "\n".join(filter(None, (reading.text("description"), reading.notes())))
    desk.drafts.settle("subtasks", key, body, entry.where(), name, once={"card": card, "created_at": desk.now})
    desk.lookup.note_subtask(key, card, name)
    if relative:
        milestone = {"name": name, "relative": relative, "department": body["department"]}
        once = {"card": card, "subtask": key}
        place = desk.drafts.id_of("milestones", card, key, name)
        desk.drafts.settle("milestones", place, milestone, entry.where("finish"), name, once=once)
    return None


def _responsible(desk: Desk, reading: Reading, card: int) -> tuple[list[int], int | None]:
    """`发起部门:王敏;接收部门:李强`, `市场/产品/研发`: the departments, and the one person of the first."""
    departments: list[int] = []
    owner: int | None = None
    where = reading.entry.where("responsible")
    for part in filter(None, map(str.strip, _PARTS.split(reading.entry.text("responsible")))):
        named, colon, person = part.replace("：", ":").partition(":")
        if not colon and is_person(desk, named):
            owner = owner or person_of(desk, reading, named, None)
            continue
        for title, _duty in values.departments(named, desk.lookup.department_names()):
            found = department_of(desk, title, where, card)
            if found is None:
                why = ImportProblem('"{value}" is no department; name it.', value=values.short(title))
                reading.unclear("responsible", why, title)
            elif found not in departments:
                departments.append(found)
        if person.strip("* ") and owner is None:
            owner = person_of(desk, reading, person, departments[-1] if departments else None)
    return departments, owner


def is_person(desk: Desk, name: str) -> bool:
    """Whether this stands for a person and not for a department: who is known by this name alone, or is masked."""
    if desk.lookup.department_like(name) is not None:
        return False
    return name.startswith("*") or any(each.name == name for each in desk.board.people.values())


def person_of(desk: Desk, reading: Reading, text: str, department: int | None) -> int | None:
    """The person of this name, made if there is none; None, and listed, for what is no name."""
    try:
        found = desk.lookup.people(text, reading.entry.where("responsible"), department)
    except CrossdeckError as problem:
        reading.unclear("responsible", problem, text)
        return None
    return found[0]


def department_of(desk: Desk, title: str, where: str, card: int) -> int | None:
    """The department meant: one of the board, also by the beginning of its name, that of a role, or a new one."""
    title = clean(title).strip()
    if (field := _ROLES.get(title)) is not None:
        found = desk.drafts.value("cards", card, field)
        return int(found) if found else None
    if title.endswith(("部门", "负责人")):
        return None  # 接收部门, 各部门负责人: a role, no name
    known = desk.lookup.department_like(title)
    return known if known is not None else desk.lookup.department(title, where)


def _finish(desk: Desk, reading: Reading, card: int, dates: Dates) -> tuple[int | None, str]:
    """When a step is due: an instant, and else the words of what it waits for (第10个工作日, 启动会后3个工作日)."""
    text = clean(reading.entry.text("finish"))
    relative = read_relative(text) if text else None
    if relative is None:
        return reading.ask_cell("finish", lambda cell: dates.finish(cell.value)), ""
    event = edge_of(
        relative.event,
        initiated=desk.drafts.value("cards", card, "initiated_at") or desk.drafts.value("cards", card, "created_at"),
        start=desk.drafts.value("cards", card, "planned_start"),
        finish=desk.drafts.value("cards", card, "planned_finish"),
    )
    if event is None:
        return None, text
    return counted(event, relative, desk.working), ""
