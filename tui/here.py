"""Who else has the board open, and where: a thread of its own, because a share that hangs must hold up nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message

from store.file.presence import EVERY, Sign
from store.port import Signs
from store.views.numbers import table_of
from tui.cells import cut, fit
from tui.i18n import Np_, _, ngettext, p_
from tui.look import STYLES
from tui.present.fields import record_words
from tui.present.lines import dashes

if TYPE_CHECKING:
    from tui.saying import Saying
    from tui.screens.base import DeckScreen

FIRST = 5.0
"""Seconds after the start before the first sign of life: no start waits for it."""
PATIENCE = 0.2
"""Seconds that leaving waits for the sign to be taken away; one that stays is swept by the others."""
LOOK = 5.0
"""Seconds between two looks for the others while a record is open here: two who write in one place learn it soon."""
SOON = 1.0
"""Seconds in which changes are gathered into one sign."""
NAMED = 3
"""So many are named where there is room."""

SCREENS = {
    "overview": Np_("screen", "overview"),
    "departments": Np_("screen", "dept"),
    "escalations": Np_("screen", "queue"),
    "minutes": Np_("screen", "minutes"),
    "card": Np_("screen", "card"),
}
"""Screen as a sign names it -> its short word."""


class Company(Message):
    """Others came, went or changed their screen."""

    def __init__(self, others: Sequence[Sign]) -> None:
        """`others` are all who are here but this session."""
        super().__init__()
        self.others = tuple(others)


class Here:
    """Gives this session's sign of life (every half minute, and when it opens a record) and posts `Company`."""

    def __init__(self, signs: Signs, post: Callable[[Message], object]) -> None:
        """Nothing is written before `start`, and nothing for somebody without a name."""
        self._presence = signs
        self._post = post
        self._sign = Sign("")
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="here", daemon=True)

    def start(self) -> None:
        """Begin giving signs."""
        self._thread.start()

    def show(self, sign: Sign) -> None:
        """Who sits here, and where. What they have open is told soon, another screen at the next sign."""
        before, self._sign = self._sign, sign
        if (before.name, before.on, before.writing) != (sign.name, sign.on, sign.writing):
            self._wake.set()

    def stop(self) -> None:
        """Take the sign away, unless the share keeps us waiting."""
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        known: tuple[Sign, ...] = ()
        said, said_at = Sign(""), float("-inf")
        self._stopped.wait(FIRST)
        while not self._stopped.is_set():
            sign = self._sign
            if sign.name:
                now = monotonic()
                if now - said_at >= EVERY or (sign.on, sign.writing, sign.name) != (said.on, said.writing, said.name):
                    self._presence.say(sign)
                    said, said_at = sign, now
                others = self._presence.others()
                if others != known:
                    known = others
                    self._post(Company(others))
            self._wake.wait(LOOK if sign.on else EVERY)
            self._stopped.wait(SOON)  # what changes many times a second is told once
            self._wake.clear()
        self._presence.leave()


def sign_of(screen: DeckScreen, name: str, login: str) -> Sign:
    """The sign of somebody on a screen: which one it is, what they have open there, whether they write."""
    found = screen.current() if screen.entering else None
    on = (*screen.open_ids(), *([found[1]] if found else []))
    return Sign(name, screen.place, login, on=tuple(dict.fromkeys(on)), writing=screen.entering or screen.writing)


def beside_words(others: Sequence[Sign], ids: Collection[int]) -> str:
    """`孙悦 is writing here`, `孙悦, 李强 have this open`: who else has one of these records open; empty for nobody."""
    there = [sign for sign in others if not set(ids).isdisjoint(sign.on)]
    writing = [sign for sign in there if sign.writing]
    names = [cut(sign.name, 16) for sign in (writing or there)[:NAMED]]
    if not names:
        return ""
    if writing:
        said = ngettext("{names} is writing here", "{names} are writing here", len(names))
    else:
        said = ngettext("{names} has this open too", "{names} have this open too", len(names))
    return said.format(names=", ".join(names))


def company_pane(deck: Saying, cells: int) -> list[Text]:
    """Everybody who has the board open, a line each: who, which screen, what they have open, whether they write."""
    state = deck.state
    lines = [dashes(_("who is here"), cells)]
    if state is not None:
        me = state.board.person_name(deck.me) or deck.session.login
        lines.append(Text.assemble(" ", (fit(me, 16), STYLES["strong"]), " ", (_("you"), STYLES["dim"])))
    for sign in deck.company:
        known = SCREENS.get(sign.screen)
        where = p_("screen", known) if known else cut(sign.screen, 12)
        line = Text.assemble(" ", (fit(sign.name, 16), STYLES["strong"]), " ", (fit(where, 12), STYLES["dim"]))
        if state is not None:
            named = (record_words(state, table_of(state.board, key), key) for key in sign.on)
            line.append(next(filter(None, named), ""))
        if sign.writing:
            line.append("  " + _("writing"), STYLES["yellow"])
        lines.append(line)
    return lines


def company_text(others: Sequence[Sign], cells: int) -> Text:
    """`3 here: 李强[dept] 陈思[minutes]` in at most `cells`; the number alone where names do not fit; nothing alone."""
    if not others:
        return Text()
    count = ngettext("{n} here", "{n} here", len(others) + 1).format(n=len(others) + 1)
    named = " ".join(map(_named, others[:NAMED]))
    more = f" +{len(others) - NAMED}" if len(others) > NAMED else ""
    whole = Text(_("{count}: {names}").format(count=count, names=named + more), STYLES["dim"])
    return whole if whole.cell_len <= cells else Text(count, STYLES["dim"])


def _named(sign: Sign) -> str:
    """`李强[dept]`: a person and the screen they look at; what another version calls it stays as it is."""
    known = SCREENS.get(sign.screen)
    where = p_("screen", known) if known else cut(sign.screen, 6)
    return f"{cut(sign.name, 8)}[{where}]" if where else cut(sign.name, 8)
