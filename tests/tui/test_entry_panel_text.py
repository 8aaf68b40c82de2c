"""The bottom panel: drafts, recall and suggestion, keys that must not act, hostile text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.text import Text

from tests.tui.panel_deck import PanelDeck
from tests.tui.panel_entries import SIZE, heading, progress
from tui.entry import Echo


async def test_escape_keeps_a_draft_and_the_same_key_brings_it_back(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *"65 初稿", "escape")
        assert deck.drafts.get("7:1:progress") == "65 初稿"
        assert deck.notices == ["Draft kept (65 初稿). p brings it back."]
        assert deck.focused is deck.deck_screen.rows
        await pilot.press("p")
        assert deck.typed == "65 初稿"
        assert deck.panel.input.cursor_at_end
        await pilot.press("ctrl+g")
        assert not deck.panel.is_open


async def test_text_that_is_as_it_was_given_is_no_draft(tmp_path: Path) -> None:
    initial = {"percent": "60", "done": "x", "next": ""}
    deck = PanelDeck(tmp_path, {"edit": progress(initial=initial)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("e")
        assert deck.typed == "60 x"
        await pilot.press("escape")
        assert deck.drafts.keys() == []
        await pilot.press("e", "y", "escape", "e", "backspace", "escape")
        assert deck.drafts.keys() == []


async def test_another_request_takes_the_place_and_the_first_keeps_its_draft(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "6", "5")
        deck.panel.open(progress(2))
        await pilot.pause()
        assert deck.typed == ""
        assert deck.drafts.get("7:1:progress") == "65"
        await pilot.press("escape")
        assert deck.focused is deck.deck_screen.rows


async def test_what_is_recorded_may_open_the_panel_itself(tmp_path: Path) -> None:
    entry = progress()
    deck = PanelDeck(tmp_path, {"progress": entry})
    entry.recorded = lambda: deck.panel.open(progress(9))
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "6", "5", "enter")
        assert heading(deck).startswith("-- progress 09 ")
        assert deck.drafts.keys() == []


async def test_up_brings_earlier_lines_and_down_what_was_typed(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(recalled=["60 own", "50 older"])})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "x", "up")
        assert deck.typed == "60 own"
        await pilot.press("up", "up")
        assert deck.typed == "50 older"
        await pilot.press("down", "down", "down")
        assert deck.typed == "x"


@pytest.mark.parametrize("key", ["right", "end"])
async def test_the_grey_suggestion_is_taken_at_the_end_of_the_text(tmp_path: Path, key: str) -> None:
    complete: Callable[[str], str | None] = lambda text: text[:-2] + "Sales" if text.endswith("XS") else None  # noqa: E731
    deck = PanelDeck(tmp_path, {"progress": progress(complete=complete)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *"7 @XS")
        assert deck.panel.input._suggestion == "7 @XS = Sales"
        await pilot.press("left", "right")
        assert deck.typed == "7 @XS"
        await pilot.press(key, *" by")
        assert deck.typed == "7 @Sales by"


@pytest.mark.parametrize(
    "key", ["q", "1", "d", "colon", "space", "ideographic_space", "f2", "f5", "ctrl+p", "pagedown"]
)
async def test_no_key_of_the_screen_acts_while_something_is_typed(tmp_path: Path, key: str) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", key)
        assert deck.commands == ["progress"]
        assert deck.panel.is_open


async def test_a_click_elsewhere_does_not_turn_letters_into_commands(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await pilot.click("Rows")
        await pilot.press("d")
        assert deck.commands == ["progress"]
        assert deck.typed == "d"


async def test_remapped_keys_act_and_the_old_ones_do_not(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        deck.set_keymap({"panel.close": "ctrl+o"})
        await pilot.press("p", "escape")
        assert deck.panel.is_open
        await pilot.press("ctrl+o")
        assert not deck.panel.is_open


@pytest.mark.parametrize("text", ["[/x]", "[@click=app.quit]x", "a\x1b[31mb\x9b\u202ec\x00", "长" * 60, "\r\n\t"])
async def test_hostile_text_is_drawn_as_it_stands_in_rows_of_the_right_width(tmp_path: Path, text: str) -> None:
    entry = progress(hint=text, recalled=[text], echo=lambda _values: Echo(Text(text)))
    entry.heading = Text(text)
    deck = PanelDeck(tmp_path, {"progress": entry})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "x", "up", "tab", "tab")
        panel = deck.panel
        drawn = [panel._heading, panel._above, panel._prompt, panel._below, deck.deck_screen.bottom]
        for lines in drawn:
            for y in range(lines.size.height):
                strip = lines.render_line(y)
                assert strip.cell_length == lines.size.width
                assert not any(character in strip.text for character in "\x1b\x9b\u202e\x00\r\n\t")
        assert deck.is_running


async def test_the_terminal_cursor_stands_where_ours_does_from_the_first_moment(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert deck.cursor_position == (3, 21)
        await pilot.press(*"65 初稿")
        await pilot.pause()
        assert deck.cursor_position == (3 + 7, 21)
