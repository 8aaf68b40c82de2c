"""Undo and redo: one operation that turns an entry of the history round (core 2.9).

Nothing of the history goes away: an undo is an entry of its own, and redo is the Revert of a Revert.
Progress entries are only ever added (rulebook §4), so they are withdrawn; numbers stay used (§2); final
minutes stay (§6). Refused where somebody built on what would go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final

from msgspec import field

from store import records as r
from store.as_of import PARENTS
from store.board import Board
from store.changes import Add, Change, Drop, Put, add, drop, plain, settle_kinds
from store.errors import NotFound, Refused
from store.operations.act import WHAT, Act, administrators, derived, label
from store.operations.base import Stamp, mint
from store.operations.board_settings import SetSetting
from store.operations.progress import withdrawal
from store.operations.refers import Place, leads_to, refers
from store.operations.shape import members
from store.operations.subtasks import circles_in
from store.rules.entries import corrected_by
from store.undoing import BY_ITSELF, DONE, REVERT, Later, Turns, changes_of

STAYS: Final = frozenset({"counters", "clients", "history"})
"""Tables that are left as they are: a number is given once."""
PEOPLE: Final = frozenset({"AddPerson", "ClaimLogin", "EditPerson"})
"""Operations about who sits where: the administrator edits that."""
ADMINISTRATORS: Final = frozenset({"AddDepartment", "EditDepartment"})
"""Operations that need the administrator, as it takes one to turn them round."""
RESTORE: Final = "RestoreBoard"
"""The operation that puts records back as a backup has them (`store.operations.prepared`)."""
MOST: Final = 40
"""Characters of a text that names a record."""


class Revert(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Undo an operation of one's own; of an undo: redo it. Refused where others built on it since.

    Args:
        id: minted.
        entry: its number in the history (`crossdeck log --json`).
        client: the session it was made in; with n what it is found by if the history was restored meanwhile.
        n: its number in that session.
        record: the record the history files this under; left out, the board.
    """

    kept: ClassVar[bool] = True
    about: ClassVar[str] = "record"

    id: int = field(default_factory=mint)
    entry: int
    client: str = ""
    n: int = 0
    record: int = 0

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """An own entry that changed something and can be turned round, and nothing was built on it."""
        turns = Turns(board)
        entry = self._entry(turns)
        if entry is None:
            yield NotFound(
                "There is no entry {entry} in this board's history; what is older cannot be undone.", entry=self.entry
            )
            return
        found = next(_never(board, by, turns, entry), None) or next(_conflicts(board, turns, entry), None)
        if found:
            yield found
            return
        changes = self.apply(board, by)
        after = board.with_changes(changes)
        yield from _references(board, after, changes)
        yield from _settings(board, after, changes, by)
        yield from circles_in(after, changes)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The entry's changes turned round, last one first."""
        turns = Turns(board)
        entry = self._entry(turns)
        if entry is None:
            return []
        exact = turns.entries.get(turns.root(entry.id), entry).operation == RESTORE
        return [*self._turned(board, changes_of(entry), by, exact=exact)]

    def _entry(self, turns: Turns) -> r.HistoryEntry | None:
        return turns.find({"entry": self.entry, "client": self.client, "n": self.n})

    def _turned(self, board: Board, changes: Iterable[Change], by: Stamp, *, exact: bool) -> Iterator[Change]:
        changes = [change for change in changes if change.table not in STAYS and not _kept_anew(board, change)]
        gone = {(change.table, change.id) for change in changes if isinstance(change, Add)}
        for change in reversed(changes):
            if isinstance(change, Put):
                yield Put(change.table, change.id, {name: (new, old) for name, (old, new) in change.fields.items()})
            elif isinstance(change, Drop):
                yield Add(change.table, change.id, change.record)
            else:
                record: Any = board.table(change.table)[change.id]
                # Nothing is left that could hold a withdrawal where the subtask goes too (an import); and what a
                # restore brought is no progress somebody took back.
                if change.table == "progress" and not exact and ("subtasks", record.subtask) not in gone:
                    yield add(withdrawal(record, derived("revert", self.id, record.id), by))
                else:
                    yield drop(record)


