"""The long words papers use for terms, as the templates write them (专项任务, 已完成, 待验收)."""

from __future__ import annotations

from collections.abc import Mapping

from tui.i18n import Np_, p_

TERMS: Mapping[str, str] = {
    "kickoff": Np_("paper term", "kickoff meeting"),
    "progress": Np_("paper term", "progress meeting"),
    "coordination": Np_("paper term", "coordination meeting"),
    "alignment": Np_("paper term", "alignment meeting"),
    "review": Np_("paper term", "review meeting"),
    "acceptance": Np_("paper term", "acceptance meeting"),
    "retro": Np_("paper term", "retro meeting"),
    "other": Np_("paper term", "meeting"),
    "special": Np_("paper term", "special task"),
    "routine": Np_("paper term", "routine task"),
    "urgent": Np_("paper term", "urgent task"),
    "high": Np_("paper term", "High"),
    "medium": Np_("paper term", "Medium"),
    "low": Np_("paper term", "Low"),
    "not_started": Np_("paper term", "Not started"),
    "in_progress": Np_("paper term", "In progress"),
    "blocked": Np_("paper term", "Blocked"),
    "awaiting_acceptance": Np_("paper term", "To be accepted"),
    "done": Np_("paper term", "Done"),
    "cancelled": Np_("paper term", "Cancelled"),
    "lagging": Np_("paper term", "Lagging"),
    "pass": Np_("paper term", "Passed"),
    "rectify": Np_("paper term", "To be rectified"),
    "fail": Np_("paper term", "Not passed"),
    "present": Np_("paper term", "present"),
    "absent": Np_("paper term", "absent"),
    "expected": Np_("paper term", "invited"),
    "confirmed": Np_("paper term", "Confirmed"),
    "objected": Np_("paper term", "Objects"),
    "signed": Np_("paper term", "Signed"),
    "pending": Np_("paper term", "No answer yet"),
    "daily": Np_("paper term", "daily"),
    "weekly": Np_("paper term", "weekly"),
    "realtime": Np_("paper term", "at once, as it happens"),
}


def term(name: str | None) -> str:
    """The word of a paper for a term of the rulebook; "" for none."""
    return p_("paper term", TERMS[name]) if name else ""
