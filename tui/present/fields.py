"""Names of fields and values of records in the reader's language, as the rulebook's glossary has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from store.operations.shape import Shape, members
from store.records import TABLES
from store.views.state import BoardState
from tui import words
from tui.i18n import N_, Np_, _, p_
from tui.present.why import instant_text
from tui.subjects import issue_title

FIELDS: Mapping[str, str] = {
    "name": Np_("field", "name"),
    "number": Np_("field", "id"),
    "paper_number": Np_("field", "paper id"),
    "project": Np_("field", "project"),
    "category": Np_("field", "category"),
    "type": Np_("field", "type"),
    "priority": Np_("field", "priority"),
    "stage": Np_("field", "stage"),
    "version": Np_("field", "version"),
    "initiator": Np_("field", "initiator"),
    "initiating_department": Np_("field", "initiating dept"),
    "lead": Np_("field", "lead"),
    "lead_department": Np_("field", "lead dept"),
    "requester_contact": Np_("field", "requester"),
    "acceptor": Np_("field", "acceptor"),
    "initiated_at": Np_("field", "initiated"),
    "background": Np_("field", "background"),
    "goal": Np_("field", "goal"),
    "scope": Np_("field", "scope"),
    "out_of_scope": Np_("field", "out of scope"),
    "deliverables": Np_("field", "deliverables"),
    "acceptance_criteria": Np_("field", "criteria"),
    "planned_start": Np_("field", "planned start"),
    "planned_finish": Np_("field", "planned finish"),
    "resources": Np_("field", "resources"),
    "mechanism": Np_("field", "mechanism"),
    "cadence": Np_("field", "cadence"),
    "answer_limit_hours": Np_("field", "answer limit"),
    "response_limit_hours": Np_("field", "response limit"),
    "kickoff": Np_("field", "kickoff meeting"),
    "notes": Np_("field", "notes"),
    "reason": Np_("field", "reason"),
    "liaison": Np_("field", "liaison"),
    "work_lead": Np_("field", "work lead"),
    "role": Np_("field", "role"),
    "action": Np_("field", "action"),
    "standard": Np_("field", "completion standard"),
    "answer": Np_("field", "answer"),
    "answer_text": Np_("field", "objection"),
    "signed_at": Np_("field", "signed"),
    "means": Np_("field", "signed where"),
    "due": Np_("field", "due"),
    "responsible": Np_("field", "responsible"),
    "department": Np_("field", "department"),
    "output": Np_("field", "output"),
    "tentative": Np_("field", "tentative"),
    "reached_at": Np_("field", "reached"),
    "owner": Np_("field", "owner"),
    "collaborators": Np_("field", "collaborators"),
    "inputs": Np_("field", "inputs"),
    "description": Np_("field", "description"),
    "deliverable": Np_("field", "deliverable"),
    "depends_on": Np_("field", "waits for"),
    "most_revisions": Np_("field", "revisions at most"),
    "percent": Np_("field", "percent"),
    "status": Np_("field", "status"),
    "done_at": Np_("field", "accepted"),
    "handed_over_at": Np_("field", "handed over"),
    "state": Np_("field", "state"),
    "tier": Np_("field", "tier"),
    "tier_since": Np_("field", "in this tier since"),
    "decision": Np_("field", "decision"),
    "resolution_owner": Np_("field", "decision: owner"),
    "resolution_department": Np_("field", "decision: department"),
    "resolution_due": Np_("field", "decision: due"),
    "snoozed_until": Np_("field", "snoozed until"),
    "notified_at": Np_("field", "in writing"),
    "starts": Np_("field", "starts"),
    "ends": Np_("field", "ends"),
    "place": Np_("field", "room"),
    "chair": Np_("field", "chair"),
    "recorder": Np_("field", "recorder"),
    "sent_at": Np_("field", "sent"),
    "activated_at": Np_("field", "activated"),
    "circulated_at": Np_("field", "circulated"),
    "submitted_at": Np_("field", "submitted"),
    "completed_at": Np_("field", "completed"),
    "cancelled_at": Np_("field", "cancelled"),
    "asked_at": Np_("field", "asked"),
    "answered_at": Np_("field", "answered"),
    "answered_by": Np_("field", "answered by"),
    "signed_by": Np_("field", "signed by"),
    "started_at": Np_("field", "started"),
    "created_at": Np_("field", "made"),
    "kind": Np_("field", "kind"),
    "what": Np_("field", "what"),
    "impact": Np_("field", "impact"),
    "tried": Np_("field", "tried"),
    "needed": Np_("field", "needs"),
    "risk": Np_("field", "risk"),
    "solution": Np_("field", "solution"),
    "over": Np_("field", "over what"),
    "responded_at": Np_("field", "answered"),
    "acknowledged_at": Np_("field", "acknowledged"),
    "coordinated_at": Np_("field", "coordinated"),
    "resolved_at": Np_("field", "resolved"),
    "resolution_done_at": Np_("field", "decision carried out"),
    "snoozed_by": Np_("field", "snoozed by"),
    "snooze_reason": Np_("field", "why snoozed"),
    "notice_sent_at": Np_("field", "notice sent"),
    "ended_at": Np_("field", "ended"),
    "draft_at": Np_("field", "draft sent"),
    "reviewed_at": Np_("field", "reviewed"),
    "final_at": Np_("field", "final"),
    "final_sent_at": Np_("field", "final sent"),
    "observer": Np_("field", "observer"),
    "presence": Np_("field", "presence"),
    "stand_in": Np_("field", "stand-in"),
    "title": Np_("field", "agenda item"),
    "minutes": Np_("field", "minutes planned"),
    "presenter": Np_("field", "presenter"),
    "used_seconds": Np_("field", "seconds used"),
    "finished": Np_("field", "finished"),
    "disagreement": Np_("field", "disagreement"),
    "order": Np_("field", "order"),
    "text": Np_("field", "text"),
    "who": Np_("field", "who"),
    "due_text": Np_("field", "due as typed"),
    "topic": Np_("field", "topic"),
    "content": Np_("field", "content"),
    "to": Np_("field", "to"),
    "reference": Np_("field", "reference"),
    "note": Np_("field", "note"),
    "subtask": Np_("field", "subtask"),
    "card": Np_("field", "card"),
    "head": Np_("field", "head"),
    "leader": Np_("field", "leader in charge"),
    "code": Np_("field", "code"),
    "logins": Np_("field", "logins"),
    "phone": Np_("field", "phone"),
    "chat": Np_("field", "chat"),
    "organisation": Np_("field", "organisation"),
    "value": Np_("field", "value"),
}
"""Field of a record -> its name; one that is not here is shown by its name in the records."""
CATEGORIES: Mapping[str, str] = {
    "project": N_("project work"),
    "process_improvement": N_("process improvement"),
    "problem_solving": N_("problem solving"),
    "resource_coordination": N_("resource coordination"),
    "target_alignment": N_("target alignment"),
}
PRESENCES: Mapping[str, str] = {
    "expected": Np_("presence", "expected"),
    "present": Np_("presence", "present"),
    "absent": Np_("presence", "absent"),
}
WORDS: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("cards", "stage"): words.stage,
    ("cards", "priority"): words.priority,
    ("cards", "type"): lambda value: _(words.TYPES[value]),
    ("cards", "category"): lambda value: _(CATEGORIES[value]),
    ("cards", "cadence"): lambda value: _(words.CADENCES[value]),
    ("duties", "answer"): words.answer,
    ("subtasks", "status"): words.status,
    ("issues", "kind"): words.issue_kind,
    ("issues", "state"): words.issue_state,
    ("attendance", "presence"): lambda value: p_("presence", PRESENCES[value]),
    ("meetings", "kind"): words.meeting_kind,
    ("meetings", "state"): words.meeting_state,
}
"""(table, field) whose values are terms -> the word for a term."""


def field_word(name: str) -> str:
    """The name of a field."""
    known = FIELDS.get(name)
    return p_("field", known) if known else name.replace("_", " ")


def value_words(state: BoardState, table: str, name: str, value: Any, now: int) -> str:
    """A field's value as JSON holds it, in words; `-` for nothing."""
    if value is None or value in ("", []):
        return "-"
    term = WORDS.get((table, name))
    if term is not None and isinstance(value, str):
        try:
            return term(value)
        except KeyError:
            return value
    shape = members(TABLES[table]).get(name) if table in TABLES else None
    return _by_shape(state, shape, value, now)


def _by_shape(state: BoardState, shape: Shape | None, value: Any, now: int) -> str:
    if isinstance(value, list):
        return ", ".join(_by_shape(state, shape.inner if shape else None, part, now) for part in value)
    if isinstance(value, bool):
        return words.yes_no(yes=value)
    if shape is not None and isinstance(value, int):
        if shape.kind == "ref":
            return record_words(state, shape.table, value) or "?"
        if shape.kind == "instant":
            return instant_text(state, value, now)
    return str(value)


def record_words(state: BoardState, table: str, key: int) -> str:
    """Number and name of a record, in one line; empty if it is not on the board."""
    board = state.board
    record: Any = board.table(table).get(key)
    if record is None:
        return ""
    number = getattr(record, "number", "")
    if table == "issues":
        return f"{number} {issue_title(record)}".strip()
    if table == "progress":
        return record_words(state, "subtasks", record.subtask)
    if table == "duties":
        return board.department_name(record.department)
    if table == "attendance":
        return board.person_name(record.person)
    if table == "subtasks":
        number = number.rsplit("-", 1)[-1]
    texts = (getattr(record, name, "") for name in ("name", "topic", "title", "text", "key"))
    return f"{number} {next((text for text in texts if text), '')}".strip().partition("\n")[0]
