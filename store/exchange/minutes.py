"""Minutes on paper 会议纪要 (template T5, .docx): the meeting, who was there, what was said and decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from store.errors import CrossdeckError, ImportProblem
from store.exchange.attendance import Room
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.exchange.headings import simplified
from store.exchange.plan import Unclear
from store.exchange.reading import Row
from store.exchange.recognise import Entry
from store.exchange.spoken import Line, spoken_lines
from store.exchange.values import Dates, on_paper, short
from store.operations.shape import LINE_LIMIT
from store.rules.proposing import propose
from store.text import clean

_SPAN = re.compile(r"(\d{1,2}[:：]\d{2})(?:\s*[-–—~至到]\s*(\d{1,2}[:：]\d{2}))?")
_KINDS = {
    "kickoff": ("启动", "kickoff"),
    "progress": ("进度", "进展", "progress"),
    "coordination": ("协调", "coordination"),
    "alignment": ("对齐", "alignment"),
    "review": ("评审", "review"),
    "acceptance": ("验收", "acceptance"),
    "retro": ("复盘", "检讨", "retro"),
}


class Times(Struct, frozen=True):
    """When a meeting was, in epoch seconds."""

    starts: int
    ends: int


def read_minutes(desk: Desk, entry: Entry, dates: Dates) -> None:
    """A document becomes a meeting with its people, agenda and lines; its decisions propose action items."""
    reading = Reading(desk.drafts, entry)
    name = reading.line("name")
    if not name:
        return desk.skip(entry, "会议名称")
    times = _times(reading, dates)
    if times is None:
        return reading.unclear("date", ImportProblem("Without its date and time a meeting cannot be taken."), name)
    card = desk.card_of_paper(entry) or desk.lookup.card(reading.line("task").partition(" ")[0])
    card = card or desk.lookup.card_in(name, re.sub(r"(筹备|启动|协调|进度|评审)?会(议)?.*$", "", name))
    if card is None and (task := reading.line("task")):
        why = ImportProblem('There is no card "{value}" here; the minutes are taken without one.', value=short(task))
        reading.unclear("task", why, task, keep=False)
    key = next(
        (
            each.id
            for each in desk.board.meetings.values()
            if (each.name, each.starts // 60) == (name, times.starts // 60)
        ),
        desk.drafts.id_of("meetings", name, times.starts),
    )
    desk.near(_people(desk, key))
    room = Room(desk, reading, key)
    room.enter(held=times.starts <= desk.now)
    body = {
        "name": name,
        "goal": reading.text("goal"),
        "place": reading.line("place"),
        "chair": room.person("chair"),
        "recorder": room.person("recorder"),
    }
    once = {"kind": _kind(entry.text("kind") or name), "card": card, "starts": times.starts, "ends": times.ends}
    desk.drafts.settle("meetings", key, body, entry.where("name"), name, once=once | _state(entry, times))
    _Agenda(reading, key, dates, room, times.starts).take()
    return None


def _people(desk: Desk, meeting: int) -> Iterator[int | None]:
    """Whom the minutes of a meeting of the board name."""
    board = desk.board
    if (found := board.meetings.get(meeting)) is not None:
        yield from (found.chair, found.recorder)
    for each in board.attendance_of.get(meeting, ()):
        yield from (each.person, each.stand_in)
    for item in board.agenda_of.get(meeting, ()):
        yield item.presenter
        yield from (line.owner for line in board.lines_of.get(item.id, ()))


def _state(entry: Entry, times: Times) -> dict[str, int | str]:
    """Minutes on paper are final, unless they say that they are a draft; paper does not say when they became it."""
    head = "".join(simplified(cell.text) for row in entry.sheet.rows[:3] for cell in row.cells.values())
    ended = {"noticed_at": times.starts, "notice_sent_at": times.starts, "ended_at": times.ends, "draft_at": times.ends}
    if "初稿" in head or "draft" in head:
        return {"state": "draft", **ended}
    return {"state": "final", **ended, "reviewed_at": times.ends, "final_at": times.ends}


def _kind(text: str) -> str:
    plain = simplified(text)
    return next((kind for kind, words in _KINDS.items() if any(word in plain for word in words)), "other")


def _times(reading: Reading, dates: Dates) -> Times | None:
    """`2023年10月25日` with `14:00-16:00`; a meeting without an end is taken for an hour."""
    day, span = (
        clean(reading.entry.text("date")),
        _SPAN.search(reading.entry.text("time") or reading.entry.text("date")),
    )
    if not day or span is None:
        return None
    day = _SPAN.sub("", day).strip()
    try:
        starts = dates.start(f"{day} {span[1].replace('：', ':')}")
        ends = dates.start(f"{day} {span[2].replace('：', ':')}") if span[2] else starts + 3_600
    except CrossdeckError as problem:
        reading.unclear("date", problem)
        return None
    return Times(starts, ends if ends > starts else starts + 3_600)


class _Agenda:
    """The agenda items and lines of one meeting, on their way into records."""

    def __init__(self, reading: Reading, meeting: int, dates: Dates, room: Room, held: int) -> None:
        """`held` is when the meeting was (epoch seconds): what a sentence says of days is meant from there."""
        self._held = held
        self._desk, self._reading, self._meeting = room.desk, reading, meeting
        self._dates, self._room = dates, room
        self._orders: dict[int, int] = {}
        self._found: set[int] = set()
        """Lines of the board that stand in the paper: two of the same words are two."""
        self._made: Counter[tuple[int, int, str, str]] = Counter()

    def take(self) -> None:
        """Make the records; without action items of its own the paper's decisions propose some."""
        found = list(spoken_lines(self._rows()))
        items = self._items(found)
        for line in found:
            if line.kind in {"point", "decision", "action"} and (line.item in items or items):
                self._line(items.get(line.item) or min(items.values()), line)
        if not any(line.kind == "action" for line in found):
            for line in found:
                if line.kind == "decision" and line.item in items:
                    self._propose(items[line.item], line)

    def _rows(self) -> Iterator[Row]:
        return iter(self._reading.entry.sheet.rows)

    def _items(self, found: list[Line]) -> dict[int, int]:
        """Number on paper -> doc id of the agenda item."""
        items: dict[int, int] = {}
        facts: dict[int, dict[str, object]] = {}
        for line in found:
            if line.kind == "item":
                facts[line.item] = {"title": line.text[:LINE_LIMIT], "minutes": line.minutes}
            elif line.kind in {"disagreement", "attachments", "agreed"} and line.item in facts:
                before = str(facts[line.item].get(line.kind, ""))
                facts[line.item][line.kind] = "\n".join(filter(None, (before, line.text)))
            elif line.kind == "presenter" and line.item in facts:
                facts[line.item]["presenter"] = self._room.named(line.text)
        for order, (number, body) in enumerate(facts.items(), 1):
            key = self._desk.drafts.id_of("agenda", self._meeting, number)
            title = on_paper(str(body["title"]))
            agenda = self._desk.board.agenda_of.get(self._meeting, ())
            stand = [each for each in agenda if on_paper(each.title) == title]
            there = sorted(stand, key=lambda each: abs(each.order - order))
            if there:
                key, body["title"] = there[0].id, there[0].title
            items[number] = key
            once = {"meeting": self._meeting, "order": order}
            where = self._reading.entry.where("name")
            self._desk.drafts.settle("agenda", items[number], body, where, str(body["title"]), once=once)
        return items

    def _line(self, item: int, line: Line, more: dict[str, object] | None = None) -> None:
        text = line.text
        lines = self._desk.board.lines_of.get(item, ())
        alike = [each for each in lines if each.kind == line.kind and on_paper(each.text) == on_paper(text)]
        there = [each for each in alike if each.id not in self._found]
        self._found.update(each.id for each in there[:1])
        words = (self._meeting, item, line.kind, text)
        self._made[words] += 1
        again = self._made[words]
        made = self._desk.drafts.id_of("lines", *words, *([again] if again > 1 else []))
        key = there[0].id if there else made
        self._orders[item] = self._orders.get(item, 0) + 1
        body: dict[str, object] = {"text": there[0].text if there else text} | (more or self._action(line))
        if there and there[0].department is None and there[0].owner == body.get("owner"):
            body.pop("department", None)  # papers say the owner's where the line has none
        once = {"meeting": self._meeting, "item": item, "order": self._orders[item], "kind": line.kind}
        where = self._reading.entry.sheet.where(str(line.row))
        self._desk.drafts.settle("lines", key, body, where, short(text), once=once)

    def _action(self, line: Line) -> dict[str, object]:
        if line.kind != "action":
            return {}
        department = self._department(line) if line.department else None
        owner = self._room.named(line.owner, department) if line.owner else None
        body: dict[str, object] = {"department": department, "owner": owner}
        body |= {"standard": line.standard, "resources": line.resources}
        return body | self._due(line.due, line.row)

    def _department(self, line: Line) -> int | None:
        """The department an action item names; one the board does not know is made, as by any paper."""
        found = self._desk.lookup.department_like(line.department)
        place = self._reading.entry.sheet.where(str(line.row))
        return found if found is not None else self._desk.lookup.department(line.department, place)

    def _due(self, text: str, row: int) -> dict[str, object]:
        if not text:
            return {}
        try:
            return {"due": self._dates.finish(text)}
        except CrossdeckError as problem:
            place = self._reading.entry.sheet.where(str(row))
            self._desk.drafts.plan.unclear.append(Unclear(place, text, problem, self._reading.title))
            return {"due_text": text}

    def _propose(self, item: int, line: Line) -> None:
        """A decision that names who, by when and what is an action item too; what it lacks is listed, not guessed."""
        found = propose(line.text, self._room.names(), self._held, self._desk.working)
        if found.missing:
            why = ImportProblem("As an action item this decision lacks: {missing}.", missing=", ".join(found.missing))
            place = self._reading.entry.sheet.where(str(line.row))
            self._desk.drafts.plan.unclear.append(Unclear(place, short(line.text, 200), why, self._reading.title))
            return
        department = found.department
        if department is None and found.owner is not None:
            department = self._desk.drafts.value("people", found.owner, "department")
        more: dict[str, object] = {"department": department, "owner": found.owner, "due": found.due}
        self._line(item, Line(kind="action", item=line.item, text=found.text, row=line.row), more)
