"""Text from outside, made harmless once, at the door.

Import, paste, command line and load of foreign records send every text through `clean`; what leaves
for a terminal outside the dashboard goes through `plain`. Neither knows a screen.

Why: ESC and C1 bytes reach the terminal raw from every widget and act there, bidi controls turn a line
round, zero-width characters make two names look alike, and a lone surrogate cannot be written as UTF-8.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""Stands for a byte that has no business in text, where one must be shown."""

# Invisible, and either a trick (bidi, tags), a source of two equal-looking names, or of a width that
# terminals disagree on (joiners and variation selectors 15 and 16 belong to emoji).
_INVISIBLE: Final = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_SURROGATE: Final = "\ud800-\udfff"
_GONE: Final = f"[\x00-\x08\x0a-\x1f\x7f-\x9f{_INVISIBLE}]+"
_LONE: Final = f"[{_SURROGATE}]"
_RAW: Final = f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_SURROGATE}]"
_UNSEEN: Final = f"[{_INVISIBLE}]+"
# Compiled when the first text needs one: most never do, and a start would spend 2 ms on them.
_compiled: Final = cache(re.compile)


def is_clean(text: str) -> bool:
    """Whether one line of text is certainly harmless: a quick yes, never a wrong one.

    `isprintable` is false for every control, format and surrogate character (and for the ideographic
    blank, which is harmless: such text takes the slow way and comes back unchanged).
    """
    return text.isprintable() and "\ufe0f" not in text and "\ufe0e" not in text


def clean(text: str, *, lines: bool = False) -> str:
    """`text` without characters that act instead of being read; the same object if nothing changes.

    Controls (C0, DEL, C1, so ESC too), bidi controls, zero-width characters and variation selectors
    15/16 are removed; a tab or a line break of any kind becomes one blank. With `lines=True` line breaks
    stay, all written as LF. A lone surrogate becomes U+FFFD. No normalisation: what was typed is kept.
    """
    if is_clean(text):
        return text
    parts = (text + ".").splitlines()  # the dot keeps a break at the very end, which splitlines drops
    out = ("\n" if lines else " ").join(part if is_clean(part) else _clean_line(part) for part in parts)[:-1]
    return text if out == text else out


def _clean_line(line: str) -> str:
    return _compiled(_LONE).sub(REPLACEMENT, _compiled(_GONE).sub("", line.replace("\t", " ")))


def plain(text: str) -> str:
    """A finished line of output as it may go to a terminal: the last net, behind `clean`.

    Controls but tab and newline, and lone surrogates, become U+FFFD (something was there); bidi controls
    and zero-width characters go. The command line prints through this, the dashboard through
    `tui.filters.StripControls`, which uses it too.
    """
    if is_clean(text):
        return text
    out = _compiled(_UNSEEN).sub("", _compiled(_RAW).sub(REPLACEMENT, text))
    return text if out == text else out
