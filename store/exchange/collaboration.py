"""The collaboration sheet 跨部门协作沟通表 (template T3): a card, its departments, tasks, what waits for what."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from store.errors import CrossdeckError, ImportProblem
from store.exchange import values
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.exchange.recognise import Entry
from store.exchange.values import Dates
from store.text import clean

_ITEMS = re.compile(r"[;；\n]+")
_PARTS = re.compile(r"[,，、]+")
_ALL_PARTS = re.compile(r"[;；,，、\n]+")
_TITLED = re.compile(r"([^,，、:：]+)[:：](.*)")
"""A task with its department; a colon further on is one of a time."""
_WAITS = re.compile("依赖|依賴| waits for | depends on ")
_BY = (
    re.compile(r"(?P<output>.*?)\s*\bby (?P<date>\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)"),
    re.compile(r"(?P<date>.*?\d.*?)(?:之前|以前|前)(?:提交|完成|交付)?(?P<output>.*)"),
)


class Task(NamedTuple):
    """A key task of the form: its doc id, its department, what it is called and what comes out."""

    key: int
    department: int | None
    name: str
    output: str


_KEPT = ("problems", "measures", "retro")


def read_collaboration(desk: Desk, entry: Entry, dates: Dates) -> None:
    """The form becomes a card; each of its key tasks a subtask of the department before the colon."""
    reading = Reading(desk.drafts, entry)
    name = reading.line("name")
    if not name:
        return desk.skip(entry, "协作主题")
    if not desk.first(reading, None, f"name:{name}", name):
        return None
    key = desk.card(None, "", name)
    desk.about(key)
    body: dict[str, object] = {"name": name, "mechanism": reading.text("mechanism")}
    state = reading.ask("state", values.stage)
    body |= desk.stage(key, reading, state)
    if state == "active" and not desk.says_state(key, entry.text("state")):
        reading.kept.append(f"{reading.label('state')}: {entry.text('state')}")
    told = _told(desk, key)
    reading.kept += [f"{reading.label(each)}: {entry.text(each)}" for each in _KEPT if not _in(entry.text(each), told)]
    departments = _people(desk, reading, key)
    if departments and key not in desk.board.cards:  # the form does not say who leads: who is named first is taken
        body["lead_department"], body["lead"] = departments[0]
    once = {"created_at": desk.now}
    desk.drafts.settle("cards", key, body, entry.where("name"), name, once=once)
    desk.lookup.note_card(key, name)
    tasks = _tasks(desk, reading, key, dates)
    _dependencies(desk, reading, tasks, told)
    if notes := reading.notes():
        desk.drafts.settle("cards", key, {"notes": notes}, entry.where("name"), name)
    return None


def _told(desk: Desk, card: int) -> str:
    """What the board says of a card's problems, measures and retro, in the words of papers."""
    found = desk.board.cards.get(card)
    if found is None:
        return ""
    issues = desk.board.issues_of.get(card, ())
    names = [
        *(desk.board.department_name(each.resolution_department) for each in issues if each.resolution_department),
        *(desk.board.person_name(each.resolution_owner) for each in issues if each.resolution_owner),
    ]
    records = [*issues, *desk.board.retros_of.get(card, ())]
    texts = [text for each in records for text in msgspec.to_builtins(each).values() if isinstance(text, str)]
    return values.on_paper("\n".join([*texts, *names, found.notes]))


def _in(text: str, told: str) -> bool:
    """Whether every part of a text stands in another; a date beside other words says nothing by itself."""
    parts = [part for each in _ALL_PARTS.split(text) if (part := values.on_paper(each))]
    words = [part for part in parts if not values.WRITTEN_DAY.fullmatch(part)]
    return all(part in told for part in words or parts)


def _people(desk: Desk, reading: Reading, card: int) -> list[tuple[int, int | None]]:
    """`生产部:李主管,采购部:王经理`: a duty for each department, with who works on it."""
    found: list[tuple[int, int | None]] = []
    where = reading.entry.where("people")
    for part in filter(None, map(str.strip, re.split(r"[,，、;；\n]+", reading.entry.text("people")))):
        title, _colon, name = part.replace("：", ":").partition(":")
        department = desk.lookup.department(title, where)
        if department is None:
            reading.unclear("people", ImportProblem('"{value}" is no department.', value=values.short(title)), title)
            continue
        person = _person(desk, reading, "people", name, department)
        found.append((department, person))
        liaisons = {each.liaison for each in desk.board.duties_of.get(card, ()) if each.department == department}
        desk.duty(card, department, where, {"work_lead": None if person in liaisons else person})
    return found


