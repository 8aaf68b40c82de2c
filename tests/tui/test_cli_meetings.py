"""Meetings from the command line: meet, plan, minutes from held to amended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import DAY, T0, Cast, do
from tests.tui.command_line import CommandLine
from tests.tui.deck import write_board, written_board
from tests.tui.minutes_board import meeting

CARD = "Q4营销-2026-001"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A card that meets every Friday at 16:00, and a meeting of it that begins."""
    monkeypatch.setenv("CROSSDECK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    weekly = {"regular_meeting": "weekly", "meeting_day": 4, "meeting_at": "16:00"}
    board = do(meeting(held=False), "EditCard", Cast.wang, card=Cast.card, fields=weekly)
    return CommandLine(write_board(board, tmp_path / "board.json"), capsys, T0)


def test_minutes_go_from_held_to_amended(line: CommandLine) -> None:
    def step(who: str, *words: str) -> tuple[int, str]:
        ran = line("minutes", "M-001", *words, "--as", who)
        return ran.code, ran.out + ran.err

    assert step("孙悦", "held", "--ended", "10-09 16:00")[0] == 0
    assert step("孙悦", "draft")[0] == 0
    assert "no review by 陈思, 李强 yet" in step("王敏", "final")[1]
    assert "Only reviewer can do this" in step("孙悦", "confirm")[1]
    assert step("陈思", "comment", "第2条补金额")[0] == 0
    assert step("李强", "confirm")[0] == 0
    assert step("王敏", "final")[0] == 0
    assert step("孙悦", "sent")[0] == 0
    assert step("孙悦", "amend", "地点为 B 座", "--reason", "笔误")[0] == 0
    assert "no step of minutes. Write held, draft" in step("孙悦", "done")[1]
    (found,) = written_board(line.path).meetings.values()
    assert (found.state, found.ended_at, found.final_sent_by) == ("final", T0 - 55 * 60, Cast.sun)
    shown = line("show", "M-001").out
    assert "陈思  comment  第2条补金额" in shown
    assert "1  地点为 B 座  笔误  孙悦" in shown


def test_the_next_regular_meeting_is_planned_past_days_off_and_may_be_moved(line: CommandLine) -> None:
    assert line("plan", CARD, "--as", "王敏", "--place", "会议室A").code == 0
    assert "planned already" in line("plan", CARD, "--as", "王敏", "--start", "10-16 16:00").err
    assert line("plan", CARD, "--as", "王敏", "--start", "10-22 16:00").code == 0
    first, second = sorted((m for m in written_board(line.path).meetings.values() if m.regular), key=lambda m: m.starts)
    assert first.starts == T0 + 7 * DAY - 55 * 60
    assert (first.ends, first.place, first.series) == (first.starts + 3600, "会议室A", None)
    assert (second.ends, second.place, second.series) == (second.starts + 3600, "会议室A", first.id)
    titles = [item.title for item in written_board(line.path).agenda_of[first.id]]
    assert titles == ["Progress", "Problems, risks, resources needed", "Next steps"]


def test_a_meeting_is_called_with_the_agenda_and_invitees_of_its_kind(line: CommandLine) -> None:
    ran = line("meet", CARD, "审图会", "--kind", "review", "--start", "10-12 10:00", "--end", "10-12 11:00",
               "--material", "陈思", "--as", "王敏")  # fmt: skip
    assert (ran.code, ran.out) == (0, "Recorded: meeting called M-002.\n")
    board = written_board(line.path)
    found = max(board.meetings.values(), key=lambda each: each.starts)
    assert (found.kind, found.name, found.material_owner, found.ends) == (
        "review", "审图会", Cast.chen, found.starts + 3600,
    )  # fmt: skip
    assert [item.title for item in board.agenda_of[found.id]] == [
        "What is reviewed", "Findings", "Result and next steps",
    ]  # fmt: skip
    assert (
        "is no kind of meeting" in line("meet", CARD, "--kind", "party", "--start", "10-12 10:00", "--as", "王敏").err
    )
