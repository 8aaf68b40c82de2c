"""Operations that need others before them, through `do`: a chain of lines that ends in each, and its refusal."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any, NamedTuple

import pytest

from store.clock import FixedClock
from tests.store.builders import DAY, T0, Busy, Cast
from tests.store.case import NEW
from tests.store.on_file import standing_tables
from tests.tui.command_line import CommandLine, Ran, office

__all__ = ["office"]

CARD, SHOP = "Q4营销-2026-001", "店庆"
PLAN, POSTER = f"{CARD}-01", f"{CARD}-02"
c, k = Cast, Busy

Fields = dict[str, Any]
Line = tuple[int, str, Fields]
"""Who signs, the operation, its fields."""


class Step(NamedTuple):
    """Lines of which the last is the operation; neighbours of one signer are one file, `$N` is a line of it.

    `refused` is what its fields must not be, `said` a part of the sentence then; `now` is what the clock
    says (epoch seconds).
    """

    lines: list[Line]
    refused: Fields
    said: str
    now: int = T0

    @property
    def operation(self) -> str:
        """The one all this is for."""
        return self.lines[-1][1]


def by(person: int, *lines: tuple[str, Fields]) -> list[Line]:
    """Lines one person signs."""
    return [(person, name, fields) for name, fields in lines]


ASKED = ("Circulate", {"card": SHOP, "reason": "试点"})
INPUT = ("AddInput", {"subtask": PLAN, "what": "渠道数据", "department": "SC", "due": T0 + DAY})
SUBMITTED = by(
    c.wang,
    ("EditCard", {"card": SHOP, "fields": {"type": "routine", "acceptor": "王敏"}}),
    ASKED,
    ("Confirm", {"card": SHOP, "department": "SC"}),
    ("Sign", {"card": SHOP, "department": "SC"}),
    ("Activate", {"card": SHOP, "reason": "试点"}),
    ("SubmitForAcceptance", {"card": SHOP, "deliverables": "总结.docx", "reason": "无子任务"}),
)
COMPLETED = [*SUBMITTED, *by(c.wang, ("GiveVerdict", {"card": SHOP, "verdict": "pass"}))]
RETRO = ("RecordRetro", {"card": SHOP, "well": "配合快", "short": "数据晚到", "improvements": "提前一周"})
ARCHIVED = [*COMPLETED, *by(c.wang, RETRO, ("ArchiveCard", {"card": SHOP}))]
DIVIDED = [
    line
    for number in ("01", "02", "03")
    for line in by(
        c.wang,
        ("EditSubtask", {"subtask": f"{CARD}-{number}", "fields": {"standard": "一份, 市场部确认"}}),
        ("SetLetters", {"subtask": f"{CARD}-{number}", "department": "XS", "letters": "AR"}),
        ("SetLetters", {"subtask": f"{CARD}-{number}", "department": "SJ", "letters": "C"}),
        ("SetLetters", {"subtask": f"{CARD}-{number}", "department": "SC", "letters": "I"}),
    )
]
RAISED = T0 - 3 * 3600
RAN_OUT = T0 + 4 * DAY + 3900
"""When the first tier of the blocked report of `busy` runs out: 2026-10-13 18:00."""

STEPS: list[Step] = [
    Step(
        by(c.li, ("AskSupport", {"id": NEW, "subtask": PLAN, "department": "SC", "text": "两天内给数据"}))
        + by(c.wang, ("AnswerSupport", {"support": NEW, "answer": "明天给"})),
        {"answer": "", "declined": True}, "answer",
    ),
    Step(ARCHIVED, {"card": CARD}, "active"),
    Step(
        by(c.wang, ("AddDuty", {"card": SHOP, "department": "XS"}), ASKED)
        + by(c.li, ("ObjectTo", {"card": SHOP, "department": "XS", "text": "推迟一周"}))
        + by(c.wang, ("AskAgain", {"card": SHOP})),
        {"card": CARD}, "none to ask again",
    ),
    Step(
        by(c.mei, ("SetSetting", {"key": "auto_escalate", "value": True}),
           ("AutoEscalate", {"issue": k.blocked, "from_tier": 1, "entered": RAISED, "due": RAN_OUT})),
        {"due": RAN_OUT + 1}, "has not run out", RAN_OUT + 1,
    ),
    Step(by(c.li, INPUT, ("CancelInput", {"input": "$1", "reason": "不需要"})), {"reason": " "}, "reason"),
    Step(by(c.li, INPUT, ("EditInput", {"input": "$1", "fields": {"what": "v2"}})), {"fields": {"what": ""}}, "what"),
    Step(COMPLETED, {"verdict": "rectify", "remarks": "缺数据"}, "rectify_by"),
    Step(
        by(c.wang, ("AddSyncEntry", {"card": CARD, "topic": "数据", "promise": "给 v2", "promise_due": T0 + DAY}),
           ("KeepPromise", {"sync": "$1"})),
        {"sync": k.sync}, "Nothing here waits",
    ),
    Step(
        by(c.wang, ("EditCard", {"card": CARD, "fields": {"recurs": "monthly"}}), ("MakeNext", {"card": CARD})),
        {"card": SHOP}, "does not recur",
    ),
    Step(by(c.li, INPUT, ("ReceiveInput", {"input": "$1", "note": "v2"})), {"input": 12345}, "12345"),
    Step([*COMPLETED, *by(c.wang, RETRO)], {"card": CARD}, "active"),
    Step(
        by(c.li, ("HandOver", {"subtask": PLAN, "deliverable": "方案.docx"}),
           ("RegisterDeliverable", {"subtask": PLAN, "reference": "s:/V1"})),
        {"subtask": POSTER}, "blocked",
    ),
    Step(
        by(c.wang, ("AddDepartment", {"name": "渠道部", "head": "方圆"}),
           ("RemoveDepartment", {"department": "XS", "successor": "$1"})),
        {"successor": "XS"}, "cannot take this over",
    ),
    Step(
        by(c.wang, ("Resolve", {"issue": k.blocked, "decision": "由孙悦补发数据", "department": "SC", "owner": "孙悦",
                                "due": T0 + DAY}))
        + by(c.chen, ("ResumeSubtask", {"subtask": POSTER})),
        {"subtask": PLAN}, "in progress",
    ),
    Step(
        by(c.wang, ("EditSubtask", {"subtask": PLAN, "fields": {"reviewers": ["SC", "SJ"]}}))
        + by(c.fang, ("ReviewSubtask", {"subtask": PLAN, "text": "可用"})),
        {"department": "XS"}, "is reviewed by 市场部, 设计部",
    ),
    Step([*COMPLETED, *by(c.wang, ("Reopen", {"card": SHOP, "reason": "漏项"}))], {"reason": " "}, "reason"),
    Step(  # another's file between, for the card's own must lie in the archive before it can be read
        [*ARCHIVED, *by(c.sun, ("EditPerson", {"person": "孙悦", "fields": {"phone": "1"}})),
         *by(c.wang, ("ReopenArchived", {"card": SHOP, "reason": "客户追加"}))],
        {"records": {}}, "is not what left",
    ),
    Step(
        by(c.wang, ASKED)
        + by(c.sun, ("AskInfo", {"card": SHOP, "department": "SC", "text": "含差旅吗?"}))
        + by(c.wang, ("Reply", {"card": SHOP, "department": "SC", "text": "含"})),
        {"text": " "}, "text",
    ),
    Step(
        [*DIVIDED, *by(c.wang, ("SignDivision", {"card": CARD, "department": "SC"}))],
        {"department": "XS"}, "李强",
    ),
    Step(
        by(c.wang, ("FinaliseMinutes", {"meeting": k.drafted}),
           ("AmendMinutes", {"meeting": k.drafted, "text": "10-14 前交 v2", "reason": "笔误"})),
        {"text": " "}, "text",
    ),
    Step(
        by(c.wang, ("CallMeeting", {"kind": "progress", "card": CARD, "starts": T0 + 7 * DAY}),
           ("LeaveOut", {"meeting": "$1", "line": k.held + 3, "reason": "并入 v3"})),
        {"reason": " "}, "reason",
    ),
    Step([*COMPLETED, *by(c.wang, ("WaiveRetro", {"card": SHOP, "reason": "例行"}))], {"reason": ""}, "reason"),
    Step(
        by(c.li, ("Notice", {"subtask": PLAN, "kind": "stopped", "text": "停线"}),
           ("WithdrawIncident", {"incident": "$1", "reason": "误报"})),
        {"reason": " "}, "reason",
    ),
]  # fmt: skip


def files(lines: list[Line]) -> list[tuple[int, list[list[Any]]]]:
    """The lines as files of `do`: neighbours of one signer together."""
    return [(who, [[*line[1:]] for line in found]) for who, found in groupby(lines, key=lambda line: line[0])]


def sent(office: CommandLine, who: int, lines: list[list[Any]]) -> Ran:
    """What `do --file` comes to."""
    path = office.path.with_suffix(".lines")
    path.write_text(json.dumps([[name, filled(office, name, fields)] for name, fields in lines]), "utf-8")
    return office("do", "--file", path, "--as", f"u{who}", "--json")


def filled(office: CommandLine, name: str, fields: Fields) -> Fields:
    """The fields; a card comes back from the archive with what its own file there holds."""
    if name != "ReopenArchived":
        return fields
    (row,) = office.board().archived.values()
    (kept,) = office.path.parent.rglob(row.file)
    return {"records": json.loads(kept.read_bytes())["records"]} | fields


def prepared(office: CommandLine, step: Step) -> tuple[int, list[list[Any]]]:
    """The last file, after those before it are recorded."""
    office.clock = FixedClock(step.now)
    *before, last = files(step.lines)
    for who, lines in before:
        ran = sent(office, who, lines)
        assert (ran.code, ran.err) == (0, ""), lines
    return last


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.operation)
def test_an_operation_runs_after_the_steps_before_it(office: CommandLine, step: Step) -> None:
    ran = sent(office, *prepared(office, step))
    assert (ran.code, ran.err) == (0, "")
    item = ran.json[-1]
    assert (item["operation"], item["pending"], item["outcome"]) == (step.operation, False, "applied")
    board = office.board()
    entry = board.history[max(board.history)]
    assert (entry.operation, entry.by) == (step.operation, step.lines[-1][0])


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.operation)
def test_an_operation_is_refused_after_the_same_steps(office: CommandLine, step: Step) -> None:
    who, lines = prepared(office, step)
    lines[-1][1] = lines[-1][1] | step.refused
    before = office.path.read_bytes()
    ran = sent(office, who, lines)
    assert (ran.code in {1, 2}, ran.out, ran.err.count("\n")) == (True, "", 1), ran
    assert ran.err.startswith("crossdeck: ")
    assert step.said in ran.err
    assert office.path.read_bytes() == before


STAYS = {"ArchiveCard"}
"""What an undo is refused for: it has moved files beside the board."""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.operation)
def test_an_operation_and_its_undo_leave_the_board_equal(office: CommandLine, step: Step) -> None:
    who, lines = prepared(office, step)
    made: list[int] = []
    if lines[:-1]:
        ran = sent(office, who, lines[:-1])
        assert ran.code == 0, ran.err
        made = [item["doc_id"] for item in ran.json][-len(lines) + 1 :]
    name, fields = lines[-1]
    fields = {key: made[int(value[1:]) - 1] if str(value).startswith("$") else value for key, value in fields.items()}
    before = office.board()
    assert sent(office, who, [[name, fields]]).code == 0
    entry = max(office.board().history)
    undo = json.dumps({"entry": entry, "record": office.board().history[entry].subject})
    ran = office("do", "Revert", undo, "--as", f"u{who}")
    if step.operation in STAYS:
        assert (ran.code, ran.out) == (1, "")
        return
    assert (ran.code, ran.err) == (0, "")
    assert standing_tables(office.board()) == standing_tables(before)
