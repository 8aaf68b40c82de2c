"""Every command once: id, keys, label, sentence of help, group (screens.md §4).

Bindings, footer, palette, help and the README's key table are all drawn from here. A command `a.b`
is carried out by the method `do_a_b` of the screen in front (or of the App); a screen that has no
such method does not have the command. Keys can be remapped by id in the personal settings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding

from tui.i18n import N_, Np_, p_
from tui.key_names import key_text

GROUPS: dict[str, str] = {
    "go": N_("Where to"),
    "act": N_("On this row"),
    "write": N_("Write"),
    "look": N_("Look"),
    "panel": N_("In the panel"),
}
"""Group id -> heading in the help."""


class Command(NamedTuple):
    """One command. `keys` are Textual key names; the first is the one shown."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    also: tuple[str, ...] = ()
    """Second ways to the same command: F keys, full-width twins, arrows."""
    footer: int = 0
    """Place in the footer (1 first); 0: not there."""
    on_row: bool = False
    """Acts on the record under the cursor."""

    @property
    def shown(self) -> str:
        """The first key as a person reads it."""
        return key_text(self.keys[0]) if self.keys else ""

    @property
    def name(self) -> str:
        """The label in the chosen language."""
        return p_("key", self.label)


C = Command
COMMANDS: tuple[Command, ...] = (
    C("goto.1", ("1",), Np_("key", "overview"), N_("All cards, the one that breaches first on top."), "go"),
    C("goto.2", ("2",), Np_("key", "departments"), N_("Each department with its subtasks and clocks."), "go"),
    C("goto.3", ("3",), Np_("key", "escalations"), N_("Open issues, the one that breaches first on top."), "go"),
    C("goto.4", ("4",), Np_("key", "minutes"), N_("Meetings and their minutes."), "go"),
    C("inbox", ("i",), Np_("key", "inbox"), N_("What waits for me, due first."), "go"),
    C("open", ("enter",), Np_("key", "open"), N_("Open the record under the cursor."), "go", footer=8),
    C("back", ("q",), Np_("key", "back"), N_("One level up; at the top it asks before leaving."), "go"),
    C("escape", ("escape",), Np_("key", "back"), N_("Clears the filter, then one level up; never asks."), "go"),
    C("quit", ("ctrl+q",), Np_("key", "quit"), N_("Leave at once; says what is kept."), "go"),
    C(
        "tab_next",
        ("right_square_bracket",),
        Np_("key", "next tab"),
        N_("Next tab of the card, or next screen."),
        "go",
        ("】",),
    ),
    C("tab_back", ("left_square_bracket",), Np_("key", "previous tab"), N_("Previous tab or screen."), "go", ("【",)),
    C(
        "walk",
        ("space",),
        Np_("key", "walk"),
        N_("One record at a time; again for the next."),
        "go",
        ("ideographic_space",),
        footer=12,
    ),
    C(
        "palette",
        ("colon",),
        Np_("key", "commands"),
        N_("Every command by its name, or jump to a number or name."),
        "go",
        ("：", "ctrl+p"),
    ),
    C(
        "progress",
        ("p",),
        Np_("key", "progress"),
        N_("Enter progress: 65 done > next ! problem @support."),
        "act",
        ("f2",),
        1,
        True,
    ),
    C(
        "block",
        ("b",),
        Np_("key", "blocked"),
        N_("Blocked report: what, impact, tried, needed."),
        "act",
        ("f7",),
        2,
        True,
    ),
    C(
        "warn",
        ("w",),
        Np_("key", "warning"),
        N_("Warning: risk, reason, scope of impact, proposed solution."),
        "act",
        (),
        3,
        True,
    ),
    C(
        "dispute",
        ("D",),
        Np_("key", "dispute"),
        N_("Dispute between two departments: over what, each side."),
        "act",
        (),
        0,
        True,
    ),
    C("take", ("t",), Np_("key", "take"), N_("Say yes: confirm, sign, acknowledge, accept."), "act", ("f3",), 4, True),
    C("refuse", ("T",), Np_("key", "object"), N_("Say no, with words: object, send back."), "act", (), 0, True),
    C("escalate", ("x",), Np_("key", "escalate"), N_("One tier up, with a reason."), "act", ("f4",), 5, True),
    C(
        "step",
        ("d",),
        Np_("key", "step"),
        N_("To the next state: circulate, activate, resolve, held, final."),
        "act",
        ("f6",),
        6,
        True,
    ),
    C("note", ("c",), Np_("key", "note"), N_("Follow-up on an issue, sync entry on a card."), "act", ("f8",), 7, True),
    C("meet", ("m",), Np_("key", "meeting"), N_("Call a meeting on this record."), "act", (), 0, True),
    C("sent", ("S",), Np_("key", "mark sent"), N_("Participants have it in writing."), "act", (), 7, True),
    C("snooze", ("Z",), Np_("key", "snooze"), N_("Off the top until a time; its clocks run on."), "act", (), 0, True),
    C("void", ("X",), Np_("key", "void"), N_("Cancel with a reason; never deletes."), "act", (), 0, True),
    C("add", ("a",), Np_("key", "new"), N_("One more of what this list shows."), "write", (), 9),
    C("add_below", ("A",), Np_("key", "new below"), N_("A child: card > subtask, meeting > agenda item."), "write"),
    C("edit", ("e",), Np_("key", "edit"), N_("Change the record under the cursor."), "write", (), 0, True),
    C(
        "to_subtask",
        ("greater_than_sign",),
        Np_("key", "make subtask"),
        N_("The action item becomes a subtask now."),
        "write",
        ("＞", "》"),
    ),
    C("shift_down", ("J",), Np_("key", "line down"), N_("Move the line or agenda item down."), "write"),
    C("shift_up", ("K",), Np_("key", "line up"), N_("Move the line or agenda item up."), "write"),
    C("copy", ("y",), Np_("key", "copy id"), N_("Copy the number of this record."), "write", (), 0, True),
    C(
        "copy_text",
        ("Y",),
        Np_("key", "copy text"),
        N_("Copy a digest as text (today, this week, this month, this card), and write it to a file."),
        "write",
    ),
    C("undo", ("u",), Np_("key", "undo"), N_("Take back my last change; again for the one before."), "write"),
    C("redo", ("U",), Np_("key", "redo"), N_("Give again what I undid last."), "write"),
    C("import", ("O",), Np_("key", "import"), N_("Read a paper (xlsx, docx, csv, json), with a preview."), "write"),
    C("export", ("o",), Np_("key", "export"), N_("A paper of this record or of the board, as a file."), "write"),
    C("attach", (), Np_("key", "attach"), N_("Attach a paper: name, version, link."), "write", (), 0, True),
    C(
        "incident",
        (),
        Np_("key", "incident"),
        N_("Note what is not reported yet: stopped, problem, risk; its clock runs."),
        "act",
        (),
        0,
        True,
    ),
    C("next_card", (), Np_("key", "next card"), N_("The next of a card that recurs."), "write", (), 0, True),
    C("people", (), Np_("key", "people"), N_("Departments and people: new ones, heads, contacts."), "write"),
    C("settings", (), Np_("key", "settings"), N_("The board's settings: rules, calendar, hours."), "write"),
    C(
        "filter",
        ("slash",),
        Np_("key", "filter"),
        N_("Filter as you type: words, dept: who: is:, ! inverts."),
        "look",
        ("／", "、"),
        10,
    ),
    C("presets", ("f",), Np_("key", "presets"), N_("The usual filters with their counts."), "look"),
    C("sort", ("s",), Np_("key", "sort"), N_("Choose the column; again reverses."), "look", (), 11),
    C("mark", ("v",), Np_("key", "mark"), N_("Mark this row."), "look"),
    C("mark_all", ("V",), Np_("key", "mark all"), N_("Mark every row shown, or none."), "look"),
    C("preview", ("z",), Np_("key", "preview"), N_("Preview right, below or off."), "look"),
    C("finding", ("n",), Np_("key", "next finding"), N_("Next row that is breached or waits for me."), "look"),
    C("finding_back", ("N",), Np_("key", "previous finding"), N_("Previous such row."), "look"),
    C("why", ("equals_sign",), Np_("key", "why"), N_("The sum behind the clock of this row."), "look", ("＝",)),
    C("history", ("H",), Np_("key", "history"), N_("Who changed what in this record."), "look"),
    C("here", (), Np_("key", "who is here"), N_("Who has the board open, and where."), "look"),
    C("reread", ("r",), Np_("key", "re-read"), N_("Read the board now and try the waiting changes."), "look", ("f5",)),
    C(
        "help",
        ("question_mark",),
        Np_("key", "help"),
        N_("Keys, glyphs and grammar of this screen."),
        "look",
        ("？", "f9"),
    ),
    C("pane", ("tab",), Np_("key", "other pane"), N_("Next pane of the screen."), "look", ("shift+tab",)),
    C("down", ("j",), Np_("key", "down"), N_("One row down."), "look"),
    C("up", ("k",), Np_("key", "up"), N_("One row up."), "look"),
    C("left", ("h",), Np_("key", "left"), N_("Previous department, cell or record."), "look", ("left",)),
    C("right", ("l",), Np_("key", "right"), N_("Next department, cell or record."), "look", ("right",)),
    C("first", ("g",), Np_("key", "first"), N_("First row."), "look"),
    C("last", ("G",), Np_("key", "last"), N_("Last row."), "look"),
    C("preview_down", ("ctrl+d",), Np_("key", "preview down"), N_("Scroll the preview down."), "look"),
    C("preview_up", ("ctrl+u",), Np_("key", "preview up"), N_("Scroll the preview up."), "look"),
)
"""All commands of the screens, in the order the help shows them."""

