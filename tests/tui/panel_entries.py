"""Entries for the tests of the bottom panel, and typing as a slow line delivers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.text import Text
from textual import events
from textual.pilot import Pilot

from store.errors import Refused
from store.operations.base import Operation
from tests.tui.panel_deck import PanelDeck, Said
from tui.entry import Echo, Entry, Field, Values

SIZE = (80, 24)
FIELDS = [Field("percent", "percent"), Field("done", "done"), Field("next", "next")]


def parse(line: str) -> Values:
    """`65 done > next`, a small likeness of the progress line."""
    head, _, rest = line.partition(" ")
    done, _, following = (rest if head.isdecimal() else line).partition(" > ")
    return {"percent": head if head.isdecimal() else "", "done": done, "next": following}


def written(values: Values) -> str:
    parts = [values["percent"], values["done"], f"> {values['next']}" if values["next"] else ""]
    return " ".join(filter(None, parts))


def submit(values: Values) -> list[Operation]:
    if int(values["percent"] or 0) > 100:
        raise Refused('Percent is 0 to 100; "{v}" is not.', v=values["percent"])
    return [Said(text="|".join(values[name] for name in ("percent", "done", "next")))]


def echo(values: Values) -> Echo:
    return Echo(Text(f"{values['percent']}% | done {values['done']}"), error=int(values["percent"] or 0) > 100)


def progress(number: int = 1, last: int = 1, **others: Any) -> Entry:
    following: Callable[[], Entry | None] = lambda: progress(number + 1, last, **others) if number < last else None  # noqa: E731
    standard: dict[str, Any] = {"submit": submit, "echo": echo, "recorded": following, "skipped": following}
    return Entry(
        key=f"7:{number}:progress",
        heading=Text(f"progress {number:02}"),
        fields=FIELDS,
        parse=parse,
        format=written,
        **(standard | others),
    )


async def put(pilot: Pilot[Any], text: str) -> None:
    """Type a text character by character, without waiting in between, as a slow line delivers it."""
    app = pilot.app
    for character in text:
        key = {"\r": "enter", "\x1b": "escape", "\t": "tab", "\x7f": "backspace"}.get(character)
        app.post_message(events.Key(key or character, character))
    await pilot.pause()


def heading(deck: PanelDeck) -> str:
    return deck.panel._heading.lines[0].plain
