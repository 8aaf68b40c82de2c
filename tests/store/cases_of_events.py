"""What is noticed, what goes on by itself, the sync log: operations on the board `builders.busy`."""

from __future__ import annotations

from store.operations.act import derived
from tests.store.builders import HOUR, T0, Cast
from tests.store.case import NEW, Case, Refusal

c = Cast
BEGAN = T0 - HOUR

EVENTS = [
    Case(
        "Notice",
        c.sun,
        {"id": NEW, "subtask": c.idle, "kind": "stopped", "text": "停线", "since": BEGAN},
        [("+incidents", NEW, {"subtask": c.idle, "kind": "stopped", "text": "停线", "since": BEGAN, "by": c.sun})],
        [Refusal("refuse.since", {"since": T0 + 1}), Refusal("not_found", {"subtask": 12345})],
    ),
    Case(
        "RecordLag",
        c.sun,
        {"subtask": c.idle, "since": BEGAN, "percent": 0, "finish": T0 + 3 * 24 * HOUR},
        [
            (
                "+sync",
                derived(derived(c.idle, "lag", BEGAN), "sync"),
                {
                    "kind": "problem",
                    "event": "lag",
                    "card": c.card,
                    "subtask": c.idle,
                    "content": "目前完成 0%，不及工作日已用去的比例；原定 2026-10-12 16:55 完成。",
                    "notify": True,
                    "sent_at": None,
                },
            )
        ],
        [Refusal("refuse.none", {"percent": 5}), Refusal("refuse.none", {"since": T0 + 1})],
    ),
]
"""Operations of `store.operations.incidents` and `by_itself`; the others of those modules need a step before them."""
