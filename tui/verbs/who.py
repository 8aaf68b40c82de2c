"""Who sits here: asked once, before the first change of a login the board does not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import Refused
from store.operations.base import Operation
from store.operations.people import AddPerson, ClaimLogin
from store.records import Person
from tui.entry import Echo, Entry, Field, Values
from tui.i18n import _

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


def ask(screen: DeckScreen, then: Callable[[], None]) -> Entry:
    """An existing name takes the login; a new name, asked twice, becomes a person without a role.

    Then the verb goes on.
    """
    login = screen.deck.session.login
    said: list[str] = []
    names = tuple(p.name for p in screen.state.board.people.values()) if screen.state else ()

    def known(name: str) -> Person | None:
        people = screen.state.board.people.values() if screen.state else ()
        return next((p for p in people if p.name == name), None)

    def go_on() -> None:
        screen.deck.sit_down(said[0])
        screen.call_next(then)

    def submit(values: Values) -> Sequence[Operation] | None:
        name = values["name"].strip()
        if not name:
            raise Refused("A name is needed before the first change. Nothing recorded.", code="who")
        said[:] = [name]
        person = known(name)
        if person is None:
            return [AddPerson(name=name, logins=(login,) if login else ())]
        if login and person.logins and login not in person.logins:
            text = "{name} has another login already. Start with --as {name}, or the administrator adds this one."
            raise Refused(text, code="refuse.login", name=name)
        if login:
            return [ClaimLogin(person=person.id, login=login)]
        go_on()  # a system without login names: nothing to remember
        return None

    def echo(values: Values) -> Echo:
        name = values["name"].strip()
        if not name:
            return Echo(Text(""))
        known_text = _('{name} is on this board: login "{login}" will be theirs.')
        new_text = _("{name} is new here and will have no role.")
        return Echo(Text((known_text if known(name) is not None else new_text).format(name=name, login=login)))

    return Entry(
        key="who",
        heading=Text(_('Who are you? login "{login}" is not on this board. Type a name.').format(login=login)),
        fields=[Field("name", _("name"), options=names, required=True)],
        initial={"name": screen.deck.session.wanted},
        parse=lambda line: {"name": line},
        format=lambda values: values.get("name", ""),
        echo=echo,
        submit=submit,
        recorded=go_on,
        complete=lambda text: next((n for n in names if text and n.startswith(text) and n != text), None),
        confirm=lambda values: _new_here(values["name"].strip(), names),
        keep_draft=False,
    )


def _new_here(name: str, names: Sequence[str]) -> str | None:
    """What is asked before a name nobody has becomes a person; the first person of a board is nobody's slip."""
    if not name or not names or name in names:
        return None
    if close := get_close_matches(name, names, 1, 0.3):
        text = _('"{name}" is not on this board. Did you mean {close}? Enter again: a new person without a role.')
        return text.format(name=name, close=close[0])
    return _('"{name}" is not on this board. Enter again: a new person without a role.').format(name=name)
