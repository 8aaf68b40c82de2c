"""`p`: the progress line, from one owed report to the next (screens.md §3.7, §5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from rich.text import Text

from store.operations.base import Operation
from store.operations.progress import CorrectProgress, RecordProgress
from store.records import ProgressEntry, Subtask
from store.rules.progress_line import ProgressLine, format_progress, parse_progress
from store.views.numbers import given
from store.views.owed import chain
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui.entry import Choice, Entry, Field, Option, Request, Values
from tui.i18n import _, p_
from tui.look import STYLES
from tui.subjects import day_time, local, subtask_number
from tui.verbs.names import complete_name, known_names, supports_of
from tui.verbs.progress_echo import progress_echo
from tui.verbs.progress_values import as_line, line_of, percent_or_none, values_of
from tui.words import still_owed

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

RECALLED = 20
DEPARTMENTS = 2
"""Number of the departments' screen."""


def names_of(screen: DeckScreen, person: int | None) -> str:
    """A person's name, `-` for nobody."""
    return (screen.state.board.person_name(person) if screen.state else "") or "-"


class Round:
    """One round of owed reports: where it began, and which subtasks it has been at."""

    def __init__(self, screen: DeckScreen, *, card: int | None = None, department: int | None = None) -> None:
        """The chain stays within the card or department first (screens.md §3.7)."""
        self.screen = screen
        self.card, self.department = card, department
        self.been: set[int] = set()
        self.reported: set[int] = set()
        self.told = ""
        """What the last line recorded, said with the end of the round."""

    def owed(self) -> list[SubtaskRow]:
        """The subtasks that owe a report of mine, in order."""
        state = self.screen.state
        if state is None:
            return []
        return list(chain(state, self.screen.deck.now(), card=self.card, department=self.department))

    def left(self) -> list[int]:
        """Those this round has not been at."""
        return [row.id for row in self.owed() if row.id not in self.been]

    def next(self) -> Request | None:
        """The line of the next owed report; None after the last, which is said."""
        found = self.left()
        if found:
            return self.entry(found[0])
        self.say(self._end())
        return None

    def say(self, text: str) -> None:
        """A sentence behind what was recorded just before."""
        self.screen.deck.notice(f"{self.told} {text}".strip())

    def _end(self) -> str:
        """What the round came to: all are in, or some were passed over."""
        owed = self.owed()
        if not owed:
            return _("All reports of today are in.")
        again = [row for row in owed if row.id in self.reported]
        if len(again) == len(owed):
            due = again[0].owed_at
            return _("That was for the report missed before; today's is owed until {t}: {what}.").format(
                t=f"{local(self.screen.state, due):%H:%M}" if self.screen.state and due else "",
                what=", ".join(row.name for row in again),
            )
        owners = Counter(names_of(self.screen, row.owner) for row in owed)
        who = ", ".join(f"{name} {n}" for name, n in owners.items())
        return still_owed(len(owed), who)

    def entry(self, subtask_id: int) -> Entry:
        """The line of one subtask; the cursor goes with it."""
        self.been.add(subtask_id)
        self.told = ""
        self.screen.follow(("subtasks", subtask_id))
        state = self.screen.state
        assert state is not None  # noqa: S101 - a round begins on a state
        return progress_entry(self, state, state.board.subtasks[subtask_id])


