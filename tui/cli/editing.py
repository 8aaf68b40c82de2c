"""`edit ID FIELD=VALUE...`: fields of any record by their names, references and dates as people write them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from store.errors import NotFound, Refused, UsageError
from store.operations.act import Edit
from store.operations.base import Operation
from store.operations.cards import EditCard
from store.operations.duties import AddDuty, EditDuty
from store.operations.inputs import EditInput
from store.operations.meetings import EditMeeting
from store.operations.milestones import EditMilestone
from store.operations.people import EditDepartment, EditPerson
from store.operations.references import find, resolve_fields
from store.operations.subtasks import EditSubtask
from store.rules.regular_meeting import read_regular
from tui.cli.cards import names_in, typed_value
from tui.cli.context import Run
from tui.cli.performing import commit

EDITS: dict[str, tuple[type[Edit], str]] = {
    "cards": (EditCard, "card"),
    "subtasks": (EditSubtask, "subtask"),
    "meetings": (EditMeeting, "meeting"),
    "departments": (EditDepartment, "department"),
    "people": (EditPerson, "person"),
    "duties": (EditDuty, "duty"),
    "milestones": (EditMilestone, "milestone"),
    "inputs": (EditInput, "input"),
}
"""Table -> the operation that edits its records, and its field that names one; looked through in this order."""


def edit(run: Run) -> int:
    """`edit ID FIELD=VALUE...`; a duty is `CARD/DEPARTMENT`. Raises NotFound, UsageError, Refused."""
    table, key = _place(run, run.words.text("id"))
    cls, about = EDITS[table]
    typed = dict(_pair(each, cls) for each in run.words.many("field=value"))
    operations: list[Operation] = []
    if table == "cards" and (added := typed.pop("departments", None)) is not None:
        operations += [AddDuty(card=key, department=find(run.board, "departments", each)) for each in names_in(added)]
    if typed:
        regular = typed.pop("regular_meeting", None) if table == "cards" else None
        fields = {name: typed_value(table, name, text) for name, text in typed.items()}
        if regular is not None:
            meets = read_regular(regular)
            fields |= {"regular_meeting": meets.every, "meeting_day": meets.day, "meeting_at": meets.at} | fields
        if table == "subtasks" and "depends_on" in fields:
            fields["depends_on"] = [_of_the_same_card(run, key, each) for each in fields["depends_on"]]
        found = resolve_fields(cls, {"fields": fields}, run.board, now=run.clock.now(), days=run.working)
        named: dict[str, Any] = {about: key, **found}
        operations.append(cls(**named))
    stamp = run.stamp()
    return commit(run, [(each, stamp) for each in operations], one=len(operations) == 1)


def _of_the_same_card(run: Run, subtask: int, typed: str) -> str:
    """`01` as the whole number of a subtask of the same card, as lists of that card show it; else as typed."""
    card = run.board.cards[run.board.subtasks[subtask].card].number
    return f"{card}-{typed.zfill(2)}" if card and typed.isdecimal() and len(typed) < 3 else typed


def _place(run: Run, typed: str) -> tuple[str, int]:
    """(table, doc id) of what is edited. Raises NotFound."""
    if "/" in typed:
        with suppress(NotFound):
            return "duties", find(run.board, "duties", typed)
    problem: Refused | None = None
    for table in EDITS:
        try:
            return table, find(run.board, table, typed)
        except NotFound as error:
            if error.code == "refuse.ambiguous":
                raise
            problem = problem or error
    assert problem is not None  # noqa: S101 - EDITS is not empty
    raise problem


def _pair(typed: str, cls: type[Edit]) -> tuple[str, str]:
    """`goal=5000 台`. Raises UsageError that names the fields there are."""
    name, equals, value = typed.partition("=")
    name = name.strip().replace("-", "_")
    known = cls.editable | ({"departments"} if cls is EditCard else set())
    if not equals or name not in known:
        raise UsageError(
            '"{value}": write FIELD=VALUE with one of: {known}.', value=typed[:60], known=", ".join(sorted(known))
        )
    return name, value.strip()
