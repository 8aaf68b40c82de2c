"""From the page to SaveLines: only what changed under one agenda item, with room between the orders."""

from __future__ import annotations

from store.operations.minutes import SavedLine, SaveLines
from store.operations.shape import LINE_LIMIT
from store.records import LineKind
from tui.editor.meaning import FIELDS, Meaning, Reader, content_of, too_long
from tui.editor.page import Line, Page, Section

STEP = 1_024
"""Between two orders there is room for lines that come later, so that inserting one changes no other."""
LEAST_SECONDS = 60
"""Time alone is saved from here on: looking into the minutes is no change of them."""


class Saving:
    """One SaveLines under way: `done` when it is safe on this machine, `failed` when it was refused."""

    def __init__(self, page: Page, section: Section, operation: SaveLines, lines: list[Line]) -> None:
        """From now on the lines count as saved."""
        self.operation = operation
        self._page, self._section = page, section
        self._seconds = section.extra
        self._finished = section.finished
        self._before: list[tuple[Line, tuple[LineKind, str], tuple[object, ...] | None]] = []
        for line, saved in zip(lines, operation.lines, strict=True):
            self._before.append((line, line.base, line.sent))
            line.base, line.sent = (line.kind, line.text), content_of(saved)
            line.sent_to = operation.item, saved.order
            line.waiting += 1
        page.gone.update(operation.removed)
        section.removed.clear()
        page.version += 1

    def done(self) -> None:
        """The journal has it."""
        self._page.version += 1
        for line, _base, _sent in self._before:
            line.waiting -= 1
        self._section.extra = max(0, self._section.extra - self._seconds)
        if self._section.finished == self._finished:
            self._section.finished = None

    def failed(self) -> None:
        """Nothing was recorded: the lines are unsaved again."""
        self._page.version += 1
        for line, base, sent in self._before:
            line.waiting -= 1
            line.base, line.sent = base, sent
        self._page.gone.difference_update(self.operation.removed)
        self._section.removed.update(self.operation.removed)


def save(page: Page, section: Section, reader: Reader) -> tuple[Saving | None, list[Line]]:
    """What an agenda item has to save, None if nothing; and the lines left out because a part of them is too long."""
    for line in [each for each in section.lines if each.blank and not each.linked]:
        if line.stored is not None or line.sent is not None:
            section.removed.add(line.id)
            line.renew()
    written = [line for line in section.lines if not line.blank]
    _give_orders(written)
    lines: list[Line] = []
    saved: list[SavedLine] = []
    left_out: list[Line] = []
    for line in written:
        meaning = _meaning(line, reader)
        one = meaning.saved(line.id, line.kind, line.order or 0)
        if too_long(meaning, LINE_LIMIT):
            left_out.append(line)
        elif _differs(line, one, section):
            lines.append(line)
            saved.append(one)
    timed = section.extra >= LEAST_SECONDS or bool(saved and section.extra)
    finished = section.finished if section.finished != section.item.finished else None
    if not (saved or section.removed or timed or finished is not None):
        return None, left_out
    operation = SaveLines(
        meeting=page.meeting,
        item=section.item.id,
        lines=tuple(saved),
        removed=tuple(section.removed),
        used_seconds=section.used if timed else None,
        finished=finished,
    )
    return Saving(page, section, operation, lines), left_out


def _meaning(line: Line, reader: Reader) -> Meaning:
    """What a line means; the words of one nobody changed are not read anew (its Friday is not this Friday)."""
    stored = line.stored
    if line.changed or (stored is None and line.sent is None):
        return reader.meaning(line.kind, line.text, stored)
    if line.sent is not None:  # what was saved last counts, the board may not be seen to have it yet
        _kind, *said = line.sent
        return Meaning(*said)  # type: ignore[arg-type]  # the fields of `content_of`, in the order of Meaning's
    return Meaning(*(getattr(stored, name) for name in FIELDS))


def _differs(line: Line, one: SavedLine, section: Section) -> bool:
    if line.sent is not None:  # what was saved last counts, the board may not be seen to have it yet
        return line.changed or line.sent != content_of(one) or line.sent_to != (section.item.id, one.order)
    stored = line.stored
    return stored is None or line.changed or stored.order != one.order or stored.item != section.item.id


def _give_orders(lines: list[Line]) -> None:
    """Orders that rise down the page; the ones given already stay where they can."""
    before = -STEP
    for at, line in enumerate(lines):
        if line.order is None or line.order <= before:
            following = next((each.order for each in lines[at + 1 :] if each.order is not None), None)
            room = following is not None and following > before + 1
            line.order = (before + (following or 0)) // 2 if room else before + STEP
            if following is not None and not room:
                line.order = before + 1
        before = line.order
