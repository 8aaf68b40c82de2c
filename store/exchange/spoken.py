"""What stands under the agenda of minutes on paper: items, points, decisions, action items, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from store.exchange.headings import heading
from store.exchange.reading import Row
from store.text import clean

Kind = Literal["item", "point", "decision", "action", "disagreement", "attachments", "agreed", "presenter"]
_ITEM = re.compile(r"(?:议程|議程|Agenda item)\s*([\d一二三四五六七八九十]+)\s*[:：.、]\s*(.+)", re.IGNORECASE)
_SPAN = re.compile(r"\s*[(（]\s*(\d{1,2})[:：](\d{2})\s*[-–—~至]\s*(\d{1,2})[:：](\d{2})\s*[)）]\s*$")
_NUMBERED = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、．](?!\d)|[•●·-])\s*")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")}

_SECTIONS: dict[str, Kind | None] = {
    **dict.fromkeys(map(heading, ("讨论要点", "讨论记录", "要点", "Points of discussion")), "point"),
    **dict.fromkeys(map(heading, ("决议结果", "决议", "决定", "Decisions")), "decision"),
    **dict.fromkeys(map(heading, ("分歧", "Disagreement")), "disagreement"),
    **dict.fromkeys(map(heading, ("附件", "Attachments")), "attachments"),
    **dict.fromkeys(
        map(heading, ("行动项", "前次会议未完成行动项", "Action items", "Open action items of earlier meetings")), None
    ),
    **dict.fromkeys(map(heading, ("审阅情况", "更正", "发送情况", "Review", "Amendments", "Distribution")), None),
    **dict.fromkeys(map(heading, ("会议基本信息", "会议议程与讨论记录", "Agenda and discussion")), None),
}
_LABELS: dict[str, Kind] = {
    heading("汇报人"): "presenter",
    heading("Presenter"): "presenter",
    heading("会前对齐"): "agreed",
    heading("Agreed beforehand"): "agreed",
    heading("附件"): "attachments",
    heading("Attachments"): "attachments",
}
_COLUMNS = {
    "item": ("议程", "Agenda"),
    "text": ("行动项", "Action item", "任务"),
    "department": ("责任部门", "Responsible department", "负责部门"),
    "owner": ("负责人", "Owner", "责任人"),
    "due": ("完成时限", "Due", "完成时间", "截止日期"),
    "standard": ("完成标准", "Completion standard"),
    "resources": ("资源", "Resources", "所需资源"),
}
_BY_HEADING = {heading(title): field for field, titles in _COLUMNS.items() for title in titles}
_EARLIER = frozenset(map(heading, ("前次会议未完成行动项", "Open action items of earlier meetings")))


class Line(Struct, frozen=True):
    """One thing the paper says: its kind, the number of its agenda item, its text, the row it stands in."""

    kind: Kind
    item: int
    text: str
    row: int
    minutes: int | None = None
    department: str = ""
    owner: str = ""
    due: str = ""
    standard: str = ""
    resources: str = ""


def spoken_lines(rows: Iterable[Row]) -> Iterator[Line]:
    """The lines of a document in order. Numbers before a line are the paper's, not part of what was said."""
    section: Kind | None = None
    item, earlier = 0, False
    columns: dict[int, str] = {}
    for row in rows:
        if len(row.cells) > 2:
            head = _heading_row(row)
            columns = head or columns
            if not head and columns and not earlier and (line := _action(row, columns)) is not None:
                yield line
            continue
        if len(row.cells) != 1:
            continue
        text = next(iter(row.cells.values())).text.strip()
        found = _ITEM.fullmatch(text)
        if found is not None:
            title, minutes = _timed(found[2])
            item, section = _number(found[1]), None
            yield Line(kind="item", item=item, text=title, row=row.number, minutes=minutes)
        elif (labelled := _labelled(text)) is not None and item:  # first: `附件:[图]` is no heading with brackets
            yield Line(kind=labelled[0], item=item, text=labelled[1], row=row.number)
        elif heading(text) in _SECTIONS:
            section, columns, earlier = _SECTIONS[heading(text)], {}, heading(text) in _EARLIER
        elif section is not None and item:
            yield Line(kind=section, item=item, text=clean(_NUMBERED.sub("", text), lines=True), row=row.number)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS.get(text[-1], 0) + (10 if text[0] == "十" and len(text) > 1 else 0)


def _timed(title: str) -> tuple[str, int | None]:
    """A title without the span behind it, and how many minutes that is."""
    found = _SPAN.search(title)
    if found is None:
        return title.strip(), None
    begins, ends = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return title[: found.start()].strip(), ends - begins if ends > begins else None


def _labelled(text: str) -> tuple[Kind, str] | None:
    label, rest = (*re.split(r"[:：]", text, maxsplit=1), "")[:2]
    kind = _LABELS.get(heading(label)) if rest.strip() else None
    return (kind, rest.strip()) if kind else None


def _heading_row(row: Row) -> dict[int, str]:
    found = {column: _BY_HEADING.get(heading(cell.text), "") for column, cell in row.cells.items()}
    return found if "text" in found.values() and len({*found.values()} - {""}) >= 3 else {}


def _action(row: Row, columns: dict[int, str]) -> Line | None:
    said = {field: row.cells[at].text.strip() for at, field in columns.items() if field and at in row.cells}
    if not said.get("text"):
        return None
    number = said.get("item", "")
    return Line(
        kind="action",
        item=_number(number) if re.fullmatch(r"[\d一二三四五六七八九十]+", number) else 1,
        text=said["text"],
        row=row.number,
        department=said.get("department", ""),
        owner=said.get("owner", ""),
        due=said.get("due", ""),
        standard=said.get("standard", ""),
        resources=said.get("resources", ""),
    )
