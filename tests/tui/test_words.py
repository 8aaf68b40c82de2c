"""Words in columns are short enough for them, in every language; errors say their fields in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from store.errors import CrossdeckError, Refused
from store.rules.clocks import Clock
from tests.store.builders import DAY, T0
from tests.store.clock_helpers import working
from tui import i18n, words
from tui.cells import width
from tui.i18n import p_
from tui.key_names import key_text
from tui.present.card_clocks import clock_columns
from tui.present.card_logs import history_columns, progress_columns, sync_columns
from tui.present.card_work import work_columns
from tui.present.cards import card_columns
from tui.present.departments import department_columns, subtask_columns
from tui.present.issues import issue_columns
from tui.present.lead import lead_of
from tui.present.meetings import meeting_columns
from tui.sentences import sentence
from tui.widgets.columns import Column

CODES = tuple(i18n.LANGUAGES)
COUNTS = ("done", "run", "lag", "blk", "late")
TABLES: tuple[Callable[[], object], ...] = (
    card_columns, clock_columns, department_columns, history_columns, issue_columns, meeting_columns, progress_columns,
    subtask_columns, sync_columns, work_columns,
)  # fmt: skip


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test speaks, the next one speaks English."""
    yield
    i18n.choose("en")


def columns_of(table: Callable[[], object]) -> Sequence[Column]:
    made = table()
    columns = made[0] if isinstance(made, tuple) else made
    assert isinstance(columns, list)
    return columns


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_a_heading_is_no_wider_than_its_column(table: Callable[[], object], code: str) -> None:
    i18n.choose(code)
    wide = {c.title: (width(c.title), c.width) for c in columns_of(table) if c.title and width(c.title) > c.width}
    assert not wide


@pytest.mark.parametrize("code", CODES)
def test_words_of_narrow_cells_fit(code: str) -> None:
    i18n.choose(code)
    assert all(width(words.band(name)) <= 4 for name in words.BANDS)
    assert all(width(words.stage(name, short=True)) <= 8 for name in words.STAGES)
    assert all(width(words.priority(name, short=True)) <= 2 for name in words.PRIORITIES)
    assert all(width(words.clock(kind)) <= 12 for kind in words.CLOCKS)
    assert all(width(words.meeting_kind(kind)) <= 7 for kind in words.MEETING_KINDS)
    assert all(width(words.issue_kind(kind, short=True)) <= 5 for kind in words.ISSUE_KINDS)
    assert all(width(p_("count", word)) <= 4 for word in COUNTS)


@pytest.mark.parametrize("code", ["zh_Hans", "zh_Hant"])
def test_chinese_short_words_have_the_characters_the_screens_are_drawn_for(code: str) -> None:
    i18n.choose(code)
    assert {width(p_("count", word)) for word in COUNTS} == {2}
    assert max(width(words.stage(name, short=True)) for name in words.STAGES) <= 6
    assert max(width(words.clock(kind)) for kind in words.CLOCKS) <= 8


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (
            Refused("{id} is {state}; this needs {needs}.", id="S-1", state="done", needs="in progress, blocked"),
            "S-1 is done; this needs in progress, blocked.",
            "S-1 目前是“完成”；此操作要求“进行、受阻”。",
        ),
        (
            Refused("Only {role} can do this: {who}.", role="head", who="head"),
            "Only head can do this: head.",
            "只有部门负责人可以操作：head。",
        ),
        (
            Refused("A blocked report needs all four: {missing} is empty.", missing="impact, tried"),
            "A blocked report needs all four: impact, tried is empty.",
            "受阻反馈四项都要填：缺 影响、已试。",
        ),
        (
            Refused('There is no {what} "{value}" on this board.', what="progress entry", value="card"),
            'There is no progress entry "card" on this board.',
            "看板上没有进度记录“card”。",
        ),
        (
            Refused("Nothing here waits for your {verb}.", verb="sent"),
            "Nothing here waits for your sent.",
            "这里没有需要你标记已发送的。",
        ),
    ],
)
def test_an_error_says_terms_in_words_and_record_text_as_it_is(
    error: CrossdeckError, english: str, chinese: str
) -> None:
    assert sentence(error) == english
    i18n.choose("zh_Hans")
    assert sentence(error) == chinese


def test_an_error_inside_an_error_is_translated_and_the_board_is_called_by_its_name() -> None:
    board = Path("/share/market.json")
    inner = Refused("A dispute is between two departments.")
    i18n.choose("zh_Hans")
    assert (
        sentence(CrossdeckError("This record is damaged: {why}.", why=inner))
        == "这条记录已损坏：分歧须在两个部门之间。"
    )
    assert sentence(CrossdeckError("{path} is empty.", path=board), board).startswith("market.json ")


@pytest.mark.parametrize(
    ("code", "closed", "lead"),
    [
        ("en", -3600, ("✓", "met", "-1h 00m")), ("en", 0, ("✓", "met", "-0m")), ("en", 3600, ("✓", "late", "+1h 00m")),
        ("zh_Hans", -3600, ("✓", "按时", "-1h 00m")), ("zh_Hans", 3600, ("✓", "延迟", "+1h 00m")),
        ("zh_Hant", 3600, ("✓", "延遲", "+1h 00m")),
    ],
)  # fmt: skip
def test_what_was_met_after_its_due_is_not_called_on_time(code: str, closed: int, lead: tuple[str, str, str]) -> None:
    i18n.choose(code)
    clock = Clock("progress", "subtasks", 1, 1, T0 - DAY, T0, T0 + closed)
    assert lead_of(clock, T0 + 2 * DAY, working())[:3] == lead


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "Up Right Space / F2 p"),
        ("zh_Hans", "上箭头 右箭头 空格 / F2 p"),
        ("zh_Hant", "上箭頭 右箭頭 空白鍵 / F2 p"),
    ],
)
def test_keys_without_a_letter_are_named_in_the_readers_language(code: str, shown: str) -> None:
    i18n.choose(code)
    assert " ".join(map(key_text, ("up", "right", "space", "slash", "f2", "p"))) == shown
