"""The bottom panel as a form: fields, the way there and back without loss, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.text import Text

from store.operations.base import Operation
from tests.tui.panel_deck import PanelDeck, Said
from tests.tui.panel_entries import FIELDS, SIZE, heading, progress
from tui.entry import Entry, Field, Values


def report(fields: int = 4, **others: Any) -> Entry:
    """A form without a line."""
    return Entry(
        key="7:block:1",
        heading=Text("blocked report"),
        fields=[Field(f"f{n}", f"field {n}", required=n < 2, hint=f"hint {n}") for n in range(fields)],
        submit=lambda values: [Said(text="|".join(values.values()))],
        **others,
    )


def rows(deck: PanelDeck) -> list[str]:
    """The form as it stands on screen, the row that is typed in first found by its `>`."""
    panel = deck.panel
    typed = panel._prompt.lines[0].plain + deck.typed
    return [line.plain.rstrip() for line in (*panel._above.lines, Text(typed), *panel._below.lines)]


async def test_an_entry_without_a_line_opens_as_a_form(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "x")
        assert deck.panel.shape == "form"
        assert heading(deck).endswith(" 1/4 --")
        assert rows(deck) == [" > field 0 *  x", "   field 1 *  hint 1", "   field 2    hint 2", "   field 3    hint 3"]
        assert deck.panel.region.bottom == SIZE[1] - 2
        assert deck.panel.size.height == 5


async def test_enter_goes_to_the_next_field_and_records_on_the_last(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(3)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "x", "enter", "y", "enter")
        assert deck.recorded == []
        assert heading(deck).endswith(" 3/3 --")
        await pilot.press("z", "enter")
        assert deck.recorded == ["x|y|z"]
        assert not deck.panel.is_open


async def test_a_long_form_is_passed_a_page_at_a_time(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(20)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "x", "pagedown", "y")
        assert heading(deck).endswith(" 9/20 --")
        await pilot.press("pagedown", "pagedown", "z")
        assert heading(deck).endswith(" 20/20 --")
        await pilot.press("pageup", "pageup", "pageup")
        assert (heading(deck).endswith(" 1/20 --"), deck.typed) == (True, "x")
        await pilot.press("pagedown")
        assert deck.typed == "y"


async def test_control_s_records_from_any_field(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "x", "enter", "y", "up", "ctrl+s")
        assert deck.recorded == ["x|y||"]


async def test_what_is_missing_is_said_and_has_the_cursor(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "x", "down", "down", "down", "enter")
        assert deck.recorded == []
        assert deck.echoed == " Error field 1 is empty. Nothing recorded."
        assert heading(deck).endswith(" 2/4 --")


async def test_tab_walks_round_a_form_without_a_line(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(3)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "tab", "tab", "c", "tab", "a", "shift+tab", "shift+tab", "b")
        assert rows(deck) == ["   field 0 *  a", " > field 1 *  b", "   field 2    c"]


async def test_a_high_form_scrolls_within_sixty_percent(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(20)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b")
        assert deck.panel.size.height == 14
        for number in range(20):
            found = rows(deck)
            assert sum(row.startswith(f" > field {number}") for row in found) == 1
            assert len(found) == 13
            await pilot.press("down")


async def test_the_line_becomes_the_form_and_comes_back(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *"65 ab > cd", "tab")
        assert rows(deck) == [" > percent  65", "   done     ab", "   next     cd"]
        assert deck.echoed == "   65% | done ab"
        await pilot.press("tab", "x", "tab", "tab")
        assert deck.panel.shape == "line"
        assert deck.typed == "65 abx > cd"
        await pilot.press("shift+tab", "y", "ctrl+s")
        assert deck.recorded == ["65|abx|cdy"]


async def test_a_line_that_was_only_looked_at_as_a_form_comes_back_letter_by_letter(tmp_path: Path) -> None:
    odd = "65  ab  > "
    deck = PanelDeck(tmp_path, {"progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("p", *odd, "tab", "shift+tab")
        assert deck.panel.shape == "line"
        assert deck.typed == odd


async def test_drafts_of_forms_come_back(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(3), "progress": progress()})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", *"文", "tab", "y", "escape")
        assert deck.notices == ["Draft kept (文 y). b brings it back."]
        await pilot.press("b")
        assert rows(deck) == [" > field 0 *  文", "   field 1 *  y", "   field 2    hint 2"]
        await pilot.press("escape", "p", "tab", "6", "tab", "z", "escape", "p")
        assert deck.typed == "6 z"


async def test_an_untouched_form_leaves_no_draft(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(initial={"f1": "given"})})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "tab", "escape")
        assert deck.drafts.keys() == []
        assert deck.notices == []


async def test_values_that_no_field_shows_are_recorded_too(tmp_path: Path) -> None:
    seen: list[Values] = []
    entry = report(2, initial={"card": "12", "f0": "a"})

    def submit(values: Values) -> list[Operation]:
        seen.append(values)
        return []

    entry.submit = submit
    deck = PanelDeck(tmp_path, {"block": entry})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "down", "b", "enter")
        assert seen == [{"card": "12", "f0": "a", "f1": "b"}]
        assert deck.asked == []
        assert not deck.panel.is_open


async def test_words_of_a_field_are_completed(tmp_path: Path) -> None:
    fields = [Field("who", "who", options=("市场部", "销售部", "Sales")), *FIELDS]
    deck = PanelDeck(tmp_path, {"block": Entry("k", Text("h"), fields, submit=lambda _values: [])})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b", "市", "right", "space", "s", "end")
        assert deck.typed == "市场部 Sales"


async def test_the_footer_says_what_enter_does(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(2)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b")
        assert deck.panel.footer(80).plain.startswith(" Enter next field  ctrl+s record  ")
        await pilot.press("down")
        foot = deck.panel.footer(80)
        assert foot.plain.startswith(" Enter record   ")
        assert foot.plain.endswith(" Esc close, keep draft ")
        assert foot.cell_len == 80
        assert deck.panel.footer(40).cell_len == 40


async def test_a_click_on_a_row_of_a_form_goes_to_its_field(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(3)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b")
        await pilot.click("#entry-below", offset=(5, 1))
        await pilot.press("z")
        assert deck.panel.footer(80).plain.startswith(" Enter record   ")
        await pilot.click("#entry-above", offset=(5, 0))
        before = deck.typed
        await pilot.press("down", "down")
        assert (before, deck.typed) == ("", "z")


async def test_the_footer_names_the_keys_as_they_were_moved(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"block": report(2)})
    deck.set_keymap({"panel.record": "enter,f12"})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b")
        assert "f12 record" in deck.panel.footer(80).plain.lower()
        assert "ctrl+s" not in deck.panel.footer(80).plain
