"""Facts that travel up from the engine's threads to the App (past tense)."""

# Written out: made by `dataclass`, these six cost every start 2 ms.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from store.errors import CrossdeckError
from store.views.state import BoardState

if TYPE_CHECKING:
    from store.views.older import Older


class StateRead(Message):
    """A new revision was read and its clocks computed."""

    def __init__(self, state: BoardState) -> None:
        """`state` is that revision."""
        super().__init__()
        self.state = state


class ReadFailed(Message):
    """The board could not be read; the last good picture stays."""

    def __init__(self, error: CrossdeckError) -> None:
        """`error` says why."""
        super().__init__()
        self.error = error


class CameBack(Message):
    """The board was read again after it had kept silent: a share that hung, without an error."""


class LockHeld(Message):
    """A commit waits for somebody else's."""

    def __init__(self, who: str, seconds: int) -> None:
        """`who` is writing, for so many `seconds` as far as we waited."""
        super().__init__()
        self.who, self.seconds = who, seconds


class Acknowledged(Message):
    """Operations stand in the journal (fsync): what was typed is safe on this machine."""

    def __init__(self, token: int, recorded: list[Any]) -> None:
        """`token` names the request, `recorded` are its operations as the journal has them."""
        super().__init__()
        self.token = token
        self.recorded = recorded


class OperationRefused(Message):
    """An operation may not happen now, or the journal could not take it; the draft stays."""

    def __init__(self, token: int, error: CrossdeckError) -> None:
        """`token` names the request, `error` says why."""
        super().__init__()
        self.token = token
        self.error = error


class Committed(Message):
    """Journal operations reached the file."""

    def __init__(self, result: Any) -> None:
        """`result` is what the store says of the commit."""
        super().__init__()
        self.result = result


class OlderRead(Message):
    """History that left the board was read for a screen, or could not be."""

    def __init__(self, older: Older) -> None:
        """`older` says about which records, and why not."""
        super().__init__()
        self.older = older


class CommitFailed(Message):
    """The file could not be written; the operations wait."""

    def __init__(self, error: CrossdeckError) -> None:
        """`error` says why."""
        super().__init__()
        self.error = error
