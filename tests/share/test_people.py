"""Two people of one group write in turn, under umask 022: both can always write again."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.share.server import tool
from tests.store.storage_helpers import topics

ROOT = Path(__file__).parents[2]
ANA, BOB, GROUP = 64_001, 64_002, 64_100
TURNS = 50

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can be two other users")


class Person:
    """Somebody else's session."""

    def __init__(self, user: int, board: Path, state: Path) -> None:
        state.mkdir()
        os.chown(state, user, user)
        command = [sys.executable, "-m", "tests.share.as_user", str(user), str(GROUP), str(board), str(state)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def says(self, line: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.hears()

    def hears(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def two(board: Path, states: Path) -> Iterator[list[Person]]:
    people = [Person(user, board, states / str(user)) for user in (ANA, BOB)]
    try:
        if any(each.hears() != "ready" for each in people):
            pytest.skip("this root may not become another user")
        yield people
    finally:
        for each in people:
            each.process.kill()
            each.process.communicate()


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder others may come to: pytest's own are its user's alone."""
    folder = Path(tempfile.mkdtemp(prefix="crossdeck-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def in_turn(board: Path, people: list[Person], look: object) -> None:
    assert callable(look)
    assert people[0].says("init") == "made"
    before = look(board)
    said = []
    for turn in range(TURNS):
        if turn % 10 == 9:
            assert people[turn % 2].says("new") == "new"
        assert people[turn % 2].says(f"turn {turn}") == "written"
        said.append(f"turn {turn}")
        assert look(board) == before
    assert topics(board, board.parent.parent / "reader") == said
    beside = {found.name for found in board.parent.iterdir()}
    assert beside == {board.name, f"{board.name}.backups"}


def test_in_a_setgid_folder_of_a_group(place: Path) -> None:
    folder = place / "共享 drive"
    folder.mkdir()
    os.chown(folder, 0, GROUP)
    folder.chmod(0o2775)
    board = folder / "板 one.json"

    def look(path: Path) -> tuple[int, int]:
        facts = path.stat()
        return stat.S_IMODE(facts.st_mode), facts.st_gid

    with two(board, place) as people:
        in_turn(board, people, look)
        assert look(board) == (0o664, GROUP)
        # What one of them left dead the other clears away.
        stale = folder / "板 one.json.lock"
        stale.mkdir()
        os.chown(stale, ANA, GROUP)
        stale.chmod(0o2775)
        assert people[1].says("after a lock nobody named") == "written"
        assert not stale.exists()


def test_in_a_folder_with_an_access_list(place: Path) -> None:
    if not tool("setfacl"):
        pytest.skip("not installed: setfacl (Debian: acl)")
    folder = place / "list"
    folder.mkdir(mode=0o700)
    rules = ",".join(f"{kind}u:{user}:rwx" for kind in ("", "d:") for user in (ANA, BOB))
    done = subprocess.run([tool("setfacl"), "-m", rules, str(folder)], capture_output=True, check=False, text=True)
    if done.returncode:
        pytest.skip(f"no access lists here: {done.stderr.strip()}")
    board = folder / "board.json"

    def look(path: Path) -> bytes:
        return os.getxattr(path, "system.posix_acl_access")

    with two(board, place) as people:
        in_turn(board, people, look)


def test_who_may_not_write_is_told_at_once_and_keeps_what_he_did(place: Path) -> None:
    folder = place / "closed"
    folder.mkdir()
    os.chown(folder, ANA, GROUP)
    board = folder / "board.json"
    with two(board, place) as people:
        assert people[0].says("init") == "made"
        board.chmod(0o644)
        folder.chmod(0o755)
        refused = people[1].says("kept")
        assert refused.startswith("permission: You may not write")
        assert "changes wait on this machine" in refused
        folder.chmod(0o2777)
        board.chmod(0o666)
        assert people[1].says("sent") == "written"
    assert topics(board, place / "reader") == ["kept", "sent"]
