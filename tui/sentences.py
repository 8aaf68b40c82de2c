"""Errors as sentences in the reader's language: the template, and the words of the glossary among its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import CrossdeckError
from tui import words
from tui.field_words import field_word
from tui.i18n import Np_, _, language, p_

if TYPE_CHECKING:
    from store.records import HistoryEntry

RECORDS: Mapping[str, str] = {
    "department": Np_("record", "department"),
    "person": Np_("record", "person"),
    "card": Np_("record", "card"),
    "duty": Np_("record", "duty"),
    "milestone": Np_("record", "milestone"),
    "subtask": Np_("record", "subtask"),
    "progress entry": Np_("record", "progress entry"),
    "issue": Np_("record", "issue"),
    "step": Np_("record", "step"),
    "meeting": Np_("record", "meeting"),
    "attendance": Np_("record", "attendance"),
    "agenda item": Np_("record", "agenda item"),
    "line": Np_("record", "line"),
    "review": Np_("record", "review"),
    "amendment": Np_("record", "amendment"),
    "sync entry": Np_("record", "sync entry"),
    "letter": Np_("record", "letter"),
    "input": Np_("record", "input"),
    "scope": Np_("record", "scope"),
    "joint review": Np_("record", "joint review"),
    "request for support": Np_("record", "request for support"),
    "acceptance": Np_("record", "acceptance"),
    "archived card": Np_("record", "archived card"),
    "attachment": Np_("record", "attachment"),
    "incident": Np_("record", "incident"),
    "passed gate": Np_("record", "passed gate"),
    "retro": Np_("record", "retro"),
    "setting": Np_("record", "setting"),
}
ROLES: Mapping[str, str] = {
    "administrator": Np_("role", "administrator"),
    "author": Np_("role", "author"),
    "head": Np_("role", "head"),
    "reviewer": Np_("role", "reviewer"),
    "lead": Np_("role", "lead"),
    "chair": Np_("role", "chair"),
    "work lead": Np_("role", "work lead"),
    "tracker": Np_("role", "tracker"),
    "requester contact": Np_("role", "requester contact"),
    "executive": Np_("role", "executive"),
    "owner": Np_("role", "owner"),
    "responsible": Np_("role", "responsible"),
    "liaison": Np_("role", "liaison"),
    "collaborator": Np_("role", "collaborator"),
    "acceptor": Np_("role", "acceptor"),
    "recorder": Np_("role", "recorder"),
    "initiator": Np_("role", "initiator"),
    "leader in charge": Np_("role", "leader in charge"),
}
VERBS: Mapping[str, str] = {
    "aside": Np_("verb", "put aside"),
    "confirm": Np_("verb", "confirm"),
    "escalate": Np_("verb", "escalate"),
    "mark sent": Np_("verb", "mark sent"),
    "note": Np_("verb", "note"),
    "object": Np_("verb", "object"),
    "reply": Np_("verb", "reply"),
    "review": Np_("verb", "review minutes"),
    "seen": Np_("verb", "seen"),
    "ask again": Np_("verb", "ask again"),
    "sent": Np_("verb", "sent"),
    "sign": Np_("verb", "sign"),
    "step": Np_("verb", "step"),
    "take": Np_("verb", "take"),
}
STATES: tuple[tuple[Mapping[str, object], Callable[[str], str]], ...] = (
    (words.STAGES, words.stage),
    (words.STATUSES, words.status),
    (words.ISSUE_STATES, words.issue_state),
    (words.MEETING_STATES, words.meeting_state),
)


def role(name: str) -> str:
    """A role of rulebook §1 (`lead`, `head`, ...) in the reader's language; empty stays empty."""
    return p_("role", ROLES.get(name, name)) if name else ""


def sentence(error: CrossdeckError, board: Path | None = None) -> str:
    """An error in the reader's language; the board's file, if given, by its name alone."""
    if not error.fields:
        return _(error.message)
    whole = str(board) if board else None
    fields = {
        name: board.name if board and str(value) == whole else _said(name, value)
        for name, value in error.fields.items()
    }
    return _(error.message).format(**fields)


def why_aside(entry: HistoryEntry) -> str:
    """Why what an entry tells of was put aside, in the reader's language where the entry has more than the English."""
    from store.views.asides import reasons_of  # seldom, and no command that only lists needs it

    return "; ".join([sentence(reason) for reason in reasons_of(entry)] or entry.reasons)


def said_verb(verb: str) -> str:
    """A verb as it stands inside `refuse.none`."""
    return p_("verb", VERBS.get(verb, verb))


def _said(name: str, value: object) -> object:
    """A field of an error as it is said; English terms are what they stand for already."""
    if isinstance(value, CrossdeckError):
        return sentence(value).rstrip(".。")  # the outer sentence has its own stop
    if isinstance(value, tuple):
        return "; ".join(str(_said(name, each)) for each in value)
    say = SAID.get(name)
    if say is None or language() == "en" or not isinstance(value, str):
        return value
    return "、".join(map(say, value.split(", ")))


def _state(value: str) -> str:
    name = value.replace(" ", "_")
    return next((word(name) for known, word in STATES if name in known), value)


def _field(value: str) -> str:
    return field_word(value.replace(" ", "_"))


SAID: Mapping[str, Callable[[str], str]] = {
    "field": _field,
    "missing": _field,
    "needs": _state,
    "role": lambda value: p_("role", ROLES.get(value, value)),
    "state": _state,
    "verb": said_verb,
    "what": lambda value: p_("record", RECORDS.get(value, value)),
}
"""Fields of errors that hold English terms, several joined by `, `, and how one is said."""
