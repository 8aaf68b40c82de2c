"""`leave` and `remove-department`: what hangs on them is shown, refused, handed over."""

from __future__ import annotations

from tests.store.builders import T0, Cast
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

CARD = "Q4营销-2026-001"
WANG = ("--as", "王敏")
c = Cast


def test_what_somebody_holds_is_listed_and_changes_nothing(office: CommandLine) -> None:
    before = office.path.read_bytes()
    rows = office.json("leave", "李强", "--list")
    assert {"doc_id": c.plan, "what": f"subtask {CARD}-01 渠道激励方案初稿", "as": "owner"} in rows
    assert {"doc_id": c.sales, "what": "department 销售部", "as": "head"} in rows
    assert "渠道激励方案初稿" in office("leave", "李强", "--list").out
    assert office.path.read_bytes() == before


def test_nobody_leaves_without_a_successor_for_what_they_hold(office: CommandLine) -> None:
    ran = office("leave", "李强", *WANG)
    assert (ran.code, ran.out) == (1, "")
    assert "李强 still holds department 销售部; " in ran.err
    assert "name a successor" in ran.err
    ran = office("leave", "李强", "--successor", "J. Meyer", *WANG)
    assert (ran.code, ran.err) == (0, "")
    board = office.board()
    assert (board.people[c.li].left_at, board.subtasks[c.plan].owner) == (T0, c.mei)
    assert office.json("leave", "李强", "--list") == []


def test_a_department_closes_when_another_takes_over_what_it_owns(office: CommandLine) -> None:
    office("input", f"{CARD}-02", "渠道数据", "--from", "销售部", "--due", "2026-10-12", *WANG)
    assert "input 渠道数据" in [row["what"] for row in office.json("remove-department", "XS", "--list")]
    assert "销售部 still owns duty" in office("remove-department", "销售部", *WANG).err
    assert office("do", "AddDepartment", '{"name": "渠道部", "head": "方圆"}', *WANG).code == 0
    ran = office("remove-department", "销售部", "--successor", "渠道部", *WANG)
    assert (ran.code, ran.err) == (0, "")
    board = office.board()
    assert board.departments[c.sales].removed_at == T0
    assert {board.department_name(row.department) for row in board.inputs.values()} == {"渠道部"}
    assert "closed already" in office("remove-department", "销售部", *WANG).err
