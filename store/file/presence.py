"""Who is here, on which screen: `BOARD.here/<client>.json`, written every half minute, never the board (design §3).

Ages are told by the server's own times of the files, so that no machine's clock counts. Failure is silent: a share
that refuses the folder costs the list of names and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

import msgspec
from msgspec import Struct

from store.file.disk import Disk, quietly, read_file, write_all
from store.file.replace import make_sidecar
from store.text import clean
from store.tokens import token_hex

EVERY = 30.0
"""Seconds between two signs of life."""
GONE = 100.0
"""Seconds after the last sign from which somebody is not here any more: three missed, and a slow share."""
SWEPT = 86_400.0
"""Seconds after which a sign left by a killed session is removed, by whoever comes across it."""
MOST = 200
"""Signs read at most; a folder with more is not one of ours."""
LONGEST = 2_000
"""Bytes of one sign; what is longer is not one of ours."""
NAME = 40
MOST_OPEN = 8
"""Records of a sign that are looked at."""


class Sign(Struct, frozen=True, omit_defaults=True):
    """One session's sign of life: the person's name and the screen in front (`overview`, `card`, ...).

    `on` are doc ids of what they have open (card, meeting, agenda item), `writing` whether they write there.
    """

    name: str
    screen: str = ""
    login: str = ""
    on: tuple[int, ...] = ()
    writing: bool = False


class Presence:
    """The sign of one session and those of the others. Methods never raise; not for several threads at once."""

    def __init__(self, path: str, client: str, disk: Disk) -> None:
        """`path` is the resolved board file; nothing is made yet."""
        self._folder = path + ".here"
        self._file = os.path.join(self._folder, f"{client}.json")
        self._disk = disk

    def say(self, sign: Sign) -> None:
        """Write this session's sign anew."""
        passing = os.path.join(self._folder, f".{token_hex(4)}.tmp")
        try:
            make_sidecar(self._disk, self._folder)
            fd = self._disk.open(passing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
            try:
                write_all(self._disk, fd, msgspec.json.encode(sign))
            finally:
                self._disk.close(fd)
            self._disk.replace(passing, self._file)
        except OSError:
            quietly(self._disk.unlink, passing)

    def others(self) -> tuple[Sign, ...]:
        """Who else is here by the server's clock, by name; the newest sign of a person counts."""
        try:
            now = self._disk.stat(self._file).st_mtime
            names = self._disk.listdir(self._folder)[:MOST]
        except OSError:
            return ()
        found = {}
        for _age, sign in sorted(self._signs(names, now), key=lambda each: -each[0]):
            found[sign.name] = sign
        return tuple(sorted(found.values(), key=lambda sign: sign.name))

    def leave(self) -> None:
        """Take this session's sign away, and the folder after the last one."""
        quietly(self._disk.unlink, self._file)
        quietly(self._disk.rmdir, self._folder)

    def _signs(self, names: list[str], now: float) -> Iterator[tuple[float, Sign]]:
        """Yield (age in seconds, sign) of the other sessions that are alive; the old ones are swept."""
        for name in names:
            path = os.path.join(self._folder, name)
            if path == self._file or not name.endswith((".json", ".tmp")):
                continue
            with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
                facts = self._disk.stat(path)
                age = now - facts.st_mtime
                if age > SWEPT:
                    self._disk.unlink(path)
                elif age <= GONE and name.endswith(".json") and facts.st_size <= LONGEST:
                    data, _signature = read_file(self._disk, path)
                    sign = msgspec.json.decode(data, type=Sign)
                    name, screen, login = (clean(text)[:NAME] for text in (sign.name, sign.screen, sign.login))
                    yield age, Sign(name, screen, login, sign.on[:MOST_OPEN], sign.writing)
