"""A card's way on its tabs: gates line by line, rounds of acceptance, retro, the summary report."""

from __future__ import annotations

from collections.abc import Iterator

from store.records import Card, Gate, Stage
from store.rules.gates import needs, retro_of
from store.views.card import CardDetail
from store.views.state import BoardState
from store.views.summary import card_summary
from tui import words
from tui.field_words import field_word
from tui.i18n import _, p_
from tui.look import glyph
from tui.present.card_fields import FieldRow, wrapped_rows
from tui.present.summary import round_line, summary_sections
from tui.sentences import sentence

NEXT: dict[Stage, Gate] = {
    "draft": "circulating",
    "circulating": "active",
    "active": "acceptance",
    "acceptance": "completed",
    "completed": "archived",
}
"""Stage -> the gate before the next one; the draft of a card of one department goes straight to active."""


def closing_rows(state: BoardState, card: Card) -> Iterator[FieldRow]:
    """Rounds of acceptance, the departments' words, the retro: what there is of them."""
    board, ref = state.board, ("cards", card.id)
    for n, each in enumerate(board.acceptances_of.get(card.id, ())):
        label = p_("label", "acceptance") if n == 0 else ""
        yield FieldRow(each.id, label, ((round_line(state, each), ""),), ref)
        for line in each.deliverables.splitlines():
            yield FieldRow(f"handed:{each.id}:{line}", "", ((f"  {line}", "dim"),), ref)
    said = [duty for duty in board.duties_of.get(card.id, ()) if duty.support_at is not None]
    for n, duty in enumerate(said):
        text = words.labelled(board.department_name(duty.department), duty.support_word or _("confirmed"))
        who = board.person_name(duty.support_by)
        yield FieldRow(f"support:{duty.id}", p_("label", "support") if n == 0 else "", ((f"{text} ({who})", ""),), ref)
    retro = retro_of(board, card)
    if retro is not None and retro.waived:
        yield FieldRow("retro", p_("label", "retro"), ((_("waived: {reason}").format(reason=retro.waived), ""),), ref)
    elif retro is not None:
        for n, name in enumerate(("well", "short", "improvements")):
            text = words.labelled(field_word(name), getattr(retro, name))
            yield FieldRow(f"retro:{name}", p_("label", "retro") if n == 0 else "", ((text, ""),), ref)


def gate_rows(state: BoardState, card: Card) -> Iterator[FieldRow]:
    """The gate of the next stage, a line for each thing it asks for."""
    gate = NEXT.get(card.stage)
    if card.stage == "draft" and len(state.board.duties_of.get(card.id, ())) == 1:
        gate = "active"
    if gate is None:
        return
    head = (_("{stage} needs:").format(stage=words.stage(gate)), "cyan")
    yield FieldRow("gate", p_("label", "next stage"), (head,), ("cards", card.id))
    for n, need in enumerate(needs(state.board, card.id, gate)):
        mark, tone = (glyph("met"), "green") if need.met else (glyph("over"), "red")
        place = (need.table, need.record) if need.table in {"subtasks", "duties"} else ("cards", card.id)
        yield FieldRow(f"gate:{n}", "", ((f"{mark} ", tone), (sentence(need.text), "")), place)


def report_rows(state: BoardState, detail: CardDetail, now: int, cells: int) -> list[FieldRow]:
    """The summary report (总结报告), wrapped to a screen of so many cells."""
    older = state.older.entries if state.older is not None else None
    found = card_summary(state.board, state.book, detail.card.id, now, older)
    if found is None:
        return []
    ref = ("cards", detail.card.id)
    rows = [
        FieldRow(f"{heading}:{n}", heading if n == 0 else "", ((" ".join(line.split()), ""),), ref)
        for heading, lines in summary_sections(state, found, now)
        for n, line in enumerate(lines)
    ]
    return wrapped_rows(rows, cells)
