"""Rulebook §5 clause by clause: what is reported, who answers, the ladder, rulings."""

from __future__ import annotations

import msgspec
import pytest

from store.board import Board
from store.operations.act import derived
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.rules.ladder import responders
from store.rules.lateness import reported
from store.views.queue import issue_detail, queue
from store.views.state import BoardState
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office, refused
from tests.store.clock_helpers import at, working

c, k = Cast, Busy
FOUR = {"what": "停线", "impact": "停工", "tried": "重启", "needed": "备件"}
RISK = {"risk": "断货", "reason": "供应商", "scope": "全部", "solution": "备选"}
RULING = {"decision": "各半", "department": c.market, "owner": c.sun, "due": T0 + DAY}


def clocks(board: Board, table: str, subject: int) -> dict[str, Clock]:
    """The clocks of one record by kind, open and closed."""
    return {clock.kind: clock for clock in clock_book(board, working()).of(table, subject, c.card)}


def seen(board: Board, me: int = c.wang) -> BoardState:
    return BoardState(board, working(), me=me)


# What is owed before it is reported ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "clock", "hours"),
    [("stopped", "report_block", 1), ("problem", "report_problem", 2), ("risk", "report_warning", 24)],
)
def test_work_stopped_is_due_in_1_h_a_problem_in_2_h_a_risk_in_24_h(kind: str, clock: str, hours: int) -> None:
    board = do(office(), "Notice", c.li, id=900, subtask=c.plan, kind=kind, since=T0 - 600)
    found = clocks(board, "incidents", 900)[clock]
    assert (found.due, found.who, found.is_open) == (T0 - 600 + hours * HOUR, (c.li,), True)


@pytest.mark.parametrize(
    ("kind", "report", "meets"),
    [
        ("stopped", "blocked", True),
        ("problem", "blocked", True),
        ("risk", "blocked", True),
        ("stopped", "entry", False),
        ("problem", "entry", True),
        ("risk", "entry", True),
        ("stopped", "warning", False),
        ("problem", "warning", False),
        ("risk", "warning", True),
        ("problem", "sync", True),
        ("stopped", "sync", False),
        ("stopped", "dispute", False),
    ],
)
def test_one_event_runs_one_clock_and_the_stronger_kind_meets_the_weaker(kind: str, report: str, meets: bool) -> None:
    board = do(office(), "Notice", c.li, T0, id=900, subtask=c.plan, kind=kind)
    later = T0 + 60
    if report == "blocked":
        board = do(board, "RaiseBlocked", c.li, later, id=901, subtask=c.plan, **FOUR)
    elif report == "warning":
        board = do(board, "RaiseWarning", c.li, later, id=901, subtask=c.plan, **RISK)
    elif report == "entry":
        board = do(board, "RecordProgress", c.li, later, id=901, subtask=c.plan, problem="缺料")
    elif report == "sync":
        board = do(board, "AddSyncEntry", c.li, later, id=901, subtask=c.plan, topic="缺料", kind="problem")
    else:
        sides = [{"department": d, "text": "x"} for d in (c.market, c.sales)]
        board = do(
            board, "RaiseDispute", c.li, later, id=901, card=c.card, between=[c.market, c.sales], over="谁修",
            positions=sides,
        )  # fmt: skip
    incident = board.incidents[900]
    assert (incident.closed_at is not None) == meets
    (clock,) = clocks(board, "incidents", 900).values()
    assert clock.closed == (later if meets else None)


def test_an_entry_without_a_problem_meets_nothing() -> None:
    board = do(office(), "Notice", c.li, T0, id=900, subtask=c.plan, kind="problem")
    board = do(board, "RecordProgress", c.li, T0 + 60, subtask=c.plan, percent=65)
    assert board.incidents[900].closed_at is None


