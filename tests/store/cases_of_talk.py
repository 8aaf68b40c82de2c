"""Issues, the sync log, meetings, minutes, import: every operation on the board `builders.busy`."""

from __future__ import annotations

from store.operations.act import derived
from store.operations.minutes import attendance_id, subtask_id
from store.operations.reviewing import review_id
from tests.store.builders import DAY, HOUR, T0, Busy, Cast
from tests.store.case import NEW, Case, Refusal

c, k = Cast, Busy

ISSUES = [
    Case(
        "RaiseBlocked", c.sun,
        {
            "id": NEW, "subtask": c.idle, "what": "缺清单", "impact": "停工", "tried": "催过", "needed": "清单",
            "since": T0 - HOUR, "department": c.sales,
        },
        [
            ("+issues", NEW, {"kind": "blocked", "number": "I-004", "card": c.card, "subtask": c.idle,
                              "since": T0 - HOUR,
                              "raised_at": T0, "tier_since": T0, "raised_by": c.sun, "from_department": c.market,
                              "department": c.sales, "owner": c.li}),
            ("+steps", derived(NEW, "raised"), {"issue": NEW, "kind": "raised", "text": "缺清单"}),
            ("counters", derived("counters", "issue"), {"value": 4}),
            ("subtasks", c.idle, {"status": "blocked"}),
        ],
        [Refusal("refuse.block", {"tried": " "}), Refusal("refuse.since", {"since": T0 + 1})],
    ),
    Case(
        "RaiseWarning", c.sun, {"id": NEW, "card": c.card, "risk": "下雨", "reason": "天气", "scope": "活动",
                                "solution": "室内"},
        [
            ("+issues", NEW, {"kind": "warning", "number": "I-004", "card": c.card, "subtask": None, "risk": "下雨",
                              "department": c.market, "owner": c.wang, "from_department": c.market}),
            ("+steps", None, {"kind": "raised"}),
            ("counters", None, {"value": 4}),
        ],
        [
            Refusal("refuse.warn", {"solution": ""}),
            Refusal("refuse.empty", {"card": None}),
            Refusal("refuse.state", {"card": c.draft}),
        ],
    ),
    Case(
        "RaiseDispute", c.sun,
        {
            "id": NEW, "card": c.card, "between": [c.market, c.design], "over": "预算",
            "positions": [{"department": c.design, "text": "要"}, {"department": c.market, "text": "不给"}],
        },
        [
            ("+issues", NEW, {"kind": "dispute", "number": "I-004", "from_department": c.market, "department": c.design,
                              "owner": c.wang, "over": "预算"}),
            ("+steps", None, {"kind": "raised", "text": "预算"}),
            ("counters", None, {"value": 4}),
        ],
        [
            Refusal("refuse.dispute", {"between": [c.market, c.market]}),
            Refusal("refuse.dispute", {"between": [c.market]}),
            Refusal("refuse.dispute", {"positions": []}),
            Refusal("refuse.dispute", {"over": ""}),
        ],
    ),
    Case(
        "Acknowledge", c.wang, {"id": NEW, "issue": k.blocked, "text": "下午给"},
        [
            ("+steps", NEW, {"issue": k.blocked, "kind": "acknowledged", "text": "下午给", "by": c.wang, "at": T0}),
            ("issues", k.blocked, {"state": "acknowledged", "acknowledged_at": T0, "responded_at": T0}),
        ],
        [Refusal("refuse.none", {"issue": k.warning, "text": ""})],
    ),
    Case(
        "FollowUp", c.wang, {"id": NEW, "issue": k.blocked, "text": "仍缺 2 个省"},
        [("+steps", NEW, {"kind": "note", "text": "仍缺 2 个省"}), ("issues", k.blocked, {"responded_at": T0})],
        [Refusal("refuse.empty", {"text": ""})],
    ),
    Case(
        "Escalate", c.li, {"id": NEW, "issue": k.blocked, "from_tier": 1, "reason": "没有答复"},
        [
            ("+steps", NEW, {"kind": "escalated", "tier": 2, "text": "没有答复"}),
            ("issues", k.blocked, {"tier": 2, "tier_since": T0}),
        ],
        [
            Refusal("refuse.tier", {"from_tier": 2}),
            Refusal("refuse.top", {"issue": k.dispute, "from_tier": 3}),
            Refusal("refuse.empty", {"reason": ""}),
        ],
    ),
    Case(
        "Resolve", c.zhang, {"id": NEW, "issue": k.dispute, "decision": "各半", "department": c.market, "owner": c.sun,
                             "due": T0 + DAY},
        [
            ("+steps", NEW, {"kind": "resolved", "text": "各半", "tier": 3}),
            ("issues", k.dispute, {"state": "resolved", "resolved_at": T0, "decision": "各半",
                                   "resolution_department": c.market, "resolution_owner": c.sun,
                                   "resolution_due": T0 + DAY}),
            ("+sync", derived(NEW, "sync"), {"topic": "I-003 物料费用", "content": "各半", "kind": "decision",
                                             "card": c.card,
                                             "reference": "I-003", "sent_at": None}),
        ],
        [
            Refusal("refuse.role", {}, c.wang),
            Refusal("refuse.resolve", {"decision": ""}),
            Refusal("refuse.resolve", {"due": None}),
            Refusal("refuse.resolve", {"owner": None}),
            Refusal("refuse.resolve", {"department": None}),
        ],
    ),
    Case(
        "MarkNotified", c.wang, {"id": NEW, "issue": k.blocked, "text": "邮件"},
        [("+steps", NEW, {"kind": "notified", "text": "邮件"}), ("issues", k.blocked, {"notified_at": T0})],
        [Refusal("not_found", {"issue": 12345})],
    ),
    Case(
        "Snooze", c.wang, {"id": NEW, "issue": k.warning, "until": T0 + DAY, "reason": "等讲师"},
        [
            ("+steps", NEW, {"kind": "snoozed", "text": "等讲师"}),
            ("issues", k.warning, {"snoozed_until": T0 + DAY, "snoozed_by": c.wang, "snooze_reason": "等讲师"}),
        ],
        [
            Refusal("refuse.state", {"issue": k.blocked}),
            Refusal("refuse.snooze", {"until": T0}),
            Refusal("refuse.empty", {"reason": ""}),
        ],
    ),
    Case(
        "AddSyncEntry", c.li, {"id": NEW, "card": c.card, "topic": "口径", "kind": "decision", "to": "全员",
                               "sent": True},
        [("+sync", NEW, {"at": T0, "by": c.li, "topic": "口径", "kind": "decision", "to": "全员", "sent_at": T0})],
        [Refusal("refuse.empty", {"topic": ""})],
    ),
    Case(
        "MarkSent", c.li, {"sync": k.sync},
        [("sync", k.sync, {"sent_at": T0})],
        [Refusal("refuse.empty", {"meeting": k.notice}), Refusal("refuse.empty", {"sync": None})],
    ),
]  # fmt: skip

