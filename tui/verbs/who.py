"""Who sits here: asked once, before the first change of a login the board does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    return _Asking(screen, then).entry()


class _Asking:
    """The question to one screen, and what becomes of the answer."""

    def __init__(self, screen: DeckScreen, then: Callable[[], None]) -> None:
        self._screen, self._then = screen, then
        self._login = screen.deck.session.login
        self._said = ""

    def entry(self) -> Entry:
        """A line for a name."""
        names = tuple(person.name for person in self._people())
        return Entry(
            key="who",
            heading=Text(
                _('Who are you? login "{login}" is not on this board. Type a name.').format(login=self._login)
            ),
            fields=[Field("name", _("name"), options=names, required=True)],
            initial={"name": self._screen.deck.session.wanted},
            echo=self._echo,
            submit=self._submit,
            recorded=self._go_on,
            complete=lambda text: next((n for n in names if text and n.startswith(text) and n != text), None),
            confirm=lambda values: _new_here(values["name"].strip(), names),
            keep_draft=False,
        )

    def _people(self) -> Iterable[Person]:
        state = self._screen.state
        return state.board.people.values() if state else ()

    def _known(self, name: str) -> Person | None:
        return next((person for person in self._people() if person.name == name), None)

    def _go_on(self) -> None:
        self._screen.deck.sit_down(self._said)
        self._screen.call_next(self._then)

    def _submit(self, values: Values) -> Sequence[Operation] | None:
        self._said = name = values["name"].strip()
        if not name:
            raise Refused("A name is needed before the first change. Nothing recorded.", code="who")
        person, login = self._known(name), self._login
        if person is None:
            return [AddPerson(name=name, logins=(login,) if login else ())]
        if login and person.logins and login not in person.logins:
            text = "{name} has another login already. Start with --as {name}, or the administrator adds this one."
            raise Refused(text, code="refuse.login", name=name)
        if login:
            return [ClaimLogin(person=person.id, login=login)]
        self._go_on()  # a system without login names: nothing to remember
        return None

    def _echo(self, values: Values) -> Echo:
        name = values["name"].strip()
        if not name:
            return Echo(Text(""))
        text = _("{name} is new here and will have no role.")
        if self._known(name) is not None:
            text = _('{name} is on this board: login "{login}" will be theirs.')
        return Echo(Text(text.format(name=name, login=self._login)))


def _new_here(name: str, names: Sequence[str]) -> str | None:
    """What is asked before a name nobody has becomes a person; the first person of a board is nobody's slip."""
    if not name or not names or name in names:
        return None
    if close := get_close_matches(name, names, 1, 0.3):
        text = _('"{name}" is not on this board. Did you mean {close}? Enter again: a new person without a role.')
        return text.format(name=name, close=close[0])
    return _('"{name}" is not on this board. Enter again: a new person without a role.').format(name=name)
