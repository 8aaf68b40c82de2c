"""What every shape of the panel has in common: a picture of rows around the one row that is typed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from msgspec import Struct
from rich.text import Text

from store.errors import CrossdeckError
from store.text import clean, is_clean
from tui.cells import fit, width
from tui.entry import Entry, Field, Shape, Values
from tui.look import STYLES


class Picture(Struct):
    """Rows above the input, what stands before it in its own row, rows below, and a note for the heading."""

    prompt: Text
    above: list[Text] = []
    below: list[Text] = []
    note: str = ""
    placeholder: str = ""


PAGE = 8
"""Fields that PgUp and PgDn pass."""


def literal(text: Text) -> Text:
    """A Text that draws as wide as it says: cleaned if it holds what acts instead of being read."""
    return text if is_clean(text.plain) else Text(clean(text.plain))


def heading_row(heading: Text, note: str, cells: int) -> Text:
    """`-- heading ------- note --` in exactly `cells` cells; the heading gives way with `~`."""
    tail = f" {note} --" if note else ""
    room = max(0, cells - 4 - width(tail))
    shown = literal(heading)
    if shown.cell_len > room:
        shown = Text(fit(shown.plain, room))
    row = Text.assemble(("-- ", STYLES["dim"]), shown, " ")
    row.append("-" * (cells - row.cell_len - width(tail)) + tail, STYLES["dim"])
    return row


def unshown(entry: Entry, values: Values) -> Values:
    """Values that no field shows: they go to `submit` as they are."""
    shown = {f.name for f in entry.fields}
    return {name: text for name, text in values.items() if name not in shown}


class LineShape:
    """The text is one line; `entry.parse` says what it means. What a line has no place for stays as it was."""

    name: ClassVar[Shape] = "line"

    def __init__(self, entry: Entry, text: str, values: Values | None = None) -> None:
        """`text` is what the line starts with, `values` those of the form it comes from (none: the entry's)."""
        self.entry = entry
        self.text = text
        self._beside = entry.initial if values is None else values
        self._older = [t for t in map(clean, entry.recalled) if t.strip()]
        self._at = -1
        self._typed = ""

    def picture(self, cells: int, rows: int) -> Picture:
        """One row."""
        return Picture(Text.assemble((" > ", STYLES["key"])))

    def values(self) -> Values:
        """The values of the line. Raises what `entry.parse` raises."""
        assert self.entry.parse is not None  # noqa: S101 - a line without parse is shown as a form
        return self._beside | self.entry.parse(self.text)

    @property
    def words(self) -> str:
        """What was typed; blank if nothing was."""
        return self.text.strip()

    def line(self) -> str | None:
        """The line itself."""
        return self.text

    def suggestion(self) -> str | None:
        """The line completed, or None."""
        return self.entry.complete(self.text) if self.entry.complete and self.text else None

    def typed_ahead(self, text: str) -> None:
        """A text that was meant for the next line is the first that Up brings."""
        self._older.insert(0, text)
        self._at = -1

    def recall(self, by: int) -> str | None:
        """An older (1) or newer (-1) line; behind the newest stands what was typed. None: there is none."""
        to = self._at + by
        if not -1 <= to < len(self._older):
            return None
        if self._at == -1:
            self._typed = self.text
        self._at = to
        return self._typed if to == -1 else self._older[to]


class FormShape:
    """Label and field per row; one field at a time is typed in."""

    name: ClassVar[Shape] = "form"

    def __init__(self, entry: Entry, values: Values, origin: LineShape | None = None) -> None:
        """`origin` is the line the values came from: it comes back letter by letter if nothing is changed."""
        self.entry = entry
        self.fields = list(entry.fields) or [Field("text", "")]
        self.at = 0
        self._values = {f.name: clean(values.get(f.name, "")) for f in self.fields}
        self._beside = unshown(entry, values)
        self._first = dict(self._values)
        self._origin = origin.text if origin else None
        self._top = 0

    @property
    def text(self) -> str:
        """The text of the field under the cursor."""
        return self._values[self.fields[self.at].name]

    @text.setter
    def text(self, text: str) -> None:
        self._values[self.fields[self.at].name] = text

    @property
    def words(self) -> str:
        """What was typed; blank if nothing was."""
        return " ".join(filter(None, map(str.strip, self._values.values())))

    @property
    def on_last(self) -> bool:
        """Whether Enter records here."""
        return self.at == len(self.fields) - 1

    def values(self) -> Values:
        """All values, those of no field too."""
        return unshown(self.entry, self.entry.initial) | self._beside | self._values

    def line(self) -> str | None:
        """The same as one line, or None if the entry has no line."""
        if self.entry.parse is None or self.entry.format is None:
            return None
        if self._origin is not None and self._values == self._first:
            return self._origin
        return clean(self.entry.format(self.values()))

    def move(self, by: int) -> bool:
        """To another field; False at the ends."""
        if not 0 <= self.at + by < len(self.fields):
            return False
        self.at += by
        return True

    def page(self, by: int) -> None:
        """A page of fields down (1) or up (-1), at most to the ends."""
        self.at = min(max(0, self.at + by * PAGE), len(self.fields) - 1)

    def go_to_missing(self) -> str:
        """The label of the first required field that is empty, now under the cursor; "" if none is."""
        for at, each in enumerate(self.fields):
            if each.required and not self._values[each.name].strip():
                self.at = at
                return each.label
        return ""

    def go(self, row: int) -> bool:
        """To the field drawn in a row (0: the first one drawn); False where it is already, or there is none."""
        return self.move(self._top + row - self.at) if self._top + row != self.at else False

    def suggestion(self) -> str | None:
        """The first word offered for this field that begins like the last word of its text."""
        head, blank, word = self.text.rpartition(" ")
        found = (o for o in self.fields[self.at].options if o.casefold().startswith(word.casefold()) and o != word)
        first = next(found, None) if word else None
        return head + blank + first if first else None

    def picture(self, cells: int, rows: int) -> Picture:
        """As many fields as there are rows, the one under the cursor among them."""
        self._top = max(min(self._top, self.at, len(self.fields) - rows), self.at - rows + 1, 0)
        end = self._top + rows
        labels = min(max(width(_label(f)) for f in self.fields), max(4, cells // 3))
        current = self.fields[self.at]
        return Picture(
            Text.assemble((" > ", STYLES["key"]), fit(_label(current), labels), "  "),
            [self._row(f, labels) for f in self.fields[self._top : self.at]],
            [self._row(f, labels) for f in self.fields[self.at + 1 : end]],
            f"{self.at + 1}/{len(self.fields)}" if len(self.fields) > 1 else "",
            clean(current.hint),
        )

    def _row(self, each: Field, labels: int) -> Text:
        value = self._values[each.name]
        shown = value or clean(each.hint)
        return Text.assemble(
            "   ", (fit(_label(each), labels), STYLES["dim"]), "  ", (shown, STYLES["" if value else "dim"])
        )


def _label(each: Field) -> str:
    return f"{each.label} *" if each.required else each.label


def understood(shape: LineShape | FormShape) -> Values | CrossdeckError:
    """The values of a shape, or why they cannot be read."""
    try:
        return shape.values()
    except CrossdeckError as error:
        return error


def draft_of(shape: LineShape | FormShape) -> str:
    """What is kept as a draft: the line, or the fields where a line has no place for all of them."""
    line, entry = shape.line(), shape.entry
    values = understood(shape)
    if isinstance(values, CrossdeckError):
        return line or ""
    fields = {name: values.get(name, "") for name in _names(entry)}
    if line is not None and entry.parse is not None:
        again = understood(LineShape(entry, line))
        if isinstance(again, CrossdeckError) or all(again.get(name, "") == text for name, text in fields.items()):
            return line
    return msgspec.json.encode(fields).decode()


def shape_of(entry: Entry, draft: str) -> LineShape | FormShape:
    """The shape an entry opens in: as its draft was left, else as it begins."""
    kept = _fields_of(entry, draft)
    if entry.parse is None or kept is not None:
        return FormShape(entry, entry.initial if kept is None else kept)
    first = entry.format(entry.initial) if entry.format is not None and entry.initial else ""
    return LineShape(entry, clean(draft or first))


def _fields_of(entry: Entry, draft: str) -> Values | None:
    try:
        kept = msgspec.json.decode(draft, type=Values)
    except msgspec.DecodeError:
        return None
    return kept if kept and kept.keys() <= set(_names(entry)) else None


def _names(entry: Entry) -> Sequence[str]:
    return [each.name for each in entry.fields] or ["text"]
