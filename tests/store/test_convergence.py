"""Three clients in any order, with accidents: after all have sent, all hold the same board, and nothing is lost."""

from __future__ import annotations

import errno
import os
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import BoardReadOnly, BoardUnavailable, Refused
from store.file.shared_board import SharedBoard
from store.operations.base import Operation
from store.operations.cards import EditCard
from store.operations.people import AddPerson
from store.records import TABLES
from tests.store.storage_helpers import CALLS, CARD, FaultyDisk, make_board, opened, session, stamp, sync

WORDS = ("甲", "乙", "丙", "丁")


class World:
    """A board file and three machines."""

    def __init__(self, folder: Path) -> None:
        self.path, self.folder = make_board(folder / "board.json"), folder
        self.disks = [FaultyDisk() for _ in range(3)]
        for disk in self.disks:
            disk.heal()
        self.shared = [self.begin(n) for n in range(3)]
        self.told: list[tuple[str, int]] = []
        self.copies = [self.path.read_bytes()]

    def begin(self, n: int) -> SharedBoard:
        shared = session(self.path, self.folder / f"state {n}", self.disks[n])
        shared.read()
        return shared

    def record(self, n: int, value: int) -> None:
        """Something that stands beside others, two that meet, one that only one of several can have."""
        word = WORDS[value % 4]
        operations: tuple[Operation, ...] = (
            sync(f"{word} {n}"),
            EditCard(card=CARD, fields={"name": word}),
            EditCard(card=CARD, fields={"notes": f"{word} {n}"}),
            AddPerson(name=word),
        )
        with suppress(Refused):
            self.told += [each.key for each in self.shared[n].record([operations[value // 4]], stamp())]

    def commit(self, n: int, value: int) -> None:
        self.shared[n].commit()
        self.copies.append(self.path.read_bytes())

    def fail(self, n: int, value: int) -> None:
        """A commit that meets an error somewhere, perhaps after the call did its work."""
        call = CALLS[value % len(CALLS)]
        self.disks[n].fail((errno.EIO, errno.ESTALE)[value % 2], call, at=range(value, 99), after=value % 3 == 0)
        with suppress(BoardUnavailable, BoardReadOnly):
            self.shared[n].commit()
        self.disks[n].heal()

    def poll(self, n: int, value: int) -> None:
        self.shared[n].poll()

    def restart(self, n: int, value: int) -> None:
        self.shared[n].close()
        self.shared[n] = self.begin(n)

    def settle(self, n: int) -> None:
        """Read until an older file is believed to be one, not the late answer of a share."""
        self.shared[n].read()
        self.disks[n].slept += 6
        self.shared[n].read()

    def old_copy(self, n: int, value: int) -> None:
        """Somebody puts an earlier file in the place of the board."""
        self.path.write_bytes(self.copies[-1 - value % len(self.copies)])


STEPS = (World.record, World.record, World.commit, World.fail, World.poll, World.restart, World.old_copy)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 15)), max_size=30))
def test_any_interleaving_comes_to_the_same_board_for_all(
    steps: list[tuple[object, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", int)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for step, n, value in steps:
            assert callable(step)
            step(world, n, value)
        for _ in range(2):  # what one of them sends may show another that its own is gone
            for n in range(3):
                world.settle(n)
                world.shared[n].commit()
        boards = [opened(world.path, Path(folder) / "reader").shown()]
        for n, shared in enumerate(world.shared):
            world.settle(n)
            assert shared.pending == []
            boards.append(shared.shown())
        for table in TABLES:
            assert boards[0].table(table) == boards[1].table(table) == boards[2].table(table) == boards[3].table(table)
        entries = Counter((entry.client, entry.n) for entry in boards[0].history.values())
        assert [key for key in world.told if entries[key] != 1] == []
        assert max(entries.values()) == 1
        for shared in world.shared:
            shared.close()
