"""From Enter to the journal's answer: ask again, refuse, wait, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.errors import CrossdeckError, Refused
from tui.entry import Entry, Values
from tui.ordered_keys import text_of
from tui.widgets.entry_shapes import FormShape, LineShape

if TYPE_CHECKING:
    from tui.widgets.entry_panel import EntryPanel


class Recording:
    """Records what the panel holds. Keys wait from Enter until the journal has answered (1 to 3 ms)."""

    def __init__(self, panel: EntryPanel) -> None:
        """Nothing is on its way."""
        self._panel = panel
        self._token: object | None = None
        self._asked = False

    @property
    def waiting(self) -> bool:
        """Whether an entry is on its way to the journal."""
        return self._token is not None

    def changed(self) -> None:
        """The text is another one: a question is asked anew."""
        self._asked = False

    def forget(self) -> None:
        """The panel moves on without the answer; what was recorded is recorded all the same."""
        self._asked = False
        if self._token is not None:
            self._token = None
            self._panel.deck.release_keys()

    def record(self, shape: LineShape | FormShape) -> None:
        """Enter on the line, or on the form's last field."""
        entry, panel = shape.entry, self._panel
        if entry.skipped is not None and not shape.words:
            panel.go_on(entry.skipped)
            return
        try:
            values = shape.values()
            question = entry.confirm(values) if entry.confirm is not None and not self._asked else None
            if question:
                self._asked = True
                panel.say(question)
                return
            operations = entry.submit(values)
            if operations is not None and not self._asked:  # a second Enter took it as it stands
                _check_required(entry, values)
        except CrossdeckError as error:
            if isinstance(shape, FormShape):
                panel.go_to_missing(shape)
            panel.refuse(error)
            return
        if operations:
            self._send(shape, entry, operations)
        else:
            self._recorded(entry)
            panel.go_on(entry.skipped if operations is None else entry.recorded)

    def _recorded(self, entry: Entry) -> None:
        self._panel.spent = True
        if entry.keep_draft:
            self._panel.deck.drafts.drop(entry.key)

    def _send(self, shape: LineShape | FormShape, entry: Entry, operations: Any) -> None:
        token = self._token = object()
        deck = self._panel.deck
        deck.hold_keys()

        def done(recorded: list[Any]) -> None:
            if self._token is not token:  # the panel has moved on
                if entry.keep_draft:
                    deck.drafts.drop(entry.key)
            else:
                self._token = None
                self._recorded(entry)
                try:
                    self._panel.go_on(entry.recorded)
                    if not self._panel.is_open:
                        deck.tell(recorded)
                finally:
                    deck.release_keys()

        def failed(error: CrossdeckError) -> None:
            if self._token is token:
                self._token = None
                # What was meant for the next line must not be added to the one that stays.
                ahead = text_of(deck.release_keys(drop=True))
                if ahead and isinstance(shape, LineShape):
                    shape.typed_ahead(ahead)
                self._panel.refuse(error)

        try:
            deck.record(operations, done=done, failed=failed)
        except CrossdeckError as error:
            failed(error)


def _check_required(entry: Entry, values: Values) -> None:
    for each in entry.fields:
        if each.required and not values.get(each.name, "").strip():
            raise Refused("{field} is empty. Nothing recorded.", code="required", field=each.label)
