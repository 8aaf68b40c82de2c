"""What is said when the program itself fails: one sentence, and a file for those who mend it."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from tui.i18n import _


def crash_sentence(state: Path) -> str:
    """Write where the error of this moment happened into `state` and say so.

    The file holds places in the program and the error's own words, no local variables.
    """
    path = state / "crash.txt"
    error = sys.exc_info()[1]
    try:
        state.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)) if error else "", encoding="utf-8")
    except OSError:
        return _("crossdeck failed and had to close. What was recorded and typed is safe on this machine.")
    return _(
        "crossdeck failed and had to close. What was recorded and typed is safe on this machine; "
        "where it failed stands in {path}."
    ).format(path=path)
