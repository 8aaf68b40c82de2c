"""Clocks of meetings: notice, meeting, minutes_draft, minutes_final (rulebook sections 6, 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.records import Card, Meeting
from store.rules.clock_facts import Facts
from store.rules.clocks import Clock, Kind

NOT_HELD = frozenset({"notice", "cancelled"})


def meeting(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From the notice to the start; passed without "held" it asks the chair until held, moved or cancelled."""
    roster = facts.roster
    for each in _meetings(facts, card):
        held = each.state not in NOT_HELD
        gone = not held and _is_void(each, card)
        if (held or gone) and not facts.closed:
            continue
        yield Clock(
            "meeting",
            "meetings",
            each.id,
            card.id if card else None,
            each.noticed_at,
            each.starts,
            each.starts if held else None,
            gone,
            roster.first(each.chair, each.recorder) or roster.lead(card),
            None,
            each.name,
        )


def notice(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """1 WD before the start until notice with agenda is sent; a meeting called later than that is short notice: none.

    Coordination meetings ask for none, a series for one: its first meeting's; one held without notice has it no more.
    """
    roster, span = facts.roster, facts.spans.of("notice")
    for each in _meetings(facts, card):
        if each.kind == "coordination" or each.noticed_at is None or each.series is not None:
            continue
        closed = each.notice_sent_at
        void = closed is None and _is_void(each, card)
        if not (facts.closed if closed is not None or void else each.state == "notice"):
            continue
        due = facts.spans.before(each.starts, span)
        if each.noticed_at > due:
            continue
        who = roster.first(each.chair, each.recorder) or roster.lead(card)
        key = card.id if card else None
        yield Clock("notice", "meetings", each.id, key, None, due, closed, void, who, None, each.name)


def minutes_draft(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """24 h from the end of the meeting until the draft is sent, asked of the recorder."""
    return _minutes(
        facts,
        card,
        "minutes_draft",
        lambda each: each.draft_at or each.final_at,
        lambda each: (each.recorder, each.chair),
    )


def minutes_final(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """48 h from the end of the meeting until the final minutes are distributed, asked of the chair."""
    return _minutes(
        facts,
        card,
        "minutes_final",
        lambda each: each.final_sent_at,
        lambda each: (each.chair, each.recorder),
    )


def _minutes(
    facts: Facts,
    card: Card | None,
    kind: Kind,
    met_at: Callable[[Meeting], int | None],
    asked: Callable[[Meeting], tuple[int | None, int | None]],
) -> Iterator[Clock]:
    """A clock that runs from the end of each meeting that was held until `met_at`; `asked` are tried in order."""
    roster, rule = facts.roster, facts.spans.of(kind)
    for each in _meetings(facts, card):
        ended = ended_at(each)
        if ended is None:
            continue
        closed = met_at(each)
        gone = closed is None and _is_void(each, card)
        if (gone or closed is not None) and not facts.closed:
            continue
        yield Clock(
            kind,
            "meetings",
            each.id,
            card.id if card else None,
            ended,
            facts.spans.due(ended, rule),
            closed,
            gone,
            roster.first(*asked(each)) or roster.lead(card),
            None,
            each.name,
        )


def ended_at(meeting: Meeting) -> int | None:
    """Return when a meeting ended, as planned where nobody said; None if it was not held."""
    if meeting.state in NOT_HELD:
        return None
    return meeting.ended_at or meeting.ends or meeting.starts


def _meetings(facts: Facts, card: Card | None) -> Sequence[Meeting]:
    return facts.board.meetings_of.get(card.id if card else 0, ())


def _is_void(meeting: Meeting, card: Card | None) -> bool:
    return meeting.state == "cancelled" or (card is not None and card.stage == "cancelled")
