"""The panel's keys as remapped, and the footer that names them (screens.md §4, panels)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.text import Text
from textual.app import App
from textual.binding import BindingsMap

from tui.commands import BY_ID, PANEL_COMMANDS, bindings
from tui.i18n import _, p_
from tui.key_names import key_text
from tui.look import STYLES
from tui.widgets.entry_choice import ChoiceShape
from tui.widgets.entry_shapes import FormShape, LineShape


def panel_keys(app: App[object]) -> dict[str, tuple[str, bool]]:
    """Key -> (command, whether it is the command's first key). A second key is the variant: save, back, down.

    Leaving the program (`quit`) is the one command of the screens that acts while the panel is open.
    """
    found = BindingsMap(bindings((*PANEL_COMMANDS, BY_ID["quit"])))
    found.apply_keymap(app._keymap)  # noqa: SLF001 - Textual itself applies it only along the chain of the focus
    keys: dict[str, tuple[str, bool]] = {}
    seen: set[str] = set()
    for key, each in found.key_to_bindings.items():
        command = each[0].id or ""
        keys[key] = (command, command not in seen)
        seen.add(command)
    return keys


def footer(
    shape: LineShape | FormShape | ChoiceShape | None,
    key_of: Callable[[str], str],
    cells: int,
    keys: Mapping[str, tuple[str, bool]],
) -> Text:
    """What the keys do in this shape, the way out at the right; what does not fit is left out.

    `key_of` names the first key of a command, `keys` are those of `panel_keys`, for the second ones.
    """
    kept = not isinstance(shape, ChoiceShape) and shape is not None and shape.entry.keep_draft
    leave = BY_ID["panel.close"].name if kept else p_("key", "clear") if _is_live(shape) else p_("key", "close")
    if isinstance(shape, ChoiceShape) and shape.choice.question:
        leave = p_("key", "no")
    tail = _piece(key_of("panel.close"), leave)
    line = Text(" ")
    for key, word in _offers(shape, key_of, keys):
        piece = _piece(key, word)
        piece.append("  ")
        if line.cell_len + piece.cell_len + tail.cell_len + 1 > cells:
            break
        line.append_text(piece)
    tail.append(" ")
    line.append(" " * (cells - line.cell_len - tail.cell_len))
    line.append_text(tail)
    return line


def second_key(keys: Mapping[str, tuple[str, bool]], command: str) -> str:
    """The variant of a command's key as a person reads it: save, back, down; empty where it was moved to one key."""
    return next((key_text(key) for key, (known, first) in keys.items() if known == command and not first), "")


def _offers(
    shape: LineShape | FormShape | ChoiceShape | None,
    key_of: Callable[[str], str],
    keys: Mapping[str, tuple[str, bool]],
) -> list[tuple[str, str]]:
    record, form = key_of("panel.record"), key_of("panel.form")
    if isinstance(shape, ChoiceShape) and shape.choice.question:
        return [(record, p_("key", "yes"))]
    if isinstance(shape, ChoiceShape):
        arrows = f"{key_of('panel.recall')} {second_key(keys, 'panel.recall')}".strip()
        tab = [(form, p_("key", "reason"))] if shape.choice.form is not None else []
        return [(record, p_("key", "choose")), (arrows, p_("key", "move")), *tab, (_("type"), p_("key", "filter"))]
    if isinstance(shape, FormShape):
        if shape.on_last:
            return [(record, BY_ID["panel.record"].name)]
        save = second_key(keys, "panel.record")
        offered = [(save, BY_ID["panel.record"].name)] if save else []
        return [(record, p_("key", "next field")), *offered]
    if shape is None:
        return []
    found = [(record, p_("key", "keep") if _is_live(shape) else BY_ID["panel.record"].name)]
    if len(shape.entry.fields) > 1:  # a form of one field is the line again
        found.append((form, BY_ID["panel.form"].name))
    if shape.entry.recalled:
        found.append((key_of("panel.recall"), BY_ID["panel.recall"].name))
    if shape.entry.complete is not None:
        found.append((key_of("panel.complete"), BY_ID["panel.complete"].name))
    return found


def _is_live(shape: LineShape | FormShape | ChoiceShape | None) -> bool:
    """Whether the line acts while it is typed and records nothing: the filter."""
    return isinstance(shape, LineShape) and shape.entry.changed is not None and shape.entry.closed is not None


def _piece(key: str, word: str) -> Text:
    return Text.assemble((key, STYLES["key"]), " ", word)
