"""Minutes of a meeting (会议纪要, T5): the usual parts in the usual order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.exchange.papers.model import Block, Cell, Column, Heading, Line, Paper, Sheet, Table
from store.records import AgendaItem, Attendance, Meeting, MinutesLine, Review
from store.rules.carried import carried
from tui.i18n import _, p_
from tui.papers.desk import DASH, Desk, facts, stem
from tui.papers.terms import term


def minutes_paper(desk: Desk, meeting: int) -> Paper:
    """The minutes as they stand, marked as a draft until they are final; before the meeting its notice."""
    found = desk.board.meetings[meeting]
    title = _title(found)
    blocks: list[Block] = [Heading(p_("paper", "Meeting")), facts(*_facts(desk, found))]
    blocks.append(Heading(p_("paper", "Agenda and discussion")))
    starts = found.starts
    items = desk.board.agenda_of.get(meeting, ())
    for number, item in enumerate(items, 1):
        blocks += _item(desk, number, item, starts, last=number == len(items))
        starts += (item.minutes or 0) * 60
    blocks += [*_actions(desk, found), *_end(desk, found)]
    return desk.paper(stem(found.number, title, found.name), Sheet(title, tuple(blocks)))


def _title(meeting: Meeting) -> str:
    if meeting.state in {"notice", "cancelled"}:
        return p_("paper", "Notice of meeting")
    return p_("paper", "Minutes of meeting") if meeting.state == "final" else p_("paper", "Minutes of meeting (draft)")


def _facts(desk: Desk, meeting: Meeting) -> Iterator[tuple[str, str]]:
    starts, ends = desk.at(meeting.starts), desk.at(meeting.ended_at or meeting.ends)
    card = desk.board.cards.get(desk.board.card_of_meeting(meeting) or 0)
    rows = desk.board.attendance_of.get(meeting.id, ())
    yield p_("paper", "Meeting name"), meeting.name
    yield p_("paper", "Meeting kind"), term(meeting.kind)
    if card is not None:
        yield p_("paper", "Task"), f"{card.number} {card.name}"
    if meeting.goal.strip():
        yield p_("paper", "Core goal"), meeting.goal
    yield p_("paper", "Meeting date"), f"{starts:%Y-%m-%d}"
    yield p_("paper", "Meeting time"), f"{starts:%H:%M}" + (f"-{ends:%H:%M}" if ends else "")
    yield p_("paper", "Meeting place"), meeting.place
    yield p_("paper", "Chair"), desk.with_department(meeting.chair)
    yield p_("paper", "Recorder"), desk.with_department(meeting.recorder)
    present = [row for row in rows if row.presence != "absent"]
    yield p_("paper", "Participants"), _by_department(desk, [row.person for row in present if not row.observer])
    observers = [row.person for row in present if row.observer]
    if observers:
        yield p_("paper", "Observers"), _by_department(desk, observers)
    absent = [_absent(desk, row) for row in rows if row.presence == "absent"]
    yield p_("paper", "Absent and why"), _("; ").join(absent) or DASH


def _by_department(desk: Desk, people: Sequence[int]) -> str:
    """`市场部:王敏、孙悦;设计部:陈思`, departments in the order they come."""
    found: dict[str, list[str]] = {}
    for key in people:
        person = desk.board.people.get(key)
        if person is not None:
            found.setdefault(person.organisation or desk.department(person.department), []).append(person.name)
    return _("; ").join(
        _("{department}: {names}").format(department=d, names=_(", ").join(n)) if d else _(", ").join(n)
        for d, n in found.items()
    )


def _absent(desk: Desk, row: Attendance) -> str:
    stand_in = desk.person(row.stand_in)
    why = [row.reason, _("{who} stands in").format(who=stand_in) if stand_in else ""]
    said = _(", ").join(filter(None, why))
    name = desk.with_department(row.person)
    return _("{name} ({why})").format(name=name, why=said) if said else name


def _item(desk: Desk, number: int, item: AgendaItem, starts: int, *, last: bool) -> Iterator[Block]:
    begins, ends = desk.at(starts), desk.at(starts + (item.minutes or 0) * 60)
    span = f" ({begins:%H:%M}-{ends:%H:%M})" if item.minutes else ""
    yield Heading(_("Agenda item {n}: {title}").format(n=number, title=item.title) + span, 2)
    for label, text in (
        (p_("paper", "Presenter"), desk.with_department(item.presenter)),
        (p_("paper", "Agreed beforehand"), item.agreed),
        (p_("paper", "Attachments"), "" if last else item.attachments),
    ):
        if text.strip():
            yield Line(_("{label}: {text}").format(label=label, text=text.strip()))
    lines = desk.board.lines_of.get(item.id, ())
    points = [line for line in lines if line.kind == "point" and line.text.strip()]
    decisions = [line for line in lines if line.kind == "decision" and line.text.strip()]
    yield from _listed(p_("paper", "Points of discussion:"), points)
    if item.disagreement.strip():
        yield Line(p_("paper", "Disagreement:"), bold=True)
        yield Line(item.disagreement, number=1)
    yield from _listed(p_("paper", "Decisions:"), decisions)


def _listed(title: str, lines: Sequence[MinutesLine]) -> Iterator[Block]:
    if lines:
        yield Line(title, bold=True)
        yield from (Line(line.text, number=number) for number, line in enumerate(lines, 1))


def _actions(desk: Desk, meeting: Meeting) -> Iterator[Block]:
    items = [
        line
        for item in desk.board.agenda_of.get(meeting.id, ())
        for line in desk.board.lines_of.get(item.id, ())
        if line.kind == "action" and line.text.strip()
    ]
    if items:
        yield Heading(p_("paper", "Action items"))
        yield _action_table(desk, items)
    before = carried(desk.board, meeting)
    if before:
        yield Heading(p_("paper", "Open action items of earlier meetings"))
        yield _action_table(desk, before)


def _place(desk: Desk, line: MinutesLine) -> int:
    """The number of the agenda item an action item stands under."""
    items = [item.id for item in desk.board.agenda_of.get(line.meeting, ())]
    return items.index(line.item) + 1 if line.item in items else 1


def _action_table(desk: Desk, lines: Sequence[MinutesLine]) -> Table:
    columns = (
        Column(p_("paper", "Agenda"), 6),
        Column(p_("paper", "Action item"), 24),
        Column(p_("paper", "Responsible department"), 13),
        Column(p_("paper", "Owner"), 10),
        Column(p_("paper", "Due"), 14),
        Column(p_("paper", "Completion standard"), 20),
        Column(p_("paper", "Resources"), 12),
        Column(p_("paper", "Subtask"), 16),
    )
    rows = []
    for line in lines:
        number = _place(desk, line)
        subtask = desk.board.subtasks.get(line.subtask or 0)
        person = desk.board.people.get(line.owner or 0)
        home = line.department or (person.department if person else None)
        who = desk.person(line.owner) or line.who
        due = desk.finish(line.due) if line.due is not None else line.due_text
        done = subtask.number if subtask else "; ".join(line.gone)
        rows.append((number, line.text, desk.department(home), who, due, line.standard, line.resources, done))
    return Table(columns, tuple(rows))


def _end(desk: Desk, meeting: Meeting) -> Iterator[Block]:
    board = desk.board
    # As the template has it: at the end, those of the last item; each other item says its own.
    last = [item.attachments for item in board.agenda_of.get(meeting.id, ())][-1:]
    attached = [text for each in last for text in each.splitlines() if text.strip()]
    if attached:
        yield Heading(p_("paper", "Attachments"))
        yield from (Line(text, number=number) for number, text in enumerate(attached, 1))
    yield from _reviews(desk, meeting)
    amendments = board.amendments_of.get(meeting.id, ())
    if amendments:
        yield Heading(p_("paper", "Amendments"))
        for each in amendments:
            said = f"{each.number}. {each.text}" + (f" ({each.reason})" if each.reason else "")
            yield Line(f"{said} {desk.person(each.by)} {desk.at(each.at):%Y-%m-%d %H:%M}")
    if meeting.final_at is not None:
        yield Heading(p_("paper", "Distribution"))
        text = _("Final since {t}.").format(t=f"{desk.at(meeting.final_at):%Y-%m-%d %H:%M}")
        to = desk.people(meeting.final_sent_to)
        yield Line(text + (" " + _("Sent to: {names}.").format(names=to) if to else ""))


def _answer(review: Review) -> str:
    """What a reviewer said, and whether the minutes were changed after it."""
    said = review.text or p_("paper", "confirmed")
    return f"{said}, {_('changed since')}" if review.changed_at is not None else said


def _reviews(desk: Desk, meeting: Meeting) -> Iterator[Block]:
    answers = desk.board.reviews_of.get(meeting.id, ())
    if not answers and not meeting.no_answer:
        return
    columns = (
        Column(p_("paper", "Reviewer"), 16),
        Column(p_("paper", "Answer"), 30),
        Column(p_("paper", "Date"), 16),
    )
    rows: list[tuple[Cell, ...]] = [
        (desk.with_department(each.person), _answer(each), desk.at(each.at)) for each in answers
    ]
    rows += [(desk.with_department(key), p_("paper", "no answer"), None) for key in meeting.no_answer]
    yield Heading(p_("paper", "Review"))
    yield Table(columns, tuple(rows))
