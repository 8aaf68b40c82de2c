"""People, cards, duties, milestones, subtasks, progress: every operation on the board `builders.busy`."""

from __future__ import annotations

from store.operations.act import derived
from store.operations.cards import duty_id
from tests.store.builders import DAY, T0, Busy, Cast
from tests.store.case import NEW, Case, Refusal

c, k = Cast, Busy

PEOPLE = [
    Case(
        "AddDepartment", c.wang, {"id": NEW, "name": "财务部", "code": "CW"},
        [("+departments", NEW, {"name": "财务部", "code": "CW"})],
        [Refusal("refuse.double", {"name": "市场部"}), Refusal("refuse.empty", {"name": " "}), Refusal("who",
                                                                                                       {}, 12345)],
    ),
    Case(
        "EditDepartment", c.wang, {"department": c.design, "fields": {"head": c.fang, "code": "SJ"}},
        [("departments", c.design, {"head": c.fang})],
        [
            Refusal("refuse.field", {"fields": {"id": 5}}),
            Refusal("refuse.value", {"fields": {"head": "x"}}),
            Refusal("not_found", {"fields": {"head": 12345}}),
            Refusal("refuse.empty", {"fields": {}}),
            Refusal("refuse.double", {"fields": {"name": "销售部"}}),
        ],
    ),
    Case(
        "AddPerson", c.wang, {"id": NEW, "name": "何平", "department": c.sales, "logins": ["hp"]},
        [("+people", NEW, {"name": "何平", "department": c.sales, "logins": ["hp"]})],
        [
            Refusal("refuse.double", {"name": "李强"}),
            Refusal("refuse.login", {"logins": ["u11"]}),
            Refusal("not_found", {"department": 12345}),
            Refusal("taken", {"id": c.li}),
        ],
    ),
    Case(
        "EditPerson", c.wang, {"person": c.mei, "fields": {"phone": "123", "department": c.market}},
        [("people", c.mei, {"phone": "123", "department": c.market})],
        [Refusal("refuse.login", {"fields": {"logins": ["u11"]}}), Refusal("refuse.empty", {"fields": {"name": ""}})],
    ),
    Case(
        "ClaimLogin", c.li, {"person": c.li, "login": "liqiang"},
        [("people", c.li, {"logins": ["u12", "liqiang"]})],
        [
            Refusal("refuse.login", {"login": "u11"}),
            Refusal("refuse.login", {}, 0),
            Refusal("refuse.empty", {"login": ""}),
        ],
    ),
    Case(
        "LeaveBoard", c.wang, {"person": c.li, "successor": c.mei},
        [
            ("people", c.li, {"left_at": T0}),
            ("departments", c.sales, {"head": c.mei}),
            ("subtasks", c.plan, {"owner": c.mei}),
            ("-attendance", derived("attendance", k.notice, c.li), {}),
            ("+attendance", derived("attendance", k.notice, c.mei), {"meeting": k.notice, "person": c.mei}),
        ],
        [
            Refusal("refuse.holds", {"successor": None}),
            Refusal("refuse.left", {"successor": c.li}),
            Refusal("refuse.holds", {"person": c.zhang, "successor": None}),
        ],
    ),
    Case(
        "SetSetting", c.wang, {"key": "tier", "value": "5 WD"},
        [("+settings", derived("settings", "tier"), {"key": "tier", "value": "5 WD"})],
        [
            Refusal("setting", {"value": "soon"}),
            Refusal("setting", {"key": "nonsense"}),
            Refusal("setting", {"key": "nonsense", "value": None}),
            Refusal("not_found", {"key": "executive", "value": 12345}),
        ],
    ),
]  # fmt: skip

UNSIGNED = {
    "answer": "pending", "asked_at": T0, "answered_at": None, "answered_by": None, "ticks": [], "signed_at": None,
    "signed_by": None, "means": "", "voided_at": T0,
}  # fmt: skip
"""What an edit makes of a signed duty."""
NOT_SIGNED = {"text": "{department} has not signed", "fields": {"department": "市场部"}}
"""What a gate keeps of what was missing."""

