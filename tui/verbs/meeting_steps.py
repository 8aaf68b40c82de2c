"""A meeting's way: held, draft out, final; its notice or minutes sent; cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError
from store.operations.base import Operation
from store.operations.concrete import final_reasons
from store.operations.meetings import CancelMeeting, FinaliseMinutes, HoldMeeting, SendDraft
from store.operations.reviewing import review_reasons
from store.operations.sync import MarkSent
from store.records import Meeting
from store.rules.local_time import DAY
from store.rules.reviewing import outdated, unanswered
from store.rules.routing import recipients
from store.views.state import BoardState
from tui import words
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import _, ngettext
from tui.sentences import sentence
from tui.subjects import due_text
from tui.verbs.forms import heading, nothing, verb_word, when, words_entry, yes_entry
from tui.verbs.meetings import meeting_of

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def step(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d`: notice > held > draft sent > final, each with one Enter."""
    state, meeting = screen.state, meeting_of(screen, refs)
    if state is None or meeting is None:
        return None
    if meeting.state == "notice":
        return _hold(screen, state, meeting)
    name = f"{meeting.name} {words.meeting_state(meeting.state)}"
    operations: list[Operation]
    if meeting.state == "held":
        operations = [SendDraft(meeting=meeting.id)]
        to, question = "draft", _("The draft has gone to all participants? Enter: yes.")
    elif meeting.state in {"draft", "in_review"}:
        unfit = next(final_reasons(state.board, meeting.id), None)
        unfit = unfit or next(review_reasons(state.board, meeting, screen.deck.now()), None)
        if unfit is not None:
            screen.deck.notice(sentence(unfit), error=True)
            return None
        operations = [FinaliseMinutes(meeting=meeting.id)]
        to, question = "final", _final_question(state, meeting)
    else:
        return nothing(screen, "step")
    head = heading(verb_word("step"), meeting.number, f"{name} > {words.meeting_state(to)}")
    return yes_entry(screen, f"step:meeting:{meeting.id}", head, operations, question)


def _final_question(state: BoardState, meeting: Meeting) -> str:
    """What becomes of the minutes on Enter: subtasks, and who had no say."""
    question = _("Enter: the minutes are final and frozen.")
    open_items = state.meeting_rows[meeting.id].items_open
    if open_items:
        question += " " + ngettext(
            "{n} action item becomes a subtask.", "{n} action items become subtasks.", open_items
        ).format(n=open_items)
    said = (
        (_("No answer: {who}."), unanswered(state.board, meeting)),
        (_("Changed after it was confirmed by {who}."), outdated(state.board, meeting)),
    )
    for text, people in said:
        if people:
            question += " " + text.format(who=", ".join(map(state.board.person_name, people)))
    return question


def _hold(screen: DeckScreen, state: BoardState, meeting: Meeting) -> Entry:
    """Held: when it ended, now unless something is typed. A time alone is the last one that was."""
    now = screen.deck.now()

    def ended(values: Values) -> int | None:
        text = values.get("ended", "").strip()
        if not text:
            return None
        at = when(state, text, now)
        return at - DAY if now < at <= now + DAY and state.working.day_of(at) != state.working.day_of(now) else at

    def early(values: Values) -> str | None:
        """What is asked before a meeting is held that has not begun yet."""
        at = ended(values)
        if meeting.starts <= (now if at is None else at):
            return None
        return _("It starts only at {t}. Enter again: it was held all the same.").format(
            t=due_text(state, meeting.starts)
        )

    def echo(values: Values) -> Echo:
        try:
            at = ended(values)
        except CrossdeckError as error:
            return Echo(Text(sentence(error)), error=True)
        return Echo(Text(_("ended {t}").format(t=due_text(state, now if at is None else at))))

    return Entry(
        key=f"{screen.deck.me}:step:held:{meeting.id}",
        heading=heading(verb_word("step"), meeting.number, f"{meeting.name} > {words.meeting_state('held')}"),
        fields=[Field("ended", _("ended at"), _("empty: now"))],
        echo=echo,
        confirm=early,
        submit=lambda values: [HoldMeeting(meeting=meeting.id, ended_at=ended(values))],
        hint=_("Enter: held, it ended now. Or type when it ended: 16:00"),
    )


def mark_sent(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`S`: the notice with its agenda, or the final minutes, have gone out."""
    meeting = meeting_of(screen, refs)
    if meeting is None:
        return None
    final = meeting.state == "final"
    if meeting.state == "cancelled" or (meeting.final_sent_at if final else meeting.notice_sent_at):
        return nothing(screen, "mark sent")
    question = _("The notice has gone out? Enter: yes.")
    if final and screen.state is not None:
        to = map(screen.state.board.person_name, recipients(screen.state.board, meeting, "final"))
        question = _("The final minutes have gone out to {who}? Enter: yes.").format(who=", ".join(to))
    head = heading(verb_word("mark sent"), meeting.number, meeting.name)
    return yes_entry(screen, f"sent:meeting:{meeting.id}", head, [MarkSent(meeting=meeting.id)], question)


def cancel(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X`: a meeting that was not held is cancelled with a reason; a regular one alone, or with all after it."""
    meeting = meeting_of(screen, refs)
    if meeting is None:
        return None
    if meeting.state != "notice":
        screen.deck.notice(_("Only a meeting that was not held can be cancelled."))
        return None
    head = heading(verb_word("void"), meeting.number, meeting.name)

    def reason(series: str) -> Entry:
        return words_entry(
            screen,
            f"void:meeting:{meeting.id}",
            head,
            _("reason"),
            lambda text: [CancelMeeting(meeting=meeting.id, reason=text, series=series == "all")],
        )

    if not meeting.regular:
        return reason("")
    options = [Option("", Text(_("this one; the next follows"))), Option("all", Text(_("this one and all after it")))]
    return Choice(head, options, reason)
