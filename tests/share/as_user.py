"""A session of another user of this machine: `UID GROUP BOARD STATE`, started by root; needs no account.

Answers each line of its input with one: `init` makes the board, `new` begins a new session, anything else is recorded
as the topic of an entry and written: `written`, or the code and the words of what refused it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from store.clock import SystemClock
from store.errors import CrossdeckError
from store.file.shared_board import SharedBoard
from tests.store.storage_helpers import make_board, opened, stamp, sync, write


def become(user: int, group: int) -> None:
    """Be somebody else from here on. What is imported late must be there before: root's Python may be nobody else's."""
    with tempfile.TemporaryDirectory() as folder:
        warm = opened(make_board(Path(folder) / "board.json"), Path(folder) / "state")
        write(warm, sync("warm"))
        warm.close()
    os.setgroups([group])
    os.setgid(user)  # a primary group of one's own, as Debian gives everybody
    os.setuid(user)
    os.umask(0o022)


def answer(line: str, path: Path, session: SharedBoard) -> str:
    """Do what a line says."""
    try:
        if line == "init":
            make_board(path)
            return "made"
        session.read()
        session.record([sync(line)], stamp(SystemClock().now()))
        session.commit()
    except CrossdeckError as error:
        return f"{error.code}: {error}"
    return "written"


def main(user: str, group: str, board: str, state: str) -> None:
    """Answer until the input ends."""
    become(int(user), int(group))

    def begin() -> SharedBoard:
        return SharedBoard(Path(board), state=Path(state), clock=SystemClock(), terminal=f"user {user}")

    session = begin()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "new":
            session.close()
            session = begin()
        print(answer(line.strip(), Path(board), session) if line.strip() != "new" else "new", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
