"""The cases of the table of clocks (rulebook §8): records, start, due, when it was met, who must act."""

from __future__ import annotations

from typing import Any, NamedTuple

from store import records as r
from store.rules.clocks import Kind
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    DESIGN,
    LI,
    NOW,
    SALES,
    SUB,
    SUN,
    WANG,
    ZHANG,
    at,
    card,
    duty,
    entry,
    issue,
    meeting,
    subtask,
)

DONE = at("2026-09-30 10:00")
"""The last working day before National Day: what starts here crosses it."""


class Case(NamedTuple):
    """One clause."""

    clause: str
    kind: Kind
    records: list[r.Record]
    due: str
    who: tuple[int, ...]
    started: str | None = None
    met: str | None = None


def stone(**fields: Any) -> r.Milestone:
    """A milestone of 2026-10-23."""
    known: dict[str, Any] = {"id": 700, "card": CARD, "name": "定稿", "due": at("2026-10-23 18:00")}
    return r.Milestone(**(known | fields))


def needed(**fields: Any) -> r.Input:
    """An input the design department supplies by 2026-10-13."""
    known: dict[str, Any] = {
        "id": 710,
        "subtask": SUB,
        "what": "提成口径",
        "department": DESIGN,
        "due": at("2026-10-13 18:00"),
    }
    return r.Input(**(known | fields))


def asked(**fields: Any) -> r.SupportRequest:
    """Support asked of 陈思."""
    known: dict[str, Any] = {
        "id": 720,
        "subtask": SUB,
        "person": CHEN,
        "asked_at": DONE,
        "asked_by": LI,
        "text": "主视觉",
    }
    return r.SupportRequest(**(known | fields))


def noticed(kind: str, **fields: Any) -> r.Incident:
    """Something noticed on the subtask and not reported."""
    known: dict[str, Any] = {"id": 730, "subtask": SUB, "kind": kind, "since": DONE, "by": LI}
    return r.Incident(**(known | fields))


def submitted(**fields: Any) -> r.Acceptance:
    """A round of acceptance."""
    known: dict[str, Any] = {"id": 740, "card": CARD, "submitted_at": DONE, "submitted_by": WANG}
    return r.Acceptance(**(known | fields))


def told(**fields: Any) -> r.SyncEntry:
    """A sync entry that must reach everybody."""
    known: dict[str, Any] = {"id": 750, "card": CARD, "at": DONE, "topic": "裁决", "by": SUN, "notify": True}
    return r.SyncEntry(**(known | fields))


def waiting(**fields: Any) -> r.Subtask:
    """A subtask that was handed over."""
    known: dict[str, Any] = {"status": "awaiting_acceptance", "percent": 100, "handed_over_at": DONE}
    return subtask(**(known | {"deliverable": "方案V1.docx"} | fields))


KICKOFF = meeting(kind="kickoff", state="held", starts=at("2026-09-30 09:00"), ended_at=DONE)
LATE = subtask(planned_start=at("2026-09-21 09:00"), planned_finish=at("2026-10-12 18:00"), percent=30)
BLOCKED = issue(raised_at=at("2026-09-30 10:30"), since=DONE, tier_since=at("2026-09-30 10:30"))
CLEAR = issue(
    raised_at=at("2026-09-30 10:30"),
    since=DONE,
    tier_since=DONE,
    kind="warning",
    state="resolved",
    resolved_at=DONE,
    resolution_due=at("2026-10-05 18:00"),
    resolution_owner=SUN,
)

