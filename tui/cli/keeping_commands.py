"""The commands that keep a board whole: `crossdeck check`, `restore`, `merge`."""

from __future__ import annotations

from tui.cli.grammar import Command
from tui.i18n import N_

KEEPING_COMMANDS = (
    Command(
        "check",
        "",
        "[--repair] [--yes] [--accept]",
        N_("Check the board, its history and what lies beside it; --repair mends what can be mended, and asks."),
        "tui.cli.check:check",
    ),
    Command(
        "restore",
        "[BACKUP]",
        "[--list] [--yes]",
        N_("List the backups of the board, or put one back: shows what comes, goes and changes, and asks."),
        "tui.cli.restore:restore",
    ),
    Command(
        "merge",
        "[COPY]",
        "[--yes]",
        N_("List the copies a sync program left, or take over what only COPY has: shows it, and asks."),
        "tui.cli.merge:merge",
    ),
)
