"""`due`: what waits for a person, short enough for a login shell; for cron it says nothing when nothing waits."""

from __future__ import annotations

from difflib import get_close_matches

from store.errors import NotFound, UsageError
from store.rules.clocks import Clock
from tui.cli.context import Run
from tui.cli.lists import shapes_of
from tui.i18n import _, ngettext

DAY = 86_400
HOUR = 3_600


def due(run: Run) -> int:
    """Print the clocks on which a person (`--who`, else whoever sits here) must act.

    Those that are over and those due within `--within` (default 24 h); `--all`: every one that runs. A department
    named with `--who` stands for its people.
    """
    shapes = shapes_of(run)
    people, departments = _wanted(run)
    until = None if run.words.has("all") else run.now + _seconds(run)
    found = [
        clock
        for clock in shapes.book.running
        if (until is None or clock.due <= until) and _concerns(clock, people, departments)
    ]
    if run.json:
        run.out.json([shapes.clock(clock) for clock in found])
    elif found:
        from tui.cli.tables import Tables

        Tables(shapes, run.out).clocks(found)
    if not run.json:
        _say_aside(run, people)
    return 0


def _say_aside(run: Run, people: frozenset[int]) -> None:
    """Changes of these people that were put aside wait for them too."""
    count = sum(row.by in people for row in run.seen.asides.values())
    if count:
        text = ngettext(
            "{n} change was put aside: crossdeck outbox.", "{n} changes were put aside: crossdeck outbox.", count
        )
        run.out.line(text.format(n=count))


def _concerns(clock: Clock, people: frozenset[int], departments: frozenset[int]) -> bool:
    return bool(people.intersection(clock.who)) or (clock.department in departments and not clock.who)


def _wanted(run: Run) -> tuple[frozenset[int], frozenset[int]]:
    """Doc ids of the people and departments asked about. Raises NotFound with the closest names; Refused."""
    board, wanted = run.seen, run.words.text("who")
    if not wanted:
        return frozenset({run.me().id}), frozenset()
    folded = wanted.casefold()
    people = {p.id for p in board.people.values() if p.name == wanted or folded in map(str.casefold, p.logins)}
    departments = {d.id for d in board.departments.values() if wanted == d.name or folded == d.code.casefold()}
    if not people and not departments:
        names = [p.name for p in board.people.values()] + [d.name for d in board.departments.values()]
        near = ", ".join(get_close_matches(wanted, names, 3, 0.3))
        hint = " " + _("Did you mean {word}?").format(word=near) if near else ""
        raise NotFound('There is no "{name}" on this board.{nearest}', name=wanted, nearest=hint, closest=near)
    people |= {p.id for p in board.people.values() if p.department in departments}
    return frozenset(people), frozenset(departments)


def _seconds(run: Run) -> int:
    """Seconds ahead to look. Raises UsageError that shows the form."""
    text = run.words.text("within")
    if not text:
        return DAY
    number = text.strip().removesuffix("h").removesuffix("d").strip()
    if not number.isdecimal() or len(number) > 4:
        raise UsageError('--within "{value}" is no span. Write 4h or 3d.', value=text)
    return int(number) * (DAY if text.strip().endswith("d") else HOUR)
