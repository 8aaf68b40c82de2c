"""Facts that travel up from the engine's threads to the App (past tense)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.message import Message

from store.errors import CrossdeckError
from store.views.state import BoardState


@dataclass
class StateRead(Message):
    """A new revision was read and its clocks computed."""

    state: BoardState


@dataclass
class ReadFailed(Message):
    """The board could not be read; the last good picture stays."""

    error: CrossdeckError


@dataclass
class Acknowledged(Message):
    """Operations stand in the journal (fsync): what was typed is safe on this machine."""

    token: int
    recorded: list[Any]


@dataclass
class OperationRefused(Message):
    """An operation may not happen now, or the journal could not take it; the draft stays."""

    token: int
    error: CrossdeckError


@dataclass
class Committed(Message):
    """Journal operations reached the file."""

    result: Any


@dataclass
class CommitFailed(Message):
    """The file could not be written; the operations wait."""

    error: CrossdeckError
