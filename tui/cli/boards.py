"""Boards as a whole: open one, the demo, make one, its settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import CrossdeckError, UsageError
from store.operations.base import Stamp
from store.settings import SETTING_KEYS
from tui.cli.context import Run
from tui.cli.output import Column
from tui.i18n import _, language

if TYPE_CHECKING:
    from tui.cli.shapes import Item

NO_TERMINAL = 2
"""Exit code where there is no terminal for the dashboard and the report is printed instead."""


def open_board(run: Run) -> int:
    """`crossdeck [BOARD]`: the dashboard; where no terminal can show it, the report of the board."""
    return _open(run)


def demo(run: Run) -> int:
    """`demo [--fresh]`: the demo board of this machine, opened as its lead."""
    from store.sample import LEAD, make_demo, worn_out

    path = run.state_dir / "demo" / "board.json"
    if run.words.has("fresh") or not path.exists() or worn_out(path, run.clock.now()):
        make_demo(path, run.clock, run.state_dir)
    run.words.values["board"] = [str(path)]
    run.words.values.setdefault("as", [LEAD])
    return _open(run)


def _open(run: Run) -> int:
    from tui import dashboard

    path = run.path
    reason = dashboard.can_open(run.environ)
    if not reason and run.words.text("at"):
        raise UsageError("The dashboard shows the board as it is now. --at goes with: list, show, why, check, log.")
    if not reason:
        return dashboard.run(run.session)
    run.board  # noqa: B018 - a board that cannot be read is the more important thing to say
    from tui.cli.report import report

    report(run)
    run.out.error(_(reason).format(term=run.environ.get("TERM", "") or "?", path=path))
    return NO_TERMINAL


def init(run: Run) -> int:
    """`init BOARD [--name N] [--as NAME]`: a new file with its first person, who is the administrator."""
    from store.file.create import create_board
    from store.operations.board_settings import SetSetting
    from store.operations.people import AddPerson

    login = run.login
    who = run.words.text("as") or run.settings.name or login
    if not who:
        raise UsageError("Who is the first person on this board? Say so: --as NAME.")
    path = Path(run.words.text("board")).expanduser()
    person = AddPerson(name=who, logins=(login,) if login else ())
    settings = [SetSetting(key="administrator", value=person.id)]
    if not language().startswith("zh"):  # a number has to be typed by those who make it
        settings.append(SetSetting(key="card_prefixes", value=["SPECIAL", "ROUTINE", "URGENT"]))
    now = run.clock.now()
    create_board(
        path,
        name=run.words.text("name") or path.stem,
        clock=run.clock,
        stamp=Stamp(person=person.id, at=now, recorded=now, terminal=run.terminal),
        operations=[person, *settings],
        terminal=run.terminal,
    )
    run.session.store.read()
    if run.json:
        rev = run.board.meta.rev
        item = {"operation": "init", "subject": run.board.meta.name, "revision": rev, "pending": False}
        run.out.json(item | {"path": str(path), "administrator": who})
    else:
        run.out.line(_("Made {path}; {who} is its administrator.").format(path=path, who=who))
    return 0


def settings(run: Run) -> int:
    """`settings [KEY [VALUE]]`."""
    from tui.present.settings import meaning, typed

    words = run.words
    if words.has("value"):
        from store.operations.base import decode
        from store.operations.board_settings import SetSetting
        from store.operations.references import resolve_fields
        from tui.cli.performing import perform

        fields = {"key": words.text("key"), "value": words.text("value")}
        decode("SetSetting", found := resolve_fields(SetSetting, fields, run.board))
        return perform(run, SetSetting(**found))
    keys = [words.text("key")] if words.has("key") else list(SETTING_KEYS)
    if keys[0] not in SETTING_KEYS:
        raise CrossdeckError(
            'There is no setting "{key}". `crossdeck settings` lists them.', code="setting", key=keys[0]
        )
    items = [_setting(run, key) for key in keys]
    if run.json:
        run.out.json(items[0] if words.has("key") else items)
    elif words.has("key"):
        run.out.line(typed(items[0]["value"], keys[0]))
    else:
        rows = [
            (key, typed(item["value"], key), typed(item["default"], key) if item["set"] else "", meaning(key))
            for key, item in zip(keys, items, strict=True)
        ]
        heads = [Column(_("setting")), Column(_("value"), cut=True), Column(_("default")), Column("", cut=True)]
        run.out.table(heads, rows)
    return 0


def _setting(run: Run, key: str) -> Item:
    from tui.present.settings import value_of

    value, normal = value_of(run.board, key)
    return {"key": key, "value": value, "default": normal, "set": value != normal}
