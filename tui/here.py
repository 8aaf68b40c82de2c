"""Who else has the board open, and where: a thread of its own, because a share that hangs must hold up nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from rich.text import Text
from textual.message import Message

from store.file.presence import EVERY, Sign
from store.port import Signs
from tui.cells import cut
from tui.i18n import Np_, _, ngettext, p_
from tui.look import STYLES

FIRST = 5.0
"""Seconds after the start before the first sign of life: no start waits for it."""
PATIENCE = 0.2
"""Seconds that leaving waits for the sign to be taken away; one that stays is swept by the others."""
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
    """Gives this session's sign of life every half minute and posts `Company` when the others' changed."""

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

    def show(self, name: str, screen: str, login: str) -> None:
        """Who sits here and which screen is in front; a new screen is told at the next sign."""
        before, self._sign = self._sign, Sign(name, screen, login)
        if before.name != name:
            self._wake.set()

    def stop(self) -> None:
        """Take the sign away, unless the share keeps us waiting."""
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        known: tuple[Sign, ...] = ()
        self._stopped.wait(FIRST)
        while not self._stopped.is_set():
            if self._sign.name:
                self._presence.say(self._sign)
                others = self._presence.others()
                if others != known:
                    known = others
                    self._post(Company(others))
            self._wake.wait(EVERY)
            self._wake.clear()
        self._presence.leave()


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
