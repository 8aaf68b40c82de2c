"""`O`: what the preview says, what is refused, and that the same file twice changes nothing."""

from __future__ import annotations

from pathlib import Path

from store.board import Board
from tests.store.builders import office
from tests.tui.deck import Deck, running, typed, until, written_board
from tui.screens.import_preview import ImportScreen

DATA = Path(__file__).parent.parent / "data"
REGISTER = DATA / "T4-department-register.xlsx"


def choice(app: Deck) -> list[str]:
    """The rows of the preview: what becomes of each, and its record."""
    assert isinstance(app.screen, ImportScreen)
    return [f"{row.kind} {getattr(row.item, 'title', '')}" for row in app.screen.rows]


def previewed(app: Deck) -> bool:
    return isinstance(app.screen, ImportScreen) and bool(app.screen.table.window.rows)


def counted(board: Board) -> dict[str, int]:
    return {table: len(board.table(table)) for table in ("cards", "subtasks", "progress", "milestones", "sync")}


async def test_the_preview_counts_and_esc_writes_nothing(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        before = counted(written_board(tmp_path / "board.json"))
        await typed(pilot, f"O{REGISTER}\n")
        await until(pilot, lambda: previewed(app))
        assert any(line.startswith("create ") for line in choice(app))
        assert "19 new, 0 changed" in app.screen_text[3]
        await pilot.press("escape")
        assert not isinstance(app.screen, ImportScreen)
        assert not app.session.store.pending
        assert counted(written_board(tmp_path / "board.json")) == before


async def test_twice_is_once(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, f"O{REGISTER}\n")
        await until(pilot, lambda: previewed(app))
        await pilot.press("enter")
        await until(pilot, lambda: len(written_board(tmp_path / "board.json").cards) > len(office().cards))
        first = counted(written_board(tmp_path / "board.json"))
        await until(pilot, lambda: not app.session.store.pending)
        await typed(pilot, f"O{REGISTER}\n")
        await until(pilot, lambda: previewed(app))
        assert not [line for line in choice(app) if line.startswith(("create", "update"))]
        await pilot.press("enter")
        assert "Nothing new" in app.message
        await pilot.press("escape")
        assert counted(written_board(tmp_path / "board.json")) == first
        assert first["cards"] > len(office().cards)


async def test_a_path_in_quotes_with_blanks(tmp_path: Path) -> None:
    place = tmp_path / "登记 表.xlsx"
    place.write_bytes(REGISTER.read_bytes())
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, f"O'{place}'\n")
        await until(pilot, lambda: previewed(app))


async def test_an_empty_path_is_refused(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "O\n")
        assert app.message == "Error path is empty. Nothing recorded."


async def test_what_is_no_register_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\x00\x1b[31m,[/x]\n1,2\n")
    (tmp_path / "x.xlsx").write_bytes(b"not a workbook")
    async with running(office(), tmp_path, size=(160, 40)) as (app, pilot):
        for name, words in (("x.csv", "This is no paper"), ("x.xlsx", "Error")):
            await typed(pilot, f"O{tmp_path / name}\n")
            await until(pilot, lambda: words in "\n".join(app.screen_text))  # noqa: B023
            assert "\x1b" not in "\n".join(app.screen_text)
            assert not app.session.store.pending
            await pilot.press("escape")


async def test_who_is_unknown_is_asked_before_the_path(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="", login="neu") as (app, pilot):
        await pilot.press("O")
        assert app.heading.startswith("Who are you?")
        await typed(pilot, "neu da\n")
        await until(pilot, lambda: "Enter" in app.message or app.heading.startswith("import"))
        if not app.heading.startswith("import"):
            await pilot.press("enter")  # a name nobody has is asked twice
        await until(pilot, lambda: app.heading.startswith("import"))