def test_getting_worse_starts_the_stronger_at_the_instant_it_stopped() -> None:
    board = do(office(), "Notice", c.li, T0 - 5 * HOUR, id=900, subtask=c.plan, kind="risk")
    board = do(board, "Notice", c.li, T0, id=901, subtask=c.plan, kind="stopped", since=T0 - 600)
    (weaker,) = clocks(board, "incidents", 900).values()
    (stronger,) = clocks(board, "incidents", 901).values()
    assert state(weaker, T0) == "void"
    assert (stronger.started, stronger.due) == (T0 - 600, T0 - 600 + HOUR)
    assert refused(board, "Notice", c.li, subtask=c.plan, kind="problem") == "refuse.incident"


def test_a_blocked_report_began_when_work_was_noted_to_have_stopped() -> None:
    board = do(office(), "Notice", c.li, T0, id=900, subtask=c.plan, kind="stopped", since=T0 - HOUR)
    board = do(board, "RaiseBlocked", c.li, T0 + 120, id=901, subtask=c.plan, **FOUR)
    assert board.issues[901].since == T0 - HOUR
    found = reported(clock_book(board, working()).facts.spans, board.issues[901])
    assert found is not None
    assert (found.due, found.late) == (T0, 120)


def test_what_was_noted_may_be_taken_back_with_a_reason() -> None:
    board = do(office(), "Notice", c.li, T0, id=900, subtask=c.plan, kind="stopped", text="停线")
    assert refused(board, "WithdrawIncident", c.li, incident=900, reason=" ") == "refuse.empty"
    board = do(board, "WithdrawIncident", c.li, T0 + 60, incident=900, reason="误报")
    (clock,) = clocks(board, "incidents", 900).values()
    assert (state(clock, T0 + DAY), board.incidents[900].text) == ("void", "停线; 误报")
    assert refused(board, "WithdrawIncident", c.li, incident=900, reason="x") == "refuse.incident"
    again = do(board, "Notice", c.li, T0 + 120, id=901, subtask=c.plan, kind="risk")
    assert again.incidents[901].closed_at is None


@pytest.mark.parametrize(("kind", "hours"), [("blocked", 1), ("warning", 24), ("dispute", None)])
def test_late_by_runs_from_since_to_the_report(kind: str, hours: int | None) -> None:
    board = busy()
    key = {"blocked": k.blocked, "warning": k.warning, "dispute": k.dispute}[kind]
    issue = msgspec.structs.replace(board.issues[key], since=T0 - 3 * DAY, raised_at=T0)
    found = reported(clock_book(board, working()).facts.spans, issue)
    assert (found.late if found else None) == (None if hours is None else 3 * DAY - hours * HOUR)
    on_time = msgspec.structs.replace(issue, since=T0 - 60)
    found = reported(clock_book(board, working()).facts.spans, on_time)
    assert (found.late if found else None) == (None if hours is None else 0)


def test_a_warning_that_came_true_is_carried_on_by_the_blocked_report() -> None:
    board = busy()
    assert refused(board, "RaiseBlocked", c.li, subtask=c.plan, worsens=k.dispute, **FOUR) == "refuse.worsens"
    assert refused(board, "RaiseBlocked", c.sun, subtask=c.idle, worsens=k.warning, **FOUR) == "refuse.worsens"
    board = do(board, "RaiseBlocked", c.li, T0, id=901, subtask=c.plan, worsens=k.warning, **FOUR)
    warning = board.issues[k.warning]
    assert (warning.became, warning.resolved_at) == (901, T0)
    assert not [clock for clock in clocks(board, "issues", k.warning).values() if clock.is_open]
    detail = issue_detail(seen(board), k.warning)
    assert detail is not None
    assert detail.became is board.issues[901]


# The response ------------------------------------------------------------------------------------------------


def test_the_lead_answers_unless_he_raised_it_himself() -> None:
    board = busy()
    assert clocks(board, "issues", k.blocked)["response"].who == (c.wang,)
    own = do(board, "RaiseBlocked", c.wang, T0, id=901, subtask=c.plan, department=c.design, **FOUR)
    found = clocks(own, "issues", 901)["response"]
    assert c.wang not in found.who
    assert found.who == (c.li, c.chen)  # the heads of its tier: the subtask's department, the one that is asked


