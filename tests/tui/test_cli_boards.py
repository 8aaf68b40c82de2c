"""Boards as a whole: made, imported into, checked, opened where there is no terminal, and every bad one."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.records import FORMAT
from tests.tui.command_line import NOW, CommandLine, demo, demo_file

__all__ = ["demo", "demo_file"]

DATA = Path(__file__).parent.parent / "data"
REGISTER, ALLOCATION = DATA / "T4-department-register.xlsx", DATA / "T5-allocation-table.xlsx"


@pytest.fixture
def fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on a board that `init` has just made for the login `wm`."""
    monkeypatch.setattr("tui.session.getpass.getuser", lambda: "wm")
    line = CommandLine(tmp_path / "fresh.json", capsys, NOW)
    ran = line.bare("init", line.path, "--as", "王敏", "--name", "Q4")
    assert (ran.code, ran.err) == (0, "")
    return line


def test_init_makes_a_board_with_its_administrator_once(fresh: CommandLine) -> None:
    board = fresh.board()
    assert board.meta.name == "Q4"
    assert board.person_name(board.settings.administrator) == "王敏"
    assert [person.logins for person in board.people.values()] == [("wm",)]
    again = fresh.bare("init", fresh.path)
    assert (again.code, again.out) == (1, "")
    assert "is there already and stays as it is" in again.err
    elsewhere = fresh.bare("init", fresh.path.parent / "no" / "b.json")
    assert "There is no folder" in elsewhere.err
    assert fresh("do", "AddDepartment", '{"name": "市场部"}').code == 0  # the login signs without --as


def test_init_says_what_it_made_as_json(tmp_path: Path, fresh: CommandLine) -> None:
    ran = fresh.bare("init", tmp_path / "other.json", "--json")
    assert ran.code == 0
    assert {"operation", "subject", "revision", "pending"} <= ran.json.keys()
    assert ran.json["administrator"] == "wm"


@pytest.mark.parametrize(("lang", "number"), [("en", "SPECIAL-2026-001"), ("zh_Hant", "专项任务-2026-001")])
def test_numbers_begin_with_words_that_whoever_makes_the_board_can_type(
    tmp_path: Path, fresh: CommandLine, lang: str, number: str
) -> None:
    path = tmp_path / "other.json"
    assert fresh.bare("init", path, "--lang", lang).code == 0
    assert fresh.bare("--board", path, "new", "Warehouse", "--json").code == 0
    assert [card.number for card in CommandLine(path, fresh._capsys, NOW).board().cards.values()] == [number]


def test_a_second_import_prints_the_same_keys_as_the_first(fresh: CommandLine) -> None:
    first, second = fresh.json("import", REGISTER), fresh.json("import", REGISTER)
    assert first.keys() == second.keys()
    assert (first["outcome"], second["outcome"]) == ("applied", "already")
    assert first["revision"] == second["revision"] == fresh.board().meta.rev


def test_a_dry_import_writes_nothing_and_lists_everything(fresh: CommandLine) -> None:
    before = fresh.path.read_bytes()
    plan = fresh.json("import", REGISTER, ALLOCATION, "--dry-run")
    assert set(plan) == {"create", "update", "same", "unclear", "skipped", "vague"}
    assert plan["create"]
    assert all("where" in item for part in plan.values() for item in part)
    assert "to create: " in fresh("import", REGISTER, "--dry-run").out
    assert fresh.path.read_bytes() == before


def test_rows_of_an_import_are_chosen(fresh: CommandLine) -> None:
    plan = fresh.json("import", REGISTER, "--dry-run")
    rows = {item["row"]: item for item in plan["create"]}
    assert [*rows] == [*range(1, len(rows) + 1)]
    card = next(row for row, item in rows.items() if item["number"] == "产品迭代-2024-001")
    subtask = next(row for row, item in rows.items() if item["number"] == "产品迭代-2024-001-01")
    assert f"Row {subtask} hangs on a row" in fresh("import", REGISTER, "--only", str(subtask)).err
    for wrong in ("0", "1-", "x", str(len(rows) + 1), "3-2"):
        ran = fresh("import", REGISTER, "--except", wrong)
        assert (ran.code, "is no row of the preview" in ran.err) == (2, True)
    assert not fresh.board().cards
    assert fresh("import", REGISTER, "--except", f"1-{len(rows)}").out.endswith("Nothing is chosen.\n")
    assert fresh("import", REGISTER, "--only", str(card)).code == 0
    board = fresh.board()
    assert [each.number for each in board.cards.values()] == ["产品迭代-2024-001"]
    assert [each.number for each in board.subtasks.values()] == ["产品迭代-2024-001-01"]
    assert {"*强", "*明"} <= {person.name for person in board.people.values()}
    assert "*磊" not in {person.name for person in board.people.values()}


