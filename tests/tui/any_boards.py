"""Boards of any texts, as far as what people type can hold them: what papers are made of, for hypothesis."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import strategies as st

from store import records as r
from store.board import Board
from store.changes import Add
from store.text import clean
from tests.store.import_helpers import NOW, empty_board, working

DAY = 86_400
SAMPLES = (
    *("提升客户复购率", "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-", "/", "无", "a\nb", "a;b；c", "（全角）：１２３"),
    *("繁體說明", "x" * 450, "<b>&amp;</b>", "'=1", "[/x]", "2024-10-30: 完成", "100%", "任务ID", "a\tb", "007", "1e5"),
    *(
        "\u202eabc\u200b",
        "~、，。",
        "2026-10-09",
        "10月9日",
        "👩‍💻🎉",
        "_x000D_",
        "甲:乙",
        "a|b",
        "  两端  ",
        "市场部:王敏",
        "依赖",
    ),
    *(
        "前",
        "12月1日前提交方案",
        "议程2:预算",
        "讨论要点",
        "汇报人:王敏",
        "1. 一",
        "(2) 二",
        "\x1b[31m红",
        "行1\n\n行3",
        "受阻",
    ),
    *(
        "#REF!",
        "TRUE",
        "0.5",
        "任务名称",
        "会议纪要",
        "当前状态: 受阻",
        "\\",
        "第3个工作日",
        "2026-10-09 方案;2026-10-10 初稿",
    ),
)
TEXT = st.sampled_from(SAMPLES) | st.text(max_size=20)
LINE = TEXT.map(clean)
PROSE = TEXT.map(lambda text: clean(text, lines=True))
NAME = (st.sampled_from(SAMPLES) | st.text(min_size=1, max_size=12)).map(lambda text: clean(text).strip())
NAMES = st.text(st.sampled_from("王敏李强陈思張=1+<b>|AbcÅé.-_'\"&%#@!~ 　１部組🎉"), min_size=1, max_size=8).map(
    lambda text: clean(text).strip(" 　*-.")
) | st.sampled_from(["王敏", "=1+1", "市场部", "<b>x<b>", "J. Meyer"])
"""Names of people and departments: without what lists of names are made of, and none masked (`*明`)."""


def said(text: str) -> bool:
    """Whether a name says anything to who reads it."""
    return bool(text.strip(" /\\-—－／*"))


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """A board with departments, people, cards and all that papers of them carry."""
    return _Maker(draw).board()


class _Maker:
    """One board on its way; doc ids count up."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.made: list[Add] = []
        self.last = 100

    def add(self, table: str, **fields: Any) -> int:
        """A record that says no more than it has to."""
        self.last += 1
        record = msgspec.convert({**fields, "id": self.last}, r.TABLES[table])
        body = msgspec.to_builtins(record)
        body.pop("id")
        self.made.append(Add(table, self.last, body))
        return self.last

    def change(self, key: int, **fields: Any) -> None:
        """Fields of a record that was made."""
        at = next(n for n, each in enumerate(self.made) if each.id == key)
        self.made[at] = Add(self.made[at].table, key, {**(self.made[at].record or {}), **fields})

    def some(self, keys: list[int], *, most: int = 2) -> list[int]:
        """A few of them."""
        return self.draw(st.lists(st.sampled_from(keys), max_size=most, unique=True)) if keys else []

    def one(self, keys: list[int]) -> int | None:
        """One of them, or none."""
        return self.draw(st.none() | st.sampled_from(keys)) if keys else None

    def day(self, *, close: bool = True) -> int | None:
        """Close of business, the daily progress point or any minute of some day, or nothing."""
        time = working()
        ordinal = time.day_of(NOW) + self.draw(st.integers(-40, 40))
        at = time.close_of(ordinal) if close else time.at(ordinal, 0)
        return self.draw(st.sampled_from([None, at, time.at(ordinal, 605)]))

    def board(self) -> Board:
        """All of it."""
        draw = self.draw
        homes = draw(
            st.lists(NAMES.filter(lambda name: len(name) > 1 and said(name)), min_size=1, max_size=3, unique=True)
        )
        self.departments = [self.add("departments", name=name) for name in homes]
        people = draw(
            st.lists(NAMES.filter(said), min_size=1, max_size=4, unique=True).map(
                lambda n: [x for x in n if x not in homes] or ["甲乙"]
            )
        )
        self.people = [
            self.add("people", name=name, department=draw(st.sampled_from(self.departments))) for name in people
        ]
        names = draw(st.lists(NAME.filter(said), min_size=1, max_size=2, unique=True))
        self.cards = [self.card(number, name) for number, name in enumerate(names, 1)]
        for number in range(draw(st.integers(0, 2))):
            self.sync(number)
        if draw(st.booleans()):
            self.meeting()
        return empty_board().with_changes(self.made)

    def card(self, number: int, name: str) -> int:
        """A card with its duties, subtasks and issues."""
        draw = self.draw
        prefix = draw(st.sampled_from(["产品迭代", "ZX", "CG"]))
        stage = draw(st.sampled_from(["draft", "active", "active", "acceptance", "completed", "cancelled"]))
        card = self.add(
            "cards",
            name=name,
            number=f"{prefix}-2026-{number:03}",
            project=prefix if prefix == "产品迭代" else "",
            type=draw(st.sampled_from(["special", "routine", "urgent"])),
            priority=draw(st.sampled_from(["high", "medium", "low"])),
            stage=stage,
            initiator=self.one(self.people),
            initiating_department=self.one(self.departments),
            lead=self.one(self.people),
            lead_department=self.one(self.departments),
            initiated_at=self.day(close=False),
            planned_start=self.day(close=False),
            planned_finish=self.day(),
            **{field: draw(PROSE) for field in ("background", "goal", "scope", "deliverables")},
            **{field: draw(PROSE) for field in ("acceptance_criteria", "resources", "mechanism", "notes")},
            created_at=NOW - 50 * DAY,
        )
        for order, department in enumerate(self.some(self.departments)):
            self.duty(card, department, order)
        steps = draw(st.lists(NAME.filter(said), max_size=3, unique=True))
        self.closed = stage == "completed"
        self.subtasks = [
            self.subtask(card, f"{prefix}-2026-{number:03}-{n:02}", step) for n, step in enumerate(steps, 1)
        ]
        for waiting, before in pairwise(self.subtasks):
            if draw(st.booleans()):
                self.change(waiting, depends_on=[before])
        if draw(st.booleans()):
            self.milestone(card, None)
        if draw(st.booleans()):
            self.issue(card)
        return card

    def duty(self, card: int, department: int, order: int) -> None:
        """What a department has to do."""
        self.add(
            "duties",
            card=card,
            department=department,
            order=order,
            liaison=self.one(self.people),
            work_lead=self.one(self.people),
            role=self.draw(LINE),
            action=self.draw(PROSE),
            standard=self.draw(PROSE),
        )

    def subtask(self, card: int, number: str, name: str) -> int:
        """A subtask, its letters, its milestones, its progress."""
        draw = self.draw
        entries = draw(st.integers(0, 2))
        percents = sorted(draw(st.lists(st.sampled_from([0, 10, 55, 100]), min_size=entries, max_size=entries)))
        percent = percents[-1] if percents else 0
        key = self.add(
            "subtasks",
            card=card,
            number=number,
            name=name,
            department=self.one(self.departments),
            owner=self.one(self.people),
            collaborators=self.some(self.people),
            deliverable=draw(LINE),
            **{field: draw(PROSE) for field in ("inputs", "description", "standard")},
            planned_start=self.day(close=False),
            planned_finish=self.day(),
            percent=percent,
            status=self.status(percent, begun=bool(percents)),
            created_at=NOW - 50 * DAY,
        )
        for place, reached in enumerate(percents):
            ordinal = working().day_of(NOW) - 10 + place
            self.add(
                "progress",
                subtask=key,
                at=working().at(ordinal, draw(st.sampled_from([16 * 60 + 30, 17 * 60 + 30, 9 * 60]))),
                by=draw(st.sampled_from(self.people)),
                percent=reached,
                **{field: draw(PROSE) for field in ("done", "next", "problem")},
            )
        for department in self.some(self.departments):
            self.add("letters", subtask=key, department=department, letters=draw(st.sampled_from(["R", "A", "C", "I"])))
        if draw(st.booleans()):
            self.milestone(card, key)
        return key

    def status(self, percent: int, *, begun: bool) -> str:
        """A state its percent allows."""
        if percent == 100:
            return "done" if self.closed else "awaiting_acceptance"
        return self.draw(st.sampled_from(["in_progress", "blocked"])) if begun else "not_started"

    def milestone(self, card: int, subtask: int | None) -> None:
        """A milestone of a card or of a subtask."""
        due = self.day()
        names = NAME.filter(said)
        if due is None:  # a name alone that begins like a date, or a label, is one on paper
            names = names.filter(lambda name: not name[0].isdigit() and not {":", "："} & {*name})
        self.add("milestones", card=card, subtask=subtask, name=self.draw(names), due=due)

    def issue(self, card: int) -> None:
        """A problem somebody reported."""
        self.add(
            "issues",
            kind=self.draw(st.sampled_from(["blocked", "warning"])),
            card=card,
            number="W-1",
            since=NOW - DAY,
            raised_at=NOW - DAY,
            tier_since=NOW - DAY,
            raised_by=self.people[0],
            **{field: self.draw(PROSE) for field in ("what", "impact", "tried", "needed", "decision")},
        )

    def sync(self, number: int) -> None:
        """A sync entry that was sent."""
        at = working().at(working().day_of(NOW) - number, self.draw(st.sampled_from([17 * 60 + 30, 9 * 60 + 5])))
        self.add(
            "sync",
            at=at,
            sent_at=at,
            topic=self.draw(NAME.filter(said)),
            content=self.draw(PROSE),
            card=self.one(self.cards),
            by=self.one(self.people),
            **{field: self.draw(LINE) for field in ("to", "reference", "note")},
        )

    def meeting(self) -> None:
        """A meeting with its people, agenda and lines."""
        draw = self.draw
        starts = working().at(working().day_of(NOW) - 3, draw(st.sampled_from([9 * 60, 14 * 60 + 30])))
        state = draw(st.sampled_from(["draft", "final"]))
        meeting = self.add(
            "meetings",
            kind=draw(st.sampled_from(["progress", "kickoff", "other"])),
            name=draw(NAME.filter(said)),
            number="M-1",
            card=self.one(self.cards),
            goal=draw(PROSE),
            place=draw(LINE),
            starts=starts,
            ends=starts + 5_400,
            ended_at=starts + 5_400,
            draft_at=starts + 5_400,
            final_at=starts + 9_000 if state == "final" else None,
            chair=self.one(self.people),
            recorder=self.one(self.people),
            state=state,
        )
        for person in self.some(self.people, most=3):
            here = draw(st.booleans())
            self.add(
                "attendance",
                meeting=meeting,
                person=person,
                presence="present" if here else "absent",
                observer=here and draw(st.booleans()),
                reason="" if here else draw(st.sampled_from(["", "客户拜访", "出差"])),
                stand_in=None if here else self.one([key for key in self.people if key != person]),
            )
        for order in range(1, draw(st.integers(1, 2)) + 1):
            self.item(meeting, order)

    def item(self, meeting: int, order: int) -> None:
        """An agenda item with points, decisions and action items."""
        draw = self.draw
        key = self.add(
            "agenda",
            meeting=meeting,
            order=order,
            title=draw(NAME.filter(said)),
            minutes=draw(st.sampled_from([None, 10, 45])),
            presenter=self.one(self.people),
            disagreement=draw(PROSE),
            attachments=draw(PROSE),
        )
        for n in range(draw(st.integers(0, 3))):
            kind = draw(st.sampled_from(["point", "decision", "action"]))
            more: dict[str, Any] = {}
            if kind == "action":
                more = {"department": self.one(self.departments), "owner": self.one(self.people), "due": self.day()}
                more |= {"standard": draw(LINE), "resources": draw(LINE)}
            self.add("lines", meeting=meeting, item=key, order=n + 1, kind=kind, text=draw(PROSE.filter(said)), **more)
