"""Files as sheets: what is read, what is told from what, and one sentence for each that cannot be read."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from store.errors import ImportProblem
from store.exchange import parts, reading
from store.exchange.reading import Sheet, read_sheets
from store.exchange.recognise import recognise
from tests.store.import_helpers import DATA, OVERVIEW_HEAD, REGISTER, card_row, overview, workbook


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in sheet.rows]


def test_a_workbook_gives_its_sheets_with_places() -> None:
    sheets = read_sheets(REGISTER)
    assert [s.name for s in sheets] == ["部门任务总览表", "任务执行进度跟踪表", "信息同步共享记录表"]
    cell = sheets[1].rows[2].cells[4]
    assert (cell.value, cell.place) == (100, "E3")
    assert sheets[1].where(cell.place) == "T4-department-register.xlsx:任务执行进度跟踪表!E3"


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("register-overview-utf8.csv", 0),
        ("register-progress-gbk.csv", 1),
        ("register-sync-gbk-semicolon.csv", 2),
    ],
)
def test_csv_in_any_encoding_is_the_sheet(name: str, sheet: int) -> None:
    (read,) = read_sheets(DATA / name)
    assert texts(read) == texts(read_sheets(REGISTER)[sheet])
    assert read.rows[2].cells[1].place == "B3"


def test_tables_below_each_other_are_told_apart() -> None:
    (sheet,) = read_sheets(DATA / "register-all-utf8-tab.csv")
    kinds = [entry.kind for entry in recognise(sheet).entries]
    assert kinds == ["sync"] * 2 + ["progress"] * 2 + ["register"] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "r.csv"
    quoted = f'"甲{delimiter}乙\n丙"'
    path.write_bytes(
        f"任务ID{delimiter}任务名称{delimiter}备注\r\nx{delimiter}{quoted}{delimiter}\r\n".encode(encoding)
    )
    (sheet,) = read_sheets(path)
    expected = f"甲{' ' if delimiter == chr(9) else delimiter}乙\n丙"
    assert texts(sheet) == [["任务ID", "任务名称", "备注"], ["x", expected]]


def test_values_keep_their_kind_and_text_is_cleaned(tmp_path: Path) -> None:
    row = ["a\x1b"[:1] + "\u202e[/x]", 3, 2.5, datetime(2026, 1, 2, 3, 4), date(2026, 1, 2), True, None, "  "]  # noqa: DTZ001
    path = workbook(tmp_path / "v.xlsx", {"s": [row]})
    (sheet,) = read_sheets(path)
    cells = sheet.rows[0].cells
    assert [cells[i].text for i in range(6)] == ["a[/x]", "3", "2.5", "2026-01-02 03:04", "2026-01-02", "TRUE"]
    assert set(cells) == set(range(6))


def test_a_sheet_that_lies_about_its_size_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "任务名称"
    sheet["XFD1048576"] = "far away"
    book.save(tmp_path / "wide.xlsx")
    (read,) = read_sheets(tmp_path / "wide.xlsx")
    assert texts(read) == [["任务名称"]]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda _: None, "There is no file"),
        (lambda p: p.mkdir(), "is a folder"),
        (os.mkfifo, "not a regular file"),
        (lambda p: p.write_bytes(b""), "is empty"),
        (lambda p: p.write_bytes(b" \n"), "is empty"),
        (lambda p: p.write_bytes(b"not a workbook"), "not an xlsx workbook"),
        (lambda p: p.write_bytes(b"PK\x03\x04 torn"), "not an xlsx workbook"),
        (lambda p: p.write_bytes(REGISTER.read_bytes()[:4000]), "not an xlsx workbook"),
        (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")), "password"),
        (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0 old"), "old Excel file"),
        (lambda p: p.write_bytes(zipped({"[Content_Types].xml": b"", "word/document.xml": b""})), "not a spreadsheet"),
        (
            lambda p: p.write_bytes(zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"<"})),
            "not an xlsx workbook",
        ),
    ],
)
def test_what_cannot_be_read_says_so_in_one_sentence(make: object, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    assert callable(make)
    make(path)
    with pytest.raises(ImportProblem, match=sentence) as problem:
        read_sheets(path)
    assert "file.xlsx" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(ImportProblem, match="neither a workbook nor text"):
        read_sheets(path)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = overview(tmp_path / "r.xlsx", *(card_row(f"产品迭代2024-{n:03d}") for n in range(1, 9)))
    monkeypatch.setattr(reading, "MOST_ROWS", 10)
    assert len(read_sheets(path)[0].rows) == 10
    monkeypatch.setattr(reading, "MOST_ROWS", 9)
    with pytest.raises(ImportProblem, match="more than 9 rows"):
        read_sheets(path)
    monkeypatch.setattr(parts, "MOST_UNPACKED", 100)
    with pytest.raises(ImportProblem, match="unpacks to more"):
        read_sheets(path)
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(ImportProblem, match="larger than"):
        read_sheets(path)


@pytest.mark.parametrize(
    "head",
    [
        list(reversed(OVERVIEW_HEAD)),
        [f" {word[0]} {word[1:]}：" for word in OVERVIEW_HEAD],
        [word.replace("(", "（").replace(")", "）") for word in OVERVIEW_HEAD],
        ["備註" if word.startswith("备注") else word.replace("任务", "任務") for word in OVERVIEW_HEAD],
    ],
    ids=["reversed", "blanks", "full width", "traditional"],
)
def test_headings_in_any_order_and_width(head: list[str], tmp_path: Path) -> None:
    cells = card_row() if head[0].endswith(("D", "：")) else list(reversed(card_row()))
    path = workbook(tmp_path / "r.xlsx", {"任意": [["部门 任务总览表"], [], head, cells]})
    (entry,) = recognise(read_sheets(path)[0]).entries
    assert entry.kind == "register"
    assert (entry.text("number"), entry.text("finish")) == ("产品迭代2024-001", "2024-10-30")
    assert entry.text("remark") == "需包含10份以上客户访谈数据"


def test_a_sheet_without_title_is_known_by_its_headings(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"Sheet1": [OVERVIEW_HEAD, card_row()]})
    assert [entry.kind for entry in recognise(read_sheets(path)[0]).entries] == ["register"]


def test_allocation_as_a_table_has_one_task_per_row(tmp_path: Path) -> None:
    head = ["任务名称", "所属项目", "负责部门", "负责人", "计划完成时间"]
    rows = [head, ["甲", "P", "设计部", "*主管", "2026-12-01"], ["乙", "P", "市场部", "*专员", "2026-12-02"]]
    path = workbook(tmp_path / "a.xlsx", {"跨部门任务分配表": rows})
    entries = recognise(read_sheets(path)[0]).entries
    assert [(e.kind, e.text("name"), e.text("department")) for e in entries] == [
        ("allocation", "甲", "设计部"),
        ("allocation", "乙", "市场部"),
    ]


def test_several_forms_in_one_sheet(tmp_path: Path) -> None:
    form = [["任务名称", "甲"], ["所属项目", "P", "负责人", "*主管"], ["其他约定", "每周三例会"]]
    again = [["任务名称", "乙"], ["所属项目", "P", "负责人", "*专员"]]
    path = workbook(tmp_path / "a.xlsx", {"s": [["跨部门任务分配表"], *form, *again]})
    entries = recognise(read_sheets(path)[0]).entries
    assert [(e.text("name"), e.text("owner")) for e in entries] == [("甲", "*主管"), ("乙", "*专员")]
    assert [(label, cell.text) for label, cell in entries[0].extra] == [("其他约定", "每周三例会")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["a", "b"], ["c", "d"]], "no paper"),
        ([], "empty"),
        ([["部门任务总览表"], OVERVIEW_HEAD], "nothing below the headings"),
        ([["部门任务总览表"], ["编", "名"], ["1", "2"]], "任务名称"),
    ],
)
def test_why_a_sheet_is_skipped(rows: list[list[str]], reason: str, tmp_path: Path) -> None:
    recognised = recognise(read_sheets(workbook(tmp_path / "r.xlsx", {"s": rows}))[0])
    assert recognised.entries == ()
    assert reason in str(recognised.reason)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()
