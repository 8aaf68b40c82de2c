"""Verbs on meetings: call one, edit its facts (screens.md §3.4, §4); its states: `meeting_steps`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError, Refused
from store.operations.base import Operation
from store.operations.meeting_defaults import default_agenda, default_invitees
from store.operations.meetings import AgendaDraft, CallMeeting, EditMeeting
from store.records import Meeting, MeetingKind
from store.views.state import BoardState
from tui import words
from tui.duration import countdown
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import N_, _
from tui.present.minutes_parts import is_short_notice
from tui.sentences import sentence
from tui.subjects import due_text, local
from tui.verbs import meeting_series as series
from tui.verbs.forms import different, filled, heading, verb_word
from tui.verbs.meeting_values import (
    facts_of,
    meeting_line,
    meeting_values,
    span_words,
)
from tui.verbs.names import known_names

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

KINDS: dict[MeetingKind, str] = {
    "progress": N_("progress meeting"),
    "coordination": N_("coordination meeting"),
    "kickoff": N_("kickoff meeting"),
    "alignment": N_("alignment of goals"),
    "review": N_("review meeting"),
    "acceptance": N_("acceptance meeting"),
    "retro": N_("retro meeting"),
    "other": N_("other meeting"),
}
"""Meeting kind -> its name, the usual ones first."""


REGULAR = "regular"
"""The choice of the regular meetings of a card, beside the kinds."""


def meeting_of(screen: DeckScreen, refs: list[Ref]) -> Meeting | None:
    """The meeting under the cursor."""
    return screen.state.board.meetings.get(refs[0][1]) if screen.state and refs else None


# Calling ---------------------------------------------------------------------------------------------


def call(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`m`: on an issue a coordination meeting, on a card or subtask a progress meeting."""
    state = screen.state
    if state is None or not refs:
        return None
    table, key = refs[0]
    if table == "issues":
        return _call(screen, state, "coordination", None, key)
    if table == "subtasks":
        subtask = state.board.subtasks.get(key)
        return _call(screen, state, "progress", subtask.card if subtask else None, None)
    card = state.board.cards.get(key)
    if card is None or not series.may_begin(state, card):
        return _call(screen, state, "progress", key, None)
    options = [
        Option("once", Text(_("a progress meeting"))),
        Option("regular", Text(words.labelled(_("regular meetings"), series.rhythm_text(card)))),
    ]
    return Choice(
        heading(verb_word("meeting"), card.number, card.name),
        options,
        lambda which: (
            series.plan(screen, state, card) if which == "regular" else _call(screen, state, "progress", key, None)
        ),
    )


