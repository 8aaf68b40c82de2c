"""Verbs: what a command does to a record. One table says which verb acts on which kind of record.

A verb is a function `(screen, refs) -> Request | None`: it gives the panel an Entry or a Choice, or
says in a notice why there is nothing to do and gives None. `refs` are the records under the cursor or
marked; the panel's heading names them. Modules are imported when a verb is first used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from store.records import TABLES
from tui.entry import Request

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

Verb = Callable[["DeckScreen", "list[Ref]"], "Request | None"]

VERBS: dict[str, dict[str, str]] = {
    "progress": dict.fromkeys((*TABLES, ""), "progress:record"),  # from anywhere, at least what I owe
    "block": {"subtasks": "issues:block", "cards": "issues:block", "incidents": "incidents:report"},
    "warn": {"subtasks": "issues:warn", "cards": "issues:warn", "incidents": "incidents:report_risk"},
    "dispute": {"subtasks": "issues:dispute", "cards": "issues:dispute"},
    "take": {
        "issues": "issue_steps:acknowledge",
        "cards": "closing:take",
        "subtasks": "subtask_steps:take",
        "duties": "cards:take_duty",
        "inputs": "subtask_steps:take_input",
        "supports": "subtask_steps:take_support",
        "meetings": "meeting_review:confirm",
        "asides": "asides:resend",
    },
    "refuse": {
        "cards": "closing:refuse",
        "subtasks": "subtask_steps:refuse",
        "duties": "cards:refuse_duty",
        "supports": "subtask_steps:refuse_support",
        "meetings": "meeting_review:comment",
    },
    "escalate": {
        "issues": "issue_steps:escalate",
        "cards": "issue_steps:escalate_of_card",
        "subtasks": "issue_steps:escalate_of_subtask",
    },
    "step": {
        "issues": "issue_resolve:resolve",
        "cards": "closing:step",
        "subtasks": "handing_over:step",
        "meetings": "meeting_steps:step",
        "milestones": "milestones:step",
        "sync": "sync:keep",
    },
    "note": {
        "issues": "issue_steps:follow_up",
        "cards": "sync:note",
        "subtasks": "sync:note",
        "meetings": "meeting_review:comment",
    },
    "meet": {
        "issues": "meetings:call",
        "cards": "meetings:call",
        "subtasks": "meetings:call",
        "meetings": "meetings:add",
    },
    "sent": {
        "issues": "issue_steps:notified",
        "cards": "sync:mark_sent_of_card",
        "sync": "sync:mark_sent",
        "meetings": "meeting_steps:mark_sent",
    },
    "snooze": {"issues": "issue_steps:snooze"},
    "void": {
        "cards": "cards:void",
        "duties": "card_duties:remove",
        "departments": "leaving:of_department",
        "subtasks": "subtasks:void",
        "inputs": "below_subtask:cancel",
        "meetings": "meeting_steps:cancel",
        "asides": "asides:dismiss",
        "incidents": "incidents:take_back",
    },
    "edit": {
        "cards": "card_forms:edit",
        "duties": "card_duties:edit",
        "subtasks": "subtasks:edit",
        "meetings": "meetings:edit",
        "progress": "progress:correct",
        "milestones": "milestones:edit",
        "inputs": "below_subtask:edit",
        "asides": "asides:edit",
        "departments": "people:edit_department",
    },
    "incident": {"subtasks": "incidents:note", "cards": "incidents:note", "incidents": "incidents:of_row"},
    "add": {
        "cards": "card_forms:add",
        "subtasks": "subtasks:add",
        "departments": "subtasks:add",
        "issues": "issues:add",
        "meetings": "meetings:add",
        "sync": "sync:note",
        "milestones": "milestones:add",
    },
    "attach": {"cards": "card_papers:attach", "subtasks": "card_papers:attach"},
    "next_card": {"cards": "card_papers:make_next"},
    "add_below": {"cards": "subtasks:add", "subtasks": "below_subtask:add", "meetings": "agenda:add_item"},
}
"""Command id -> table of the record ("": nothing under the cursor) -> module:function of the verb."""


SEVERAL = frozenset(
    {
        "issue_steps:acknowledge",
        "issue_steps:escalate",
        "issue_steps:follow_up",
        "issue_steps:notified",
        "issue_steps:snooze",
        "issue_resolve:resolve",
    }
)
"""Verbs that take all marked records; every other takes the one under the cursor."""


def takes_several(command: str, table: str) -> bool:
    """Whether a verb acts on all marked records of this kind."""
    return VERBS.get(command, {}).get(table) in SEVERAL


def acts_on(command: str, table: str) -> bool:
    """Whether a verb exists for this kind of record."""
    return table in VERBS.get(command, {})


def verb(command: str, table: str) -> Verb | None:
    """The function of a verb for a kind of record."""
    place = VERBS.get(command, {}).get(table)
    if place is None:
        return None
    module, function = place.split(":")
    found: Verb = getattr(import_module(f"tui.verbs.{module}"), function)
    return found
