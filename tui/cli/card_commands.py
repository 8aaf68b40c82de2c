"""The commands that take a card from draft to active (see `commands`)."""

from __future__ import annotations

from tui.cli.grammar import Command
from tui.i18n import N_

CARD_COMMANDS = (
    Command(
        "new",
        "[NAME...]",
        "[--template NAME] [--like CARD] [--lead NAME] [--departments A,B] [--start WHEN] [--finish WHEN] "
        "[--goal TEXT] [--scope TEXT] [--resources TEXT] [--mechanism TEXT] [--project TEXT] [--category WORD] "
        "[--type WORD] [--priority WORD] [--set FIELD=VALUE...]",
        N_("Make a card, from a template or like an earlier one; without NAME: list the templates."),
        "tui.cli.cards:new",
    ),
    Command(
        "edit",
        "ID FIELD=VALUE...",
        "",
        N_("Change fields, written FIELD=VALUE: of a card, subtask, meeting, department, person; a duty is CARD/DEPT."),
        "tui.cli.editing:edit",
    ),
    Command(
        "circulate",
        "CARD",
        "[--reason TEXT]",
        N_("Send a draft to its departments, or ask anew who objected; --reason: the lead passes the gate."),
        "tui.cli.cards:circulate",
    ),
    Command("confirm", "CARD", "[--department NAME]", N_("Confirm a card for a department."), "tui.cli.cards:confirm"),
    Command(
        "object",
        "CARD TEXT...",
        "[--department NAME]",
        N_("Object to a card for a department, with the concrete change."),
        "tui.cli.cards:object_to",
    ),
    Command(
        "ask",
        "CARD TEXT...",
        "[--department NAME] [--reply]",
        N_("Ask the requester contact of a card for information; --reply: answer what a department asked."),
        "tui.cli.cards:ask",
    ),
    Command(
        "sign",
        "CARD",
        "[--department NAME] [--means TEXT]",
        N_("Sign a card for a department; --means: here, an OA number, or paper with a link."),
        "tui.cli.cards:sign",
    ),
    Command(
        "activate",
        "CARD",
        "[--reason TEXT]",
        N_("Start the work on a card; --reason: the lead passes the gate."),
        "tui.cli.cards:activate",
    ),
    Command("seen", "CARD", "", N_("Say that you have seen a card and have no objection."), "tui.cli.cards:seen"),
    Command(
        "attach",
        "CARD NAME...",
        "[--edition TEXT] [--link WHERE]",
        N_("Attach a paper to a card: its name, version and link."),
        "tui.cli.cards:attach",
    ),
    Command("next", "CARD", "", N_("Make the next card of one that recurs."), "tui.cli.cards:make_next"),
)
"""In the order of a card's life."""
