"""The one-line forms of minutes and of resolving an issue (screens.md sections 3.3 and 3.5).

- decision: `decision @who <due`
- action: `text @who <due =standard +resources`
- attendance: `- 李强 出差 @何平; 周航 病假`

Full-width marks count too, and `《` where a date follows and no `》` closes it. No function here raises;
dates stay text for `people_dates.parse_when`.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from store.rules.date_words import DATE_AHEAD
from store.rules.lines import BLANKS, Grammar, Piece, join

_WHO = f"[@＠](?![{BLANKS}])"
_DUE = rf"[<＜]|《(?=[{BLANKS}]?(?:{DATE_AHEAD}))"
_DECISION = Grammar({"who": _WHO, "due": _DUE}, escaped="@＠<＜", named="who")
_ACTION = Grammar(
    {
        "who": _WHO,
        "due": _DUE,
        "standard": "[=＝]",
        # "< +3wd" is one due, not an empty due and a resource.
        "resources": rf"(?<![{BLANKS}][<＜《][{BLANKS}])(?<!\A[<＜《][{BLANKS}])[+＋]|[+＋](?![0-9０-９])",
    },
    escaped="@＠<＜=＝+＋",
    named="who",
)
_ATTENDANCE = Grammar({"stand_in": _WHO}, escaped="@＠-－–—", named="stand_in", separators=",，;；、")
_DASH = re.compile(rf"[-－–—][{BLANKS}]*")


class DecisionLine(msgspec.Struct, frozen=True):
    """A decision as typed: its text, every `@name` in order (a department, a person or both), the due as text.

    `unfinished` names the parts begun without text (`who`, `due`), for the echo only.
    """

    text: str = ""
    names: tuple[str, ...] = ()
    due_text: str = ""
    unfinished: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """The first name, "" if none."""
        return self.names[0] if self.names else ""


class ActionLine(msgspec.Struct, frozen=True):
    """An action item as typed: as a decision, with the completion standard and the resources."""

    text: str = ""
    names: tuple[str, ...] = ()
    due_text: str = ""
    standard: str = ""
    resources: str = ""
    unfinished: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """The first name, "" if none."""
        return self.names[0] if self.names else ""


class Absence(msgspec.Struct, frozen=True):
    """One invitee who is not there: name, reason and stand-in as typed ("" = not given)."""

    name: str
    reason: str = ""
    stand_in: str = ""


def parse_decision(text: str, names: Collection[str] = ()) -> DecisionLine:
    """Understand `decision @who <due`; what stands behind a name belongs to the text.

    `names`: known names with a blank inside that may follow `@` without quotes. A due given twice is joined
    with `；`, so that reading it as a date fails loudly instead of one of the two being lost.
    """
    fields, who, unfinished = _gather(_DECISION.split(text.strip(), names=names))
    return DecisionLine(fields.get("", ""), who, fields.get("due", ""), unfinished)


def parse_action(text: str, names: Collection[str] = ()) -> ActionLine:
    """Understand `text @who <due =standard +resources`; parts in any order, repeated ones joined with `；`."""
    fields, who, unfinished = _gather(_ACTION.split(text.strip(), names=names))
    return ActionLine(
        text=fields.get("", ""),
        names=who,
        due_text=fields.get("due", ""),
        standard=fields.get("standard", ""),
        resources=fields.get("resources", ""),
        unfinished=unfinished,
    )


def _gather(pieces: list[Piece]) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    """Pieces as texts by kind ("" = the line's own text), the names, and the parts begun without text."""
    fields: dict[str, list[str]] = {}
    names: list[str] = []
    unfinished: list[str] = []
    for number, piece in enumerate(pieces):
        if piece.kind == "who" and piece.name:
            names.append(piece.name)
        fields.setdefault("" if piece.kind == "who" else piece.kind, []).append(piece.text)
        if number and not (piece.name if piece.kind == "who" else piece.text):
            unfinished.append(piece.kind)
    texts = {kind: join(stretches, "；" if kind else " ") for kind, stretches in fields.items()}
    return texts, tuple(names), tuple(unfinished)


def format_decision(line: DecisionLine) -> str:
    """The line a person would have typed: `parse_decision` of it gives the same fields back."""
    return " ".join(_format(_DECISION, line.text, line.names, {"<": line.due_text}))


def format_action(line: ActionLine) -> str:
    """The line a person would have typed: `parse_action` of it gives the same fields back."""
    marked = {"<": line.due_text, "=": line.standard, "+": line.resources}
    return " ".join(_format(_ACTION, line.text, line.names, marked))


def _format(grammar: Grammar, text: str, names: tuple[str, ...], marked: dict[str, str]) -> list[str]:
    """The parts of a line: protected text, `@names`, and each non-empty field directly behind its mark."""
    parts = [grammar.protect(text)] if text else []
    parts += [f"@{grammar.quote_name(name)}" for name in names]
    parts += [mark + grammar.protect(field, glued=True) for mark, field in marked.items() if field]
    return parts


def parse_attendance(text: str, names: Collection[str] = ()) -> tuple[Absence, ...]:
    """Who is absent: `- name reason @stand-in`, several separated by a comma or semicolon of any width.

    The dash may be left out. All others are present, so an empty line means nobody is missing. An item
    without a name is left out. Names with a blank stand in quotes, or in `names`.
    """
    absences: list[Absence] = []
    item: list[Piece] = []
    for piece in _ATTENDANCE.split(text.strip(), names=names):
        if piece.kind == "separator":
            absences += _absence(item, names)
            item = []
        item.append(piece)
    return tuple(absences + _absence(item, names))


def _absence(item: list[Piece], names: Collection[str]) -> list[Absence]:
    """One item of the attendance line as an absence; none if it names nobody."""
    first, *rest = item
    dash = _DASH.match(first.text)
    at = dash.end() if dash else 0
    name, end = _ATTENDANCE.read_name(first.text, at, names)
    if not name:
        return []
    reason = join([first.text[end:].strip(), *(piece.text for piece in rest)], " ")
    return [Absence(name, reason, join(piece.name for piece in rest))]


def format_attendance(absences: tuple[Absence, ...]) -> str:
    """The line for these absences: `parse_attendance` of it gives them back; "" if nobody is missing."""
    items = []
    for absence in absences:
        parts = [_ATTENDANCE.quote_name(absence.name)]
        parts += [_ATTENDANCE.protect(absence.reason)] if absence.reason else []
        parts += [f"@{_ATTENDANCE.quote_name(absence.stand_in)}"] if absence.stand_in else []
        item = " ".join(parts)
        # A backslash at the end would take the separator behind it for text.
        items.append(f"{item} " if item.endswith("\\") else item)
    return "- " + "; ".join(items).rstrip(" ") if items else ""
