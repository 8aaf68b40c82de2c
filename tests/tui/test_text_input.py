"""The one line of text: pastes, undo, words, length, blanks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.panel_deck import PanelDeck
from tests.tui.panel_entries import SIZE, progress
from tui.widgets.text_input import LONGEST


async def paste(pilot: Pilot[Any], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def make(folder: Path) -> PanelDeck:
    return PanelDeck(folder, {"progress": progress()})


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("one\ntwo\r\nthree", "one two three"),
        ("q\n", "q "),
        ("a\x1b[2Jb\x9b\u202e\x07", "a[2Jb"),
        ("a\tb", "a b"),
        ("[/x][@click=app.quit]", "[/x][@click=app.quit]"),
        ("", ""),
    ],
)
async def test_a_paste_is_text_and_never_a_key(tmp_path: Path, pasted: str, text: str) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await paste(pilot, pasted)
        assert deck.typed == text
        assert deck.recorded == []
        assert deck.panel.is_open


async def test_a_paste_goes_where_the_cursor_is_and_between_the_keys_around_it(tmp_path: Path) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "a", "b", "left")
        for event in (events.Key("x", "x"), events.Paste("1\n2"), events.Key("y", "y")):
            deck.post_message(event)
        await pilot.pause()
        assert deck.typed == "ax1 2yb"


async def test_a_line_has_an_end_and_says_so(tmp_path: Path) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await paste(pilot, "渠道" * 60_000)
        assert len(deck.typed) == LONGEST
        assert deck.echoed == " A line holds 20000 characters; the rest was left out."
        await pilot.press("x")
        assert len(deck.typed) == LONGEST
        assert deck.echoed == " A line holds 20000 characters; the rest was left out."
        await pilot.press("home", "delete", "z")
        assert deck.typed.startswith("z道")
        assert "left out" not in deck.echoed


async def test_the_ideographic_blank_and_full_width_marks_are_text(tmp_path: Path) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        for character in "６５　初稿》：？！":
            deck.post_message(events.Key(character, character))
        await pilot.pause()
        assert deck.typed == "６５　初稿》：？！"


async def test_control_w_takes_a_word_and_not_the_sentence(tmp_path: Path) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await paste(pilot, "65 渠道激励方案，初稿完成 done")
        await pilot.press("ctrl+w")
        assert deck.typed == "65 渠道激励方案，初稿完成 "
        await pilot.press("ctrl+w")
        assert deck.typed == "65 渠道激励方案，"
        await pilot.press("ctrl+left", "ctrl+left", "x")
        assert deck.typed == "65 渠道x激励方案，"
        await pilot.press("ctrl+right", "y", "ctrl+backspace")
        assert deck.typed == "65 渠道x激励方案y"


async def test_undo_goes_back_word_by_word_and_redo_forth(tmp_path: Path) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *"65 abc", "ctrl+w")
        assert deck.typed == "65 "
        steps = []
        for _ in range(5):
            await pilot.press("ctrl+z")
            steps.append(deck.typed)
        assert steps == ["65 abc", "65", "", "", ""]
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert deck.typed == "65 "
        await pilot.press("x", "ctrl+y")
        assert deck.typed == "65 x"


async def test_undo_does_not_reach_into_the_entry_before(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress(last=2)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", "6", "5", "enter", "ctrl+z")
        assert deck.recorded == ["65||"]
        assert deck.typed == ""


async def test_a_long_line_scrolls_and_the_terminal_cursor_stays_in_it(tmp_path: Path) -> None:
    deck = make(tmp_path)
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p")
        await paste(pilot, "渠道" * 100 + "a")
        await pilot.pause()
        assert deck.cursor_position[0] < SIZE[0]
        strip = deck.panel.input.render_line(0)
        assert strip.text.rstrip().endswith("渠道a")
        await pilot.press("home")
        await pilot.pause()
        assert deck.cursor_position == (3, 21)
