"""What keys are called: Textual's name of a key -> what stands in the footer, the help and the README."""

from __future__ import annotations

from tui.i18n import Np_, p_

_KEY_TEXT = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "end": "End",
    "ideographic_space": "U+3000",
}
_KEY_WORDS = {
    "space": Np_("keyboard", "Space"),
    "up": Np_("keyboard", "Up"),
    "down": Np_("keyboard", "Down"),
    "left": Np_("keyboard", "Left"),
    "right": Np_("keyboard", "Right"),
}
"""Keys without a letter on them are named in the reader's language."""


def key_text(key: str) -> str:
    """A Textual key name as a person reads it: `slash` is `/`, `f2` is `F2`."""
    if key in _KEY_TEXT:
        return _KEY_TEXT[key]
    if key in _KEY_WORDS:
        return p_("keyboard", _KEY_WORDS[key])
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdecimal() else key
