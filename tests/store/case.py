"""What a case of the operations' table is: one operation as it goes through, and the ways it is refused."""

from __future__ import annotations

from typing import Any, NamedTuple

NEW = 999
"""The doc id given to what a case adds."""

Expected = tuple[str, int | None, dict[str, Any]]
"""("+cards" added, "cards" changed, "-lines" dropped), doc id (None: whichever), fields (of an added one: some)."""


class Refusal(NamedTuple):
    """Fields that differ from the case's, who signs (None: as in the case), and the code of the first reason."""

    code: str
    fields: dict[str, Any]
    by: int | None = None


class Case(NamedTuple):
    """One operation: who signs it, its fields as JSON, the changes it comes to, how it is refused."""

    operation: str
    by: int
    fields: dict[str, Any]
    changes: list[Expected]
    refused: list[Refusal]
