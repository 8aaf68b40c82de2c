"""The short commands for changes: what they record, how they refuse, what they print."""

from __future__ import annotations

from typing import Any

import pytest

from store.errors import BoardUnavailable
from store.file.shared_board import SharedBoard
from tests.store.builders import T0, Busy, Cast
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

CARD = "Q4营销-2026-001"
PLAN, POSTER = f"{CARD}-01", f"{CARD}-02"
WANG = ("--as", "王敏")


def test_progress_is_recorded_signed_and_said(office: CommandLine) -> None:
    ran = office("progress", PLAN, "65", "--done", "初稿完成", "--next", "送审", "--problem", "缺数据", "--need", "XS",
                 "--need", "孙悦=排期", "--as", "李强")  # fmt: skip
    assert (ran.code, ran.out, ran.err) == (0, f"Recorded: {PLAN} 65%.\n", "")
    board = office.board()
    assert board.subtasks[Cast.plan].percent == 65
    entry = board.progress_of[Cast.plan][-1]
    assert (entry.by, entry.at, entry.done, entry.next, entry.problem) == (Cast.li, T0, "初稿完成", "送审", "缺数据")
    assert [(s.department, s.person, s.text) for s in entry.supports] == [
        (Cast.sales, None, ""),
        (None, Cast.sun, "排期"),
    ]
    assert board.history[max(board.history)].terminal


def test_a_subtask_that_is_not_there_says_where_to_look(office: CommandLine) -> None:
    ran = office("progress", "zzz" * 2000, "5", *WANG)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 400
    assert PLAN in ran.err or "`crossdeck list subtasks` shows them." in ran.err


def test_a_change_prints_its_operation_subject_revision_and_whether_it_waits(office: CommandLine) -> None:
    item = office.json("progress", PLAN, "70%", *WANG)
    assert item == {
        "operation": "RecordProgress",
        "subject": PLAN,
        "doc_id": item["doc_id"],
        "revision": office.board().meta.rev,
        "pending": False,
        "outcome": "applied",
    }


def test_every_short_command_comes_to_its_operation(office: CommandLine) -> None:
    blocked = office.json(
        "block", PLAN, "--what", "停工", "--impact", "2 天", "--tried", "催过", "--needed", "数据", *WANG
    )
    assert (blocked["operation"], blocked["subject"]) == ("RaiseBlocked", "I-004")
    warning = office.json("warn", CARD, "--risk", "r", "--reason", "w", "--scope", "s", "--solution", "x", *WANG)
    assert (warning["operation"], warning["subject"]) == ("RaiseWarning", "I-005")
    dispute = office.json(
        "dispute", CARD, "--between", "市场部,XS", "--over", "费用",
        "--position", "市场部=销售出", "--position", "销售部=市场出", *WANG,
    )  # fmt: skip
    assert (dispute["operation"], dispute["subject"]) == ("RaiseDispute", "I-006")
    assert office.json("ack", "I-004", "今天", "给", "--as", "李强")["subject"] == "I-004"
    assert office.json("escalate", "i-004", "--reason", "没有进展", *WANG)["operation"] == "Escalate"
    resolved = office.json("resolve", "I-004", "--decision", "给 v2", "--department", "市场部", "--owner", "孙悦",
                           "--due", "+2wd", *WANG)  # fmt: skip
    assert resolved["operation"] == "Resolve"
    issue = office.board().issues[blocked["doc_id"]]
    assert (issue.tier, issue.state, issue.decision, issue.resolution_owner) == (2, "resolved", "给 v2", Cast.sun)
    assert [step.text for step in office.board().steps_of[issue.id]][1] == "今天 给"
    listed = {item["id"]: item for item in office.json("list", "issues")}
    assert listed["I-004"]["state"] == "resolved"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["progress", PLAN, "abc"], 1, 'Percent is 0 to 100; "abc" is not. Nothing recorded.'),
        (["progress", PLAN, "101"], 1, 'Percent is 0 to 100; "101" is not. Nothing recorded.'),
        (["progress", PLAN, "-5"], 1, 'Percent is 0 to 100; "-5" is not. Nothing recorded.'),
        (["progress", PLAN], 1, "percent, done: this must not be empty."),
        (["progress", f"{CARD}-09", "50"], 1, f'There is no subtask "{CARD}-09" on this board. Closest:'),
        (["progress", PLAN, "50", "--need", "财务部"], 1, 'There is no department "财务部" on this board'),
        (["block", PLAN, "--what", "x"], 1, "A blocked report needs all four: impact, tried, needed is empty."),
        (["warn", "nothing"], 1, 'There is no subtask "nothing" on this board.'),
        (["dispute", CARD, "--between", "市场部", "--over", "x"], 1, "A dispute is between two departments."),
        (["dispute", CARD, "--over", "x", "--position", "市场部"], 2, "write DEPARTMENT=TEXT"),
        (["escalate", "I-001"], 1, "reason: this must not be empty."),
        (["escalate", "I-003", "--reason", "x"], 1, "Tier 3 is the last"),
        (["resolve", "I-001", "--decision", "x"], 1, "Resolving needs all four: department, owner, due is empty."),
        (["resolve", "I-001", "--due", "十月中旬"], 1, '"十月中旬" is not a date.'),
        (["ack", "I-099", "x"], 1, 'There is no issue "I-099" on this board.'),
        (["settings", "tier", "soon"], 1, 'tier = "soon" is not a span. Write 3 WD, 24 h or 10 d.'),
        (["settings", "nonsense", "1"], 1, 'There is no setting "nonsense".'),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_changes(
    office: CommandLine, argv: list[str], code: int, said: str
) -> None:
    before = office.path.read_bytes()
    ran = office(*argv, *WANG)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("crossdeck: ")
    assert ran.err.count("\n") == 1
    assert said in ran.err
    assert office.path.read_bytes() == before


