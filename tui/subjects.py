"""What a clock or a reference is about, in words: numbers, names, who must act. Record text is literal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from store.board import Board
from store.records import Issue, Meeting, Subtask
from store.rules.clocks import Clock
from store.views.numbers import PARENTS
from store.views.state import BoardState
from tui import words
from tui.i18n import _


def subtask_number(subtask: Subtask) -> str:
    """The last part of a subtask's number: `03`."""
    return subtask.number.rsplit("-", 1)[-1] if subtask.number else "?"


def subject_words(state: BoardState, clock: Clock) -> str:
    """Number and name of what a clock hangs on: `I-012 渠道数据缺失`, `02 渠道激励方案初稿`."""
    board = state.board
    record = board.table(clock.table).get(clock.subject)
    if record is None:
        return clock.about
    if isinstance(record, Subtask):
        return f"{subtask_number(record)} {record.name}"
    if isinstance(record, Issue):
        return f"{record.number} {record.title}"
    if isinstance(record, Meeting):
        return record.name or record.number
    return clock.about or getattr(record, "name", "")


def part_words(state: BoardState, clock: Clock) -> str:
    """What of a card a clock hangs on, for whoever has that card before them: of a duty its department."""
    record = state.board.duties.get(clock.subject) if clock.table == "duties" else None
    return state.board.department_name(record.department) if record is not None else subject_words(state, clock)


def acted_on(state: BoardState, clock: Clock) -> tuple[str, int]:
    """The record that verbs take for a clock: of a round of acceptance its card, of a progress entry its subtask."""
    if clock.table in {"acceptances", "progress"}:
        table, key = PARENTS[clock.table](state.board.table(clock.table)[clock.subject])
        return table, key or 0
    return clock.table, clock.subject


def who_names(state: BoardState, clock: Clock, most: int = 3) -> str:
    """Names of those who must act, or their department's when nobody is named."""
    names = [state.board.person_name(p) for p in clock.who]
    names = [n for n in names if n]
    if not names:
        return state.board.department_name(clock.department)
    return ", ".join(names[:most]) + ("+" if len(names) > most else "")


def first_name(state: BoardState, people: Sequence[int]) -> str:
    """The first name, `+2` for more: who it is in a narrow column."""
    names = [name for name in map(state.board.person_name, people) if name]
    return names[0] + (f"+{len(names) - 1}" if names[1:] else "") if names else ""


def local(state: BoardState, instant: int) -> datetime:
    """An instant in the board's time zone."""
    offset = timezone(timedelta(seconds=state.working.offset_at(instant)))
    return datetime.fromtimestamp(instant, UTC).astimezone(offset)


def day_time(state: BoardState, instant: int, now: int) -> str:
    """`16:20` today, `yesterday 16:58`, `10-08 13:43` this year, `2025-12-30 18:00` else."""
    at, today = local(state, instant), local(state, now).date()
    clock = f"{at:%H:%M}"
    if at.date() == today:
        return clock
    if at.date() == today - timedelta(days=1):
        return f"{_('yesterday')} {clock}"
    return f"{at:%m-%d} {clock}" if at.year == today.year else f"{at:%Y-%m-%d} {clock}"


def due_text(state: BoardState, instant: int, now: int | None = None) -> str:
    """`Mon 10-12 18:00`: a due with its weekday; in another year than `now`'s with the year."""
    at = local(state, instant)
    far = now is not None and at.year != local(state, now).year
    return f"{words.long_date(at.date()) if far else words.short_date(at.date())} {at:%H:%M}"


def due_cell(state: BoardState, instant: int, now: int) -> str:
    """As `due_text` in a column of 16 cells: another year takes the weekday's place."""
    at = local(state, instant)
    return due_text(state, instant) if at.year == local(state, now).year else f"{at:%Y-%m-%d %H:%M}"


def signer_words(board: Board, by: int | None, behalf: int | None) -> str:
    """Who signed, and for whom if it was on behalf of somebody."""
    name = board.person_name(by)
    if behalf is None:
        return name
    return _("{who} on behalf of {other}").format(who=name, other=board.person_name(behalf))
