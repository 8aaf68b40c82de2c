"""The department register's three sheets: 部门任务总览表, 任务执行进度跟踪表, 信息同步共享记录表 (template T4)."""

from __future__ import annotations

import re
from typing import Any

from store.board import Board
from store.errors import ImportProblem
from store.exchange import values
from store.exchange.desk import Desk
from store.exchange.drafts import Reading, joined
from store.exchange.lookup import number_of
from store.exchange.progress import Reports
from store.exchange.recognise import Entry
from store.exchange.values import Dates
from store.records import SyncEntry
from store.rules.paper_ids import CardId, read_card_id
from store.settings import BoardSettings
from store.text import clean

PREFIXES = BoardSettings().card_prefixes
"""What the paper register writes for a project where there is none: the type (T4)."""
_TOPIC_END = re.compile(r"(?:进展|进度|情况|信息|工作|同步|更新|通报|说明|汇报|共享|记录)+$")
_KINDS = {"进展": "progress", "问题": "problem", "决议": "decision", "决定": "decision", "变更": "requirement_change"}


def read_register(desk: Desk, entry: Entry, dates: Dates) -> None:
    """A row of the register becomes a card."""
    reading = Reading(desk.drafts, entry)
    number, written = _number(entry)
    name = reading.line("name") or written
    if not name:
        return desk.skip(entry, "任务名称")
    if number is not None and number.sub is not None:
        why = ImportProblem("This is the number of a subtask; the row was not taken.")
        return reading.unclear("number", why)
    if not desk.first(reading, number, written or f"name:{name}", name):
        return None
    key = desk.card(number, written, name)
    desk.about(key)
    if written and number is None:
        why = ImportProblem("This is no number such as 产品迭代-2024-001; it is kept, and the board gives one.")
        reading.unclear("number", why)
    body = {"name": name} | who_of(desk, reading) | _facts(reading, dates)
    state = reading.ask("state", values.stage)
    body |= desk.stage(key, reading, state)
    if state == "active" and not desk.says_state(key, entry.text("state")):
        reading.kept.append(f"{reading.label('state')}: {entry.text('state')}")
    if entry.text("collaborators") and {*desk.people(reading, "collaborators")} != _helpers(desk, key):
        reading.kept.append(f"{reading.label('collaborators')}: {entry.text('collaborators')}")
    joint = desk.departments(reading, "departments")
    body["notes"] = reading.notes()
    once = numbered(desk.board, number, written)
    desk.drafts.settle("cards", key, body, entry.where(), name, once=once | {"created_at": desk.now})
    desk.lookup.note_card(key, name, once.get("number", ""), written)
    own = [(body["lead_department"], "")] if body.get("lead_department") and joint else []
    for department, duty in (*own, *joint):
        desk.duty(key, department, entry.where("departments"), {"action": duty})
    return None


def _helpers(desk: Desk, card: int) -> set[int]:
    """Who works on a card that is on the board: what its register says of collaborators by itself."""
    subtasks = desk.board.subtasks_of.get(card, ())
    people = {person for each in subtasks for person in (each.owner, *each.collaborators) if person is not None}
    return people - {desk.board.cards[card].lead} if card in desk.board.cards else set()


def _number(entry: Entry) -> tuple[CardId | None, str]:
    return number_of(entry.cells["number"]) if entry.text("number") else (None, "")


def numbered(board: Board, number: CardId | None, written: str) -> dict[str, Any]:
    """The fields of a card's number; the paper's form is kept where it differs (rulebook §2, Id)."""
    if number is None:
        return {"paper_number": written}
    project = "" if number.prefix in {*PREFIXES, *board.settings.card_prefixes} else number.prefix
    return {
        "number": number.card,
        "paper_number": written if written != number.card else "",
        "project": project,
    }


def who_of(desk: Desk, reading: Reading, *, at_home: int = 0) -> dict[str, Any]:
    """Initiator and lead with their departments.

    `at_home` is a card whose lead is of the initiator's department where the paper names none; a new one is led there.
    """
    initiating = desk.department(reading, "initiating_department")
    department = desk.department(reading, "lead_department")
    home = department or (initiating if at_home else None)
    initiator = desk.people(reading, "initiator", initiating)
    lead, _others = desk.owner(reading, "lead", home)
    if at_home not in desk.board.cards:
        department = home
    return {
        "initiator": initiator[0] if initiator else None,
        "initiating_department": initiating,
        "lead": lead,
        "lead_department": department,
    }


def _facts(reading: Reading, dates: Dates) -> dict[str, Any]:
    return {
        "type": reading.ask("type", values.card_type),
        "priority": reading.ask("priority", values.priority),
        "goal": reading.text("goal"),
        "initiated_at": reading.ask_cell("initiated_at", lambda cell: dates.start(cell.value)),
        "planned_start": reading.ask_cell("start", lambda cell: dates.start(cell.value)),
        "planned_finish": reading.ask_cell("finish", lambda cell: dates.finish(cell.value)),
        "acceptance_criteria": reading.text("remark"),
    }


