"""The commands of meetings and their minutes (see `commands`)."""

from __future__ import annotations

from tui.cli.grammar import Command
from tui.i18n import N_

MEETING_COMMANDS = (
    Command(
        "meet",
        "ON [NAME...]",
        "--start WHEN [--end WHEN] [--kind KIND] [--goal TEXT] [--place TEXT] [--chair NAME] [--recorder NAME] "
        "[--material NAME]",
        N_("Call a meeting on a card or an issue: progress, kickoff, coordination, alignment, review, acceptance..."),
        "tui.cli.meetings:meet",
    ),
    Command(
        "plan",
        "CARD",
        "[--start WHEN] [--end WHEN] [--place TEXT] [--recorder NAME]",
        N_("Plan a card's next regular meeting by its mechanism, past days off; --start moves it."),
        "tui.cli.meetings:plan",
    ),
    Command(
        "minutes",
        "MEETING STEP [TEXT...]",
        "[--ended WHEN] [--reason TEXT] [--line LINE]",
        N_("Take minutes one step on: held, draft, confirm, comment TEXT, final, sent, amend TEXT, cancel TEXT."),
        "tui.cli.meetings:minutes",
    ),
)
