"""The cards of the demo, one in every stage, as drawn in the mock-ups of the overview."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from store.operations.acceptance import ConfirmSupport, GiveVerdict, SubmitForAcceptance
from store.operations.answers import Confirm, Sign
from store.operations.base import mint
from store.operations.cards import CreateCard, DutyDraft, VoidCard
from store.operations.importing import ImportedRecord, ImportRecords
from store.operations.milestones import AddMilestone
from store.operations.stages import Activate, Circulate
from store.records import Cadence, Priority, Stage
from store.sample.cast import EXECUTIVE, LEAD, head_of
from store.sample.script import Script


class Plan(Struct, frozen=True):
    """A card: key, name, lead, departments, priority, days its plan began back and ends ahead, goal, cadence."""

    key: str
    name: str
    lead: str
    departments: tuple[str, ...]
    priority: Priority
    began: int
    ends: int
    goal: str
    cadence: Cadence = "daily"
    stage: Stage = "active"


MADE_HERE = (
    Plan(
        "活动",
        "Q4营销活动筹备",
        "王敏",
        ("市场部", "销售部", "产品部", "设计部"),
        "high",
        14,
        36,
        "新品A华东销量 5000 台; 曝光量>=100万",
    ),
    Plan("大会", "渠道商大会筹备", "李强", ("销售部", "市场部"), "high", 11, 15, "120 家渠道商到场, 签约率 60%"),
    Plan(
        "短片", "新品发布短片", "陈思", ("设计部", "市场部", "产品部"), "high", 10, 12, "60 秒成片 1 支, 15 秒版 3 支"
    ),
    Plan(
        "会员", "会员日返场活动", "孙悦", ("销售部", "市场部"), "medium", 9, 8, "复购率 18%, 客诉不超过 5 起", "weekly"
    ),
    Plan(
        "门店",
        "门店物料布置",
        "何平",
        ("销售部", "设计部", "市场部", "客服部"),
        "medium",
        4,
        14,
        "86 家门店物料全部到位",
        stage="circulating",
    ),
    Plan("地铁", "地铁广告投放", "刘畅", ("市场部",), "low", 3, 20, "3 条线路, 4 周", stage="cancelled"),
)
"""Cards made on this board, in the order of their numbers Q4营销-YEAR-001 …"""

BROUGHT = (
    ("客服", 2, Plan("话术", "双十一话术培训", "赵琳", ("客服部", "销售部"), "medium", 10, 9, "坐席 42 人全员通过")),
    (
        "WEB",
        7,
        Plan(
            "网页",
            "Landing page for product A launch",
            "J. Meyer",
            ("市场部", "设计部"),
            "medium",
            8,
            13,
            "Live in two languages, 3 % conversion",
            "weekly",
        ),
    ),
    (
        "产品",
        11,
        Plan("说明", "新品A卖点说明书", "周航", ("产品部", "市场部"), "high", 10, 6, "销售人手一份", "weekly"),
    ),
    (
        "产品",
        12,
        Plan("实拍", "产品实拍图拍摄", "周航", ("产品部", "设计部"), "low", 6, 11, "主图 5 张, 场景图 12 张", "weekly"),
    ),
    (
        "人事",
        3,
        Plan(
            "助理",
            "新增设计助理1名",
            "吴倩",
            ("人事部", "设计部"),
            "medium",
            14,
            4,
            "到岗 1 名",
            "weekly",
            "acceptance",
        ),
    ),
    (
        "OPS",
        4,
        Plan(
            "仓位",
            "Warehouse slots for the year-end peak",
            "T. Okafor",
            ("产品部", "销售部"),
            "low",
            1,
            20,
            "40 slots held",
            "weekly",
            "draft",
        ),
    ),
    (
        "产品",
        10,
        Plan("包装", "包装改版", "周航", ("产品部", "设计部"), "medium", 14, 1, "新版包装上线", "weekly", "completed"),
    ),
)
"""Cards that came from a register with their numbers: project, number, plan."""


def deal(script: Script) -> None:
    """All cards, up to the stage they are in."""
    for plan in MADE_HERE:
        _make(script, plan)
    _bring(script)
    for name, days in (("3版初稿", 5), ("定稿", 10), ("上线", 36)):
        _milestone(script, "活动", name, script.ahead(days), "陈思" if days < 20 else LEAD)
    _milestone(script, "实拍", "样片确认", script.ahead(5), "周航")


def _make(script: Script, plan: Plan) -> None:
    card = script.new(script.cards, plan.key)
    day = plan.began
    script.say(
        script.past(day, "09:20"),
        plan.lead,
        CreateCard(
            id=card,
            name=plan.name,
            project="Q4营销",
            lead=script.people[plan.lead],
            priority=plan.priority,
            cadence=plan.cadence,
            acceptor=script.people[EXECUTIVE],
            goal=plan.goal,
            **_terms(plan),
            planned_start=script.past(day, "09:00"),
            planned_finish=script.ahead(plan.ends),
            duties=tuple(_duty(script, name) for name in plan.departments),
        ),
    )
    if plan.stage == "cancelled":
        reason = "预算转给线上投放"
        script.say(script.past(day - 2, "14:10"), plan.lead, VoidCard(card=card, reason=reason))
        return
    asked = script.ago(20) if plan.stage == "circulating" else script.past(day, "10:00")
    script.say(asked, plan.lead, Circulate(card=card))
    for n, name in enumerate(plan.departments):
        if plan.stage == "circulating" and name == "设计部":
            continue
        department, head = script.departments[name], head_of(name)
        script.say(asked + (n + 1) * 1500, head, Confirm(card=card, department=department))
        script.say(asked + (n + 1) * 1500 + 60, head, Sign(card=card, department=department))
    if plan.stage == "active":
        script.say(asked + 3 * 3600, plan.lead, Activate(card=card))


def _terms(plan: Plan) -> dict[str, Any]:
    """What every card that is circulated says of scope, means and mechanism."""
    return {
        "scope": f"{'、'.join(plan.departments)} 在册的工作; 不含海外渠道",
        "resources": "各部门各 1 人, 每周两天; 预算见各部门分项",
        "mechanism": "每日 17:00 群内同步进度, 每周三 17:00 短会" if plan.cadence == "daily" else "每周五群内同步进度",
        **({} if plan.stage == "circulating" else {"kickoff": False, "kickoff_note": "同班人马, 不另开启动会"}),
    }


def _duty(script: Script, name: str) -> DutyDraft:
    action, standard = DUTIES[name]
    return DutyDraft(
        department=script.departments[name],
        liaison=script.people[head_of(name)],
        role=f"{name}接口人",
        action=action,
        standard=standard,
    )


DUTIES = {
    "市场部": ("制定传播计划并提供文案", "文案与排期表, 王敏确认"),
    "销售部": ("制定渠道政策并落实门店", "方案与门店清单, 李强确认"),
    "产品部": ("提供卖点与样机", "卖点说明书与样机 3 台"),
    "设计部": ("输出主视觉与物料源文件", "源文件+PDF, 修改不超过2次"),
    "客服部": ("更新话术并安排值班", "话术手册与值班表"),
    "人事部": ("发布岗位并组织面试", "录用通知"),
}
"""What each department does on a card, and how it is measured."""


def _bring(script: Script) -> None:
    year = str(_year(script))
    records: list[ImportedRecord] = []
    for project, number, plan in BROUGHT:
        card = script.new(script.cards, plan.key)
        records.append(
            ImportedRecord(table="cards", id=card, body=_body(script, plan, project, f"{year}-{number:03d}"))
        )
        for order, name in enumerate(plan.departments):
            body: dict[str, Any] = {"card": card, "department": script.departments[name], "order": order}
            body |= {"role": f"{name}接口人", "action": DUTIES[name][0], "standard": DUTIES[name][1]}
            if plan.stage != "draft":
                at = script.past(plan.began, "11:00")
                body["liaison"] = script.people[head_of(name)]
                body |= {"answer": "signed", "asked_at": at - 7200, "answered_at": at, "signed_at": at}
                body |= {"answered_by": script.people[head_of(name)], "signed_by": script.people[head_of(name)]}
            records.append(ImportedRecord(table="duties", id=mint(), body=body))
    records.append(_finished_work(script, year))
    script.say(script.past(14, "17:30"), LEAD, ImportRecords(records=tuple(records)))


def _finished_work(script: Script, year: str) -> ImportedRecord:
    """The one subtask of the card that is completed."""
    body = {
        "card": script.cards["包装"], "name": "包装文件定版", "number": f"产品-{year}-010-01", "percent": 100,
        "department": script.departments["设计部"], "owner": script.people["陈思"], "status": "done",
        "planned_start": script.past(14, "09:00"), "planned_finish": script.past(3, "18:00"),
        "handed_over_at": script.past(3, "14:00"), "done_at": script.past(2, "10:00"), "deliverable": "包装V5.ai",
    }  # fmt: skip
    return ImportedRecord(table="subtasks", id=mint(), body=body)


def _body(script: Script, plan: Plan, project: str, number: str) -> dict[str, Any]:
    """The stored fields of a card that came with its number."""
    lead, department = script.people[plan.lead], script.departments[plan.departments[0]]
    body: dict[str, Any] = {
        "name": plan.name,
        "number": f"{project}-{number}",
        "project": project,
        "stage": "draft" if plan.stage == "draft" else "active",
        "priority": plan.priority,
        "cadence": plan.cadence,
        "lead": lead,
        "initiator": lead,
        "lead_department": department,
        "initiating_department": department,
        "goal": plan.goal,
        "acceptor": script.people[EXECUTIVE],
        "created_at": script.past(plan.began, "09:00"),
        "planned_start": script.past(plan.began, "09:00"),
        "planned_finish": script.ahead(plan.ends),
    }
    if plan.stage == "draft":
        return body
    body |= {"version": 1, "initiated_at": body["created_at"], "circulated_at": body["created_at"]} | _terms(plan)
    body["activated_at"] = script.past(plan.began, "11:30")
    return body


def accepted(script: Script) -> None:
    """What was brought and is done is submitted, with the word of who supported it; one card is judged."""
    for _project, _number, plan in BROUGHT:
        if plan.stage not in {"acceptance", "completed"}:
            continue
        card = script.cards[plan.key]
        for name in plan.departments[1:]:
            word = ConfirmSupport(card=card, department=script.departments[name], text="我部门部分已交齐")
            script.say(script.past(2, "14:30"), head_of(name), word)
        script.say(script.past(2, "15:00"), plan.lead, SubmitForAcceptance(card=card))
        if plan.stage == "completed":
            verdict = GiveVerdict(card=card, verdict="pass", remarks="交付物逐项核对, 无遗留")
            script.say(script.past(1, "11:00"), EXECUTIVE, verdict)


def _milestone(script: Script, card: str, name: str, due: int, who: str) -> None:
    milestone = AddMilestone(card=script.cards[card], name=name, due=due, responsible=script.people[who])
    script.say(script.past(6, "15:00"), LEAD, milestone)


def _year(script: Script) -> int:
    from datetime import date

    return date.fromordinal(script.working.day_of(script.past(14, "17:30"))).year
