"""The page in rows of text: headings, lines with their kind, what was understood below them (screens.md §3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.style import Style
from rich.text import Text

from store.records import LineKind
from store.rules.decision_line import Absence, parse_attendance
from store.rules.smart import gaps, lacks_what_it_must_have
from tui import words
from tui.cells import cut, fit, width
from tui.duration import countdown
from tui.editor.fold import fold, rows_of
from tui.editor.headings import heading_rows
from tui.editor.meaning import Meaning, Reader
from tui.editor.page import KINDS, Carried, Line, Page, Place, Roll, Section
from tui.editor.wording import Findings, Wording
from tui.i18n import N_, _
from tui.look import CURSOR, GROUND, INK, STYLES, glyph
from tui.present.minutes_parts import carried_row
from tui.subjects import due_text, subtask_number
from tui.vagueness import noted, rewrite, why_vague

MOST_ROWS = 12
"""Rows of a line that is not being typed; the rest of a longer one is seen when it is."""
ACTION_INDENT = 2
KIND_TONE: dict[LineKind, str] = {"point": "dim", "decision": "yellow", "action": "cyan"}
GAPS = {"owner": N_("owner"), "standard": N_("standard"), "resources": N_("resources"), "date": N_("date")}
CURSOR_CELL = Style(color=GROUND, bgcolor=INK)
SELECTED = Style(bgcolor=CURSOR)


class Typing(NamedTuple):
    """The line being typed: its text, how its rows begin, the cursor and the selection as indexes.

    `rest` is what Right would add at its end.
    """

    text: str
    starts: list[int]
    cursor: int
    selected: tuple[int, int]
    rest: str = ""


class Drawing:
    """Draws places of one page as they read now, in `cells` cells; rows of a line that stays are kept."""

    def __init__(
        self,
        page: Page,
        reader: Reader,
        cells: int,
        wording: Wording | None = None,
        writers: Mapping[int, str] | None = None,
    ) -> None:
        """Made anew for another state, minute or width; `wording` outlives it.

        `writers` are agenda items in which somebody else writes: doc id -> their names.
        """
        self.page, self.reader, self.cells = page, reader, cells
        self.writers = writers or {}
        self.wording = wording or Wording()
        self.label = max(width(words.line_kind(kind)) for kind in KINDS) + 1
        self._kept: dict[int, tuple[object, list[Text]]] = {}
        self._meanings: dict[int, tuple[object, Meaning]] = {}
        self.short: dict[int, tuple[object, Sequence[Text]]] = {}
        """id of an action item -> what its rows beside the text were drawn from, and they (`tui.editor.side`)."""

    def room(self, place: Place) -> int:
        """Cells for the text of a place."""
        return max(4, self.cells - self._indent(place) - 1)

    def _indent(self, place: Place) -> int:
        extra = ACTION_INDENT if isinstance(place, Line) and place.kind == "action" else 0
        return 1 + self.label + extra

    def rows(self, place: Place, *, here: bool, typing: Typing | None = None) -> list[Text]:
        """The rows of a place; `here` says that the cursor of the row mode stands on it."""
        if isinstance(place, Section):
            presenter = self.reader.state.board.person_name(place.item.presenter)
            writers = self.writers.get(place.item.id, "")
            found = heading_rows(place, self.page.number_of(place), self.cells, presenter, writers)
        elif isinstance(place, Carried):
            found = [carried_row(self.reader.state, place.line, self.cells)]
        elif typing is not None:
            found = [*self._typed_rows(place, typing), *self._below(place)]
        else:
            found = self._still_rows(place)
        if isinstance(place, Line) and (here or typing is not None):
            found = [*found, *self._vague_row(place, typing)]
        return [self._lit(row) for row in found] if here else found

    def _lit(self, row: Text) -> Text:
        lit = Text.assemble(">", row[1:]) if row.plain[:1] in {" ", "-"} else row.copy()
        lit.append(" " * max(0, self.cells - lit.cell_len))
        lit.stylize(Style(bgcolor=CURSOR))
        return lit

    def _still_rows(self, place: Line | Roll) -> list[Text]:
        pending = isinstance(place, Line) and place.id in self.reader.state.board.pending
        vague = self.vague(place) if isinstance(place, Line) else ()
        if isinstance(place, Line):
            key: object = (place.kind, place.text, pending, place.linked, vague)
        else:
            key = (place.text, place.base)
        kept = self._kept.get(id(place))
        if kept is not None and kept[0] == key:
            return kept[1]
        room = self.room(place)
        text = place.text[: (MOST_ROWS + 1) * room]
        starts = fold(text, room)
        texts = rows_of(text, starts)
        if len(texts) > MOST_ROWS:
            texts[MOST_ROWS - 1 :] = [cut(texts[MOST_ROWS - 1] + " " * room, room - 1) + "~"]
        parts = [self._marked(place, Text(row), start, vague) for row, start in zip(texts, starts, strict=False)]
        rows = [self._prefixed(place, n, part, pending=pending) for n, part in enumerate(parts)]
        rows[0].append(_hint(place, text), STYLES["dim"])
        rows += self._below(place)
        self._kept[id(place)] = (key, rows)
        return rows

    def _typed_rows(self, place: Line | Roll, typing: Typing) -> list[Text]:
        text = typing.text + " "
        ends = [*typing.starts[1:], len(text)]
        parts = []
        vague = self.vague(place, now=True) if isinstance(place, Line) else ()
        for a, b in zip(typing.starts, ends, strict=True):
            part = self._marked(place, Text(text[a:b]), a, vague)
            for style, start, end in ((SELECTED, *typing.selected), (CURSOR_CELL, typing.cursor, typing.cursor + 1)):
                if start < b and end > a:
                    part.stylize(style, max(0, start - a), end - a)
            parts.append(part)
        parts[-1].append(_hint(place, typing.text) or typing.rest, STYLES["dim"])
        return [self._prefixed(place, n, part, typing=True) for n, part in enumerate(parts)]

    def _prefixed(
        self, place: Line | Roll, row: int, text: Text, *, pending: bool = False, typing: bool = False
    ) -> Text:
        if row:
            return Text.assemble(" " * self._indent(place), text)
        name = words.line_kind(place.kind) if isinstance(place, Line) else _("attends")
        tone = STYLES[KIND_TONE[place.kind] if isinstance(place, Line) else "dim"]
        style = tone + STYLES["strong"] if typing else tone
        mark = "^" if pending else " "
        rest = " " * (self._indent(place) - 1 - self.label)
        return Text.assemble((mark, STYLES["yellow"]), (fit(name, self.label - 1), style), " ", rest, text)

    # Vague words ------------------------------------------------------------------------------------

    def vague(self, line: Line, *, now: bool = False) -> Findings:
        """The vague words of a line as it is typed; what an action item needs (+) is not looked at."""
        found = self.wording.of(line.text, now=now)
        if found and line.kind == "action":
            meaning = self.meaning(line)
            return tuple(each for each in found if each.words in meaning.text or each.words in meaning.standard)
        return found

    def is_finding(self, line: Line) -> bool:
        """Whether `n` stops at a line, and the minutes cannot be final: as `store.operations.concrete.is_finding`."""
        if line.kind == "point" or line.blank or line.linked:
            return False
        return bool(self.vague(line)) or (line.kind == "action" and lacks_what_it_must_have(self.meaning(line)))

    def why(self, line: Line, at: int | None = None) -> str:
        """What is vague in a line: the words at index `at`, else the first; empty if nothing is. A point only warns."""
        found = self.vague(line, now=True)
        if not found:
            return ""
        here = next(
            (each for each in found if at is not None and each.start <= at <= each.start + each.length), found[0]
        )
        if line.kind == "point":
            return noted(here)
        return f"{rewrite(here)} ({why_vague(here)})"

    def wrong(self, line: Line) -> str:
        """What keeps a line from being final: its vague words, else what the action item lacks."""
        missing = ", ".join(_(GAPS[gap]) for gap in gaps(self.meaning(line))) if line.kind == "action" else ""
        return self.why(line) or _("missing: {what}").format(what=missing)

    def _vague_row(self, line: Line, typing: Typing | None) -> list[Text]:
        said = self.why(line, typing.cursor if typing else None)
        indent = self._indent(line)
        tone = "dim" if line.kind == "point" else "yellow"
        return [Text.assemble(" " * indent, (cut(f"! {said}", self.cells - indent), STYLES[tone]))] if said else []

    def _marked(self, place: Line | Roll, part: Text, start: int, vague: Findings) -> Text:
        """A part of a line's text, from index `start`, with its vague words underlined."""
        style = STYLES["mark_aside" if isinstance(place, Line) and place.kind == "point" else "mark_words"]
        for each in vague:
            if each.start < start + len(part) and each.start + each.length > start:
                part.stylize(style, max(0, each.start - start), each.start + each.length - start)
        return part

    # What was understood ----------------------------------------------------------------------------

    def meaning(self, line: Line) -> Meaning:
        """What a line means; a stored one that nobody changes keeps its date."""
        key = (line.kind, line.text, line.stored)
        kept = self._meanings.get(id(line))
        if kept is None or kept[0] != key:
            kept = key, self.reader.meaning(line.kind, line.text, line.stored)
            self._meanings[id(line)] = kept
        return kept[1]

    def _below(self, place: Line | Roll) -> list[Text]:
        indent = self._indent(place)
        text: Text | None = None
        if isinstance(place, Roll):
            text = _joined(self._absences(place))
        elif place.kind != "point" and not place.blank:
            text = self.understood(place, self.cells - indent - 2)
        return [Text.assemble(" " * indent + "> ", text)] if text else []

    def understood(self, line: Line, cells: int) -> Text | None:
        """What was understood of a decision or an action item, in one line; None if there is nothing to say.

        Where it finds no room the department and what is left of the time are not said.
        """
        meaning = self.meaning(line)
        text = _joined(self._understood(line, meaning, short=False))
        if text.cell_len > cells:
            text = _joined(self._understood(line, meaning, short=True))
        return text or None

    def _understood(self, line: Line, meaning: Meaning, *, short: bool) -> list[tuple[str, str]]:
        state = self.reader.state
        if line.kind == "decision" and not (meaning.who or meaning.due_text):
            return []
        owner = state.board.people.get(meaning.owner or 0)
        department = state.board.department_name(meaning.department or (owner.department if owner else None))
        names = ("" if short and owner else department, owner.name if owner else "")
        who = " ".join(name for name in names if name)
        parts = [(who, "dim")] if who else []
        parts += [(_('nobody is called "{name}"').format(name=name), "yellow") for name in meaning.unknown]
        if meaning.problem:
            parts.append((meaning.problem, "yellow"))
        elif meaning.due is not None:
            parts.append((self._date(meaning.due, short=short), "dim"))
        if line.kind == "action":
            missing = [_(GAPS[gap]) for gap in gaps(meaning)]
            text = _("missing: {what}").format(what=", ".join(missing)) if missing else f"{glyph('met')} SMART"
            parts.append((text, "yellow" if missing else "green"))
        subtask = state.board.subtasks.get(line.stored.subtask or 0) if line.stored else None
        if subtask is not None:
            parts.append((_("subtask {no}").format(no=subtask_number(subtask)), "green"))
        return parts

    def _date(self, due: int, *, short: bool) -> str:
        state = self.reader.state
        day = words.odd_day(state.working.kind_of_day(state.working.day_of(due)))
        left = "" if short else countdown(due - self.reader.now)
        more = ", ".join(part for part in (day, left) if part)
        return due_text(state, due) + (f" ({more})" if more else "")

    def _absences(self, roll: Roll) -> list[tuple[str, str]]:
        known = {person.name for person in self.reader.state.board.people.values()}
        found = parse_attendance(roll.text, self.reader.names)
        return [(_absence(each), "dim" if each.name in known else "yellow") for each in found] if roll.changed else []


def _hint(place: Line | Roll, text: str) -> str:
    """What the attendance line takes, while it is empty."""
    return _("all present; absent: - name reason @stand-in") if isinstance(place, Roll) and not text else ""


def _joined(parts: list[tuple[str, str]]) -> Text:
    line = Text()
    for n, (text, tone) in enumerate(parts):
        line.append(" | " if n else "", STYLES["dim"])
        line.append(text, STYLES[tone])
    return line


def _absence(each: Absence) -> str:
    text = _("{name} is absent").format(name=each.name) + (f" ({each.reason})" if each.reason else "")
    return text + (", " + _("for them {who}").format(who=each.stand_in) if each.stand_in else "")
