"""The task card 任务管理卡 (template T1): a card with its departments' duties and its milestones."""

from __future__ import annotations

from typing import Any

from store.errors import ImportProblem
from store.exchange import values
from store.exchange.allocation import milestones
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.exchange.lookup import number_of
from store.exchange.recognise import Entry
from store.exchange.register import numbered, who_of
from store.exchange.values import Dates


def read_task_card(desk: Desk, entry: Entry, dates: Dates) -> None:
    """The form becomes a card in draft, its department rows become duties."""
    reading = Reading(desk.drafts, entry)
    number, written = number_of(entry.cells["number"]) if entry.text("number") else (None, "")
    name = reading.line("name") or written
    if not name:
        return desk.skip(entry, "任务名称")
    if not desk.first(reading, number, written or f"name:{name}", name):
        return None
    key = desk.card(number, written, name)
    desk.about(key)
    body = {"name": name} | who_of(desk, reading, at_home=key) | _facts(reading, dates)
    once = numbered(desk.board, number, written) | {"created_at": desk.now}
    desk.drafts.settle("cards", key, body, entry.where("name"), name, once=once)
    desk.lookup.note_card(key, name, once.get("number", ""), written)
    for part in entry.parts:
        _duty(desk, key, part)
    milestones(desk, reading, key, None, dates)
    return None


def _facts(reading: Reading, dates: Dates) -> dict[str, Any]:
    mechanism = reading.text("mechanism")
    weekly = "每周" in mechanism and "每日" not in mechanism and "每天" not in mechanism
    facts = {
        "type": reading.ask("type", values.card_type),
        "priority": reading.ask("priority", values.priority),
        "initiated_at": reading.ask_cell("initiated_at", lambda cell: dates.start(cell.value)),
        "background": reading.text("background"),
        "goal": reading.text("goal"),
        "scope": reading.text("scope"),
        "deliverables": reading.text("deliverables"),
        "acceptance_criteria": reading.text("standard"),
        "planned_start": reading.ask_cell("start", lambda cell: dates.start(cell.value)),
        "planned_finish": reading.ask_cell("finish", lambda cell: dates.finish(cell.value)),
        "resources": reading.text("resources"),
        "mechanism": mechanism,
        "cadence": "weekly" if weekly else None,
    }
    return facts | {"notes": "\n".join(filter(None, (reading.text("remark"), reading.notes())))}


def _duty(desk: Desk, card: int, part: Entry) -> None:
    """One department row: its duty, who is responsible in it, and its liaison. A signature on paper is none here."""
    reading = Reading(desk.drafts, part)
    department = desk.department(reading, "department")
    if department is None:
        reading.unclear("department", ImportProblem("No department is named in this row; it was not taken."))
        return
    lead = desk.people(reading, "lead", department)
    liaison = desk.people(reading, "liaison", department)
    home = desk.board.departments.get(department)
    stands = [each.work_lead for each in desk.board.duties_of.get(card, ()) if each.department == department]
    heads = home is not None and lead[:1] == [home.head] and stands == [None]  # our paper names the head there
    body = {
        "work_lead": lead[0] if lead and not heads else None,
        "liaison": liaison[0] if liaison else None,
        "role": reading.line("role"),
        "standard": reading.text("standard"),
    }
    body["action"] = "\n".join(filter(None, (reading.text("action"), reading.notes())))
    desk.duty(card, department, part.where("department"), body)
