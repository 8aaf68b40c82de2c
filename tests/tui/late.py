"""A change that came too late: it is put aside and waits for its author."""

from __future__ import annotations

from pathlib import Path

from store.clock import FixedClock
from store.file.shared_board import SharedBoard
from store.operations.base import Operation
from store.records import Aside
from tests.store.builders import T0, Cast, stamp


def put_aside(path: Path, mine: Operation, *theirs: Operation, by: int = Cast.li) -> Aside:
    """On the board at `path` `by` makes a change that no longer fits after `theirs`: what stands in their inbox."""
    late, first = (SharedBoard(path, state=path.parent / name, clock=FixedClock(T0)) for name in ("late", "first"))
    late.read()
    first.read()
    first.record(theirs, stamp(Cast.wang))
    first.commit()
    late.record([mine], stamp(by))
    result = late.commit()
    first.close()
    late.close()
    assert [one.outcome for one in result.settled] == ["aside"]
    return max(result.board.asides.values(), key=lambda row: row.recorded_at)
