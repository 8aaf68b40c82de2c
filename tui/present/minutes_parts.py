"""Parts of a meeting as text: its agenda against its length, review, what was carried over, amendments."""

from __future__ import annotations

from rich.text import Text

from store.records import Meeting, MeetingKind, MinutesLine
from store.rules.carried import carried
from store.rules.reviewing import UNDER_REVIEW, reviewers
from store.views.state import BoardState
from tui import words
from tui.cells import cut, wrap
from tui.i18n import _
from tui.look import STYLES, glyph
from tui.subjects import due_text, subtask_number

LABEL = 10
"""Cells of a label before each line."""
ROWS = 3
"""Rows a comment or an amendment takes at most."""


def is_short_notice(state: BoardState, kind: MeetingKind, starts: int, noticed_at: int | None) -> bool:
    """Whether a meeting was called later than its notice is due (rulebook §8, `notice`): said, and no breach."""
    spans = state.book.facts.spans
    return kind != "coordination" and noticed_at is not None and noticed_at > spans.before(starts, spans.of("notice"))


def planned_minutes(state: BoardState, meeting: Meeting) -> int:
    """The minutes of all agenda items."""
    return sum(item.minutes or 0 for item in state.board.agenda_of.get(meeting.id, ()))


def over_length(state: BoardState, meeting: Meeting, more: int = 0) -> int:
    """Minutes by which the agenda, `more` added, is longer than the meeting; 0 or less if it fits or has no end."""
    length = (meeting.ends - meeting.starts) // 60 if meeting.ends else 0
    return planned_minutes(state, meeting) + more - length if length else 0


def agenda_sum(state: BoardState, meeting: Meeting, more: int = 0) -> str:
    """`agenda 45 of 60 min`, `agenda 75 of 60 min, 15 over`: the items added up against the meeting's length."""
    planned = planned_minutes(state, meeting) + more
    if not planned:
        return ""
    if not meeting.ends:
        return _("agenda {n} min").format(n=planned)
    text = _("agenda {n} of {all} min").format(n=planned, all=(meeting.ends - meeting.starts) // 60)
    late = over_length(state, meeting, more)
    return text + (", " + _("{n} over").format(n=late) if late > 0 else "")


def carried_lines(state: BoardState, meeting: Meeting, cells: int) -> list[Text]:
    """Open action items of earlier meetings, and those this agenda leaves out with the reason."""
    board = state.board
    lines = [
        _with_tail(line.text, open_text(state, line), cells) for line in carried(board, meeting, state.action_items)
    ]
    for choice in meeting.left_out:
        known = board.lines.get(choice.line)
        if known is not None:
            said = _("left out by {who}: {reason}").format(who=board.person_name(choice.by), reason=choice.reason)
            lines.append(_with_tail(known.text, said, cells))
    return lines


def open_text(state: BoardState, line: MinutesLine) -> str:
    """How an action item stands: the state and number of its subtask, else who and by when."""
    board = state.board
    subtask = board.subtasks.get(line.subtask or 0)
    if subtask is not None:
        return f"{glyph(subtask.status)}{words.status(subtask.status)} {subtask_number(subtask)}"
    if line.gone:
        return words.labelled(_("archived"), "; ".join(line.gone))
    owner = board.person_name(line.owner) or board.department_name(line.department) or line.who
    return " ".join(part for part in (owner, due_text(state, line.due) if line.due else line.due_text) if part)


def carried_row(state: BoardState, line: MinutesLine, cells: int) -> Text:
    """A carried action item in the editor: from which meeting, what, and how it stands."""
    meeting = state.board.meetings.get(line.meeting)
    head = Text.assemble(
        "   ", (f"{_('carried')} ", STYLES["cyan"]), (f"{meeting.number if meeting else ''} ", STYLES["dim"])
    )
    tail = Text(f"  {open_text(state, line)}", STYLES["dim"])
    room = max(8, cells - head.cell_len - tail.cell_len - 1)
    return Text.assemble(head, cut(line.text.split("\n", 1)[0], room), tail)


def _with_tail(text: str, tail: str, cells: int) -> Text:
    end = Text(f"  {tail}", STYLES["dim"])
    return Text.assemble(wrap(text, max(10, cells - LABEL - end.cell_len), 1)[0], end)


def review_lines(state: BoardState, meeting: Meeting, cells: int) -> list[Text]:
    """Who confirmed, who commented and what, who has not answered; once final also to whom the minutes went."""
    board = state.board
    answers = {each.person: each for each in board.reviews_of.get(meeting.id, ())}
    # The chair's word is the final itself: nobody waits for it before.
    waits = reviewers(board, meeting) if meeting.state in UNDER_REVIEW else ()
    asked = tuple(each for each in waits if each != meeting.chair)
    lines = []
    for person in dict.fromkeys((*asked, *answers)):
        name, answer = board.person_name(person), answers.get(person)
        if answer is None:
            lines.append(Text.assemble((_("{who}: no answer yet").format(who=name), STYLES["yellow"])))
        elif answer.answer == "confirmed":
            said = _("{who}: confirmed").format(who=name) + f"  {due_text(state, answer.at)}"
            lines += _wrapped(f"{glyph('met')} {said}", cells, "green")
            if answer.changed_at is not None:
                since = _("changed since: {t}").format(t=due_text(state, answer.changed_at))
                lines += _wrapped(f"{glyph('flag')} {since}", cells, "yellow")
        else:
            lines += _wrapped(words.labelled(name, answer.text), cells)
    if meeting.no_answer:
        names = ", ".join(map(board.person_name, meeting.no_answer))
        lines.append(Text(_("no answer: {who}").format(who=names), STYLES["yellow"]))
    if meeting.state == "final":
        lines += _wrapped(sent_text(state, meeting), cells)
    return lines


def sent_text(state: BoardState, meeting: Meeting) -> str:
    """`sent 10-10 09:30 by 孙悦 to 王敏, 李强`, or that the final minutes have not gone out."""
    if meeting.final_sent_at is None:
        return _("not sent yet: S marks it")
    names = ", ".join(map(state.board.person_name, meeting.final_sent_to))
    return _("sent {t} by {who} to {names}").format(
        t=due_text(state, meeting.final_sent_at), who=state.board.person_name(meeting.final_sent_by), names=names
    )


def amendment_lines(state: BoardState, meeting: Meeting, cells: int) -> list[Text]:
    """`1 门店 86 家 (笔误) 孙悦 10-12 09:00`: each amendment under its number."""
    lines: list[Text] = []
    for each in state.board.amendments_of.get(meeting.id, ()):
        line = state.board.lines.get(each.line or 0)
        about = f'"{line.text}": ' if line is not None else ""
        reason = f" ({each.reason})" if each.reason else ""
        who = f"{state.board.person_name(each.by)} {due_text(state, each.at)}"
        lines += _wrapped(f"{each.number} {about}{each.text}{reason}  {who}", cells)
    return lines


def _wrapped(text: str, cells: int, tone: str = "calm") -> list[Text]:
    return [Text(part, STYLES[tone]) for part in wrap(text, max(10, cells - LABEL), ROWS)]
