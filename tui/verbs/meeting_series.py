"""Regular meetings of a card, planned from its communication mechanism (rulebook §6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError, Refused
from store.operations.base import Operation
from store.operations.regular import PlanRegular, next_slot
from store.records import Card
from store.rules.regular_dates import MINUTES, Occurrence, rhythm
from store.rules.series import series_of, wants_another
from store.views.state import BoardState
from tui.entry import Echo, Entry, Field, Values
from tui.i18n import _
from tui.present.card_papers import meeting_words
from tui.sentences import sentence
from tui.subjects import due_text, local
from tui.verbs.forms import heading, typed_date
from tui.verbs.meeting_values import MeetingFacts, facts_of, meeting_line, meeting_values
from tui.verbs.names import known_names

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


MEETS = frozenset({"circulating", "active", "acceptance"})
"""Stages of a card in which its regular meetings are planned."""


def may_begin(state: BoardState, card: Card) -> bool:
    """Whether a card's mechanism names regular meetings and none of them is planned or goes on by itself."""
    series = series_of(state.board.meetings_of.get(card.id, ()))
    running = bool(series) and not any(each.series_ended_at is not None for each in series)
    return bool(card.regular_meeting) and not running and card.stage in MEETS


def rhythm_text(card: Card) -> str:
    """`weekly, Wed 17:00`: how often a card meets, by its mechanism or by default."""
    every, day, minute = rhythm(card)
    return meeting_words(every, day, f"{minute // 60:02d}:{minute % 60:02d}")


def plan(screen: DeckScreen, state: BoardState, card: Card) -> Entry:
    """The next regular meeting: when the mechanism says, on another day where the lead moves it."""
    now, names = screen.deck.now(), known_names(state)
    series = series_of(state.board.meetings_of.get(card.id, ()))
    after = max(now, series[-1].starts if wants_another(series) else now)
    found = next_slot(state.board, card, after, state.working)
    minutes = MINUTES[rhythm(card)[0]]
    made: list[int] = []

    def submit(values: Values) -> Sequence[Operation]:
        operation = _planned(state, card, facts_of(state, values, now), found, first=not series)
        made[:] = [operation.made()]
        return [operation]

    def recorded() -> None:
        screen.follow(("meetings", made[0]))
        screen.deck.notice(_("Planned. The next one follows by itself when this one was held."))

    people = tuple(person.name for person in state.board.people.values())
    return Entry(
        key=f"{screen.deck.me}:plan:{card.id}",
        heading=heading(_("regular meetings"), card.number, card.name, rhythm_text(card)),
        fields=[
            Field("start", _("time"), _("Wed 15:30-16:30"), required=True),
            Field("place", _("place")),
            Field("chair", _("chair"), _("empty: the lead"), options=people),
            Field("recorder", _("recorder"), _("empty: me"), options=people),
        ],
        parse=lambda line: _planned_values(line, names),
        format=meeting_line,
        echo=lambda values: _echo(state, values, found, now),
        submit=submit,
        recorded=recorded,
        initial={"start": _span(state, found, minutes)} if found is not None else {},
        hint=_("<Fri 16:00-17:00 +place @chair @recorder    Tab: all fields"),
    )


def _planned(
    state: BoardState, card: Card, facts: MeetingFacts, found: Occurrence | None, *, first: bool
) -> PlanRegular:
    """The operation; the `first` of a series gets the usual agenda. Raises Refused without a start."""
    if facts.starts is None:
        raise Refused("A meeting needs its start. Write < and the day and time: <Wed 15:30.", code="required")
    from tui.verbs.meetings import usual_agenda

    return PlanRegular(
        card=card.id,
        starts=facts.starts,
        ends=facts.ends or facts.starts + MINUTES[rhythm(card)[0]] * 60,
        skipped=found.skipped if found is not None else (),
        place=facts.place,
        chair=facts.chair,
        recorder=facts.recorder,
        agenda=usual_agenda(state, "progress", card.id, facts.starts) if first else None,
    )


def _planned_values(line: str, names: Sequence[str]) -> Values:
    values = meeting_values(line, names)
    return {name: values[name] for name in ("start", "place", "chair", "recorder")}


def _span(state: BoardState, found: Occurrence, minutes: int) -> str:
    return f"{typed_date(state, found.starts)}-{local(state, found.starts + minutes * 60):%H:%M}"


def _echo(state: BoardState, values: Values, found: Occurrence | None, now: int) -> Echo:
    """The start as it was understood, and the days off it was moved past."""
    try:
        facts = facts_of(state, values, now)
    except CrossdeckError as error:
        return Echo(Text(sentence(error)), error=True)
    parts = []
    if facts.starts is not None:
        end = f"-{local(state, facts.ends):%H:%M}" if facts.ends else ""
        off = off_text(state, facts.starts)
        parts.append(due_text(state, facts.starts) + end + (f" ({off})" if off else ""))
    if found is not None and found.skipped:
        days = ", ".join(_day_off(state, start) for start in found.skipped)
        parts.append(_("skipped: {days}; type another day to move it").format(days=days))
    return Echo(Text(" | ".join(parts)))


def _day_off(state: BoardState, start: int) -> str:
    """`10-02 National Day`: a date and why nobody works on it."""
    ordinal = state.working.day_of(start)
    name = state.working.holiday_name(ordinal) or _("day off")
    return f"{date.fromordinal(ordinal):%m-%d} {name}"


def off_text(state: BoardState, start: int) -> str:
    """Why nobody works on the day of a start: the holiday's name or `day off`; empty on a working day."""
    ordinal = state.working.day_of(start)
    return "" if state.working.is_working_day(ordinal) else state.working.holiday_name(ordinal) or _("day off")
