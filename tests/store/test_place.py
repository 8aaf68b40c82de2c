"""Where a board lies: mounts, sync folders and the copies sync programs leave (issue: permissions and paths)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.file.disk import Disk
from store.file.mounts import Mount, mount_of, resolved_here
from store.file.place import conflicted_copies, synced_by

MOUNTS = """\
22 1 0:21 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:40 / /mnt/team\\040share rw - nfs4 server:/team rw,vers=4.2,acregmin=3
41 22 0:41 / /mnt rw - cifs //server/x rw,cache=strict
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/mnt/team share/board.json", "nfs4", True),
        ("/mnt/team sharex/board.json", "cifs", True),
        ("/mnt/board.json", "cifs", True),
        ("/home/w/board.json", "ext4", False),
    ],
)
def test_the_longest_mount_point_counts(tmp_path: Path, path: str, kind: str, remote: bool) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    found = mount_of(path, str(table))
    assert (found.kind, found.remote) == (kind, remote)


def test_links_of_this_machine_are_resolved_and_no_share_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link").symlink_to("../share/team")
    (tmp_path / "abs").symlink_to(tmp_path / "here")
    monkeypatch.setattr("store.file.mounts.mounts", lambda: iter([Mount("/", "ext4")]))
    asked = str(tmp_path / "abs" / "link" / "x.json")
    assert resolved_here(asked) == (os.path.realpath(asked), True)
    monkeypatch.setattr("store.file.mounts.mounts", lambda: iter([Mount(str(tmp_path / "share"), "fuse.sshfs")]))
    assert resolved_here(str(tmp_path / "abs" / "link" / "板 1.json")) == (
        str(tmp_path / "share/team/板 1.json"),
        False,
    )
    assert resolved_here(str(tmp_path / "here" / "x.json")) == (os.path.realpath(tmp_path / "here/x.json"), True)
    (tmp_path / "round").symlink_to("round")
    assert resolved_here(str(tmp_path / "round" / "x")) == (str(tmp_path / "round" / "x"), True)


def test_without_a_table_nothing_is_known(tmp_path: Path) -> None:
    assert mount_of("/x", str(tmp_path / "none")) == Mount()


@pytest.mark.parametrize(
    ("folder", "by"),
    [
        ("Dropbox/team", "Dropbox"),
        ("Dropbox (Company)/a/b", "Dropbox"),
        ("OneDrive - Contoso", "OneDrive"),
        ("Google Drive/x", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("坚果云/项目", "坚果云"),
        ("dropbox-notes", ""),
        ("share/projects", ""),
    ],
)
def test_a_sync_folder_is_known_by_its_name(tmp_path: Path, folder: str, by: str) -> None:
    assert synced_by(str(tmp_path / folder / "board.json"), Disk(), Mount()) == by


def test_a_sync_folder_is_known_by_what_its_program_leaves_and_a_mount_by_its_kind(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert synced_by(str(tmp_path / "a" / "board.json"), Disk(), Mount()) == "Syncthing"
    assert synced_by("/x/board.json", Disk(), Mount("/x", "fuse.rclone")) == "rclone"


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("board (王敏's conflicted copy 2026-10-09).json", True),
        ("board (冲突副本 2026-10-09).json", True),
        ("board.sync-conflict-20261009-165500-ABCDEFG.json", True),
        ("board-DESKTOP-7Q2K1.json", True),
        ("board (1).json", True),
        ("board_conflict-20261009.json", True),
        ("board.json.conflict1", True),
        ("board.conflict2.json", True),
        ("board (SFConflict ana@x.cn 2026-10-09-16-55-00).json", True),
        ("board.json", False),
        ("board.json.bak", False),
        ("boardroom.json", False),
        ("board-2026.json", False),
        ("other (1).json", False),
    ],
)
def test_copies_a_sync_program_left_are_told_from_other_files(tmp_path: Path, name: str, copy: bool) -> None:
    (tmp_path / "board.json").write_text("{}")
    (tmp_path / name).write_text("{}")
    found = conflicted_copies(str(tmp_path / "board.json"), Disk())
    assert found == ([str(tmp_path / name)] if copy else [])


@pytest.mark.parametrize(
    ("name", "board", "copy"),
    [
        ("board-wangmin-pc.json", "b1", True),
        ("board-市场部电脑.json", "b1", True),
        ("board-wangmin-pc.json", "b2", False),
        ("board-backup.json", "b1", False),
        ("board-备份.json", "b1", False),
    ],
)
def test_a_machines_name_behind_it_makes_a_copy_of_what_is_the_same_board(
    tmp_path: Path, name: str, board: str, copy: bool
) -> None:
    for each, its in (("board.json", "b1"), (name, board)):
        (tmp_path / each).write_text(f'{{"_meta":{{"1":{{"format":2,"board":"{its}","rev":1}}}}}}')
    assert conflicted_copies(str(tmp_path / "board.json"), Disk()) == ([str(tmp_path / name)] if copy else [])