def test_an_import_is_one_commit_and_the_second_changes_nothing(fresh: CommandLine) -> None:
    item = fresh.json("import", REGISTER, ALLOCATION)
    assert (item["operation"], item["outcome"]) == ("ImportRecords", "applied")
    cards = {card["id"] for card in fresh.json("list", "cards")}
    assert "产品迭代-2024-001" in cards
    assert "*强" in {person.name for person in fresh.board().people.values()}
    before = fresh.path.read_bytes()
    assert fresh("import", REGISTER, ALLOCATION).out.endswith("Nothing new: the board has all of it.\n")
    assert fresh.path.read_bytes() == before
    assert fresh.json("check")["ok"] is True


def test_a_file_that_is_no_import_is_said(fresh: CommandLine, tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        ran = fresh("import", path)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.count("\n") == 1


def test_stock_tinydb_reads_the_board(fresh: CommandLine) -> None:
    fresh("import", REGISTER)
    with TinyDB(fresh.path, encoding="utf-8") as database:
        assert {row["number"] for row in database.table("cards")} >= {"产品迭代-2024-001"}


def test_check_is_content_with_a_whole_board(demo: CommandLine) -> None:
    assert demo.json("check") == {"ok": True, "problems": []}
    assert "is whole: revision 1, 13 cards" in demo("check").out


def test_check_names_what_does_not_fit(demo: CommandLine) -> None:
    data = json.loads(demo.path.read_text("utf-8"))
    subtasks = data["subtasks"]
    first, second = list(subtasks)[:2]
    subtasks[first]["owner"] = 4711
    subtasks[second]["number"] = subtasks[first]["number"]
    data["counters"][next(k for k, v in data["counters"].items() if v["key"] == "issue")]["value"] = 2
    data["cards"][next(iter(data["cards"]))]["stage"] = "nowhere"
    data["settings"]["5"] = {"key": "tier", "value": "soon"}
    data["history"]["7"]["by"] = 1
    demo.path.write_text(json.dumps(data), "utf-8")
    ran = demo("check", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    codes = {problem["code"] for problem in ran.json["problems"]}
    assert codes == {"damaged", "reference", "doubled", "counter", "setting", "history"}
    said = demo("check")
    assert said.code == 1
    assert "owner refers to person 4711, which is not on this board." in said.out


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


Spoil = Callable[[Path], object]
OURS = f'"format":{FORMAT}'
SPOILT: dict[str, tuple[Spoil, str]] = {
    "missing": (lambda path: path.unlink(), "There is no board at"),
    "empty": (lambda path: path.write_text(""), "is empty"),
    "truncated": (lambda path: path.write_bytes(path.read_bytes()[:-50]), "is damaged"),
    "foreign": (lambda path: path.write_text('{"shopping": {"1": {"eggs": 6}}}'), "is not a crossdeck board"),
    "not json": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "is damaged"),
    "newer": (lambda path: path.write_text(path.read_text("utf-8").replace(OURS, '"format":99', 1)), "Update"),
    "a folder": (folder_instead, "is a folder"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_board_that_cannot_be_read_is_said_and_left_alone(demo: CommandLine, kind: str) -> None:
    spoil, said = SPOILT[kind]
    spoil(demo.path)
    before = demo.path.read_bytes() if demo.path.is_file() else b""
    for argv in (["list", "cards"], ["progress", "Q4营销-2026-001-03", "70", "--as", "李强"], ["log"], []):
        ran = demo(*argv)
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err
        assert ran.err.count("\n") == 1
    checked = demo("check", "--json")
    assert (checked.code, checked.json["ok"]) == (1, False)
    assert said in checked.json["problems"][0]["why"]
    assert (demo.path.read_bytes() if demo.path.is_file() else b"") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_keeps_the_change_on_this_machine(demo: CommandLine) -> None:
    folder = demo.path.parent
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        ran = demo("progress", "Q4营销-2026-001-03", "70", "--as", "李强", "--json")
        assert (ran.code, ran.json["pending"]) == (1, True)
        assert "You may not write to" in ran.err
    finally:
        folder.chmod(stat.S_IRWXU)


def test_without_a_board_the_command_line_asks_which(demo: CommandLine) -> None:
    ran = demo.bare("list", "cards")
    assert (ran.code, ran.out) == (2, "")
    assert "Which board?" in ran.err


def test_a_board_comes_from_the_environment_or_the_settings(
    demo: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSDECK_BOARD", str(demo.path))
    assert demo.bare("list", "cards").code == 0
    monkeypatch.delenv("CROSSDECK_BOARD")
    home = tmp_path / "config" / "crossdeck"
    home.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home.parent))
    (home / "settings.toml").write_text(f'board = "{demo.path}"\nname = "李强"\nlanguage = "zh_Hans"\n', "utf-8")
    assert "进行中" in demo.bare("list", "cards").out
    assert demo.bare("progress", "Q4营销-2026-001-03", "70", "--json").json["outcome"] == "applied"
    (home / "settings.toml").write_text("board = [", "utf-8")
    ran = demo.bare("list", "cards")
    assert (ran.code, ran.out) == (1, "")
    assert "settings.toml" in ran.err


def test_where_no_dashboard_can_open_the_board_is_printed(demo: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    for term in ("xterm-256color", "dumb"):
        monkeypatch.setenv("TERM", term)
        ran = demo.bare(demo.path)
        assert ran.code == 2
        assert "Q4营销看板   Fri 2026-10-09 16:55 working day" in ran.out
        assert "I-012" in ran.out
        assert "here is the board as a report" in ran.err


def test_the_demo_is_made_once_kept_and_made_anew_on_demand(demo: CommandLine, tmp_path: Path) -> None:
    assert demo.bare("demo").code == 2
    path = next((tmp_path / "xdg_state_home").glob("crossdeck/demo/*.json"))
    first = path.read_bytes()
    line = CommandLine(path, demo._capsys, NOW + 60)
    assert line.bare("demo").code == 2
    assert path.read_bytes() == first
    assert line("progress", "Q4营销-2026-003-01", "60", "--as", "王敏").code == 0
    line.clock.advance(3 * 86_400)
    changed = path.read_bytes()
    assert line.bare("demo").code == 2
    assert path.read_bytes() == changed  # somebody worked on it
    assert line.bare("demo", "--fresh").code == 2
    assert line.board().meta.rev == 1
    untouched = path.read_bytes()
    line.clock.advance(86_400)
    line.bare("demo")
    assert path.read_bytes() != untouched  # nobody did: its dates are brought up to the day


def test_names_of_any_kind_survive_the_way_in_and_out(fresh: CommandLine) -> None:
    long = "长" * 5_000
    fresh("do", "AddDepartment", '{"name": "市场部"}')
    for name in ("[/x]", "a\x1b[2Jb", "\u202eevil", "tab\tand\nline"):
        ran = fresh("do", "CreateCard", json.dumps({"name": name, "departments": ["市场部"]}))
        assert ran.code == 0, ran.err
    # How Python hands over a byte of another encoding, typed as it is or as JSON writes it.
    assert fresh("do", "CreateCard", '{"name": "caf\udce9"}').code == 0
    assert fresh("do", "CreateCard", '{"name": "caf\\udce9"}').code == 2
    ran = fresh("do", "CreateCard", json.dumps({"name": long}))
    assert (ran.code, ran.out) == (1, "")
    assert "name has 5000 characters; 500 is the most" in ran.err
    names = {card["name"] for card in fresh.json("list", "cards")}
    assert {"[/x]", "a[2Jb", "evil", "tab and line", "caf\ufffd"} <= names
    assert fresh("list", "cards").code == 0
