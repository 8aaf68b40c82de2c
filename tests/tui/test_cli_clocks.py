"""The twelve clocks to the minute, as `do --file` and `list clocks --at` show them around National Day 2026.

From 25 to 27 September and 1 to 7 October are off; Sunday 20 September and Saturday 10 October work.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.tui.command_line import CommandLine

CARD, SUB = "Q4-2026-001", "Q4-2026-001-01"
BEGUN = "2026-09-18 09:00"
OFFICE: list[list[Any]] = [
    ["AddPerson", {"name": "周航"}],
    ["AddPerson", {"name": "张岚"}],
    ["AddPerson", {"name": "何平"}],
    ["AddPerson", {"name": "李强"}],
    ["AddPerson", {"name": "方圆"}],
    ["AddPerson", {"name": "陈思"}],
    ["AddDepartment", {"name": "市场部", "code": "SC", "head": "王敏", "leader": "周航"}],
    ["AddDepartment", {"name": "销售部", "code": "XS", "head": "李强", "leader": "张岚"}],
    ["AddDepartment", {"name": "设计部", "code": "SJ", "head": "方圆", "leader": "张岚"}],
    ["SetSetting", {"key": "executive", "value": "何平"}],
]
BLOCKED = {"subtask": SUB, "what": "停", "impact": "2 天", "tried": "催过", "needed": "数据", "department": "XS"}
WARNING = {"subtask": SUB, "risk": "档期", "reason": "出差", "scope": "培训", "solution": "改期"}
RULING = {"issue": "$1", "decision": "给 v2", "department": "XS", "owner": "李强", "due": "2026-10-24"}
STORY: list[list[Any]] = [
    ["CreateCard", {"name": "会员日", "project": "Q4", "lead": "王敏", "departments": ["SC", "XS"],
                    "planned_start": "2026-09-21", "planned_finish": "2026-10-30"}, BEGUN],
    ["AddSubtask", {"card": "$1", "name": "方案", "owner": "陈思", "department": "SJ",
                    "planned_start": "2026-09-30", "planned_finish": "2026-10-17"}, BEGUN],
    ["AddMilestone", {"card": "$1", "name": "样稿", "due": "2026-10-04", "responsible": "李强"}, BEGUN],
    ["Circulate", {"card": "$1", "reason": "试点"}, "2026-09-24 10:00"],
    ["Confirm", {"card": "$1", "department": "SC"}, "2026-09-29 17:00"],
    ["ObjectTo", {"card": "$1", "department": "XS", "text": "日期太紧"}, "2026-09-29 19:00"],
    ["Activate", {"card": "$1", "reason": "试点"}, "2026-09-30 09:00"],
    ["ReachMilestone", {"milestone": "样稿", "output": "初稿"}, "2026-10-04 19:00"],
    ["RecordProgress", {"subtask": "$2", "percent": 20}, "2026-10-08 16:30"],
]  # fmt: skip
TALK: list[list[Any]] = [
    ["RaiseBlocked", BLOCKED, "2026-10-09 15:00"],
    ["RaiseWarning", WARNING, "2026-10-10 10:00"],
    ["CallMeeting", {"kind": "coordination", "issue": "$2", "starts": "2026-10-11 09:30", "chair": "王敏",
                     "recorder": "李强"}, "2026-10-10 11:00"],
    ["HoldMeeting", {"meeting": "$3", "ended_at": "2026-10-11 10:20"}, "2026-10-11 11:00"],
    ["SendDraft", {"meeting": "$3"}, "2026-10-12 11:00"],
    ["Escalate", {"issue": "$1", "reason": "没结果"}, "2026-10-15 09:00"],
    ["Resolve", RULING, "2026-10-16 09:00"],
    ["MarkResolutionDone", {"issue": "$1"}, "2026-10-26 09:00"],
]  # fmt: skip
ANSWER: list[list[Any]] = [["FollowUp", {"issue": "I-001", "text": "在办"}, "2026-10-10 16:00"]]

SEEN: list[tuple[str, str, str, str, str, int, list[str]]] = [
    # at, kind, subject, due, state, minutes left, who
    ("09-24 10:00", "confirmation", CARD, "09-29 18:00", "running", 5 * 1440 + 480, ["李强"]),
    ("09-29 18:01", "confirmation", CARD, "09-29 18:00", "breached", -1, ["李强"]),
    ("09-29 18:01", "confirmation", CARD, "09-29 18:00", "met", 60, ["王敏"]),
    ("09-30 08:00", "confirmation", CARD, "09-29 18:00", "met", -60, ["李强"]),
    ("09-30 09:00", "card_due", CARD, "10-30 18:00", "running", 30 * 1440 + 540, ["王敏"]),
    ("09-30 09:00", "subtask_due", SUB, "10-17 18:00", "running", 17 * 1440 + 540, ["陈思"]),
    ("10-17 18:01", "subtask_due", SUB, "10-17 18:00", "breached", -1, ["陈思"]),
    ("10-04 18:30", "milestone", CARD, "10-04 18:00", "breached", -30, ["李强"]),
    ("10-04 19:00", "milestone", CARD, "10-04 18:00", "met", -60, ["李强"]),
    ("09-30 09:00", "progress", SUB, "09-30 17:00", "running", 480, ["陈思"]),
    ("10-08 16:29", "progress", SUB, "09-30 17:00", "breached", -(7 * 1440 + 1409), ["陈思"]),
    ("10-08 16:30", "progress", SUB, "09-30 17:00", "met", -(7 * 1440 + 1410), ["陈思"]),
    ("10-08 16:30", "progress", SUB, "10-08 17:00", "running", 30, ["陈思"]),
    ("10-09 15:00", "response", "I-001", "10-10 15:00", "running", 1440, ["王敏"]),
    ("10-10 16:00", "response", "I-001", "10-10 15:00", "met", -60, ["王敏"]),
    ("10-09 15:00", "tier", "I-001", "10-13 18:00", "running", 4 * 1440 + 180, ["方圆", "李强"]),
    ("10-15 08:59", "tier", "I-001", "10-13 18:00", "breached", -(1440 + 899), ["方圆", "李强"]),
    ("10-15 09:00", "tier", "I-001", "10-13 18:00", "met", -(1440 + 900), ["方圆", "李强"]),
    ("10-15 09:00", "tier", "I-001", "10-20 18:00", "running", 5 * 1440 + 540, ["张岚"]),
    ("10-16 09:00", "tier", "I-001", "10-20 18:00", "met", 4 * 1440 + 540, ["张岚"]),
    ("10-16 09:00", "resolution", "I-001", "10-24 18:00", "running", 8 * 1440 + 540, ["李强"]),
    ("10-25 18:00", "resolution", "I-001", "10-24 18:00", "breached", -1440, ["李强"]),
    ("10-26 09:00", "resolution", "I-001", "10-24 18:00", "met", -(1440 + 900), ["李强"]),
    ("10-10 10:00", "coordination", "I-002", "10-11 10:00", "running", 1440, ["王敏"]),
    ("10-11 11:00", "coordination", "I-002", "10-11 10:00", "met", 30, ["王敏"]),
    ("10-10 11:00", "meeting", "M-001", "10-11 09:30", "running", 1350, ["王敏"]),
    ("10-11 10:00", "meeting", "M-001", "10-11 09:30", "breached", -30, ["王敏"]),
    ("10-11 11:00", "meeting", "M-001", "10-11 09:30", "met", 0, ["王敏"]),
    ("10-11 11:00", "minutes_draft", "M-001", "10-12 10:20", "running", 1400, ["李强"]),
    ("10-12 11:00", "minutes_draft", "M-001", "10-12 10:20", "met", -40, ["李强"]),
    ("10-13 10:20", "minutes_final", "M-001", "10-13 10:20", "running", 0, ["王敏"]),
    ("10-13 10:21", "minutes_final", "M-001", "10-13 10:20", "breached", -1, ["王敏"]),
]


@pytest.fixture
def story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """A board on which all of it has happened; it is November."""
    line = CommandLine(tmp_path / "board.json", capsys, seconds("11-02 09:00"))
    assert line.bare("init", line.path, "--as", "王敏").code == 0
    for part, who in ((OFFICE, "王敏"), (STORY, "王敏"), (TALK, "陈思"), (ANSWER, "李强")):
        path = tmp_path / "lines.json"
        path.write_text(json.dumps(part), "utf-8")
        ran = line("do", "--file", path, "--as", who)
        assert (ran.code, ran.err) == (0, "")
    return line


def seconds(when: str) -> int:
    return int(datetime.fromisoformat(f"2026-{when}:00+08:00").timestamp())


def test_every_clock_to_the_minute(story: CommandLine) -> None:
    assert {row[1] for row in SEEN} == {
        "card_due", "subtask_due", "milestone", "confirmation", "progress", "response", "coordination", "tier",
        "resolution", "minutes_draft", "minutes_final", "meeting",
    }  # fmt: skip
    for at, kind, subject, due, state, minutes, who in SEEN:
        found = [
            (clock["due"], clock["state"], clock["left_seconds"], clock["who"])
            for clock in story.json("list", "clocks", "--all", "--at", f"2026-{at}")
            if (clock["kind"], clock["subject"], clock["card"]) == (kind, subject, CARD)
        ]
        assert (f"2026-{due.replace(' ', 'T')}:00+08:00", state, minutes * 60, who) in found, (at, kind, subject, found)


def test_without_all_only_what_runs_or_is_over_and_by_due(story: CommandLine) -> None:
    clocks = story.json("list", "clocks", "--at", "2026-10-12 12:00")
    assert [clock["due"] for clock in clocks] == sorted(clock["due"] for clock in clocks)
    assert {clock["state"] for clock in clocks} == {"running", "breached"}
    assert all((clock["left_seconds"] < 0) == (clock["state"] == "breached") for clock in clocks)
    assert story.json("list", "clocks", "--at", "2026-09-17") == []


def test_what_was_cancelled_is_void(story: CommandLine) -> None:
    assert story("do", "VoidCard", json.dumps({"card": CARD, "reason": "停办"}), "--as", "王敏").code == 0
    assert story.json("list", "clocks") == []
    states = {(clock["kind"], clock["state"]) for clock in story.json("list", "clocks", "--all")}
    assert {("card_due", "void"), ("subtask_due", "void"), ("progress", "void"), ("tier", "met")} <= states
    assert not {state for _, state in states} & {"running", "breached"}
