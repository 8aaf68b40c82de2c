"""Vague words on the screen: underlined and explained in the minutes, named in entry panels before Enter."""

from __future__ import annotations

from pathlib import Path

from rich.style import Style
from textual.pilot import Pilot

from store.operations.cards import duty_id
from store.operations.minutes import SavedLine, SaveLines
from store.rules.wording import findings
from store.settings import BoardSettings
from tests.store.builders import Cast, do, office
from tests.tui.deck import elsewhere, running, typed, until
from tests.tui.issue_boards import queue_board
from tests.tui.minutes_board import MEETING, item, meeting, settled, writing
from tui.editor.wording import AT_ONCE, Wording
from tui.look import STYLES
from tui.screens.minutes_editor import MinutesEditor
from tui.vagueness import REASONS
from tui.verbs.card_duties import duty_entry
from tui.verbs.forms import vague_note

SAID = '"尽快提交" is vague. Write: [person] does [what] by [date].'


def underlined(editor: MinutesEditor) -> list[tuple[str, str]]:
    """What is underlined in the text, with its style's name."""
    names = {STYLES[name]: name for name in ("mark_words", "mark_aside")}
    spans = [(row, span, span.style) for row in editor.text._rows for span in row.spans]
    return [
        (row.plain[span.start : span.end], names[style])
        for row, span, style in spans
        if isinstance(style, Style) and style in names
    ]


async def looked(pilot: Pilot[int], editor: MinutesEditor) -> None:
    """Until every line was read for vague words."""
    await until(pilot, lambda: not editor._wording.waits)


async def test_words_are_underlined_as_typed_with_the_rewrite_form_below(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "可能延后\n\t尽快提交 @李强")
        await until(pilot, lambda: any(SAID in row for row in app.screen_text))
        assert underlined(editor) == [("可能", "mark_aside"), ("尽快提交", "mark_words")]
        assert not any('"可能"' in row for row in app.screen_text)  # said of the current line only
        await pilot.press("up")
        assert any('"可能": is it promised?' in row for row in app.screen_text)
        app.pass_time(1)
        await until(pilot, lambda: any("1 finding" in row for row in app.screen_text))


async def test_n_walks_the_findings_and_says_why(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(
            pilot, "可能延后\n\t尽快提交\n没有日期 @李强\n大概三版 @李强 <10-16 +相关部门\n整理 @李强 <10-16 +相关部门"
        )
        await pilot.press("escape", "g")
        await looked(pilot, editor)
        places = []
        for _ in range(4):
            await pilot.press("n")
            places.append((editor.cursor.text.split(" ")[0], app.message))
        assert [text for text, _said in places] == ["尽快提交", "没有日期", "大概三版", "尽快提交"]
        assert SAID in places[0][1]
        assert places[1][1] == "missing: standard, resources, date"
        await pilot.press("N")
        assert editor.cursor.text.startswith("大概三版")


async def test_final_is_refused_on_d_until_no_finding_is_left(tmp_path: Path) -> None:
    board = do(meeting(), "SendDraft", Cast.sun, meeting=MEETING)
    for reviewer in (Cast.chen, Cast.li):
        board = do(board, "ReviewMinutes", reviewer, meeting=MEETING)
    async with writing(board, tmp_path, me="王敏") as (app, pilot, editor):
        await typed(pilot, "G")
        vague = SaveLines(
            meeting=MEETING, item=item(board, 1), lines=(SavedLine(id=77, kind="decision", text="尽快改", order=9),)
        )
        elsewhere(tmp_path / "board.json", vague, by=Cast.li)
        app.do_reread()
        await until(pilot, lambda: any("尽快改" in row for row in app.screen_text))
        await settled(pilot, app, editor)
        await pilot.press("d")
        assert 'Cannot finalise: 1 finding, in "尽快改". n goes to it.' in app.message
        assert not app.heading
        clear = SavedLine(id=77, kind="decision", text="10-12 前改", order=9)
        elsewhere(tmp_path / "board.json", SaveLines(meeting=MEETING, item=item(board, 1), lines=(clear,)), by=Cast.li)
        app.do_reread()
        await until(pilot, lambda: any("10-12 前改" in row for row in app.screen_text))
        await pilot.press("d")
        assert "final" in app.heading


async def test_a_completion_standard_is_named_while_it_is_typed(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("A")
        await typed(pilot, "门店培训 @孙悦 <10-20 =尽快提交")
        assert app.message == f"Error {SAID}"
        await pilot.press("enter")
        await until(pilot, lambda: app.front.panel.is_open and SAID in app.message)
        assert app.state is not None
        assert "门店培训" not in [each.name for each in app.state.board.subtasks.values()]


def test_lines_are_looked_at_a_few_at_a_time_and_only_once() -> None:
    wording = Wording()
    texts = [f"尽快 {n}" for n in range(AT_ONCE + 1)]
    assert [wording.of(text) for text in texts] == [()] * len(texts)
    assert wording.go_on()
    assert [bool(wording.of(text)) for text in texts] == [True] * AT_ONCE + [False]
    assert wording.go_on()
    assert not wording.waits
    assert not wording.go_on()
    assert wording.of("大概", now=True) == findings("大概")


def test_other_words_of_the_board_are_looked_for_anew() -> None:
    wording = Wording()
    assert wording.of("闭环", now=True) == ()
    wording.use(BoardSettings(vague_words=("闭环",)))
    assert [each.reason for each in wording.of("闭环", now=True)] == ["board"]


def test_every_reason_has_words() -> None:
    from store.rules.wording import REASONS as ALL

    assert set(REASONS) == set(ALL)


async def test_a_decision_on_an_issue_is_named_while_it_is_typed(tmp_path: Path) -> None:
    async with running(queue_board(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.list.record_table == "issues" and app.list.rows)
        app.list.table.move_to(102)
        await pilot.press("d")
        await typed(pilot, "尽快提交 @J. Meyer <10-10")
        assert app.message == f"Error {SAID}"


async def test_a_duty_that_says_nothing_is_named_while_it_is_typed(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        assert app.state is not None
        board = app.state.board
        duty = board.duties[duty_id(Cast.card, Cast.design)]
        app.front.open_panel(duty_entry(app.front, app.state, board.cards[Cast.card], duty, first="action"))
        await typed(pilot, "支持推广")
        assert 'Error "' in app.message
        assert "is not a duty. Write role + action + standard." in app.message


async def test_risks_and_impacts_only_warn(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, _pilot):
        note = vague_note(app.state, ["无", "可能延后"]) if app.state else ""
        assert note == ' ! "可能": is it promised?'
