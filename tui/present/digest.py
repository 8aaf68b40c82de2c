"""The digest as text ready for a chat group: plain, or as Markdown (rulebook §7). No Textual, no Rich."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from store.records import Issue, SyncEntry
from store.rules.clocks import Clock
from store.views.digest import Digest, Moved, Reported
from store.views.state import BoardState
from tui import words
from tui.deeds import report_words
from tui.duration import countdown
from tui.i18n import Np_, _, p_
from tui.subjects import day_time, due_text, subject_words, who_names

Form = Literal["plain", "markdown"]
FORMS: tuple[Form, ...] = ("markdown", "plain")
PERIODS = {
    "today": Np_("digest", "today"),
    "week": Np_("digest", "this week"),
    "month": Np_("digest", "this month"),
}
SYNC_KINDS = {
    "progress": Np_("sync", "progress"),
    "problem": Np_("sync", "problem"),
    "decision": Np_("sync", "decision"),
    "deliverable": Np_("sync", "deliverable"),
    "requirement_change": Np_("sync", "change"),
}
_SPECIAL = re.compile(r"([\\`*\[\]<]|~(?=~)|(?<![^\W_])_|_(?![^\W_]))")
_LINE_START = re.compile(r"^(\s*)([-+=>#|])")

Section = tuple[str, list[str]]


def digest_text(state: BoardState, found: Digest, form: Form) -> str:
    """The digest as lines; sections without anything are left out. Ends in a line break."""
    mark: Callable[[str], str] = escaped if form == "markdown" else str
    head, bullet = ("## ", "- ") if form == "markdown" else ("", "  ")
    out = [f"# {mark(_title(state, found))}" if form == "markdown" else _title(state, found)]
    for heading, lines in _sections(state, found):
        if lines:
            out += ["", f"{head}{heading} {len(lines)}"]
            out += [""] if form == "markdown" else []
            out += [bullet + mark(" ".join(line.split())) for line in lines]
    if len(out) == 1:
        out += ["", _("Nothing to tell.")]
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it was typed: no link, no heading, no emphasis, no HTML comes of it."""
    text = _SPECIAL.sub(r"\\\1", text)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def _title(state: BoardState, found: Digest) -> str:
    """`Q4  Fri 2026-10-09 today`; of a card its number and name, stage, percent, lead."""
    first, last = date.fromordinal(found.first), date.fromordinal(found.last)
    days = words.long_date(first) if first == last else f"{words.long_date(first)} - {words.long_date(last)}"
    span = f"{days} ({p_('digest', PERIODS[found.period])})"
    card = state.board.cards.get(found.card or 0)
    if card is None:
        return f"{state.board.meta.name}  {span}"
    row = state.card_rows[card.id]
    lead = state.board.person_name(card.lead)
    return f"{card.number} {card.name}  {words.stage(card.stage)} {row.percent}% {lead}  {span}"


def _sections(state: BoardState, found: Digest) -> list[Section]:
    now = found.now

    coming = {"today": _("Still due today"), "week": _("Due this week"), "month": _("Due this month")}[found.period]
    return [
        (_("Over"), [_clock(state, found, clock) for clock in found.over]),
        (coming if found.card is None else _("Due"), [_clock(state, found, clock) for clock in found.coming]),
        (_("Progress"), [_report(state, each) for each in found.reports]),
        (_("Raised"), [_raised(state, issue, now) for issue in found.raised]),
        (_("Escalated"), [_moved(state, each, now) for each in found.moved]),
        (_("Decided"), [_decided(state, issue) for issue in found.resolved]),
        (_("Open issues"), [_waiting(state, issue, now) for issue in found.waiting] if found.card else []),
        (_("Sync log"), [_entry(state, each) for each in found.written if not _doubled(each)]),
        (_("To be sent"), [f"{each.topic} > {to_words(state, each)}" for each in found.unsent]),
    ]


def _doubled(entry: SyncEntry) -> bool:
    """Whether a section of its own says the same: a decision on an issue."""
    return entry.event in {"decision", "ruling"}


def _clock(state: BoardState, found: Digest, clock: Clock) -> str:
    """`progress  Q4-2026-001-02 Artwork  陈思  17:00 (2h 10m)`; a digest of many cards says of which it is."""
    left, due = countdown(clock.due - found.now, seconds=False), due_text(state, clock.due, found.now)
    about, card = subject_words(state, clock), state.board.cards.get(clock.card or 0)
    if clock.table == "subtasks":
        about = f"{state.board.subtasks[clock.subject].number} {state.board.subtasks[clock.subject].name}"
    if found.card is None and card is not None and card.number not in about:
        about = f"{about} ({card.number})"
    return f"{words.clock(clock.kind)}  {about}  {who_names(state, clock)}  {due} ({left})"


def _report(state: BoardState, each: Reported) -> str:
    name = state.board.person_name(each.entry.by)
    return words.labelled(f"{each.subtask.number} {each.subtask.name}  {name}", report_words(each.entry))


def _raised(state: BoardState, issue: Issue, now: int) -> str:
    who = state.board.person_name(issue.raised_by)
    return f"{issue.number} {words.issue_kind(issue.kind)} {issue.title}  {who} {day_time(state, issue.raised_at, now)}"


def _moved(state: BoardState, each: Moved, now: int) -> str:
    text = each.step.text or (_("moved up by itself") if each.step.auto else "")
    at = day_time(state, each.step.at, now)
    return f"{each.issue.number} {each.issue.title}  {each.step.tier}/3  {at} {text}"


def _decided(state: BoardState, issue: Issue) -> str:
    board = state.board
    who = f"{board.department_name(issue.resolution_department)} {board.person_name(issue.resolution_owner)}".strip()
    due = due_text(state, issue.resolution_due) if issue.resolution_due else "-"
    return words.labelled(f"{issue.number} {issue.title}", f"{issue.decision}; {who}, {due}")


def _waiting(state: BoardState, issue: Issue, now: int) -> str:
    row = state.issue_rows[issue.id]
    who = ", ".join(filter(None, map(state.board.person_name, row.who)))
    left = f" ({countdown(row.due - now, seconds=False)})" if row.due is not None else ""
    return f"{issue.number} {issue.title}  {issue.tier}/3 {words.issue_state(issue.state)}  {who}{left}"


def _entry(state: BoardState, entry: SyncEntry) -> str:
    kind = kind_words(entry)
    if entry.restricted:
        return f"{kind}  {entry.topic} > {to_words(state, entry)}"
    promise = promise_words(state, entry)
    text = f": {entry.content}" if entry.content else ""
    return f"{kind}  {entry.topic}{text}" + (f"; {promise}" if promise else "")


def kind_words(entry: SyncEntry) -> str:
    """What kind of entry it is; one that lag wrote says so."""
    return words.flag("lagging") if entry.event == "lag" else p_("sync", SYNC_KINDS[entry.kind])


def promise_words(state: BoardState, entry: SyncEntry) -> str:
    """`promised: v2 of the data, 孙悦, Mon 10-12 18:00`, or that it was kept; empty without a promise."""
    if entry.promise_due is None:
        return ""
    parts = [entry.promise, state.board.person_name(entry.promise_by), due_text(state, entry.promise_due)]
    text = _("promised: {what}").format(what=", ".join(part for part in parts if part))
    return text if entry.promise_done_at is None else f"{text} ({_('kept')})"


def to_words(state: BoardState, entry: SyncEntry) -> str:
    """To whom an entry goes: the people named, and whoever was written in words."""
    names = [name for name in map(state.board.person_name, entry.recipients) if name]
    return ", ".join([*([entry.to] if entry.to else []), *names]) or "-"
