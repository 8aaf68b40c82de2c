"""The meetings of the demo, as drawn in the mock-ups of the minutes."""

from __future__ import annotations

from datetime import date

from store.operations.act import derived
from store.operations.base import mint
from store.operations.cards import EditCard
from store.operations.meetings import (
    AgendaDraft,
    CallMeeting,
    FinaliseMinutes,
    HoldMeeting,
    SendDraft,
)
from store.operations.minutes import SavedLine, SaveLines, SetAttendance, subtask_id
from store.operations.regular import PlanRegular
from store.operations.reviewing import ReviewMinutes
from store.operations.sync import MarkSent
from store.records import LineKind
from store.sample.cast import head_of
from store.sample.script import HOUR, MINUTE, Script

FRIDAY = 4


def meetings(script: Script, issues: dict[str, int]) -> None:
    """Minutes in every state: final with its action items as subtasks, in review, two held, a notice, a series."""
    _second(script)
    _storyboard(script)
    _series(script)
    _costs_meeting(script, issues["费用"])
    _third(script)
    returns = CallMeeting(
        kind="progress",
        name="会员日返场准备会",
        card=script.cards["会员"],
        starts=script.ago(1, 40),
        ends=script.ago(0, 55),
        place="会议室B",
        recorder=script.people["孙悦"],
        invitees=_ids(script, "孙悦", "刘畅", "何平", "J. Meyer"),
        agenda=(AgendaDraft(title="进度", minutes=15), AgendaDraft(title="问题与所需支持", minutes=15)),
    )
    script.say(script.past(2, "11:30"), "孙悦", returns)
    script.say(script.ago(0, 55), "孙悦", HoldMeeting(meeting=returns.id))
    kickoff = CallMeeting(
        kind="kickoff",
        name="门店物料布置启动会",
        card=script.cards["门店"],
        goal="86 家门店的物料清单、到货日与责任人",
        starts=script.ahead(2, "10:00"),
        ends=script.ahead(2, "11:00"),
        place="会议室A",
        recorder=script.people["刘畅"],
        invitees=_ids(script, "何平", "陈思", "王敏", "赵琳"),
        agenda=(
            AgendaDraft(title="目标与优先级", minutes=10),
            AgendaDraft(title="各部门分工", minutes=30),
            AgendaDraft(title="关键日期", minutes=10),
            AgendaDraft(title="沟通机制", minutes=10),
        ),
    )
    script.say(script.ago(19), "何平", kickoff)


def _second(script: Script) -> None:
    items = (("上次行动项", 5), ("渠道与门店", 15), ("传播节奏", 15), ("其他", 5))
    meeting = _call(
        script, "Q4营销活动筹备会 (第2次)", (script.past(8, "16:00"), script.past(8, "16:40")), items, day=10
    )
    wanted = (
        ("线下清单", "线下活动门店清单", "李强", script.ahead(4), "86 家, 含联系人与可用面积"),
        ("竞品", "竞品价格表", "何平", script.past(1, "18:00"), "8 家, 含促销价"),
        ("推文", "公众号推文第1篇", "刘畅", script.ahead(5), "1200 字以内, 配图 4 张"),
        ("赠品", "赠品清单报价", "孙悦", script.past(2, "18:00"), "三家报价对比"),
        ("开屏", "开屏广告尺寸表", "陈思", script.past(3, "18:00"), "6 个平台"),
    )
    lines: list[SavedLine] = []
    for n, (key, text, owner, due, standard) in enumerate(wanted):
        line = mint()
        script.subtasks[key] = subtask_id(line)
        lines.append(_line(script, n, "action", text, owner=owner, due=due, standard=standard, line=line))
    decision = _line(script, len(lines), "decision", "渠道政策 10 个工作日内由李强定稿。")
    save = SaveLines(
        meeting=meeting, item=_item(meeting, 1), lines=(*lines, decision), used_seconds=1320, finished=True
    )
    script.say(script.past(8, "16:35"), "孙悦", save)
    script.say(script.past(8, "16:40"), "王敏", HoldMeeting(meeting=meeting))
    script.say(script.past(8, "18:30"), "孙悦", SendDraft(meeting=meeting))
    for n, department in enumerate(("设计部", "产品部", "销售部")):
        script.say(script.past(7, f"1{n}:20"), head_of(department), ReviewMinutes(meeting=meeting))
    script.say(script.past(7, "14:00"), "王敏", FinaliseMinutes(meeting=meeting))
    script.say(script.past(7, "14:10"), "孙悦", MarkSent(meeting=meeting))


def _third(script: Script) -> None:
    items = (("上次行动项", 5), ("主视觉初稿", 10), ("渠道激励方案", 10), ("其他", 5))
    meeting = _call(script, "Q4营销活动筹备会 (第3次)", (script.ago(1, 25), script.ago(0, 55)), items, day=3)
    lines = (
        _line(script, 0, "point", "设计部: 完成3版草图, 缺渠道数据, 预计影响 3版初稿里程碑。"),
        _line(script, 1, "point", "市场部: 华东数据已齐, 另缺安徽、浙江两省。"),
        _line(script, 2, "decision", "明日 12:00 前市场部提供渠道数据 v2, 由孙悦负责。"),
        _line(
            script,
            3,
            "action",
            "渠道数据 v2",
            owner="孙悦",
            due=script.tomorrow("12:00"),
            standard="五省齐全, 李强确认",
            resources="无",
        ),
        _line(script, 4, "action", "主视觉3版初稿", owner="陈思", due=script.ahead(5), standard="三版源文件+PDF"),
        _line(script, 5, "decision", "初稿原则上只改 2 次。"),
    )
    done = SaveLines(meeting=meeting, item=_item(meeting, 0), used_seconds=240, finished=True)
    script.say(script.ago(1, 15), "孙悦", done)
    save = SaveLines(meeting=meeting, item=_item(meeting, 1), lines=lines, used_seconds=740)
    script.say(script.ago(1), "孙悦", save)
    script.say(script.ago(0, 55), "王敏", HoldMeeting(meeting=meeting))
    away = SetAttendance(
        meeting=meeting, person=script.people["李强"], presence="absent", reason="出差", stand_in=script.people["何平"]
    )
    script.say(script.ago(0, 54), "孙悦", away)