def _never(board: Board, by: Stamp, turns: Turns, entry: r.HistoryEntry) -> Iterator[Refused]:
    """Why an entry cannot be turned round, whatever became of what it did."""
    operation = turns.entries.get(turns.root(entry.id), entry).operation
    if entry.outcome not in DONE:
        yield Refused("Entry {entry} of the history changed nothing.", code="undo.nothing", entry=entry.id)
    elif entry.by != by.person:
        who = board.person_name(entry.by) or "?"
        yield Refused("{who} did this; nobody else can undo it.", code="undo.other", who=who)
    elif operation == "FinaliseMinutes":
        yield Refused("Final minutes are frozen: this cannot be undone.", code="refuse.final")
    elif operation == "ArchiveCard":
        yield Refused("A card comes back from the archive by being reopened, not by undo.", code="undo.archived")
    elif operation in PEOPLE:
        yield Refused("People and logins are not undone; edit the person: EditPerson.", code="undo.people")
    elif operation == RESTORE and isinstance(entry.payload, dict) and entry.payload.get("damaged"):
        kept = entry.payload["damaged"]
        yield Refused("The damaged board does not come back; it is kept as {file}.", code="undo.damaged", file=kept)
    elif not turns.stands(entry.id):
        yield Refused("This was undone already.", code="undo.twice")
    if any(isinstance(change, Drop) and change.record is None for change in changes_of(entry)):
        yield Refused("The history does not say what was taken away here.", code="undo.old")
    # Of an undo whose operation has left the board's history, what it changes tells.
    departments = operation == REVERT and any(change.table == "departments" for change in changes_of(entry))
    if operation in ADMINISTRATORS or departments:
        yield from administrators(board, by)


def _conflicts(board: Board, turns: Turns, entry: r.HistoryEntry) -> Iterator[Refused]:
    """What others did since on top of it."""
    changes = [c for c in changes_of(entry) if c.table not in STAYS and not _kept_anew(board, c)]
    later = [*turns.later(entry.id)]
    added = {(change.table, change.id) for change in changes if isinstance(change, Add)}
    for change in changes:
        record: Any = board.table(change.table).get(change.id)
        if isinstance(change, Drop):
            if record is not None:
                yield _since(board, later, (change.table, change.id))
        elif record is None:
            yield Refused("A record this would change is gone.", code="gone")
        elif isinstance(change, Put):
            for name, (_, new) in change.fields.items():
                if plain(getattr(record, name, None)) != new and (change.table, change.id) not in added:
                    yield _since(board, later, (change.table, change.id), name)
        elif any((each.table, each.id) in added for one in later for each in one.changes if isinstance(each, Put)):
            yield _since(board, later, (change.table, change.id))
        elif isinstance(record, r.ProgressEntry):
            yield from _reported_since(board, later, record)
    yield from _moved_since(board, later, changes)


def _kept_anew(board: Board, change: Change) -> bool:
    """Whether a result came back, or went, with whatever touched its card since: nobody's work hangs on that."""
    there = change.id in board.results
    return change.table == "results" and (there if isinstance(change, Drop) else not there)


def _since(board: Board, later: list[Later], place: Place, name: str = "") -> Refused:
    """The error for a record (or a field of it) that is another one now, with who changed it last."""
    touching = [one for one in later if any(_touches(change, place, name) for change in one.changes)]
    who = board.person_name(touching[-1].entry.by) if touching else ""
    record = board.table(place[0]).get(place[1])
    return _built_on(board, who, place[0], record, name)


def _touches(change: Change, place: Place, name: str) -> bool:
    return (change.table, change.id) == place and (not name or not isinstance(change, Put) or name in change.fields)


def _built_on(board: Board, who: str, table: str, record: Any, name: str = "") -> Refused:
    about = {"who": who or "?", "what": WHAT.get(table, table), "id": _label(board, record)}
    if name:
        return Refused(
            "{who} changed {field} of {what} {id} since; nothing is undone.",
            code="undo.changed",
            field=name.replace("_", " "),
            **about,
        )
    return Refused("{who} went on with {what} {id} since; nothing is undone.", code="undo.changed", **about)


def _reported_since(board: Board, later: Iterable[Later], record: r.ProgressEntry) -> Iterator[Refused]:
    """Progress on the same subtask that counts from a later report on."""
    entries = [each for each in board.progress.values() if each.subtask == record.subtask]
    stands_for = corrected_by(entries).get(record.id)
    subtask = board.subtasks.get(record.subtask)
    if stands_for is not None:
        yield _built_on(board, board.person_name(stands_for.by), "subtasks", subtask)
    here = {each.id for each in entries}
    for one in later:
        if any(isinstance(each, Add) and each.table == "progress" and each.id in here for each in one.changes):
            yield _built_on(board, board.person_name(one.entry.by), "subtasks", subtask)


