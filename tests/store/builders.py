"""Boards in memory, built by the operations themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop
from store.operations.base import Operation, Stamp, decode

T0 = 1_791_536_100
"""2026-10-09 (a Friday, workday) 16:55 in Shanghai: the instant of the mock-ups in the screens document."""
HOUR = 3600
DAY = 24 * HOUR

META = r.BoardMeta(format=r.FORMAT, board="b0", rev=1, rid="0000000000000000", writer="test", epoch=1)


def empty_board() -> Board:
    """A board without any record."""
    return Board(META, {})


def stamp(person: int = 0, at: int = T0, *, recorded: int | None = None, provisional: bool = False) -> Stamp:
    """A signature; entered when it happened unless `recorded` says otherwise."""
    return Stamp(person=person, at=at, recorded=at if recorded is None else recorded, provisional=provisional)


def run(board: Board, operation: Operation, by: int | Stamp = 0, at: int = T0) -> Board:
    """The board after an operation; raises the first reason against it. Nothing is pending on it."""
    sign = by if isinstance(by, Stamp) else stamp(by, at)
    for reason in operation.check(board, sign):
        raise reason
    return written(board, operation.apply(board, sign))


def written(board: Board, changes: list[Change]) -> Board:
    """The board as it reads after the changes went through a file: encoded, decoded anew."""
    tables = {name: {str(k): as_body(rec) for k, rec in board.table(name).items()} for name in r.TABLES}
    for change in changes:
        rows = tables[change.table]
        if isinstance(change, Add):
            rows[str(change.id)] = dict(change.record or {})
        elif isinstance(change, Drop):
            rows.pop(str(change.id), None)
        else:
            rows[str(change.id)] |= {name: new for name, (_, new) in change.fields.items()}
    return Board(META, {name: raws(rows) for name, rows in tables.items()})


def raws(rows: dict[str, dict[str, Any]]) -> dict[str, msgspec.Raw]:
    """Records as the raw bytes a Board takes."""
    return {key: msgspec.Raw(msgspec.json.encode(body)) for key, body in rows.items()}


def as_body(record: r.Record) -> dict[str, Any]:
    """A record as its document."""
    body: dict[str, Any] = msgspec.to_builtins(record)
    body.pop("id", None)
    return body


def do(board: Board, operation: str, by: int = 0, at: int = T0, /, **fields: Any) -> Board:
    """`run` for an operation by its name and its fields as JSON holds them."""
    return run(board, decode(operation, fields), by, at)


def refused(board: Board, operation: str, by: int = 0, at: int = T0, /, **fields: Any) -> str:
    """The code of the first reason against an operation; "" if it may happen."""
    return next((reason.code for reason in decode(operation, fields).check(board, stamp(by, at))), "")


class Cast:
    """The people, departments and work of `office`, by doc id."""

    wang, li, chen, sun, zhang, mei, fang = 11, 12, 13, 14, 15, 16, 17
    market, sales, design = 21, 22, 23
    card, draft = 31, 32
    plan, poster, idle = 41, 42, 43


def office() -> Board:
    """Three departments, seven people and an active card with three subtasks.

    market (head wang; sun), sales (head li; mei), design (head chen; fang); zhang is the executive, fang is
    nobody's head. The card is led by wang; `plan` (li) stands at 60 %, `poster` (chen) at 30 %, `idle` is
    not started. `draft` is a draft card of market alone.
    """
    c, board = Cast, empty_board()
    for number, name, code in ((c.market, "市场部", "SC"), (c.sales, "销售部", "XS"), (c.design, "设计部", "SJ")):
        board = _seed(board, r.Department(id=number, name=name, code=code))
    homes = {c.wang: c.market, c.sun: c.market, c.li: c.sales, c.mei: c.sales, c.chen: c.design, c.fang: c.design}
    names = {
        c.wang: "王敏",
        c.li: "李强",
        c.chen: "陈思",
        c.sun: "孙悦",
        c.zhang: "张岚",
        c.mei: "J. Meyer",
        c.fang: "方圆",
    }
    for person, name in names.items():
        board = _seed(board, r.Person(id=person, name=name, department=homes.get(person), logins=(f"u{person}",)))
    for department, head in ((c.market, c.wang), (c.sales, c.li), (c.design, c.chen)):
        board = do(board, "EditDepartment", c.wang, department=department, fields={"head": head, "leader": c.zhang})
    board = do(board, "SetSetting", c.wang, key="executive", value=c.zhang)
    board = do(
        board, "CreateCard", c.wang, T0 - 20 * DAY, id=c.card, name="Q4营销活动筹备", project="Q4营销", lead=c.wang,
        departments=[c.market, c.sales, c.design], planned_start=T0 - 18 * DAY, planned_finish=T0 + 53 * DAY,
    )  # fmt: skip
    board = do(board, "CreateCard", c.wang, T0 - 2 * DAY, id=c.draft, name="店庆", lead=c.wang, departments=[c.market])
    board = do(board, "Circulate", c.wang, T0 - 19 * DAY, card=c.card, reason="试点")
    for department, head in ((c.market, c.wang), (c.sales, c.li), (c.design, c.chen)):
        board = do(board, "Confirm", head, T0 - 18 * DAY, card=c.card, department=department)
        board = do(board, "Sign", head, T0 - 18 * DAY, card=c.card, department=department)
    board = do(board, "Activate", c.wang, T0 - 18 * DAY, card=c.card, reason="试点")
    for number, name, owner in (
        (c.plan, "渠道激励方案初稿", c.li),
        (c.poster, "主视觉设计", c.chen),
        (c.idle, "门店清单", c.sun),
    ):
        board = do(
            board, "AddSubtask", c.wang, T0 - 17 * DAY, id=number, card=c.card, name=name, owner=owner,
            planned_start=T0 - 10 * DAY, planned_finish=T0 + 3 * DAY,
        )  # fmt: skip
    board = do(board, "RecordProgress", c.li, T0 - DAY, id=51, subtask=c.plan, percent=60, done="完成两档测算")
    return do(board, "RecordProgress", c.chen, T0 - DAY, id=52, subtask=c.poster, percent=30, done="3版草图")


def _seed(board: Board, record: r.Record) -> Board:
    from store.changes import add

    return written(board, [add(record)])


class Busy:
    """What `busy` adds, by doc id. A meeting's second agenda item, its decision and its action item follow it."""

    milestone, blocked, warning, dispute, sync = 91, 61, 62, 63, 81
    notice, held, drafted = 701, 711, 721