def _storyboard(script: Script) -> None:
    """A review whose draft one head confirmed; the lead of the demo is asked."""
    ended = script.past(1, "16:00")
    if ended < script.ago(30):  # after days off: its 48 hours must not have run out
        ended = script.ago(16)
    meeting = CallMeeting(
        kind="review",
        name="短片分镜评审会",
        card=script.cards["短片"],
        goal="分镜 V2 定稿",
        starts=ended - 45 * MINUTE,
        ends=ended,
        place="会议室B",
        invitees=_ids(script, "陈思", "王敏", "周航"),
        agenda=(AgendaDraft(title="分镜 V2", minutes=30), AgendaDraft(title="结论与下一步", minutes=15)),
    )
    script.say(ended - 2 * HOUR, "陈思", meeting)
    lines = (
        _line(script, 0, "decision", "分镜 V2 通过, 第 3 镜由陈思改为门店实景。"),
        _line(script, 1, "action", "第 3 镜改稿", owner="陈思", due=script.ahead(3), standard="6 秒, 含门店招牌"),
    )
    save = SaveLines(meeting=meeting.id, item=_item(meeting.id, 1), lines=lines, used_seconds=840)
    script.say(ended - 5 * MINUTE, "陈思", save)
    script.say(ended, "陈思", HoldMeeting(meeting=meeting.id))
    script.say(ended + 30 * MINUTE, "陈思", SendDraft(meeting=meeting.id))
    script.say(ended + 50 * MINUTE, head_of("产品部"), ReviewMinutes(meeting=meeting.id))


def _series(script: Script) -> None:
    """Regular meetings on Fridays; the first is far enough ahead that nothing of it is due yet."""
    card, working = script.cards["大会"], script.working
    day = working.day_of(script.now) + 4
    while date.fromordinal(day).weekday() != FRIDAY or not working.is_working_day(day):
        day += 1
    rhythm = {"regular_meeting": "weekly", "meeting_day": FRIDAY, "meeting_at": "16:00"}
    script.say(script.ago(17, 40), "李强", EditCard(card=card, fields=rhythm))
    plan = PlanRegular(
        card=card,
        starts=working.at(day, 16 * 60),
        ends=working.at(day, 17 * 60),
        place="会议室A",
        agenda=(AgendaDraft(title="进度", minutes=20), AgendaDraft(title="问题、风险与所需资源", minutes=40)),
    )
    script.say(script.ago(17, 38), "李强", plan)


def _costs_meeting(script: Script, issue: int) -> None:
    meeting = CallMeeting(
        kind="coordination",
        name="费用承担协调会",
        issue=issue,
        goal="门店物料费用怎样分摊",
        starts=script.ago(23, 55),
        ends=script.ago(23, 10),
        place="线上",
        chair=script.people["高远"],
        recorder=script.people["孙悦"],
        invitees=_ids(script, "王敏", "李强", "何平", "高远"),
        agenda=(AgendaDraft(title="双方意见", minutes=20), AgendaDraft(title="去年比例", minutes=20)),
    )
    script.say(min(script.past(2, "15:10"), script.ago(26)), "王敏", meeting)
    lines = (
        _line(script, 0, "point", "销售部: 去年由市场部承担七成。"),
        _line(script, 1, "action", "去年物料费用明细", owner="何平", due=script.ahead(1), standard="按门店列出金额"),
        _line(script, 2, "action", "三种分摊方案测算", owner="孙悦", due=script.ahead(2), standard="每种方案含金额"),
    )
    script.say(script.ago(23, 20), "孙悦", SaveLines(meeting=meeting.id, item=_item(meeting.id, 1), lines=lines))
    script.say(script.ago(23, 10), "孙悦", HoldMeeting(meeting=meeting.id))


def _call(script: Script, name: str, span: tuple[int, int], items: tuple[tuple[str, int], ...], *, day: int) -> int:
    """A regular meeting of the first card, called on a day."""
    meeting = CallMeeting(
        kind="progress",
        name=name,
        card=script.cards["活动"],
        goal="进度、问题与下一步",
        starts=span[0],
        ends=span[1],
        place="会议室A",
        chair=script.people["王敏"],
        recorder=script.people["孙悦"],
        invitees=_ids(script, "王敏", "孙悦", "陈思", "周航", "李强"),
        agenda=tuple(AgendaDraft(title=title, minutes=minutes) for title, minutes in items),
    )
    script.say(script.past(day, "11:10"), "王敏", meeting)
    return meeting.id


def _line(
    script: Script,
    order: int,
    kind: LineKind,
    text: str,
    *,
    owner: str = "",
    due: int | None = None,
    standard: str = "",
    resources: str = "",
    line: int = 0,
) -> SavedLine:
    return SavedLine(
        id=line or mint(),
        kind=kind,
        text=text,
        order=order,
        who=owner,
        owner=script.people[owner] if owner else None,
        due=due,
        standard=standard,
        resources=resources,
    )


def _item(meeting: int, order: int) -> int:
    """The doc id of an agenda item of a meeting called here."""
    return derived(meeting, "agenda", order)


def _ids(script: Script, *names: str) -> tuple[int, ...]:
    return tuple(script.people[name] for name in names)
