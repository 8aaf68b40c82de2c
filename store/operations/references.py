"""What people write for a record or an instant, turned into doc ids and epoch seconds (`do`, the command line).

A reference may be a number in any of its forms (`I-012`, `Q4营销-2026-001`, paper form `产品迭代2024-001`), a doc
id, a person's name or login, a department's name or code, a duty as `NUMBER/DEPARTMENT`, or `$N`: the record
made by line N of a file of operations.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import records as r
from store.board import Board
from store.errors import DateProblem, NotFound, UsageError
from store.operations.act import WHAT
from store.operations.base import Operation
from store.operations.board_settings import PEOPLE_KEYS, SetSetting
from store.operations.cards import duties_of
from store.operations.shape import LINE_LIMIT, Shape, mapped, members
from store.rules.paper_ids import read_card_id

if TYPE_CHECKING:
    from store.rules.people_dates import Days

STARTS = frozenset({"planned_start", "starts", "began_at", "since", "initiated_at"})
"""Instants at which something begins: a date without a time means its midnight, elsewhere close of business."""


NUMBERED = frozenset({"cards", "subtasks", "issues", "meetings", "archived"})
"""Tables whose records have a number people see."""
FEW = 8
"""So many records are all named where nothing is close."""
SHOWN = 60
"""Most characters of what was typed that a message repeats."""


def resolve_fields(
    op_class: type[Operation],
    fields: Any,
    board: Board,
    made: Sequence[int] = (),
    *,
    now: int = 0,
    days: Days | None = None,
) -> Any:
    """An operation's fields as JSON gave them, with references as doc ids and instants as epoch seconds.

    Args:
        op_class: the operation.
        fields: a JSON object; anything else comes back as it is, for `decode` to refuse.
        board: where to look.
        made: what lines 1, 2, … of the file made (`Act.made`), for `$1`, `$2`, …
        now: instant that relative dates count from.
        days: the board's working time for people's dates (`周五`, `+3wd`); without it only ISO dates are read.

    Raises:
        NotFound: a reference stands for nothing, with the closest names.
        DateProblem: an instant cannot be read.
    """
    if not isinstance(fields, dict):
        return fields

    def turn(value: Any, shape: Shape, name: str) -> Any:
        if shape.kind == "ref":
            return find(board, shape.table, value, made)
        if shape.kind == "instant":
            return instant(value, board, now, days, start=name in STARTS)
        return value

    found = mapped(fields, Shape("struct", members=members(op_class)), turn)
    if op_class is SetSetting and fields.get("key") in PEOPLE_KEYS and fields.get("value"):
        found["value"] = find(board, "people", fields["value"], made)
    return found


def find(board: Board, table: str, text: Any, made: Sequence[int] = ()) -> int:
    """The doc id of what a person wrote. Raises NotFound that names the closest."""
    if isinstance(text, int) and not isinstance(text, bool):
        return text
    plain = unicodedata.normalize("NFKC", str(text)).strip()
    if plain.startswith("$"):
        return _made(plain, made)
    rows = board.table(table)
    if plain.isascii() and plain.isdecimal() and int(plain) in rows:
        return int(plain)
    found = [*dict.fromkeys(_matches(board, table, str(text).strip(), plain))]
    if len(found) == 1:
        return found[0]
    what = WHAT[table]
    if found:
        raise NotFound(
            '"{value}" stands for {n} records ({what}). Use a login or an id: {ids}.',
            code="refuse.ambiguous",
            value=_short(plain),
            n=len(found),
            what=what,
            ids=", ".join(getattr(rows[key], "number", "") or str(key) for key in found),
        )
    if closest := _closest(board, table, plain):
        raise NotFound(
            'There is no {what} "{value}" on this board. Closest: {closest}.',
            what=what,
            value=_short(plain),
            closest=closest,
        )
    raise NotFound('There is no {what} "{value}" on this board.', what=what, value=_short(plain))


def _short(text: str) -> str:
    """What was typed, short enough for a sentence."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "~"


def instant(value: Any, board: Board, now: int = 0, days: Days | None = None, *, start: bool = False) -> int:
    """Epoch seconds of what a person wrote for an instant; ISO without an offset is the board's time.

    Raises DateProblem. Without `days` only ISO text is read, a date alone as midnight (`start`) or close of business.
    """
    if isinstance(value, int):
        return value
    text = str(value).strip()
    if text.isascii() and text.isdecimal() and len(text) >= 9:
        return int(text)
    if days is not None:
        from store.rules.people_dates import parse_when

        return parse_when(text, now, days, close=not start).epoch
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise DateProblem('"{value}" is not a date. Write 2026-10-16 or 2026-10-16T12:00.', value=text[:60]) from None
    if len(text) <= len("2026-10-16") and not start:
        minutes = board.settings.minutes_of_day[1]
        when = when.replace(hour=minutes // 60 % 24, minute=minutes % 60)
    if when.tzinfo is None:
        from zoneinfo import ZoneInfo

        when = when.replace(tzinfo=ZoneInfo(board.settings.zone))
    return int(when.timestamp())


def _made(plain: str, made: Sequence[int]) -> int:
    line = plain.removeprefix("$")
    if not (line.isascii() and line.isdecimal() and 1 <= int(line) <= len(made)):
        raise UsageError('"{value}" is not a line before this one. $1 is what line 1 made.', value=plain)
    return made[int(line) - 1]


def _matches(board: Board, table: str, text: str, plain: str) -> Iterator[int]:
    """Every record a text may stand for: by number first, then by name, code, login."""
    # The index of numbers is made anew for each line of a file of operations: not asked in vain.
    number = read_card_id(plain) if table in NUMBERED else None
    forms = dict.fromkeys((text, plain, plain.upper(), number.canonical if number else ""))
    for form in forms if table in NUMBERED else ():
        hit = board.by_number.get(form)
        if hit and hit[0] == table:
            yield hit[1]
            return
    if table == "duties":
        yield from _duty(board, plain)
        return
    exact = [key for key, record in board.table(table).items() if text in _names(record) or plain in _names(record)]
    if exact:
        yield from exact
        return
    folded = plain.casefold()
    for key, record in board.table(table).items():
        if any(name.casefold() == folded for name in _names(record)):
            yield key


def _names(record: r.Record) -> tuple[str, ...]:
    if isinstance(record, r.Person):
        return tuple(filter(None, (record.name, *record.logins)))
    if isinstance(record, r.Department):
        return tuple(filter(None, (record.name, record.code)))
    return tuple(filter(None, (getattr(record, "name", "") or getattr(record, "title", ""),)))


def _duty(board: Board, plain: str) -> Iterator[int]:
    card, slash, department = plain.rpartition("/")
    if slash:
        card_id, department_id = find(board, "cards", card), find(board, "departments", department)
        yield from (duty.id for duty in duties_of(board, card_id) if duty.department == department_id)


def _closest(board: Board, table: str, plain: str) -> str:
    from difflib import get_close_matches

    known: dict[str, None] = {}
    for record in board.table(table).values():
        known |= dict.fromkeys((*_names(record), getattr(record, "number", "")))
    known.pop("", None)
    inside = [name for name in known if plain and plain.casefold() in name.casefold()]
    found = [*dict.fromkeys([*inside, *get_close_matches(plain[:LINE_LIMIT], known, 3, 0.4)])][:3]
    if not found and len(known) <= FEW:
        found = [*known]
    return ", ".join(map(_short, found))
