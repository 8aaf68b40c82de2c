"""The division of work on the command line: what each verb records, lists and refuses."""

from __future__ import annotations

from store.operations.raci import letter_id
from tests.store.builders import T0, Busy, Cast
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

CARD = "Q4营销-2026-001"
PLAN, POSTER = f"{CARD}-01", f"{CARD}-02"
WANG, LI = ("--as", "王敏"), ("--as", "李强")


def test_handed_over_sent_back_and_accepted(office: CommandLine) -> None:
    assert office("handover", PLAN, "方案V1.docx", "--link", "s:/V1", *LI).code == 0
    found = office.board().subtasks[Cast.plan]
    assert (found.status, found.deliverable, found.registered_at) == ("awaiting_acceptance", "方案V1.docx", T0)
    refused = office("accept", PLAN, *LI)
    assert (refused.code, refused.err) == (1, "crossdeck: Only lead can do this: 王敏.\n")
    assert office("sendback", PLAN, "--reason", "缺预算表", "--percent", "80", *WANG).code == 0
    assert office.board().subtasks[Cast.plan].percent == 80
    assert office("handover", PLAN, *LI).code == 0
    assert office("handover", PLAN, "--link", "s:/V2", *LI).code == 0  # handed over already: it registers
    assert office.board().subtasks[Cast.plan].registered_at == T0
    assert office("accept", PLAN, *WANG).code == 0
    assert office.board().subtasks[Cast.plan].status == "done"


def test_one_revision_too_many_is_said(office: CommandLine) -> None:
    assert office("do", "EditSubtask", f'{{"subtask": "{PLAN}", "fields": {{"most_revisions": 0}}}}', *WANG).code == 0
    office("handover", PLAN, "V1", *LI)
    ran = office("sendback", PLAN, "--reason", "再改", *WANG)
    assert (ran.code, ran.err) == (0, "crossdeck: Revision 1: at most 0 were agreed.\n")


def test_an_input_is_asked_for_listed_and_received(office: CommandLine) -> None:
    assert office("input", PLAN, "渠道数据", "--from", "市场部", "--due", "2026-10-12 12:00", *LI).code == 0
    listed = office.json("input", PLAN)
    assert [(each["what"], each["department"], each["due"], each["received"]) for each in listed] == [
        ("渠道数据", "市场部", "2026-10-12T12:00:00+08:00", None)
    ]
    assert "waited for" in office("input", PLAN).out
    assert office("input", PLAN, "数据", "--received", *LI).code == 0
    assert office.json("input", PLAN)[0]["received"] == "2026-10-09T16:55:00+08:00"
    again = office("input", PLAN, "--received", *LI)
    assert (again.code, again.err) == (1, "crossdeck: 0 inputs of this subtask fit; name one of them: -.\n")


def test_support_is_asked_and_answered(office: CommandLine) -> None:
    assert office("support", PLAN, "核价", *LI).code == 2
    assert office("support", PLAN, "核价", "--from", "市场部", *LI).code == 0
    assert office("support", PLAN, "--decline", "没有人手", "--from", "市场部", *WANG).code == 0
    row = next(row for row in office.board().supports.values() if row.text == "核价")
    assert (row.department, row.declined, row.answer) == (Cast.market, True, "没有人手")
    assert office("support", PLAN, "--answer", "好", *WANG).code == 1


def test_letters_are_set_shown_and_found_wanting(office: CommandLine) -> None:
    assert office("raci", PLAN, "销售部", "ar", *WANG).code == 0
    assert office("raci", PLAN, "方圆", "C", *WANG).code == 0
    assert office.board().letters[letter_id(Cast.plan, Cast.sales, None)].letters == "AR"
    shown = office.json("raci", CARD)
    assert shown["subtasks"][0]["letters"] == {"销售部": "AR", "方圆": "C"}
    assert {"raci.a", "raci.r", "division.fields"} <= {each["code"] for each in shown["findings"]}
    text = office("raci", PLAN).out
    assert "销售部" in text.splitlines()[0]
    assert "RACI: 02 has no A (exactly one)." in text
    ran = office("raci", CARD, "--sign", "市场部", *WANG)
    assert ran.code == 1
    assert "The division cannot be signed yet" in ran.err
    assert office("raci", PLAN, "销售部", "Z", *WANG).code == 1


