"""Papers (rulebook §9): every one in every format, read again by other programs; nothing in them acts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import docx
import msgspec
import openpyxl
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.errors import CrossdeckError
from store.exchange.papers.markdown import escaped, write_markdown
from store.exchange.papers.model import Column, Facts, Heading, Line, Paper, Share, Sheet, Table
from store.exchange.papers.xlsx import write_xlsx
from store.file.placed import BYTES, WouldReplace, place, safe_name
from store.views.state import BoardState
from tests.store.import_helpers import (
    ALLOCATION,
    COLLABORATION,
    DIVISION,
    ME,
    MINUTES,
    NOW,
    REGISTER,
    TASK_CARD,
    empty_board,
    imported,
    plan_of,
    working,
)
from tests.tui.command_line import CommandLine, demo, demo_file
from tui import i18n
from tui.papers.desk import Desk
from tui.papers.every import BY_KEY, KINDS, Kind, built, write

__all__ = ["demo", "demo_file"]

BAD = "=cmd|' /C calc'!A0 <script>alert(1)</script> [/x] |a|`b`\x1b[31m\x00 *c* ]]>"
SHOWN = "=cmd|' /C calc'!A0 <script>alert(1)</script> [/x] |a|`b`[31m *c* ]]>"


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.choose("zh_Hans")
    yield
    i18n.choose("en")


def first_of(board: Board, kind: Kind) -> int:
    """A record such a paper can be of, 0 for the board."""
    return 0 if "" in kind.of else next(iter(board.table(kind.of[0])))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
def test_every_paper_can_be_read_again(kind: Kind, language: str, demo: CommandLine) -> None:
    i18n.choose(language)
    try:
        board = demo.board()
        desk = Desk(BoardState(board, working()), NOW)
        for form in kind.formats:
            stem, data = built(kind, desk, first_of(board, kind), form)
            assert stem
            assert reading(form, data)
    finally:
        i18n.choose("en")


def reading(form: str, data: bytes) -> str:
    """The text of a file, read by a library that did not write it where there is one."""
    if form == "docx":
        found = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in found.paragraphs), *cells])
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return "\n".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
    if form == "ics":
        return "\n".join(each.summary.value for each in vobject.readOne(data.decode()).components())
    return data.decode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (REGISTER, "register"),
        (TASK_CARD, "card"),
        (ALLOCATION, "allocation"),
        (DIVISION, "division"),
        (COLLABORATION, "collaboration"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sample_comes_back_as_it_went(path: Path, kind: str, tmp_path: Path, chinese: None) -> None:
    before = imported(plan_of(TASK_CARD)) if kind == "division" else empty_board()
    card = min(before.cards, default=None)
    board = imported(plan_of(path, board=before, card=card), before)
    of = {"register": [0], "allocation": [*board.subtasks]}.get(kind, [*board.cards])
    _stem, data = built(BY_KEY[kind], Desk(BoardState(board, working(), me=ME), NOW), min(of), "xlsx")
    again = tmp_path / "again.xlsx"
    again.write_bytes(data)
    into_the_same = plan_of(again, board=board, card=card)
    assert (into_the_same.create, into_the_same.update) == ([], [])
    fresh = plan_of(again, board=before, card=card)
    assert records(imported(fresh, before)) == records(board)


def test_minutes_come_back_as_they_went(tmp_path: Path, chinese: None) -> None:
    before = imported(plan_of(ALLOCATION))
    board = imported(plan_of(MINUTES, board=before), before)
    _stem, data = built(BY_KEY["minutes"], Desk(BoardState(board, working(), me=ME), NOW), min(board.meetings), "docx")
    again = tmp_path / "again.docx"
    again.write_bytes(data)
    into_the_same = plan_of(again, board=board)
    assert (into_the_same.create, into_the_same.update) == ([], [])
    assert records(imported(plan_of(again, board=before), before)) == records(board)


def records(board: Board) -> dict[str, dict[int, object]]:
    work = ("departments", "people", "cards", "duties", "milestones", "subtasks", "progress", "sync")
    tables = (*work, "meetings", "attendance", "agenda", "lines")
    return {name: {key: msgspec.to_builtins(row) for key, row in board.table(name).items()} for name in tables}


def hostile() -> Paper:
    columns = (Column("a"), Column("b"))
    blocks = (
        Heading(BAD),
        Line(BAD, number=1),
        Facts(((BAD, BAD), ("day", date(2026, 10, 9)), ("share", Share(30)))),
        Table(columns, ((BAD, "+1+1"), ("-1", "@SUM(A1)"), (datetime.fromisoformat("2026-10-09 18:00"), 3))),
    )
    return Paper("x", "zh_Hans", (Sheet(BAD, blocks), Sheet(BAD, blocks)))


def test_no_text_becomes_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(hostile())))
    found = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in found if cell.data_type == "f"]
    texts = [cell for cell in found if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert len(texts) >= 10
    assert all(cell.quotePrefix for cell in texts)


def test_dates_and_shares_are_numbers_of_the_sheet(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx(hostile()))).worksheets[0]
    values = {(cell.value, cell.number_format) for row in page.iter_rows() for cell in row}
    assert (datetime.fromisoformat("2026-10-09"), "yyyy-mm-dd") in values
    assert (datetime.fromisoformat("2026-10-09 18:00"), "yyyy-mm-dd hh:mm") in values
    assert (0.3, "0%") in values


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_texts_of_people_are_drawn_literally(form: str) -> None:
    data = write(hostile(), form)
    text = data.decode() if form != "docx" else reading(form, data)
    assert "\x1b" not in text
    assert "\x00" not in text
    if form == "docx":
        assert text.count(SHOWN) >= 8
    elif form == "html":
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
    else:
        assert "<script>" not in text.replace("\\<script\\>", "")
        assert all(line.count("|") - line.count("\\|") == 3 for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- no list", "\\- no list"),
        ("a_b", "a\\_b"),
    ],
)
def test_markdown_shows_what_was_written(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_lines_of_a_list_stand_together() -> None:
    lines = (Line("head", bold=True), Line("one", number=1), Line("two", number=2), Line("end"))
    assert (
        write_markdown(Paper("x", "en", (Sheet("t", lines),))).decode() == "# t\n\n**head**\n\n1. one\n2. two\n\nend\n"
    )


def test_an_event_keeps_its_uid_and_counts_up(demo: CommandLine) -> None:
    def events() -> dict[str, int]:
        data = demo("export", "calendar", "--to", "-").out
        found = vobject.readOne(data).components()
        return {event.uid.value: int(event.sequence.value) for event in found}

    before = events()
    assert len(before) > 10
    demo("progress", "Q4营销-2026-001-02", "95", "--as", "孙悦")
    after = events()
    shared = before.keys() & after.keys()
    assert len(shared) > 10
    assert all(after[uid] > before[uid] for uid in shared)


# The file --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("会议纪要 Q4/营销", "会议纪要 Q4-营销.docx"),
        ("../../etc/passwd", "etc-passwd.docx"),
        ("C:\\con\x00\n", "C-con.docx"),
        ("con", "crossdeck-con.docx"),
        ("COM¹", "crossdeck-COM¹.docx"),
        ("年报. ", "年报.docx"),
        ("...", "crossdeck.docx"),
        ("", "crossdeck.docx"),
        (".hidden", "hidden.docx"),
    ],
)
def test_a_name_is_one_plain_name(stem: str, name: str) -> None:
    assert safe_name(stem, "docx") == name


@settings(max_examples=200)
@given(st.text(max_size=400))
def test_no_name_leads_elsewhere(tmp_path_factory: pytest.TempPathFactory, stem: str) -> None:
    name = safe_name(stem, "md")
    assert Path(name).name == name
    assert name.isprintable()
    assert not name.startswith(".")
    assert len(name.encode()) <= BYTES + len("crossdeck-.md")


def test_a_file_is_never_replaced_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    place(path, b"1")
    with pytest.raises(WouldReplace):
        place(path, b"2")
    assert path.read_bytes() == b"1"
    place(path, b"3", replace=True)
    assert path.read_bytes() == b"3"
    with pytest.raises(CrossdeckError):
        place(tmp_path / "none" / "a.md", b"")
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_export_on_the_command_line(demo: CommandLine, tmp_path: Path) -> None:
    assert "minutes" in demo("export").out
    said = demo("export", "minutes", "M-001", "--to", f"{tmp_path}/")
    assert (said.code, said.err) == (0, "")
    (path,) = tmp_path.glob("M-001*.docx")
    assert "渠道政策" in reading("docx", path.read_bytes())
    again = demo("export", "minutes", "M-001", "--to", f"{tmp_path}/")
    assert again.code == 1
    assert "--force" in again.err
    assert demo("export", "minutes", "M-001", "--to", f"{tmp_path}/", "--force").code == 0
    for wrong in (("nothing",), ("minutes",), ("minutes", "M-001", "--format", "xlsx"), ("minutes", "M-999")):
        ran = demo("export", *wrong)
        assert ran.code != 0
        assert ran.err.startswith("crossdeck: ")
    assert "There is no folder" in demo("export", "minutes", "M-001", "--to", f"{tmp_path}/none/x.docx").err
