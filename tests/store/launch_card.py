"""The product launch card of T1 at each stage of its life, from Thu 17 September to Tue 13 October 2026.

Worked: Sun 9-20 and Sat 10-10. Off: Fri 9-25 to Sun 9-27 (Mid-Autumn) and Thu 10-01 to Wed 10-07.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from store.board import Board
from store.operations.cards import duty_id
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from tests.store.clock_helpers import at, working
from tests.store.on_file import kept
from tests.store.test_scenario_t1_card import CARD, HEADS, LI, MARKET, PLACES, SALES, SUN, WANG, ZHAO, ZHOU, offices

KICKOFF, MEETING, TRAINING, SHELVES, SPECS, LAUNCH, WARNING = 201, 202, 301, 302, 303, 401, 501
ROUND, AGAIN, RETRO = 601, 602, 701
WORK = (
    (TRAINING, "话术培训", ZHAO, "09-21 09:00", "09-24 18:00"),
    (SPECS, "产品参数表", ZHOU, "09-22 09:00", "09-30 18:00"),
    (SHELVES, "门店物料布置", LI, "09-28 09:00", "10-08 18:00"),
)
NAMES = {KICKOFF: "kickoff", MEETING: "logistics", TRAINING: "training", SHELVES: "shelves", SPECS: "specs",
         LAUNCH: "launch", WARNING: "warning", CARD: "card", ROUND: "first", AGAIN: "second"}  # fmt: skip
NAMES |= {duty_id(CARD, place): str(place) for place in HEADS}


def do(board: Board, name: str, by: int, when: str, /, **fields: Any) -> Board:
    """The board after an operation of 2026, the results of what it closed among its records."""
    return kept(board, name, by, at(f"2026-{when}"), **fields)


def named(board: Board, clock: Clock) -> str:
    """`deliverable specs`; what tells of an event in writing by that event."""
    entry = board.sync.get(clock.subject)
    return f"{clock.kind} {(entry.event if entry else None) or NAMES[clock.subject]}"


def minute(instant: int | None) -> str:
    """`10-09 18:00`; `-` for none."""
    return f"{datetime.fromtimestamp(instant, ZoneInfo('Asia/Shanghai')):%m-%d %H:%M}" if instant else "-"


def running(board: Board, now: str) -> dict[str, str]:
    """The open clocks of the card at an instant: name -> due, `!` before it if it is breached by then."""
    moment = at(f"2026-{now}")
    found = clock_book(board, working(), now=moment).open_of(CARD)
    return {named(board, c): ("!" if state(c, moment) == "breached" else "") + minute(c.due) for c in found}


def send(board: Board, when: str) -> Board:
    """What waits to reach everybody in writing is marked sent."""
    for entry in board.sync.values():
        if entry.notify and entry.sent_at is None:
            board = do(board, "MarkSent", WANG, when, sync=entry.id)
    return board


@cache
def circulated() -> Board:
    """The draft of Tue 15 Sep, sent out on Thu 17."""
    duties = [
        {"department": place, "role": role, "action": action, "standard": standard, "liaison": head}
        for place, _name, head, _who, role, action, standard in PLACES
    ]
    board = do(
        offices(), "CreateCard", SUN, "09-15 14:00", id=CARD, name="新产品上市推广", project="Q3推广", lead=WANG,
        acceptor=LI, initiating_department=MARKET, priority="high", goal="曝光量≥100万", scope="华东", duties=duties,
        planned_start=at("2026-09-21 09:00"), planned_finish=at("2026-10-09 18:00"), resources="预算20万元",
        mechanism="每日17:00群内同步进度",
    )  # fmt: skip
    assert running(board, "09-17 17:04") == {}
    return do(board, "Circulate", WANG, "09-17 17:05", card=CARD)


@cache
def active() -> Board:
    """Signed by all on Friday, kickoff on Sunday the 20th, a make-up day."""
    board = circulated()
    for place, head in HEADS.items():
        board = do(board, "Confirm", head, "09-18 15:00", card=CARD, department=place)
        board = do(board, "Sign", head, "09-18 15:30", card=CARD, department=place)
    board = do(
        board, "CallMeeting", WANG, "09-18 16:00", id=KICKOFF, kind="kickoff", name="启动会", card=CARD,
        starts=at("2026-09-20 10:00"), chair=WANG, recorder=SUN,
    )  # fmt: skip
    assert running(board, "09-18 16:00") == {"meeting kickoff": "09-20 10:00", "notice kickoff": "09-18 18:00"}
    board = do(board, "MarkSent", WANG, "09-18 16:10", meeting=KICKOFF)
    board = do(board, "HoldMeeting", WANG, "09-20 10:30", meeting=KICKOFF)
    return do(board, "Activate", WANG, "09-20 11:00", card=CARD)


@cache
def divided() -> Board:
    """Three subtasks, their letters, a milestone on the make-up day of October; the kickoff's minutes are final."""
    board = do(active(), "SendDraft", SUN, "09-21 09:00", meeting=KICKOFF)
    for key, what, owner, start, finish in WORK:
        board = do(
            board, "AddSubtask", WANG, "09-21 10:00", id=key, card=CARD, name=what, owner=owner,
            planned_start=at(f"2026-{start}"), planned_finish=at(f"2026-{finish}"), standard="一份, 市场部签收",
        )  # fmt: skip
        for place, head in HEADS.items():
            letters = "AR" if head == owner else "I"
            board = do(board, "SetLetters", WANG, "09-21 10:05", subtask=key, department=place, letters=letters)
    board = do(
        board, "AddMilestone", WANG, "09-21 10:10", id=LAUNCH, card=CARD, name="上市发布", responsible=SUN,
        due=at("2026-10-10 12:00"), output="发布稿", tentative=True, notice_days=3,
    )  # fmt: skip
    board = do(board, "RecordProgress", ZHAO, "09-21 15:30", subtask=TRAINING, percent=30)
    for head in (LI, ZHOU, ZHAO):
        board = do(board, "ReviewMinutes", head, "09-21 11:00", meeting=KICKOFF)
    board = do(board, "FinaliseMinutes", WANG, "09-22 10:00", meeting=KICKOFF)
    return do(board, "MarkSent", WANG, "09-22 10:20", meeting=KICKOFF)


