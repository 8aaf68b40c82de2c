"""RACI letters, inputs, a joint review and milestones that hang on others: the division of the demo's first card."""

from __future__ import annotations

from store.operations.inputs import AddInput, ReceiveInput
from store.operations.milestones import AddMilestone
from store.operations.raci import SetLetters
from store.operations.subtasks import AnswerQuestions, EditSubtask, SetScope
from store.operations.supports import AskSupport
from store.sample.cast import LEAD
from store.sample.script import MINUTE, Script

DEPARTMENTS = ("市场部", "销售部", "产品部", "设计部")
LETTERS = {
    "主题": "AR C - C",
    "激励": "I AR - -",
    "主视觉": "C I C AR",
    "媒体": "AR I - -",
    "卖点": "C - AR I",
    "门店清单": "R R - -",
    "线下清单": "C AR - I",
    "竞品": "I AR C -",
    "推文": "AR - C C",
    "赠品": "AR I - -",
    "开屏": "C - I AR",
}
"""Subtask -> letters of the four departments; 门店清单 has no A yet, which the lint says."""
ANSWERED = {"激励": "李强", "主视觉": "陈思", "媒体": "孙悦"}
"""Subtask -> its owner, who has answered the three questions."""


def letter(script: Script) -> None:
    """The matrix of the card 活动, what its subtasks need from others, and two milestones without a firm date."""
    begun = script.past(1, "09:30")
    for n, (key, row) in enumerate(LETTERS.items()):
        for department, letters in zip(DEPARTMENTS, row.split(), strict=True):
            if letters != "-":
                cell = SetLetters(
                    subtask=script.subtasks[key], department=script.departments[department], letters=letters
                )
                script.say(begun + n * MINUTE, LEAD, cell)
    for key, owner in ANSWERED.items():
        every = AnswerQuestions(subtask=script.subtasks[key], answers=("task", "date", "dependencies"))
        script.say(begun + 20 * MINUTE, owner, every)
    _inputs(script, begun)
    poster = script.subtasks["主视觉"]
    review = {"most_revisions": 2, "reviewers": [script.departments["市场部"], script.departments["产品部"]]}
    script.say(begun + 30 * MINUTE, LEAD, EditSubtask(subtask=poster, fields=review))
    script.say(begun + 31 * MINUTE, "陈思", SetScope(subtask=poster, person=script.people["孙悦"], scope="主文案定稿"))
    commission = AskSupport(subtask=script.subtasks["激励"], department=script.departments["人事部"], text="核提成口径")
    script.say(script.ago(17), "李强", commission)
    _milestones(script, begun)


def _inputs(script: Script, begun: int) -> None:
    """One that has come, two that are waited for."""
    brand = AddInput(
        id=script.new({}, "品牌规范"),
        subtask=script.subtasks["主视觉"],
        what="品牌规范 2026 版",
        department=script.departments["产品部"],
        due=script.past(1, "18:00"),
    )
    script.say(begun + 22 * MINUTE, "陈思", brand)
    script.say(begun + 90 * MINUTE, "陈思", ReceiveInput(input=brand.id))
    for key, what, department, days in (
        ("主视觉", "渠道数据 v2", "市场部", 3),
        ("门店清单", "门店编码表", "产品部", 5),
    ):
        asked = AddInput(
            subtask=script.subtasks[key],
            what=what,
            department=script.departments[department],
            due=script.ahead(days, "12:00"),
        )
        script.say(begun + 25 * MINUTE, LEAD, asked)


def _milestones(script: Script, begun: int) -> None:
    card = script.cards["活动"]
    data = AddMilestone(card=card, name="首周数据", relative="上线后5个工作日内", responsible=script.people["孙悦"])
    media = AddMilestone(
        card=card,
        name="媒体投放",
        due=script.ahead(28),
        responsible=script.people["孙悦"],
        tentative=True,
        notice_days=10,
    )
    script.say(begun + 40 * MINUTE, LEAD, data)
    script.say(begun + 41 * MINUTE, LEAD, media)
