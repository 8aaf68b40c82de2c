"""Verbs of the division of work: handing over, reviewing, inputs, support, letters, milestones."""

from __future__ import annotations

from tui.cli.grammar import Command
from tui.i18n import N_

WORK_COMMANDS = (
    Command(
        "handover",
        "SUBTASK [DELIVERABLE...]",
        "[--link WHERE]",
        N_("Hand a subtask over as done; --link says where the deliverable lies and registers it in the sync log."),
        "tui.cli.division:handover",
    ),
    Command("accept", "SUBTASK", "", N_("Accept a subtask that was handed over."), "tui.cli.division:accept"),
    Command(
        "sendback",
        "SUBTASK",
        "--reason TEXT [--percent N]",
        N_("Send a subtask back to its owner, with what is missing."),
        "tui.cli.division:send_back",
    ),
    Command(
        "joint-review",
        "SUBTASK [TEXT...]",
        "[--department NAME] [--object]",
        N_("Say for a department of the joint review what it thinks of a subtask; --object: it does not agree."),
        "tui.cli.division:joint_review",
    ),
    Command(
        "input",
        "SUBTASK [WHAT...]",
        "[--from NAME] [--due WHEN] [--received]",
        N_("List what a subtask needs from others, ask for it by a date, or say that it is there."),
        "tui.cli.division:needed_input",
    ),
    Command(
        "support",
        "SUBTASK [TEXT...]",
        "[--from NAME] [--answer TEXT] [--decline TEXT]",
        N_("Ask a department or person for support with a subtask, or answer what is asked."),
        "tui.cli.division:support",
    ),
    Command(
        "raci",
        "ID [NAME] [LETTERS]",
        "[--sign DEPT]",
        N_("Show the RACI matrix of a card with its lint, set the letters of a subtask, or sign the division."),
        "tui.cli.division:raci",
    ),
    Command(
        "milestone",
        "CARD [NAME...]",
        "[--due WHEN] [--who NAME] [--output TEXT] [--tentative] [--notice DAYS] [--reached] [--link WHERE] "
        "[--announce TEXT]",
        N_("List milestones, add one (--due 第10个工作日 too), reach one, or announce that it changes."),
        "tui.cli.milestones:milestone",
    ),
)
"""From handing over to milestones."""
