"""`d` on an issue: resolve it, in tier 3 rule on it, and say when what was decided is done (screens.md §3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError, Refused
from store.operations.base import Operation
from store.operations.concrete import concrete
from store.operations.queue import MarkResolutionDone, Resolve
from store.operations.subtasks import ResumeSubtask
from store.records import Issue
from store.rules.decision_line import DecisionLine, format_decision, parse_decision
from store.rules.ladder import TOP_TIER
from store.views.state import BoardState
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import N_, _, p_
from tui.look import STYLES
from tui.verbs.forms import date_words, heading, refused_echo, when, words_entry, yes_entry
from tui.verbs.issue_lines import need
from tui.verbs.issue_steps import issues_heading, refusal
from tui.verbs.names import complete_name, find_name, known_names, need_department, need_person

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

KEYS = ("decision", "department", "owner", "due")
DEFAULT_DUE = "+3wd"
"""As long as a tier of the ladder lasts; the echo says which day that is."""
MISSING = N_("Resolving needs all four: {missing} is empty.")


def resolve(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`decision @who <due` with department and due prefilled; of several marked issues one after the other."""
    state = screen.state
    issues = [
        state.board.issues[key] for table, key in refs if state and table == "issues" and key in state.board.issues
    ]
    if state is None or not issues:
        return None
    issue = issues[0]
    if issue.state == "resolved":
        return _done(screen, issue)
    refused = refusal(screen, _trial(screen, state, issue))
    if refused is not None:
        screen.deck.notice(screen.deck.error_text(refused))
        return None
    entry = _entry(screen, state, issue)
    entry.recorded = lambda: _after(screen, issue, refs[1:])
    return entry


def _trial(screen: DeckScreen, state: BoardState, issue: Issue) -> Resolve:
    """A complete resolution: what is refused of it does not depend on what is typed."""
    department = next(iter(state.board.departments), None)
    return Resolve(issue=issue.id, decision=".", department=department, owner=screen.deck.me, due=screen.deck.now())


def _done(screen: DeckScreen, issue: Issue) -> Request | None:
    """A resolved issue: what was decided is done."""
    refused = refusal(screen, MarkResolutionDone(issue=issue.id))
    if refused is not None:
        screen.deck.notice(screen.deck.error_text(refused))
        return None
    return words_entry(
        screen,
        f"step:{issue.id}",
        issues_heading(_("resolution done"), [issue], issue.decision),
        _("what was done"),
        lambda text: [MarkResolutionDone(issue=issue.id, text=text)],
        needed=False,
        hint=_("What was decided is done? Enter yes; what was done may stand here."),
    )


def _entry(screen: DeckScreen, state: BoardState, issue: Issue) -> Entry:
    names = known_names(state)
    verb = _("rule on") if issue.tier >= TOP_TIER else _("resolve")
    labels = _labels()
    offered = {"department": tuple(d.name for d in state.board.departments.values()), "owner": names}

    def submit(values: Values) -> Sequence[Operation]:
        department, owner = _who(state, values)
        need(values, KEYS, MISSING, "refuse.resolve", labels)
        due = when(state, values["due"], screen.deck.now())
        return [
            Resolve(issue=issue.id, decision=values["decision"].strip(), department=department, owner=owner, due=due)
        ]

    return Entry(
        key=f"{screen.deck.me}:step:{issue.id}",
        heading=issues_heading(verb, [issue]),
        fields=[Field(key, labels[key], options=offered.get(key, ()), required=True) for key in KEYS],
        parse=lambda text: _values_of(state, issue, text, names),
        format=_line_of,
        echo=lambda values: _echo(screen, state, values),
        submit=submit,
        complete=lambda text: complete_name(text, names),
        hint=_("decision @who <due   else {department}, {due}").format(
            department=state.board.department_name(issue.department) or "-",
            due=date_words(state, DEFAULT_DUE, screen.deck.now()),
        ),
    )


def _labels() -> dict[str, str]:
    return {
        "decision": p_("field", "decision"),
        "department": _("department"),
        "owner": _("owner"),
        "due": p_("field", "due"),
    }


def _values_of(state: BoardState, issue: Issue, text: str, names: Sequence[str]) -> Values:
    """The line's fields; the department is the one named, else the owner's, else the one that answers for the issue."""
    line = parse_decision(text, names)
    values = dict.fromkeys(KEYS, "")
    values |= {"decision": line.text, "due": line.due_text or DEFAULT_DUE}
    for name in line.names:
        found = find_name(state, name)
        values["department" if found is not None and found.department else "owner"] = name
    if not values["department"]:
        owner = find_name(state, values["owner"]) if values["owner"] else None
        person = state.board.people.get(owner.person or 0) if owner else None
        home = (person.department if person else None) or issue.department
        values["department"] = state.board.department_name(home)
    return values


def _line_of(values: Values) -> str:
    names = tuple(values[key].strip() for key in ("department", "owner") if values.get(key, "").strip())
    due = values.get("due", "").strip()
    return format_decision(DecisionLine(text=values.get("decision", "").strip(), names=names, due_text=due))


def _who(state: BoardState, values: Values) -> tuple[int | None, int | None]:
    """Department and owner. Raises NotFound for a name nobody has, Refused for one of the wrong kind."""
    department, owner = values["department"].strip(), values["owner"].strip()
    return need_department(state, department) if department else None, need_person(state, owner) if owner else None


def _echo(screen: DeckScreen, state: BoardState, values: Values) -> Echo:
    """Decision, who, the day with what is odd about it and the time left; then what is missing."""
    try:
        department, owner = _who(state, values)
        when(state, values.get("due", ""), screen.deck.now())
    except CrossdeckError as error:
        return Echo(Text(screen.deck.error_text(error)), error=True)
    board = state.board
    if vague := refused_echo(concrete(board, values.get("decision", ""))):
        return vague
    who = f"{board.department_name(department)} {board.person_name(owner) or '?'}".strip()
    due = date_words(state, values["due"], screen.deck.now())
    line = Text(f"{who} | {p_('field', 'due')} {due} | ")
    try:
        need(values, KEYS, MISSING, "refuse.resolve", _labels())
    except Refused as error:
        return Echo(line.append(screen.deck.error_text(error), STYLES["yellow"]))
    return Echo(line.append(values["decision"].strip()))


def _after(screen: DeckScreen, issue: Issue, rest: list[Ref]) -> Request | None:
    """A resolved blocked report: its subtask back in progress? Then the next marked issue."""
    screen.unmark()
    board = screen.state.board if screen.state else None
    subtask = board.subtasks.get(issue.subtask or 0) if board and issue.kind == "blocked" else None
    # The issue itself may still stand unresolved in the picture: the file has it, but was not read since.
    others = [i for i in board.issues_of.get(issue.card, ()) if i.id != issue.id] if board else []
    still = any(i.subtask == issue.subtask and i.kind == "blocked" and i.state != "resolved" for i in others)
    if subtask is None or subtask.status != "blocked" or still:
        return resolve(screen, rest) if rest else None
    question = _("{name} back in progress? Enter yes, Esc no.").format(name=subtask.name)
    head = heading(_("{id} is resolved").format(id=issue.number), subtask.number, subtask.name)
    entry = yes_entry(screen, f"resume:{subtask.id}", head, [ResumeSubtask(subtask=subtask.id)], question)
    entry.recorded = lambda: resolve(screen, rest) if rest else None
    return entry
