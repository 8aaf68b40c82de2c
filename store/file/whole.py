"""Small files of this machine (drafts, copies, calendars), put in place whole: a kill never leaves half of one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write `path`, readable by this person alone, in place of an older one; its folder is made if missing.

    Raises OSError, and then what stood there stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        os.replace(passing, path)
    except OSError:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise
