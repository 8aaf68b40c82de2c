"""The summary report of a card in words: sections of lines, text, Markdown (rulebook §9). No Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from store.records import Acceptance, IssueKind
from store.rules.gates import was_missing
from store.views.state import BoardState
from store.views.summary import CardSummary, Changed, ClockCount, PlanLine, TierCount
from tui import words
from tui.duration import elapsed
from tui.field_words import field_word
from tui.i18n import Np_, _, p_
from tui.present.digest import Form, escaped
from tui.present.fields import value_words
from tui.sentences import sentence
from tui.subjects import due_text, local, signer_words

Section = tuple[str, list[str]]
VERDICTS = {
    "pass": Np_("verdict", "pass"),
    "rectify": Np_("verdict", "rectify"),
    "fail": Np_("verdict", "fail"),
}
GATES = {
    "circulating": Np_("gate", "to circulate"),
    "active": Np_("gate", "to activate"),
    "acceptance": Np_("gate", "to submit"),
    "completed": Np_("gate", "to complete"),
    "archived": Np_("gate", "to archive"),
}


def verdict_word(verdict: str | None) -> str:
    """A verdict, or that there is none yet."""
    return p_("verdict", VERDICTS[verdict]) if verdict else _("no verdict yet")


def summary_text(state: BoardState, found: CardSummary, now: int, form: Form) -> str:
    """The report as lines, ends in a line break."""
    mark: Callable[[str], str] = escaped if form == "markdown" else str
    head, bullet = ("## ", "- ") if form == "markdown" else ("", "  ")
    title = _("Summary report: {id} {name}").format(id=found.card.number, name=found.card.name)
    out = [f"# {mark(title)}" if form == "markdown" else title]
    for heading, lines in summary_sections(state, found, now):
        out += ["", f"{head}{heading}", *([""] if form == "markdown" else [])]
        out += [bullet + mark(" ".join(line.split())) for line in lines]
    return "\n".join(out) + "\n"


def summary_sections(state: BoardState, found: CardSummary, now: int) -> list[Section]:
    """Heading and lines of each part; parts without anything say so or are left out."""
    none = [_("none")]
    sections = [
        (_("Result"), [*_result(state, found)]),
        (_("Plan and actual"), [_plan(state, line) for line in found.plan]),
        (_("Clocks by dept"), [_clocks(state, count) for count in found.clocks] or none),
        (_("Issues by tier"), [_tier(count) for count in found.issues] or none),
        (_("Changes"), [*_changes(state, found, now)] or none),
        (_("Acceptance"), [round_line(state, each) for each in found.rounds]),
        (_("Retro"), [*_retro(found)]),
    ]
    return [(heading, lines) for heading, lines in sections if lines]


def _result(state: BoardState, found: CardSummary) -> Iterator[str]:
    card, board = found.card, state.board
    counts = ", ".join(f"{words.status(name)} {n}" for name, n in found.subtasks.items())
    yield f"{words.stage(card.stage)} {found.percent}%" + (
        f"; {words.labelled(_('subtasks'), counts)}" if counts else ""
    )
    names = [board.department_name(duty.department) for duty in board.duties_of.get(card.id, ())]
    parts = [f"{field_word('lead')} {board.person_name(card.lead)}"] if card.lead else []
    yield "; ".join([*parts, *([f"{_('departments')} {', '.join(names)}"] if names else [])])
    for name in ("goal", "budget", "budget_used", "resources_used"):
        if value := getattr(card, name):
            yield words.labelled(field_word(name), value)


def _plan(state: BoardState, line: PlanLine) -> str:
    what = line.what if line.milestone else {"start": _("start"), "finish": _("finish")}[line.what]
    parts = [_("plan {t}").format(t=_date(state, line.planned))]
    parts.append(_("actual {t}").format(t=_date(state, line.actual)))
    if line.late is not None:
        late = _("{t} late") if line.late > 0 else _("{t} early")
        parts.append(late.format(t=elapsed(abs(line.late))) if line.late else _("on the minute"))
    return words.labelled(what, ", ".join(parts))


def _date(state: BoardState, instant: int | None) -> str:
    return f"{local(state, instant):%Y-%m-%d %H:%M}" if instant is not None else "-"


def _clocks(state: BoardState, count: ClockCount) -> str:
    name = state.board.department_name(count.department) or _("nobody's department")
    said = [
        (_("met {n}"), count.met),
        (_("met late {n}"), count.late),
        (_("over {n}"), count.over),
        (_("running {n}"), count.running),
        (_("void {n}"), count.void),
    ]
    return words.labelled(name, ", ".join(text.format(n=n) for text, n in said if n))


def _tier(count: TierCount) -> str:
    kinds: dict[IssueKind, int] = count.kinds
    said = ", ".join(f"{words.issue_kind(kind)} {n}" for kind, n in kinds.items())
    resolved = _("resolved {n}").format(n=count.resolved)
    return words.labelled(_("tier {n}").format(n=count.tier), f"{said}; {resolved}")


def _changes(state: BoardState, found: CardSummary, now: int) -> Iterator[str]:
    card = found.card
    if card.version:
        yield _("version {n}").format(n=card.version)
    said = [
        (_("signatures void by an edit {n}"), found.voided),
        (_("subtasks sent back {n}"), found.sent_back),
        (_("requirement changes {n}"), found.requirement_changes),
    ]
    counts = ", ".join(text.format(n=n) for text, n in said if n)
    if counts:
        yield counts
    for change in found.changes:
        yield _change(state, change, now)
    for back in found.reopenings:
        who = state.board.person_name(back.by)
        yield words.labelled(
            f"{_date(state, back.at)}{' ' * bool(who)}{who}", _("reopened: {reason}").format(reason=back.reason)
        )
    for each in found.passes:
        gaps = "; ".join(map(sentence, was_missing(each)))
        passed = _("gate passed {gate}: {reason}").format(gate=p_("gate", GATES[each.gate]), reason=each.reason)
        yield words.labelled(f"{_date(state, each.at)} {state.board.person_name(each.by)}", f"{passed} ({gaps})")


def _change(state: BoardState, change: Changed, now: int) -> str:
    old, new = (value_words(state, change.table, change.field, value, now) for value in (change.old, change.new))
    duty = state.board.duties.get(change.subject) if change.table == "duties" else None
    about = f"{state.board.department_name(duty.department)} " if duty else ""
    who = state.board.person_name(change.by)
    return words.labelled(f"{_date(state, change.at)} {who}", f"{about}{field_word(change.field)} {old} -> {new}")


def round_line(state: BoardState, found: Acceptance) -> str:
    """One round of acceptance: submitted, verdict, remarks."""
    board = state.board
    parts = [
        _("round {n}").format(n=found.round),
        _("submitted {t} by {who}").format(
            t=due_text(state, found.submitted_at), who=board.person_name(found.submitted_by)
        ),
        verdict_word(found.verdict),
    ]
    if found.verdict_at is not None:
        parts.append(f"{due_text(state, found.verdict_at)} {signer_words(board, found.verdict_by, found.verdict_for)}")
    if found.rectify_by is not None:
        parts.append(_("rectify by {t}").format(t=due_text(state, found.rectify_by)))
    return "; ".join([*parts, *([found.remarks] if found.remarks else [])])


def _retro(found: CardSummary) -> Iterator[str]:
    retro = found.retro
    if retro is None:
        return
    if retro.waived:
        yield _("waived: {reason}").format(reason=retro.waived)
        return
    for name in ("well", "short", "improvements"):
        yield words.labelled(field_word(name), getattr(retro, name))