@pytest.mark.parametrize(
    ("tier", "heads", "who"),
    [
        (1, {c.market: c.wang, c.design: c.chen}, (c.chen,)),  # the heads of its tier but himself
        (1, {c.market: c.wang, c.design: c.wang}, (c.zhang,)),  # he heads both: the leaders in charge
        (1, {c.market: None, c.design: None}, (c.zhang,)),
        (2, {c.market: c.wang, c.design: c.chen}, (c.zhang,)),
    ],
)
def test_who_answers_an_issue_of_the_lead(tier: int, heads: dict[int, int | None], who: tuple[int, ...]) -> None:
    board = office()
    for department, head in heads.items():
        board = do(board, "EditDepartment", c.wang, department=department, fields={"head": head})
    roster = clock_book(board, working()).facts.roster
    card = board.cards[c.card]
    raised = do(board, "RaiseBlocked", c.wang, id=901, subtask=c.poster, department=c.market, **FOUR).issues[901]
    assert responders(roster, msgspec.structs.replace(raised, tier=tier), card) == who


def test_a_problem_in_an_entry_is_answered_by_somebody_else() -> None:
    board = do(office(), "RecordProgress", c.li, T0, id=901, subtask=c.plan, problem="缺料")

    def answered(then: Board) -> bool:
        return clocks(then, "progress", 901)["response"].closed is not None

    assert not answered(do(board, "AddSyncEntry", c.li, T0 + 60, subtask=c.plan, topic="还缺"))
    assert answered(do(board, "AddSyncEntry", c.wang, T0 + 60, subtask=c.plan, topic="明天到"))
    assert answered(do(board, "RaiseBlocked", c.li, T0 + 60, subtask=c.plan, **FOUR))
    lag = do(
        board, "RecordLag", c.wang, T0 + 60, subtask=c.plan, since=T0, percent=60, finish=T0 + 3 * DAY
    )  # fmt: skip
    assert not answered(lag)


def test_a_problem_the_lead_names_is_answered_by_the_head_of_its_department() -> None:
    board = do(office(), "RecordProgress", c.wang, T0, id=901, subtask=c.plan, problem="缺料")
    assert clocks(board, "progress", 901)["response"].who == (c.li,)
    board = do(office(), "RecordProgress", c.li, T0, id=901, subtask=c.plan, problem="缺料")
    assert clocks(board, "progress", 901)["response"].who == (c.wang,)


# The queue -----------------------------------------------------------------------------------------------------


def test_an_acknowledged_issue_that_stays_silent_comes_back_on_top() -> None:
    board = do(busy(), "Acknowledge", c.wang, issue=k.blocked, text="下午给")
    due = clocks(board, "issues", k.blocked)["follow_up"].due
    assert due == at("2026-10-10 17:00")  # the make-up working day after raising
    state_then = seen(board)
    assert queue(state_then, due, "tier")[0].id == k.dispute
    assert queue(state_then, due + 1, "tier")[0].id == k.blocked
    told = do(board, "FollowUp", c.wang, due - 60, issue=k.blocked, text="仍缺 2 个省")
    assert queue(seen(told), due + 1, "tier")[0].id == k.dispute


def test_a_snoozed_issue_stands_last_until_its_time_and_its_clocks_run_on() -> None:
    board = do(busy(), "Snooze", c.wang, issue=k.warning, until=T0 + DAY, reason="等讲师")
    before, after = clocks(busy(), "issues", k.warning), clocks(board, "issues", k.warning)
    assert {kind: clock.due for kind, clock in before.items()} == {kind: clock.due for kind, clock in after.items()}
    assert queue(seen(board), T0)[-1].id == k.warning
    assert queue(seen(board), T0 + DAY)[-1].id != k.warning
    board = do(board, "Resolve", c.wang, issue=k.warning, **RULING)
    (row,) = [each for each in queue(seen(board), T0) if each.id == k.warning]
    assert not row.snoozed(T0)
    assert row.in_tier(T0 + DAY) == row.in_tier(T0)


