"""Issues on their way: acknowledge, follow up, escalate, notified, snooze (`t` `c` `x` `S` `Z`; rulebook §5).

Where several issues are marked the verb takes all of them that it can act on; the heading says how many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from store.errors import CrossdeckError
from store.operations.base import Operation
from store.operations.queue import Acknowledge, Escalate, FollowUp, MarkNotified, Snooze
from store.records import Issue
from store.rules.ladder import tier_people
from store.rules.people_dates import When, parse_when
from store.views.state import BoardState
from tui import words
from tui.duration import countdown
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import _
from tui.look import STYLES, glyph
from tui.present.issues import ladder
from tui.subjects import due_text
from tui.verbs.forms import filled, heading, nothing, verb_word, words_entry
from tui.verbs.issue_lines import format_snooze, parse_snooze

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

Make = Callable[[Issue, str], Operation]
"""The operation on an issue with the words typed."""
MOST_NAMED = 6


def acknowledge(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t`: as me, with a sentence what I will do; Enter alone is "seen", and the response clock runs on."""

    def make(issue: Issue, text: str) -> Operation:
        return Acknowledge(issue=issue.id, text=text)

    found = _possible(screen, refs, make)
    if not found:
        return None
    state, me = screen.state, screen.deck.me
    head = issues_heading(
        verb_word("take"), found, _("as {me}").format(me=state.board.person_name(me) if state else "")
    )
    hint = _("What will you do? Enter alone: seen only, the response clock runs on.")
    if all(issue.raised_by == me for issue in found):
        hint = _("Your own issue: the response has to come from somebody else.")
    entry = _sentence(screen, "take", found, head, make, hint=hint)
    entry.fields = [Field("text", _("what will you do?"))]
    return entry


