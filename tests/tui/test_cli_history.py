"""`log` and `check` over the board and the files its older history was moved into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.file import history_files
from store.file.chain import chain_hash
from tests.tui.command_line import CommandLine, demo, demo_file

__all__ = ["demo", "demo_file"]

DAY = 86_400


@pytest.fixture
def grown(demo: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The demo, of whose history all but five entries lie in files."""
    monkeypatch.setattr(history_files, "KEPT", 5)
    monkeypatch.setattr(history_files, "SLACK", 0)
    before = len(demo.board().history)
    moved(demo)
    assert len(demo.board().history) == 5 < before
    return demo


def moved(demo: CommandLine) -> None:
    """A commit like any other."""
    assert demo("do", "AddSyncEntry", '{"topic": "话术已更新"}', "--as", "赵琳").code == 0


def files(demo: CommandLine) -> list[Path]:
    return sorted(Path(f"{demo.path}.history").iterdir())


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def rewrite(file: Path, found: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found), encoding="utf-8")


def problems(demo: CommandLine) -> list[tuple[str, str]]:
    ran = demo("check", "--json")
    assert ran.code == int(bool(ran.json["problems"]))
    return [(each["where"], each["code"]) for each in ran.json["problems"]]


def test_the_log_goes_on_in_the_files(grown: CommandLine) -> None:
    entries = grown.json("log")
    assert [entry["entry"] for entry in entries] == list(range(1, len(entries) + 1))
    assert len(entries) > 100
    assert grown.json("log", "--limit", 8) == entries[-8:]
    assert {entry["by"] for entry in grown.json("log", "--by", "赵琳")} == {"赵琳"}
    assert len(grown.json("log", "--by", "赵琳")) == sum(entry["by"] == "赵琳" for entry in entries)
    assert len(grown.json("log", "--record", "I-012")) > 1


def test_the_log_of_a_day_and_since_an_instant(grown: CommandLine) -> None:
    entries = grown.json("log")
    one = [entry for entry in entries if entry["at"].startswith("2026-10-08")]
    assert one
    assert grown.json("log", "--day", "2026-10-08") == one
    assert grown.json("log", "--since", "2026-10-08") == [e for e in entries if e["at"] >= "2026-10-08T00:00:00"]
    assert grown("log", "--since", "2026-10-08", "--day", "2026-10-08").code == 2


def test_a_reader_sees_an_earlier_day_as_if_nothing_had_moved(
    demo: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ["--at", "2026-10-05 12:00"]
    before = demo.json("list", "cards", *at), demo.json("list", "issues", *at), demo.json("summary", "Q4营销-2026-003")
    monkeypatch.setattr(history_files, "KEPT", 5)
    monkeypatch.setattr(history_files, "SLACK", 0)
    moved(demo)
    assert len(demo.board().history) == 5
    after = demo.json("list", "cards", *at), demo.json("list", "issues", *at), demo.json("summary", "Q4营销-2026-003")
    assert before == after


def test_check_finds_nothing_wrong_with_a_history_in_files(grown: CommandLine) -> None:
    assert problems(grown) == []
    assert "history entries" in grown("check").out


def test_check_names_an_entry_that_was_changed_in_a_file(grown: CommandLine) -> None:
    (file, *_) = files(grown)
    found = lines(file)
    found[3]["body"]["by"] = 1
    rewrite(file, found)
    assert problems(grown) == [(f"history/{found[3]['entry']}", "history")]


def test_check_names_entries_that_are_missing(grown: CommandLine) -> None:
    (file, *_) = files(grown)
    found = lines(file)
    rewrite(file, [*found[:4], *found[6:]])
    assert problems(grown) == [(f"history/{found[4]['entry']}", "history.missing")]
    assert "Entries 5 to 6 of the history are missing." in grown("check").out
    for each in files(grown):
        each.unlink()
    assert problems(grown) == [("history/1", "history.missing")]


def test_check_finds_a_history_that_was_written_anew_as_a_chain_that_fits(grown: CommandLine) -> None:
    data = json.loads(grown.path.read_text(encoding="utf-8"))
    found = [line for file in files(grown) for line in lines(file)]
    found[3]["body"]["by"] = 1
    previous = ""
    bodies = [line["body"] for line in found] + [body for _, body in sorted(data["history"].items(), key=_number)]
    for body in bodies:
        previous = body["hash"] = chain_hash(previous, body)
    for file in files(grown)[1:]:
        file.unlink()
    rewrite(files(grown)[0], found)
    grown.path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert [code for _, code in problems(grown)] == ["history.rewritten"]
    assert "history.rewritten" in [code for _, code in problems(grown)]  # for a fortnight
    grown.clock.advance(15 * DAY)
    assert problems(grown) == []


def _past_rewritten(board: CommandLine) -> bool:
    return "history.rewritten" in [code for _, code in problems(board)]


def test_an_old_copy_is_told_of_until_what_was_read_is_there_again(grown: CommandLine) -> None:
    old = grown.path.read_bytes()
    assert grown("followup", "I-012", "noch zwei", "--as", "王敏").code == 0
    new = grown.path.read_bytes()
    grown.path.write_bytes(old)
    assert _past_rewritten(grown)
    assert _past_rewritten(grown)
    grown.path.write_bytes(new)
    assert problems(grown) == []


def test_what_was_written_meanwhile_is_gone_and_told_of_until_a_person_accepts_it(grown: CommandLine) -> None:
    old = grown.path.read_bytes()
    assert grown("followup", "I-012", "noch zwei", "--as", "王敏").code == 0
    new = grown.path.read_bytes()
    grown.path.write_bytes(old)
    other = grown.path.with_name("elsewhere")
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("CROSSDECK_STATE", str(other))
        assert grown("followup", "I-013", "meanwhile", "--as", "王敏").code == 0
    assert _past_rewritten(grown)
    grown.path.write_bytes(new)
    said = grown("check")
    assert (said.code, "`crossdeck check --accept`" in said.err) == (1, True)
    accepted = grown("check", "--accept")
    assert (accepted.code, accepted.err) == (0, "")
    assert problems(grown) == []
    data = json.loads(new)
    data["history"][max(data["history"], key=int)]["by"] = 1
    grown.path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert [code for _, code in problems(grown)] == ["history"]  # the chain itself proves what it proved


def _number(item: tuple[str, Any]) -> int:
    return int(item[0])


def test_a_machine_that_never_saw_the_board_has_nothing_to_compare(
    grown: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSDECK_STATE", str(tmp_path / "elsewhere"))
    assert problems(grown) == []
