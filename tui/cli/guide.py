"""`--help`: every command in a line, or one command with its usage."""

from __future__ import annotations

from tui.cli.commands import COMMANDS
from tui.cli.grammar import GLOBALS, Command
from tui.cli.output import Column, Output
from tui.i18n import _


def show_help(command: Command, out: Output) -> None:
    """Print the help of one command; of the program where none was named."""
    out.line(_("Usage: {usage}").format(usage=command.usage))
    out.line()
    if command.name:
        out.line(_(command.help))
    else:
        out.line(_("Cross-department work with live deadlines, on one shared file. Without a command: the dashboard."))
        out.line()
        rows = [(f"{each.name} {each.takes}".strip(), _(each.help)) for each in COMMANDS]
        out.table([Column(_("command")), Column(_("what it does"))], rows)
    out.line()
    out.line(_("Anywhere: {options}").format(options=GLOBALS))
    out.line(_("Exit code: 0 done, 1 refused or failed, 2 the command line is off. All of it: docs/commands.md"))