def follow_up(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`c`: a note to the history; from somebody else than its raiser it is a response."""

    def make(issue: Issue, text: str) -> Operation:
        return FollowUp(issue=issue.id, text=text)

    found = _possible(screen, refs, make)
    if not found:
        return None
    head = issues_heading(verb_word("note"), found)
    return _sentence(screen, "note", found, head, make, hint=_("How does it stand?"), label=_("note"))


def escalate(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`x`: one tier up with a reason, bound to the tier that is shown."""

    def make(issue: Issue, text: str) -> Operation:
        return Escalate(issue=issue.id, from_tier=issue.tier, reason=text)

    found, state = _possible(screen, refs, make), screen.state
    if not found or state is None:
        return None
    head = issues_heading(verb_word("escalate"), found, _upwards(state, found[0]) if len(found) == 1 else "")
    return _sentence(screen, "escalate", found, head, make, hint=_("Why does it have to move up?"), label=_("reason"))


def _upwards(state: BoardState, issue: Issue) -> str:
    """`#-- 1/3 > ##- 2/3: 张岚`."""
    people = tier_people(state.roster, issue, state.board.cards.get(issue.card), issue.tier + 1)
    names = ", ".join(state.board.person_name(each) for each in people)
    return f"{ladder(issue.tier)} > {ladder(issue.tier + 1)}: {names}"


def escalate_of_card(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`x` on a card: its open issue, a choice if there are several."""
    state = screen.state
    issues = state.board.issues_of.get(refs[0][1], ()) if state and refs else ()
    return _escalate_one_of(screen, issues)


def escalate_of_subtask(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`x` on a subtask: its open issue, a choice if there are several."""
    state = screen.state
    subtask = state.board.subtasks.get(refs[0][1]) if state and refs else None
    if state is None or subtask is None:
        return None
    return _escalate_one_of(screen, [i for i in state.board.issues_of.get(subtask.card, ()) if i.subtask == subtask.id])


def _escalate_one_of(screen: DeckScreen, issues: Sequence[Issue]) -> Request | None:
    state = screen.state
    found = [issue for issue in issues if issue.state != "resolved"]
    if state is None or not found:
        return nothing(screen, "escalate")
    if len(found) == 1:
        return escalate(screen, [("issues", found[0].id)])
    options = [Option(str(i.id), _option(i)) for i in found]
    return Choice(Text(_("escalate which issue?")), options, lambda chosen: escalate(screen, [("issues", int(chosen))]))


def _option(issue: Issue) -> Text:
    kind = f"{glyph(issue.kind)} {words.issue_kind(issue.kind)}"
    return Text(f"{issue.number} {kind}  {issue.title}  {ladder(issue.tier)}")


def notified(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`S`: all participants have it in writing; how and to whom may be said."""

    def make(issue: Issue, text: str) -> Operation:
        return MarkNotified(issue=issue.id, text=text)

    found = _possible(screen, refs, make)
    if not found:
        return None
    hint = _("All participants have it in writing? Enter yes; or type how, to whom.")
    entry = _sentence(screen, "sent", found, issues_heading(verb_word("mark sent"), found), make, hint=hint)
    entry.fields = [Field("text", _("how, to whom"))]
    return entry


def _at_opening(found: When, state: BoardState) -> When:
    """A day without a time is the opening time of that day or, if nobody works then, of the next working day."""
    if found.had_time:
        return found
    working = state.working
    day = found.ordinal
    while working.kind_of_day(day) not in {"working", "make_up"}:
        day += 1
    return msgspec.structs.replace(found, ordinal=day, epoch=working.open_of(day))


def snooze(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`Z`: off the top until a time, with a reason; its clocks run on. Acknowledged issues only."""
    state, now = screen.state, screen.deck.now()
    found = _possible(screen, refs, lambda issue, text: Snooze(issue=issue.id, until=now + 1, reason=text))
    if not found or state is None:
        return None

    def read(text: str) -> When:
        return _at_opening(parse_when(text, screen.deck.now(), state.working, close=False), state)

    def submit(values: Values) -> Sequence[Operation]:
        until = read(filled(values.get("until", ""), _("until"))).epoch
        reason = filled(values.get("reason", ""), _("reason"))
        return [Snooze(issue=i.id, until=until, reason=reason) for i in found]

    return Entry(
        key=f"{screen.deck.me}:{_key('snooze', found)}",
        heading=issues_heading(verb_word("snooze"), found),
        fields=[Field("until", _("until"), _("Mon 09:00, 10-12, +4h"), required=True),
                Field("reason", _("reason"), required=True)],
        parse=lambda text: parse_snooze(text, read),
        format=lambda values: format_snooze(values, read),
        echo=lambda values: _snooze_echo(screen, state, values, read),
        submit=submit,
        recorded=screen.unmark,
        hint=_("Mon 09:00 waits for the client   (until, reason; its clocks run on)"),
    )  # fmt: skip


def _snooze_echo(screen: DeckScreen, state: BoardState, values: Values, read: Callable[[str], When]) -> Echo:
    try:
        found = read(values.get("until", ""))
    except CrossdeckError as error:
        return Echo(Text(screen.deck.error_text(error)), error=True)
    left = found.epoch - screen.deck.now()
    line = Text(
        _("until {due} ({left})").format(due=due_text(state, found.epoch, screen.deck.now()), left=countdown(left))
    )
    if left <= 0:
        return Echo(Text(_("A snooze ends later than now.")), error=True)
    reason = values.get("reason", "").strip()
    if reason:
        return Echo(line.append(f" | {_('reason')} {reason}"))
    return Echo(line.append(f" | {_('the reason is missing')}", STYLES["yellow"]))


# What they share ---------------------------------------------------------------------------------------


def refusal(screen: DeckScreen, operation: Operation) -> CrossdeckError | None:
    """Why an operation may not happen now, as I would sign it; None if it may."""
    deck = screen.deck
    if screen.state is None:
        return None
    return next(operation.check(screen.state.board, deck.session.stamp(deck.me or 0)), None)


def _possible(screen: DeckScreen, refs: list[Ref], make: Make) -> list[Issue]:
    """Those of the issues the verb can act on; if there is none, the reason is said."""
    board = screen.state.board if screen.state else None
    issues = [board.issues[key] for table, key in refs if board and table == "issues" and key in board.issues]
    refused = [refusal(screen, make(issue, ".")) for issue in issues]
    found = [issue for issue, error in zip(issues, refused, strict=True) if error is None]
    if not found and refused and refused[0] is not None:
        screen.deck.notice(screen.deck.error_text(refused[0]))
    return found


def issues_heading(verb: str, found: Sequence[Issue], more: str = "") -> Text:
    """`take  I-012 渠道数据缺失`; of several `take  3: I-012, I-014, I-015`."""
    if len(found) == 1:
        issue = found[0]
        return heading(verb, issue.number, issue.title, more)
    numbers = ", ".join(issue.number for issue in found[:MOST_NAMED]) + (" +" if len(found) > MOST_NAMED else "")
    return heading(verb, _("{n} issues:").format(n=len(found)), numbers, more)


def _key(verb: str, found: Sequence[Issue]) -> str:
    return f"{verb}:{'+'.join(str(issue.id) for issue in found)}"


def _sentence(
    screen: DeckScreen, verb: str, found: Sequence[Issue], head: Text, make: Make, *, hint: str, label: str = ""
) -> Entry:
    """A line of words on these issues; with a `label` they are required. Marks go with the verb."""
    entry = words_entry(
        screen,
        _key(verb, found),
        head,
        label,
        lambda text: [make(issue, text) for issue in found],
        needed=bool(label),
        hint=hint,
    )
    entry.recorded = screen.unmark
    return entry
