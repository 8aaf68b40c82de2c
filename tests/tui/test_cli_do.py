"""`do` runs every operation by its name; a file of them is one commit, or nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from store.operations.base import Operation
from tests.store.builders import T0, Cast
from tests.store.case import Case
from tests.store.cases_of_closing import CLOSING
from tests.store.cases_of_division import DIVISION
from tests.store.cases_of_events import EVENTS
from tests.store.cases_of_talk import TALK
from tests.store.cases_of_work import WORK
from tests.tui.command_line import CommandLine, office
from tests.tui.test_cli_do_steps import STEPS

__all__ = ["office"]

CARD = "Q4营销-2026-001"
WANG = ("--as", "王敏")
EVERY = [*WORK, *DIVISION, *TALK, *EVENTS, *CLOSING]


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.operation)
def test_every_operation_runs_by_its_name(office: CommandLine, case: Case) -> None:
    item = office.json("do", case.operation, json.dumps(case.fields), "--as", f"u{case.by}")
    assert item["operation"] == case.operation
    assert (item["pending"], item["outcome"]) == (False, "applied")
    board = office.board()
    entry = board.history[max(board.history)]
    assert (entry.operation, entry.by) == (case.operation, case.by)


def test_every_operation_of_the_list_is_run_by_these_tests(office: CommandLine) -> None:
    # Other tests define operations of their own.
    ours = {name for name, cls in Operation.registry.items() if cls.__module__.startswith("store.")}
    listed = ours & {item["name"] for item in office.bare("operations", "--json").json}
    assert listed == ours
    run = {case.operation for case in EVERY} | {step.operation for step in STEPS}
    assert run | {name for name, _ in REFUSED} == listed


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.operation)
def test_every_operation_refuses_through_do_and_leaves_the_board(office: CommandLine, case: Case) -> None:
    before = office.path.read_bytes()
    for refusal in case.refused:
        by = case.by if refusal.by is None else refusal.by
        if by not in office.board().people:
            continue  # a stranger: test_a_stranger_may_add_themselves
        ran = office("do", case.operation, json.dumps(case.fields | refusal.fields), "--as", f"u{by}")
        assert (ran.code in {1, 2}, ran.out, ran.err.count("\n")) == (True, "", 1), refusal
        assert ran.err.startswith("crossdeck: ")
    assert office.path.read_bytes() == before


def test_a_record_is_named_by_number_name_doc_id_or_line(office: CommandLine, tmp_path: Path) -> None:
    names = (f"{CARD}-01", "渠道激励方案初稿", Cast.plan, str(Cast.plan), "$5")
    lines: list[list[Any]] = [["RecordProgress", {"subtask": name, "done": "x"}] for name in names]
    lines.insert(4, ["AddSubtask", {"card": CARD, "name": "清单", "owner": "孙悦"}])
    items = office.json("do", "--file", written(tmp_path, lines), *WANG)
    assert [item["subject"] for item in items] == [f"{CARD}-01"] * 4 + [items[4]["subject"]] * 2
    entries = office.json("log", "--limit", 6)
    assert [(e["operation"], e["subject"], e["by"]) for e in entries] == [
        (line[0], item["subject"], "王敏") for line, item in zip(lines, items, strict=True)
    ]
    assert all(entry["what"] and entry["at"] for entry in entries)


def test_an_instant_may_be_epoch_seconds(office: CommandLine, tmp_path: Path) -> None:
    lines = [["RecordProgress", {"subtask": f"{CARD}-01", "percent": 61}, T0 - 60]]
    assert office.json("do", "--file", written(tmp_path, lines), *WANG)[0]["outcome"] == "applied"
    assert office("progress", f"{CARD}-01", "62", "--at", T0 - 30, *WANG).code == 0
    assert [entry.at for entry in office.board().progress_of[Cast.plan]][-2:] == [T0 - 60, T0 - 30]


def test_the_rest_run_after_the_step_before_them(office: CommandLine, tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["AddDuty", {"card": "店庆", "department": "销售部"}],
        ["Circulate", {"card": "店庆", "reason": "试点"}],
        ["Confirm", {"card": "店庆", "department": "SC"}],
        ["Sign", {"card": "店庆", "department": "市场部"}],
        ["HandOver", {"subtask": f"{CARD}-01", "deliverable": "方案.docx"}],
        ["SendBack", {"subtask": f"{CARD}-01", "reason": "缺第三档"}],
        ["RecordProgress", {"subtask": f"{CARD}-01", "percent": 100}],
        ["AcceptSubtask", {"subtask": f"{CARD}-01"}],
        ["Resolve", {"issue": "I-001", "decision": "给 v2", "department": "市场部", "owner": "孙悦", "due": "+1wd"}],
        ["MarkResolutionDone", {"issue": "I-001"}],
    ]
    items = office.json("do", "--file", written(tmp_path, lines), *WANG)
    assert [item["operation"] for item in items] == [line[0] for line in lines]
    assert {item["outcome"] for item in items} == {"applied"}
    assert len({item["revision"] for item in items}) == 1
    objected = [["ObjectTo", {"card": "店庆", "department": "销售部", "text": "时间太紧"}]]
    assert office("do", "--file", written(tmp_path, objected), "--as", "李强").code == 0


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("Circulate", {"card": CARD}),
    ("Confirm", {"card": "店庆", "department": "XS"}),
    ("Sign", {"card": "店庆", "department": "XS"}),
    ("ObjectTo", {"card": "店庆", "department": "XS", "text": "时间太紧"}),
    ("HandOver", {"subtask": f"{CARD}-09"}),
    ("SendBack", {"subtask": f"{CARD}-01", "reason": "缺第三档"}),
    ("AcceptSubtask", {"subtask": f"{CARD}-01"}),
    ("MarkResolutionDone", {"issue": "I-001"}),
    ("Revert", {"entry": 999}),
    ("RestoreBoard", {"backup": "2026-10-09.json"}),
    ("MergeCopy", {"copy": "demo (1).json"}),
    ("RepairBoard", {}),
    ("TakeRecords", {"file": "card.json"}),
    ("ClearAside", {"aside": 999}),
]


@pytest.mark.parametrize(("operation", "fields"), REFUSED, ids=[row[0] for row in REFUSED])
def test_the_rest_are_refused_without_the_step_before_them(
    office: CommandLine, operation: str, fields: dict[str, Any]
) -> None:
    before = office.path.read_bytes()
    ran = office("do", operation, json.dumps(fields), *WANG)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert office.path.read_bytes() == before


def test_a_file_names_what_its_lines_made_and_when_things_happened(office: CommandLine, tmp_path: Path) -> None:
    lines = [
        ["CreateCard", {"name": "双十二", "project": "Q4营销", "lead": "王敏", "departments": ["市场部", "XS"]}],
        [
            "AddSubtask",
            {"card": "$1", "name": "清单", "owner": "孙悦", "planned_finish": "2026-12-01"},
            "yesterday 10:00",
        ],
        ["Circulate", {"card": "$1", "reason": "试点"}],
        ["Confirm", {"card": "$1", "department": "市场部"}],
    ]
    items = office.json("do", "--file", written(tmp_path, lines), *WANG)
    assert items[1]["subject"].endswith("-01")
    assert items[1]["subject"].startswith(items[0]["subject"])
    board = office.board()
    subtask = board.subtasks[items[1]["doc_id"]]
    assert subtask.card == items[0]["doc_id"]
    entries = [entry for _, entry in sorted(board.history.items())][-4:]
    assert entries[1].at < entries[1].recorded_at
    assert entries[0].at == entries[0].recorded_at


def test_one_line_refused_means_nothing_is_recorded(office: CommandLine, tmp_path: Path) -> None:
    lines = [
        ["RecordProgress", {"subtask": f"{CARD}-01", "percent": 70}],
        ["RecordProgress", {"subtask": f"{CARD}-01", "percent": 101}],
    ]
    before = office.path.read_bytes()
    ran = office("do", "--file", written(tmp_path, lines), *WANG)
    assert (ran.code, ran.out) == (1, "")
    assert "Line 2, RecordProgress: Percent is 0 to 100" in ran.err
    assert office.path.read_bytes() == before
    assert office.json("list", "subtasks")[0]["percent"] != 70


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["do"], "Name an operation"),
        (["do", "Nonsense"], 'There is no operation "Nonsense".'),
        (["do", "Circulate", "{"], "Circulate: this is not JSON"),
        (["do", "Circulate", "[1]"], "Circulate:"),
        (["do", "Circulate", '{"cards": 1}'], "Circulate:"),
        (["do", "Circulate", "--file", "x"], "not both"),
        (["do", "--file", "/nowhere/at/all.json"], "cannot be read"),
    ],
)
def test_words_that_are_off_exit_with_two(office: CommandLine, argv: list[str], said: str) -> None:
    ran = office(*argv, *WANG)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "lines", ['{"a": 1}', '["Circulate"]', "[[1]]", '[["Circulate", {}, "x", 4]]', "[[]]", "[" * 3000]
)
def test_a_file_of_another_shape_exits_with_two(office: CommandLine, tmp_path: Path, lines: str) -> None:
    path = tmp_path / "lines.json"
    path.write_text(lines)
    ran = office("do", "--file", path, *WANG)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_fields_may_come_from_standard_input(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"subtask": f"{CARD}-01", "percent": 71})))
    assert office("do", "RecordProgress", "-", *WANG).code == 0
    assert office.board().subtasks[Cast.plan].percent == 71


def test_a_stranger_may_add_themselves(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.getpass.getuser", lambda: "new")
    assert office("do", "AddPerson", json.dumps({"name": "新人", "logins": ["new"]})).code == 0
    assert office("progress", f"{CARD}-01", "72").code == 0
    assert office.board().person_name(office.board().progress_of[Cast.plan][-1].by) == "新人"


def test_operations_are_listed_with_their_fields(office: CommandLine) -> None:
    items = {item["name"]: item for item in office.bare("operations", "--json").json}
    assert items.keys() == Operation.registry.keys()
    fields = {field["name"]: field for field in items["Resolve"]["fields"]}
    assert fields["decision"]["help"] == "what was decided."
    records = next(field for field in items["ImportRecords"]["fields"] if field["name"] == "records")
    assert records["help"].endswith("a card or subtask without one gets the next.")
    assert all(item["help"] for item in items.values())
    assert "RaiseBlocked" in office.bare("operations").out


def written(folder: Path, lines: list[list[Any]]) -> Path:
    path = folder / "lines.json"
    path.write_text(json.dumps(lines), "utf-8")
    return path
