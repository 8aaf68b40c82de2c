"""Lines of minutes: folded into rows, read, written as they would be typed, and kept as drafts."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records import LineKind, MinutesLine
from store.rules.smart import gaps, lacks_what_it_must_have
from tests.store.builders import DAY, T0, Cast, do
from tests.tui.minutes_board import MEETING, WORDS, item, meeting, seen
from tui.cells import width
from tui.editor.fold import fold, fold_again, index_at, place_of, rows_of
from tui.editor.keeping import draft_of, restore
from tui.editor.meaning import Meaning, Reader
from tui.editor.merging import Merger
from tui.editor.page import Line, Page

TYPED = st.text(alphabet="ab 好，（）,.x字　", max_size=80)
CELLS = st.integers(2, 30)


# Rows ----------------------------------------------------------------------------------------------------


@given(TYPED, CELLS)
def test_rows_hold_the_whole_text_and_fit(text: str, cells: int) -> None:
    starts = fold(text, cells)
    assert starts[0] == 0
    assert all(a < b for a, b in pairwise(starts))
    assert "".join(text[a:b] for a, b in pairwise([*starts, len(text)])) == text
    assert all(width(row) <= cells for row in rows_of(text, starts))


@given(TYPED, CELLS, st.data())
def test_a_key_folds_again_only_where_it_must(text: str, cells: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    after = text[:at] + data.draw(st.sampled_from("a好， ")) + text[at:]
    starts = fold_again(after, cells, text, fold(text, cells))
    assert starts[0] == 0
    assert all(a < b for a, b in pairwise(starts))
    assert all(width(row) <= cells for row in rows_of(after, starts))


@given(TYPED, CELLS, st.data())
def test_every_character_has_its_place_and_is_found_there(text: str, cells: int, data: st.DataObject) -> None:
    starts = fold(text, cells)
    index = data.draw(st.integers(0, len(text)))
    row, cell = place_of(text, starts, index)
    assert starts[row] <= index
    assert index_at(text, starts, row, cell) in {index, index - 1}  # the blank behind a row belongs to the next one


def test_line_breaks_of_stored_texts_begin_rows() -> None:
    text = "甲\n  乙\n\n丙"
    assert [row.strip() for row in rows_of(text, fold(text, 10)) if row.strip()] == ["甲", "乙", "丙"]


# Meaning -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(seen(meeting()), T0)


def test_an_action_item_names_people_departments_and_days(reader: Reader) -> None:
    meant = reader.meaning("action", "数据 v2 @市场部 @u13 <10-10 12:00 =五省齐全 +无")
    assert (meant.text, meant.department, meant.owner) == ("数据 v2", Cast.market, Cast.chen)
    assert meant.due == T0 + 19 * 3600 + 5 * 60
    assert gaps(meant) == ()
    assert not lacks_what_it_must_have(meant)


@pytest.mark.parametrize(
    ("text", "missing", "finding"),
    [
        ("数据", ("owner", "standard", "resources", "date"), True),
        ("数据 @李四 <10-16", ("owner", "standard", "resources"), True),
        ("数据 @李强 <某天", ("standard", "resources", "date"), True),
        ("数据 @销售部 <+3wd =齐", ("resources",), False),
        ("", ("owner", "standard", "resources", "date"), False),
    ],
)
def test_what_is_missing_is_told(text: str, missing: tuple[str, ...], finding: bool, reader: Reader) -> None:
    meant = reader.meaning("action", text)
    assert gaps(meant) == missing
    assert lacks_what_it_must_have(meant) == finding


def test_points_are_text_whatever_marks_stand_in_them(reader: Reader) -> None:
    assert reader.meaning("point", "a @李强 <10-16 =x") == Meaning("a @李强 <10-16 =x")


KINDS: list[LineKind] = ["point", "decision", "action"]
PLAIN = st.text(alphabet='ab@<=+>《 》"\\好李', max_size=12).map(str.strip)


@given(
    kind=st.sampled_from(KINDS), text=PLAIN, standard=PLAIN, resources=PLAIN,
    owner=st.sampled_from([None, Cast.li, Cast.mei]), due=st.sampled_from([None, T0 + DAY, T0 + 400 * DAY]),
)  # fmt: skip
def test_a_stored_line_reads_back_as_it_is(
    *, kind: LineKind, text: str, standard: str, resources: str, owner: int | None, due: int | None
) -> None:
    state = seen(meeting())
    record = MinutesLine(
        id=1, meeting=MEETING, item=1, order=0, kind=kind, text=text, owner=owner, due=due,
        standard=standard, resources=resources,
    )  # fmt: skip
    here = Reader(state, T0)
    meant = here.meaning(kind, here.typed(record), record)
    if kind == "point":
        assert meant == Meaning(text)
        return
    assert (meant.text, meant.owner, meant.due) == (text, owner, due)
    if kind == "action":
        assert (meant.standard, meant.resources) == (standard, resources)


def test_a_day_named_last_week_stays_the_day_it_was(reader: Reader) -> None:
    record = MinutesLine(
        id=1, meeting=MEETING, item=1, order=0, kind="action", text="数据", due=T0 - 5 * DAY, due_text="周日"
    )
    assert reader.meaning("action", "数据表 <周日", record).due == T0 - 5 * DAY
    later = reader.meaning("action", "数据表 <周五", record).due
    assert later is not None
    assert later > T0


# Drafts --------------------------------------------------------------------------------------------------


def filled() -> Page:
    page = Page(MEETING)
    Merger(page).merge(seen(meeting()), T0, None)
    return page


def test_a_draft_holds_what_differs_and_puts_it_back() -> None:
    page = filled()
    assert draft_of(page) == ""
    first, second = page.sections[1].lines[0], page.sections[2]
    page.typed(first, "改过")
    page.insert(second, None, Line("action", "新的"))
    page.roll.text = "- 李强"
    again = filled()
    assert restore(again, draft_of(page)) == 3
    assert again.sections[1].lines[0].text == "改过"
    assert [(line.kind, line.text) for line in again.sections[2].lines] == [("action", "新的")]
    assert again.roll.text == "- 李强"
    assert restore(again, draft_of(page)) == 0


def test_a_draft_stands_beside_what_others_wrote_meanwhile() -> None:
    page = filled()
    page.typed(page.sections[1].lines[0], "我的")
    draft = draft_of(page)
    board = do(
        meeting(), "SaveLines", Cast.li, meeting=MEETING, item=item(meeting(), 1),
        lines=[{"id": 8021, "kind": "point", "text": "他的", "order": 0}],
    )  # fmt: skip
    again = Page(MEETING)
    Merger(again).merge(seen(board), T0, None)
    assert restore(again, draft) == 1
    assert [line.text for line in again.sections[1].lines][:3] == ["他的", "我的", WORDS[2]]


@pytest.mark.parametrize("text", ["", "x", "[]", '{"roll":1}', msgspec.json.encode({"lines": [[1]]}).decode()])
def test_a_spoiled_draft_is_no_draft(text: str) -> None:
    page = filled()
    assert restore(page, text) == 0
    assert draft_of(page) == ""
