"""What is unsafe about the place of the board, said at the start: a sync folder (once a day), copies it left.

Looked for in a thread of its own, a while after the first screen: a share that hangs must hold up nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from textual.message import Message

from store.clock import terminal_offset
from store.file.disk import Disk
from store.file.place import conflicted_copies, synced_by
from store.file.whole import write_whole
from tui.i18n import _, ngettext

DAY = 86_400
FILE = "places.json"
"""In the state directory: board file -> the day (since 1970, on this machine's wall) its folder was last warned of."""


class LookedAround(Message):
    """What there is to say about the place of the board."""

    def __init__(self, text: str) -> None:
        """`text` is one line, translated."""
        super().__init__()
        self.text = text


def look_around(path: Path, state_dir: Path, now: int, post: Callable[[Message], object]) -> threading.Thread:
    """Begin to look; `post` gets a LookedAround if there is something to say. `now` is epoch seconds.

    Returns the thread that looks; nobody needs to wait for it.
    """

    def work() -> None:
        text = said(path.resolve(), state_dir, now, Disk())
        if text:
            post(LookedAround(text))

    thread = threading.Thread(target=work, name="surroundings", daemon=True)
    thread.start()
    return thread


def said(path: Path, state_dir: Path, now: int, disk: Disk) -> str:
    """The sentences about the resolved board file; empty if all is well. The folder is warned of once a day."""
    copies = len(conflicted_copies(str(path), disk))
    parts = [_warning(path, state_dir, now, disk)]
    if copies:
        parts.append(
            ngettext(
                "{n} copy of a sync program lies beside the board: crossdeck merge.",
                "{n} copies of a sync program lie beside the board: crossdeck merge.",
                copies,
            ).format(n=copies)
        )
    return " ".join(filter(None, parts))


def _warning(path: Path, state_dir: Path, now: int, disk: Disk) -> str:
    by = synced_by(str(path), disk)
    if not by or not _first_today(path, state_dir / FILE, (now + terminal_offset(now)) // DAY):
        return ""
    return _("{by} syncs this folder: no lock holds, changes may be lost (crossdeck doctor).").format(by=by)


def _first_today(path: Path, kept: Path, day: int) -> bool:
    """Whether this folder was not warned of today yet; from now on it was."""
    try:
        known = msgspec.json.decode(kept.read_bytes(), type=dict[str, int])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        known = {}
    if known.get(str(path)) == day:
        return False
    recent = {place: last for place, last in known.items() if last >= day - 1}
    with suppress(OSError):  # then it is said again, which harms nobody
        write_whole(kept, msgspec.json.encode(recent | {str(path): day}))
    return True
