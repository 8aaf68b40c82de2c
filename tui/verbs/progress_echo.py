"""How a progress line was understood, in words (the echo under the line; screens.md §5)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.errors import Refused
from store.records import Subtask
from store.rules.progress_line import ProgressLine
from store.views.state import BoardState
from tui.entry import Echo, Values
from tui.i18n import _, p_
from tui.sentences import sentence
from tui.verbs.names import find_name, supports_of
from tui.verbs.progress_values import line_of


def progress_echo(state: BoardState, subtask: Subtask, values: Values, names: Sequence[str]) -> Echo:
    """How the line was understood, part by part."""
    try:
        line = line_of(values, names)
        supports_of(state, line.supports)
    except Refused as error:
        return Echo(Text(sentence(error)), error=True)
    parts = [_percent_echo(subtask, line)]
    if line.unchanged:
        parts.append(_("no change today"))
    unfinished = values.get("_unfinished", "").split()
    texts = (("done", p_("column", "done"), line.done), ("next", p_("column", "next"), line.next))
    parts += [f"{label} {text or '-'}" for key, label, text in texts if text or key in unfinished]
    if line.problem or line.raise_kind:
        parts.append(f"{p_('column', 'problem')} {line.problem}")
    parts += [f"@{_support_words(state, s.name)}" + (f": {s.text}" if s.text else "") for s in line.supports]
    if line.problem or line.raise_kind:  # behind what was typed: in a narrow window this is what is cut
        parts.append({None: _("one more ! reports it as blocked"), "blocked": _("then the blocked report"),
                      "warning": _("then the warning")}[line.raise_kind])  # fmt: skip
    if line.percent == 100:
        parts.append(_handed_over(state, subtask))
    if values.get("_hint"):
        parts.append(_("a blank after the number makes it the percent"))
    return Echo(Text(" | ".join(parts)))


def _percent_echo(subtask: Subtask, line: ProgressLine) -> str:
    if line.percent is None:
        return f"{subtask.percent}%" + ("" if line.unchanged else " " + _("(kept)"))
    change = line.percent - subtask.percent
    text = f"{line.percent}% ({change:+d})"
    return text + (" " + _("lower than before: Enter twice") if change < 0 else "")


def _handed_over(state: BoardState, subtask: Subtask) -> str:
    """Who accepts what is at 100 %, and that the deliverable is asked for next."""
    card = state.board.cards.get(subtask.card)
    lead = state.board.person_name(card.lead) if card else ""
    text = _("goes to {who} to accept").format(who=lead) if lead else _("goes to be accepted")
    return text if subtask.deliverable else f"{text} | {_('then the deliverable')}"


def _support_words(state: BoardState, name: str) -> str:
    found = find_name(state, name)
    if found is None:
        return name
    full = state.board.department_name(found.department) or state.board.person_name(found.person)
    return full if full == name else f"{name} = {full}"