def read_progress(desk: Desk, entry: Entry, dates: Dates, reports: Reports) -> None:
    """A row of the tracking sheet becomes a subtask, and an entry of its progress."""
    reading = Reading(desk.drafts, entry)
    number, written = _number(entry)
    name = reading.line("name") or written
    if not name:
        return desk.skip(entry, "子任务名称")
    if number is not None and number.sub is None:
        why = ImportProblem("This is no number of a subtask such as 产品迭代-2024-001-01; it is not kept as one.")
        reading.unclear("number", why)
        number, written = None, ""
    if not desk.first(reading, number, written, name):
        return None
    card = _card_of(desk, reading, number)
    if card is None:
        return None
    if number is not None and _of_another_card(desk, reading, number, written, card):
        why = ImportProblem('"{value}" is a number of another card; it is not kept as one.', value=written)
        reading.unclear("number", why)
        number, written = None, ""
    key = desk.subtask(card, number, written, name)
    desk.about(card)
    department = desk.department(reading, "department")
    owner, others = desk.owner(reading, "owner", department, stands=desk.workers(key))
    body = {"name": name, "owner": owner, "department": department, "collaborators": others}
    once = {
        "card": card,
        "number": number.canonical if number else "",
        "paper_number": written if number is None or written != number.canonical else "",
        "created_at": desk.now,
    }
    desk.drafts.settle("subtasks", key, body, entry.where(), name, once=once)
    desk.lookup.note_subtask(key, card, name, number.canonical if number else "", written)
    return reports.from_row(reading, key, dates)


def _of_another_card(desk: Desk, reading: Reading, number: CardId, written: str, card: int) -> bool:
    """Whether a subtask's number names a card other than the one its row names.

    A subtask that stands on this card with this number keeps it, whatever cards were made since; and two
    numbers in one row contradict each other whether or not the other card exists (a later row may make it).
    """
    subtask = desk.lookup.by_number("subtasks", number, written)
    if subtask is not None and desk.drafts.value("subtasks", subtask, "card") == card:
        return False
    of_number = desk.lookup.by_number("cards", read_card_id(number.card), "")
    of_row = read_card_id(clean(reading.entry.text("card")))
    return of_number not in {None, card} or (of_number is None and of_row is not None and of_row.card != number.card)


def _card_of(desk: Desk, reading: Reading, number: CardId | None) -> int | None:
    """The card a subtask belongs to. One the register does not have (yet) is made under its number."""
    text = clean(reading.entry.text("card"))
    of_text = read_card_id(text)
    if of_text is not None and of_text.sub is not None:
        of_text = read_card_id(of_text.card)
    of_number = read_card_id(number.card) if number else None
    found = desk.lookup.by_number("cards", of_text, text) if of_text else desk.lookup.card(text)
    found = found or desk.lookup.by_number("cards", of_number, "")
    if found is not None:
        return found
    form = of_text or of_number
    if form is None:
        value = text or reading.entry.text("name")
        reading.unclear(
            "card",
            ImportProblem('There is no card "{value}"; the row was not taken.', value=values.short(value)),
            value,
        )
        return None
    reading.unclear(
        "card",
        ImportProblem("There is no card {value} yet; one is made under this number.", value=form.card),
        form.card,
        keep=False,
    )
    key = desk.drafts.id_of("cards", form.card)
    paper = text if read_card_id(text) == form else form.card
    running = {"stage": "active", "activated_at": desk.now, "created_at": desk.now}
    once = numbered(desk.board, form, paper) | running
    desk.drafts.settle("cards", key, {"name": form.card}, reading.entry.where("card"), form.card, once=once)
    desk.lookup.note_card(key, form.card, form.card, paper)
    return key


def _note(reading: Reading) -> str:
    note = reading.line("note")
    return joined((note, *map(clean, reading.kept)))


def read_sync(desk: Desk, entry: Entry, dates: Dates) -> None:
    """A row of the sync sheet becomes a sync entry that was sent; its topic may name a card."""
    reading = Reading(desk.drafts, entry)
    content = reading.text("content")
    topic = reading.line("topic") or values.short(content)
    if not topic:
        return desk.skip(entry, "同步主题")
    at = reading.ask_cell("date", lambda cell: dates.point(cell.value))
    if not entry.text("date"):
        reading.unclear("date", ImportProblem("There is no date here; the day of the import was taken."))
    day: object = dates.day_of(at) if at is not None else ""
    desk.about(None)
    key = desk.sync_entry(day, topic, content)
    body = _said(desk, reading, desk.board.sync.get(key)) | {"topic": topic, "content": content}
    if not desk.drafts.has("sync", key):
        body["card"] = desk.lookup.card_in(topic, _TOPIC_END.sub("", topic))
    at = dates.undated() if at is None else at
    desk.drafts.settle("sync", key, body, entry.where(), topic, once={"at": at, "sent_at": at})
    return None


def _said(desk: Desk, reading: Reading, stands: SyncEntry | None) -> dict[str, Any]:
    """What a row says of an entry, beside topic and content; what the sheet cannot say stays as the board has it."""
    content, to = reading.text("content"), reading.line("to")
    label = re.match(r"\s*[\[【]?(进展|问题|决议|决定|变更)[\]】]?\s*[:：]", content)
    by = desk.people(reading, "by")
    told = {desk.board.person_name(each) for each in stands.recipients} if stands is not None else set()
    return {
        "kind": _KINDS[label[1]] if label else "progress" if stands is None else None,
        "by": by[0] if by else None,
        "by_name": reading.line("by") if len(by) != 1 else "",
        "to": "" if told and told == set(values.names(to, told)) else to,
        "reference": reading.line("reference"),
        "note": _note(reading),
    }
