"""The operations' table: the end of a card's life (what needs a submitted or completed card: test_acceptance)."""

from __future__ import annotations

from store.operations.cards import duty_id
from tests.store.builders import T0, Cast
from tests.store.case import NEW, Case, Refusal

c = Cast

CLOSING = [
    Case(
        "ConfirmSupport", c.li, {"card": c.card, "department": c.sales, "text": "已交付"},
        [("duties", duty_id(c.card, c.sales), {"support_at": T0, "support_by": c.li, "support_word": "已交付"})],
        [
            Refusal("refuse.role", {}, c.mei),
            Refusal("refuse.department", {"department": c.market}),
            Refusal("refuse.state", {"card": c.draft}),
        ],
    ),
    Case(
        "SubmitForAcceptance", c.wang, {"id": NEW, "card": c.card, "deliverables": "方案V1", "reason": "客户今天验收"},
        [
            ("+acceptances", NEW, {"card": c.card, "submitted_at": T0, "submitted_by": c.wang,
                                     "deliverables": "方案V1"}),
            ("cards", c.card, {"stage": "acceptance", "submitted_at": T0}),
            ("+passes", None, {"card": c.card, "gate": "acceptance", "reason": "客户今天验收", "by": c.wang}),
        ],
        [
            Refusal("gate.accept", {"reason": ""}),
            Refusal("refuse.role", {}, c.li),
            Refusal("refuse.state", {"card": c.draft}),
        ],
    ),
]  # fmt: skip