def test_milestones_are_added_announced_and_reached(office: CommandLine) -> None:
    assert office("milestone", CARD, "反馈", "--due", "3版初稿后2日内", "--who", "孙悦", *WANG).code == 0
    assert office("milestone", CARD, "投放", "--due", "2026-11-20", "--tentative", "--notice", "10", *WANG).code == 0
    listed = {each["name"]: each for each in office.json("milestone", CARD)}
    assert (listed["反馈"]["due"], listed["反馈"]["relative"]) == ("2026-10-18T18:00:00+08:00", "3版初稿后2日内")
    assert (listed["投放"]["tentative"], listed["投放"]["notice_days"]) == (True, 10)
    assert office("milestone", CARD, "投放", "--announce", "场地推迟", "--due", "2026-11-27", *WANG).code == 0
    listed = {each["name"]: each for each in office.json("milestone", CARD)}
    assert listed["投放"]["due"] == "2026-11-27T18:00:00+08:00"
    assert office("milestone", CARD, "3版初稿", "--reached", "--output", "三版", "--link", "s:/3", *WANG).code == 0
    found = office.board().milestones[Busy.milestone]
    assert (found.output, found.reached_at, found.registered_at) == ("三版", T0, T0)
    assert office("milestone", CARD, "没有", "--reached", *WANG).code == 1
    assert "3版初稿" in office("milestone", CARD).out


def test_a_milestone_that_moved_with_its_event_is_listed_and_announced(office: CommandLine) -> None:
    assert office("milestone", CARD, "反馈", "--due", "3版初稿后2日内", "--notice", "2", *WANG).code == 0
    assert office("edit", "3版初稿", "due=2026-10-20", *WANG).code == 0
    moved = next(each for each in office.json("milestone", CARD) if each["name"] == "反馈")
    assert (moved["due"], moved["moved_from"]) == ("2026-10-22T18:00:00+08:00", "2026-10-18T18:00:00+08:00")
    assert "milestone Sun 18 Oct 18:00; 2 days before" in office("why", "反馈", "change_notice").out
    assert office("milestone", CARD, "反馈", "--announce", "初稿推迟", *WANG).code == 0
    assert next(each for each in office.json("milestone", CARD) if each["name"] == "反馈")["moved_from"] is None
    assert "met" in office("list", "clocks", "--all").out


def test_a_joint_review_is_recorded_and_the_lead_sees_it(office: CommandLine) -> None:
    office("do", "EditSubtask", f'{{"subtask": "{PLAN}", "fields": {{"reviewers": ["SC", "SJ"]}}}}', *WANG)
    assert office("joint-review", PLAN, "可用", "--as", "方圆").code == 0
    ran = office("joint-review", PLAN, "缺预算表", "--object", "--department", "SC", *WANG)
    assert (ran.code, ran.err) == (0, "")
    words = office.board().joint_reviews_of[Cast.plan]
    assert [(each.department, each.text, each.agrees) for each in words] == [
        (Cast.design, "可用", True), (Cast.market, "缺预算表", False),
    ]  # fmt: skip
    assert "is reviewed by 市场部, 设计部" in office("joint-review", PLAN, *LI).err


def test_of_two_requests_of_one_department_the_oldest_is_answered(office: CommandLine) -> None:
    for what in ("数据", "报价"):
        assert office("support", "Q4营销-2026-001-01", what, "--from", "市场部", "--as", "李强").code == 0
    assert office("support", "Q4营销-2026-001-01", "样图", "--from", "设计部", "--as", "李强").code == 0
    ran = office("support", "Q4营销-2026-001-01", "--answer", "给", "--as", "孙悦")
    assert (ran.code, "市场部" in ran.err, "设计部" in ran.err) == (1, True, True)
    assert office("support", "Q4营销-2026-001-01", "--answer", "明天给", "--from", "市场部", "--as", "孙悦").code == 0
    answered = [each.text for each in office.board().supports.values() if each.answered_at is not None]
    assert answered == ["数据"]
