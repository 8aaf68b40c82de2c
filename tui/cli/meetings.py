"""Meetings from the command line: `meet`, `plan`, `minutes` (rulebook §6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from store.errors import Refused, UsageError
from store.operations.base import Operation
from store.operations.meeting_defaults import default_agenda
from store.operations.meetings import (
    AgendaDraft,
    CallMeeting,
    CancelMeeting,
    FinaliseMinutes,
    HoldMeeting,
    SendDraft,
)
from store.operations.references import find
from store.operations.regular import PlanRegular, next_slot
from store.operations.reviewing import AmendMinutes, ReviewMinutes
from store.operations.sync import MarkSent
from store.records import MeetingKind
from store.rules.regular_dates import MINUTES, rhythm
from store.rules.series import series_of
from tui.cli.context import Run
from tui.cli.performing import perform
from tui.i18n import _

KINDS: tuple[MeetingKind, ...] = get_args(MeetingKind)


def meet(run: Run) -> int:
    """`meet CARD|ISSUE [NAME...] --start WHEN --end WHEN --kind KIND...`; on an issue a coordination meeting."""
    words, board = run.words, run.board
    on = words.text("on")
    table, key = board.by_number.get(on.strip(), ("", 0))
    issue = key if table == "issues" else None
    card = None if issue else find(board, "cards", on)
    given = words.text("kind") or ("coordination" if issue else "progress")
    kind = next((each for each in KINDS if each == given), None)
    if kind is None:
        raise UsageError('"{value}" is no kind of meeting. Write {kinds}.', value=given[:60], kinds=", ".join(KINDS))
    starts = run.instant(words.text("start"), start=True)
    agenda = default_agenda(board, kind, card, starts)
    return perform(
        run,
        CallMeeting(
            kind=kind,
            name=words.text("name"),
            card=card,
            issue=issue,
            goal=words.text("goal"),
            starts=starts,
            ends=run.instant(words.text("end"), start=True) if words.has("end") else None,
            place=words.text("place"),
            chair=_person(run, "chair"),
            recorder=_person(run, "recorder"),
            material_owner=_person(run, "material"),
            agenda=tuple(AgendaDraft(title=_(title), monthly=monthly) for title, monthly in agenda),
        ),
    )


def plan(run: Run) -> int:
    """`plan CARD`: the next regular meeting; `--start WHEN` moves it."""
    words, board = run.words, run.board
    card = board.cards[find(board, "cards", words.text("card"))]
    series = series_of(board.meetings_of.get(card.id, ()))
    after = max([run.now, *(each.starts for each in series if each.state == "notice")])
    found = next_slot(board, card, after, run.working)
    if found is None and not words.has("start"):
        raise Refused("No working day is near: say when, --start WHEN.", code="refuse.regular")
    starts = run.instant(words.text("start"), start=True) if words.has("start") or found is None else found.starts
    titles = default_agenda(board, "progress", card.id, starts)
    agenda = tuple(AgendaDraft(title=_(title), monthly=monthly) for title, monthly in titles)
    usual = None if series else starts + MINUTES[rhythm(card)[0]] * 60
    return perform(
        run,
        PlanRegular(
            card=card.id,
            starts=starts,
            ends=run.instant(words.text("end"), start=True) if words.has("end") else usual,
            skipped=found.skipped if found is not None else (),
            place=words.text("place"),
            recorder=_person(run, "recorder"),
            agenda=None if series else agenda,
        ),
    )


def minutes(run: Run) -> int:
    """`minutes MEETING STEP [TEXT...]`: one step on; `--ended WHEN`, `--reason TEXT` and `--line LINE` for some."""
    words, board = run.words, run.board
    meeting = find(board, "meetings", words.text("meeting"))
    step = words.text("step")
    made = STEPS.get(step)
    if made is None:
        raise UsageError('"{value}" is no step of minutes. Write {steps}.', value=step[:60], steps=", ".join(STEPS))
    return perform(run, made(run, meeting, words.text("text")))


def _held(run: Run, meeting: int, _text: str) -> Operation:
    ended = run.words.text("ended")
    return HoldMeeting(meeting=meeting, ended_at=run.instant(ended) if ended else None)


def _amend(run: Run, meeting: int, text: str) -> Operation:
    line = run.words.text("line")
    key = find(run.board, "lines", line) if line else None
    return AmendMinutes(meeting=meeting, text=text, reason=run.words.text("reason"), line=key)


STEPS: dict[str, Callable[[Run, int, str], Operation]] = {
    "held": _held,
    "draft": lambda _run, meeting, _text: SendDraft(meeting=meeting),
    "confirm": lambda _run, meeting, text: ReviewMinutes(meeting=meeting, text=text),
    "comment": lambda _run, meeting, text: ReviewMinutes(meeting=meeting, answer="comment", text=text),
    "final": lambda _run, meeting, _text: FinaliseMinutes(meeting=meeting),
    "sent": lambda _run, meeting, _text: MarkSent(meeting=meeting),
    "amend": _amend,
    "cancel": lambda _run, meeting, text: CancelMeeting(meeting=meeting, reason=text),
}
"""Word -> the operation it makes of a meeting and a text."""


def _person(run: Run, option: str) -> int | None:
    name = run.words.text(option)
    return find(run.board, "people", name) if name else None
