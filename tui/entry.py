"""What the bottom panel can be asked for: a line, a form, a choice (screens.md §1, bottom panel).

An Entry is data and functions; the panel widget knows no verb and a verb knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct
from rich.text import Text

from store.operations.base import Operation

Values = dict[str, str]
"""Field name -> typed text, as the person wrote it."""


class Field(Struct, frozen=True):
    """One field of a form. `label` is translated, `hint` stands in it while it is empty."""

    name: str
    label: str
    hint: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    """Words offered for completion (names of departments, people...)."""


class Echo(Struct, frozen=True):
    """How a line was understood: pieces for the message row. `error` is set when Enter would be refused."""

    text: Text
    error: bool = False


class Entry(Struct):
    """A line with a form behind it. Functions get the values as typed.

    `parse`/`format` turn the line into values and back without loss. Left out, a single field is the line itself, and
    several are a form only.
    `submit` gives the operations to record, or raises `store.errors.Refused`; it may return None when
    nothing is to be recorded (skip). `recorded` runs after the journal has them and may return the next
    Entry (the chain of owed reports); None closes the panel. `changed` runs at each key (live filter).
    """

    key: str
    """Drafts are kept under this: person, record and verb."""
    heading: Text
    fields: Sequence[Field]
    submit: Callable[[Values], Sequence[Operation] | None]
    parse: Callable[[str], Values] | None = None
    format: Callable[[Values], str] | None = None
    echo: Callable[[Values], Echo] | None = None
    initial: Values = {}
    recalled: Sequence[str] = ()
    """Earlier lines, the record's own last one first (Up)."""
    recorded: Callable[[], Entry | Choice | None] | None = None
    skipped: Callable[[], Entry | Choice | None] | None = None
    """Enter on an empty line: the next entry, or None to close."""
    changed: Callable[[str], None] | None = None
    closed: Callable[[], None] | None = None
    """Esc: for entries without a draft (the filter)."""
    complete: Callable[[str], str | None] | None = None
    """The grey suggestion for a line: the whole line completed, or None."""
    confirm: Callable[[Values], str | None] | None = None
    """A sentence that makes Enter be pressed twice (percent lower than before), or None."""
    keep_draft: bool = True
    hint: str = ""
    """Shown as echo while the line is empty."""

    def __post_init__(self) -> None:
        """The line of a single field needs no grammar."""
        if self.parse is None and len(self.fields) == 1:
            name = self.fields[0].name
            self.parse = lambda line: {name: line}
            self.format = lambda values: values.get(name, "")


class Option(Struct, frozen=True):
    """One line of a choice."""

    id: str
    label: Text
    search: str = ""
    """What typing matches besides the label."""


class Choice(Struct):
    """A list in the panel; typing filters it, Enter chooses, Esc leaves."""

    heading: Text
    options: Sequence[Option]
    chosen: Callable[[str], Entry | Choice | None]
    current: str = ""
    empty: str = ""
    more: Callable[[str], Sequence[Option]] | None = None
    """Further options for a typed text (jump to an id or name)."""
    question: str = ""
    """Set where Enter is yes and Esc is no: said when something else is typed. Such a choice is no list to filter."""
    form: Callable[[], Entry | Choice | None] | None = None
    """What Tab opens instead of the list."""


Request = Entry | Choice
Shape = Literal["line", "form", "choice"]
