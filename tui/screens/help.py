"""`?`: keys, glyphs and grammar of the screen in front, drawn from the registry (screens.md §3.9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.settings import RULES
from tui import __version__, words
from tui.cells import fit, width, wrap
from tui.commands import COMMANDS, GROUPS, Command
from tui.entry import Entry, Field
from tui.i18n import _
from tui.key_names import key_text
from tui.look import STYLES, glyph
from tui.screens.base import DeckScreen, method_of
from tui.verbs import VERBS, acts_on
from tui.widgets.lines import ScrolledLines

KEYS = 14
LABEL = 16


class HelpScreen(DeckScreen):
    """Help about the screen it was opened from; `/` filters it."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "help.tcss"]

    def __init__(self, about: DeckScreen) -> None:
        """Remember which screen asked."""
        super().__init__()
        self.about = about
        self.number = about.number  # type: ignore[misc] # the tab stays the one it was opened from
        self.lines = ScrolledLines(id="lines")
        self.filter_text = ""

    def compose_body(self) -> ComposeResult:
        """Lines that scroll."""
        yield self.lines

    def on_mount(self) -> None:
        """Draw."""
        self.lines.can_focus = True
        self.lines.focus()
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """All lines, or those the filter leaves."""
        lines = help_lines(self.about, self.size.width)
        if self.filter_text:
            lines = [line for line in lines if self.filter_text.casefold() in line.plain.casefold()]
        self.lines.show(lines, keep_scroll=False)

    def list_status(self) -> Text:
        """What this is; the footer says how to leave, and the tabs keep their numbers."""
        return Text(_("help").upper() + " ", STYLES["cyan"])

    def unfilter(self) -> bool:
        """Show all lines again."""
        found = bool(self.filter_text)
        self.set_filter("")
        return found

    def set_filter(self, text: str) -> None:
        """Show the lines that hold a text."""
        self.filter_text = text.strip()
        self.draw()

    def do_filter(self) -> None:
        """Filter the help."""
        self.open_panel(
            Entry(
                key="help",
                heading=Text(_("filter the help")),
                fields=[Field("text", _("filter"))],
                submit=lambda _values: None,
                changed=self.set_filter,
                closed=lambda: self.set_filter(""),
                keep_draft=False,
            )
        )

    def do_down(self) -> None:
        """A line down."""
        self.lines.page(1)

    def do_up(self) -> None:
        """A line up."""
        self.lines.page(-1)

    def do_preview_down(self) -> None:
        """A page down."""
        self.lines.turn(1)

    def do_preview_up(self) -> None:
        """A page up."""
        self.lines.turn(-1)

    def do_first(self) -> None:
        """To the top."""
        self.lines.page(-len(self.lines.lines))

    def do_last(self) -> None:
        """To the end."""
        self.lines.page(len(self.lines.lines))

    def footer_commands(self) -> Iterable[str]:
        """What acts on the help, not on the row below it."""
        return ("filter", "back")

    def do_help(self) -> None:
        """`?` again closes."""
        self.app.pop_screen()


def help_lines(screen: DeckScreen, cells: int) -> list[Text]:
    """Commands by group with keys as remapped, then glyphs, the grammar of the progress line, this board.

    Sentences wrap at `cells`.
    """
    lines: list[Text] = []
    for group, title in GROUPS.items():
        here = [c for c in COMMANDS if c.group == group and acts_here(screen, c)]
        if here:
            lines += [Text(), Text(" " + _(title), STYLES["head"])]
            lines += [line for c in here for line in command_lines(screen, c, cells)]
    return [
        line if isinstance(line, Text) else Text(line) for line in [*lines, *_glyphs(), *_grammar(), *_board(screen)]
    ]


def acts_here(screen: DeckScreen, command: Command) -> bool:
    """Whether this screen (or the whole program) has the command."""
    found = screen.current()
    if command.id in VERBS:
        return found is None or acts_on(command.id, found[0]) or command.id in {"add", "progress"}
    return hasattr(screen, method_of(command.id)) or hasattr(screen.deck, method_of(command.id))


def command_lines(screen: DeckScreen, command: Command, cells: int) -> list[Text]:
    """`  p F2   progress   Enter progress: ...`."""
    first = screen.deck.key_of(command.id)
    also = " ".join(key_text(k) for k in command.also if width(k) <= 8)
    line = Text.assemble("  ", (fit(f"{first} {also}".strip(), KEYS), STYLES["key"]), fit(command.name, LABEL), " ")
    indent = line.cell_len
    sentence, *more = wrap(_(command.help), max(LABEL, cells - indent - 1))
    line.append(sentence, STYLES["dim"])
    return [line, *(Text(" " * indent + rest, STYLES["dim"]) for rest in more)]


def _glyphs() -> list[Text | str]:
    bands = "  ".join(f"{glyph('over' if b == 'breached' else b)} {words.band(b)}" for b in words.BANDS if b != "none")
    states = "  ".join(f"{glyph(s)} {words.status(s)}" for s in words.STATUSES)
    marks = _("> cursor   * marked   ^ waiting to be written   ~ cut")
    head = Text(" " + _("Glyphs"), STYLES["head"])
    return ["", head, f"  {bands}", f"  {states}", f"  {marks}"]


def _grammar() -> list[Text | str]:
    head = Text(" " + _("Progress line"), STYLES["head"])
    return [
        "",
        head,
        "  " + _("65 what is done > next ! problem @support from     = no change"),
        "  " + _("!! reports it as blocked   !? as a warning   \\ before a mark makes it text"),
    ]


def _board(screen: DeckScreen) -> list[Text | str]:
    lines: list[Text | str] = ["", Text(" " + _("This board"), STYLES["head"])]
    state = screen.state
    if state is not None:
        settings = state.board.settings
        changed = [f"{k} = {v}" for k, v in settings.rules.items() if v != RULES[k]]
        lines.append("  " + _("rules that differ: {rules}").format(rules=", ".join(changed) or _("none")))
        lines.append("  " + _("region {region}, time zone {zone}").format(region=settings.region, zone=settings.zone))
    session = screen.deck.session
    lines.append("  " + _("board {path}").format(path=session.path))
    lines.append("  " + _("journal and drafts {path}").format(path=session.state_dir))
    lines.append(f"  crossdeck {__version__}")
    return lines
