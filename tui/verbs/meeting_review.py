"""Draft minutes under review: `t` confirms, `T` or `c` comments; final ones are amended (rulebook §6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.operations.base import Operation
from store.operations.reviewing import AmendMinutes, LeaveOut, ReviewMinutes
from store.records import Meeting, MinutesLine
from store.rules.reviewing import UNDER_REVIEW, reviewers, unanswered
from tui.cells import cut
from tui.entry import Entry, Field, Request, Values
from tui.i18n import _
from tui.verbs.forms import filled, heading, nothing, verb_word, words_entry, yes_entry
from tui.verbs.meetings import meeting_of

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

TITLE = 40


def confirm(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t`: the draft minutes are right, as their chair or the head of a department that was there."""
    state, meeting = screen.state, _asked(screen, refs)
    if state is None or meeting is None:
        return None if state is None else nothing(screen, "take")
    still = [state.board.person_name(each) for each in unanswered(state.board, meeting) if each != state.me]
    question = _("The minutes are right? Enter: confirmed.")
    if still:
        question += " " + _("Still to answer: {who}.").format(who=", ".join(still))
    head = heading(verb_word("take"), meeting.number, meeting.name)
    return yes_entry(screen, f"take:meeting:{meeting.id}", head, [ReviewMinutes(meeting=meeting.id)], question)


def comment(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` or `c`: what is not right in the draft minutes."""
    state, meeting = screen.state, _asked(screen, refs)
    if state is None or meeting is None:
        return None if state is None else nothing(screen, "object")
    return words_entry(
        screen,
        f"refuse:meeting:{meeting.id}",
        heading(_("comment"), meeting.number, meeting.name),
        _("what should be changed, and how"),
        lambda text: [ReviewMinutes(meeting=meeting.id, answer="comment", text=text)],
    )


def _asked(screen: DeckScreen, refs: list[Ref]) -> Meeting | None:
    """The meeting, if its draft waits for my answer."""
    state, meeting = screen.state, meeting_of(screen, refs)
    if state is None or meeting is None or meeting.state not in UNDER_REVIEW:
        return None
    mine = state.me in reviewers(state.board, meeting) or state.me == state.board.settings.administrator
    return meeting if mine else None


def amend(screen: DeckScreen, meeting: Meeting, line: MinutesLine | None = None) -> Entry:
    """A correction of final minutes, with the next number; about a line of theirs, if one is under the cursor."""
    known = screen.state.board.amendments_of.get(meeting.id, ()) if screen.state is not None else ()
    number = 1 + max((each.number for each in known), default=0)
    about = f'"{cut(line.text, TITLE)}"' if line is not None else ""

    def submit(values: Values) -> Sequence[Operation]:
        text, reason = filled(values["text"], _("what it should say")), values.get("reason", "").strip()
        return [AmendMinutes(meeting=meeting.id, text=text, reason=reason, line=line.id if line is not None else None)]

    return Entry(
        key=f"{screen.deck.me}:amend:{meeting.id}:{line.id if line is not None else 0}",
        heading=heading(_("amendment {n}").format(n=number), meeting.number, meeting.name, about),
        fields=[Field("text", _("what it should say"), required=True), Field("reason", _("reason"))],
        parse=lambda typed: {"text": typed},
        format=lambda values: values.get("text", ""),
        submit=submit,
        hint=_("what it should say    Tab: with a reason; the minutes themselves stay as they are"),
    )


def leave_out(screen: DeckScreen, meeting: int, line: MinutesLine) -> Entry:
    """`X` on a carried action item: this agenda goes without it, with a reason."""
    return words_entry(
        screen,
        f"leave:{meeting}:{line.id}",
        heading(_("leave out"), "", cut(line.text, TITLE)),
        _("reason"),
        lambda text: [LeaveOut(meeting=meeting, line=line.id, reason=text)],
        hint=_("why it is not talked about this time; it stands in the next agenda again"),
    )
