"""The two header lines: what is next, what day it is, how many cards need somebody (screens section 1)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from store.rules.calendar_data import DayKind
from store.rules.clocks import KINDS, Clock
from store.views.overview import blocked_cards, escalated, unconfirmed_cards
from store.views.rows import DAY_LEFT

if TYPE_CHECKING:
    from store.views.state import BoardState

FAR = 1 << 62


class Counts(Struct, frozen=True):
    """How many rows of the overview each of the header's `is:` words shows; true from `since` until `until`."""

    breached: int
    due_24h: int
    blocked: int
    escalated: int
    unconfirmed: int
    since: int
    until: int


class Nearest(Struct, frozen=True):
    """The clock the header counts down, how many are like it and who has them; true from `since` until `until`."""

    clock: Clock | None
    same: int
    who: tuple[tuple[int, int], ...]
    since: int
    until: int


class Header(Struct, frozen=True):
    """What the header says at one moment.

    `nearest` is the clock that runs out next (with nothing left to run out, the one over longest);
    `same` counts the open clocks of its kind due at the same second, `same_who` how many each person
    has of them, most first. `today` and `next_make_up` are ordinals, `time` is the board's `16:55`,
    `holiday` the name of today's, `estimated` the year whose make-up days are not published (this or
    next) or None. `tab_counts` are the counts of the four screens that need action (0: none shown).
    """

    nearest: Clock | None
    same: int
    same_who: tuple[tuple[int, int], ...]
    today: int
    time: str
    day_kind: DayKind
    holiday: str | None
    next_make_up: int | None
    estimated: int | None
    breached: int
    due_24h: int
    blocked: int
    escalated: int
    unconfirmed: int
    tab_counts: tuple[int, int, int, int]


def header_of(state: BoardState, now: int) -> Header:
    """Return the header at `now`; the counts are worked out again only when one of them may have changed."""
    working = state.working
    day, seconds = working.split(now)
    year = date.fromordinal(day).year
    counts = state.counts(now)
    nearest = state.nearest(now)
    return Header(
        nearest=nearest.clock,
        same=nearest.same,
        same_who=nearest.who,
        today=day,
        time=f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}",
        day_kind=working.kind_of_day(day),
        holiday=working.holiday_name(day),
        next_make_up=working.next_make_up_day(day),
        estimated=next((each for each in (year, year + 1) if working.is_estimated(each)), None),
        breached=counts.breached,
        due_24h=counts.due_24h,
        blocked=counts.blocked,
        escalated=counts.escalated,
        unconfirmed=counts.unconfirmed,
        tab_counts=(0, 0, state.open_issues, state.open_minutes),
    )


def count_rows(state: BoardState, now: int) -> Counts:
    """Count the rows of the overview by the header's words, with the times between which the counts stand."""
    board, book = state.board, state.book
    shown = {key for key, card in board.cards.items() if card.stage != "archived"}
    dues = [clock.due for key, clock in book.nearest.items() if key in shown]
    over = [due for due in dues if due < now]
    soon = [due for due in dues if now <= due <= now + DAY_LEFT]
    return Counts(
        breached=len(over),
        due_24h=len(soon),
        blocked=len(shown & blocked_cards(board)),
        escalated=len(shown & {each.card for each in board.issues.values() if escalated(each)}),
        unconfirmed=len(shown & unconfirmed_cards(book)),
        # A due passes, or comes within a day.
        since=max(max(over, default=-FAR) + 1, max(soon, default=-FAR) - DAY_LEFT),
        until=min(
            min(soon, default=FAR) + 1, min([due for due in dues if due > now + DAY_LEFT], default=FAR) - DAY_LEFT
        ),
    )


def find_nearest(state: BoardState, now: int) -> Nearest:
    """Find the clock that runs out next (with nothing left to run out, the one over longest), and those like it."""
    book = state.book
    coming = book.next_from(now)
    clock = coming or (book.running[0] if book.running else None)
    if clock is None:
        return Nearest(None, 0, (), -FAR, FAR)
    at_once = book.due_at(clock.due) or [clock]
    many = Counter(each.kind for each in at_once)
    # Of several kinds due at the same second the one that asks the most people, then the rulebook's order.
    kind = min(many, key=lambda name: (-many[name], KINDS.index(name)))
    alike = [each for each in at_once if each.kind == kind]
    clock = alike[0]
    people = Counter(person for each in alike for person in each.who)
    # Nothing is due between now and then, and once nothing is left to run out nothing will be.
    return Nearest(clock, len(alike), tuple(people.most_common()), now, FAR if coming is None else clock.due + 1)
