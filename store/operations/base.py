"""What every operation is: a frozen value with `check` and `apply` (design §2, core 2.1).

`check` says why it may not happen now; `apply` gives the changes it comes to. Both are pure: they see
one Board and a Stamp. Doc ids of records an operation adds are fields of it, minted when it is made,
so that a replay adds nothing twice.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from store.board import Board
from store.changes import Change, Loss
from store.errors import Refused, UsageError
from store.records import Record
from store.tokens import random_bits


def mint() -> int:
    """A new doc id: 53 random bits, never 0 (core 2.5)."""
    return random_bits(53) | 1


class Stamp(Struct, frozen=True, kw_only=True):
    """Who signs an operation, when it happened, when and where it was entered.

    `person` is a doc id (0: nobody on this board yet). `at` and `recorded` are epoch seconds; `at` lies
    before `recorded` for what is entered later. `provisional` is True while a pending row is drawn:
    numbers people see are then `?`, given out for good under the lock only (core 2.6).
    """

    person: int
    at: int
    recorded: int
    terminal: str = ""
    provisional: bool = False


class Operation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all operations. Subclasses are registered by their class name (`crossdeck operations`)."""

    registry: ClassVar[dict[str, type[Operation]]] = {}
    kept: ClassVar[bool] = False
    """Whether the history keeps its fields, also once it went through."""
    adds: ClassVar[str] = ""
    """The table `id` is a new record of; empty if `id` only seeds derived ids or there is none."""
    anybody: ClassVar[bool] = False
    """Whether somebody who is not on the board yet may sign it."""

    waits: ClassVar[bool] = True
    """Whether it waits in its author's inbox if it is refused when it is to be written."""
    exact: ClassVar[bool] = False
    """Whether it is records as they were, not work: nothing is added to it, and damaged records may go."""
    raises_epoch: ClassVar[bool] = False
    """Whether the board begins anew with it: what it takes away must not come back (core 2.8)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Register under the class name."""
        super().__init_subclass__(**kwargs)
        Operation.registry[cls.__name__] = cls

    def check(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Every reason why this may not happen now, as errors that say what to do. None: it may."""
        yield from ()

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The changes this comes to on this Board. Only called when `check` gave no reason."""
        raise TypeError(type(self).__name__)

    def losses(self) -> Sequence[Loss]:
        """Fields it is known to write over, beside those somebody changed since its author looked."""
        return ()

    def remembered(self) -> dict[str, Any]:
        """The fields the history keeps of it where `kept` says so."""
        return encode(self)

    def parting(self, board: Board, by: Stamp) -> Mapping[str, Mapping[int, Record]]:
        """Records that leave for the archive, by table: a commit writes them there before it drops them here."""
        return {}

    def subject(self) -> int:
        """Doc id of the record the history files this under (0: the board)."""
        return 0

    def made(self) -> int:
        """Doc id of the record it adds, else its subject (what `$N` in a file of operations stands for)."""
        return int(getattr(self, "id", 0)) if self.adds else self.subject()


def name_of(operation: Operation) -> str:
    """The operation's name as `do` and the history write it (many operations have a field `name` of their own)."""
    return type(operation).__name__


def _every() -> dict[str, type[Operation]]:
    """The registry with all operations in it; only what has to know a name loads them."""
    importlib.import_module("store.operations.every")
    return Operation.registry


def encode(operation: Operation) -> dict[str, Any]:
    """An operation's fields as builtins (journal, history payload)."""
    body: dict[str, Any] = msgspec.to_builtins(operation)
    return body


def decode(name: str, fields: Any) -> Operation:
    """An operation from its name and fields. Raises UsageError that names what does not fit."""
    cls = Operation.registry.get(name) or _every().get(name)
    if cls is None:
        raise UsageError('There is no operation "{name}". `crossdeck operations` lists them.', name=name)
    try:
        return msgspec.convert(fields, cls)
    except msgspec.ValidationError as problem:
        from store.operations.misfit import misfit  # nothing that starts has fields that do not fit

        raise misfit(name, cls, problem) from None
