"""The doctor does in a folder of its own what a commit does, and says in words what is unsafe."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from store.clock import FixedClock, SystemClock
from store.file import doctor
from store.file.disk import Disk
from store.file.doctor import examine
from store.file.mounts import Mount
from tests.store.storage_helpers import FaultyDisk


def levels(path: Path, disk: Disk | None = None) -> dict[str, str]:
    """Test -> what it came to; the board lies in a folder a group may write in."""
    path.parent.chmod(0o2775)
    return {found.check: found.level for found in examine(str(path), SystemClock(), disk)}


def test_a_plain_folder_is_fine_and_nothing_is_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "mount_of", lambda _path: Mount("/", "ext4"))
    found = levels(tmp_path / "board.json")
    found.pop("fsync")  # a busy machine may call it slow
    assert found == dict.fromkeys(
        ("file_system", "sync_folder", "lock", "hard_link", "replace", "access", "clock", "latency"), "ok"
    )
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("mount", "check", "level"),
    [
        (Mount("/dev/shm", "tmpfs"), "file_system", "bad"),
        (Mount("/dev", "devtmpfs"), "file_system", "bad"),
        (Mount("/sys", "sysfs"), "file_system", "bad"),
        (Mount("/proc", "proc"), "file_system", "bad"),
        (Mount("/mnt", "nfs4"), "file_system", "ok"),
        (Mount("/mnt", "fuse.rclone"), "sync_folder", "bad"),
        (Mount("/mnt", "fuse.sshfs"), "file_system", "ok"),
        (Mount("/mnt", "cifs", "rw,closetimeo=1"), "file_system", "warn"),
        (Mount("/mnt", "cifs", "rw,closetimeo=0"), "file_system", "ok"),
    ],
)
def test_where_it_lies_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mount: Mount, check: str, level: str
) -> None:
    monkeypatch.setattr(doctor, "mount_of", lambda _path: mount)
    assert levels(tmp_path / "board.json")[check] == level


@pytest.mark.parametrize(
    ("call", "check", "level"),
    [("link", "hard_link", "warn"), ("fsync", "fsync", "bad"), ("replace", "replace", "bad")],
)
def test_what_a_share_refuses_is_a_finding_and_nothing_is_left(
    tmp_path: Path, call: str, check: str, level: str
) -> None:
    disk = FaultyDisk()
    disk.fail(errno.EPERM, call)
    assert levels(tmp_path / "board.json", disk)[check] == level
    assert os.listdir(tmp_path) == []


def test_a_folder_nothing_can_be_made_in_is_said(tmp_path: Path) -> None:
    found = [*examine(str(tmp_path / "none" / "board.json"), SystemClock())]
    assert (found[-1].check, found[-1].level) == ("write", "bad")
    assert found[-1].fields["folder"] == str(tmp_path / "none")


def test_locks_given_twice_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = [str(n) for n in range(doctor.ROUNDS)]
    monkeypatch.setattr(doctor, "raced", lambda *_: [every, ["7", "8"]])
    found = {each.check: each for each in examine(str(tmp_path / "board.json"), SystemClock())}["lock"]
    assert (found.level, found.fields["wrong"]) == ("bad", 2)


def test_a_machine_whose_clock_is_an_hour_off_is_told(tmp_path: Path) -> None:
    off = FixedClock(SystemClock().now() - 3600)
    found = {each.check: each for each in examine(str(tmp_path / "board.json"), off)}["clock"]
    assert found.level == "warn"
    assert 3590 < found.fields["s"] < 3610


def test_copies_of_a_sync_program_are_named(tmp_path: Path) -> None:
    (tmp_path / "board.json").write_text("{}")
    (tmp_path / "board (1).json").write_text("{}")
    found = {each.check: each for each in examine(str(tmp_path / "board.json"), SystemClock())}
    assert (found["copies"].level, found["copies"].fields["n"]) == ("warn", 1)
    assert (
        found["copies"]
        .text.format(**found["copies"].fields)
        .startswith("Left beside the board by a sync program (1): board (1).json.")
    )
    assert "crossdeck merge" in found["copies"].text
    assert sorted(os.listdir(tmp_path)) == ["board (1).json", "board.json"]


@pytest.mark.parametrize(
    ("mode", "home", "level"),
    [(0o444, 0o2775, "bad"), (0o644, 0o2775, "warn"), (0o664, 0o2775, "ok"), (0o664, 0o755, "warn")],
)
def test_who_may_write_is_looked_at(tmp_path: Path, mode: int, home: int, level: str) -> None:
    path = tmp_path / "board.json"
    path.write_text("{}")
    path.chmod(mode)
    tmp_path.chmod(home)
    found = {each.check: each.level for each in examine(str(path), SystemClock())}
    assert found["access"] == level
