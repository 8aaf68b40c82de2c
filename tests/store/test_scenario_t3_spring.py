"""T3's stopped production line across the Spring Festival of 2026: 1 h, 24 h, and 17:00 of each working day.

Off: Sun 02-15 to Mon 02-23. Worked: Sat 02-14 and Sat 02-28.
"""

from __future__ import annotations

from tests.store.builders import Cast, do
from tests.store.clock_helpers import at
from tests.store.test_scenario_issues import LINE, REPORT, clocks, factory

c = Cast


def test_t3_a_line_that_stops_on_the_make_up_saturday_before_the_festival() -> None:
    board = do(factory(), "EditSubtask", c.wang, subtask=LINE, fields={"planned_finish": at("2026-03-20 18:00"),
               "planned_start": at("2026-02-02 09:00")})  # fmt: skip
    board = do(board, "Notice", c.chen, at("2026-02-14 17:20"), id=600, subtask=LINE, kind="stopped", text="3号线停机",
               since=at("2026-02-14 17:15"))  # fmt: skip
    assert clocks(board, "incidents", 600)["report_block"].due == at("2026-02-14 18:15")
    four = {"what": "3号线停机", "impact": "试产推迟 2 天", "tried": "已重启 2 次", "needed": "销售部协调备件"}
    board = do(
        board, "RaiseBlocked", c.chen, at("2026-02-14 18:00"), id=REPORT, subtask=LINE, department=c.sales, **four
    )
    running = clocks(board, "issues", REPORT)
    assert running["response"].due == at("2026-02-15 18:00")  # day and night; a due on a day off is kept
    assert running["follow_up"].due == at("2026-02-24 17:00")  # the working day after raising
    assert running["tier"].due == at("2026-02-26 18:00")  # Tue 24, Wed 25, Thu 26
    for day, following in (("24", "2026-02-25"), ("25", "2026-02-26"), ("26", "2026-02-27"), ("27", "2026-02-28"),
                           ("28", "2026-03-02")):  # fmt: skip
        board = do(board, "FollowUp", c.wang, at(f"2026-02-{day} 16:30"), issue=REPORT, text="备件在途")
        assert clocks(board, "issues", REPORT)["follow_up"].due == at(f"{following} 17:00")
    board = do(board, "Escalate", c.wang, at("2026-02-26 17:59"), issue=REPORT, reason="备件无着落")
    assert clocks(board, "issues", REPORT)["tier"].due == at("2026-03-02 18:00")  # Fri 27, Sat 28, Mon 2
