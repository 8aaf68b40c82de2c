"""Every change is one small operation with `check` and `apply`; importing this fills the registry.

Imports nothing but msgspec and the standard library, so that a command line that runs one operation stays fast.
"""

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
    "subtasks",
    "sync",
]
