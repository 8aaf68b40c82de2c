"""The end of a card's life from the command line: confirm-support, submit, verdict, retro, archive, reopen, summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from tests.store.builders import DAY, T0
from tests.store.closing import closed, completed, submitted, worked
from tests.tui.command_line import CommandLine
from tests.tui.deck import write_board

CARD = "Q4营销-2026-001"


def line(
    board: Board, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """`crossdeck` on a board, ten days after its moment."""
    monkeypatch.setenv("CROSSDECK_STATE", str(folder / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    return CommandLine(write_board(board, folder / "board.json"), capsys, T0 + 10 * DAY)


@pytest.fixture
def at_work(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return line(worked(), tmp_path, capsys, monkeypatch)


@pytest.fixture
def at_end(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return line(closed(), tmp_path, capsys, monkeypatch)


def test_a_card_is_submitted_rectified_passed_and_archived(at_work: CommandLine) -> None:
    refused = at_work("submit", CARD, "--as", "王敏")
    assert (refused.code, refused.out) == (1, "")
    assert "销售部 has not confirmed its support" in refused.err
    assert at_work("confirm-support", CARD, "--as", "李强").code == 0
    assert at_work("confirm-support", CARD, "附源文件", "--department", "设计部", "--as", "陈思").code == 0
    assert at_work("submit", CARD, "--as", "王敏", "--json").json["outcome"] == "applied"
    assert "Only acceptor can do this: 张岚" in at_work("verdict", CARD, "pass", "--as", "王敏").err
    assert at_work("verdict", CARD, "perhaps", "--as", "张岚").code == 2
    assert at_work("verdict", CARD, "rectify", "--remarks", "缺数据", "--until", "+3wd", "--as", "张岚").code == 0
    assert at_work("submit", CARD, "--as", "王敏").code == 0
    assert at_work("verdict", CARD, "pass", "--as", "张岚").code == 0
    assert "the retro is neither recorded nor waived" in at_work("archive", CARD, "--as", "王敏").err
    retro = ("--well", "快", "--short", "晚", "--improvements", "早")
    assert at_work("retro", CARD, *retro, "--as", "孙悦").code == 0
    assert at_work("archive", CARD, "--as", "王敏").out == f"Recorded: archived {CARD}.\n"
    assert at_work.json("show", CARD)["stage"] == "archived"
    assert at_work("check").code == 0


def test_the_archive_is_listed_shown_summed_up_checked_and_reopened(at_end: CommandLine) -> None:
    assert at_end.json("list", "cards", "--archived") == []
    at_end("archive", CARD, "--as", "王敏")
    (found,) = at_end.json("list", "cards", "--archived")
    assert (found["id"], found["stage"], found["lead"]) == (CARD, "archived", "王敏")
    assert found["file"] in at_end("list", "cards", "--archived").out
    assert CARD not in [card["id"] for card in at_end.json("list", "cards")]
    assert at_end("list", "issues", "--archived").code == 2
    assert at_end.json("summary", CARD)["card"]["stage"] == "archived"
    assert "# Summary report" in at_end("summary", CARD, "--markdown").out
    folder = at_end.path.with_name(at_end.path.name + ".archive")
    kept = (folder / found["file"]).read_bytes()
    (folder / found["file"]).write_bytes(b"{")
    assert at_end("reopen", CARD, "--reason", "追加", "--as", "王敏").code == 1
    problem = at_end("check", "--json")
    assert (problem.code, problem.json["problems"][0]["code"]) == (1, "archive.changed")
    (folder / found["file"]).write_bytes(kept)
    assert at_end("reopen", CARD, "--reason", "追加", "--finish", "+20wd", "--as", "王敏").code == 0
    assert at_end.json("show", CARD)["stage"] == "active"
    assert at_end.json("list", "cards", "--archived") == []
    (back,) = at_end.json("summary", CARD)["reopenings"]
    assert (back["by"], back["reason"]) == ("王敏", "追加")
    assert at_end("check").code == 0


def test_a_completed_card_is_reopened_and_a_verdict_fails_a_submitted_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = line(completed(), tmp_path / "a", capsys, monkeypatch)
    assert done("reopen", CARD, "--reason", "漏项", "--as", "王敏").out == f"Recorded: reopened {CARD}.\n"
    assert "王敏: reopened: 漏项\n" in done("summary", CARD).out
    assert done("do", "Revert", f'{{"entry": {max(done.board().history)}}}', "--as", "王敏").code == 0
    assert done.json("summary", CARD)["reopenings"] == []
    judged = line(submitted(), tmp_path / "b", capsys, monkeypatch)
    assert judged("verdict", CARD, "fail", "--remarks", "未达标", "--finish", "+20wd", "--as", "张岚").code == 0
    item = judged.json("show", CARD)
    assert (item["stage"], item["reason"]) == ("active", "未达标")


def test_the_summary_counts_dates_clocks_issues_and_rounds(at_end: CommandLine) -> None:
    item = at_end.json("summary", CARD)
    assert [line["what"] for line in item["dates"]] == ["start", "finish"]
    assert item["dates"][1]["late_seconds"] < 0
    assert {each["department"] for each in item["clocks"]} >= {"市场部", "销售部", "设计部"}
    assert [each["verdict"] for each in item["rounds"]] == ["pass"]
    assert item["retro"]["improvements"] == "提前一周锁定数据口径"
    text = at_end("summary", CARD).out
    for heading in ("Result", "Plan and actual", "Clocks by dept", "Issues by tier", "Changes", "Acceptance", "Retro"):
        assert f"\n{heading}\n" in text
