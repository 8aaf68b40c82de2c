"""A subtask in full, below its row: plan, standard, inputs, support, letters, what it waits for (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from store.records import Subtask
from store.rules.dependencies import buffers
from store.rules.division import buffer_words
from store.rules.entries import last_report
from store.rules.routing import by_letter
from store.views.card import LoggedEntry
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui import words
from tui.i18n import N_, _, p_
from tui.present.card_preview import entry_line
from tui.present.lines import dashes, labelled, wrapped
from tui.sentences import sentence
from tui.subjects import day_time, due_text, subtask_number

LABEL = 13
QUESTIONS = {
    "task": N_("task and standard clear"),
    "date": N_("date feasible, no gap"),
    "dependencies": N_("dependencies known"),
}
"""The owner's three questions (rulebook §2, T3)."""


def subtask_detail(state: BoardState, row: SubtaskRow, now: int, cells: int) -> list[Text]:
    """Everything about a subtask that does not stand in its row."""
    subtask = state.board.subtasks.get(row.id)
    if subtask is None:
        return []
    lines = [dashes(f"{row.number or '?'} {subtask.name}", cells)]
    lines += labelled(p_("label", "plan"), [Text(_plan(state, subtask, now))], LABEL)
    lines += wrapped(p_("label", "standard"), subtask.standard, cells, 3, LABEL)
    lines += wrapped(p_("field", "deliverable"), subtask.deliverable, cells, 2, LABEL)
    last = last_report(state.board.progress_of.get(row.id, ()))
    if last is not None:
        lines += wrapped(
            p_("label", "last"), entry_line(state, LoggedEntry(last, subtask, None), now).plain, cells, 3, LABEL
        )
    board = state.board
    lines += _listed(p_("label", "inputs"), _inputs(state, subtask, now), cells)
    lines += wrapped(p_("field", "inputs"), subtask.inputs, cells, 3, LABEL)
    lines += _listed(p_("label", "support"), _supports(state, subtask, now), cells)
    lines += _listed(p_("field", "waits for"), _waits(state, subtask), cells)
    lines += wrapped(p_("label", "issues"), _issues(state, subtask), cells, 2, LABEL)
    lines += wrapped("RACI", _letters(state, subtask), cells, 2, LABEL)
    lines += wrapped(p_("field", "collaborators"), "; ".join(_collaborators(state, subtask)), cells, 2, LABEL)
    lines += _listed(p_("label", "review"), _reviews(state, subtask, now), cells)
    if board.cards[subtask.card].stage in {"circulating", "active"} and subtask.status not in {"done", "cancelled"}:
        lines += wrapped(p_("label", "owner says"), _answers(state, subtask, now), cells, 2, LABEL)
    lines += wrapped(p_("field", "description"), subtask.description, cells, None, LABEL)
    lines += wrapped(p_("field", "resources"), subtask.resources, cells, 2, LABEL)
    return [*lines, *wrapped(p_("field", "reason"), subtask.reason, cells, 2, LABEL)]


def _listed(label: str, texts: Iterator[str], cells: int) -> list[Text]:
    """One line, or several, for each text; the label before the first."""
    lines: list[Text] = []
    for text in texts:
        lines += wrapped(label if not lines else "", text, cells, 2, LABEL)
    return lines


def _inputs(state: BoardState, subtask: Subtask, now: int) -> Iterator[str]:
    """`渠道数据 市场部 Fri 10-16 18:00: waited for`."""
    for row in state.board.inputs_of.get(subtask.id, ()):
        who = state.board.person_name(row.supplier) or state.board.department_name(row.department)
        if row.received_at is not None:
            became = _("received {t}").format(t=day_time(state, row.received_at, now))
        elif row.cancelled_at is not None:
            became = words.status("cancelled")
        else:
            became = _("over") if row.due is not None and now > row.due else _("waited for")
        due = due_text(state, row.due, now) if row.due is not None else ""
        yield " ".join(part for part in (row.what, who, due) if part) + f": {became}"


def _supports(state: BoardState, subtask: Subtask, now: int) -> Iterator[str]:
    """`市场部: 数据 (asked 10-08 13:43): promised: 明天给`."""
    for row in state.board.supports_of.get(subtask.id, ()):
        if row.cancelled_at is not None:
            continue
        who = state.board.person_name(row.person) or state.board.department_name(row.department)
        became = _("not answered") if row.answered_at is None else _("cannot") if row.declined else _("promised")
        asked = _("asked {t}").format(t=day_time(state, row.asked_at, now))
        yield ": ".join(part for part in (f"{who} {row.text}".strip(), asked, became, row.answer) if part)