def _moved_since(board: Board, later: Iterable[Later], changes: list[Change]) -> Iterator[Refused]:
    """A state that came of it: of what a record here hangs on, or work below a state that would go back."""
    above = {place for change in changes for place in _above(board, (change.table, change.id))}
    steps = {(change.table, change.id) for change in changes if isinstance(change, Put) and _states(change)}
    for one in later:
        if one.entry.operation in BY_ITSELF:
            continue  # nobody went on with anything
        for change in one.changes:
            place = (change.table, change.id)
            on = place if place in above and isinstance(change, Put) and _states(change) else None
            on = on or next((each for each in _above(board, place) if each in steps), None)
            if on is not None:
                who = board.person_name(one.entry.by)
                yield _built_on(board, who, on[0], board.table(on[0]).get(on[1]))


def _states(change: Put) -> bool:
    kinds = settle_kinds(change.table)
    return any(kinds.get(name) == "state" for name in change.fields)


def _above(board: Board, place: Place) -> set[Place]:
    """Everything a record hangs on."""
    found: set[Place] = set()
    todo = [place]
    while todo:
        table, key = todo.pop()
        record = board.table(table).get(key)
        for name, parent in PARENTS.items():
            above = getattr(record, name, None)
            if above and (parent, above) not in found:
                found.add((parent, above))
                todo.append((parent, above))
    return found


def _references(board: Board, after: Board, changes: list[Change]) -> Iterator[Refused]:
    """What would refer to nothing: others to a record that goes, or what comes back to one that went."""
    gone = {(change.table, change.id) for change in changes if isinstance(change, Drop)}
    back = {(change.table, change.id) for change in changes if not isinstance(change, Drop)}
    for table, key in back:
        for to, other in refers(after.table(table)[key], members(r.TABLES[table])):
            if other not in after.table(to) and not (to == "cards" and other in after.archived):
                yield Refused("What this refers to is gone; nothing is undone.", code="gone")
    tables = {table for table, _ in gone}
    for table in r.TABLES if gone else ():
        # Most fields cannot refer to what goes; asking only those that can keeps a large board quick.
        fields = {name: shape for name, shape in members(r.TABLES[table]).items() if leads_to(shape) & tables}
        if table in STAYS or not (fields or table == "settings"):
            continue
        for key, record in after.table(table).items():
            if any(place in gone for place in refers(record, fields)):
                yield Refused(
                    "{what} {id} refers to what would go; nothing is undone.",
                    code="undo.used",
                    what=WHAT.get(table, table),
                    id=_label(board, after.table(table)[key]),
                )
    yield from _doubled(after, back)


def _settings(board: Board, after: Board, changes: list[Change], by: Stamp) -> Iterator[Refused]:
    """A setting that goes back has to fit the others as they are now, and takes the administrator."""
    for change in changes:
        if change.table == "settings":
            there: Any = after.table("settings").get(change.id)
            known: Any = there or board.table("settings").get(change.id)
            yield from SetSetting(key=known.key, value=there.value if there else None).reasons(board, by)


def _doubled(after: Board, back: Iterable[Place]) -> Iterator[Refused]:
    """A department whose name somebody else has by now."""
    names = [department.name for department in after.departments.values()]
    for table, key in back:
        if table == "departments" and names.count(after.departments[key].name) > 1:
            name = after.departments[key].name
            yield Refused("{name} is on this board already.", code="refuse.double", name=name)


def _label(board: Board, record: Any) -> str:
    """How a sentence names a record: its number or name, else those of what it hangs on."""
    if record is None:
        return "?"
    title = getattr(record, "title", "") or getattr(record, "topic", "") or getattr(record, "text", "")
    own = label(record)
    if own != "?" or title:
        return own if own != "?" else str(title).partition("\n")[0][:MOST]
    for name, parent in PARENTS.items():
        above = board.table(parent).get(getattr(record, name, None) or 0)
        if above is not None:
            return _label(board, above)
    return str(getattr(record, "key", "") or "?")