MEETINGS = [
    Case(
        "CallMeeting", c.sun,
        {
            "id": NEW, "kind": "coordination", "issue": k.blocked, "starts": T0 + HOUR, "ends": T0 + 2 * HOUR,
            "agenda": [{"title": "渠道数据", "minutes": 20, "presenter": c.chen}], "observers": [c.zhang],
        },
        [
            ("+meetings", NEW, {"number": "M-004", "name": "I-001 渠道数据缺失", "chair": c.wang, "recorder": c.sun,
                                "noticed_at": T0, "issue": k.blocked}),
            ("+agenda", derived(NEW, "agenda", 0), {"title": "渠道数据", "minutes": 20, "presenter": c.chen,
                                                    "order": 0}),
            ("+attendance", attendance_id(NEW, c.wang), {"person": c.wang}),
            ("+attendance", attendance_id(NEW, c.chen), {"person": c.chen}),
            ("+attendance", attendance_id(NEW, c.zhang), {"person": c.zhang, "observer": True}),
            ("+steps", derived(NEW, "step"), {"issue": k.blocked, "kind": "meeting",
                                              "text": "M-004 I-001 渠道数据缺失"}),
            ("counters", derived("counters", "meeting"), {"value": 4}),
        ],
        [
            Refusal("refuse.span", {"ends": T0}),
            Refusal("refuse.empty", {"issue": None}),
            Refusal("not_found", {"agenda": [{"title": "x", "presenter": 12345}]}),
        ],
    ),
    Case(
        "EditMeeting", c.sun, {"meeting": k.notice, "fields": {"place": "B座", "starts": T0 + DAY}},
        [("meetings", k.notice, {"place": "B座", "starts": T0 + DAY})],
        [Refusal("refuse.span", {"fields": {"ends": 1}}), Refusal("refuse.field", {"fields": {"state": "final"}})],
    ),
    Case(
        "HoldMeeting", c.sun, {"meeting": k.notice, "ended_at": T0 - 60},
        [
            ("meetings", k.notice, {"state": "held", "ended_at": T0 - 60}),
            *(("attendance", attendance_id(k.notice, p), {"presence": "present"}) for p in (c.wang, c.li, c.chen)),
        ],
        [Refusal("refuse.state", {"meeting": k.held}), Refusal("refuse.span", {"began_at": T0})],
    ),
    Case(
        "SendDraft", c.sun, {"meeting": k.held},
        [("meetings", k.held, {"state": "draft", "draft_at": T0})],
        [Refusal("refuse.state", {"meeting": k.notice})],
    ),
    Case(
        "FinaliseMinutes", c.wang, {"meeting": k.drafted},
        [
            ("meetings", k.drafted, {"state": "final", "final_at": T0}),
            ("+subtasks", subtask_id(k.drafted + 3), {"name": "渠道数据 v2", "number": "Q4营销-2026-001-04",
                                                      "owner": c.sun,
                                                      "department": c.market, "planned_finish": T0 + DAY,
                                                      "source_line": k.drafted + 3}),
            ("lines", k.drafted + 3, {"subtask": subtask_id(k.drafted + 3)}),
            ("counters", None, {"value": 4}),
        ],
        [Refusal("refuse.role", {}, c.sun), Refusal("refuse.state", {"meeting": k.held})],
    ),
    Case(
        "ReviewMinutes", c.wang, {"meeting": k.drafted, "answer": "comment", "text": "第2条补金额"},
        [("+reviews", review_id(k.drafted, c.wang), {"meeting": k.drafted, "person": c.wang, "answer": "comment",
                                                     "text": "第2条补金额", "at": T0, "by": None})],
        [
            Refusal("refuse.role", {}, c.sun),
            Refusal("refuse.state", {"meeting": k.held}),
            Refusal("refuse.empty", {"text": " "}),
            Refusal("refuse.reviewer", {"person": c.sun}),
        ],
    ),
    Case(
        "PlanRegular", c.wang, {"card": c.card, "starts": T0 + 7 * DAY, "ends": T0 + 7 * DAY + HOUR,
                                "skipped": [T0], "agenda": [{"title": "进度", "minutes": 20}]},
        [
            ("+meetings", None, {"kind": "progress", "regular": True, "card": c.card, "starts": T0 + 7 * DAY,
                                 "chair": c.wang, "recorder": c.wang, "skipped": [T0], "noticed_at": T0}),
            ("+agenda", None, {"title": "进度", "minutes": 20}),
            *(("+attendance", None, {"person": person}) for person in (c.wang, c.li, c.chen)),
            ("counters", None, {"value": 4}),
        ],
        [Refusal("refuse.state", {"card": c.draft}), Refusal("refuse.span", {"ends": T0})],
    ),
    Case(
        "CancelMeeting", c.sun, {"meeting": k.notice, "reason": "改线上"},
        [("meetings", k.notice, {"state": "cancelled", "cancelled_at": T0, "reason": "改线上"})],
        [Refusal("refuse.empty", {"reason": ""}), Refusal("refuse.state", {"meeting": k.held})],
    ),
    Case(
        "AddAgendaItem", c.sun, {"id": NEW, "meeting": k.held, "title": "其他", "minutes": 5},
        [("+agenda", NEW, {"meeting": k.held, "title": "其他", "minutes": 5, "order": 2})],
        [Refusal("refuse.empty", {"title": ""})],
    ),
    Case(
        "EditAgendaItem", c.sun, {"item": k.held + 1, "fields": {"used_seconds": 740, "finished": True}},
        [("agenda", k.held + 1, {"used_seconds": 740, "finished": True})],
        [Refusal("refuse.empty", {"fields": {"title": ""}})],
    ),
    Case(
        "MoveAgendaItem", c.sun, {"item": k.held + 1, "position": 0},
        [("agenda", k.held + 1, {"order": 0}), ("agenda", derived(k.held, "agenda", 0), {"order": 1})],
        [Refusal("not_found", {"item": 12345})],
    ),
    Case(
        "SaveLines", c.sun,
        {
            "meeting": k.held, "item": k.held + 1, "removed": [k.held + 2], "used_seconds": 60,
            "lines": [
                {"id": NEW, "kind": "point", "text": "缺数据", "order": 0},
                {"id": k.held + 3, "kind": "action", "text": "渠道数据 v3", "order": 1, "owner": c.sun,
                 "due": T0 + DAY},
            ],
        },
        [
            ("+lines", NEW, {"meeting": k.held, "item": k.held + 1, "kind": "point", "text": "缺数据", "order": 0}),
            ("lines", k.held + 3, {"text": "渠道数据 v3"}),
            ("-lines", k.held + 2, {}),
            ("agenda", k.held + 1, {"used_seconds": 60}),
        ],
        [
            Refusal("refuse.meeting", {"item": k.notice + 1}),
            Refusal("not_found", {"lines": [{"id": NEW, "kind": "action", "text": "x", "order": 0, "owner": 12345}]}),
            Refusal("refuse.long", {"lines": [{"id": NEW, "kind": "point", "text": "长" * 200_001, "order": 0}]}),
        ],
    ),
    Case(
        "SetAttendance", c.sun, {"meeting": k.held, "person": c.li, "presence": "absent", "reason": "出差",
                                 "stand_in": c.mei},
        [("attendance", attendance_id(k.held, c.li), {"presence": "absent", "reason": "出差", "stand_in": c.mei})],
        [Refusal("not_found", {"person": 12345})],
    ),
    Case(
        "MakeSubtask", c.sun, {"line": k.held + 3},
        [
            ("+subtasks", subtask_id(k.held + 3), {"number": "Q4营销-2026-001-04", "source_line": k.held + 3}),
            ("lines", k.held + 3, {"subtask": subtask_id(k.held + 3)}),
            ("counters", None, {"value": 4}),
        ],
        [Refusal("refuse.line", {"line": k.held + 2})],
    ),
    Case(
        "ImportRecords", c.wang,
        {
            "records": [
                {"table": "cards", "id": NEW, "body": {"name": "登记", "number": "产品迭代-2026-007"}},
                {"table": "subtasks", "id": NEW + 1, "body": {"name": "一", "card": NEW}},
                {"table": "cards", "id": NEW + 2, "body": {"name": "另一", "number": "Q4营销-2026-001"}},
                {"table": "subtasks", "id": NEW + 3, "body": {"name": "二", "card": NEW + 2}},
                {"table": "people", "id": c.li, "body": {"name": "李强"}},
            ],
            "updates": [{"table": "cards", "id": c.draft, "fields": {"goal": "销量", "name": "店庆"}}],
        },
        [
            ("+cards", NEW, {"number": "产品迭代-2026-007", "name": "登记"}),
            ("+subtasks", NEW + 1, {"card": NEW, "number": "产品迭代-2026-007-01"}),
            ("+subtasks", NEW + 3, {"card": c.card, "number": "Q4营销-2026-001-04"}),
            ("cards", c.draft, {"goal": "销量"}),
            ("+counters", derived("counters", "card/产品迭代/2026"), {"value": 7}),
            ("+counters", derived("counters", f"subtask/{NEW}"), {"value": 1}),
            ("counters", derived("counters", f"subtask/{c.card}"), {"value": 4}),
        ],
        [
            Refusal("refuse.import", {"records": [{"table": "history", "id": NEW, "body": {}}]}),
            Refusal("refuse.value", {"records": [{"table": "cards", "id": NEW, "body": {"stage": "x", "name": "n"}}]}),
            Refusal("refuse.empty", {"records": [{"table": "cards", "id": NEW, "body": {"name": ""}}]}),
            Refusal("not_found", {"records": [{"table": "subtasks", "id": NEW, "body": {"name": "n", "card": 12345}}]}),
            Refusal("not_found", {"updates": [{"table": "cards", "id": 12345, "fields": {}}]}),
            Refusal("refuse.import", {"updates": [{"table": "history", "id": 12345, "fields": {}}]}),
        ],
    ),
]  # fmt: skip

TALK = [*ISSUES, *MEETINGS]