PANEL_COMMANDS: tuple[Command, ...] = (
    C(
        "panel.record",
        ("enter",),
        Np_("key", "record"),
        N_("Line: record. Form: next field, on the last one record."),
        "panel",
        ("ctrl+s",),
    ),
    C("panel.close", ("escape",), Np_("key", "close, keep draft"), N_("Nothing typed is lost."), "panel", ("ctrl+g",)),
    C("panel.form", ("tab",), Np_("key", "form"), N_("Line to form and through its fields."), "panel", ("shift+tab",)),
    C(
        "panel.recall",
        ("up",),
        Np_("key", "recall"),
        N_("Earlier lines, this record's own last one first."),
        "panel",
        ("down",),
    ),
    C("panel.complete", ("right",), Np_("key", "complete"), N_("Take the grey suggestion."), "panel", ("end",)),
)
"""Keys of the bottom panel; they act only while it is open."""

BY_ID: Mapping[str, Command] = {c.id: c for c in (*COMMANDS, *PANEL_COMMANDS)}


def bindings(commands: Iterable[Command] = COMMANDS) -> list[Binding]:
    """The bindings of these commands; the binding's id is the command's, so the keymap can move it.

    They never have priority: a letter acts only when no text field has taken it.
    """
    return [
        Binding(",".join((*c.keys, *c.also)), f"command('{c.id}')", c.label, id=c.id, tooltip=c.help, show=False)
        for c in commands
        if c.keys or c.also
    ]


def keymap_problems(keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """(id, keys) of each line of a keymap that names no command or takes a key another command has.

    The screens' commands and the panel's never act at the same time, except leaving the program.
    """
    problems = [(i, keys) for i, keys in keymap.items() if i not in BY_ID]
    for commands in (COMMANDS, (*PANEL_COMMANDS, BY_ID["quit"])):
        keys_of = {c.id: _keys(keymap.get(c.id)) or [*c.keys, *c.also] for c in commands}
        held = Counter(key for keys in keys_of.values() for key in set(keys))
        problems += [(i, keymap[i]) for i, keys in keys_of.items() if i in keymap and any(held[k] > 1 for k in keys)]
    return list(dict.fromkeys(problems))


def _keys(line: str | None) -> list[str]:
    """The keys of a line of a keymap, one or several with commas between."""
    return [key.strip() for key in (line or "").split(",") if key.strip()]
