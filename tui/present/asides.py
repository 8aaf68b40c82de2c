"""What was put aside, in words: what it was, why it did not go in, its fields beside what stands (design §3.4)."""

from __future__ import annotations

from rich.text import Text

from store.errors import UsageError
from store.records import Aside
from store.views.asides import Wanted, reasons_of, wanted
from store.views.numbers import table_of
from store.views.state import BoardState
from tui.cells import cut, fit, wrap
from tui.deeds import deed_word
from tui.field_words import field_word
from tui.i18n import _
from tui.look import STYLES
from tui.present.fields import record_words, shaped_words, value_words
from tui.sentences import sentence
from tui.subjects import day_time

LABELS = 18
"""Cells of the column of fields."""


def subject_of(state: BoardState, aside: Aside) -> str:
    """Number and name of the record it is about; that of what it would have made, by its own words."""
    table = table_of(state.board, aside.subject)
    if table:
        return record_words(state, table, aside.subject)
    payload = aside.payload if isinstance(aside.payload, dict) else {}
    named = next((payload[name] for name in ("card", "subtask", "issue", "meeting") if payload.get(name)), 0)
    return record_words(state, table_of(state.board, named), named) if isinstance(named, int) else ""


def aside_words(state: BoardState, aside: Aside) -> str:
    """`progress 02 渠道激励方案初稿`: what was to be done to what."""
    return f"{deed_word(aside.operation)} {subject_of(state, aside)}".strip()


def why_words(aside: Aside) -> str:
    """Its reasons as one sentence, without the stop."""
    return "; ".join(sentence(reason).rstrip(".。") for reason in reasons_of(aside))


def aside_pane(state: BoardState, aside: Aside, now: int, cells: int) -> list[Text]:
    """The whole of it: what, when, why, and each field beside what stands on the board now."""
    head = _("put aside {t}: {what}").format(t=day_time(state, aside.recorded_at, now), what=aside_words(state, aside))
    lines = [Text(f" {cut(head, cells - 2)}", STYLES["head"])]
    for reason in reasons_of(aside):
        lines += [Text(f"   {part}", STYLES["yellow"]) for part in wrap(sentence(reason), max(10, cells - 4), 2)]
    try:
        fields = list(wanted(state.board, aside))
    except UsageError as problem:
        return [*lines, Text(f"   {cut(sentence(problem), cells - 4)}", STYLES["dim"])]
    half = max(8, (cells - LABELS - 8) // 2)
    if fields:
        lines.append(Text.assemble("   ", (_row("", _("yours"), _("on the board now"), half), STYLES["dim"])))
    lines += [
        Text(f"   {_row(field_word(each.name), yours(state, aside, each, now), there(state, aside, each, now), half)}")
        for each in fields
    ]
    return lines


def _row(label: str, mine: str, now: str, half: int) -> str:
    return f"{fit(label, LABELS)} {fit(mine, half)} | {cut(now, half)}"


def yours(state: BoardState, aside: Aside, each: Wanted, now: int) -> str:
    """A field's value as its author gave it, in words and on one line."""
    return _words(state, aside, each, each.value, now)


def there(state: BoardState, aside: Aside, each: Wanted, now: int) -> str:
    """What stands in that field now; `-` for nothing."""
    return _words(state, aside, each, each.now, now)


def _words(state: BoardState, aside: Aside, each: Wanted, value: object, now: int) -> str:
    if value in (None, ""):
        return "-"
    table = table_of(state.board, aside.subject)
    said = (
        value_words(state, table, each.name, value, now) if each.inside else shaped_words(state, each.shape, value, now)
    )
    return said.replace("\n", " ")
