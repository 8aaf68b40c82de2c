"""The further fields of a subtask's form: collaborators with their scopes, what it waits for, joint review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from store.errors import NotFound, Refused
from store.operations.base import Operation
from store.operations.subtasks import SetScope
from store.records import Subtask
from store.views.state import BoardState
from tui.entry import Field, Values
from tui.i18n import _
from tui.subjects import subtask_number
from tui.verbs.names import need_department, need_person

SEPARATORS = re.compile(r"[,，、;；]")
BLANKS = re.compile(r"[\s,，、;；]+")


def more_fields(names: tuple[str, ...]) -> list[Field]:
    """Fields that stand behind those of the line."""
    return [
        Field("waits", _("waits for"), _("numbers: 01 05")),
        Field("collaborators", _("collaborators"), _("name: what they provide; name: ..."), options=names),
        Field("reviewers", _("joint review"), _("departments: A, B"), options=names),
        Field("revisions", _("most revisions"), "2"),
        Field("resources", _("resources")),
        Field("description", _("description")),
    ]


def more_initial(state: BoardState, old: Subtask) -> Values:
    """The values of a subtask."""
    board = state.board
    scopes = {row.person: row.scope for row in board.scopes_of.get(old.id, ())}
    helpers = [": ".join(filter(None, (board.person_name(each), scopes.get(each, "")))) for each in old.collaborators]
    waits = [_number_of(board.subtasks[each], old.card) for each in old.depends_on if each in board.subtasks]
    return {
        "waits": " ".join(waits),
        "collaborators": "; ".join(helpers),
        "reviewers": ", ".join(filter(None, map(board.department_name, old.reviewers))),
        "revisions": "" if old.most_revisions is None else str(old.most_revisions),
        "resources": old.resources,
        "description": old.description,
    }


def _number_of(subtask: Subtask, card: int) -> str:
    return subtask_number(subtask) if subtask.card == card else subtask.number


def more_values(state: BoardState, typed: Values, card: int) -> dict[str, Any]:
    """Typed values as fields of a subtask. Raises Refused, NotFound for what nobody understands."""
    revisions = typed.get("revisions", "").strip()
    if revisions and not (revisions.isascii() and revisions.isdecimal()):
        raise Refused('"{text}" is not a number of revisions.', code="refuse.revisions", text=revisions[:20])
    reviewers = [part.strip() for part in SEPARATORS.split(typed.get("reviewers", "")) if part.strip()]
    return {
        "depends_on": tuple(_waited_for(state, part, card) for part in BLANKS.split(typed.get("waits", "")) if part),
        "collaborators": tuple(person for person, _scope in scopes_typed(state, typed.get("collaborators", ""))),
        "reviewers": tuple(need_department(state, name) for name in reviewers),
        "most_revisions": int(revisions) if revisions else None,
        "resources": typed.get("resources", ""),
        "description": typed.get("description", ""),
    }


def _waited_for(state: BoardState, text: str, card: int) -> int:
    """A subtask of this card by its last digits, any by its number."""
    for each in state.board.subtasks_of.get(card, ()):
        if subtask_number(each).lstrip("0") == text.lstrip("0") and text.lstrip("0"):
            return each.id
    hit = state.board.by_number.get(text)
    if hit is None or hit[0] != "subtasks":
        raise NotFound('There is no subtask "{value}" on this card.', value=text[:60])
    return hit[1]


def scopes_typed(state: BoardState, text: str) -> list[tuple[int, str]]:
    """`陈思: 主视觉; 孙悦` as people with their scopes."""
    found = []
    for part in re.split(r"[;；]", text.replace("：", ":")):
        name, _mark, scope = part.partition(":")
        if name.strip():
            found.append((need_person(state, name.strip().lstrip("@＠")), scope.strip()))
    return found


def scope_operations(state: BoardState, subtask: int, text: str) -> Sequence[Operation]:
    """The operations that set the scopes that differ."""
    known = {row.person: row.scope for row in state.board.scopes_of.get(subtask, ())}
    typed = scopes_typed(state, text)
    return [SetScope(subtask=subtask, person=who, scope=scope) for who, scope in typed if scope != known.get(who, "")]
