"""`crossdeck why` for every kind, and `crossdeck settings`."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from store.file.storage import encode
from store.rules.clocks import Kind
from tests.store.cases_of_clocks import CASES
from tests.store.clock_helpers import NOW, at, board_of, card, issue, subtask
from tests.tui.command_line import CommandLine, demo, demo_file, office

__all__ = ["demo", "demo_file", "office"]
WANG = ("--as", "王敏")


def line_of(folder: Path, capsys: pytest.CaptureFixture[str], *records: object) -> CommandLine:
    folder.mkdir(exist_ok=True)
    board = board_of(*records)  # type: ignore[arg-type]
    path = folder / "board.json"
    path.write_bytes(encode(board.meta, board.raws))
    return CommandLine(path, capsys, NOW)


@pytest.mark.parametrize(
    ("raised", "total"),
    [
        (
            "2026-09-29 17:05",
            "Wed 30 Sep, (Thu 1 - Wed 7 Oct National Day), Thu 8, Fri 9 -> Fri 9 Oct 18:00",
        ),
        (
            "2026-09-30 17:05",
            "(Thu 1 - Wed 7 Oct National Day), Thu 8, Fri 9, Sat 10 make-up day -> Sat 10 Oct 18:00",
        ),
    ],
)
def test_the_sum_over_national_day(tmp_path: Path, capsys: pytest.CaptureFixture[str], raised: str, total: str) -> None:
    when = at(raised)
    run = line_of(tmp_path / "b", capsys, card(), subtask(), issue(raised_at=when, since=when, tier_since=when))
    start = f"entered tier 1 {'Tue 29' if '29' in raised else 'Wed 30'} Sep 17:05; 3 working days: "
    assert start + total in run("why", "I-012", "tier", "--lang", "en").out.splitlines()[1]
    (item,) = run.json("why", "I-012", "tier", "--lang", "en")
    assert item["sum"].removesuffix(" (make-up working day)") == start + total
    assert [day["number"] for day in item["days"] if day["number"]] == [1, 2, 3]


def test_estimated_and_on_a_day_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = at("2026-12-30 10:00")
    run = line_of(tmp_path / "b", capsys, card(), subtask(), issue(raised_at=late, since=late, tier_since=late))
    assert "*estimated*" in run("why", "I-012", "tier").out
    assert run.json("why", "I-012", "tier")[0]["estimated"]
    off = at("2026-10-02 10:00")
    run = line_of(tmp_path / "c", capsys, card(), subtask(), issue(raised_at=off, since=off, tier_since=off))
    assert "on a day off (kept)" in run("why", "I-012", "response").out


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    case = next(case for case in CASES if case.kind == kind)
    run = line_of(tmp_path / "b", capsys, *case.records)
    found = run.json("why", "Q4营销-2026-001", kind)
    assert found
    assert all(item["kind"] == kind and " -> " in item["sum"] for item in found)
    said = run("why", "Q4营销-2026-001", kind.replace("_", "-"))
    assert (said.code, said.err) == (0, "")
    assert "{" not in said.out


def test_of_one_department(demo: CommandLine) -> None:
    every = demo.json("why", "Q4营销-2026-001", "progress")
    one = demo.json("why", "Q4营销-2026-001", "progress", "--department", "销售部")
    assert 0 < len(one) < len(every)
    assert {item["department"] for item in one} == {"销售部"}


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["why", "I-012", "nothing"], 2, '"nothing" is no kind of clock.'),
        (["why", "I-012", "retro"], 1, "I-012 has no retro clock."),
        (["why", "I-999", "tier"], 1, "I-999"),
    ],
)
def test_what_has_no_sum_is_said(demo: CommandLine, argv: list[str], code: int, said: str) -> None:
    ran = demo(*argv)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_setting_moves_what_runs_and_leaves_what_is_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = line_of(tmp_path / "b", capsys, card(), subtask(), issue())
    assert run("escalate", "I-012", "--reason", "没结果", *WANG).code == 0
    before = [item for item in run.json("list", "clocks", "--all") if item["kind"] == "tier"]
    assert run("settings", "tier", "9 WD", *WANG).code == 0
    after = [item for item in run.json("list", "clocks", "--all") if item["kind"] == "tier"]
    assert [item["due"] for item in after if item["state"] == "met"] == [
        item["due"] for item in before if item["state"] == "met"
    ]
    assert [item["due"] for item in after if item["state"] == "running"] != [
        item["due"] for item in before if item["state"] == "running"
    ]


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("confirmation", "3 WD", "3 WD"),
        ("response", "8 h", "8 h"),
        ("change_notice", "14 天", "14 d"),
        ("hours", "working", "working"),
        ("lunch", "none", ""),
        ("closes", "17:30", "17:30"),
        ("weekend", "sun", [6]),
        ("weekend", "5, 6", [5, 6]),
        ("auto_escalate", "on", True),
        ("confirm_signs", "是", True),
        ("bell", "off", False),
        ("follow_up", "16:30", "16:30"),
        ("realtime_hours", "3", 3),
        ("executive", "李强", "李强"),
    ],
)
def test_settings_as_people_type_them(office: CommandLine, key: str, typed: str, stored: object) -> None:
    assert office("settings", key, typed, *WANG).code == 0
    found = office.json("settings", key)
    assert (found["value"], found["set"]) == (stored, True)
    assert office("settings", key, "", *WANG).code == 0
    assert not office.json("settings", key)["set"]


@pytest.mark.parametrize(
    ("key", "typed"),
    [("bell", "perhaps"), ("weekend", "x"), ("realtime_hours", "0"), ("follow_up", "late"), ("lunch", "19:00-20:00")],
)
def test_settings_that_cannot_be_are_refused(office: CommandLine, key: str, typed: str) -> None:
    ran = office("settings", key, typed, *WANG)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
