"""followup, rule, sync, digest and tick on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.store.builders import DAY, T0, Busy, Cast
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]
c, k = Cast, Busy
CARD = "Q4营销-2026-001"
RULING = ("--decision", "各半", "--department", "市场部", "--owner", "孙悦", "--due", "2026-10-12")


def test_a_follow_up_answers_an_issue(office: CommandLine) -> None:
    assert office("followup", "I-001", "下午给", "--as", "王敏").code == 0
    assert office.board().issues[k.blocked].responded_at == T0


def test_a_follow_up_on_a_subtask_is_a_note_about_it(office: CommandLine) -> None:
    assert office("followup", f"{CARD}-03", "明天", "补上", "--as", "王敏").code == 0
    (entry,) = (each for each in office.board().sync.values() if each.id != k.sync)
    assert (entry.subtask, entry.card, entry.content) == (c.idle, c.card, "明天 补上")


def test_a_follow_up_on_nothing_is_refused(office: CommandLine) -> None:
    ran = office("followup", "I-999", "x", "--as", "王敏")
    assert ran.code == 1
    assert "I-999" in ran.err


def test_only_the_executive_rules_and_only_on_tier_3(office: CommandLine) -> None:
    low = office("rule", "I-001", *RULING, "--as", "张岚")
    assert low.code == 1
    assert "I-001 is on tier 1; the executive rules on tier 3." in low.err
    assert office("rule", "I-003", *RULING, "--as", "王敏").code == 1
    assert office("rule", "I-003", *RULING, "--as", "张岚").code == 0
    board = office.board()
    assert board.issues[k.dispute].state == "resolved"
    (entry,) = (each for each in board.sync.values() if each.event == "ruling")
    assert entry.sent_at is None
    # As the log lists it, and then it is sent.
    assert [each["topic"] for each in office.json("sync")] == ["数据口径", "I-003 物料费用"]
    assert office("sync", "--sent", "I-003 物料费用", "--as", "王敏").code == 0
    assert [each["topic"] for each in office.json("sync")] == ["数据口径"]


def test_an_entry_with_a_promise_and_whom_it_is_for(office: CommandLine) -> None:
    ran = office(
        "sync", f"{CARD}-01", "渠道", "数据", "--content", "v2", "--kind", "deliverable", "--to", "销售部",
        "--to", "客户甲", "--promise", "给 v2", "--by", "孙悦", "--due", "2026-10-12", "--as", "王敏",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    (entry,) = (each for each in office.board().sync.values() if each.id != k.sync)
    assert (entry.topic, entry.kind, entry.subtask, entry.to) == ("渠道 数据", "deliverable", c.plan, "客户甲")
    assert (entry.recipients, entry.promise_by) == ((c.li,), c.sun)
    assert office("sync", "--kept", entry.id, "--as", "孙悦").code == 0
    assert office.board().sync[entry.id].promise_done_at == T0


def test_what_is_restricted_is_shown_to_nobody_else(office: CommandLine) -> None:
    new = ("sync", CARD, "报价", "--content", "三百八十万", "--restricted", "--to", "李强", "--as", "王敏")
    assert office(*new).code == 0
    readers = (("list", "sync"), ("sync",), ("show", CARD), ("digest",), ("digest", "--markdown"), ("log",))
    for words in readers:
        for form in ((), ("--json",)):
            ran = office(*words, *form, "--as", "孙悦")
            assert ran.code == 0
            assert "三百八十万" not in ran.out, words
            assert "报价" in ran.out, words
    assert "三百八十万" in office("list", "sync", "--as", "李强").out
    assert "三百八十万" not in office("digest", "--json", "--as", "李强").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sync", CARD), 2),
        (("sync", CARD, "x", "--kind", "gossip"), 2),
        (("sync", CARD, "x", "--promise", "y"), 1),
        (("sync", "NOPE-2026-001", "x"), 1),
        (("sync", "--sent", "nothing of the kind"), 1),
        (("digest", "--week", "--month"), 2),
        (("digest", "--card", "NOPE-2026-001"), 1),
    ],
)
def test_what_cannot_be_is_said(office: CommandLine, words: tuple[str, ...], code: int) -> None:
    ran = office(*words, "--as", "王敏")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err


def test_a_digest_is_text_markdown_or_json(office: CommandLine) -> None:
    plain = office("digest", "--week").out
    assert plain.startswith("Q4") or "2026-10-05" in plain.splitlines()[0]
    assert "\n## Over" in office("digest", "--week", "--markdown").out
    found = office.json("digest", "--card", CARD)
    assert (found["period"], found["card"], found["from"], found["to"]) == ("week", CARD, "2026-10-05", "2026-10-11")
    assert [each["id"] for each in found["raised"]] == ["I-001", "I-002", "I-003"]


def test_tick_does_what_the_board_does_by_itself_and_then_nothing(office: CommandLine) -> None:
    assert office("settings", "auto_escalate", "true", "--as", "王敏").code == 0
    office.clock.advance(25 * DAY)
    done = office.json("tick", "--as", "王敏")
    assert [each["operation"] for each in done].count("AutoEscalate") == 4
    board = office.board()
    assert (board.issues[k.blocked].tier, board.issues[k.warning].tier) == (3, 3)
    moved = [line for line in office("show", "I-001").out.splitlines() if line.endswith("moved up by itself")]
    assert len(moved) == 2
    assert not any("王敏" in line for line in moved)  # who had the board open did not escalate it
    revision = board.meta.rev
    again = office("tick", "--as", "李强")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert office.board().meta.rev == revision
    ruled = office("rule", "I-001", *RULING, "--as", "张岚")
    assert (ruled.code, "is still blocked" in ruled.out) == (0, True)


def test_an_issue_says_how_late_it_was_raised(office: CommandLine) -> None:
    late = {each["id"]: each["late_seconds"] for each in office.json("list", "issues")}
    assert late == {"I-001": 0, "I-002": 0, "I-003": None}


def test_a_decision_sent_from_the_sync_log_counts_for_its_issue(office: CommandLine) -> None:
    parts = ("--what", "a", "--impact", "b", "--tried", "c", "--needed", "d")
    assert office("block", "Q4营销-2026-001-01", *parts, "--as", "李强").code == 0
    decided = ("--decision", "市场部给数据", "--department", "市场部", "--owner", "王敏", "--due", "+1wd")
    ran = office("resolve", "I-001", *decided, "--as", "王敏")
    assert (ran.code, "is still blocked" in ran.out) == (0, True)
    (entry,) = [each for each in office.board().sync.values() if each.issue]
    assert office("sync", "--sent", entry.id, "--as", "王敏").code == 0
    board = office.board()
    assert board.sync[entry.id].sent_at is not None
    assert board.issues[entry.issue or 0].notified_at == board.sync[entry.id].sent_at


def test_a_line_that_says_nothing_was_recorded_says_it_once(office: CommandLine, tmp_path: Path) -> None:
    lines = [["RecordProgress", {"subtask": "Q4营销-2026-001-01", "percent": 70}]]
    lines.append(["RecordProgress", {"subtask": "Q4营销-2026-001-01", "percent": 140}])
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(lines, ensure_ascii=False), "utf-8")
    ran = office("do", "--file", path, "--as", "李强")
    assert (ran.code, ran.err.count("Nothing")) == (1, 1)
