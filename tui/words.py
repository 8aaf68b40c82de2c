"""Words of the domain in the reader's language: states, kinds, clocks, dates (screens.md §2, §6).

Values inside are the rulebook's terms; here they become words. Short forms are for columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tui.i18n import N_, Np_, _, language, ngettext, p_

BANDS: Mapping[str, str] = {
    "breached": Np_("band", "over"),
    "now": Np_("band", "now"),
    "soon": Np_("band", "soon"),
    "calm": Np_("band", "ok"),
    "met": Np_("band", "met"),
    "late": Np_("band", "late"),
    "void": Np_("band", "void"),
    "none": Np_("band", "none"),
}
STATUSES: Mapping[str, str] = {
    "not_started": Np_("subtask", "not started"),
    "in_progress": Np_("subtask", "running"),
    "blocked": Np_("subtask", "blocked"),
    "awaiting_acceptance": Np_("subtask", "to accept"),
    "done": Np_("subtask", "done"),
    "cancelled": Np_("subtask", "cancelled"),
}
STAGES: Mapping[str, tuple[str, str]] = {
    "draft": (Np_("card", "draft"), Np_("card", "draft")),
    "circulating": (Np_("card", "circulating"), Np_("card", "circul.")),
    "active": (Np_("card", "active"), Np_("card", "active")),
    "acceptance": (Np_("card", "acceptance"), Np_("card", "accept.")),
    "completed": (Np_("card", "completed"), Np_("card", "done")),
    "archived": (Np_("card", "archived"), Np_("card", "archived")),
    "cancelled": (Np_("card", "cancelled"), Np_("card", "void")),
}
CLOCKS: Mapping[str, str] = {
    "card_due": Np_("clock", "card due"),
    "subtask_due": Np_("clock", "subtask due"),
    "milestone": Np_("clock", "milestone"),
    "input": Np_("clock", "input"),
    "change_notice": Np_("clock", "chg. notice"),
    "confirmation": Np_("clock", "confirmation"),
    "division": Np_("clock", "division"),
    "progress": Np_("clock", "progress"),
    "delay_notice": Np_("clock", "delay notice"),
    "report_block": Np_("clock", "report block"),
    "report_problem": Np_("clock", "report prob."),
    "report_warning": Np_("clock", "report warn."),
    "response": Np_("clock", "response"),
    "coordination": Np_("clock", "coordination"),
    "follow_up": Np_("clock", "follow-up"),
    "tier": Np_("clock", "tier"),
    "resolution": Np_("clock", "resolution"),
    "support": Np_("clock", "support"),
    "deliverable": Np_("clock", "deliverable"),
    "accept_subtask": Np_("clock", "accept"),
    "acceptance": Np_("clock", "acceptance"),
    "rectification": Np_("clock", "rectify"),
    "meeting": Np_("clock", "meeting"),
    "notice": Np_("clock", "notice"),
    "minutes_draft": Np_("clock", "min. draft"),
    "minutes_final": Np_("clock", "min. final"),
    "retro": Np_("clock", "retro"),
    "notify": Np_("clock", "notify"),
}
ISSUE_KINDS: Mapping[str, tuple[str, str]] = {
    "blocked": (Np_("kind", "blocked"), Np_("kind", "blk")),
    "warning": (Np_("kind", "warning"), Np_("kind", "warn")),
    "dispute": (Np_("kind", "dispute"), Np_("kind", "disp")),
}
ISSUE_STATES: Mapping[str, str] = {
    "open": Np_("issue", "open"),
    "acknowledged": Np_("issue", "ackn."),
    "resolved": Np_("issue", "resolved"),
}
MEETING_KINDS: Mapping[str, str] = {
    "kickoff": Np_("meeting kind", "kick."),
    "progress": Np_("meeting kind", "progr."),
    "coordination": Np_("meeting kind", "coord."),
    "alignment": Np_("meeting kind", "align."),
    "review": Np_("meeting kind", "review"),
    "acceptance": Np_("meeting kind", "accept."),
    "retro": Np_("meeting kind", "retro"),
    "other": Np_("meeting kind", "other"),
}
MEETING_STATES: Mapping[str, str] = {
    "notice": Np_("meeting", "notice"),
    "held": Np_("meeting", "held"),
    "draft": Np_("meeting", "draft"),
    "in_review": Np_("meeting", "review"),
    "final": Np_("meeting", "final"),
    "cancelled": Np_("meeting", "cancelled"),
}
ANSWERS: Mapping[str, str] = {
    "pending": Np_("department", "pending"),
    "confirmed": Np_("department", "confirmed"),
    "objected": Np_("department", "objected"),
    "signed": Np_("department", "signed"),
}
PRIORITIES: Mapping[str, tuple[str, str]] = {
    "high": (Np_("priority", "high"), Np_("priority", "H")),
    "medium": (Np_("priority", "medium"), Np_("priority", "M")),
    "low": (Np_("priority", "low"), Np_("priority", "L")),
}
TYPES: Mapping[str, str] = {"special": N_("special"), "routine": N_("routine"), "urgent": N_("urgent")}
CADENCES: Mapping[str, str] = {"daily": N_("daily"), "weekly": N_("weekly"), "realtime": N_("realtime")}
FLAGS: Mapping[str, str] = {
    "lagging": Np_("flag", "lagging"),
    "overdue": Np_("flag", "overdue"),
    "silent": Np_("flag", "silent"),
    "unannounced": Np_("flag", "unannounced"),
}
LINE_KINDS: Mapping[str, str] = {
    "point": Np_("line", "point"),
    "decision": Np_("line", "decision"),
    "action": Np_("line", "action"),
}
WEEKDAYS = (
    Np_("weekday", "Mon"),
    Np_("weekday", "Tue"),
    Np_("weekday", "Wed"),
    Np_("weekday", "Thu"),
    Np_("weekday", "Fri"),
    Np_("weekday", "Sat"),
    Np_("weekday", "Sun"),
)


def band(name: str) -> str:
    """The 4-cell word of a band."""
    return p_("band", BANDS[name])


def band_of(name: str, left: int) -> str:
    """The word of a band with `left` seconds to the due: what was met after it was met late."""
    return band("late" if name == "met" and left < 0 else name)


def status(name: str) -> str:
    """A subtask's status."""
    return p_("subtask", STATUSES[name])