def record(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The first owed report here, or the subtask under the cursor."""
    state = screen.state
    if state is None:
        return None
    table, key = refs[0] if refs else ("", 0)
    if table == "issues":
        issue = state.board.issues.get(key)
        table, key = ("subtasks", issue.subtask) if issue and issue.subtask else ("cards", issue.card if issue else 0)
    if table == "subtasks":
        subtask = state.board.subtasks.get(key)
        return _round_of(screen, subtask).entry(key) if subtask else None
    walk = Round(screen, card=key if table == "cards" else None, department=key if table == "departments" else None)
    if walk.left():
        return walk.next()
    return _choose(walk, state, table, key)


def _round_of(screen: DeckScreen, subtask: Subtask) -> Round:
    """The chain goes on within what the screen shows: the department on the departments' screen, else the card."""
    if screen.number == DEPARTMENTS:
        return Round(screen, department=subtask.department)
    return Round(screen, card=subtask.card)


def _choose(walk: Round, state: BoardState, table: str, key: int) -> Request | None:
    """Nothing is owed: any open subtask of the record can still be reported on."""
    rows = [
        s
        for s in state.board.subtasks.values()
        if s.status not in {"done", "cancelled"}
        and (s.card == key if table == "cards" else s.department == key if table == "departments" else False)
    ]
    if not rows:
        walk.screen.deck.notice(_("All reports of today are in."))
        return None
    options = [Option(str(s.id), Text(f"{subtask_number(s)} {s.name}  {s.percent}%")) for s in rows]
    heading = Text(_("All reports of today are in. Another one of:"))
    return Choice(heading, options, lambda chosen: walk.entry(int(chosen)))


def correct(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`e` on a progress entry: the same line again, recorded as an entry that replaces it."""
    state = screen.state
    old = state.board.progress.get(refs[0][1]) if state and refs else None
    if state is None or old is None:
        return None
    walk = Round(screen)
    entry = progress_entry(walk, state, state.board.subtasks[old.subtask], old)
    entry.recorded, entry.skipped = None, None
    return entry


def fields() -> list[Field]:
    """The form behind the line."""
    return [
        Field("percent", _("percent"), _("0 to 100, empty keeps it, = no change")),
        Field("done", p_("column", "done")),
        Field("next", p_("column", "next")),
        Field("problem", p_("column", "problem")),
        Field("support", p_("column", "support"), _("@department or @person, what for")),
    ]


def progress_entry(walk: Round, state: BoardState, subtask: Subtask, old: ProgressEntry | None = None) -> Entry:
    """The Entry of one subtask's report."""
    names = known_names(state)
    sent: list[ProgressLine] = []

    def submit(values: Values) -> Sequence[Operation] | None:
        sent[:] = [line_of(values, names)]
        return [_operation(state, subtask, sent[0], old)]

    return Entry(
        key=f"{walk.screen.deck.me}:{'correct' if old else 'progress'}:{old.id if old else subtask.id}",
        heading=_heading(walk, state, subtask),
        fields=fields(),
        parse=lambda text: values_of(parse_progress(text, names)),
        format=lambda values: format_progress(line_of(values, names, strict=False)),
        echo=lambda values: progress_echo(state, subtask, values, names),
        submit=submit,
        initial=values_of(as_line(old)) if old else {},
        recalled=_recalled(state, subtask),
        recorded=lambda: _after(walk, subtask, sent[0]),
        skipped=walk.next,
        confirm=lambda values: _lower(subtask, values),
        complete=lambda text: complete_name(text, names),
        hint=_("65 done > next ! problem @support   = no change   Enter alone: next one"),
    )


def _heading(walk: Round, state: BoardState, subtask: Subtask) -> Text:
    card = state.board.cards.get(subtask.card)
    head = Text.assemble(
        (p_("key", "progress") + " ", STYLES["dim"]),
        (f"{subtask_number(subtask)} {subtask.name}", STYLES["strong"]),
        f"  {card.name}" if card else "",
    )
    owner = state.board.person_name(subtask.owner)
    if owner and subtask.owner != state.me:
        head.append("  " + _("for {who}").format(who=owner), STYLES["yellow"])
    entries = state.board.progress_of.get(subtask.id)
    if entries:
        last = entries[-1]
        when = day_time(state, last.at, walk.screen.deck.now())
        head.append("  " + _("was {n}%").format(n=subtask.percent) + f" {when} {state.board.person_name(last.by)}")
    owed = [row.id for row in walk.owed()]
    if len(owed) > 1 or (owed and owed[0] != subtask.id):
        head.append("  " + _("owed: {n}").format(n=len(owed)), STYLES["yellow"])
    return head


def _operation(state: BoardState, subtask: Subtask, line: ProgressLine, old: ProgressEntry | None) -> Operation:
    supports = supports_of(state, line.supports)
    if old is not None:
        return CorrectProgress(
            entry=old.id, percent=line.percent, unchanged=line.unchanged, done=line.done, next=line.next,
            problem=line.problem, supports=supports,
        )  # fmt: skip
    return RecordProgress(
        subtask=subtask.id, percent=line.percent, unchanged=line.unchanged, done=line.done, next=line.next,
        problem=line.problem, supports=supports,
    )  # fmt: skip


# Around the line -----------------------------------------------------------------------------------


def _lower(subtask: Subtask, values: Values) -> str | None:
    """Lower than before: Enter twice."""
    percent = values.get("percent", "").strip()
    number = percent_or_none(percent)
    if number is not None and number < subtask.percent:
        return _("{new}%, lower than {old}%. Enter once more records it.").format(new=number, old=subtask.percent)
    return None


def _recalled(state: BoardState, subtask: Subtask) -> list[str]:
    """Earlier lines: this subtask's own last one first, then mine of other subtasks."""
    own = [
        format_progress(as_line(e)) for e in reversed(state.board.progress_of.get(subtask.id, ())) if not e.withdrawn
    ]
    others = sorted((e for e in state.board.progress.values() if e.by == state.me), key=lambda e: -e.at)[:RECALLED]
    lines = own[:RECALLED] + [format_progress(as_line(e)) for e in others if e.subtask != subtask.id]
    return list(dict.fromkeys(line for line in lines if line))


def _after(walk: Round, subtask: Subtask, line: ProgressLine) -> Request | None:
    """What follows a recorded line: the issue it asked for, the deliverable at 100, the next owed report."""
    percent = subtask.percent if line.percent is None else line.percent
    walk.reported.add(subtask.id)
    walk.told = _("Recorded: {id} {pct}%.").format(id=given(subtask.number) or subtask.name, pct=percent)

    def then() -> Request | None:
        return _deliverable(walk, subtask) if line.percent == 100 and not subtask.deliverable else walk.next()

    if line.raise_kind:
        from tui.verbs import issues

        return issues.raise_entry(walk.screen, subtask.id, line.raise_kind, line.problem, then=then)
    return then()


def _deliverable(walk: Round, subtask: Subtask) -> Entry:
    """Handed over: what, and where it lies, which registers it. Enter alone leaves it out."""
    from tui.verbs.handing_over import deliverable_entry, hand_over_as

    said = _("{name} goes to be accepted. Deliverable (name, link); Enter alone: none").format(name=subtask.name)
    key = f"deliverable:{subtask.id}"
    entry = deliverable_entry(walk.screen, key, Text(said), partial(hand_over_as, subtask.id), "")
    return replace(entry, recorded=walk.next, skipped=walk.next)
