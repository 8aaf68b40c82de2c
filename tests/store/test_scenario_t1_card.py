"""T1, the task card, from draft to active with a fixed clock across the National Day of 2026 and its make-up day.

Off: Thu 10-01 to Wed 10-07. Worked: Sat 10-10. Sun 9-20 was worked as well.
"""

from __future__ import annotations

from store.board import Board
from store.operations.cards import duty_id
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock
from store.rules.gates import missing
from tests.store.builders import do, empty_board, refused
from tests.store.clock_helpers import at, working

WANG, LI, ZHOU, ZHAO, SUN = 1, 2, 3, 4, 5
MARKET, SALES, PRODUCT, SERVICE = 11, 12, 13, 14
CARD = 100
PLACES = (
    (MARKET, "市场部", WANG, "王敏", "市场部专员", "完成活动物料设计", "物料终稿经品牌组确认,提前3天提交"),
    (SALES, "销售部", LI, "李强", "销售部大区经理", "在活动前3天完成区域门店物料布置", "提供布置照片反馈"),
    (PRODUCT, "产品部", ZHOU, "周航", "产品经理", "提供最终产品参数", "参数表V1.0,提前3天提交"),
    (SERVICE, "客服部", ZHAO, "赵琳", "客服组长", "完成话术培训", "全员考核通过并提交名单"),
)
HEADS = {place: head for place, _name, head, *_rest in PLACES}


def offices() -> Board:
    """The four departments of the template with their heads."""
    board = do(empty_board(), "AddPerson", 0, at("2026-09-21 09:00"), id=WANG, name="王敏")
    for place, name, head, who, *_duty in PLACES:
        board = do(board, "AddDepartment", WANG, id=place, name=name)
        if head != WANG:
            board = do(board, "AddPerson", WANG, id=head, name=who, department=place)
        board = do(board, "EditDepartment", WANG, department=place, fields={"head": head})
    board = do(board, "EditPerson", WANG, person=WANG, fields={"department": MARKET})
    return do(board, "AddPerson", WANG, id=SUN, name="孙悦", department=MARKET)


def drafted(board: Board) -> Board:
    """The card as the template fills it in; its mechanism is still missing."""
    duties = [
        {"department": place, "role": role, "action": action, "standard": standard, "liaison": head}
        for place, _name, head, _who, role, action, standard in PLACES
    ]
    return do(
        board, "CreateCard", WANG, at("2026-09-29 14:00"), id=CARD, name="Q3新产品上市推广", project="Q3推广",
        priority="high", goal="曝光量≥100万,转化率≥5%", scope="华东地区线上与线下推广;不含海外渠道", duties=duties,
        planned_start=at("2026-10-12 09:00"), planned_finish=at("2026-12-30 18:00"),
        resources="预算20万元;设计助理1名;展示设备3套",
    )  # fmt: skip


def clocks(board: Board) -> dict[int, Clock]:
    """Department -> its running confirmation clock."""
    found = clock_book(board, working()).open_of(CARD)
    return {clock.department or 0: clock for clock in found if clock.kind == "confirmation"}


def circulated() -> Board:
    """Sent out on Tue 29 Sep 17:05: Wed 30, (Thu 1 - Wed 7 off), Thu 8 18:00, whatever its hour."""
    text = "每日17:00群内同步进度,每周三17:00召开短会"
    board = do(drafted(offices()), "EditCard", WANG, card=CARD, fields={"mechanism": text})
    return do(board, "Circulate", WANG, at("2026-09-29 17:05"), card=CARD)


def activated() -> Board:
    """Confirmed and signed by all, the kickoff held on Sat 10 Oct, a make-up day, activated at 11:00."""
    board = circulated()
    for place, head in HEADS.items():
        board = do(board, "Confirm", head, at("2026-10-08 09:30"), card=CARD, department=place)
        board = do(board, "Sign", head, at("2026-10-09 16:00"), card=CARD, department=place)
    kickoff = {"id": 200, "kind": "kickoff", "name": "启动会", "card": CARD, "starts": at("2026-10-10 09:30")}
    board = do(board, "CallMeeting", WANG, at("2026-10-09 16:10"), **kickoff, chair=WANG)
    assert refused(board, "Activate", WANG, card=CARD) == "gate.active"
    board = do(board, "HoldMeeting", WANG, at("2026-10-10 10:30"), meeting=200)
    return do(board, "Activate", WANG, at("2026-10-10 11:00"), card=CARD)


def test_t1_is_circulated_before_national_day_once_nothing_is_missing() -> None:
    board = drafted(offices())
    assert board.cards[CARD].number == "Q3推广-2026-001"
    assert [str(need.text) for need in missing(board, CARD, "circulating")] == ["mechanism"]
    assert clocks(board) == {}
    board = circulated()
    due = {place: clock.due for place, clock in clocks(board).items()}
    assert due == dict.fromkeys(HEADS, at("2026-10-08 18:00"))
    assert {clock.who for clock in clocks(board).values()} == {(head,) for head in HEADS.values()}


