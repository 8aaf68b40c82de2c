"""The issues and sync entries of the demo, as drawn in the mock-ups of the queue."""

from __future__ import annotations

from store.operations.incidents import Notice
from store.operations.issues import RaiseBlocked, RaiseDispute, RaiseWarning
from store.operations.queue import Acknowledge, Escalate, FollowUp, MarkNotified, MarkResolutionDone, Resolve
from store.operations.subtasks import ResumeSubtask
from store.operations.sync import AddSyncEntry
from store.records import Position
from store.sample.script import Script

PAST_WARNINGS = (
    (13, "王敏", "活动", "场地档期紧张", "两家酒店同日有会", "备选场地先付定金", "孙悦", "先付定金锁定酒店B"),
    (
        12,
        "周航",
        "说明",
        "样机只到 2 台",
        "物流延误",
        "先测两台, 第三台补测",
        "T. Okafor",
        "两台先测, 第三台到货当日补测",
    ),
    (11, "吴倩", "助理", "简历数量不足", "岗位要求偏高", "放宽年限到 1 年", "吴倩", "年限放宽到 1 年"),
    (9, "孙悦", "会员", "短信通道限额", "月末额度将满", "提前申请加量", "刘畅", "本周加量 2 万条"),
    (9, "李强", "大会", "名单缺两省", "区域经理出差", "由何平代核", "何平", "何平三日内补齐两省名单"),
    (8, "赵琳", "话术", "培训室被占", "与校招冲突", "改线上 2 场", "赵琳", "前两场改线上"),
    (10, "李强", "大会", "同城另有展会", "时间只差一天", "提前寄出邀请函", "孙悦", "邀请函提前三天寄出"),
    (8, "陈思", "短片", "拍摄机器未到", "租赁排期", "改租 B 公司", "陈思", "改租 B 公司, 当周到货"),
)
"""Warnings that were raised and resolved: day, by, card, risk, reason, solution, owner, decision."""


def past_issues(script: Script, leads: dict[str, str], homes: dict[str, str]) -> None:
    """What was raised and resolved in the weeks before; `homes` are the departments asked, by card."""
    for day, who, card, risk, why, solution, owner, decision in PAST_WARNINGS:
        warning = RaiseWarning(
            card=script.cards[card],
            risk=risk,
            reason=why,
            scope="本卡进度推迟 1-2 天",
            solution=solution,
            department=script.departments[homes[card]],
        )
        script.say(script.past(day, "13:10"), who, warning)
        script.say(
            script.past(day, "14:40"),
            "王敏" if who != "王敏" else "李强",
            Acknowledge(issue=warning.id, text="今天协调"),
        )
        resolve(script, warning.id, leads[card], decision=decision, department=homes[card], owner=owner, day=day - 1)
    blocked = RaiseBlocked(
        subtask=script.subtasks["媒体"],
        what="两家媒体账号被限流",
        impact="排期晚 1 天",
        tried="换素材重投",
        needed="销售部联系平台对接人",
        department=script.departments["销售部"],
    )
    script.say(script.past(6, "10:15"), "孙悦", blocked)
    script.say(script.past(6, "11:00"), "李强", Acknowledge(issue=blocked.id, text="已约平台下午通话"))
    resolve(script, blocked.id, "王敏", decision="平台解限, 改用新素材", department="销售部", owner="李强", day=5)
    script.say(script.past(5, "09:50"), "孙悦", ResumeSubtask(subtask=script.subtasks["媒体"]))


def resolve(script: Script, issue: int, who: str, *, decision: str, department: str, owner: str, day: int) -> None:
    """Resolved early on a day, sent to all, done the day after."""
    operation = Resolve(
        issue=issue,
        decision=decision,
        department=script.departments[department],
        owner=script.people[owner],
        due=script.past(day - 1, "18:00"),
    )
    script.say(script.past(day, "09:40"), who, operation)
    script.say(script.past(day, "09:45"), who, MarkNotified(issue=issue, text="邮件与群公告"))
    script.say(script.past(day - 1, "15:30"), owner, MarkResolutionDone(issue=issue, text="已办"))


def open_issues(script: Script) -> dict[str, int]:
    """The escalation queue; the issues by key."""
    return {"编制": _headcount(script), "费用": _costs(script)} | _warnings(script) | _blocked(script)


def _blocked(script: Script) -> dict[str, int]:
    data = RaiseBlocked(
        subtask=script.subtasks["主视觉"],
        what="渠道数据缺失, 主文案不能定稿",
        impact="3版初稿推迟 2 天, 里程碑受影响",
        tried="上午催过孙悦; 用旧数据排版",
        needed="市场部明日 12:00 前给渠道数据 v2",
        since=script.ago(27, 50),
        department=script.departments["市场部"],
    )
    script.say(script.ago(27, 12), "陈思", data)
    script.say(script.ago(7, 45), "陈思", FollowUp(issue=data.id, text="仍缺 2 个省"))
    font = RaiseBlocked(
        subtask=script.subtasks["字体"],
        what="品牌字体授权未到",
        impact="片头包装停工, 成片推迟 1 天",
        tried="催供应商两次; 试用系统字体",
        needed="产品部确认授权合同",
        department=script.departments["产品部"],
    )
    script.say(script.ago(6, 10), "陈思", font)
    script.say(script.ago(5, 30), "周航", Acknowledge(issue=font.id, text="合同已到法务, 今日回"))
    return {"数据": data.id, "字体": font.id}


