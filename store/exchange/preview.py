"""From files to a plan: what an import would do, shown before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from store.board import Board
from store.errors import ImportProblem
from store.exchange.allocation import read_allocation
from store.exchange.collaboration import read_collaboration
from store.exchange.desk import Desk
from store.exchange.division import read_division
from store.exchange.minutes import read_minutes
from store.exchange.plan import ImportPlan, Skipped, Unclear
from store.exchange.progress import Reports
from store.exchange.raci import matrix, read_raci
from store.exchange.reading import Sheet, bytes_of, read_sheets
from store.exchange.recognise import Entry, Recognised, recognise
from store.exchange.records_json import read_json
from store.exchange.register import read_progress, read_register, read_sync
from store.exchange.task_card import read_task_card
from store.exchange.vague import warnings
from store.rules.working_time import WorkingTime

_ORDER = ("register", "task_card", "collaboration", "division", "raci", "allocation", "progress", "sync", "minutes")
"""Cards first, then what names them, whatever the order of sheets and files."""
_FORMS = frozenset({"task_card", "allocation", "collaboration", "minutes"})
"""Papers with one record each, which have a year of their own."""


def read_import(
    paths: Sequence[Path], board: Board, working: WorkingTime, now: int, *, person: int = 0, card: int | None = None
) -> ImportPlan:
    """What importing these files into this board would create, change and leave, and what is unclear.

    `working` gives the board's zone and close of business, `now` is the time of the import (epoch
    seconds), `person` the doc id of who imports, `card` that of the card for papers that name none. Raises
    ImportProblem for a file that cannot be read at all; a file named twice is read once.
    """
    if any(path.suffix.lower() == ".json" for path in paths):
        if len(paths) > 1:
            raise ImportProblem("A JSON export is imported alone, without other files.")
        return read_json(paths[0], bytes_of(paths[0]), board, person=person, now=now)
    desk = Desk(board, working, now, person, card)
    found: dict[str, list[Entry]] = {kind: [] for kind in _ORDER}
    for path in _once(paths, desk):
        for sheet in read_sheets(path):
            for entry in _recognised(desk, sheet):
                found[entry.kind].append(entry)
    _read(desk, found)
    plan = desk.drafts.finish()
    plan.vague = list(warnings(plan, board))
    return plan


def _recognised(desk: Desk, sheet: Sheet) -> tuple[Entry, ...]:
    """The entries of a sheet; what was not read of it, or can be overlooked, is listed."""
    plan = desk.drafts.plan
    if sheet.hidden:
        why = ImportProblem("This sheet is hidden. Show it in the workbook to import it.")
        plan.skipped.append(Skipped(sheet.where(), why))
        return ()
    found = matrix(sheet)
    recognised = Recognised(found) if found else recognise(sheet)
    plan.unclear += [Unclear(sheet.where(flaw.place), "", flaw.why) for flaw in sheet.flaws]
    if recognised.reason is not None:
        plan.skipped.append(Skipped(sheet.where(), recognised.reason))
        return ()
    if sheet.hidden_rows:
        why = ImportProblem("{n} rows here are hidden; they are read too.", n=len(sheet.hidden_rows))
        plan.unclear.append(Unclear(sheet.where(f"A{sheet.hidden_rows[0]}"), "", why))
    return recognised.entries


def _once(paths: Sequence[Path], desk: Desk) -> list[Path]:
    """The paths without those that lead to a file named before."""
    kept: dict[Path, Path] = {}
    for path in paths:
        if path.resolve() in kept:
            desk.drafts.plan.skipped.append(Skipped(path.name, ImportProblem("This file was named twice.")))
        kept.setdefault(path.resolve(), path)
    return list(kept.values())


def _by_sheet(entries: list[Entry]) -> list[list[Entry]]:
    """The entries of each sheet; they stand together."""
    return [list(rows) for _, rows in groupby(entries, key=lambda entry: id(entry.sheet))]


def _read(desk: Desk, found: dict[str, list[Entry]]) -> None:
    reports = Reports(desk)
    for kind, entries in found.items():
        # The rows of a table share the year of their sheet.
        by_sheet = {id(rows[0].sheet): desk.dates(rows) for rows in _by_sheet(entries)}
        for entry in entries:
            dates = (
                desk.dates([entry])
                if kind in {"task_card", "allocation", "collaboration"}
                else by_sheet[id(entry.sheet)]
            )
            if kind == "register":
                read_register(desk, entry, dates)
            elif kind == "task_card":
                read_task_card(desk, entry, dates)
            elif kind == "collaboration":
                read_collaboration(desk, entry, dates)
            elif kind == "division":
                read_division(desk, entry, dates)
            elif kind == "raci":
                read_raci(desk, entry)
            elif kind == "minutes":
                read_minutes(desk, entry, dates)
            elif kind == "allocation":
                read_allocation(desk, entry, dates, reports)
            elif kind == "progress":
                read_progress(desk, entry, dates, reports)
            else:
                read_sync(desk, entry, dates)
    reports.settle()
