"""The page and the board: what is saved, what others changed, states that come out of order."""

from __future__ import annotations

import msgspec
import pytest

from store.board import Board
from store.operations.minutes import SavedLine, SaveLines
from store.views.state import BoardState
from tests.store.builders import T0, Cast, do, run
from tests.tui.minutes_board import MEETING, WORDS, item, meeting, seen
from tui.editor.meaning import Reader
from tui.editor.merging import Merger
from tui.editor.page import Line, Page, Section
from tui.editor.saving import Saving, save


class Desk:
    """A page, its merger, and a board that takes what is saved at once or later."""

    def __init__(self, board: Board) -> None:
        self.page = Page(MEETING)
        self.merger = Merger(self.page)
        self.board = numbered(board, 1)
        self.see(self.board)

    def see(self, board: Board, current: Line | None = None) -> int:
        self.state: BoardState = seen(board)
        return self.merger.merge(self.state, T0, current)

    @property
    def section(self) -> Section:
        return self.page.sections[1]

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.section.lines]

    def save(self) -> Saving | None:
        return save(self.page, self.section, Reader(self.state, T0))[0]

    def write(self) -> SaveLines:
        """Save, and see it on the board."""
        saving = self.save()
        assert saving is not None
        saving.done()
        self.theirs(saving.operation)
        return saving.operation

    def theirs(self, operation: SaveLines, current: Line | None = None) -> int:
        """Somebody's operation on the board, seen here."""
        self.board = numbered(run(self.board, operation, Cast.li), self.board.meta.rev + 1)
        return self.see(self.board, current)

    def change(self, *lines: SavedLine, removed: tuple[int, ...] = ()) -> SaveLines:
        return SaveLines(meeting=MEETING, item=self.section.item.id, lines=lines, removed=removed)


def numbered(board: Board, rev: int) -> Board:
    return Board(msgspec.structs.replace(board.meta, rev=rev), board.raws)


@pytest.fixture
def desk() -> Desk:
    return Desk(meeting())


def test_nothing_is_saved_when_nothing_changed(desk: Desk) -> None:
    assert desk.save() is None
    desk.section.extra = 30
    assert desk.save() is None
    desk.section.extra = 90
    saving = desk.save()
    assert saving is not None
    assert saving.operation.used_seconds == 830


def test_what_was_saved_counts_before_the_board_is_seen_to_have_it(desk: Desk) -> None:
    line = desk.section.lines[0]
    for text in ("改过", "又改过"):
        desk.page.typed(line, text)
        saving = desk.save()
        assert saving is not None
        saving.done()
        assert [each.text for each in saving.operation.lines] == [text]
        assert desk.save() is None  # the line as the board had it would take the words back


def test_only_what_changed_is_saved_and_only_once(desk: Desk) -> None:
    desk.page.typed(desk.section.lines[0], "改过")
    desk.page.insert(desk.section, desk.section.lines[-1], Line("point", "新"))
    operation = desk.write()
    assert [line.text for line in operation.lines] == ["改过", "新"]
    assert desk.save() is None
    assert desk.texts == ["改过", WORDS[2], desk.section.lines[2].text, "新"]


def test_a_line_between_two_others_moves_those_behind_it_once_and_leaves_room(desk: Desk) -> None:
    desk.page.insert(desk.section, desk.section.lines[0], Line("point", "中间"))
    operation = desk.write()
    orders = [line.order or 0 for line in desk.section.lines]
    assert orders == sorted(set(orders))
    assert [line.text for line in operation.lines] == ["中间", WORDS[2], WORDS[3]]
    desk.page.insert(desk.section, desk.section.lines[2], Line("point", "又一条"))
    assert desk.write().lines[0].text == "又一条"


def test_an_emptied_line_goes_and_a_refused_save_keeps_everything(desk: Desk) -> None:
    line = desk.section.lines[0]
    desk.page.typed(line, "")
    saving = desk.save()
    assert saving is not None
    assert saving.operation.removed == (8021,)
    saving.failed()
    assert desk.section.removed == {8021}
    assert desk.write().removed == (8021,)
    assert desk.texts[0] == ""


