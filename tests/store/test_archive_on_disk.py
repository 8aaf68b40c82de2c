"""The archive under a crash, a full disk and several operations in one commit: nothing lost, nothing doubled."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from store.file import history_files
from store.file.archive import folder_of, read
from store.file.disk import Disk
from store.file.storage import parse
from store.operations.acceptance import GiveVerdict, SubmitForAcceptance
from store.operations.archive import ArchiveCard, ReopenArchived
from store.operations.duties import AddDuty
from store.operations.people import AddDepartment
from store.operations.retro import RecordRetro
from store.operations.sync import AddSyncEntry
from tests.store.storage_helpers import ANA, CARD, FaultyDisk, make_board, opened, stamp, write

ROOM = 31
TOPICS = ["a", "b"]


def done(path: Path) -> Path:
    """A board whose one card is completed and has its retro and two sync entries."""
    more = [AddDepartment(id=ROOM, name="市场部", head=ANA), AddDuty(card=CARD, department=ROOM)]
    make_board(path, *more)
    data = msgspec.json.decode(path.read_bytes())
    # Straight to active: what leads there is another test's.
    data["cards"][str(CARD)] |= {"stage": "active", "lead": ANA, "colour": "红"}
    path.write_bytes(msgspec.json.encode(data))
    shared = opened(path, path.parent / "first")
    write(
        shared,
        *(AddSyncEntry(card=CARD, topic=topic) for topic in TOPICS),
        SubmitForAcceptance(id=81, card=CARD, deliverables="x"),
        GiveVerdict(card=CARD, verdict="pass"),
        RecordRetro(id=82, card=CARD, well="1", short="2", improvements="3"),
    )
    assert not shared.pending
    shared.close()
    return path


def state_of(path: Path) -> tuple[bool, list[dict[str, Any]]]:
    """Whether the card is on the board, and the files of the archive."""
    tables = parse(path.read_bytes())
    folder = Path(folder_of(str(path)))
    files = sorted(folder.iterdir()) if folder.exists() else []
    whole = [json.loads(each.read_text(encoding="utf-8")) for each in files if not each.name.startswith(".")]
    assert (str(CARD) in tables["cards"]) != (str(CARD) in tables.get("archived", {}))
    return str(CARD) in tables["cards"], whole


@pytest.mark.parametrize("kept", [1, history_files.KEPT])
def test_a_card_lies_beside_the_board_whole_with_its_history_and_unknown_fields(
    tmp_path: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_files, "KEPT", kept)
    monkeypatch.setattr(history_files, "SLACK", 0)
    path = done(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    result = write(shared, ArchiveCard(card=CARD))
    assert [one.outcome for one in result.settled] == ["applied"]
    row = result.board.archived[CARD]
    (name,) = [each.name for each in Path(folder_of(str(path))).iterdir()]
    assert name == row.file
    package = shared.archived(CARD)
    assert package.records["cards"][str(CARD)]["colour"] == "红"
    assert [each["topic"] for each in package.records["sync"].values()] == TOPICS
    operations = [entry["operation"] for entry in package.history]
    assert operations[-5:] == ["AddSyncEntry", "SubmitForAcceptance", "GiveVerdict", "RecordRetro", "ArchiveCard"]
    assert operations[:2] == ["CreateCard", "AddDuty"]
    assert "AddPerson" not in operations
    assert package.records["results"]  # the clocks its verdict closed
    assert not result.board.results
    write(shared, ReopenArchived(card=CARD, reason="追加", records=package.records))
    assert (shared.board or result.board).cards[CARD].stage == "active"
    assert json.loads(path.read_bytes())["cards"][str(CARD)]["colour"] == "红"
    shared.close()


def test_verdict_retro_and_archive_in_one_commit(tmp_path: Path) -> None:
    path = done(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    topic = AddSyncEntry(card=CARD, topic="最后")
    shared.record([topic, ArchiveCard(card=CARD)], stamp())
    assert CARD not in shared.shown().cards
    shared.commit()
    package = shared.archived(CARD)
    assert [each["topic"] for each in package.records["sync"].values()] == [*TOPICS, "最后"]
    assert [entry["operation"] for entry in package.history][-2:] == ["AddSyncEntry", "ArchiveCard"]
    shared.close()


def test_where_the_archive_cannot_be_written_the_card_stays_and_other_changes_go_through(tmp_path: Path) -> None:
    path = done(tmp_path / "board.json")
    Path(folder_of(str(path))).write_text("a file where the folder should be")
    shared = opened(path, tmp_path / "state")
    shared.record([AddSyncEntry(card=CARD, topic="c"), ArchiveCard(card=CARD), AddSyncEntry(topic="d")], stamp())
    result = shared.commit()
    assert [one.outcome for one in result.settled] == ["applied", "aside", "applied"]
    assert [each.code for each in result.settled[1].reasons] == ["archive.unwritable"]
    assert CARD in result.board.cards
    shared.close()


def test_a_fault_at_any_call_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    new = done(tmp_path / "board.json").read_bytes()
    place = 0
    while True:
        folder = tmp_path / str(place)
        folder.mkdir()
        path = folder / "board.json"
        path.write_bytes(new)
        disk = FaultyDisk()
        shared = opened(path, folder / "state", disk)
        shared.record([ArchiveCard(card=CARD)], stamp())
        disk.fail(errno.EIO, at=range(place, place + 1))
        try:
            result = shared.commit()
            aside = any(one.outcome == "aside" for one in result.settled)
        except Exception:  # noqa: BLE001 - whichever it is: what counts is what the files hold
            aside = False
        reached = len(disk.trace) > place
        disk.heal()
        shared.commit()
        there, files = state_of(path)
        assert there == aside
        assert len(files) <= 1
        assert there or [each["topic"] for each in files[0]["records"]["sync"].values()] == TOPICS
        shared.close()
        if not reached:
            break
        place += 1
    assert place > 30


KILLED = {
    "before the file": ("1", "before"),
    "between file and commit": ("1", "after"),
    "just before the commit": ("2", "before"),
    "after it": ("2", "after"),
}


@pytest.mark.parametrize("where", KILLED)
def test_killed_around_the_archive_file_the_next_session_finishes(where: str, tmp_path: Path) -> None:
    path = done(tmp_path / "board.json")
    worker = [sys.executable, "-m", "tests.store.archive_worker", str(path), str(tmp_path / "state"), str(CARD)]
    result = subprocess.run([*worker, *KILLED[where]], capture_output=True, text=True, check=False)
    assert result.returncode == -9, result.stderr
    there, files = state_of(path)
    assert (there, len(files)) == (where != "after it", int(where != "before the file"))
    shared = opened(path, tmp_path / "state")
    shared.lock.lease = shared.lock.shortest = 0.0
    shared.commit()
    there, files = state_of(path)
    assert not there
    assert [each["topic"] for each in files[0]["records"]["sync"].values()] == TOPICS
    assert len(files) == 1
    folder = Path(folder_of(str(path)))
    assert read(Disk(), str(folder / shared.archived(CARD).row["file"])).card == CARD
    entries = [e["operation"] for e in json.loads(path.read_bytes())["history"].values()]
    assert entries.count("ArchiveCard") == 1
    shared.close()