def stage(name: str, *, short: bool = False) -> str:
    """A card's stage."""
    return p_("card", STAGES[name][short])


def clock(kind: str) -> str:
    """A clock's short name (8 cells in Chinese)."""
    return p_("clock", CLOCKS.get(kind, kind))


def issue_kind(kind: str, *, short: bool = False) -> str:
    """An issue's kind."""
    return p_("kind", ISSUE_KINDS[kind][short])


def issue_state(state: str) -> str:
    """An issue's state."""
    return p_("issue", ISSUE_STATES[state])


def meeting_kind(kind: str) -> str:
    """A meeting's kind."""
    return p_("meeting kind", MEETING_KINDS[kind])


def meeting_state(state: str) -> str:
    """A meeting's state."""
    return p_("meeting", MEETING_STATES[state])


def answer(name: str) -> str:
    """A department's answer."""
    return p_("department", ANSWERS[name])


def means(text: str) -> str:
    """How a department signed; `here` is what is stored for a signature on this board."""
    return p_("means", "here") if text == "here" else text


def priority(name: str, *, short: bool = False) -> str:
    """A card's priority."""
    return p_("priority", PRIORITIES[name][short])


def flag(name: str) -> str:
    """A derived flag of a subtask."""
    return p_("flag", FLAGS[name])


def line_kind(name: str) -> str:
    """The kind of a line of minutes."""
    return p_("line", LINE_KINDS[name])


def weekday(day: date) -> str:
    """`Fri`, `周五`."""
    return p_("weekday", WEEKDAYS[day.weekday()])


def short_date(day: date) -> str:
    """`Fri 10-09`, `10-09 周五`: a date of this year, with its weekday."""
    text = f"{day.month:02d}-{day.day:02d}"
    return f"{weekday(day)} {text}" if language() == "en" else f"{text} {weekday(day)}"


def long_date(day: date) -> str:
    """`2026-10-09 周五`."""
    return f"{weekday(day)} {day.isoformat()}" if language() == "en" else f"{day.isoformat()} {weekday(day)}"


def odd_day(kind: str) -> str:
    """What is odd about a day that is due: off, or made up; nothing for a usual working day."""
    return {"make_up": _("make-up day"), "weekend": _("day off"), "holiday": _("day off")}.get(kind, "")


def labelled(label: str, text: str) -> str:
    """`label: text`, with the colon of the language."""
    return _("{who}: {text}").format(who=label, text=text)


def yes_no(*, yes: bool) -> str:
    """`yes` or `no`."""
    return _("yes") if yes else _("no")


def still_owed(count: int, who: str) -> str:
    """The sentence: `2 reports still owed today: 李强 2.`."""
    return ngettext("{n} report still owed today: {who}.", "{n} reports still owed today: {who}.", count).format(
        n=count, who=who
    )


def leave_question(waiting: int) -> str:
    """What is asked before leaving while so many changes wait."""
    if not waiting:
        return _("Leave? Enter yes, Esc no.")
    return ngettext(
        "Leave? {n} change waits and will be sent at the next start. Enter yes, Esc no.",
        "Leave? {n} changes wait and will be sent at the next start. Enter yes, Esc no.",
        waiting,
    ).format(n=waiting)
