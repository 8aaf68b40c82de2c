"""Disks and mounts that really fail: the board stays as it was, what was recorded waits and is sent once after."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from store.clock import SystemClock
from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError
from store.file.shared_board import SharedBoard
from tests.share.server import serving
from tests.store.storage_helpers import make_board, session, stamp, sync, topics

root = pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a disk of its own")


def test_a_stale_handle() -> None:
    pytest.skip("ESTALE: needs an NFS server that drops a handle; every call of a commit meets it in `make test`")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system in memory of this size."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False)
    if made.returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def refused(shared: SharedBoard, kind: type[CrossdeckError], code: str) -> str:
    """Commit in vain: what was said."""
    with pytest.raises(kind) as error:
        shared.commit()
    assert error.value.code == code, error.value
    assert len(shared.pending) == 1
    return str(error.value)


def begun(path: Path, state: Path) -> SharedBoard:
    """A session that wrote once and has one more change that waits."""
    shared = session(path, state, clock=SystemClock())
    shared.read()
    for topic in ("one", "two"):
        shared.record([sync(topic)], stamp())
        if topic == "one":
            shared.commit()
    return shared


def fails(path: Path, state: Path, trouble: Callable[[], None], heal: Callable[[], None], code: str) -> str:
    """A commit that meets the trouble changes nothing; healed, everything is there once, and nothing lies beside."""
    shared = begun(path, state)
    before = path.read_bytes()
    trouble()
    try:
        kind = BoardReadOnly if code == "permission" else BoardUnavailable
        said = refused(shared, kind, code)
        assert path.read_bytes() == before
    finally:
        heal()
    shared.commit()
    shared.close()
    assert topics(path, state) == ["one", "two"]
    assert {found.name for found in path.parent.iterdir()} <= {path.name, f"{path.name}.backups"}
    return said


@root
def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "256k") as small:
        ballast = small / "ballast"

        def fill() -> None:
            with ballast.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(1024))

        path = make_board(small / "board.json")
        said = fails(path, tmp_path / "state", fill, ballast.unlink, "full")
        assert "There is no room left" in said


def test_a_file_that_may_not_grow_so_far(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500, before[1]))

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert "File too large" in fails(path, tmp_path / "state", limit, lift, "full")


@root
def test_a_disk_that_becomes_read_only(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "4m") as small:

        def remount(how: str) -> None:
            subprocess.run(["mount", "-o", f"remount,{how}", small], check=True)

        path = make_board(small / "board.json")
        said = fails(path, tmp_path / "state", lambda: remount("ro"), lambda: remount("rw"), "permission")
        assert "connected for reading only" in said


def test_a_mount_whose_client_died(tmp_path: Path) -> None:
    with serving(tmp_path / "server") as server:
        make_board(server.served / "board.json")
        mount = server.mount()
        shared = begun(mount / "board.json", tmp_path / "state")
        before = (server.served / "board.json").read_bytes()
        server.kill_client(mount)
        said = refused(shared, BoardUnavailable, "unavailable")
        assert "not connected" in said
        with pytest.raises(BoardUnavailable):
            shared.poll()
        assert shared.shown().sync  # the last picture, with what waits drawn over it
        assert (server.served / "board.json").read_bytes() == before
        server.unmount(mount)
        again = server.mount_at(mount)
        assert again == mount
        shared.commit()
        shared.close()
        assert topics(server.served / "board.json", tmp_path / "reader") == ["one", "two"]


def test_a_connection_that_is_gone_while_the_mount_stays(tmp_path: Path) -> None:
    with serving(tmp_path / "server") as server:
        make_board(server.served / "board.json")
        mount = server.mount("reconnect")
        shared = begun(mount / "board.json", tmp_path / "state")
        server.drop_connections()
        try:
            shared.commit()
        except BoardUnavailable as error:
            assert "Changes wait on this machine" in str(error)  # noqa: PT017 - either is right: it may reconnect at once
        server.until(lambda: sent(shared), "the change was sent after the connection was there again")
        shared.close()
        assert topics(server.served / "board.json", tmp_path / "reader") == ["one", "two"]


def sent(shared: SharedBoard) -> bool:
    """Try once more."""
    try:
        shared.commit()
    except BoardUnavailable:
        return False
    return not shared.pending
