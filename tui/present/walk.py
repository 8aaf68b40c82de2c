"""The walk: one issue at a time, large by blank lines (screens.md §3.8), its head, timers and summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from store.records import Issue
from store.rules.ladder import TOP_TIER
from store.views.queue import IssueDetail, IssueRow, issue_detail
from store.views.state import BoardState
from tui import words
from tui.cells import fit, wrap
from tui.deeds import step_word
from tui.duration import countdown, elapsed
from tui.field_words import field_word
from tui.frame import NARROW, spread
from tui.i18n import Np_, _, ngettext, p_
from tui.look import STYLES, glyph
from tui.present.issues import STATE_TONE, ladder, late_lines, sides_text
from tui.present.lead import lead_of
from tui.present.lines import labelled
from tui.subjects import day_time, due_text, first_name, subtask_number

SECONDS_SHOWN = 600
"""Timers show seconds up to here, then minutes only (calm: screens.md §0.8)."""
INDENT = 2
MOST_LINES = 4
LABEL = 10
"""Cells of a label: `in writing` stands in full."""
VERBS = {
    "take": Np_("walk", "take"),
    "escalate": Np_("walk", "escalate"),
    "step": Np_("walk", "resolve"),
    "note": Np_("walk", "note"),
    "meet": Np_("walk", "meeting"),
    "sent": Np_("walk", "sent"),
    "snooze": Np_("walk", "snooze"),
}
"""Command -> what it does to the issue shown."""
RULE = Np_("walk", "rule")
DECISION_DONE = Np_("walk", "decision done")


def timer(label: str, seconds: int) -> Text:
    """`this 01:20`; minutes only beyond ten."""
    shown = f"{seconds // 60:02d}:{seconds % 60:02d}" if seconds < SECONDS_SHOWN else elapsed(seconds)
    return Text.assemble((f"{label} ", STYLES["dim"]), fit(shown, 7))


def triage_head(state: BoardState, rows: Sequence[int], at: int, now: int, cells: int) -> Text:
    """`TRIAGE 1/6  done 0  next I-015 讲师档期冲突 ✗ +13m`; resolved issues are done."""
    issues = state.board.issues
    done = sum(issues[key].state == "resolved" for key in rows if key in issues)
    line = Text.assemble(
        " ", (p_("walk", "TRIAGE"), STYLES["strong"]), f" {at + 1}/{len(rows)}   ", p_("walk", "done"), f" {done}   "
    )
    following = state.issue_rows.get(rows[at + 1]) if at + 1 < len(rows) else None
    line.append(p_("walk", "next") + " ", STYLES["dim"])
    if following is None:
        return line.append(p_("walk", "summary"))
    line.append(f"{following.number} ")
    if cells >= NARROW:
        line.append(fit(following.title, 30).rstrip() + " ")
    if following.state == "resolved":
        return line.append(_state_word(following.state), STYLES["green"])
    lead = lead_of(following.clock, now, state.working)
    return line.append(f"{lead.glyph} {lead.time.strip()}", STYLES[lead.band])


def issue_page(state: BoardState, key: int, now: int, cells: int, key_of: Callable[[str], str]) -> list[Text]:
    """One issue as the meeting reads it; the last line says which keys act on it."""
    detail = issue_detail(state, key)
    if detail is None:
        return [Text(), Text("  " + _("This issue is not on the board any more."), STYLES["dim"])]
    row = detail.row
    room = cells - INDENT - 1
    lines = [_lead(state, row, now, cells), Text()]
    lines += [Text(f"{'':{INDENT + 1}}{part}", STYLES["strong"]) for part in wrap(row.title, room, MOST_LINES)]
    lines += [_where(state, row, now, cells), Text()]
    late = late_lines(state, detail, now, room)
    facts = [*late, *_fields(state, detail, room), *_standing(state, detail, now, room)]
    lines += [Text.assemble(" " * INDENT, line) for line in facts]
    return [*lines, Text(), _verbs(row, key_of, cells)]


def _lead(state: BoardState, row: IssueRow, now: int, cells: int) -> Text:
    """The clock and who must act; right: kind, number, ladder, and how long it has been in this tier."""
    lead = lead_of(row.clock, now, state.working)
    line = Text(" " * INDENT)
    if row.state == "resolved":
        line.append(f" {_state_word('resolved')} ", STYLES["green"])
    else:
        line.append(f" {lead.glyph} {lead.word} {lead.time.strip()}".rstrip() + " ", STYLES[lead.band])
    if row.clock is not None:
        line.append(f"  {words.clock(row.clock.kind)}")
    who = first_name(state, row.who)
    if who:
        text = f"  {_('{who} must act').format(who=who)}"
        if cells >= NARROW and row.who == state.roster.lead(state.board.cards.get(row.card)):
            text += f" ({_('lead')})"
        line.append(text)
    right = Text.assemble((f"{glyph(row.kind)}{words.issue_kind(row.kind)} {row.number}", STYLES["strong"]))
    right.append(f"  {ladder(row.tier)}", STYLES["yellow" if row.tier > 1 else ""])
    if cells >= NARROW and row.state != "resolved":
        right.append(f"  {_('in this tier {time}').format(time=elapsed(row.in_tier(now)))}", STYLES["dim"])
    return spread(line, right.append(" "), cells)


def _where(state: BoardState, row: IssueRow, now: int, cells: int) -> Text:
    """From whom to whom, on which subtask or card, in which state."""
    subtask, card = state.board.subtasks.get(row.subtask or 0), state.board.cards.get(row.card)
    if subtask is not None:
        number = subtask.number if cells >= NARROW else subtask_number(subtask)
        about = f"{number} {subtask.name}"
    else:
        about = f"{row.card_number} {card.name if card else ''}"
    line = Text.assemble(" " * (INDENT + 1), sides_text(state, row), "   ", about.strip(), "   ")
    line.append(_state_word(row.state), STYLES[STATE_TONE[row.state]])
    if row.snoozed(now) and row.snoozed_until:
        until = _("snoozed until {t}").format(t=day_time(state, row.snoozed_until, now))
        line.append(f"   {until}", STYLES["yellow"])
    return line


def _state_word(state: str) -> str:
    return f"{glyph(state)} {words.issue_state(state)}"


def _fields(state: BoardState, detail: IssueDetail, room: int) -> list[Text]:
    """What was reported, without the first field: that is the title."""
    lines: list[Text] = []
    for name, text in detail.texts[1:]:
        lines += _told(field_word(name), text, room)
    for department, text in detail.positions:
        lines += _told(state.board.department_name(department), text, room)
    return lines


def _told(label: str, text: str, room: int, style: str = "") -> list[Text]:
    """A text behind its label; nothing for an empty one."""
    if not text.strip():
        return []
    parts = wrap(text, max(10, room - LABEL - 2), MOST_LINES)
    return labelled(label, [Text(part, STYLES[style]) for part in parts], LABEL)


def _standing(state: BoardState, detail: IssueDetail, now: int, room: int) -> list[Text]:
    """The last step, then where it goes: its tier, or what was decided and whether everybody has it."""
    lines: list[Text] = []
    if detail.steps:
        step = detail.steps[-1]
        who = "" if step.auto else f" {state.board.person_name(step.by)}"
        said = f"{day_time(state, step.at, now)} {step_word(step)}{who}"
        said += f": {step.text}" if step.text and step.text != detail.row.title else ""
        lines += _told(p_("label", "last"), said, room)
    issue = state.board.issues[detail.row.id]
    if issue.state == "resolved":
        return lines + _decided(state, issue, now, room)
    clock = detail.row.tier_clock
    if clock is None:
        return lines
    above = ", ".join(state.board.person_name(each) for each in detail.next_tier)
    if detail.row.ran_out(now) and detail.next_tier:
        text = _("Tier {n} has run out. x moves it to {next}.").format(n=detail.row.tier, next=above)
        return lines + _told(p_("label", "tier"), text, room, "red")
    due = f"{due_text(state, clock.due, now)} ({countdown(clock.due - now)})"
    then = (
        _("due {due}, then tier {n}: {who}").format(due=due, n=detail.row.tier + 1, who=above)
        if detail.next_tier
        else _("due {due}, then it stays over until it is ruled on").format(due=due)
    )
    return lines + _told(p_("label", "tier"), then, room)


def _decided(state: BoardState, issue: Issue, now: int, room: int) -> list[Text]:
    board = state.board
    who = f"{board.department_name(issue.resolution_department)} {board.person_name(issue.resolution_owner)}".strip()
    due = due_text(state, issue.resolution_due, now) if issue.resolution_due else "-"
    lines = _told(p_("field", "decision"), f"{issue.decision}  {who}  {due}", room)
    sent = _("sent {t}").format(t=day_time(state, issue.notified_at, now)) if issue.notified_at else _("not sent")
    return lines + _told(p_("label", "in writing"), sent, room, "dim" if issue.notified_at else "yellow")


def _verbs(row: IssueRow, key_of: Callable[[str], str], cells: int) -> Text:
    """`t take  x escalate  d resolve ...`: what can be done with the issue shown."""
    line = Text(" " * (INDENT + 1))
    if cells >= NARROW:
        line.append(_("next step") + "  ", STYLES["dim"])
    for command, label in _possible(row).items():
        line.append(key_of(command), STYLES["key"])
        line.append(f" {p_('walk', label)}  ")
    return line


def _possible(row: IssueRow) -> dict[str, str]:
    """The verbs that can act on an issue as it stands; what cannot is left out."""
    gone, step = {"snooze"} if row.state == "open" else set(), VERBS["step"]
    if row.state == "resolved":
        gone, step = {"take", "escalate", "snooze"}, DECISION_DONE
        if row.clock is None:
            gone.add("step")
    elif row.tier >= TOP_TIER:
        gone, step = gone | {"escalate"}, RULE
    return {command: step if command == "step" else label for command, label in VERBS.items() if command not in gone}


# Summary ------------------------------------------------------------------------------------------------


def to_be_sent(state: BoardState, rows: Sequence[int]) -> list[Issue]:
    """Resolved issues of the walk whose participants do not have the decision in writing yet."""
    issues = [state.board.issues[key] for key in rows if key in state.board.issues]
    return [i for i in issues if i.resolved_at is not None and (i.notified_at or 0) < i.resolved_at]


def summary_parts(state: BoardState, rows: Sequence[int], since: int) -> list[tuple[str, list[Issue]]]:
    """(heading, issues): resolved, touched since the walk began (epoch seconds), left as they were, to be sent."""
    issues = [state.board.issues[key] for key in rows if key in state.board.issues]
    resolved = [i for i in issues if i.state == "resolved"]
    still = [i for i in issues if i.state != "resolved"]
    touched = [i for i in still if any(step.at >= since for step in state.board.steps_of.get(i.id, ()))]
    left = [i for i in still if i not in touched]
    return [
        (words.issue_state("resolved"), resolved),
        (_("dealt with, still open"), touched),
        (_("left as it was"), left),
        (_("to be sent"), to_be_sent(state, rows)),
    ]


def summary_lines(state: BoardState, rows: Sequence[int], since: int, now: int) -> list[Text]:
    """The end of a walk: what became of each issue."""
    title = ngettext("{n} issue in {time}", "{n} issues in {time}", len(rows)).format(
        n=len(rows), time=elapsed(now - since)
    )
    lines = [Text(), Text(f"   {title}", STYLES["strong"]), Text()]
    tones = ("green", "yellow", "dim", "cyan")
    for (heading, issues), tone in zip(summary_parts(state, rows, since), tones, strict=True):
        lines.append(Text(f"   {heading} {len(issues)}", STYLES[tone if issues else "dim"]))
        lines += [Text(f"     {_summary_line(state, issue)}") for issue in issues]
        lines.append(Text())
    return lines


def summary_markdown(state: BoardState, rows: Sequence[int], since: int, now: int) -> str:
    """The same as Markdown, to be copied into a mail or minutes."""
    out = [f"# {p_('walk', 'TRIAGE')} {due_text(state, now)}", ""]
    for heading, issues in summary_parts(state, rows, since):
        out += [f"## {heading} {len(issues)}", ""]
        out += [f"- {_summary_line(state, issue)}" for issue in issues]
        out += [""] if issues else []
    return "\n".join(out)


def _summary_line(state: BoardState, issue: Issue) -> str:
    """Number and title; of a resolved one the decision, who and due, else the last step and who must act."""
    head = f"{issue.number} {issue.title}"
    board = state.board
    if issue.state == "resolved":
        who = f"{board.department_name(issue.resolution_department)} {board.person_name(issue.resolution_owner)}"
        due = due_text(state, issue.resolution_due) if issue.resolution_due else "-"
        return words.labelled(head, f"{issue.decision} | {who.strip()} | {due}")
    who = first_name(state, state.issue_rows[issue.id].who)
    return words.labelled(
        head,
        f"{ladder(issue.tier)} {words.issue_state(issue.state)} | {_('{who} must act').format(who=who or '-')}",
    )
