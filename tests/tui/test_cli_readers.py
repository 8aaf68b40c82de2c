"""What the readers print: stable keys for programs, straight columns for people."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.tui.command_line import NOW, CommandLine, demo, demo_file
from tui.cells import width
from tui.cli import main

__all__ = ["demo", "demo_file"]

KEYS = {
    "cards": "id name lead stage priority departments percent due",
    "subtasks": "id card name department owner percent status due lagging overdue silent",
    "issues": "id kind subject tier state raised_at owner department",
    "meetings": "id kind name state starts card",
    "clocks": "kind subject card due state left_seconds who department",
}


@pytest.mark.parametrize("what", KEYS)
def test_every_list_has_its_keys(demo: CommandLine, what: str) -> None:
    items = demo.json("list", what)
    assert items
    for item in items:
        assert set(KEYS[what].split()) <= item.keys()


def test_values_are_rulebook_terms_and_instants_carry_the_boards_offset(demo: CommandLine) -> None:
    cards = {card["id"]: card for card in demo.json("--lang", "zh_Hans", "list", "cards")}
    card = cards["Q4营销-2026-001"]
    assert (card["lead"], card["stage"], card["priority"]) == ("王敏", "active", "high")
    assert card["departments"] == ["市场部", "销售部", "产品部", "设计部"]
    assert card["due"].endswith("T18:00:00+08:00")
    assert cards["Q4营销-2026-005"]["stage"] == "circulating"
    assert cards["OPS-2026-004"]["next_due"] is None
    subtasks = {item["id"]: item for item in demo.json("list", "subtasks")}
    poster = subtasks["Q4营销-2026-001-04"]
    assert (poster["card"], poster["owner"], poster["status"]) == ("Q4营销-2026-001", "陈思", "blocked")
    assert (poster["lagging"], poster["overdue"], poster["silent"]) == (True, False, False)


def test_clocks_come_by_due_and_breached_ones_are_negative(demo: CommandLine) -> None:
    clocks = demo.json("list", "clocks")
    dues = [datetime.fromisoformat(clock["due"]).timestamp() for clock in clocks]
    assert dues == sorted(dues)
    for clock, due in zip(clocks, dues, strict=True):
        assert clock["left_seconds"] == due - NOW
        assert clock["state"] == ("breached" if due < NOW else "running")
        assert isinstance(clock["who"], list)
    first = clocks[0]
    assert (first["kind"], first["subject"], first["card"]) == ("response", "I-012", "Q4营销-2026-001")
    assert (first["left_seconds"], first["who"]) == (-(3 * 3600 + 12 * 60), ["王敏"])
    assert {clock["card"] for clock in clocks} <= {card["id"] for card in demo.json("list", "cards")}


def test_all_clocks_hold_the_closed_ones_too(demo: CommandLine) -> None:
    states = {clock["state"] for clock in demo.json("list", "clocks", "--all")}
    assert states == {"met", "running", "breached", "void"} - ({"void"} - states)
    assert len(demo.json("list", "clocks", "--all")) > len(demo.json("list", "clocks"))


def test_an_issue_names_what_it_was_raised_on(demo: CommandLine) -> None:
    issues = {issue["id"]: issue for issue in demo.json("list", "issues")}
    assert issues["I-012"]["subject"] == "Q4营销-2026-001-04"
    assert (issues["I-012"]["kind"], issues["I-012"]["tier"], issues["I-012"]["state"]) == ("blocked", 1, "open")
    assert issues["I-009"]["subject"] == "人事-2026-003"
    assert issues["I-001"]["state"] == "resolved"


def test_a_reader_evaluates_as_of_an_instant(demo: CommandLine) -> None:
    before = demo.json("list", "clocks", "--at", "2026-10-09T13:00")
    response = next(clock for clock in before if clock["subject"] == "I-012" and clock["kind"] == "response")
    assert (response["state"], response["left_seconds"]) == ("running", 43 * 60)
    later = demo.json("--at", "2031-10-09", "list", "clocks")
    assert {clock["state"] for clock in later} == {"breached"}
    ran = demo("list", "clocks", "--at", "sometime")
    assert (ran.code, ran.out) == (1, "")
    assert '"sometime" is not a date' in ran.err


def test_what_happened_after_the_instant_had_not_happened(demo: CommandLine) -> None:
    assert demo("ack", "I-012", "我来处理", "--as", "赵琳").code == 0
    at = ("--at", "2026-10-09T16:00")
    assert [demo.json("show", "I-012", *more)["state"] for more in ((), at)] == ["acknowledged", "open"]
    now, then = ({item["id"]: item for item in demo.json("list", "issues", *more)} for more in ((), at))
    assert (now["I-012"]["state"], then["I-012"]["state"]) == ("acknowledged", "open")
    clocks = demo.json("list", "clocks", "--all", *at)
    states = {clock["kind"]: clock["state"] for clock in clocks if clock["subject"] == "I-012"}
    assert (states["response"], states["tier"]) == ("breached", "running")
    assert "Acknowledge" not in [entry["operation"] for entry in demo.json("log", "--record", "I-012", *at)]
    # A change is made on the board as it stands, whenever it is said to have happened.
    assert demo("ack", "I-012", "--as", "赵琳", *at).code == 1


def test_columns_are_straight_by_cells_and_the_countdown_stands_first(demo: CommandLine) -> None:
    for what in KEYS:
        lines = demo("list", what, "--lang", "zh_Hans").out.splitlines()
        assert lines[0].split()[0] == "剩余"
        starts = [column_starts(line) for line in (lines[0], *lines[1:])]
        head = starts[0]
        assert all(head[1] in each for each in starts[1:]), what
    assert demo("list", "issues").out.splitlines()[1].startswith("over  +3h 12m  blocked  I-012  渠道数据缺失")


def column_starts(line: str) -> list[int]:
    """Cells at which something begins after two blanks."""
    return [width(line[:at]) for at in range(2, len(line)) if line[at - 2 : at] == "  " and line[at] != " "]


def test_the_languages_differ_and_the_records_do_not(demo: CommandLine) -> None:
    english, simplified, traditional = (demo("list", "cards", "--lang", lang).out for lang in ("en", "zh", "zh-TW"))
    assert "active" in english
    assert "进行中" in simplified
    assert "進行中" in traditional
    assert all("Q4营销活动筹备" in text for text in (english, simplified, traditional))


def test_show_holds_the_record_and_what_hangs_on_it(demo: CommandLine) -> None:
    card = demo.json("show", "Q4营销-2026-001")
    assert (card["id"], card["lead"], card["goal"]) == (
        "Q4营销-2026-001",
        "王敏",
        "新品A华东销量 5000 台; 曝光量>=100万",
    )
    assert [subtask["id"] for subtask in card["subtasks"]][:2] == ["Q4营销-2026-001-01", "Q4营销-2026-001-02"]
    assert {duty["department"] for duty in card["duties"]} == {"市场部", "销售部", "产品部", "设计部"}
    assert card["clocks"][0]["subject"] == "I-012"
    issue = demo.json("show", "i-012")
    assert [step["kind"] for step in issue["steps"]] == ["raised", "note"]
    meeting = demo.json("show", "M-002")
    assert [line["kind"] for line in meeting["lines"]].count("action") == 2
    for name in ("Q4营销-2026-001", "I-012", "M-002", "Q4营销-2026-001-04", "王敏", "市场部", card["doc_id"]):
        ran = demo("show", name, "--lang", "zh_Hant")
        assert (ran.code, ran.err) == (0, "")


def test_a_number_is_understood_in_every_form(demo: CommandLine) -> None:
    forms = ("产品-2026-011", "产品2026-011", "产品－２０２６－０１１")
    assert {demo.json("show", form)["name"] for form in forms} == {"新品A卖点说明书"}


def test_the_log_says_who_did_what_to_which_record(demo: CommandLine) -> None:
    entries = demo.json("log")
    assert {"operation", "what", "by", "at", "subject"} <= entries[0].keys()
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    raised = next(e for e in entries if e["operation"] == "RaiseBlocked" and e["by"] == "陈思")
    assert raised["subject"] == "I-012"
    progress = [e for e in entries if e["operation"] == "RecordProgress" and e["subject"] == "Q4营销-2026-001-04"]
    assert progress[-1]["what"].startswith("30% 完成3版草图 > 送审 ! 缺文案 @市场部; percent 25 > 30")
    assert {e["by"] for e in demo.json("log", "--by", "赵琳")} == {"赵琳"}
    assert len(demo.json("log", "--limit", 3)) == 3
    steps = demo.json("log", "--record", "I-012")
    assert [e["operation"] for e in steps] == ["RaiseBlocked", "FollowUp"]
    early = demo.json("log", "--at", "2026-10-08T12:00")
    assert 0 < len(early) < len(entries)
    assert "progress" in demo("log", "--limit", 2).out


def test_the_log_names_the_setting_that_was_changed(demo: CommandLine) -> None:
    for value in ("5 WD", "4 WD", ""):
        assert demo("settings", "tier", value, "--as", "王敏").code == 0
    assert demo("settings", "executive", "李强", "--as", "王敏").code == 0
    entries = demo.json("log", "--limit", 4)
    assert [entry["subject"] for entry in entries] == ["tier", "tier", "tier", "executive"]
    assert entries[1]["what"] == "value 5 WD > 4 WD"
    assert "tier" in demo("log", "--limit", 4).out


def test_a_name_that_stands_for_two_is_said(demo: CommandLine) -> None:
    for _ in range(2):
        assert demo("do", "CreateCard", '{"name": "双"}', "--as", "王敏").code == 0
    ran = demo("show", "双")
    assert (ran.code, ran.out) == (1, "")
    assert "stands for 2 records" in ran.err


def test_settings_are_listed_and_read(demo: CommandLine) -> None:
    items = {item["key"]: item for item in demo.json("settings")}
    assert items["tier"] == {"key": "tier", "value": "3 WD", "default": "3 WD", "set": False}
    assert items["executive"]["value"] == "张岚"
    assert demo.json("settings", "closes")["value"] == "18:00"
    assert demo("settings", "tier").out == "3 WD\n"
    assert demo("settings", "nonsense").code == 1


def test_what_acts_on_a_terminal_never_reaches_it(demo: CommandLine) -> None:
    evil = "短\x1b[31m片 [/x] \u202egnp.exe \x9b2J"
    raw = demo.path.read_text("utf-8").replace(
        "短片脚本", evil.encode("unicode_escape").decode().replace("\\x", "\\u00")
    )
    demo.path.write_text(raw, "utf-8")
    for argv in (["list", "subtasks"], ["list", "subtasks", "--json"], ["show", "Q4营销-2026-003-01"], ["log"]):
        ran = demo(*argv)
        assert ran.code == 0
        assert not {"\x1b", "\x9b", "\u202e"} & set(ran.out)
        assert "[/x]" in ran.out or argv == ["log"]
    names = [item["name"] for item in demo.json("list", "subtasks")]
    assert evil in names  # JSON keeps the value: it only writes it harmlessly


def test_help_is_there_in_every_language(demo: CommandLine) -> None:
    for lang in ("en", "zh_Hans", "zh_Hant"):
        ran = demo.bare("--help", "--lang", lang)
        assert (ran.code, ran.err) == (0, "")
        assert "progress SUBTASK [PERCENT]" in ran.out
    assert "crossdeck resolve ISSUE --decision TEXT" in demo.bare("resolve", "--help").out
    assert demo.bare("--version").out.startswith("crossdeck ")


@pytest.mark.parametrize(
    "argv", [["list", what] for what in KEYS] + [["log"], ["settings"], ["operations"]], ids=" ".join
)
def test_every_key_is_documented(demo: CommandLine, argv: list[str]) -> None:
    guide = (Path(__file__).parent.parent.parent / "docs" / "commands.md").read_text("utf-8")
    without_fences = re.sub(r"```.*?```", "", guide, flags=re.DOTALL)
    documented = set(" ".join(re.findall(r"`([^`]+)`", without_fences)).split())
    assert set(demo.json(*argv)[0]) <= documented


class Narrow(io.StringIO):
    """Standard output of a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("cells", [40, 60, 80, 120, 220])
def test_a_table_fits_the_terminal_and_keeps_what_matters(
    demo: CommandLine, monkeypatch: pytest.MonkeyPatch, cells: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(cells))
    for what in KEYS:
        out = Narrow()
        monkeypatch.setattr("sys.stdout", out)
        assert main(["--board", str(demo.path), "list", what], clock=demo.clock) == 0
        lines = out.getvalue().splitlines()
        assert max(map(width, lines)) <= cells
        assert all(line.split()[0] in {"over", "now", "soon", "ok", "none"} for line in lines[1:])
        if cells >= 80:
            assert any("短片脚本" in line or "I-012" in line or "M-002" in line or "Q4营销" in line for line in lines)
            assert not any("~" in line for line in lines) or cells < 220