def busy() -> Board:
    """`office` with a milestone, issues, meetings and a sync entry, by the ids in `Busy`."""
    c, k, board = Cast, Busy, office()
    board = do(board, "AddMilestone", c.wang, id=k.milestone, card=c.card, name="3版初稿", due=T0 + 7 * DAY)
    board = do(
        board, "RaiseBlocked", c.chen, T0 - 3 * HOUR, id=k.blocked, subtask=c.poster, what="渠道数据缺失",
        impact="推迟 2 天", tried="催过孙悦", needed="渠道数据 v2", department=c.market,
    )  # fmt: skip
    board = do(
        board, "RaiseWarning", c.li, T0 - 2 * HOUR, id=k.warning, subtask=c.plan, risk="讲师档期冲突", reason="出差",
        scope="培训", solution="改期", department=c.market,
    )  # fmt: skip
    board = do(board, "Acknowledge", c.wang, T0 - HOUR, issue=k.warning, text="今天答复")
    positions = [{"department": c.market, "text": "销售出"}, {"department": c.sales, "text": "市场出"}]
    board = do(
        board, "RaiseDispute", c.li, T0 - HOUR, id=k.dispute, card=c.card, between=[c.market, c.sales], over="物料费用",
        positions=positions,
    )  # fmt: skip
    for _ in range(2):
        board = do(board, "Escalate", c.li, issue=k.dispute, reason="谈不拢")
    for meeting in (k.notice, k.held, k.drafted):
        board = do(
            board, "CallMeeting", c.sun, T0 - DAY, id=meeting, kind="progress", name="筹备会", card=c.card,
            starts=T0 - HOUR, chair=c.wang, agenda=[{"title": "上次行动项"}],
        )  # fmt: skip
        board = do(board, "AddAgendaItem", c.sun, id=meeting + 1, meeting=meeting, title="主视觉", minutes=10)
        lines = [
            {"id": meeting + 2, "kind": "decision", "text": "由孙悦负责", "order": 0},
            {"id": meeting + 3, "kind": "action", "text": "渠道数据 v2", "order": 1, "owner": c.sun, "due": T0 + DAY},
        ]
        board = do(board, "SaveLines", c.sun, meeting=meeting, item=meeting + 1, lines=lines)
    for meeting in (k.held, k.drafted):
        board = do(board, "HoldMeeting", c.sun, meeting=meeting)
    board = do(board, "SendDraft", c.sun, meeting=k.drafted)
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=k.drafted)
    return do(board, "AddSyncEntry", c.sun, id=k.sync, card=c.card, topic="数据口径", kind="requirement_change")