CARDS = [
    Case(
        "CreateCard", c.li,
        {
            "id": NEW, "name": "双十一", "departments": [c.sales], "duties": [{"department": c.design, "role": "设计"}],
            "project": "Q4营销", "type": "urgent",
        },
        [
            ("+cards", NEW, {"number": "Q4营销-2026-002", "stage": None, "initiator": c.li, "lead": c.li,
                             "initiating_department": c.sales, "lead_department": c.sales, "cadence": "realtime"}),
            ("+duties", duty_id(NEW, c.sales), {"card": NEW, "department": c.sales}),
            ("+duties", duty_id(NEW, c.design), {"card": NEW, "department": c.design, "role": "设计", "order": 1}),
            ("counters", None, {"value": 2}),
        ],
        [
            Refusal("refuse.empty", {"name": ""}),
            Refusal("refuse.span", {"planned_start": T0, "planned_finish": T0 - 1}),
            Refusal("refuse.double", {"duties": [{"department": c.sales}, {"department": c.sales}]}),
            Refusal("not_found", {"duties": [{"department": 12345}]}),
            Refusal("not_found", {"departments": [12345]}),
            Refusal("refuse.long", {"name": "长" * 501}),
            Refusal("refuse.long", {"goal": "长" * 200_001}),
        ],
    ),
    Case(
        "EditCard", c.li, {"card": c.card, "fields": {"priority": "high", "goal": "销量 5000 台"}},
        [
            ("cards", c.card, {"priority": "high", "goal": "销量 5000 台"}),
            *(
                ("duties", duty_id(c.card, place), UNSIGNED | {"voided_by_edit": "goal"})
                for place in (c.market, c.sales, c.design)
            ),
            ("+sync", None, {"event": "requirement_change", "card": c.card, "notify": True, "sent_at": None}),
        ],
        [
            Refusal("refuse.field", {"fields": {"stage": "archived"}}),
            Refusal("refuse.value", {"fields": {"priority": "huge"}}),
            Refusal("refuse.span", {"fields": {"planned_finish": 1}}),
            Refusal("refuse.empty", {"fields": {"name": " "}}),
        ],
    ),
    Case(
        "Circulate", c.wang, {"card": c.draft, "reason": "先行试点"},
        [
            ("cards", c.draft, {"stage": "circulating", "circulated_at": T0}),
            ("duties", duty_id(c.draft, c.market), {"asked_at": T0}),
            ("+passes", None, {"card": c.draft, "gate": "circulating", "reason": "先行试点", "by": c.wang, "at": T0}),
        ],
        [
            Refusal("gate.circulate", {"reason": " "}),
            Refusal("refuse.state", {"card": c.card}),
            Refusal("refuse.role", {}, c.li),
        ],
    ),
    Case(
        "Activate", c.wang, {"card": c.draft, "reason": "先行试点"},
        [
            ("cards", c.draft, {"stage": "active", "activated_at": T0, "version": 1}),
            ("+passes", None, {"gate": "active", "gaps": [NOT_SIGNED], "reason": "先行试点"}),
        ],
        [
            Refusal("gate.active", {"reason": ""}),
            Refusal("refuse.state", {"card": c.card}),
            Refusal("refuse.role", {}, c.li),
        ],
    ),
    Case(
        "VoidCard", c.li, {"card": c.card, "reason": "预算取消"},
        [("cards", c.card, {"stage": "cancelled", "cancelled_at": T0, "reason": "预算取消"})],
        [Refusal("refuse.empty", {"reason": ""}), Refusal("not_found", {"card": 12345})],
    ),
    Case(
        "AddDuty", c.li, {"card": c.draft, "department": c.sales, "liaison": c.mei},
        [("+duties", duty_id(c.draft, c.sales), {"card": c.draft, "department": c.sales, "liaison": c.mei,
                                                 "order": 1})],
        [Refusal("refuse.double", {"department": c.market})],
    ),
    Case(
        "EditDuty", c.li, {"duty": duty_id(c.card, c.sales), "fields": {"role": "渠道", "liaison": c.mei}},
        [
            ("duties", duty_id(c.card, c.sales), {
                "role": "渠道", "liaison": c.mei, "liaison_registered_at": T0, "liaison_registered_by": c.li,
                "voided_by_edit": "role", **UNSIGNED,
            }),
        ],
        [
            Refusal("refuse.field", {"fields": {"answer": "signed"}}),
            Refusal("refuse.duty", {"fields": {"action": "支持推广"}}),
        ],
    ),
    Case(
        "RemoveDuty", c.li, {"duty": duty_id(c.draft, c.market)},
        [("-duties", duty_id(c.draft, c.market), {})],
        [
            Refusal("refuse.empty", {"duty": duty_id(c.card, c.design)}),
            Refusal("refuse.owns", {"duty": duty_id(c.card, c.sales), "reason": "并入市场部"}),
        ],
    ),
    Case(
        "AddAttachment", c.li, {"id": NEW, "card": c.card, "name": "预算表", "version": "V2", "link": "//share/y.xlsx"},
        [("+attachments", NEW, {"card": c.card, "name": "预算表", "version": "V2", "at": T0, "by": c.li})],
        [Refusal("refuse.empty", {"name": ""}), Refusal("refuse.card", {"card": c.draft, "subtask": c.plan})],
    ),
    Case(
        "SaySeen", c.li, {"card": c.card},
        [("+seen", derived("seen", c.card, c.li), {"card": c.card, "person": c.li, "at": T0})],
        [Refusal("refuse.named", {}, c.mei), Refusal("refuse.state", {"card": c.draft})],
    ),
    Case(
        "AskInfo", c.li, {"card": c.card, "department": c.sales, "text": "预算含差旅吗?"},
        [("duties", duty_id(c.card, c.sales), {"question": "预算含差旅吗?", "question_at": T0, "question_by": c.li})],
        [
            Refusal("refuse.empty", {"text": ""}),
            Refusal("refuse.department", {"card": c.draft}),
        ],
    ),
    Case(
        "AddMilestone", c.li, {"id": NEW, "card": c.card, "subtask": c.plan, "name": "定稿", "due": T0,
                               "tentative": True},
        [("+milestones", NEW, {"card": c.card, "subtask": c.plan, "name": "定稿", "due": T0, "tentative": True})],
        [Refusal("refuse.card", {"card": c.draft}), Refusal("refuse.empty", {"name": ""})],
    ),
    Case(
        "EditMilestone", c.li, {"milestone": k.milestone, "fields": {"due": T0 + DAY}},
        [("milestones", k.milestone, {"due": T0 + DAY})],
        [Refusal("refuse.field", {"fields": {"reached_at": 1}})],
    ),
    Case(
        "ReachMilestone", c.li, {"milestone": k.milestone, "output": "三版源文件"},
        [("milestones", k.milestone, {"reached_at": T0, "output": "三版源文件"})],
        [Refusal("not_found", {"milestone": 12345})],
    ),
]  # fmt: skip