# The ladder ----------------------------------------------------------------------------------------------------


def test_after_3_working_days_the_leaders_after_3_more_the_executive_who_keeps_it() -> None:
    board = busy()
    tier = clocks(board, "issues", k.blocked)["tier"]
    assert (tier.who, tier.due) == ((c.chen, c.wang), at("2026-10-13 18:00"))
    for number, who in ((2, (c.zhang,)), (3, (c.zhang,))):
        board = do(board, "Escalate", c.li, tier.due, issue=k.blocked, from_tier=number - 1, reason="未决")
        tier = next(found for found in clock_book(board, working()).open_of(c.card) if found.subject == k.blocked
                    and found.kind == "tier")  # fmt: skip
        assert tier.who == who
    assert tier.due == at("2026-10-21 18:00")
    assert state(tier, at("2027-03-01 09:00")) == "breached"
    assert refused(board, "Escalate", c.li, issue=k.blocked, reason="未决") == "refuse.top"


def test_anyone_may_escalate_earlier_with_a_reason_bound_to_the_tier_seen() -> None:
    board = busy()
    assert refused(board, "Escalate", c.fang, issue=k.blocked, from_tier=1, reason=" ") == "refuse.empty"
    board = do(board, "Escalate", c.fang, issue=k.blocked, from_tier=1, reason="等不及")
    assert refused(board, "Escalate", c.fang, issue=k.blocked, from_tier=1, reason="再来") == "refuse.tier"


def test_only_the_executive_rules_on_tier_3() -> None:
    board = busy()
    for person in (c.wang, c.li, c.sun):
        assert refused(board, "Resolve", person, issue=k.dispute, **RULING) == "refuse.role"
    assert refused(board, "Resolve", c.zhang, issue=k.dispute, **RULING) == ""
    board = do(board, "SetSetting", c.wang, key="administrator", value=c.fang)
    for person, other in ((c.zhang, None), (c.fang, c.zhang)):
        (*_, step) = do(board, "Resolve", person, issue=k.dispute, **RULING).steps_of[k.dispute]
        assert (step.by, step.on_behalf_of) == (person, other)
    assert refused(board, "Resolve", c.fang, issue=k.blocked, **RULING) == ""


# Resolving -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("issue", "by", "event"), [(k.blocked, c.wang, "decision"), (k.dispute, c.zhang, "ruling")])
def test_a_decision_is_written_back_and_goes_to_all_participants(issue: int, by: int, event: str) -> None:
    board = busy()
    board = do(board, "SetLetters", c.wang, subtask=c.poster, person=c.mei, letters="I")
    board = do(board, "Resolve", by, id=901, issue=issue, **RULING)
    entry = board.sync[derived(901, "sync")]
    assert (entry.event, entry.content, entry.notify, entry.sent_at) == (event, "各半", True, None)
    assert (entry.card, entry.issue) == (c.card, issue)
    wanted = {c.wang, c.li, c.sun} if issue == k.dispute else {c.mei, c.chen, c.wang, c.sun}
    assert wanted <= set(entry.recipients)
    assert [step.kind for step in board.steps_of[issue]][-1] == "resolved"
    promised = clocks(board, "issues", issue)["resolution"]
    assert (promised.due, promised.who) == (T0 + DAY, (c.sun,))
    assert clocks(board, "sync", entry.id)["notify"].due == T0 + DAY


def test_marking_an_issue_sent_marks_the_entry_of_its_decision() -> None:
    board = do(busy(), "Resolve", c.wang, id=901, issue=k.blocked, **RULING)
    board = do(board, "MarkNotified", c.sun, T0 + HOUR, issue=k.blocked)
    assert board.sync[derived(901, "sync")].sent_at == T0 + HOUR
    assert clocks(board, "sync", derived(901, "sync"))["notify"].closed == T0 + HOUR