def test_refusals_come_in_the_readers_language(office: CommandLine) -> None:
    ran = office("progress", PLAN, "abc", "--lang", "zh_Hans", *WANG)
    assert ran.err == "crossdeck: 百分比须为 0 到 100，“abc”不是。未记录。\n"


def test_who_signs_is_asked_before_anything_changes(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.getpass.getuser", lambda: "stranger")
    before = office.path.read_bytes()
    assert office("list", "cards").code == 0
    ran = office("progress", PLAN, "50")
    assert (ran.code, ran.out) == (1, "")
    assert 'Login "stranger" is nobody on this board yet. Say who you are: --as NAME.' in ran.err
    ran = office("progress", PLAN, "50", "--as", "王")
    assert (ran.code, ran.out) == (1, "")
    assert 'There is no "王" on this board. Did you mean 王敏?' in ran.err
    assert office.path.read_bytes() == before


def test_an_existing_name_is_said_once_then_the_login_is_stored(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office("do", "AddPerson", '{"name": "何平"}', *WANG).code == 0
    known = {person.name: person.logins for person in office.board().people.values()}
    monkeypatch.setattr("tui.session.getpass.getuser", lambda: "stranger")
    assert office("progress", PLAN, "50", *WANG).code == 0
    assert {person.name: person.logins for person in office.board().people.values()} == known, "王敏 has a login"
    assert office("progress", PLAN, "101", "--as", "何平").code == 1
    assert {person.name: person.logins for person in office.board().people.values()} == known, "nothing was recorded"
    item = office.json("progress", PLAN, "51", "--as", "何平")
    assert (item["operation"], item["subject"]) == ("RecordProgress", PLAN)
    assert office("progress", PLAN, "52").code == 0
    entries = office.json("log", "--limit", 3)
    assert [(e["operation"], e["by"]) for e in entries] == [
        ("ClaimLogin", "何平"),
        ("RecordProgress", "何平"),
        ("RecordProgress", "何平"),
    ]
    assert office("progress", PLAN, "53", *WANG).code == 0, "a login that is known may still sign as somebody else"


def test_a_login_signs_by_itself(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.getpass.getuser", lambda: "u12")
    assert office("progress", PLAN, "50").code == 0
    assert office.board().progress_of[Cast.plan][-1].by == Cast.li


def test_at_is_when_it_happened_and_the_future_is_refused(office: CommandLine) -> None:
    assert office("progress", PLAN, "62", "--at", "2 hours ago", *WANG).code == 0
    entry = office.board().progress_of[Cast.plan][-1]
    assert (entry.at, entry.recorded_at) == (T0 - 7200, T0)
    assert "(entered later)" in office("log", "--limit", "1").out
    ran = office("progress", PLAN, "63", "--at", "+2d", *WANG)
    assert (ran.code, ran.out) == (1, "")
    assert '"+2d" lies in the future; --at says when it happened.' in ran.err


def test_settings_are_set_and_given_back(office: CommandLine) -> None:
    assert office("settings", "tier", "5 WD", *WANG).code == 0
    assert office.json("settings", "tier") == {"key": "tier", "value": "5 WD", "default": "3 WD", "set": True}
    assert office("settings", "tier", "", *WANG).code == 0
    assert office.json("settings", "tier")["set"] is False
    assert office("settings", "executive", "王敏", *WANG).code == 0
    assert office.json("settings", "executive")["value"] == "王敏"


def test_a_change_waits_on_this_machine_while_the_share_is_away(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_more: Any) -> None:
        raise BoardUnavailable("The board {path} cannot be reached: {why}.", path="b.json", why="Host is down")

    before = office.path.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(SharedBoard, "commit", away)
        ran = office("progress", PLAN, "66", "--json", *WANG)
        assert ran.code == 0
        assert (ran.json["pending"], ran.json["outcome"], ran.json["subject"]) == (True, None, PLAN)
        assert "The board b.json cannot be reached: Host is down." in ran.err
        said = office("block", PLAN, "--what", "a", "--impact", "b", "--tried", "c", "--needed", "d", *WANG)
        assert said.out == "Recorded: blocked report I-?. 1 waiting to be written. Safe on this machine.\n"
        shown = {item["id"]: item["percent"] for item in office.json("list", "subtasks")}
        assert shown[PLAN] == 66
        assert office.path.read_bytes() == before
    assert office("ack", "I-002", "later", *WANG).code == 0
    board = office.board()
    assert board.subtasks[Cast.plan].percent == 66
    assert [entry.operation for _, entry in sorted(board.history.items())][-3:] == [
        "RecordProgress",
        "RaiseBlocked",
        "Acknowledge",
    ]


def test_an_issue_of_the_small_board_is_shown_with_its_steps(office: CommandLine) -> None:
    assert office.json("show", "I-002")["doc_id"] == Busy.warning
