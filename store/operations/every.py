"""All operations: importing this fills the registry. Who needs one of them imports its module instead."""

from store.operations import (
    agenda,
    board_settings,
    cards,
    duties,
    importing,
    issues,
    meetings,
    milestones,
    minutes,
    people,
    progress,
    queue,
    reverting,
    subtasks,
    sync,
)

__all__ = [
    "agenda",
    "board_settings",
    "cards",
    "duties",
    "importing",
    "issues",
    "meetings",
    "milestones",
    "minutes",
    "people",
    "progress",
    "queue",
    "reverting",
    "subtasks",
    "sync",
]