def test_t1_answers_stop_their_clocks_and_a_new_version_starts_one() -> None:
    board = circulated()
    # A question does not stop the clock; an objection does.
    board = do(board, "AskInfo", ZHAO, at("2026-09-30 09:10"), card=CARD, department=SERVICE, text="考核用哪套题?")
    assert clocks(board)[SERVICE].due == at("2026-10-08 18:00")
    board = do(board, "Reply", WANG, at("2026-09-30 09:40"), card=CARD, department=SERVICE, text="9月版题库")
    change = "布置改为活动前2天"
    board = do(board, "ObjectTo", LI, at("2026-09-30 10:00"), card=CARD, department=SALES, text=change)
    assert clocks(board).keys() == {MARKET, PRODUCT, SERVICE}

    # The new version of Wed 30 Sep asks sales alone: Thu 8, Fri 9 18:00. The others' clocks run on.
    new = {"action": "在活动前2天完成区域门店物料布置"}
    board = do(board, "EditDuty", WANG, at("2026-09-30 15:00"), duty=duty_id(CARD, SALES), fields=new)
    assert {place: clock.due for place, clock in clocks(board).items()} == {
        MARKET: at("2026-10-08 18:00"), SALES: at("2026-10-09 18:00"), PRODUCT: at("2026-10-08 18:00"),
        SERVICE: at("2026-10-08 18:00"),
    }  # fmt: skip

    # Product answers late on Fri 9 Oct: its clock has been breached since Thursday 18:00.
    for place, when in ((MARKET, "2026-09-30 16:00"), (SALES, "2026-10-08 09:30"), (SERVICE, "2026-10-08 17:59")):
        board = do(board, "Confirm", HEADS[place], at(when), card=CARD, department=place)
    assert clocks(board).keys() == {PRODUCT}
    assert clock_book(board, working()).breached(at("2026-10-09 09:00"))[0].department == PRODUCT
    board = do(board, "Confirm", ZHOU, at("2026-10-09 11:00"), card=CARD, department=PRODUCT)
    assert clocks(board) == {}


def test_t1_is_active_as_version_1_when_all_signed_and_the_kickoff_was_held() -> None:
    board = activated()
    card = board.cards[CARD]
    assert (card.stage, card.version, card.activated_at, len(board.passes)) == ("active", 1, at("2026-10-10 11:00"), 0)
    due_of_card = next(c for c in clock_book(board, working()).open_of(CARD) if c.kind == "card_due")
    assert (due_of_card.due, due_of_card.who) == (at("2026-12-30 18:00"), (WANG,))


def test_t1_another_finish_on_the_make_up_day_voids_all_signatures_and_is_version_2_once_signed() -> None:
    board = activated()
    # From Sat 10 Oct, a make-up day: Mon 12, Tue 13 18:00.
    finish = {"planned_finish": at("2026-12-25 18:00")}
    board = do(board, "EditCard", WANG, at("2026-10-10 14:00"), card=CARD, fields=finish)
    assert board.cards[CARD].stage == "active"
    assert {clock.due for clock in clocks(board).values()} == {at("2026-10-13 18:00")}
    assert clocks(board).keys() == HEADS.keys()
    for place, head in HEADS.items():
        board = do(board, "Confirm", head, at("2026-10-12 09:00"), card=CARD, department=place)
        board = do(board, "Sign", head, at("2026-10-12 09:05"), card=CARD, department=place)
    assert board.cards[CARD].version == 2
    assert clocks(board) == {}


def test_t1_circulated_on_the_last_day_before_the_holiday() -> None:
    board = do(drafted(offices()), "Circulate", WANG, at("2026-09-30 17:05"), card=CARD, reason="节前发出")
    assert {clock.due for clock in clocks(board).values()} == {at("2026-10-09 18:00")}


def test_t1_without_a_kickoff_a_department_has_24_hours_also_into_the_holiday() -> None:
    board = do(drafted(offices()), "EditCard", WANG, card=CARD, fields={"kickoff": False})
    board = do(board, "Circulate", WANG, at("2026-09-30 17:05"), card=CARD, reason="节前发出")
    assert {clock.due for clock in clocks(board).values()} == {at("2026-10-01 17:05")}


def test_t1_with_an_answer_limit_of_its_own() -> None:
    board = do(drafted(offices()), "EditCard", WANG, card=CARD, fields={"answer_limit_hours": 8})
    board = do(board, "Circulate", WANG, at("2026-09-29 09:00"), card=CARD, reason="急")
    assert {clock.due for clock in clocks(board).values()} == {at("2026-09-29 17:00")}
