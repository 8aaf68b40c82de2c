"""Who waits for the lock, in the order they came: `BOARD.lock.wait/`, a small file for each (design §3.2).

A hint and never a right: the lock itself is taken by whoever makes it first. It lets thirty writers wait their turn
instead of drawing lots, of which somebody loses every one, and keeps all but the first from asking all the time. What
a killed session left there only makes others ask more seldom, until it is removed.
"""

from __future__ import annotations

import os

from store.file.disk import Disk, quietly
from store.file.owner import is_gone, machine, started
from store.file.replace import make_sidecar
from store.tokens import random_bits, token_hex

FIRST = 0.0015
"""Seconds between two tries of who comes next; longer the longer that lasts, up to four times that."""
LOOK = 0.005
"""Seconds between two looks at the line, for each place before us, up to `SLOWEST`."""
TURN = 0.06
"""Seconds for each place before us after which one tries all the same: somebody in front may be gone."""
SLOWEST = 0.1
FORGOTTEN = 35.0
"""Seconds after which a place is nobody's: nobody waits for so long (`store.file.lock.PATIENCE`, and some more)."""


class WaitingLine:
    """One session's place. Never raises; where the folder cannot be used, nobody waits in a line."""

    def __init__(self, lock: str, disk: Disk) -> None:
        """`lock` is the path of the lock directory."""
        self._folder, self._disk = lock + ".wait", disk
        self._name = ""
        self._place = 0
        self._tried = self._first = 0.0

    def begin(self, now: float) -> None:
        """Begin to wait: behind the others where there are any, or who has just written would be first again."""
        names = self._living()
        if names:
            self._join(names, now)

    def join(self, now: float) -> None:
        """Stand at the end of the line, once. `now` is monotonic."""
        if not self._name:
            names = self._living()
            make_sidecar(self._disk, self._folder)
            self._join(names, now)

    def _join(self, names: list[str], now: float) -> None:
        last = int(names[-1].partition("-")[0]) if names else 0
        name = f"{last + 1:012}-{token_hex(4)}-{os.getpid()}-{started(os.getpid())}-{machine()}"
        here = os.path.join(self._folder, name)
        try:
            self._disk.close(self._disk.open(here, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            self._name, self._tried, self._first, self._place = name, now, now, len(names)
            since = self._disk.stat(here).st_mtime - FORGOTTEN if names else 0.0
            for before in (os.path.join(self._folder, each) for each in names):
                if self._disk.stat(before).st_mtime >= since:
                    break
                self._disk.unlink(before)
        except OSError:  # no line, or it moved on
            return

    def lets(self, now: float) -> bool:
        """Whether it is our turn to try. `now` is monotonic."""
        if not self._name:
            return True
        names = self._names()
        place = names.index(self._name) if self._name in names else 0  # an old list does not have us
        if place != self._place:
            self._place, self._first = place, now
        if self._place and now - self._tried < TURN * self._place:
            return False
        self._tried = now
        return True

    def pause(self, now: float) -> float | None:
        """Seconds to the next look; None outside a line."""
        if not self._name:
            return None
        wait = min(LOOK * self._place, SLOWEST) or min(FIRST + (now - self._first) / 20, 4 * FIRST)
        return wait * (0.5 + random_bits(16) / 0xFFFF)

    def leave(self) -> None:
        """The wait is over."""
        if self._name:
            quietly(self._disk.unlink, os.path.join(self._folder, self._name))
            self._name = ""
            if not self._names():
                quietly(self._disk.rmdir, self._folder)

    def _living(self) -> list[str]:
        """The line without those who died in it on this machine; their places are removed."""
        names = self._names()
        dead = [name for name in names if _is_dead(name)]
        for name in dead:
            quietly(self._disk.unlink, os.path.join(self._folder, name))
        if dead and len(dead) == len(names):
            quietly(self._disk.rmdir, self._folder)
        return [name for name in names if name not in dead]

    def _names(self) -> list[str]:
        try:
            found = self._disk.listdir(self._folder)
        except OSError:
            return []
        return sorted(name for name in found if name[:12].isdecimal() and name[12:13] == "-")


def _is_dead(name: str) -> bool:
    """Whether a place is that of a process of this machine that is certainly gone."""
    parts = name.split("-")
    return len(parts) == 5 and parts[4] == machine() and parts[2].isdecimal() and is_gone(int(parts[2]), parts[3])
