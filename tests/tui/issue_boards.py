"""A board for the tests of the escalation queue: the office with six open issues."""

from __future__ import annotations

from typing import Any

from store.board import Board
from tests.store.builders import DAY, HOUR, T0, Cast, do, office

RAISED = (101, 102, 103, 104, 105, 106)
"""Doc ids, in the order they were raised: blocked, warning, warning, warning, dispute, dispute (of tier 2)."""


def queue_board() -> Board:
    """`office` with six issues; wang (head of market, lead of the card) did not raise any of them."""
    c, board = Cast, office()
    board = do(
        board, "RaiseBlocked", c.chen, T0 - 27 * HOUR, id=101, subtask=c.poster, what="渠道数据缺失, 主文案不能定稿",
        impact="3版初稿推迟 2 天, 里程碑 10-16 受影响", tried="10-08 上午催过孙悦; 用旧数据排版",
        needed="市场部 10-10 12:00 前给渠道数据 v2", department=c.market,
    )  # fmt: skip
    for number, (risk, hours) in enumerate(
        (("讲师档期冲突", 25), ("Landing page copy not approved", 22), ("场地未定", 3))
    ):
        board = do(
            board, "RaiseWarning", c.li, T0 - hours * HOUR, id=102 + number, subtask=c.plan, risk=risk, reason="出差",
            scope="培训推迟", solution="改期", department=c.market,
        )  # fmt: skip
    sides: dict[str, Any] = {
        "card": c.card,
        "between": [c.sales, c.market],
        "positions": [{"department": c.sales, "text": "市场出"}, {"department": c.market, "text": "销售出"}],
    }
    board = do(board, "RaiseDispute", c.li, T0 - 2 * DAY, id=105, over="门店物料费用由谁承担", **sides)
    board = do(board, "Acknowledge", c.wang, T0 - DAY, issue=105, text="周一开会")
    board = do(board, "RaiseDispute", c.mei, T0 - DAY, id=106, over="设计助理编制归属", **sides)
    board = do(board, "Acknowledge", c.wang, T0 - 20 * HOUR, issue=106, text="先问人事部")
    return do(board, "Escalate", c.mei, T0 - 2 * HOUR, issue=106, reason="谈不拢")
