"""Large boards for measurements: cards, subtasks, progress entries, written straight as a board file."""

from __future__ import annotations

import random
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from store.file.storage import encode
from store.records import (
    FORMAT,
    TABLES,
    BoardMeta,
    Card,
    Department,
    Duty,
    Person,
    ProgressEntry,
    Record,
    Subtask,
)

DAY = 86_400
DEPARTMENTS = ("市场部", "销售部", "产品部", "设计部", "客服部", "人事部")
NAMES = ("渠道激励方案", "新品发布短片", "双十一话术培训", "门店物料布置", "会员日返场活动", "主视觉设计初稿")


class Maker:
    """Fills tables with records that look like an office's."""

    def __init__(self, now: int, seed: int = 7) -> None:
        """`now` is the moment the board is made for (epoch seconds)."""
        self.now = now
        self.random = random.Random(seed)
        self.tables: dict[str, dict[str, Raw]] = {name: {} for name in TABLES}
        self.departments = [
            self.put("departments", Department(name=n, code=f"D{i}")) for i, n in enumerate(DEPARTMENTS)
        ]
        self.people = [
            self.put("people", Person(name=f"员工{i:02d}", department=self.departments[i % len(DEPARTMENTS)]))
            for i in range(30)
        ]

    def put(self, table: str, record: Record) -> int:
        """Store a record and return its id."""
        number = secrets.randbits(53) | 1
        body: dict[str, Any] = msgspec.to_builtins(record)
        self.tables[table][str(number)] = Raw(msgspec.json.encode(body))
        return number

    def card(self, index: int, due: int, *, subtasks: int = 0, entries: int = 0) -> int:
        """One active card that is due at `due`, with subtasks and on each of them so many progress entries."""
        start = self.now - 20 * DAY
        card = self.put(
            "cards",
            Card(
                name=f"{self.random.choice(NAMES)} {index}",
                number=f"Q4营销-2026-{index:03d}",
                stage="active",
                lead=self.random.choice(self.people),
                lead_department=self.departments[index % 6],
                priority=self.random.choice(("high", "medium", "low")),
                cadence="weekly",
                planned_start=start,
                planned_finish=due,
                created_at=start,
                activated_at=start,
                goal="新品A华东销量5000台;曝光量>=100万" * 4,
            ),
        )
        for order in range(3):
            self.put("duties", Duty(card=card, department=self.departments[(index + order) % 6], order=order,
                                    answer="signed", signed_at=start))  # fmt: skip
        for n in range(subtasks):
            self._subtask(card, f"Q4营销-2026-{index:03d}-{n + 1:02d}", (start, due), entries)
        return card

    def _subtask(self, card: int, number: str, span: tuple[int, int], entries: int) -> None:
        # None of them lags, which has a clock that is over: the measurements know which cards stand on the first page.
        percent = self.random.randrange(80, 95)
        start, due = span
        subtask = self.put(
            "subtasks",
            Subtask(
                card=card,
                name=f"{self.random.choice(NAMES)} 第{number[-1]}步",
                number=number,
                department=self.random.choice(self.departments),
                owner=self.random.choice(self.people),
                planned_start=start,
                planned_finish=max(due, self.now + 2 * DAY),
                percent=percent,
                status="in_progress",
                standard="方案含三档返利与预算表,市场部确认",
            ),
        )
        for at in range(entries):
            entry = ProgressEntry(
                subtask=subtask,
                at=self.now - (entries - at) * DAY,
                by=self.people[0],
                percent=percent,
                done="完成两档测算",
                next="第三档",
            )
            self.put("progress", entry)

    def write(self, path: Path) -> None:
        """Write the board file."""
        meta = BoardMeta(format=FORMAT, board=secrets.token_hex(8), rev=1, rid=secrets.token_hex(8), writer="bench",
                         epoch=1, name="bench")  # fmt: skip
        path.write_bytes(encode(meta, self.tables))


def make(path: Path, dues: Sequence[int], now: int, *, subtasks: int = 0, entries: int = 0) -> None:
    """A board of a card for each of these dues (epoch seconds); `subtasks` a card, `entries` a subtask."""
    maker = Maker(now)
    for index, due in enumerate(dues, start=1):
        maker.card(index, due, subtasks=subtasks, entries=entries)
    maker.write(path)


def spread(cards: int, now: int, over: int = 40 * DAY) -> list[int]:
    """Dues spread evenly over so many seconds from now."""
    return [now + over * (place + 1) // cards for place in range(cards)]


def main() -> None:
    """`python -m bench.boards FILE CARDS SUBTASKS ENTRIES` (in all, the last two)."""
    cards, subtasks, entries = (int(word) for word in sys.argv[2:5])
    now = int(time.time())
    each = subtasks // cards
    make(Path(sys.argv[1]), spread(cards, now), now, subtasks=each, entries=entries // subtasks if subtasks else 0)


if __name__ == "__main__":
    main()
