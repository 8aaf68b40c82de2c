"""A paper on its way into a file: which, of what, under which name; what the command line and `o` share."""

from __future__ import annotations

from pathlib import Path

from store.errors import CrossdeckError, UsageError
from store.file.placed import safe_name
from tui.papers.desk import Desk
from tui.papers.every import Kind, built


def target(wanted: str, name: str, folder: Path) -> Path:
    """Where a paper goes: the file `wanted` says, or the safe `name` inside the folder it says (else `folder`).

    `~` is the home; a folder is what is one, or ends in `/`. Raises CrossdeckError for a folder that is not there.
    """
    path = Path(wanted).expanduser() if wanted else folder
    found = path / name if path.is_dir() or wanted.endswith("/") else path
    if not found.parent.is_dir():
        raise CrossdeckError("There is no folder {path}. Make it, or name another.", path=found.parent)
    return found


def check_format(kind: Kind, form: str) -> str:
    """The format asked for, or the paper's first one for "". Raises UsageError for one it does not have."""
    if form and form not in kind.formats:
        raise UsageError(
            '"{value}" is no format of this paper. It has: {formats}.', value=form[:20], formats=", ".join(kind.formats)
        )
    return form or kind.formats[0]


def form_of(kind: Kind, path: str) -> str:
    """The format a path asks for by its ending; a folder (or a name without one) asks for the first.

    Raises UsageError for an ending that is no format of this paper.
    """
    ending = Path(path).suffix.lstrip(".").casefold()
    return check_format(kind, "" if path.endswith("/") or Path(path).expanduser().is_dir() else ending)


def compose(kind: Kind, desk: Desk, key: int, form: str) -> tuple[str, bytes]:
    """The file's safe name and its contents."""
    stem, data = built(kind, desk, key, form)
    return safe_name(stem, form), data
