"""`p`: the progress line, from one owed report to the next, with no more presses than the walk-through counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from store.changes import Drop, put
from store.records import ProgressEntry
from tests.store.builders import T0, Cast, do, written
from tests.tui.boards import OWED, owing
from tests.tui.deck import Deck, running, typed, until, written_board
from tui import i18n
from tui.verbs.progress import record

LI = "李强"


@pytest.fixture(scope="module")
def board() -> Board:
    return owing()


def entries(app: Deck, subtask: int) -> list[ProgressEntry]:
    assert app.state is not None
    return [e for e in app.state.board.progress.values() if e.subtask == subtask and e.at == T0]


def echoed(app: Deck, text: str) -> str:
    """How a line is understood."""
    app.front.panel.input.change(text)
    return app.front.panel.echo().plain.strip()


async def test_five_owed_reports_are_six_presses(board: Board, tmp_path: Path) -> None:
    """Walk-through 7a: `p` and five Enter."""
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("4", "1")  # from any screen
        presses = 0
        await pilot.press("p")
        presses += 1
        for place, subtask in enumerate(OWED):
            await until(pilot, lambda: app.heading.startswith(f"progress 0{place + 4} 渠道{place + 1}"))  # noqa: B023
            assert ("owed: " in app.heading) == (place < 4)
            await typed(pilot, f"7{place} 初稿{place} > 送审")
            await pilot.press("enter")
            presses += 1
            await until(pilot, lambda: entries(app, subtask))  # noqa: B023
        await until(pilot, lambda: not app.front.panel.is_open)
        assert presses == 6
        assert app.message == "Recorded: Q4营销-2026-001-08 74%. All reports of today are in."
        await until(pilot, lambda: not app.session.store.pending)
    written = written_board(tmp_path / "board.json")
    for place, subtask in enumerate(OWED):
        last = max(
            (e for e in written.progress.values() if e.subtask == subtask), key=lambda e: e.id if e.at == T0 else 0
        )
        assert (last.percent, last.done, last.next) == (70 + place, f"初稿{place}", "送审")


async def test_with_the_ime_on_it_is_f2(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("f2")
        await typed(pilot, "６５％　初稿完成　》送审　！缺渠道数据　＠XS")
        assert app.panel_text == "６５％　初稿完成　》送审　！缺渠道数据　＠XS"
        await pilot.press("enter")
        await until(pilot, lambda: entries(app, OWED[0]))
        found = entries(app, OWED[0])[0]
        assert (found.percent, found.done, found.next, found.problem) == (65, "初稿完成", "送审", "缺渠道数据")
        assert found.supports[0].department == Cast.sales


async def test_typing_ahead_fills_one_line_after_the_other(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await typed(pilot, "p61 eins\n62 zwei\n63 drei\n")
        await until(pilot, lambda: entries(app, OWED[2]))
        assert [entries(app, s)[0].percent for s in OWED[:3]] == [61, 62, 63]
        assert [entries(app, s)[0].done for s in OWED[:3]] == ["eins", "zwei", "drei"]


ECHOES = {
    "65 初稿完成 > 送审 ! 缺渠道数据 @销售部": [
        "65% (+5)", "done 初稿完成", "next 送审", "problem 缺渠道数据", "@销售部", "one more ! reports it as blocked",
    ],
    "６５％　初稿完成　》送审　！缺渠道数据　＠XS": [
        "65% (+5)", "done 初稿完成", "next 送审", "problem 缺渠道数据", "@XS = 销售部",
        "one more ! reports it as blocked",
    ],
    "80": ["80% (+20)"],
    "=": ["60%", "no change today"],
    "完成两档测算 > 第三档": ["60% (kept)", "done 完成两档测算", "next 第三档"],
    "100 方案V1.docx 已交": [
        "100% (+40)", "done 方案V1.docx 已交", "goes to 王敏 to accept", "then the deliverable",
    ],
    "65初稿完成": ["60% (kept)", "done 65初稿完成", "a blank after the number makes it the percent"],
    "40 返工, 品牌色改了": ["40% (-20) lower than before: Enter twice", "done 返工, 品牌色改了"],
    "70 draft done > review with legal ! no data yet @J. Meyer by Tuesday": [
        "70% (+10)", "done draft done", "next review with legal",
        "problem no data yet", "@J. Meyer: by Tuesday", "one more ! reports it as blocked",
    ],
    "70 曝光量>100万 达成": ["70% (+10)", "done 曝光量>100万 达成"],
    "70 初稿 !! 品牌字体授权未到 @SJ": [
        "70% (+10)", "done 初稿", "problem 品牌字体授权未到", "@SJ = 设计部", "then the blocked report",
    ],
    "70 初稿 >": ["70% (+10)", "done 初稿", "next -"],
}  # fmt: skip


async def test_the_twelve_lines_of_the_grammar_are_echoed(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI, size=(220, 40)) as (app, pilot):
        await pilot.press("p")
        for text, parts in ECHOES.items():
            assert echoed(app, text) == " | ".join(parts)
            assert entries(app, OWED[0]) == []


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
async def test_all_that_was_typed_is_echoed_in_80_columns(board: Board, tmp_path: Path, language: str) -> None:
    i18n.choose(language)
    async with running(board, tmp_path, me=LI, size=(80, 24)) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "６５％　初稿完成　》送审　！缺渠道数据　＠XS")
        for part in ("65% (+5)", "初稿完成", "送审", "缺渠道数据", "@XS = 销售部"):
            assert part in app.message


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("101", 'Percent is 0 to 100; "101" is not. Nothing recorded.'),
        ("999999999999 x", 'Percent is 0 to 100; "999999999999" is not. Nothing recorded.'),
        ("70 x @销售步", 'Nobody here is called "销售步". Did you mean 销售部?'),
        ("70 x @zzzz", 'Nobody here is called "zzzz".'),
    ],
)
async def test_what_is_refused_keeps_the_text(board: Board, tmp_path: Path, text: str, sentence: str) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, text)
        assert app.message == f"Error {sentence}"
        await pilot.press("enter")
        assert app.message == f"Error {sentence}"
        assert app.panel_text == text
        assert entries(app, OWED[0]) == []


async def test_lower_than_before_takes_two_enter(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "40 返工\n")
        assert app.message == "40%, lower than 60%. Enter once more records it."
        assert entries(app, OWED[0]) == []
        await pilot.press("enter")
        await until(pilot, lambda: entries(app, OWED[0]))
        assert entries(app, OWED[0])[0].percent == 40


async def test_a_question_is_asked_anew_when_the_text_changed(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "40 返\n工")
        await pilot.press("enter")
        assert "Enter once more" in app.message
        assert entries(app, OWED[0]) == []


async def test_at_100_the_deliverable_is_asked_then_the_chain_goes_on(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "100 已交\n")
        await until(pilot, lambda: "Deliverable" in app.heading)
        await typed(pilot, "方案V1.docx\n")
        await until(pilot, lambda: "渠道2" in app.heading)
        assert app.state is not None
        subtask = app.state.board.subtasks[OWED[0]]
        assert (subtask.status, subtask.deliverable) == ("awaiting_acceptance", "方案V1.docx")
        assert subtask.registered_at is None
        await typed(pilot, "100 已交\n")
        await until(pilot, lambda: "Deliverable" in app.heading)
        await typed(pilot, "表.xlsx =s:/表.xlsx\n")  # where it lies: registered at once, as behind `d`
        await until(pilot, lambda: "渠道3" in app.heading)
        subtask = app.state.board.subtasks[OWED[1]]
        assert (subtask.deliverable, subtask.registered_at) == ("表.xlsx", subtask.handed_over_at)
        await typed(pilot, "100 已交\n\n")  # Enter alone: none
        await until(pilot, lambda: app.state is not None and app.state.board.subtasks[OWED[2]].percent == 100)


async def test_no_change_is_recorded_by_an_equals_sign(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "=\n")
        await until(pilot, lambda: entries(app, OWED[0]))
        found = entries(app, OWED[0])[0]
        assert found.unchanged
        assert app.state is not None
        assert app.state.board.subtasks[OWED[0]].percent == 60


async def test_enter_alone_passes_on_and_records_nothing(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        for place in range(5):
            assert f"渠道{place + 1}" in app.heading
            await pilot.press("enter")
        assert not app.front.panel.is_open
        assert app.message == "5 reports still owed today: 李强 5."
        assert not any(entries(app, subtask) for subtask in OWED)


async def test_up_brings_this_subtasks_last_line(board: Board, tmp_path: Path) -> None:
    said = do(
        board,
        "RecordProgress",
        Cast.li,
        T0 - 60,
        subtask=Cast.plan,
        percent=65,
        done="初稿",
        next="送审",
        problem="缺数据",
    )
    async with running(said, tmp_path, me=LI) as (app, pilot):
        entry = record(app.front, [("subtasks", Cast.plan)])
        assert entry is not None
        app.front.open_panel(entry)
        await pilot.press("up")
        assert app.panel_text == "65 初稿 > 送审 ! 缺数据"
        await pilot.press("up")
        assert app.panel_text == "60 完成两档测算"
        await pilot.press("down", "down")
        assert app.panel_text == ""


async def test_the_form_shows_the_same_fields_and_goes_back_without_loss(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "65 初稿完成 > 送审 ! 缺渠道数据 @销售部 周五前\t")
        assert app.front.panel.shape == "form"
        shown = "\n".join(app.screen_text[-12:])
        for label, value in (
            ("percent", "65"), ("done", "初稿完成"), ("next", "送审"), ("problem", "缺渠道数据"),
            ("support", "@销售部 周五前"),
        ):  # fmt: skip
            row = next(text for text in shown.split("\n") if label in text and value in text)
            assert row.index(label) < row.index(value)
        await pilot.press(*["tab"] * 5)
        assert app.panel_text == "65 初稿完成 > 送审 ! 缺渠道数据 @销售部 周五前"


async def test_the_form_records(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "65\t")
        await pilot.press("enter")
        await typed(pilot, "初稿")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: entries(app, OWED[0]))
        assert (entries(app, OWED[0])[0].percent, entries(app, OWED[0])[0].done) == (65, "初稿")


async def test_right_completes_a_name(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "65 初稿 @J. M")
        await pilot.press("right")
        assert app.panel_text == "65 初稿 @J. Meyer"


async def test_esc_keeps_the_draft_and_the_same_key_brings_it_back_also_after_a_restart(
    board: Board, tmp_path: Path
) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "65 初稿")
        await pilot.press("escape")
        assert app.message == "Draft kept (65 初稿). p brings it back."
        await pilot.press("p")
        assert app.panel_text == "65 初稿"
        await typed(pilot, "完成")
        app.do_quit()
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await until(pilot, lambda: app.panel_text == "65 初稿完成")
        await pilot.press("enter")
        await until(pilot, lambda: entries(app, OWED[0]))
        await pilot.press("escape", "p")
        await until(pilot, lambda: "渠道2" in app.heading)
        assert app.panel_text == ""


async def test_a_double_mark_goes_on_with_the_blocked_report_and_then_the_chain(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "70 初稿 !! 品牌字体授权未到\n")
        await until(pilot, lambda: "blocked" in app.heading)
        assert "品牌字体授权未到" in app.panel_text
        assert entries(app, OWED[0])[0].problem == "品牌字体授权未到"
        await pilot.press("escape")


async def test_a_report_on_somebody_elses_subtask_says_whose_it_is(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me="王敏") as (app, _pilot):
        request = record(app.front, [("subtasks", OWED[0])])
        assert request is not None
        assert "Q4营销活动筹备  for 李强  was 60%" in request.heading.plain
    async with running(board, tmp_path, me=LI) as (app, _pilot):
        request = record(app.front, [("subtasks", OWED[0])])
        assert request is not None
        assert "for 李强" not in request.heading.plain


async def test_a_report_for_a_missed_day_says_that_todays_is_still_owed(board: Board, tmp_path: Path) -> None:
    last = OWED[0] * 10 + 2
    late = written(board, [Drop("progress", last)])
    late = written(late, [put(late.subtasks[key], owner=Cast.wang) for key in OWED[1:]])
    async with running(late, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await until(pilot, lambda: app.heading.startswith("progress 04 渠道1"))
        await typed(pilot, "70 初稿\n")
        await until(pilot, lambda: not app.front.entering)
        assert app.message == (
            "Recorded: Q4营销-2026-001-04 70%. "
            "That was for the report missed before; today's is owed until 17:00: 渠道1."
        )


async def test_a_new_issue_is_named_by_its_number_once_the_file_has_it(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "70 初稿 !! 字体未到\n")
        await until(pilot, lambda: "blocked" in app.heading)
        await typed(pilot, " 推迟两天 / 催过 / 市场部给字体\n")
        await until(pilot, lambda: app.heading.startswith("progress 05"))
        await until(pilot, lambda: any("New issue: I-001." in text for _at, text, _error in app.notices.all))
