"""The fixed titles and headings of the papers we import (rulebook §9), and how they are matched.

A heading matches whatever its blanks, full or half width, brackets behind it, or traditional
characters: `备注（验收标准/问题记录）`, `備註` and ` 备 注 ` are one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from store.rules.vague.letters import SIMPLIFIED

_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_NOISE = re.compile(r"[\s:*_·.\-]+")


def simplified(text: str) -> str:
    """Half width, without blanks, the characters of headings and states in their simplified form."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).translate(SIMPLIFIED).casefold()


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """A heading in the form the tables below are written in ("" for what is too long to be one)."""
    if len(text) > 40:
        return ""
    return simplified(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


class Paper(Struct, frozen=True):
    """One kind of sheet: its titles, its headings -> our fields, and the fields without which it is not one."""

    kind: str
    titles: frozenset[str]
    fields: dict[str, str]
    needed: frozenset[str]
    form: bool = False
    """True: label and value; False: one record per row under a heading row."""


def _paper(kind: str, titles: str, fields: dict[str, str], needed: str, *, form: bool = False) -> Paper:
    by_heading = {heading(alias): field for field, aliases in fields.items() for alias in aliases.split()}
    return Paper(
        kind=kind,
        titles=frozenset(heading(title) for title in titles.split()),
        fields=by_heading,
        needed=frozenset(needed.split()),
        form=form,
    )


REGISTER = _paper(
    "register",
    "部门任务总览表 任务总览表",
    {
        "number": "任务ID 任务编号 编号 主任务ID",
        "name": "任务名称 主任务名称",
        "initiator": "发起人",
        "initiating_department": "发起部门",
        "lead": "负责人 任务负责人 总负责人",
        "lead_department": "负责部门 牵头部门 责任部门",
        "collaborators": "协作人 协同人 协助人",
        "departments": "协作部门 协同部门 配合部门",
        "goal": "关联项目/目标 关联项目 关联目标 目标",
        "type": "任务类型 类型",
        "priority": "优先级",
        "initiated_at": "发起日期 发起时间",
        "start": "计划开始时间 开始日期 计划启动时间",
        "finish": "预期完成时间 计划完成时间 完成时间 截止日期 截止时间 预计完成时间",
        "state": "当前状态 状态 任务状态",
        "remark": "备注 备注(验收标准/问题记录) 验收标准",
    },
    "name",
)
PROGRESS = _paper(
    "progress",
    "任务执行进度跟踪表 任务进度跟踪表 执行进度跟踪表",
    {
        "number": "子任务ID 子任务编号",
        "card": "所属主任务ID 主任务ID 所属任务ID 所属主任务 所属任务",
        "name": "子任务名称 子任务",
        "owner": "负责人 责任人",
        "department": "负责部门 责任部门 所属部门",
        "percent": "今日进度(%) 今日进度 进度 当前进度 完成进度 完成百分比",
        "done": "已完成工作 完成工作 已完成",
        "next": "下一步计划 下一步 后续计划",
        "problem": "遇到的问题及所需支持 遇到的问题 问题及所需支持 存在问题",
        "date": "更新日期 日期 更新时间",
    },
    "name",
)
SYNC = _paper(
    "sync",
    "信息同步共享记录表 信息同步记录表 资讯同步共享记录表",
    {
        "date": "同步日期 日期 同步时间",
        "topic": "同步主题 主题",
        "content": "同步内容(进展/问题/决议) 同步内容 内容",
        "by": "同步发起人 发起人",
        "to": "同步对象 同步范围 对象",
        "reference": "附件/参考(占位符) 附件/参考 附件 参考",
        "note": "备注",
    },
    "date topic",
)
ALLOCATION = _paper(
    "allocation",
    "跨部门任务分配表 任务分配表",
    {
        "number": "子任务ID 任务ID 任务编号",
        "name": "任务名称",
        "project": "所属项目 项目名称",
        "description": "任务描述",
        "department": "负责部门 责任部门",
        "owner": "负责人 责任人",
        "departments": "协同部门 协作部门 配合部门",
        "collaborators": "协同人 协作人 协助人",
        "start": "计划开始时间 开始时间 开始日期",
        "finish": "计划完成时间 完成时间 截止日期",
        "milestones": "里程碑节点 里程碑",
        "inputs": "所需资源与支持 所需支持 所需资源",
        "standard": "完成标准与备注 完成标准 验收标准",
        "progress": "进度更新 进度更新记录",
        "risk": "风险点 风险",
    },
    "name project",
    form=True,
)
TASK_CARD = _paper(
    "task_card",
    "跨部门协作任务管理卡 任务管理卡",
    {
        "name": "任务名称",
        "number": "任务编号 任务ID",
        "project": "所属项目",
        "priority": "优先级",
        "type": "任务类型",
        "initiated_at": "发起日期",
        "initiating_department": "发起部门",
        "initiator": "发起人",
        "lead_department": "牵头部门",
        "lead": "任务总负责人 总负责人",
        "background": "任务背景 背景",
        "goal": "核心目标 任务目标",
        "scope": "任务范围 范围",
        "start": "计划启动时间 计划开始时间",
        "finish": "计划完成时间",
        "milestones": "里程碑 里程碑节点",
        "deliverables": "预期成果 交付物",
        "standard": "验收标准",
        "resources": "所需资源",
        "mechanism": "沟通机制",
        "remark": "备注",
    },
    "name goal",
    form=True,
)
DUTIES = _paper(
    "duty",
    "",
    {
        "department": "协作部门",
        "lead": "负责人 部门负责人",
        "liaison": "接口人",
        "role": "岗位",
        "action": "动作",
        "standard": "交付标准",
    },
    "department action",
)

DIVISION = _paper(
    "division",
    "协同任务分工表 任务分工表",
    {
        "name": "环节 阶段 步骤",
        "responsible": "责任部门/人 责任部门 责任人",
        "description": "任务描述 任务内容",
        "finish": "完成时限 时限",
        "output": "输出物 交付物 成果",
    },
    "name responsible",
)
COLLABORATION = _paper(
    "collaboration",
    "跨部门协作沟通表 协作沟通表",
    {
        "head": "字段 栏位",
        "name": "协作主题 主题",
        "people": "涉及部门/人 涉及部门",
        "tasks": "关键任务与分工 任务与分工",
        "dependencies": "依赖关系",
        "mechanism": "沟通机制",
        "state": "当前状态",
        "problems": "问题与风险",
        "measures": "解决措施",
        "retro": "复盘总结",
    },
    "name people",
    form=True,
)

MINUTES = _paper(
    "minutes",
    "跨部门会议纪要 会议纪要 跨部门会议纪要(初稿)",
    {
        "name": "会议名称 会议主题",
        "kind": "会议类型",
        "task": "任务",
        "goal": "核心目标 会议目标",
        "date": "会议日期",
        "time": "会议时间",
        "place": "会议地点",
        "chair": "主持人",
        "recorder": "记录人",
        "participants": "参会人员 出席人员 与会人员",
        "observers": "列席人员",
        "absent": "缺席人员及原因 缺席人员",
    },
    "name time",
    form=True,
)

TABLES = (REGISTER, PROGRESS, SYNC, DIVISION)
FORMS = (ALLOCATION, TASK_CARD, COLLABORATION, MINUTES)
PAPERS = (*TABLES, *FORMS)
HEADINGS = frozenset(word for paper in PAPERS for word in paper.fields)