@cache
def before_mid_autumn() -> Board:
    """The division signed by all, the training handed over on Thu 24, registered within the day."""
    board = divided()
    for (place, head), when in zip(HEADS.items(), ("22 10:30", "22 14:00", "23 09:00", "23 17:00"), strict=True):
        board = do(board, "SignDivision", head, f"09-{when}", card=CARD, department=place)
    for day, training in (("22", 60), ("23", 90)):
        board = do(board, "RecordProgress", ZHAO, f"09-{day} 15:30", subtask=TRAINING, percent=training)
    for day, specs in (("22", 15), ("23", 35), ("24", 50)):
        board = do(board, "RecordProgress", ZHOU, f"09-{day} 15:40", subtask=SPECS, percent=specs)
    board = do(board, "HandOver", ZHAO, "09-24 16:00", subtask=TRAINING, deliverable="考核名单")
    return do(board, "RegisterDeliverable", ZHAO, "09-24 17:00", subtask=TRAINING, reference="盘/名单")


@cache
def before_national_day() -> Board:
    """The launch moves, announced in writing; on Wed 30 the specs are handed over and a warning is raised."""
    board = do(before_mid_autumn(), "AcceptSubtask", WANG, "09-28 10:00", subtask=TRAINING)
    for day, shelves, specs in (("28", 15, 70), ("29", 45, 90)):
        board = do(board, "RecordProgress", LI, f"09-{day} 16:00", subtask=SHELVES, percent=shelves)
        board = do(board, "RecordProgress", ZHOU, f"09-{day} 16:10", subtask=SPECS, percent=specs)
    moved = {"milestone": LAUNCH, "text": "场地改到下午", "due": at("2026-10-10 15:00")}
    board = send(do(board, "AnnounceChange", WANG, "09-29 17:00", **moved), "09-30 09:00")
    board = do(board, "HandOver", ZHOU, "09-30 16:00", subtask=SPECS, deliverable="参数表V1.0")
    board = do(board, "RecordProgress", LI, "09-30 16:30", subtask=SHELVES, percent=85)
    board = do(
        board, "RaiseWarning", LI, "09-30 17:30", id=WARNING, subtask=SHELVES, risk="节后首日物流延误", reason="停运",
        scope="华东门店", solution="改用自有车队", department=MARKET,
    )  # fmt: skip
    return do(
        board, "CallMeeting", WANG, "09-30 18:00", id=MEETING, kind="coordination", name="物流协调会", issue=WARNING,
        starts=at("2026-10-01 15:00"), chair=WANG, recorder=SUN,
    )  # fmt: skip


@cache
def submitted() -> Board:
    """Solved without a meeting on the first day back, Thu 8; the last work handed over, and submitted."""
    board = do(before_national_day(), "RegisterDeliverable", ZHOU, "10-01 09:00", subtask=SPECS, reference="盘/V1")
    board = do(board, "CancelMeeting", WANG, "10-01 10:00", meeting=MEETING, reason="放假")
    decided = {"issue": WARNING, "decision": "由李强在10-10前改用自有车队送达", "department": SALES, "owner": LI}
    board = do(board, "Resolve", WANG, "10-08 09:30", **decided, due=at("2026-10-10 18:00"))
    board = do(board, "AcceptSubtask", WANG, "10-08 10:00", subtask=SPECS)
    photos = {"deliverable": "布置照片", "reference": "盘/照片"}
    board = do(board, "HandOver", LI, "10-08 15:00", subtask=SHELVES, **photos)
    board = do(board, "AcceptSubtask", WANG, "10-08 15:30", subtask=SHELVES)
    for place, head in HEADS.items():
        if place != MARKET:
            board = do(board, "ConfirmSupport", head, "10-08 15:40", card=CARD, department=place)
    return do(board, "SubmitForAcceptance", WANG, "10-08 16:00", id=ROUND, card=CARD)


@cache
def rectifying() -> Board:
    """To be rectified by Sat 10, the make-up day."""
    rectify = {"verdict": "rectify", "remarks": "缺南京门店照片", "rectify_by": at("2026-10-10 18:00")}
    board = do(send(submitted(), "10-09 09:00"), "GiveVerdict", LI, "10-09 11:00", card=CARD, **rectify)
    return do(board, "MarkResolutionDone", LI, "10-10 10:00", issue=WARNING, text="已送达")


@cache
def completed() -> Board:
    """Submitted again, launched and passed on Sat 10."""
    board = do(rectifying(), "SubmitForAcceptance", WANG, "10-10 14:00", id=AGAIN, card=CARD)
    launched = {"milestone": LAUNCH, "output": "发布稿", "reference": "盘/发布稿"}
    board = do(board, "ReachMilestone", SUN, "10-10 15:00", **launched)
    return do(board, "GiveVerdict", LI, "10-10 17:00", card=CARD, verdict="pass")


@cache
def retro() -> Board:
    """With its retro on Tue 13: the gate to the archive is open."""
    said = {"well": "节前锁定参数", "short": "节日物流", "improvements": "节前备自有车队"}
    return do(completed(), "RecordRetro", SUN, "10-13 11:00", id=RETRO, card=CARD, **said)
