"""`crossdeck check --repair`, `restore` and `merge`: looked at first, confirmed by a word, one operation each."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from store.errors import BoardUnavailable
from store.file.shared_board import SharedBoard
from store.file.storage import encode, meta_of, parse
from tests.store.builders import Cast
from tests.tui.command_line import CommandLine, Ran, office, read_board

__all__ = ["office"]

WANG, LI = ("--as", "王敏"), ("--as", "李强")
PLAN = "Q4营销-2026-001-01"
c = Cast


def typed(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(word + "\n"))


def edited(path: Path, table: str, key: int, **fields: Any) -> None:
    """Change a record as somebody with an editor would."""
    raws = json.loads(path.read_bytes())
    raws[table].setdefault(str(key), {}).update(fields)
    path.write_text(json.dumps(raws, ensure_ascii=False), "utf-8")


def backup(office: CommandLine) -> Path:
    """What the first write of the day kept."""
    return next(each for each in Path(f"{office.path}.backups").iterdir() if each.name.startswith("20"))


# Restore ----------------------------------------------------------------------------------------------------


def test_backups_are_listed_and_one_that_is_damaged_says_so(office: CommandLine) -> None:
    assert "no backups" in office("restore").out
    office("progress", PLAN, "70", *WANG)
    (backup(office).parent / "torn.json").write_text('{"_meta":')
    items = {item["backup"]: item for item in office.json("restore", "--list")}
    assert items[backup(office).name]["revision"] == 1
    assert "damaged" in items["torn.json"]["problem"]
    assert "crossdeck restore NAME" in office("restore").out


@pytest.mark.parametrize(("word", "done"), [("restore", True), ("Restore ", True), ("yes", False), ("", False)])
def test_a_backup_is_shown_and_put_back_once_the_word_is_typed(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch, word: str, done: bool
) -> None:
    office("progress", PLAN, "70", *WANG)
    before = office.path.read_bytes()
    typed(monkeypatch, word)
    ran = office("restore", backup(office).name, *WANG)
    assert (ran.code, "Q4营销-2026-001-01" in ran.out) == (0 if done else 1, True)
    assert (office.path.read_bytes() == before) is not done
    board = office.board()
    assert board.subtasks[c.plan].percent == (60 if done else 70)
    if done:
        assert (board.meta.epoch, board.history[max(board.history)].operation) == (2, "RestoreBoard")
        kept = [name for name in os.listdir(f"{office.path}.backups") if name.startswith("before-restore")]
        assert (Path(f"{office.path}.backups") / kept[0]).read_bytes() == before


def test_yes_asks_nothing_and_json_asks_for_yes(office: CommandLine) -> None:
    office("progress", PLAN, "70", *WANG)
    name = backup(office).name
    assert "--yes" in office("restore", name, "--json", *WANG).err
    item = json.loads(office("restore", name, "--json", "--yes", *WANG).out)
    assert (item["operation"], item["backup"]) == ("RestoreBoard", name)
    assert "Nothing to restore" in office("restore", name, "--yes", *WANG).out


@pytest.mark.parametrize(
    "data", [b"", b'{"_meta":', b"[1]", b'{"_meta":{"1":{}}}'], ids=["empty", "torn", "list", "meta"]
)
def test_a_board_that_cannot_be_read_says_the_way_out_and_is_made_anew(office: CommandLine, data: bytes) -> None:
    office("progress", PLAN, "70", *WANG)
    name = backup(office).name
    office.path.write_bytes(data)
    for ran in (office("list", "cards"), office("progress", PLAN, "71", *WANG), office("check", "--repair", *WANG)):
        assert (ran.code, ran.out) == (1, "")
        assert "`crossdeck restore` puts a backup in its place" in ran.err
    checked = office("check")
    assert (checked.code, "crossdeck restore" in checked.out) == (1, True)
    assert office.path.read_bytes() == data
    ran = office("restore", name, "--yes", *WANG)
    assert ran.code == 0, ran.err
    damaged = next(office.path.parent.glob("*.damaged-*"))
    assert damaged.read_bytes() == data
    assert office.board().subtasks[c.plan].percent == 70  # the journal of this machine brought it back
    assert office("check").code == 0


def test_a_board_somebody_deleted_is_made_anew(office: CommandLine) -> None:
    office("progress", PLAN, "70", *WANG)
    office.path.unlink()
    assert "crossdeck restore" in office("list", "cards").err
    assert office("restore", backup(office).name, "--yes", *WANG).code == 0
    assert office.board().subtasks[c.plan].percent == 70


def test_only_the_administrator_puts_a_whole_board_back_and_anybody_a_lost_one(office: CommandLine) -> None:
    assert office("settings", "administrator", "王敏", *WANG).code == 0
    office("progress", PLAN, "70", *WANG)
    name = backup(office).name
    ran = office("restore", name, "--yes", *LI)
    assert (ran.code, ran.err) == (1, "crossdeck: Only administrator can do this: 王敏.\n")
    assert "percent" not in ran.out
    assert office.board().subtasks[c.plan].percent == 70
    office.path.write_bytes(b"{")
    assert office("restore", name, "--yes", *LI).code == 0
    office.path.unlink()
    assert office("restore", name, "--yes", *LI).code == 0
    assert office.board().subtasks[c.plan].percent == 70  # the journal brought it back


def test_a_newer_board_is_left_to_a_newer_program(office: CommandLine) -> None:
    office("progress", PLAN, "70", *WANG)
    office.path.write_bytes(office.path.read_bytes().replace(b'"format":2', b'"format":3'))
    data = office.path.read_bytes()
    for ran in (office("list", "cards"), office("restore", backup(office).name, "--yes", *WANG)):
        assert (ran.code, "Update crossdeck" in ran.err) == (1, True)
    assert office.path.read_bytes() == data


def test_a_backup_of_another_board_is_refused(office: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    office.bare("init", other, "--as", "王敏")
    ran = office("restore", other, "--yes", *WANG)
    assert (ran.code, "of another board" in ran.err) == (1, True)


# Repair -----------------------------------------------------------------------------------------------------


def spoil(office: CommandLine) -> None:
    office("sync", "Q4营销-2026-001", "一", *WANG)
    counter = next(row for row in office.board().counters.values() if row.key == "issue")
    edited(office.path, "counters", counter.id, value=0)
    edited(office.path, "cards", c.card, lead=987)
    (office.path.parent / f".{office.path.name}.pc-1-aa.tmp").write_text("half")
    os.utime(office.path.parent / f".{office.path.name}.pc-1-aa.tmp", (1, 1))


def test_a_repair_is_shown_asked_for_and_one_entry_of_the_history(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(office)
    assert "--repair" in office("check").err
    data, entries = office.path.read_bytes(), len(office.board().history)
    typed(monkeypatch, "no")
    ran = office("check", "--repair", *WANG)
    assert (ran.code, len(ran.out.splitlines()), office.path.read_bytes()) == (1, 4, data)
    typed(monkeypatch, "repair")
    ran = office("check", "--repair", *WANG)
    assert (ran.code, "3 things mended." in ran.out) == (0, True)
    board = office.board()
    assert (len(board.history), board.history[max(board.history)].operation) == (entries + 1, "RepairBoard")
    assert board.cards[c.card].lead is None
    assert not list(office.path.parent.glob(".*.tmp"))
    kept = next(Path(f"{office.path}.backups").glob("before-repair-*"))
    assert kept.read_bytes() == data
    assert office("check").code == 0
    assert "Nothing to mend" in office("check", "--repair", *WANG).out
    assert len(office.board().history) == entries + 1


def test_what_cannot_be_mended_stays_and_is_said(office: CommandLine) -> None:
    edited(office.path, "subtasks", c.plan, card=987)
    before = office.path.read_bytes()
    ran = office("check", "--repair", "--yes", *WANG)
    assert (ran.code, "is not on this board" in ran.out, office.path.read_bytes() == before) == (1, True, True)


# Merge ------------------------------------------------------------------------------------------------------


def forked(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy a sync program left: somebody else's change is only in it."""
    office("progress", PLAN, "70", *WANG)
    copy = office.path.with_name(f"{office.path.stem} (李强的冲突副本 2026-10-09){office.path.suffix}")
    away = office.path.parent / "elsewhere" / office.path.name
    away.parent.mkdir()
    away.write_bytes(office.path.read_bytes())
    with monkeypatch.context() as other:
        other.setenv("XDG_STATE_HOME", str(away.parent / "state"))
        assert office.bare("--board", away, "sync", "Q4营销-2026-001", "对方", *LI).code == 0
    office("sync", "Q4营销-2026-001", "我方", *WANG)
    away.rename(copy)
    return copy


