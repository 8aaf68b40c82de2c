"""The overview: sort, filter, presets, marks, findings, preview, sentences of empty lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.board import Board
from tests.store.builders import Cast, busy, do, empty_board, office
from tests.tui.boards import many, owing
from tests.tui.deck import Deck, running, typed, until
from tui import i18n
from tui.cells import width


@pytest.fixture(scope="module")
def thirty() -> Board:
    """Thirty cards besides those of the office; the first of them is of high priority."""
    return do(many(30), "EditCard", Cast.wang, card=1001, fields={"priority": "high"})


def names(app: Deck) -> list[str]:
    return [row.name for row in app.list.table.window.rows]


async def test_the_first_row_breaches_first_and_drafts_stand_last(thirty: Board, tmp_path: Path) -> None:
    async with running(thirty, tmp_path) as (app, _pilot):
        assert names(app) == ["Q4营销活动筹备", *(f"任务{n}" for n in range(1, 31)), "店庆"]
        first = app.screen_text[4]
        assert first.startswith("> ✗ over  +9d 23h Q4营销-2026-001")
        assert first.endswith("孙悦")


@pytest.mark.parametrize(
    ("place", "key", "first"),
    [
        (1, "id", "任务1"), (2, "priority", "任务1"), (3, "stage", "店庆"), (4, "progress", "任务1"),
        (5, "lead", "任务1"), (6, "last entry", "Q4营销活动筹备"),
    ],
)  # fmt: skip
async def test_sort_by_a_column_and_again_reverses(
    thirty: Board, tmp_path: Path, place: int, key: str, first: str
) -> None:
    async with running(thirty, tmp_path) as (app, pilot):
        await pilot.press("s", *["down"] * place, "enter")
        assert f"sort {key}" in app.screen_text[2]
        assert names(app)[0] == first
        forward = names(app)
        await pilot.press("s", "enter")
        assert f"sort {key} -" in app.screen_text[2]
        assert names(app) != forward
        assert sorted(names(app)) == sorted(forward)


async def test_the_filter_works_while_it_is_typed_and_esc_clears_it(thirty: Board, tmp_path: Path) -> None:
    async with running(thirty, tmp_path) as (app, pilot):
        await pilot.press("slash")
        await typed(pilot, "任务2")
        assert names(app) == ["任务2", *(f"任务{n}" for n in range(20, 30))]
        assert "11 of 32 shown" in app.message
        await typed(pilot, "9")
        assert names(app) == ["任务29"]
        await pilot.press("enter")
        assert not app.front.panel.is_open
        assert "1/32" in app.screen_text[2]
        assert "filter 任务29" in app.screen_text[2]
        await pilot.press("slash")
        assert app.panel_text == "任务29"
        await pilot.press("escape")
        assert len(names(app)) == 32
        assert "filter" not in app.screen_text[2]


async def test_the_filters_footer_says_what_its_keys_do(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("slash")
        assert app.screen_text[-1].split("  ")[0] == " Enter keep"
        assert app.screen_text[-1].endswith("  Esc clear")
        assert "Tab" not in app.screen_text[-1]  # one field: its form would be the line again
        await pilot.press("escape", "c")
        assert app.screen_text[-1].startswith(" Enter record  Tab form  ")


async def test_an_emptied_filter_line_shows_all(thirty: Board, tmp_path: Path) -> None:
    async with running(thirty, tmp_path) as (app, pilot):
        await pilot.press("slash")
        await typed(pilot, "任务29\n")
        await pilot.press("slash", *["backspace"] * 4, "enter")
        assert len(names(app)) == 32


BUSY = {
    "": ["Q4营销活动筹备", "店庆"],
    "营销": ["Q4营销活动筹备"],
    "q4": ["Q4营销活动筹备"],
    "dept:设计": ["Q4营销活动筹备"],
    "部门:市场": ["Q4营销活动筹备", "店庆"],
    "部门：市场　店庆": ["店庆"],
    "who:李强": ["Q4营销活动筹备"],
    "人：李强": ["Q4营销活动筹备"],
    "!who:李强": ["店庆"],
    "！人：李强": ["店庆"],
    "is:blocked": ["Q4营销活动筹备"],
    "is:受阻": ["Q4营销活动筹备"],
    "是：超时": ["Q4营销活动筹备"],
    "!is:breached": ["店庆"],
    "is:silent": ["Q4营销活动筹备"],
    "is:静默": ["Q4营销活动筹备"],
    "is:escalated": ["Q4营销活动筹备"],
    "is:mine": ["Q4营销活动筹备", "店庆"],
    "is:unconfirmed": [],
    "is:resolved": [],
    "is:archived": [],
    "营销 !is:blocked": [],
    "[/x]": [],
}


async def test_every_word_of_the_filter(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, _pilot):
        for text, wanted in BUSY.items():
            app.list.set_filter(text)
            assert names(app) == wanted, text


async def test_a_word_nobody_knows_says_so(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("slash")
        await typed(pilot, "is:xyz")
        assert "Nobody knows is:xyz. f lists the usual filters." in app.message
        assert names(app) == []


async def test_presets_show_their_counts_set_and_clear(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: any("is:blocked" in line for line in app.screen_text))
        offered = [line for line in app.screen_text if "is:" in line]
        assert len(offered) == 9
        blocked = next(line for line in offered if "is:blocked" in line)
        assert "1" in blocked.split()
        await pilot.press("down", "down", "enter")
        assert app.list.filter_text == "is:blocked"
        assert "1/2" in app.screen_text[2]
        await pilot.press("f", "enter")
        assert app.list.filter_text == ""
        assert "2/2" in app.screen_text[2]


@pytest.mark.parametrize(
    ("language", "word"), [("zh_Hans", "是:受阻"), ("zh_Hant", "是:受阻"), ("zh_Hant", "是:24h內"), ("en", "is:24h")]
)
async def test_presets_stand_in_the_readers_words(tmp_path: Path, language: str, word: str) -> None:
    i18n.choose(language)
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("f")
        offered = [line.split()[-1] for line in app.screen_text if re.search(r"(是|is):\S+$", line)]
        assert len(offered) == 9
        assert len({each.split(":")[0] for each in offered}) == 1
        await pilot.press(*["down"] * offered.index(word), "enter")
        assert app.list.filter_text == word
        assert app.screen_text[2].endswith(word)
        await pilot.press("slash")
        assert app.panel_text == word


async def test_marks_and_the_verb_on_all_marked(thirty: Board, tmp_path: Path) -> None:
    async with running(thirty, tmp_path) as (app, pilot):
        await pilot.press("j", "v", "v")
        assert app.list.targets() == [("cards", 1001), ("cards", 1002)]
        assert [line[1] for line in app.screen_text[5:8]] == ["*", "*", " "]
        await pilot.press("V")
        assert len(app.list.targets()) == 32
        await pilot.press("V")
        assert app.list.targets() == [("cards", 1003)]


async def test_findings_go_round(thirty: Board, tmp_path: Path) -> None:
    async with running(thirty, tmp_path) as (app, pilot):
        await pilot.press("j", "j", "n")
        assert app.list.current() == ("cards", Cast.card)
        await pilot.press("N")
        assert app.list.current() == ("cards", Cast.card)
    async with running(empty_board(), tmp_path, name="other.json") as (app, pilot):
        await pilot.press("n")
        assert app.message == "Nothing here is breached or waits for you."


@pytest.mark.parametrize(
    ("size", "first", "second"),
    [((80, 24), "off", "below"), ((120, 40), "below", "off"), ((160, 48), "right", "off"), ((220, 60), "right", "off")],
)
async def test_the_preview_by_size_and_z(tmp_path: Path, size: tuple[int, int], first: str, second: str) -> None:
    def place(app: Deck) -> str:
        preview, table = app.list.preview.region, app.list.table.region
        if not app.list.preview.display or not preview.area:
            return "off"
        return "right" if preview.x > table.x else "below"

    async with running(busy(), tmp_path, size=size) as (app, pilot):
        await until(pilot, lambda: place(app) == first)
        await pilot.press("z")
        await until(pilot, lambda: place(app) == second)
        await pilot.press("z")
        await until(pilot, lambda: place(app) == first)
        if first == "right":
            assert app.list.preview.size.width <= 90
        if first == "below":
            assert app.list.preview.size.height <= 12


async def test_the_choice_of_z_is_remembered_for_the_size(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(120, 40)) as (app, pilot):
        await pilot.press("z")
        await until(pilot, lambda: not app.list.preview.display)
        await pilot.resize_terminal(80, 24)
        await pilot.press("z")
        await until(pilot, lambda: app.list.preview.display)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: not app.list.preview.display)


async def test_the_preview_scrolls_and_begins_anew_with_another_row(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(120, 16)) as (app, pilot):
        await until(pilot, lambda: len(app.list.preview.lines) > app.list.preview.size.height)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: app.list.preview.scroll_offset.y > 0)
        await pilot.press("j")
        await until(pilot, lambda: app.list.preview.scroll_offset.y == 0)


async def test_what_an_empty_board_says(tmp_path: Path) -> None:
    async with running(empty_board(), tmp_path) as (app, pilot):
        first = "No cards yet. First the departments: 2, then a. Or O imports a register."
        assert app.screen_text[4].strip() == first
        assert "0/0" in app.screen_text[2]
        for key in ("j", "k", "g", "G", "v", "V", "n", "N", "enter", "space", "equals_sign", "H", "y", "z", "x", "d"):
            await pilot.press(key)
        assert app.is_running


async def test_what_an_empty_filter_says(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, _pilot):
        app.list.set_filter("zzz")
        assert app.screen_text[4].strip() == 'Nothing matches "zzz" (2 hidden). / then Esc clears.'


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
async def test_columns_are_straight_in_every_language(thirty: Board, tmp_path: Path, language: str) -> None:
    i18n.choose(language)
    async with running(thirty, tmp_path, size=(120, 60)) as (app, pilot):
        for columns in (80, 100, 120, 160, 220):
            await pilot.resize_terminal(columns, 60)
            await until(pilot, lambda: app.list.table.size.width and app.size.width == columns)  # noqa: B023
            found = [(line, re.search(r"任务\d", line)) for line in app.screen_text[5:35]]
            starts = {width(line[: match.start()]) for line, match in found if match}
            assert len(starts) == 1, columns
            assert sum(match is not None for _line, match in found) == 30


async def test_letters_are_text_while_the_panel_is_open(tmp_path: Path) -> None:
    async with running(owing(), tmp_path) as (app, pilot):
        await pilot.press("slash")
        await typed(pilot, "qpxdtb1234?:")
        assert app.panel_text == "qpxdtb1234?:"
        assert app.front.number == 1
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(("key", "walked"), [("】", [2, 3, 4, 1]), ("【", [4, 3, 2, 1])])
async def test_the_brackets_go_round_the_four_screens(tmp_path: Path, key: str, walked: list[int]) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        for number in walked:
            await typed(pilot, key)
            await until(pilot, lambda: app.front.number == number)  # noqa: B023
