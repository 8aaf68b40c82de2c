"""Every command once: what it takes, a sentence of help, what runs it (`module:function`, imported when it runs)."""

from __future__ import annotations

from tui.cli.card_commands import CARD_COMMANDS
from tui.cli.grammar import Command
from tui.cli.keeping_commands import KEEPING_COMMANDS
from tui.cli.meeting_commands import MEETING_COMMANDS
from tui.cli.work_commands import WORK_COMMANDS
from tui.i18n import N_

OPEN = Command("", "[BOARD]", "", N_("Open the dashboard of a board."), "tui.cli.boards:open_board")

COMMANDS = (
    Command(
        "demo",
        "",
        "[--fresh]",
        N_("Open the demo board as its lead; --fresh makes it anew."),
        "tui.cli.boards:demo",
    ),
    Command(
        "init",
        "BOARD",
        "[--name NAME]",
        N_("Make a new board; --as NAME is its first person and administrator."),
        "tui.cli.boards:init",
    ),
    Command(
        "import",
        "FILE...",
        "[--card ID] [--only ROWS] [--except ROWS] [--dry-run]",
        N_("Take over papers (xlsx, docx, csv, json); --card: what a division is of; --dry-run only shows what comes."),
        "tui.cli.importing:import_files",
    ),
    Command(
        "export",
        "[PAPER] [ID]",
        "[--format FORMAT] [--to PATH] [--force]",
        N_("Write a paper (minutes, request, register, ...) as a file; without words: list the papers."),
        "tui.cli.export:export",
    ),
    Command(
        "list",
        "WHAT",
        "[--all] [--archived]",
        N_("List cards, subtasks, issues, meetings, sync or clocks; --all: closed clocks too; cards --archived."),
        "tui.cli.lists:list_records",
    ),
    Command(
        "due",
        "",
        "[--who NAME] [--within SPAN] [--all]",
        N_("What waits for a person: over, or due within 24 h (--within 4h, 3d; --all). Silent if nothing does."),
        "tui.cli.due:due",
    ),
    Command("show", "ID", "", N_("Show all of one card, subtask, issue or meeting."), "tui.cli.show:show"),
    *CARD_COMMANDS,
    *MEETING_COMMANDS,
    Command(
        "progress",
        "SUBTASK [PERCENT]",
        "[--done TEXT] [--next TEXT] [--problem TEXT] [--need NAME...]",
        N_("Record progress of a subtask; --need names a department or person (NAME or NAME=TEXT)."),
        "tui.cli.changes:progress",
    ),
    Command(
        "block",
        "SUBTASK",
        "--what TEXT --impact TEXT --tried TEXT --needed TEXT",
        N_("Report a subtask blocked."),
        "tui.cli.changes:block",
    ),
    Command(
        "warn",
        "SUBTASK",
        "--risk TEXT --reason TEXT --scope TEXT --solution TEXT",
        N_("Raise a warning about a subtask or a card."),
        "tui.cli.changes:warn",
    ),
    Command(
        "dispute",
        "CARD",
        "--between DEPT,DEPT --over TEXT --position DEPT=TEXT...",
        N_("Raise a dispute between two departments, with the position of each."),
        "tui.cli.changes:dispute",
    ),
    Command(
        "incident",
        "SUBTASK [TEXT...]",
        "[--kind KIND] [--since WHEN] [--over REASON]",
        N_("Note what is not reported yet (stopped, problem, risk): its report's clock runs; --over: it needs none."),
        "tui.cli.incidents:incident",
    ),
    Command(
        "ack",
        "ISSUE [TEXT...]",
        "",
        N_("Acknowledge an issue; a sentence with it is a response."),
        "tui.cli.changes:acknowledge",
    ),
    Command("escalate", "ISSUE", "--reason TEXT", N_("Move an issue one tier up."), "tui.cli.changes:escalate"),
    Command(
        "resolve",
        "ISSUE",
        "--decision TEXT --department NAME --owner NAME --due WHEN",
        N_("Resolve an issue; on tier 3: rule."),
        "tui.cli.changes:resolve",
    ),
    Command(
        "followup",
        "ISSUE TEXT...",
        "",
        N_("Write a follow-up note to an issue, or to a subtask that has a problem or lags."),
        "tui.cli.events:followup",
    ),
    Command(
        "rule",
        "ISSUE",
        "--decision TEXT --department NAME --owner NAME --due WHEN",
        N_("Rule on an issue that reached tier 3, as the executive."),
        "tui.cli.events:rule",
    ),
    Command(
        "sync",
        "[CARD] [TOPIC...]",
        "[--content TEXT] [--kind KIND] [--to NAME...] [--restricted] [--reference TEXT] [--promise TEXT] [--by NAME] "
        "[--due WHEN] [--sent ENTRY] [--kept ENTRY]",
        N_("List what is to be sent; with CARD and TOPIC: a new entry; --sent, --kept: mark one."),
        "tui.cli.events:sync",
    ),
    Command(
        "digest",
        "",
        "[--week] [--month] [--card ID] [--markdown]",
        N_("Print what happened and what is next, ready for a chat group: today, the week, the month, a card."),
        "tui.cli.digest:print_digest",
    ),
    *WORK_COMMANDS,
    Command(
        "submit",
        "CARD",
        "[--deliverables TEXT] [--acceptor NAME] [--reason TEXT]",
        N_("Submit a card for acceptance, or again after a rectification; --reason passes the gate as its lead."),
        "tui.cli.closing:submit",
    ),
    Command(
        "confirm-support",
        "CARD [TEXT...]",
        "[--department NAME]",
        N_("Say for a supporting department that its part is done, or comment on it."),
        "tui.cli.closing:confirm_support",
    ),
    Command(
        "verdict",
        "CARD VERDICT",
        "[--remarks TEXT] [--until WHEN] [--start WHEN] [--finish WHEN] [--cancel]",
        N_("Judge a card: pass, rectify (--until), fail (--finish: back to work by then; or --cancel)."),
        "tui.cli.closing:verdict",
    ),
    Command(
        "retro",
        "CARD",
        "[--well TEXT] [--short TEXT] [--improvements TEXT] [--waive REASON]",
        N_("Record the retro of a completed card; --waive: a routine card of one department has none."),
        "tui.cli.closing:retro",
    ),
    Command(
        "archive",
        "CARD",
        "[--reason TEXT]",
        N_("Move a completed card from the board into the archive beside it."),
        "tui.cli.closing:archive",
    ),
    Command(
        "reopen",
        "CARD",
        "--reason TEXT [--finish WHEN]",
        N_("Put a completed card back to active, also from the archive; a second acceptance follows."),
        "tui.cli.closing:reopen",
    ),
    Command(
        "summary",
        "CARD",
        "[--markdown]",
        N_("Print the summary report of a card: dates, clocks, issues, changes, acceptance, retro."),
        "tui.cli.closing:summary",
    ),
    Command(
        "tick",
        "",
        "",
        N_("Do what the board does by itself (auto_escalate, lag); for cron."),
        "tui.cli.events:tick",
    ),
    Command(
        "why",
        "SUBJECT KIND",
        "[--department NAME]",
        N_("Show the sum that gives a clock its due: of a card, subtask, issue or meeting, and a kind of clock."),
        "tui.cli.why:explain",
    ),
    Command(
        "settings",
        "[KEY] [VALUE]",
        "",
        N_("Show the board's settings, or set one; an empty VALUE is the default again."),
        "tui.cli.boards:settings",
    ),
    Command(
        "leave",
        "PERSON",
        "[--successor NAME] [--list]",
        N_("Somebody leaves; the successor takes over what they hold (--list shows it and changes nothing)."),
        "tui.cli.leaving:leave",
    ),
    Command(
        "remove-department",
        "DEPARTMENT",
        "[--successor NAME] [--list]",
        N_("Close a department; another takes over what it owns (--list shows it and changes nothing)."),
        "tui.cli.leaving:remove_department",
    ),
    Command(
        "lint",
        "[FILE]",
        "",
        N_("Find the vague words of a text file, or of standard input (-); exit code 1 if there are any."),
        "tui.cli.lint:lint",
    ),
    Command(
        "doctor",
        "[BOARD]",
        "",
        N_("Test where a board lies (locks, replacing, access, clock, speed) and this terminal, in plain words."),
        "tui.cli.doctor:doctor",
    ),
    Command(
        "outbox",
        "",
        "[--retry] [--drop N] [--resend N] [--edit N] [--set FIELD=VALUE...] [--dismiss N]",
        N_("What waits to be written (--retry sends it, --drop gives it up) or was put aside (--resend, --edit)."),
        "tui.cli.outbox:outbox",
    ),
    *KEEPING_COMMANDS,
    Command(
        "log",
        "",
        "[--by NAME] [--record ID] [--since WHEN] [--day WHEN] [--limit N]",
        N_("Show what was done, newest last; --since from an instant on, --day on one date."),
        "tui.cli.log:log",
    ),
    Command("operations", "", "", N_("List the operations `do` runs, with their fields."), "tui.cli.doing:operations"),
    Command(
        "do",
        "[OPERATION] [FIELDS]",
        "[--file FILE]",
        N_("Run an operation; FIELDS is a JSON object, - reads it; --file: [[name, fields, at], ...] in one commit."),
        "tui.cli.doing:do",
    ),
)

LISTS = ("cards", "subtasks", "issues", "meetings", "sync", "clocks")
"""What `list` lists."""
