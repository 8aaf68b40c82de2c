"""The bottom panel as a person sees it: the line, the chain, refusals, waiting for the journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import Refused
from tests.tui.panel_deck import PanelDeck
from tests.tui.panel_entries import SIZE, heading, progress, put
from tui.entry import Values


async def test_the_panel_opens_above_the_message_row_and_the_list_shrinks(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        before = deck.deck_screen.rows.size.height
        assert not deck.panel.display
        await pilot.press("p")
        assert deck.panel.is_open
        assert deck.panel.shape == "line"
        assert deck.deck_screen.rows.size.height == before - 2
        assert deck.panel.region.bottom == SIZE[1] - 2
        assert heading(deck) == "-- progress 01 " + "-" * 65
        assert deck.focused is deck.panel.input


async def test_enter_records_and_the_focus_goes_back(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *"65 ab", "enter")
        assert deck.recorded == ["65|ab|"]
        assert not deck.panel.is_open
        assert deck.focused is deck.deck_screen.rows
        assert deck.drafts.keys() == []


async def test_every_key_is_echoed(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(hint="65 done > next")})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        assert deck.echoed == "   65 done > next"
        await pilot.press("6")
        assert deck.echoed == "   6% | done "
        await pilot.press("5", "0")
        assert deck.echoed == " Error 650% | done "
        assert deck.deck_screen.bottom.lines[0].plain == deck.echoed


@pytest.mark.parametrize("typed", ["p65 one\r70 two\r\x1b", "p65 one\r70 two\r\r"])
async def test_what_is_typed_ahead_keeps_its_order(tmp_path: Path, typed: str) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(last=3)})
    async with deck.run_test(size=SIZE) as pilot:
        await put(pilot, typed)
        await pilot.pause()
        assert deck.recorded == ["65|one|", "70|two|"]
        assert deck.commands == ["progress"]
        assert not deck.panel.is_open


async def test_backspace_does_not_overtake_letters(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await put(pilot, "pab\x7fcd")
        assert deck.typed == "acd"


async def test_the_text_stays_until_the_journal_has_it_and_keys_wait(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(last=2)})
    deck.answers = False
    async with deck.run_test(size=SIZE) as pilot:
        await put(pilot, "p65 one\r70 two\r")
        assert deck.typed == "65 one"
        assert deck.recorded == ["65|one|"]
        deck.panel.keep()
        assert deck.drafts.get("7:1:progress") == "65 one"
        deck.answer()
        await pilot.pause()
        assert deck.drafts.get("7:1:progress") == ""
        assert deck.recorded == ["65|one|", "70|two|"]
        assert heading(deck).startswith("-- progress 02 ")
        deck.answer()
        await pilot.pause()
        assert not deck.panel.is_open


async def test_keys_behind_the_last_entry_act_on_the_list(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    deck.answers = False
    async with deck.run_test(size=SIZE) as pilot:
        await put(pilot, "p65 one\rz")
        assert deck.commands == ["progress"]
        deck.answer()
        await pilot.pause()
        assert deck.commands == ["progress", "preview"]


async def test_a_refusal_of_the_journal_keeps_the_text_apart_from_what_was_typed_ahead(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(last=2)})
    deck.answers = False
    async with deck.run_test(size=SIZE) as pilot:
        await put(pilot, "p65 one\r70 two\r")
        deck.answer(Refused("Only {role} can do this.", role="the lead"))
        await pilot.pause()
        assert deck.typed == "65 one"
        assert deck.echoed == " Error Only the lead can do this."
        assert deck.recorded == ["65|one|"]
        await pilot.press("up")
        assert deck.typed == "70 two"
        await pilot.press("down")
        assert deck.typed == "65 one"


async def test_leaving_is_possible_while_the_journal_is_silent(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    deck.answers = False
    async with deck.run_test(size=SIZE) as pilot:
        await put(pilot, "p65\r")
        await pilot.press("ctrl+q")
        assert deck.return_value == 0


async def test_a_refused_line_stays_and_says_why(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *"165", "enter")
        assert deck.typed == "165"
        assert deck.echoed == ' Error Percent is 0 to 100; "165" is not.'
        assert deck.recorded == []
        await pilot.press("backspace")
        assert deck.echoed == "   16% | done "


async def test_a_question_is_answered_by_a_second_enter_on_the_same_text(tmp_path: Path) -> None:
    ask: Callable[[Values], str | None] = lambda values: "Lower than before." if values["percent"] == "40" else None  # noqa: E731
    deck = PanelDeck(tmp_path, {"progress": progress(confirm=ask)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "4", "0", "enter")
        assert (deck.recorded, deck.echoed) == ([], " Lower than before.")
        await pilot.press("space", "enter")
        assert deck.recorded == []
        await pilot.press("enter")
        assert deck.recorded == ["40||"]


async def test_enter_on_an_empty_line_goes_to_the_next_and_records_nothing(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(last=2)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "enter")
        assert heading(deck).startswith("-- progress 02 ")
        await pilot.press("enter")
        assert not deck.panel.is_open
        assert deck.recorded == []


async def test_nothing_to_record_closes_without_a_draft(tmp_path: Path) -> None:
    calls: list[str] = []
    entry = progress(submit=lambda _values: None, skipped=None, keep_draft=False, changed=calls.append)
    entry.closed = lambda: calls.append("closed")
    deck = PanelDeck(tmp_path, {"filter": entry})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("slash", "a", "b", "enter")
        assert calls == ["a", "ab"]
        await pilot.press("slash", "c", "escape")
        assert calls == ["a", "ab", "c", "closed"]
        assert not deck.panel.is_open
        assert deck.drafts.keys() == []
        assert deck.notices == []