SUBTASKS = [
    Case(
        "AddSubtask", c.wang, {"id": NEW, "card": c.card, "name": "媒体排期", "owner": c.mei, "depends_on": [c.plan]},
        [
            ("+subtasks", NEW, {"number": "Q4营销-2026-001-04", "owner": c.mei, "department": c.sales,
                                "created_at": T0}),
            ("counters", derived("counters", f"subtask/{c.card}"), {"value": 4}),
        ],
        [Refusal("refuse.empty", {"name": ""}), Refusal("not_found", {"depends_on": [12345]})],
    ),
    Case(
        "EditSubtask", c.wang, {"subtask": c.plan, "fields": {"owner": c.mei, "collaborators": [c.sun]}},
        [("subtasks", c.plan, {"owner": c.mei, "collaborators": [c.sun]})],
        [
            Refusal("refuse.field", {"fields": {"percent": 70}}),
            Refusal("refuse.self", {"fields": {"depends_on": [c.plan]}}),
        ],
    ),
    Case(
        "HandOver", c.li, {"id": NEW, "subtask": c.plan, "deliverable": "方案V1.docx"},
        [
            ("+progress", NEW, {"subtask": c.plan, "percent": 100, "before": 60, "by": c.li}),
            ("subtasks", c.plan, {"deliverable": "方案V1.docx", "percent": 100, "status": "awaiting_acceptance",
                                  "handed_over_at": T0}),
        ],
        [Refusal("refuse.empty", {"deliverable": ""})],
    ),
    Case(
        "VoidSubtask", c.li, {"subtask": c.idle, "reason": "不做了"},
        [("subtasks", c.idle, {"status": "cancelled", "cancelled_at": T0, "reason": "不做了"})],
        [Refusal("refuse.empty", {"reason": "  "})],
    ),
    Case(
        "RecordProgress", c.li,
        {
            "id": NEW, "subtask": c.plan, "percent": 65, "done": "初稿", "next": "送审", "problem": "缺数据",
            "supports": [{"department": c.sales, "name": "XS"}],
        },
        [
            ("+progress", NEW, {"subtask": c.plan, "at": T0, "by": c.li, "percent": 65, "before": 60, "done": "初稿",
                                "next": "送审", "problem": "缺数据", "supports": [{"department": c.sales,
                                                                                   "name": "XS"}]}),
            ("subtasks", c.plan, {"percent": 65}),
            ("+supports", derived("support", NEW, 0), {"subtask": c.plan, "department": c.sales, "entry": NEW,
                                                       "asked_at": T0, "asked_by": c.li}),
        ],
        [
            Refusal("refuse.percent", {"percent": 101}),
            Refusal("refuse.percent", {"percent": -1}),
            Refusal("refuse.empty", {"percent": None, "done": "", "next": "", "problem": "", "supports": []}),
            Refusal("not_found", {"supports": [{"person": 12345}]}),
            Refusal("who", {}, 0),
        ],
    ),
    Case(
        "CorrectProgress", c.li, {"id": NEW, "entry": 51, "percent": 55, "done": "完成一档"},
        [
            ("+progress", NEW, {"replaces": 51, "at": T0 - DAY, "recorded_at": T0, "percent": 55, "done": "完成一档"}),
            ("subtasks", c.plan, {"percent": 55}),
        ],
        [Refusal("refuse.percent", {"percent": 101}), Refusal("refuse.empty", {"percent": None, "done": ""})],
    ),
    Case(
        "WithdrawProgress", c.li, {"id": NEW, "entry": 51, "reason": "记错"},
        [
            ("+progress", NEW, {"replaces": 51, "withdrawn": True, "at": T0 - DAY, "done": "记错"}),
            ("subtasks", c.plan, {"percent": 0, "status": "not_started", "started_at": None}),
        ],
        [Refusal("not_found", {"entry": 12345})],
    ),
]  # fmt: skip

WORK = [*PEOPLE, *CARDS, *SUBTASKS]
