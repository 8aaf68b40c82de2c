"""Where vague words are refused and where they only warn (rulebook §6, wording), and what SMART asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from store.board import Board
from store.operations.cards import duty_id
from store.operations.concrete import is_finding
from store.records import MinutesLine
from store.rules.smart import gaps, lacks_what_it_must_have
from tests.store.builders import DAY, T0, Busy, Cast, busy, do, office, refused
from tests.store.import_helpers import ALLOCATION, imported, plan_of

c, k = Cast, Busy
DUTY = duty_id(Cast.card, Cast.design)
VAGUE = "尽快完成"


@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("AddSubtask", {"card": c.card, "name": "清单", "standard": VAGUE}),
        ("EditSubtask", {"subtask": c.plan, "fields": {"standard": "大概三版"}}),
        ("EditDuty", {"duty": DUTY, "fields": {"standard": "ASAP"}}),
        (
            "Resolve",
            {"issue": k.blocked, "decision": VAGUE, "department": c.market, "owner": c.sun, "due": T0 + DAY},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_standards_duties_and_decisions_are_refused_with_the_words(operation: str, fields: dict[str, Any]) -> None:
    assert refused(busy(), operation, c.wang, **fields) == "refuse.wording"


@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("AddSubtask", {"card": c.card, "name": VAGUE, "description": VAGUE}),
        (
            "RaiseWarning",
            {"subtask": c.plan, "risk": "可能", "reason": VAGUE, "scope": "大概", "solution": VAGUE},
        ),
        ("FollowUp", {"issue": k.blocked, "text": VAGUE}),
        ("Escalate", {"issue": k.blocked, "from_tier": 1, "reason": VAGUE}),
        ("RecordProgress", {"subtask": c.plan, "percent": 61, "done": VAGUE, "problem": "可能缺人"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_risks_reasons_impacts_and_notes_are_not(operation: str, fields: dict[str, Any]) -> None:
    assert refused(busy(), operation, c.wang, **fields) == ""


def test_an_import_brings_vague_words_and_other_fields_of_such_a_row_can_be_edited() -> None:
    body = {"card": c.card, "name": "清单", "standard": VAGUE, "number": "Q4营销-2026-001-77"}
    board = do(office(), "ImportRecords", c.wang, records=[{"table": "subtasks", "id": 7701, "body": body}])
    assert board.subtasks[7701].standard == VAGUE
    board = do(board, "EditSubtask", c.wang, subtask=7701, fields={"name": "名单", "standard": VAGUE})
    assert board.subtasks[7701].name == "名单"
    assert refused(board, "EditSubtask", c.wang, subtask=7701, fields={"standard": "尽快"}) == "refuse.wording"


def test_the_board_has_its_own_words_and_exceptions() -> None:
    fields = {"card": c.card, "name": "清单", "standard": "闭环"}
    board = do(office(), "AddSubtask", c.wang, **fields)
    board = do(board, "SetSetting", c.wang, key="vague_words", value="闭环, 抓手")
    assert board.settings.vague_words == ("闭环", "抓手")
    assert refused(board, "AddSubtask", c.wang, **fields) == "refuse.wording"
    board = do(board, "SetSetting", c.wang, key="vague_exceptions", value=["闭环"])
    assert refused(board, "AddSubtask", c.wang, **fields) == ""


def minutes(*lines: dict[str, Any]) -> Board:
    """`office` with the draft of a meeting that holds these lines."""
    board = do(
        office(), "CallMeeting", c.wang, T0 - DAY, id=800, kind="progress", card=c.card, starts=T0 - DAY, chair=c.wang,
        agenda=[{"title": "进度"}],
    )  # fmt: skip
    numbered = [{"id": 801 + n, "order": n} | line for n, line in enumerate(lines)]
    board = do(board, "SaveLines", c.wang, meeting=800, item=board.agenda_of[800][0].id, lines=numbered)
    for operation in ("HoldMeeting", "SendDraft"):
        board = do(board, operation, c.wang, meeting=800)
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=800)
    return board


WHOLE = {"kind": "action", "text": "写稿", "owner": c.sun, "due": T0 + DAY, "standard": "1200 字"}


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "decision", "text": "原则上只改 2 次"},
        WHOLE | {"text": "尽快写稿"},
        WHOLE | {"standard": "大概 1200 字"},
        {"kind": "action", "text": "写稿", "due": T0 + DAY},
        {"kind": "action", "text": "写稿", "owner": c.sun},
    ],
    ids=str,
)
def test_final_is_refused_while_a_decision_or_an_action_item_has_a_finding(line: dict[str, Any]) -> None:
    board = minutes({"kind": "point", "text": "可能延后"}, line)
    assert refused(board, "FinaliseMinutes", c.wang, meeting=800) == "gate.final"


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ({"kind": "point", "text": "可能延后, ASAP"},),
        ({"kind": "decision", "text": "10-12 前改 2 次，海报写“尽快”"},),
        (WHOLE, WHOLE | {"resources": "相关部门"}),
        (WHOLE | {"owner": None, "department": c.market},),
    ],
    ids=str,
)
def test_final_goes_through_where_only_points_and_quotations_are_vague(lines: tuple[dict[str, Any], ...]) -> None:
    board = do(minutes(*lines), "FinaliseMinutes", c.wang, meeting=800)
    assert board.meetings[800].state == "final"


def test_the_gate_counts_the_lines_and_names_the_first() -> None:
    board = minutes(WHOLE, {"kind": "decision", "text": "尽快改"}, {"kind": "decision", "text": "酌情改"})
    with pytest.raises(Exception, match='2 findings, the first in "尽快改"'):
        do(board, "FinaliseMinutes", c.wang, meeting=800)


def test_an_action_item_becomes_a_subtask_only_if_it_is_concrete_and_is_then_no_finding() -> None:
    board = minutes(WHOLE | {"text": "尽快写稿"}, WHOLE)
    assert refused(board, "MakeSubtask", c.wang, line=801) == "refuse.wording"
    board = do(board, "MakeSubtask", c.wang, line=802)
    assert not is_finding(board, board.lines[802])


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ("owner", "standard", "resources", "date")),
        ({"department": 1}, ("standard", "resources", "date")),
        ({"owner": 1, "due": 5, "standard": "x"}, ("resources",)),
        ({"owner": 1, "due": 5, "standard": "x", "resources": "无"}, ()),
    ],
)
def test_smart_says_which_of_owner_standard_resources_and_date_is_missing(
    fields: dict[str, Any], missing: tuple[str, ...]
) -> None:
    line = MinutesLine(id=1, meeting=1, item=1, kind="action", order=0, text="写稿", **fields)
    assert gaps(line) == missing
    assert lacks_what_it_must_have(line) == bool({"owner", "date"} & set(missing))


def test_an_import_tells_what_is_vague_and_brings_it(tmp_path: Path) -> None:
    book = load_workbook(ALLOCATION)
    labels = {cell.value: cell for cell in book.worksheets[0]["A"]}
    standard = next(cell for name, cell in labels.items() if "标准" in str(name))
    standard.offset(column=1).value = "尽快完成"
    book.save(tmp_path / "a.xlsx")
    plan = plan_of(tmp_path / "a.xlsx")
    assert [(one.value, one.why.fields) for one in plan.vague] == [("尽快完成", {"word": "尽快完成"})]
    assert plan.to_builtins()["vague"][0]["value"] == "尽快完成"
    assert "尽快完成" in [each.standard for each in imported(plan).subtasks.values()]
    assert plan_of(ALLOCATION).vague == []