def test_a_moved_line_takes_its_item_with_it(desk: Desk) -> None:
    line = desk.section.lines[2]
    assert desk.page.move(line, 1)
    other = desk.page.sections[2]
    saving = save(desk.page, other, Reader(desk.state, T0))[0]
    assert saving is not None
    saving.done()
    desk.theirs(saving.operation)
    assert desk.board.lines[8023].item == other.item.id
    assert other.lines == [line]
    assert not desk.page.move(desk.page.sections[0].lines[0], -1)


def test_a_part_that_is_too_long_is_left_out_of_the_save(desk: Desk) -> None:
    desk.page.insert(desk.section, desk.section.lines[-1], Line("action", "a =" + "长" * 501))
    desk.page.insert(desk.section, desk.section.lines[-1], Line("point", "短"))
    saving, left_out = save(desk.page, desk.section, Reader(desk.state, T0))
    assert saving is not None
    assert [line.text for line in saving.operation.lines] == ["短"]
    assert len(left_out) == 1
    assert left_out[0].changed


# Others ------------------------------------------------------------------------------------------------


def test_lines_of_others_stand_where_they_put_them(desk: Desk) -> None:
    mine = desk.page.insert(desk.section, desk.section.lines[-1], Line("point", "我在写"))
    desk.theirs(desk.change(SavedLine(kind="point", text="他们的", order=1), removed=(8021,)), mine)
    assert desk.texts == [WORDS[2], "他们的", desk.section.lines[2].text, "我在写"]


def test_what_both_changed_stands_twice_and_is_saved_as_two(desk: Desk) -> None:
    mine = desk.section.lines[0]
    desk.page.typed(mine, "我的")
    assert desk.theirs(desk.change(SavedLine(id=8021, kind="point", text="他的", order=0)), mine) == 1
    assert desk.texts[:2] == ["我的", "他的"]
    assert desk.section.lines[0] is mine
    desk.write()
    assert desk.texts[:2] == ["我的", "他的"]
    assert [line.text for line in desk.board.lines_of[desk.section.item.id]][:2] == ["我的", "他的"]


def test_what_others_took_out_goes_unless_i_changed_it(desk: Desk) -> None:
    desk.page.typed(desk.section.lines[0], "还要")
    desk.theirs(desk.change(removed=(8021, 8022)))
    assert desk.texts == ["还要", desk.section.lines[1].text]
    assert desk.write().lines[0].text == "还要"


def test_a_state_from_before_my_change_does_not_undo_it(desk: Desk) -> None:
    before = desk.board
    desk.page.typed(desk.section.lines[0], "改过")
    operation = desk.write()
    changed = numbered(run(before, operation, Cast.sun), before.meta.rev)
    changed.pending = frozenset({8021})
    fresh = Desk(meeting())
    fresh.page.typed(fresh.section.lines[0], "改过")
    saving = fresh.save()
    assert saving is not None
    saving.done()
    fresh.see(changed)
    assert fresh.texts[0] == "改过"
    fresh.see(before)
    assert fresh.texts[0] == "改过"
    fresh.see(numbered(run(before, operation, Cast.sun), before.meta.rev + 1))
    assert fresh.texts[0] == "改过"
    assert fresh.save() is None


def test_a_change_that_was_put_aside_comes_back_as_unsaved(desk: Desk) -> None:
    desk.page.insert(desk.section, desk.section.lines[-1], Line("point", "新"))
    saving = desk.save()
    assert saving is not None
    saving.done()
    pending = numbered(run(desk.board, saving.operation, Cast.sun), 1)
    pending.pending = frozenset(line.id for line in saving.operation.lines)
    desk.see(pending)
    desk.see(numbered(desk.board, 2))
    assert desk.texts[-1] == "新"
    again = desk.save()
    assert again is not None
    assert [line.text for line in again.operation.lines] == ["新"]


def test_new_agenda_items_join_the_page(desk: Desk) -> None:
    board = do(desk.board, "AddAgendaItem", Cast.sun, meeting=MEETING, title="加的")
    desk.see(numbered(board, 2))
    assert [section.item.title for section in desk.page.sections][-1] == "加的"
    assert desk.page.sections[1].item.id == item(board, 1)
