"""Boards for the tests of the screens, built on those of `tests.store.builders`."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import msgspec

from store.board import Board
from tests.store.builders import DAY, HOUR, T0, Cast, do, office

SHANGHAI = timezone(timedelta(hours=8))
OWED = (411, 412, 413, 414, 415)
"""Doc ids of the five subtasks of `owing`, in the order they are asked for."""
REPORT_DAYS = ("2026-09-29 16:30", "2026-09-30 16:30", "2026-10-08 16:30")
HOSTILE = (
    "[/x]",
    "[@click=app.quit]渠道[/]",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202eoverride\u2066",
    "a\tb\nc",
    "長" * 5000,
)
"""Names nobody should give a record; every one of them must be shown as text."""


def at(text: str) -> int:
    """`2026-10-09 16:55` in Shanghai as epoch seconds."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).timestamp())


def owing() -> Board:
    """`office`, and five subtasks of 李强 that owe today's report at 17:00 and none before."""
    c, board = Cast, office()
    for place, number in enumerate(OWED):
        board = do(
            board, "AddSubtask", c.wang, T0 - 17 * DAY, id=number, card=c.card, name=f"渠道{place + 1}", owner=c.li,
            planned_start=at("2026-09-29 09:00"), planned_finish=T0 + (4 + place) * DAY,
        )  # fmt: skip
        for day, time in enumerate(REPORT_DAYS):
            board = do(board, "RecordProgress", c.li, at(time), id=number * 10 + day, subtask=number, percent=60)
    for number in (c.plan, c.poster, c.idle):
        board = do(board, "EditSubtask", c.wang, subtask=number, fields={"owner": c.chen})
    return board


def many(cards: int) -> Board:
    """`office` and so many active cards of 孙悦, 任务1, 任务2 ..., the first due in an hour, each an hour later."""
    board = office()
    for number in range(1, cards + 1):
        board = do(
            board, "CreateCard", Cast.wang, T0 - DAY, id=1000 + number, name=f"任务{number}", lead=Cast.sun,
            project="P", departments=[Cast.market], planned_start=T0 - DAY, planned_finish=T0 + number * HOUR,
        )  # fmt: skip
        board = do(board, "Activate", Cast.sun, T0 - HOUR, card=1000 + number, reason="试点")
    return board


def hostile() -> Board:
    """`office` where every kind of record carries a name of `HOSTILE`, as another program may have written it."""
    c, board = Cast, office()
    for place in range(len(HOSTILE)):
        name = f"@{place}@"
        person = 1100 + place
        board = do(board, "AddPerson", c.wang, id=person, name=name, department=c.market)
        board = do(board, "AddDepartment", c.wang, id=1200 + place, name=name, code=f"X{place}")
        board = do(
            board, "CreateCard", c.wang, T0 - DAY, id=1300 + place, name=name, lead=person, departments=[1200 + place],
            planned_start=T0 - DAY, planned_finish=T0 + HOUR, goal=name, project=name,
        )  # fmt: skip
        board = do(board, "Activate", person, T0 - DAY, card=1300 + place, reason="试点")
        board = do(
            board, "AddSubtask", c.wang, T0 - DAY, id=1400 + place, card=1300 + place, name=name, owner=person,
            department=1200 + place, planned_start=T0 - DAY, planned_finish=T0 + HOUR, standard=name,
        )  # fmt: skip
        board = do(board, "RecordProgress", person, id=1500 + place, subtask=1400 + place, percent=30, done=name,
                   problem=name)  # fmt: skip
        board = do(
            board, "RaiseBlocked", person, T0 - HOUR, id=1600 + place, subtask=1400 + place, what=name, impact=name,
            tried=name, needed=name, department=c.market,
        )  # fmt: skip
        board = do(
            board, "CallMeeting", c.wang, id=1700 + 20 * place, kind="progress", name=name, card=1300 + place,
            starts=T0 + HOUR, chair=person, agenda=[{"title": name}],
        )  # fmt: skip
    return Board(
        board.meta, {table: {k: _renamed(raw) for k, raw in rows.items()} for table, rows in board.raws.items()}
    )


def _renamed(raw: msgspec.Raw) -> msgspec.Raw:
    data = bytes(raw)
    for place, name in enumerate(HOSTILE):
        data = data.replace(f"@{place}@".encode(), json.dumps(name)[1:-1].encode())
    return msgspec.Raw(data)
