"""Vague words in what an import brings: they are told in the preview and never refused (rulebook §6, wording)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from store.board import Board
from store.exchange.plan import ImportPlan, Unclear
from store.operations.concrete import concrete

CONCRETE: Final = {"subtasks": ("standard",), "duties": ("role", "action", "standard")}
"""Table -> the fields that must be concrete where people type them: completion standards and duties."""


def warnings(plan: ImportPlan, board: Board) -> Iterator[Unclear]:
    """Every vague text the import would bring: where it stands, the text, the words in it."""
    planned = {(item.table, item.id): item for item in (*plan.create, *plan.update)}
    brought: list[tuple[str, int, dict[str, Any]]] = [
        *((row["table"], row["id"], row["body"]) for row in plan.records),
        *((row["table"], row["id"], row["fields"]) for row in plan.updates),
    ]
    for table, key, values in brought:
        item = planned.get((table, key))
        for name in CONCRETE.get(table, ()):
            text = str(values.get(name) or "")
            for why in concrete(board, text):
                yield Unclear(item.where if item else "", text, why, item.title if item else "")