def _warnings(script: Script) -> dict[str, int]:
    teachers = RaiseWarning(
        subtask=script.subtasks["讲师"],
        risk="讲师档期冲突",
        reason="两位讲师同周出差",
        scope="第 2 周 4 场培训",
        solution="销售部借调 1 名讲师",
        department=script.departments["销售部"],
    )
    script.say(script.ago(24, 13), "赵琳", teachers)
    script.say(script.ago(20), "李强", Acknowledge(issue=teachers.id, text="在找可借调的人, 明早答复"))
    copy = RaiseWarning(
        subtask=script.subtasks["文字"],
        risk="Landing page copy not approved",
        reason="Product has not read the second draft",
        scope="Launch date of the page",
        solution="One reader at product, one day",
        department=script.departments["产品部"],
    )
    script.say(script.ago(22, 25), "J. Meyer", copy)
    script.say(script.ago(21), "周航", Acknowledge(issue=copy.id, text="T. Okafor reads it tomorrow"))
    return {"讲师": teachers.id, "文案": copy.id}


def _headcount(script: Script) -> int:
    design, staff = script.departments["设计部"], script.departments["人事部"]
    dispute = RaiseDispute(
        card=script.cards["助理"],
        between=(design, staff),
        over="设计助理编制归属",
        positions=(
            Position(department=design, text="编制归设计部, 试用期由设计部考核"),
            Position(department=staff, text="编制归人事部共享池, 按项目借调"),
        ),
    )
    script.say(script.past(7, "11:20"), "陈思", dispute)
    script.say(script.past(7, "15:00"), "吴倩", Acknowledge(issue=dispute.id, text="两部门负责人周内各给书面意见"))
    script.say(
        script.past(4, "17:40"), "吴倩", Escalate(issue=dispute.id, from_tier=1, reason="两部门负责人未达成一致")
    )
    script.say(
        script.ago(7, 55), "林静", Escalate(issue=dispute.id, from_tier=2, reason="分管领导意见不同, 请分管高管裁决")
    )
    return dispute.id


def _costs(script: Script) -> int:
    sales, marketing = script.departments["销售部"], script.departments["市场部"]
    dispute = RaiseDispute(
        card=script.cards["活动"],
        between=(sales, marketing),
        over="门店物料费用由谁承担",
        positions=(
            Position(department=sales, text="物料服务于品牌, 由市场部承担"),
            Position(department=marketing, text="物料放在门店, 按销量由销售部分摊"),
        ),
    )
    script.say(script.past(5, "14:20"), "何平", dispute)
    script.say(script.past(5, "16:10"), "王敏", Acknowledge(issue=dispute.id, text="先按去年比例测算, 三日内开会"))
    script.say(
        min(script.ago(30, 13), script.past(1, "10:00")),
        "何平",
        Escalate(issue=dispute.id, from_tier=1, reason="三个工作日未达成一致"),
    )
    return dispute.id


def sync_log(script: Script) -> None:
    """What was shared beside all that."""
    for day, who, card, topic, content, sent in (
        (6, "李强", "大会", "场地由酒店A改为酒店B", "价格低 12 %, 交通相当, 合同本周签。", True),
        (3, "周航", "说明", "卖点清单定稿", "共 12 条, 附实验数据出处。", True),
        (0, "孙悦", "活动", "媒体排期变更", "第 3 家媒体后移 1 天, 其余不变。", False),
    ):
        entry = AddSyncEntry(
            card=script.cards[card], topic=topic, content=content, kind="decision", to="各部门接口人", sent=sent
        )
        script.say(script.past(day, "15:40") if day else script.ago(5), who, entry)
    promised = AddSyncEntry(
        card=script.cards["大会"],
        topic="酒店合同",
        content="条款已谈妥, 待盖章。",
        kind="progress",
        to="各部门接口人",
        sent=True,
        promise="盖章扫描件发到群里",
        promise_by=script.people["何平"],
        promise_due=script.ahead(2),
    )
    script.say(script.past(1, "15:50"), "李强", promised)
    private = AddSyncEntry(
        card=script.cards["助理"],
        topic="试用期薪资区间",
        content="按 P4 下限加 8 %, 转正后调整。",
        kind="decision",
        recipients=(script.people["张岚"], script.people["陈思"]),
        restricted=True,
        sent=True,
    )
    script.say(script.past(2, "16:10"), "吴倩", private)


def noticed(script: Script) -> None:
    """What somebody has seen and not reported yet: its clock runs."""
    addresses = Notice(subtask=script.subtasks["线下清单"], kind="problem", text="两家门店地址对不上")
    script.say(script.ago(0, 40), "李强", addresses)
