"""Results at closing: what an operation adds to its own changes for every clock it closes (rulebook §8).

Worked out under the lock, where an operation is settled: the clocks of the cards it touches before and after it. A
clock that ran before and is met or void after it gets one record of the table `results`, under an id that follows from
the clock, so that it stands once however often it is asked for and an undo of the operation takes it away again. So do
those that come in closed (an import) and those that time closed (a delay announced before its subtask lagged), the
latter at the latest when a rule or the calendar changes. A progress entry keeps the point it served in its own field
`due`. Pure: the same Board, operation and calendar give the same records on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

import msgspec

from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop, Put, add, compact, put
from store.moving import moved_with_event
from store.rules.clock_changes import BY_CARD, BY_SUBTASK, cards_of
from store.rules.clock_facts import OWES, Facts
from store.rules.clock_makers import made, prepared
from store.rules.clocks import Clock
from store.rules.clocks_cards import has_run, notice_due
from store.rules.clocks_work import closed_progress
from store.rules.frozen import Key, key_of, result_id
from store.rules.part import Part
from store.rules.rule_values import calendar_used, rule_of
from store.rules.working_time import WorkingTime

CLOCKED: Final = frozenset({"cards", "steps", "sync", "meetings", *BY_CARD, *BY_SUBTASK})
"""Tables of which a change may close a clock."""
CLOSING: Final = frozenset(
    {"stage", "status", "state", "answer", "verdict", "tier", "percent", "starts", "deliverable"}
)
"""Fields beside the instants (`..._at`) of which a change may close a clock: no other is looked at."""
NO_ROW: Final = frozenset({"progress"})
"""Kinds met without a record of their own: a year has 45,000 entries, and each keeps the point it served."""
NO_RULES: Final = frozenset({"executive", "administrator"})
"""Settings that no clock is worked out from."""


def with_results(
    board: Board, changes: Sequence[Change], working: WorkingTime, now: int, *, reverts: bool = False
) -> tuple[Board, list[Change]]:
    """Return the Board after an operation's changes, and the changes with the results of the clocks they close.

    `now` is when the operation happened, `reverts` that it is an undo: a clock that is gone with what it takes back
    was never met.
    """
    after = _over(board, changes)
    moved = [] if reverts else [*moved_with_event(board, after, changes, working)]
    if moved:
        after, changes = _over(after, moved), [*changes, *moved]
    touched = _touched(board, after, changes)
    if not touched:
        return after, list(changes)
    part = Part(board, touched)
    was = _clocks(_facts(part, working, now), touched)
    facts = _facts(Part(after, touched, part), working, now)
    standing = _clocks(facts, touched)
    found = [*_closed(board, after, was, standing)]
    if not reverts or _rules_change(board, changes):
        found += _unkept(board, after, was, standing, facts)
    if not reverts:
        found += _ended(after, was, standing, now)
    kept = board.table("results") if found else {}
    changed = [_change(kept.get(result_id(key_of(clock))), board, clock, working) for clock in found]
    own = {change.id for change in changes if change.table == "results"}  # a redo gives them back itself
    results = compact(each for each in (*changed, *_moved(board, was, standing)) if each.id not in own)
    remain = {change.id for change in changes if _would_move(board, after, change, standing)} if reverts else set()
    if remain:
        changes = [change for change in changes if change.table != "results" or change.id not in remain]
        after = _over(board, changes)
    dues = _dues(facts, changes)
    served = [put(after.progress[key], due=due) for key, due in dues.items()]
    return _over(after, [*results, *served]) if results or served else after, [*_with_dues(changes, dues), *results]


def _over(board: Board, changes: Iterable[Change]) -> Board:
    after = board.with_changes(changes)
    after.take_parent()
    return after


def _touched(before: Board, after: Board, changes: Iterable[Change]) -> frozenset[int | None]:
    """Return the cards whose clocks the changes may close or bring in closed; all of them where rules change."""
    if _rules_change(before, changes):
        return frozenset((*before.cards, None))
    found: set[int | None] = set()
    for change in changes:
        if change.table in CLOCKED and _may_close(change):
            for board in (before, after):
                found.update(cards_of(board, change.table, [change.id]))
    return frozenset(found)


def _rules_change(board: Board, changes: Iterable[Change]) -> bool:
    """Say whether a rule or the calendar changes: what closed by itself, as time went by, is kept before it does."""
    for change in changes:
        if change.table == "settings":
            kept = board.table("settings").get(change.id)
            key = change.record.get("key") if isinstance(change, Add) and change.record else getattr(kept, "key", "")
            if key not in NO_RULES:
                return True
    return False


def _may_close(change: Change) -> bool:
    return not isinstance(change, Put) or any(name.endswith("_at") or name in CLOSING for name in change.fields)


def _facts(part: Part, working: WorkingTime, now: int | None = None) -> Facts:
    # A Part answers what a Board answers about its cards.
    return Facts(cast("Board", part), working, closed=now is not None, few=True, now=now)


def _clocks(facts: Facts, cards: Iterable[int | None]) -> dict[Key, Clock]:
    """Return the clocks of these cards, running and closed; what is met without a row of its own is not among them."""
    makers = prepared(facts)
    there = {key: facts.board.cards.get(key or 0) for key in cards}
    return {
        key_of(clock): clock
        for key, card in there.items()
        if card is not None or key is None
        for clock in made(facts, makers, card)
    }


def _closed(before: Board, after: Board, was: Mapping[Key, Clock], standing: Mapping[Key, Clock]) -> Iterator[Clock]:
    """Yield the clocks that ran before and are met or void for good now, with the due they ran to."""
    for key, clock in standing.items():
        ran = was.get(key)
        if ran is None or clock.is_open or _for_now(after, clock):
            continue
        if ran.is_open or _for_now(before, ran):
            yield msgspec.structs.replace(ran, closed=clock.closed, void=clock.void)


def _unkept(
    before: Board, after: Board, was: Mapping[Key, Clock], standing: Mapping[Key, Clock], facts: Facts
) -> Iterator[Clock]:
    """Yield the clocks that no operation closed: those that come in closed, and those time closed meanwhile."""
    for key, clock in standing.items():
        if clock.is_open or _for_now(after, clock):
            continue
        ran = was.get(key)
        if ran is None:
            yield _born(before, clock, facts)
        elif not ran.is_open and not _for_now(before, ran) and result_id(key) not in before.results:
            yield ran


def _would_move(before: Board, after: Board, change: Change, standing: Mapping[Key, Clock]) -> bool:
    """Say whether an undo takes back the result of a clock that stays closed, and rules have changed since it stood."""
    kept = before.results.get(change.id) if change.table == "results" and isinstance(change, Drop) else None
    clock = standing.get(key_of(kept)) if kept is not None else None
    if kept is None or clock is None or clock.is_open or _for_now(after, clock):
        return False
    return clock.due != kept.due


def _moved(before: Board, was: Mapping[Key, Clock], standing: Mapping[Key, Clock]) -> Iterator[Change]:
    """Yield when clocks closed, of those that were closed before: what is entered later counts from when it happened.

    Their due, rule and calendar stay as they were stored.
    """
    for key, clock in standing.items():
        ran = was.get(key)
        if ran is None or clock.is_open or ran.is_open or (ran.closed, ran.void) == (clock.closed, clock.void):
            continue
        kept = before.results.get(result_id(key))
        if kept is not None:
            yield put(kept, closed=clock.closed, void=clock.void)


def _born(before: Board, clock: Clock, facts: Facts) -> Clock:
    """Return a clock that nobody had seen run; a change announced counts from the date the milestone had."""
    milestone = before.milestones.get(clock.subject) if clock.kind == "change_notice" else None
    due = notice_due(facts, milestone) if milestone is not None else None
    return clock if due is None else msgspec.structs.replace(clock, due=due)


def _ended(after: Board, was: Mapping[Key, Clock], standing: Mapping[Key, Clock], now: int) -> Iterator[Clock]:
    """Yield the clocks that ran before and left no trace: sent back, moved, or over already when they went."""
    left = {(clock.kind, clock.table, clock.subject): clock for clock in standing.values()}
    for key, ran in was.items():
        if key in standing or not ran.is_open or ran.kind in NO_ROW:
            continue
        same = left.get((ran.kind, ran.table, ran.subject))
        if same is not None:
            moved = ran.kind == "meeting" and same.is_open and same.due != ran.due
        else:
            # Whoever answered did not leave the record in another state for nothing: it was sent back.
            moved = _sent_back(after, ran) or (now > ran.due and ran.subject in after.table(ran.table))
        if moved:
            yield msgspec.structs.replace(ran, closed=now)


def _sent_back(after: Board, clock: Clock) -> bool:
    subtask = after.subtasks.get(clock.subject) if clock.kind == "accept_subtask" else None
    return subtask is not None and subtask.status in OWES


def _for_now(board: Board, clock: Clock) -> bool:
    """Say whether a clock is met only until somebody sends its subject back (rulebook §8, "as it was")."""
    if clock.kind == "subtask_due":
        subtask = board.subtasks.get(clock.subject)
        return clock.closed is not None and subtask is not None and subtask.status == "awaiting_acceptance"
    card = board.cards.get(clock.subject) if clock.kind == "card_due" else None
    return clock.closed is not None and card is not None and card.stage == "acceptance"


def _change(kept: r.Record | None, board: Board, clock: Clock, working: WorkingTime) -> Change:
    """Return what stores a result: a new record, or the one a clock left that closed, ran again and closes again."""
    rule, _ = rule_of(board, clock)
    result = r.ClockResult(
        id=result_id(key_of(clock)),
        kind=clock.kind,
        table=clock.table,
        subject=clock.subject,
        card=clock.card,
        started=clock.started,
        due=clock.due,
        closed=clock.closed,
        void=clock.void,
        who=clock.who,
        department=clock.department,
        rule=str(rule) if rule else "",
        calendar=calendar_used(clock, rule, working),
    )
    if kept is None:
        return add(result)
    fields: dict[str, Any] = msgspec.structs.asdict(result)
    del fields["id"]
    return put(kept, **fields)


def _dues(facts: Facts, changes: Iterable[Change]) -> dict[int, int]:
    """Return the points that progress entries the changes add serve, by entry; what owed none has none."""
    after = facts.board
    added: dict[int, list[r.ProgressEntry]] = {}
    for change in changes:
        entry = after.progress.get(change.id) if change.table == "progress" and isinstance(change, Add) else None
        if entry is not None and entry.due is None and entry.replaces is None and entry.subtask in after.subtasks:
            added.setdefault(entry.subtask, []).append(entry)
    found: dict[int, int] = {}
    for key, entries in added.items():
        subtask = after.subtasks[key]
        card = after.cards.get(subtask.card)
        if card is not None and has_run(card):
            served = {clock.closed: clock.due for clock in closed_progress(facts, card, subtask)}
            found |= {entry.id: served[entry.at] for entry in entries if entry.at in served}
    return found


def _with_dues(changes: Iterable[Change], dues: Mapping[int, int]) -> Iterator[Change]:
    """Yield the changes, each progress entry they add with the point it serves."""
    for change in changes:
        if change.table == "progress" and isinstance(change, Add) and change.id in dues:
            change = Add(change.table, change.id, {**(change.record or {}), "due": dues[change.id]})
        yield change
