"""Boards at the end of a card's life: its work done, submitted, completed."""

from __future__ import annotations

from store.board import Board
from tests.store.builders import DAY, T0, Cast, do, office

c = Cast
ROUND, RETRO = 8001, 8101
ZHANG = c.zhang


def worked() -> Board:
    """`office` with every subtask of its card accepted and handed over with a deliverable; zhang accepts the card."""
    board = do(office(), "EditCard", c.wang, card=c.card, fields={"acceptor": c.zhang})
    for subtask, owner in ((c.plan, c.li), (c.poster, c.chen), (c.idle, c.sun)):
        board = do(board, "HandOver", owner, subtask=subtask, deliverable=f"成果{subtask}.docx")
        board = do(board, "AcceptSubtask", c.wang, subtask=subtask)
    return board


def ready() -> Board:
    """`worked`, and both supporting departments have said their word."""
    board = do(worked(), "ConfirmSupport", c.li, card=c.card, department=c.sales)
    return do(board, "ConfirmSupport", c.chen, card=c.card, department=c.design, text="初稿已交, 附源文件")


def submitted(at: int = T0) -> Board:
    """`ready`, submitted by the lead."""
    return do(ready(), "SubmitForAcceptance", c.wang, at, id=ROUND, card=c.card)


def completed() -> Board:
    """`submitted`, with the verdict `pass` a day later."""
    return do(submitted(), "GiveVerdict", c.zhang, T0 + DAY, card=c.card, verdict="pass", remarks="达标")


def closed() -> Board:
    """`completed`, with its retro: the gate to the archive is open."""
    said = {"well": "配合快", "short": "数据晚到", "improvements": "提前一周锁定数据口径"}
    return do(completed(), "RecordRetro", c.wang, T0 + 2 * DAY, id=RETRO, card=c.card, **said)