def _person(desk: Desk, reading: Reading, field: str, name: str, department: int | None) -> int | None:
    if not name.strip():
        return None
    try:
        return desk.lookup.person(name, reading.entry.where(field), department)
    except CrossdeckError as problem:
        reading.unclear(field, problem, name)
        return None


def _tasks(desk: Desk, reading: Reading, card: int, dates: Dates) -> list[Task]:
    """Each `部门:任务,人,日期前提交成果` as a subtask."""
    found = []
    where = reading.entry.where("tasks")
    for item in filter(None, map(str.strip, _ITEMS.split(reading.entry.text("tasks")))):
        titled = _TITLED.fullmatch(item)
        department = desk.lookup.department(titled[1], where) if titled else None
        name, *parts = (clean(part).strip() for part in _PARTS.split(titled[2] if titled else item))
        stands = next((one for one in desk.board.subtasks_of.get(card, ()) if values.one_part(one.name) == name), None)
        name = stands.name if stands is not None else name
        body: dict[str, object] = {"name": name, "department": department}
        for part in parts:
            if (by := _by(part)) is not None:
                try:
                    body["planned_finish"] = dates.finish(by["date"])
                    if stands is None or values.one_part(stands.deliverable) != by["output"].strip():
                        body["deliverable"] = by["output"].strip()
                except CrossdeckError as problem:
                    reading.unclear("tasks", problem, part)
            elif "owner" not in body:
                body["owner"] = _person(desk, reading, "tasks", part, department)
            else:
                body["description"] = part
        key = stands.id if stands is not None else desk.subtask(card, None, "", name)
        desk.drafts.settle("subtasks", key, body, where, name, once={"card": card, "created_at": desk.now})
        desk.lookup.note_subtask(key, card, name)
        found.append(Task(key, department, name, str(body.get("deliverable", ""))))
    return found


def _by(part: str) -> re.Match[str] | None:
    """`2026-07-08前提交故障报告`, `fault report by 2026-07-08`: what comes out, and when."""
    return next((found for form in _BY if (found := form.fullmatch(part)) is not None), None)


def _waits(desk: Desk, tasks: list[Task], item: str) -> tuple[int | None, list[int | None]]:
    """The task that waits and those it waits for; the words between may stand in a name too."""
    first: int | None = None
    before: list[int | None] = []
    for word in _WAITS.finditer(item):
        first = _task(desk, tasks, item[: word.start()])
        before = [_task(desk, tasks, other) for other in _PARTS.split(item[word.end() :])]
        if first is not None and None not in before:
            break
    return first, before


def _dependencies(desk: Desk, reading: Reading, tasks: list[Task], told: str) -> None:
    """`采购部到货依赖财务部付款`: the subtask of the one waits for that of the other."""
    where = reading.entry.where("dependencies")
    waits: dict[int, list[int]] = {}
    for item in filter(None, map(str.strip, _ITEMS.split(reading.entry.text("dependencies")))):
        first, before = _waits(desk, tasks, item)
        if first is None or not before or None in before:
            if _in(item, told):
                continue
            why = ImportProblem('It is not clear which tasks these are: "{value}".', value=values.short(item))
            reading.unclear("dependencies", why, item)
            continue
        waits.setdefault(first, []).extend(key for key in before if key is not None and key != first)
    names = {each.key: each.name for each in tasks}
    for key, keys in waits.items():
        desk.drafts.settle("subtasks", key, {"depends_on": list(dict.fromkeys(keys))}, where, names[key])


def _task(desk: Desk, tasks: list[Task], words: str) -> int | None:
    """The one task these words mean: its name, or its department with a word of its name or result (`采购部到货`)."""
    words = clean(words).strip()
    department = desk.lookup.known_department(words)
    what = words.removeprefix(desk.department_name(department)) if department is not None else words
    found = [each.key for each in tasks if values.one_part(each.name) == values.one_part(words)]
    if not found and what:
        own = [each for each in tasks if department is None or each.department == department]
        found = [each.key for each in own if what in each.name or what in each.output]
    return found[0] if len(found) == 1 else None
