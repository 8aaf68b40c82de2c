"""A text longer than its row: all of it above, where the cursor stands, how much there is."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from tests.tui.panel_deck import PanelDeck
from tests.tui.panel_entries import SIZE, put
from tui.cells import width
from tui.entry import Entry, Field
from tui.widgets.long_text import MARK, MOST_ROWS, long_text

GOAL = "新品A在华东的首月销量5000台, 曝光量不低于100万, "


def words(text: str) -> str:
    """A text without its blanks: those that hang over the end of a row are not drawn."""
    return "".join(text.split())


@given(st.text("新ab c，。", max_size=200), st.integers(0, 200), st.integers(4, 40), st.integers(2, 12))
def test_rows_hold_the_text_around_the_cursor_in_their_width(text: str, at: int, cells: int, indent: int) -> None:
    at = min(at, len(text))
    rows = long_text(text, at, cells, indent)
    assert bool(rows) == (width(text) >= cells)
    assert len(rows) <= MOST_ROWS
    assert all(row.cell_len <= indent + cells for row in rows)
    whole = long_text(text, at, cells, indent, most=1_000)
    assert words("".join(row.plain[indent:] for row in whole)) == (words(text) if rows else "")
    marked = [row.plain[span.start] for row in whole for span in row.spans if span.style == MARK]
    assert marked == ([text[at]] if rows and words(text[at:][:1]) else marked[:1])


def test_what_does_not_fit_is_told_with_place_and_length() -> None:
    rows = [row.plain for row in long_text("一二三四五" * 10, 25, 10, 3, most=3)]
    assert rows == [" ~ 一二三四五", "   一二三四五", "   一 ~ 25/50"]
    assert [row.plain for row in long_text("一二三四五" * 4, 20, 10, 3, most=3)][-1] == "   一二 20/20"
    assert long_text("一二三", 3, 7, 3) == []


async def test_a_long_field_is_read_as_a_whole_while_it_is_typed_in_one_row(tmp_path: Path) -> None:
    fields = [Field("goal", "goal"), Field("scope", "scope")]
    entry = Entry(key="7:block:1", heading=Text("card"), fields=fields, submit=lambda _values: None)
    deck = PanelDeck(tmp_path, {"block": entry})
    async with deck.run_test(size=SIZE) as pilot:
        await pilot.press("b")
        whole, line = deck.panel._whole, deck.panel.input
        assert not whole.display
        await put(pilot, GOAL * 3)
        assert (whole.size.height, line.size.height) == (len(whole.lines), 1)
        assert words("".join(row.plain[10:] for row in whole.lines)) == words(GOAL * 3)
        assert deck.cursor_position == (79, line.region.y)  # where an IME draws
        await pilot.press("home")
        assert [(span.start, span.style) for span in whole.lines[0].spans if span.style == MARK] == [(10, MARK)]
        assert deck.cursor_position == (10, line.region.y)
        await pilot.press("down")
        assert not whole.display
