"""The bottom panel as a choice: arrows, Enter, typing filters."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from store.errors import Refused
from tests.tui.panel_deck import PanelDeck
from tests.tui.panel_entries import SIZE, heading, progress
from tui.entry import Choice, Entry, Option

NAMES = ["市场部", "Sales", "设计部 [/x]", "Sales Asia"]


class Chosen:
    """A choice that remembers what was chosen."""

    def __init__(self, names: list[str], *, then: Entry | Choice | None = None, current: str = "") -> None:
        self.ids: list[str] = []
        self.then = then
        options = [Option(f"o{n}", Text(name), search=f"D{n}") for n, name in enumerate(names)]
        self.choice = Choice(Text("which department"), options, self.take, current)

    def take(self, found: str) -> Entry | Choice | None:
        self.ids.append(found)
        return self.then


def rows(deck: PanelDeck) -> list[str]:
    return [line.plain.rstrip() for line in deck.panel._below.lines]


async def test_arrows_move_and_enter_chooses(tmp_path: Path) -> None:
    chosen = Chosen(NAMES)
    deck = PanelDeck(tmp_path, {"sort": chosen.choice})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s")
        assert deck.panel.shape == "choice"
        assert rows(deck) == [" > 市场部", "   Sales", "   设计部 [/x]", "   Sales Asia"]
        await pilot.press("up", "down", "down", "down", "down", "up", "enter")
        assert chosen.ids == ["o2"]
        assert not deck.panel.is_open
        assert deck.focused is deck.deck_screen.rows


async def test_the_cursor_starts_on_the_current_option(tmp_path: Path) -> None:
    chosen = Chosen(NAMES, current="o3")
    deck = PanelDeck(tmp_path, {"sort": chosen.choice})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s", "enter")
        assert chosen.ids == ["o3"]


async def test_typing_filters_and_no_letter_is_a_key(tmp_path: Path) -> None:
    chosen = Chosen(NAMES)
    deck = PanelDeck(tmp_path, {"sort": chosen.choice})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s", *"Ａs sal")
        assert rows(deck) == [" > Sales Asia"]
        await pilot.press("q")
        assert rows(deck) == ["   Nothing matches."]
        await pilot.press("enter")
        assert chosen.ids == []
        await pilot.press("ctrl+u", "d", "2", "enter")
        assert chosen.ids == ["o2"]
        assert deck.commands == ["sort"]


async def test_a_long_list_scrolls_in_twelve_rows(tmp_path: Path) -> None:
    chosen = Chosen([f"name {n}" for n in range(40)])
    deck = PanelDeck(tmp_path, {"sort": chosen.choice})
    async with deck.run_test(size=(80, 30)) as pilot:
        await pilot.press("s")
        assert len(rows(deck)) == 12
        await pilot.press("pagedown", "pagedown", "up")
        assert heading(deck).endswith(" 22/40 --")
        assert sum(row.startswith(" > name 21") for row in rows(deck)) == 1
        await pilot.press("pagedown", "pagedown", "enter")
        assert chosen.ids == ["o39"]


async def test_a_choice_may_lead_to_an_entry_or_a_further_choice(tmp_path: Path) -> None:
    further = Chosen(["a", "b"], then=progress())
    chosen = Chosen(NAMES, then=further.choice)
    deck = PanelDeck(tmp_path, {"sort": chosen.choice})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s", *"sales", "enter", "enter", "6", "enter")
        assert (chosen.ids, further.ids) == (["o1"], ["o0"])
        assert deck.recorded == ["6||"]
        assert deck.focused is deck.deck_screen.rows


async def test_escape_leaves_and_chooses_nothing(tmp_path: Path) -> None:
    chosen = Chosen(NAMES)
    deck = PanelDeck(tmp_path, {"sort": chosen.choice})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s", "x", "tab", "escape")
        assert chosen.ids == []
        assert not deck.panel.is_open
        assert deck.drafts.keys() == []


async def test_further_options_are_found_by_what_is_typed(tmp_path: Path) -> None:
    chosen = Chosen(NAMES)
    chosen.choice.more = lambda text: [Option("o1", Text("Sales again")), Option("jump", Text(f"card {text}"))]
    deck = PanelDeck(tmp_path, {"palette": chosen.choice})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("colon")
        assert len(rows(deck)) == 4
        await pilot.press(*"sales")
        assert rows(deck) == [" > Sales", "   Sales Asia", "   card sales"]
        await pilot.press("pagedown", "enter")
        assert chosen.ids == ["jump"]


async def test_a_refusal_is_said_and_the_choice_stays(tmp_path: Path) -> None:
    def refuse(_found: str) -> None:
        raise Refused("Not this one.")

    deck = PanelDeck(tmp_path, {"sort": Choice(Text("h"), [Option("a", Text("a"))], refuse)})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s", "enter")
        assert deck.echoed == " Error Not this one."
        assert deck.panel.is_open


async def test_an_empty_choice_says_so(tmp_path: Path) -> None:
    deck = PanelDeck(tmp_path, {"sort": Choice(Text("h"), [], lambda _found: None, empty="Nothing to choose.")})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("s", "down", "up", "pagedown", "enter")
        assert rows(deck) == ["   Nothing to choose."]
        assert deck.panel.is_open
