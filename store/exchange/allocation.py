"""The allocation table 跨部门任务分配表 (template T5): one subtask on the card of its project."""

from __future__ import annotations

import re
from typing import Any

from store.errors import CrossdeckError, ImportProblem
from store.exchange import values
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.exchange.lookup import number_of
from store.exchange.progress import Reports
from store.exchange.recognise import Entry
from store.exchange.values import Dates
from store.operations.shape import LINE_LIMIT
from store.rules.dated_lists import split_dated_items
from store.text import clean


def read_allocation(desk: Desk, entry: Entry, dates: Dates, reports: Reports) -> None:
    """The table becomes a subtask with its milestones and entries, on a card named after the project."""
    reading = Reading(desk.drafts, entry)
    name = reading.line("name")
    if not name:
        return desk.skip(entry, "任务名称")
    number, written = number_of(entry.cells["number"]) if entry.text("number") else (None, "")
    if number is not None and number.sub is None:
        number = None
    if not desk.first(reading, number, written or f"{entry.text('project')}/{name}", name):
        return None
    known = _known_card(desk, entry, reading.line("project") or name)
    desk.about(known)
    department = desk.department(reading, "department")
    stands = desk.workers(desk.subtask(known, number, written, name)) if known else ()
    owner, others = desk.owner(reading, "owner", department, stands=stands)
    card = _card(desk, reading, department, owner)
    joint = desk.departments(reading, "departments")
    helpers = desk.people(reading, "collaborators", joint[0][0] if len(joint) == 1 else None)
    key = desk.subtask(card, number, written, name)
    body = {"name": name, "department": department, "owner": owner, "collaborators": [*others, *helpers]}
    body |= _facts(reading, dates) | {"inputs": _beside(reading.text("inputs"), _asked(desk, key))}
    once = {
        "card": card,
        "number": number.canonical if number else "",
        "paper_number": written if number is None or written != number.canonical else "",
        "created_at": desk.now,
    }
    desk.drafts.settle("subtasks", key, body, entry.where("name"), name, once=once)
    desk.lookup.note_subtask(key, card, name, number.canonical if number else "", written)
    own = [(department, name)] if department else []
    if department and key in desk.board.subtasks:
        # A subtask that stands makes no duty of its department again.
        own = [(each.department, "") for each in desk.board.duties_of.get(card, ()) if each.department == department]
    for each, action in (*own, *joint):
        _duty(desk, card, each, entry.where("departments" if (each, action) in joint else "department"), action)
    milestones(desk, reading, card, key, dates)
    reports.from_list(reading, "progress", key, dates)
    return None


def _card(desk: Desk, reading: Reading, department: int | None, owner: int | None) -> int:
    """The card of the project, made if there is none: led by whoever is responsible for its first task."""
    entry = reading.entry
    project = reading.line("project") or reading.line("name")
    key = _known_card(desk, entry, project) or desk.drafts.id_of("cards", f"project:{project}")
    issues = [f"{each.number} {each.title}" for each in desk.board.issues_of.get(key, ())]
    risk = clean(_beside(reading.text("risk"), issues))
    notes = f"{reading.label('risk')} ({values.short(reading.title)}): {risk}" if risk else ""
    if desk.drafts.has("cards", key):
        title = str(desk.drafts.value("cards", key, "name"))
        if key in desk.board.cards or notes:
            desk.drafts.settle("cards", key, {"notes": notes}, entry.where("project"), title)
        return key
    body = {"name": project, "notes": notes}
    once = {
        "project": project,
        "stage": "active",
        "lead": owner,
        "lead_department": department,
        "created_at": desk.now,
        "activated_at": desk.now,
    }
    desk.drafts.settle("cards", key, body, entry.where("project"), project, once=once)
    desk.lookup.note_card(key, project)
    return key


def _known_card(desk: Desk, entry: Entry, project: str) -> int | None:
    """The card of this number or name; of several, or by its project, the one the paper is imported for."""
    found = desk.board.cards.get(desk.card_of_paper(entry) or 0)
    if found is not None and project in {found.name, found.project, found.number}:
        return found.id
    return desk.lookup.card(project)