def add(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`a` in the minutes: kind, then card, then the line."""
    state = screen.state
    if state is None:
        return None
    table, key = refs[0] if refs else ("", 0)
    row = state.meeting_rows.get(key) if table == "meetings" else None
    here = row.card if row else key if table == "cards" else None

    def card_choice(kind: str) -> Request:
        if kind == REGULAR:
            return _regular(screen, state, here)
        cards = [c for c in state.board.cards.values() if c.stage not in {"archived", "cancelled"}]
        options = [Option(str(c.id), Text(f"{c.number} {c.name}")) for c in cards]
        options.append(Option("0", Text(_("no card"))))
        picked = next(each for each in KINDS if each == kind)
        if not cards:
            return _call(screen, state, picked, None, None)
        return Choice(
            Text(words.labelled(_(KINDS[picked]), _("on which card?"))),
            options,
            lambda card: _call(screen, state, picked, int(card) or None, None),
            str(here or ""),
        )

    options = [Option(kind, Text(_(name)), kind) for kind, name in KINDS.items()]
    options.append(Option(REGULAR, Text(_("regular meetings of a card")), REGULAR))
    return Choice(Text(_("new meeting of which kind?")), options, card_choice)


def _regular(screen: DeckScreen, state: BoardState, here: int | None) -> Choice:
    """Of which card, each with how often it meets."""
    cards = [each for each in state.board.cards.values() if each.stage in series.MEETS]
    options = [Option(str(c.id), Text(f"{c.number} {c.name}  {series.rhythm_text(c)}")) for c in cards]
    return Choice(
        Text(words.labelled(_("regular meetings"), _("on which card?"))),
        options,
        lambda key: series.plan(screen, state, state.board.cards[int(key)]),
        str(here or ""),
    )


def _call(screen: DeckScreen, state: BoardState, kind: MeetingKind, card: int | None, issue: int | None) -> Entry:
    now, names = screen.deck.now(), known_names(state)
    about = state.board.issues.get(issue or 0)
    on_card = state.board.cards.get(card or (about.card if about else 0))
    invited = default_invitees(state.board, kind, on_card, about)
    made: list[int] = []

    def submit(values: Values) -> Sequence[Operation]:
        facts = facts_of(state, values, now)
        if facts.starts is None:
            raise Refused("A meeting needs its start. Write < and the day and time: <Wed 15:30.", code="required")
        if on_card is None:
            filled(facts.name, _("name"))
        extra = [person for person in (facts.chair, facts.recorder, *facts.others) if person and person not in invited]
        operation = CallMeeting(
            kind=kind, name=facts.name, card=card, issue=issue, goal=facts.goal, starts=facts.starts, ends=facts.ends,
            place=facts.place, chair=facts.chair, recorder=facts.recorder, material_owner=facts.material_owner,
            invitees=tuple(p for p in dict.fromkeys((*invited, *extra)) if p not in facts.observers),
            observers=facts.observers,
            agenda=usual_agenda(state, kind, card, facts.starts),
        )  # fmt: skip
        made[:] = [operation.id]
        return [operation]

    def recorded() -> None:
        screen.follow(("meetings", made[0]))
        screen.deck.notice(_("The meeting is called. S says that the notice is sent."))

    number = about.number if about else on_card.number if on_card else ""
    name = about.title if about else on_card.name if on_card else ""
    return Entry(
        key=f"{screen.deck.me}:meet:{kind}:{issue or card or 0}",
        heading=heading(_(KINDS[kind]), number, name),
        fields=_fields(state),
        parse=lambda line: meeting_values(line, names),
        format=meeting_line,
        echo=lambda values: _echo(state, values, now, invited, kind),
        submit=submit,
        recorded=recorded,
        hint=_("name @chair @recorder <Wed 15:30-16:30 =goal +place    Tab: all fields"),
    )


def usual_agenda(state: BoardState, kind: MeetingKind, card: int | None, starts: int) -> tuple[AgendaDraft, ...]:
    """The agenda a meeting of a kind begins with, in the language of the screen."""
    found = default_agenda(state.board, kind, card, starts)
    return tuple(AgendaDraft(title=_(title), monthly=monthly) for title, monthly in found)


def _fields(state: BoardState) -> list[Field]:
    people = tuple(person.name for person in state.board.people.values())
    return [
        Field("name", _("name"), _("empty: as the card or issue")),
        Field("start", _("time"), _("Wed 15:30-16:30"), required=True),
        Field("goal", _("goal")),
        Field("place", _("place")),
        Field("chair", _("chair"), _("empty: the lead"), options=people),
        Field("recorder", _("recorder"), _("empty: me"), options=people),
        Field("material", _("material"), _("who brings it"), options=people),
        Field("others", _("also invited"), _("names, comma between")),
        Field("observers", _("observers"), _("they only listen: names, comma between")),
    ]


def _echo(state: BoardState, values: Values, now: int, invited: Sequence[int], kind: MeetingKind) -> Echo:
    try:
        facts = facts_of(state, values, now)
    except CrossdeckError as error:
        return Echo(Text(sentence(error)), error=True)
    parts = [facts.name] if facts.name else []
    if facts.starts is not None:
        end = f"-{local(state, facts.ends):%H:%M}" if facts.ends else ""
        left = series.off_text(state, facts.starts) or countdown(facts.starts - now)
        parts.append(f"{due_text(state, facts.starts, now)}{end} ({left})")
        if is_short_notice(state, kind, facts.starts, now):
            parts.append(_("short notice"))
    named = (
        (_("chair {who}"), facts.chair),
        (_("recorder {who}"), facts.recorder),
        (_("material {who}"), facts.material_owner),
    )
    for label, person in named:
        parts += [label.format(who=state.board.person_name(person))] if person else []
    parts += [text for text in (facts.goal, facts.place) if text]
    names = [state.board.person_name(person) for person in dict.fromkeys((*invited, *facts.others))]
    if names:
        parts.append(_("invites {who}").format(who=", ".join(names)))
    return Echo(Text(" | ".join(parts)))


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The meeting's facts; a new start moves it. Final minutes are amended."""
    state, meeting = screen.state, meeting_of(screen, refs)
    if state is None or meeting is None:
        return None
    if meeting.state == "final":
        from tui.verbs.meeting_review import amend

        return amend(screen, meeting)
    now, names, board = screen.deck.now(), known_names(state), state.board

    def submit(values: Values) -> Sequence[Operation]:
        facts = facts_of(state, values, now)._asdict()
        del facts["others"], facts["observers"]
        changed = different(meeting, facts)
        if changed.get("starts", 0) is None or changed.get("name", "x") == "":
            raise Refused("A meeting keeps a name and a start.", code="required")
        return [EditMeeting(meeting=meeting.id, fields=changed)]

    return Entry(
        key=f"{screen.deck.me}:edit:meeting:{meeting.id}",
        heading=heading(verb_word("edit"), meeting.number, meeting.name),
        fields=[each for each in _fields(state) if each.name not in {"others", "observers"}],
        parse=lambda line: meeting_values(line, names),
        format=meeting_line,
        echo=lambda values: _echo(state, values, now, (), meeting.kind),
        submit=submit,
        initial={
            "name": meeting.name,
            "start": span_words(state, meeting),
            "goal": meeting.goal,
            "place": meeting.place,
            "chair": board.person_name(meeting.chair),
            "recorder": board.person_name(meeting.recorder),
            "material": board.person_name(meeting.material_owner),
        },
    )