CASES = [
    Case("card_due: the planned finish", "card_due", [card()], "2026-12-01 18:00", (WANG,), "2026-09-21 09:00"),
    Case(
        "card_due: met when submitted for acceptance",
        "card_due",
        [card(stage="acceptance", submitted_at=DONE)],
        "2026-12-01 18:00",
        (WANG,),
        "2026-09-21 09:00",
        "2026-09-30 10:00",
    ),
    Case("subtask_due: the planned finish", "subtask_due", [card(), subtask()], "2026-10-12 18:00", (LI,),
         "2026-09-28 09:00"),
    Case("subtask_due: met when handed over", "subtask_due", [card(), waiting()], "2026-10-12 18:00", (LI,),
         "2026-09-28 09:00", "2026-09-30 10:00"),
    Case("milestone: its date", "milestone", [card(), stone(responsible=SUN)], "2026-10-23 18:00", (SUN,)),
    Case("milestone: met when its output is there", "milestone", [card(), stone(reached_at=DONE)], "2026-10-23 18:00",
         (WANG,), None, "2026-09-30 10:00"),
    Case("input: its date; the supplying liaison", "input",
         [card(), subtask(), needed(), duty(department=DESIGN, liaison=SUN, answer="signed")], "2026-10-13 18:00",
         (SUN,)),
    Case("input: a named supplier", "input", [card(), subtask(), needed(supplier=ZHANG)], "2026-10-13 18:00",
         (ZHANG,)),
    Case("input: met when the receiving owner says received", "input",
         [card(), subtask(), needed(received_at=DONE)], "2026-10-13 18:00", (CHEN,), None, "2026-09-30 10:00"),
    Case("change_notice: 10 days before a milestone that asks for it", "change_notice",
         [card(), stone(tentative=True, notice_days=0)], "2026-10-13 18:00", (WANG,)),
    Case("change_notice: its subtask is planned to finish after it", "change_notice",
         [card(), subtask(planned_finish=at("2026-10-24 18:00")), stone(notice_days=10, subtask=SUB)],
         "2026-10-13 18:00", who=(WANG,)),
    Case("change_notice: N days of the milestone's own", "change_notice",
         [card(), stone(tentative=True, notice_days=3)], "2026-10-20 18:00", (WANG,)),
    Case("change_notice: met when announced in writing", "change_notice",
         [card(), stone(notice_days=10, change_announced_at=DONE)], "2026-10-13 18:00", (WANG,), None,
         "2026-09-30 10:00"),
    Case("confirmation: 2 WD per department", "confirmation",
         [card(stage="circulating", circulated_at=DONE), duty()], "2026-10-09 18:00", (LI,), "2026-09-30 10:00"),
    Case("confirmation: 24 h if no kickoff is held", "confirmation",
         [card(stage="circulating", circulated_at=DONE, kickoff=False), duty()], "2026-10-01 10:00", (LI,),
         "2026-09-30 10:00"),
    Case("confirmation: the card's answer limit", "confirmation",
         [card(stage="circulating", circulated_at=DONE, answer_limit_hours=4), duty()], "2026-09-30 14:00", (LI,),
         "2026-09-30 10:00"),
    Case("confirmation: an objection is an answer", "confirmation",
         [card(stage="circulating", circulated_at=DONE), duty(answer="objected", answered_at=NOW)], "2026-10-09 18:00",
         (LI,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("division: 3 WD from the end of the kickoff", "division", [card(), KICKOFF], "2026-10-10 18:00", (WANG,),
         "2026-09-30 10:00"),
    Case("division: a kickoff only a note says was held had ended when the card became active", "division",
         [card(kickoff_note="线下已开", activated_at=DONE)], "2026-10-10 18:00", (WANG,), "2026-09-30 10:00"),
    Case("division: met when complete and signed", "division", [card(division_at=NOW), KICKOFF], "2026-10-10 18:00",
         (WANG,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("progress: the next cadence point", "progress", [card(), subtask(planned_start=at("2026-09-30 09:00")),
          entry(1, "2026-09-30 16:00")], "2026-10-08 17:00", (LI,), "2026-09-30 17:00"),
    Case("progress: weekly, Friday off: the last working day before it", "progress",
         [card(cadence="weekly"), subtask(planned_start=at("2026-09-28 09:00"))], "2026-09-30 18:00", (LI,),
         "2026-09-28 09:00"),
    Case("progress: realtime, no more than 4 working hours", "progress",
         [card(cadence="realtime"), subtask(), entry(1, "2026-09-30 16:00")], "2026-10-08 11:00", (LI,),
         "2026-09-30 16:00"),
    Case("delay_notice: 1 WD before the finish, if it lags", "delay_notice", [card(), LATE], "2026-10-10 18:00", (LI,)),
    Case("delay_notice: met by a warning or blocked report", "delay_notice",
         [card(), LATE, issue(kind="warning", raised_at=NOW)], "2026-10-10 18:00", (LI,), None, "2026-10-09 16:55"),
    Case("report_block: 1 h from when work stopped", "report_block", [card(), subtask(), noticed("stopped")],
         "2026-09-30 11:00", (LI,), "2026-09-30 10:00"),
    Case("report_block: met by the blocked report, late", "report_block",
         [card(), subtask(), noticed("stopped", closed_at=NOW, issue=300), issue()], "2026-09-30 11:00", (LI,),
         "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("report_block: raised without having been noted", "report_block", [card(), subtask(), BLOCKED],
         "2026-09-30 11:00", (LI,), "2026-09-30 10:00", "2026-09-30 10:30"),
    Case("report_problem: 2 h until it stands in an entry", "report_problem", [card(), subtask(), noticed("problem")],
         "2026-09-30 12:00", (LI,), "2026-09-30 10:00"),
    Case("report_problem: met by the entry", "report_problem",
         [card(), subtask(), noticed("problem", closed_at=NOW, entry=501)], "2026-09-30 12:00", (LI,),
         "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("report_warning: 24 h", "report_warning", [card(), subtask(), noticed("risk")], "2026-10-01 10:00", (LI,),
         "2026-09-30 10:00"),
    Case("response: 24 h", "response", [card(), subtask(), BLOCKED], "2026-10-01 10:30", (WANG,), "2026-09-30 10:30"),
    Case("response: the card's response limit", "response",
         [card(response_limit_hours=8), subtask(), BLOCKED], "2026-09-30 18:30", (WANG,), "2026-09-30 10:30"),
    Case("response: a problem in an entry", "response",
         [card(), subtask(), entry(1, "2026-09-30 16:00", problem="缺数据")], "2026-10-01 16:00", (WANG,),
         "2026-09-30 16:00"),
    Case("coordination: 24 h from the warning", "coordination",
         [card(), issue(kind="warning", raised_at=DONE)], "2026-10-01 10:00", (WANG,), "2026-09-30 10:00"),
    Case("follow_up: 17:00 of the working day after raising, while blocked", "follow_up",
         [card(), subtask(), BLOCKED], "2026-10-08 17:00", (WANG,), "2026-10-08 00:00"),
    Case("follow_up: a note meets it, the next is due the next working day (a make-up Saturday)", "follow_up",
         [card(), subtask(percent=90), BLOCKED, r.IssueStep(id=800, issue=300, kind="note", by=SUN, text="已约",
                                                            at=at("2026-10-08 18:30")),
          r.IssueStep(id=801, issue=300, kind="note", by=SUN, text="已约", at=at("2026-10-09 16:00"))],
         "2026-10-10 17:00", (WANG,), "2026-10-09 17:00"),
    Case("tier: 3 WD", "tier", [card(), subtask(), BLOCKED], "2026-10-10 18:00", (CHEN, WANG), "2026-09-30 10:30"),
    Case("resolution: the due of the decision, kept on a day off", "resolution", [card(), CLEAR], "2026-10-05 18:00",
         (SUN,), "2026-09-30 10:00"),
    Case("resolution: a promise in the sync log", "resolution",
         [card(), told(notify=False, promise="周五给数", promise_by=CHEN, promise_due=at("2026-10-09 18:00"))],
         "2026-10-09 18:00", (CHEN,), "2026-09-30 10:00"),
    Case("support: 48 h", "support", [card(), subtask(), asked()], "2026-10-02 10:00", (CHEN,), "2026-09-30 10:00"),
    Case("support: of a department, its liaison", "support",
         [card(), subtask(), asked(person=None, department=SALES), duty(liaison=SUN, answer="signed")],
         "2026-10-02 10:00", (SUN,), "2026-09-30 10:00"),
    Case("support: met when answered", "support", [card(), subtask(), asked(answered_at=NOW)], "2026-10-02 10:00",
         (CHEN,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("deliverable: 24 h from handing over as done", "deliverable", [card(), waiting()], "2026-10-01 10:00", (LI,),
         "2026-09-30 10:00"),
    Case("deliverable: met when it stands in the sync log", "deliverable", [card(), waiting(registered_at=NOW)],
         "2026-10-01 10:00", (LI,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("deliverable: of a milestone with output", "deliverable",
         [card(), stone(reached_at=DONE, output="定稿.pdf", responsible=SUN)], "2026-10-01 10:00", (SUN,),
         "2026-09-30 10:00"),
    Case("accept_subtask: 3 WD", "accept_subtask", [card(), waiting()], "2026-10-10 18:00", (WANG,),
         "2026-09-30 10:00"),
    Case("accept_subtask: met when accepted", "accept_subtask", [card(), waiting(status="done", done_at=NOW)],
         "2026-10-10 18:00", (WANG,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("acceptance: 3 WD, the acceptor", "acceptance",
         [card(stage="acceptance", submitted_at=DONE), submitted(acceptor=ZHANG)], "2026-10-10 18:00", (ZHANG,),
         "2026-09-30 10:00"),
    Case("acceptance: a department as acceptor", "acceptance",
         [card(stage="acceptance", submitted_at=DONE, acceptor_department=SALES), submitted()], "2026-10-10 18:00",
         (LI,), "2026-09-30 10:00"),
    Case("acceptance: management", "acceptance", [card(stage="acceptance", submitted_at=DONE), submitted()],
         "2026-10-10 18:00", (ZHANG,), "2026-09-30 10:00"),
    Case("acceptance: met with the verdict", "acceptance",
         [card(stage="completed", completed_at=NOW), submitted(verdict="pass", verdict_at=NOW)], "2026-10-10 18:00",
         (ZHANG,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("rectification: the agreed date", "rectification",
         [card(stage="acceptance"), submitted(verdict="rectify", verdict_at=DONE, rectify_by=at("2026-10-12 18:00"))],
         "2026-10-12 18:00", (WANG,), "2026-09-30 10:00"),
    Case("rectification: met when resubmitted", "rectification",
         [card(stage="acceptance"), submitted(verdict="rectify", verdict_at=DONE, rectify_by=at("2026-10-12 18:00"),
                                              resubmitted_at=NOW)],
         "2026-10-12 18:00", (WANG,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("meeting: its start", "meeting", [card(), meeting()], "2026-10-09 15:30", (WANG,), "2026-10-08 10:00"),
    Case("notice: 1 WD before", "notice", [card(), meeting(noticed_at=DONE)], "2026-10-08 18:00", (WANG,)),
    Case("notice: met when notice with agenda is sent", "notice",
         [card(), meeting(noticed_at=DONE, notice_sent_at=at("2026-10-08 12:00"))], "2026-10-08 18:00", (WANG,), None,
         "2026-10-08 12:00"),
    Case("minutes_draft: 24 h from the end", "minutes_draft",
         [card(), meeting(state="held", ended_at=at("2026-10-09 16:00"))], "2026-10-10 16:00", (SUN,),
         "2026-10-09 16:00"),
    Case("minutes_final: 48 h from the end", "minutes_final",
         [card(), meeting(state="held", ended_at=at("2026-10-09 16:00"))], "2026-10-11 16:00", (WANG,),
         "2026-10-09 16:00"),
    Case("retro: 3 WD from the completion, the initiator", "retro",
         [card(stage="completed", completed_at=DONE, initiator=SUN)], "2026-10-10 18:00", (SUN,), "2026-09-30 10:00"),
    Case("retro: met when it is recorded, or waived", "retro",
         [card(stage="completed", completed_at=DONE), r.Retro(id=760, card=CARD, waived="例行", at=NOW, by=WANG)],
         "2026-10-10 18:00", (WANG,), "2026-09-30 10:00", "2026-10-09 16:55"),
    Case("notify: 24 h, who recorded it", "notify", [card(), told()], "2026-10-01 10:00", (SUN,), "2026-09-30 10:00"),
    Case("notify: met when marked sent", "notify", [card(), told(sent_at=NOW)], "2026-10-01 10:00", (SUN,),
         "2026-09-30 10:00", "2026-10-09 16:55"),
]  # fmt: skip
