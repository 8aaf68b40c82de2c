"""The division of work: letters, inputs, support, scopes, deliverables, on the board `builders.busy`."""

from __future__ import annotations

from store.operations.act import derived
from store.operations.raci import letter_id
from tests.store.builders import DAY, T0, Busy, Cast
from tests.store.case import NEW, Case, Refusal

c, k = Cast, Busy

DIVISION = [
    Case(
        "SetLetters", c.wang, {"subtask": c.plan, "department": c.sales, "letters": "ar"},
        [("+letters", letter_id(c.plan, c.sales, None), {"subtask": c.plan, "department": c.sales, "letters": "AR"})],
        [
            Refusal("refuse.letters", {"letters": "RX"}),
            Refusal("refuse.empty", {"person": c.li}),
            Refusal("refuse.empty", {"department": None}),
            Refusal("not_found", {"subtask": 12345}),
        ],
    ),
    Case(
        "AddInput", c.li, {"id": NEW, "subtask": c.plan, "what": "渠道数据", "department": c.market, "due": T0 + DAY},
        [("+inputs", NEW, {"subtask": c.plan, "what": "渠道数据", "department": c.market, "due": T0 + DAY})],
        [
            Refusal("refuse.empty", {"what": " "}),
            Refusal("refuse.empty", {"due": None}),
            Refusal("refuse.empty", {"department": None}),
            Refusal("refuse.department", {"department": c.sales}),
            Refusal("refuse.department", {"department": None, "supplier": c.li}),
        ],
    ),
    Case(
        "AskSupport", c.li, {"id": NEW, "subtask": c.plan, "department": c.market, "text": "两天内给数据"},
        [("+supports", NEW, {"subtask": c.plan, "department": c.market, "text": "两天内给数据", "asked_at": T0,
                             "asked_by": c.li})],
        [
            Refusal("refuse.empty", {"text": ""}),
            Refusal("refuse.empty", {"person": c.sun}),
            Refusal("refuse.empty", {"department": None}),
        ],
    ),
    Case(
        "SetScope", c.li, {"subtask": c.plan, "person": c.sun, "scope": "华东数据"},
        [
            ("subtasks", c.plan, {"collaborators": [c.sun]}),
            ("+scopes", derived("scope", c.plan, c.sun), {"subtask": c.plan, "person": c.sun, "scope": "华东数据"}),
        ],
        [Refusal("refuse.self", {"person": c.li}), Refusal("not_found", {"person": 12345})],
    ),
    Case(
        "AnswerQuestions", c.li, {"subtask": c.plan, "answers": ["dependencies", "task"]},
        [("subtasks", c.plan, {"answers": ["task", "dependencies"], "answered_at": T0})],
        [Refusal("not_found", {"subtask": 12345})],
    ),
    Case(
        "AnnounceChange", c.wang, {"id": NEW, "milestone": k.milestone, "text": "场地推迟", "due": T0 + 9 * DAY},
        [
            ("milestones", k.milestone, {"change_announced_at": T0, "due": T0 + 9 * DAY}),
            ("+sync", None, {"kind": "requirement_change", "card": c.card, "by": c.wang}),
        ],
        [Refusal("refuse.empty", {"text": ""}), Refusal("date.unknown", {"due": None, "relative": "很快"})],
    ),
]  # fmt: skip