def topics(office: CommandLine) -> list[str]:
    return sorted(entry.topic for entry in office.board().sync.values())


def test_a_copy_is_found_shown_merged_once_and_moved_aside(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = forked(office, monkeypatch)
    assert "对方" not in topics(office)
    assert copy.name in office("merge").out
    assert "crossdeck merge" in office("check").out
    data, before = copy.read_bytes(), office.path.read_bytes()
    typed(monkeypatch, "no")
    ran = office("merge", copy.name, *WANG)
    assert (ran.code, "对方" in ran.out, office.path.read_bytes()) == (1, True, before)
    ran = office("merge", copy.name, "--yes", *WANG)
    assert ran.code == 0, ran.err
    assert {"对方", "我方"} <= set(topics(office))
    assert not copy.exists()
    moved = next(Path(f"{office.path}.backups").glob("merged-*"))
    assert moved.read_bytes() == data
    moved.rename(copy)
    entries = len(office.board().history)
    ran = office("merge", copy.name, "--yes", *WANG)
    assert (ran.code, "has nothing that the board lacks" in ran.out) == (0, True)
    assert (len(office.board().history), topics(office).count("对方")) == (entries, 1)
    assert office("check").code == 0


@pytest.mark.parametrize(("content", "said"), [("{", "damaged"), ("other", "of another board")])
def test_a_copy_that_is_none_is_refused(office: CommandLine, content: str, said: str) -> None:
    copy = office.path.with_name("office (1).json")
    if content == "other":
        raws = parse(office.path.read_bytes())
        meta = meta_of(raws).__class__(**{**json.loads(bytes(raws["_meta"]["1"])), "board": "else"})
        copy.write_bytes(encode(meta, raws))
    else:
        copy.write_text(content)
    ran = office("merge", copy.name, "--yes", *WANG)
    assert (ran.code, said in ran.err, copy.exists()) == (1, True, True)


def test_a_copy_that_is_not_there_is_said(office: CommandLine) -> None:
    ran: Ran = office("merge", "nowhere.json")
    assert (ran.code, "There is no file" in ran.err) == (1, True)
    assert read_board(office.path).meta.rev == 1


@pytest.mark.parametrize(
    "error", [BoardUnavailable("away", code="unavailable"), KeyboardInterrupt()], ids=["away", "ctrl-c"]
)
def test_what_was_not_written_at_once_is_not_done_later(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    office("progress", PLAN, "70", *WANG)
    commit, calls = SharedBoard.commit, list[int]()

    def failing(self: SharedBoard, *args: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:  # the first one sends what waits, the second is the restore
            raise error
        return commit(self, *args, **more)

    with monkeypatch.context() as broken:
        broken.setattr(SharedBoard, "commit", failing)
        ran = office("restore", backup(office).name, "--yes", *WANG)
    assert ran.code == (130 if isinstance(error, KeyboardInterrupt) else 1)
    assert ("does not wait" in ran.err) == (ran.code == 1)
    assert office.json("outbox") == []
    assert office.board().subtasks[c.plan].percent == 70