def _waits(state: BoardState, subtask: Subtask) -> Iterator[str]:
    """What it waits for, then the buffers that are too short."""
    board = state.board
    waits = [f"{subtask_number(each)} {each.name} {words.status(each.status)}" for each in
             map(board.subtasks.get, subtask.depends_on) if each is not None]  # fmt: skip
    if waits:
        yield "; ".join(waits)
    if subtask.gone:
        yield _("archived") + ": " + "; ".join(subtask.gone)
    for buffer in buffers(board.subtasks, subtask, state.working):
        yield "! " + sentence(buffer_words(board, buffer))


def _letters(state: BoardState, subtask: Subtask) -> str:
    """`A 王敏  R 陈思  C 周航 李强`; nothing while no letter is set."""
    if not any(row.letters for row in state.board.letters_of.get(subtask.id, ())):
        return ""
    held = by_letter(state.board, subtask)
    named = ((letter, " ".join(map(state.board.person_name, people))) for letter, people in held.items())
    return "   ".join(f"{letter} {names}" for letter, names in named if names)


def _collaborators(state: BoardState, subtask: Subtask) -> Iterator[str]:
    scopes = {row.person: row.scope for row in state.board.scopes_of.get(subtask.id, ())}
    for person in subtask.collaborators:
        yield ": ".join(part for part in (state.board.person_name(person), scopes.get(person, "")) if part)


def _reviews(state: BoardState, subtask: Subtask, now: int) -> Iterator[str]:
    """Each reviewing department with its word on this revision, and how often the subtask was sent back."""
    yield from review_words(state, subtask, now)
    if count := _sent_back(subtask):
        yield count


def review_words(state: BoardState, subtask: Subtask, now: int) -> list[str]:
    """`产品部: agrees (陈思 10-08 13:43): 可用`, one for each reviewing department; those without a word last."""
    board = state.board
    said = {each.department: each for each in board.joint_reviews_of.get(subtask.id, ())
            if each.revision == subtask.revisions}  # fmt: skip
    found = []
    for word in said.values():
        how = _("agrees") if word.agrees else _("does not agree")
        who = f"({board.person_name(word.by)} {day_time(state, word.at, now)})"
        head = words.labelled(board.department_name(word.department), f"{how} {who}")
        found.append(": ".join(part for part in (head, word.text) if part))
    names = ", ".join(filter(None, (board.department_name(each) for each in subtask.reviewers if each not in said)))
    return [*found, _("{names}: no word yet").format(names=names)] if names else found


def _sent_back(subtask: Subtask) -> str:
    """How often a subtask was sent back."""
    count = ""
    if subtask.most_revisions is not None:
        count = _("sent back {n} of at most {most} times").format(n=subtask.revisions, most=subtask.most_revisions)
    elif subtask.revisions:
        count = _("sent back {n} times").format(n=subtask.revisions)
    return count


def _answers(state: BoardState, subtask: Subtask, now: int) -> str:
    """The three questions, each with yes or no; that they are not answered yet."""
    if subtask.answered_at is None:
        return _("three questions not answered")
    said = ((_(words_), key in subtask.answers) for key, words_ in QUESTIONS.items())
    answers = "; ".join(words.labelled(text, _("yes") if yes else _("no")) for text, yes in said)
    return f"{answers} ({day_time(state, subtask.answered_at, now)})"


def _plan(state: BoardState, subtask: Subtask, now: int) -> str:
    ends = (due_text(state, each, now) if each else "?" for each in (subtask.planned_start, subtask.planned_finish))
    who = state.board.person_name(subtask.owner)
    department = state.board.department_name(subtask.department)
    source = _("from minutes") if subtask.source_line else ""
    return "   ".join(part for part in (" -> ".join(ends), who, department, source) if part)


def _issues(state: BoardState, subtask: Subtask) -> str:
    """Open issues on a subtask in one line."""
    found = (each for each in state.board.issues_of.get(subtask.card, ()) if each.subtask == subtask.id)
    return "; ".join(
        f"{each.number} {words.issue_kind(each.kind)} {each.title}" for each in found if each.state != "resolved"
    )