def _facts(reading: Reading, dates: Dates) -> dict[str, Any]:
    facts = {
        "standard": reading.text("standard"),
        "planned_start": reading.ask_cell("start", lambda cell: dates.start(cell.value)),
        "planned_finish": reading.ask_cell("finish", lambda cell: dates.finish(cell.value)),
        "most_revisions": values.most_revisions(reading.text("standard")),
    }
    return facts | {"description": "\n".join(filter(None, (reading.text("description"), reading.notes())))}


def _asked(desk: Desk, subtask: int) -> list[str]:
    """What the board has of its own of a subtask's resources and support, as our paper writes it, without dates."""
    stands = desk.board.subtasks.get(subtask)
    resources = stands.resources.split("\n") if stands is not None else []
    asked = (
        " ".join(filter(None, (desk.board.department_name(each.department), each.what)))
        for each in desk.board.inputs_of.get(subtask, ())
    )
    return [*filter(None, resources), *asked]


def _beside(text: str, told: list[str]) -> str:
    """The lines of a text but those that stand on the board in a record of its own; a date may stand behind."""
    heads = [plain for each in told if (plain := values.on_paper(each))]
    return "\n".join(line for line in text.split("\n") if not any(_is(values.on_paper(line), head) for head in heads))


def _is(line: str, head: str) -> bool:
    rest = line.removeprefix(head).strip()
    return line.startswith(head) and (not rest or values.WRITTEN_DAY.fullmatch(rest) is not None)


def _duty(desk: Desk, card: int, department: int, where: str, action: str) -> None:
    """A department's part; what another task of the card gave it already stays."""
    there = [d for d in desk.board.duties_of.get(card, ()) if d.department == department]
    key = there[0].id if there else desk.drafts.id_of("duties", card, department)
    have = desk.drafts.value("duties", key, "action") if desk.drafts.has("duties", key) else ""
    if values.on_paper(action) in values.on_paper(have or ""):
        action = ""
    lines = dict.fromkeys([*(have or "").split("\n"), *action.split("\n")])
    desk.duty(card, department, where, {"action": "\n".join(filter(None, lines))})


def milestones(desk: Desk, reading: Reading, card: int, subtask: int | None, dates: Dates) -> None:
    """Each dated item of the cell becomes a milestone; one whose date is unclear is kept as tentative."""
    where = reading.entry.where("milestones")
    stand = [each for each in desk.board.milestones_of.get(card, ()) if each.subtask == subtask]
    for item in split_dated_items(reading.text("milestones")):
        whole = clean(f"{item.date_text} {item.item}".strip())
        # One without a date is listed on the board's own papers too; its name may begin as a date does.
        if any(each.due is None and _alike(f"{each.relative} {each.name}", whole) for each in stand):
            continue
        name, due = clean(item.item or item.date_text), None
        try:
            if not item.date_text:
                raise ImportProblem("There is no date before this milestone.")
            due = dates.finish(item.date_text)
        except CrossdeckError as problem:
            name = clean(f"{item.date_text}: {item.item}" if item.date_text else item.item)
            reading.unclear("milestones", problem, name, keep=False)
        there = next((each for each in stand if _alike(each.name, name)), None)
        name = there.name if there else values.short(name, LINE_LIMIT)
        body = {
            "name": name,
            "due": due,
            "department": desk.lookup.known_department(name) if there is None else None,
            "tentative": True if due is None or "暂定" in name or "暫定" in name else None,
        }
        key = there.id if there else desk.drafts.id_of("milestones", card, subtask or 0, name)
        once = {"card": card, "subtask": subtask}
        desk.drafts.settle("milestones", key, body, where, name, once=once)


def _alike(name: str, other: str) -> bool:
    """Whether two names differ in nothing but the marks of lists."""
    plain, against = (values.on_paper(re.sub(r"[:：]", " ", text)).replace(" ", "") for text in (name, other))
    return plain == against
