"""The fixed titles and headings of the papers we import (rulebook §9), and how they are matched.

A heading matches whatever its blanks, full or half width, brackets behind it, or traditional
characters: `备注（验收标准/问题记录）`, `備註` and ` 备 注 ` are one. The English ones are those of our own papers.
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
    "部门任务总览表 任务总览表 Department_task_register",
    {
        "number": "任务ID 任务编号 编号 主任务ID Task_ID",
        "name": "任务名称 主任务名称 Task_name",
        "initiator": "发起人 Initiator",
        "initiating_department": "发起部门",
        "lead": "负责人 任务负责人 总负责人 Responsible_person",
        "lead_department": "负责部门 牵头部门 责任部门",
        "collaborators": "协作人 协同人 协助人 Collaborators",
        "departments": "协作部门 协同部门 配合部门",
        "goal": "关联项目/目标 关联项目 关联目标 目标 Project_or_goal",
        "type": "任务类型 类型 Task_type",
        "priority": "优先级 Priority",
        "initiated_at": "发起日期 发起时间",
        "start": "计划开始时间 开始日期 计划启动时间",
        "finish": "预期完成时间 计划完成时间 完成时间 截止日期 截止时间 预计完成时间 Expected_finish",
        "state": "当前状态 状态 任务状态 Current_state",
        "remark": "备注 备注(验收标准/问题记录) 验收标准 Remark",
    },
    "name",
)
PROGRESS = _paper(
    "progress",
    "任务执行进度跟踪表 任务进度跟踪表 执行进度跟踪表 Progress_tracking_sheet",
    {
        "number": "子任务ID 子任务编号 Subtask_ID",
        "card": "所属主任务ID 主任务ID 所属任务ID 所属主任务 所属任务 Of_task",
        "name": "子任务名称 子任务 Subtask_name",
        "owner": "负责人 责任人 Responsible_person",
        "department": "负责部门 责任部门 所属部门",
        "percent": "今日进度(%) 今日进度 进度 当前进度 完成进度 完成百分比 Progress_today",
        "done": "已完成工作 完成工作 已完成 Work_done",
        "next": "下一步计划 下一步 后续计划 Next_steps",
        "problem": "遇到的问题及所需支持 遇到的问题 问题及所需支持 存在问题 Problems_and_support_needed",
        "date": "更新日期 日期 更新时间 Updated_on",
    },
    "name",
)
SYNC = _paper(
    "sync",
    "信息同步共享记录表 信息同步记录表 资讯同步共享记录表 Sync_log_sheet",
    {
        "date": "同步日期 日期 同步时间 Sync_date",
        "topic": "同步主题 主题 Sync_topic",
        "content": "同步内容(进展/问题/决议) 同步内容 内容 Content",
        "by": "同步发起人 发起人 Sync_by",
        "to": "同步对象 同步范围 对象 Sync_to",
        "reference": "附件/参考(占位符) 附件/参考 附件 参考 Attachment,_reference",
        "note": "备注 Remark",
    },
    "date topic",
)
ALLOCATION = _paper(
    "allocation",
    "跨部门任务分配表 任务分配表 Allocation_table",
    {
        "number": "子任务ID 任务ID 任务编号",
        "name": "任务名称 Task_name",
        "project": "所属项目 项目名称 Of_project",
        "description": "任务描述 Task_description",
        "department": "负责部门 责任部门 Department_in_charge",
        "owner": "负责人 责任人 Responsible_person",
        "departments": "协同部门 协作部门 配合部门 Helping_departments",
        "collaborators": "协同人 协作人 协助人 Helpers",
        "start": "计划开始时间 开始时间 开始日期 Planned_start_date",
        "finish": "计划完成时间 完成时间 截止日期 Planned_finish_time",
        "milestones": "里程碑节点 里程碑 Milestone_dates",
        "inputs": "所需资源与支持 所需支持 所需资源 Resources_and_support_needed",
        "standard": "完成标准与备注 完成标准 验收标准 Completion_standard_and_remarks",
        "progress": "进度更新 进度更新记录 Progress_updates",
        "risk": "风险点 风险 Risks",
    },
    "name project",
    form=True,
)
TASK_CARD = _paper(
    "task_card",
    "跨部门协作任务管理卡 任务管理卡 Task_card",
    {
        "name": "任务名称 Task_name",
        "number": "任务编号 任务ID Task_number",
        "project": "所属项目",
        "priority": "优先级 Priority",
        "type": "任务类型 Task_type",
        "initiated_at": "发起日期 Initiated_on",
        "initiating_department": "发起部门 Initiating_department",
        "initiator": "发起人 Initiator",
        "lead_department": "牵头部门 Leading_department",
        "lead": "任务总负责人 总负责人 Task_lead",
        "background": "任务背景 背景 Background",
        "goal": "核心目标 任务目标 Core_goal",
        "scope": "任务范围 范围 Task_scope",
        "start": "计划启动时间 计划开始时间 Planned_start_time",
        "finish": "计划完成时间 Planned_finish_time",
        "milestones": "里程碑 里程碑节点 Milestones",
        "deliverables": "预期成果 交付物 Expected_results",
        "standard": "验收标准 Acceptance_standard",
        "resources": "所需资源 Resources_needed",
        "mechanism": "沟通机制 Mechanism",
        "remark": "备注 Remark",
    },
    "name goal",
    form=True,
)
DUTIES = _paper(
    "duty",
    "",
    {
        "department": "协作部门 Supporting_department",
        "lead": "负责人 部门负责人 Person_in_charge",
        "liaison": "接口人 Liaison",
        "role": "岗位 Role",
        "action": "动作 Action",
        "standard": "交付标准 Delivery_standard",
        "signed": "签字确认 签字 签署 签章 Signed",
    },
    "department action",
)

DIVISION = _paper(
    "division",
    "协同任务分工表 任务分工表 Division_of_work",
    {
        "name": "环节 阶段 步骤 Step",
        "responsible": "责任部门/人 责任部门 责任人 Responsible_department,_person",
        "description": "任务描述 任务内容 Description_of_the_task",
        "finish": "完成时限 时限 To_be_done_by",
        "output": "输出物 交付物 成果 Output",
    },
    "name responsible",
)
COLLABORATION = _paper(
    "collaboration",
    "跨部门协作沟通表 协作沟通表 Collaboration_sheet",
    {
        "head": "字段 栏位 Field",
        "name": "协作主题 主题 Topic_of_collaboration",
        "people": "涉及部门/人 涉及部门 Departments_and_people",
        "tasks": "关键任务与分工 任务与分工 Key_tasks_and_who_does_them",
        "dependencies": "依赖关系 What_depends_on_what",
        "mechanism": "沟通机制 Mechanism",
        "state": "当前状态 Current_state",
        "problems": "问题与风险 Problems_and_risks",
        "measures": "解决措施 Measures",
        "retro": "复盘总结 Summary_of_the_retro",
    },
    "name people",
    form=True,
)

MINUTES = _paper(
    "minutes",
    "跨部门会议纪要 会议纪要 跨部门会议纪要(初稿) Minutes_of_meeting",
    {
        "name": "会议名称 会议主题 Meeting_name",
        "kind": "会议类型 Meeting_kind",
        "task": "任务 Task",
        "goal": "核心目标 会议目标 Core_goal",
        "date": "会议日期 Meeting_date",
        "time": "会议时间 Meeting_time",
        "place": "会议地点 Meeting_place",
        "chair": "主持人 Chair",
        "recorder": "记录人 Recorder",
        "participants": "参会人员 出席人员 与会人员 Participants",
        "observers": "列席人员 Observers",
        "absent": "缺席人员及原因 缺席人员 Absent_and_why",
    },
    "name time",
    form=True,
)

TABLES = (REGISTER, PROGRESS, SYNC, DIVISION)
FORMS = (ALLOCATION, TASK_CARD, COLLABORATION, MINUTES)
PAPERS = (*TABLES, *FORMS)
HEADINGS = frozenset(word for paper in PAPERS for word in paper.fields)
