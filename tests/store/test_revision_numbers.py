"""Every commit is a revision of its own, also when one process writes several in a row."""

from __future__ import annotations

from pathlib import Path

from store.clock import FixedClock
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from store.operations.sync import AddSyncEntry
from tests.store.builders import T0, Cast, office, stamp


def test_commits_in_a_row_count_up(tmp_path: Path) -> None:
    board = office()
    path = tmp_path / "board.json"
    path.write_bytes(encode(board.meta, board.raws))
    store = SharedBoard(path, state=tmp_path / "state", clock=FixedClock(T0))
    before = store.read().meta.rev
    revisions = []
    for topic in ("a", "b", "c"):
        store.record([AddSyncEntry(card=Cast.card, topic=topic)], stamp(Cast.wang))
        revisions.append(store.commit().board.meta.rev)
    assert revisions == [before + 1, before + 2, before + 3]
