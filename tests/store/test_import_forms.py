"""Papers as offices really write them: every form is read, or said at its place; nothing is guessed silently."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from store.errors import ImportProblem
from store.exchange.plan import ImportPlan
from store.exchange.reading import read_sheets
from tests.store.import_helpers import (
    MINUTES,
    OVERVIEW_HEAD,
    PROGRESS_HEAD,
    REGISTER,
    card_row,
    instant,
    overview,
    plan_of,
    progress_row,
    workbook,
)
from tests.store.test_import_hostile import with_part


def finish(plan: ImportPlan) -> int | None:
    """When the one card is to be finished."""
    (found,) = [row["body"].get("planned_finish") for row in plan.records if row["table"] == "cards"]
    assert found is None or isinstance(found, int)
    return found


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026.10.9",
            "2026/10/9",
            "2026-10-09",
            "2026年10月9日",
            "２０２６．１０．９",
            "20261009",
            " 2026 年 10 月 9 日 ",
        ),
        *("民國115年10月9日", "民国115年10月9日", 46304, "46304", datetime(2026, 10, 9)),  # noqa: DTZ001
    ],
)
def test_a_date_in_any_style(written: object, tmp_path: Path) -> None:
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(finish=written)))
    assert finish(plan) == instant(2026, 10, 9)
    assert plan.unclear == []


@pytest.mark.parametrize("written", ["115/10/9", "10月中旬", "待定", "2026-02-30", "明天", "9/10/26", "115.10.9"])
def test_a_date_that_may_mean_several_is_said_at_its_cell(written: str, tmp_path: Path) -> None:
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(finish=written)))
    assert finish(plan) is None
    assert [(item.where, item.value) for item in plan.unclear] == [("r.xlsx:部门任务总览表!I3", written)]
    assert written in str(plan.records)  # kept in the card's notes


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
    sheet = book.worksheets[0]
    for row in (OVERVIEW_HEAD, card_row(finish=datetime(2026, 10, 9))):  # noqa: DTZ001
        sheet.append(list(row))
    book.save(tmp_path / "r.xlsx")
    assert finish(plan_of(tmp_path / "r.xlsx")) == instant(2026, 10, 9)


def test_the_date_formats_of_chinese_offices(tmp_path: Path) -> None:
    path = overview(tmp_path / "in.xlsx", card_row(finish=datetime(2026, 10, 9)))  # noqa: DTZ001
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    found = with_part(
        path, tmp_path / "r.xlsx", "xl/styles.xml", styles.replace('numFmtId="14"', 'numFmtId="31"').encode()
    )
    assert finish(plan_of(found)) == instant(2026, 10, 9)


@pytest.mark.parametrize(
    ("cell", "said"), [("#REF!", "no result: #REF!"), ("#N/A", "no result: #N/A"), ("=1+1", "never computed")]
)
def test_a_formula_without_a_result_is_said_at_its_cell(cell: str, said: str, tmp_path: Path) -> None:
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(goal=cell)))
    assert [(item.where, said in str(item.why)) for item in plan.unclear] == [("r.xlsx:部门任务总览表!F3", True)]
    assert "goal" not in plan.records[-1]["body"]


def test_hidden_sheets_are_left_out_and_hidden_rows_said(tmp_path: Path) -> None:
    book = Workbook()
    for number, sheet in enumerate((book.worksheets[0], book.create_sheet("旧"))):
        for row in (OVERVIEW_HEAD, card_row(f"产品迭代2024-00{number + 1}", name=f"任务{number}")):
            sheet.append(list(row))
    book.worksheets[0].row_dimensions[2].hidden = True
    book.worksheets[1].sheet_state = "hidden"
    book.save(tmp_path / "r.xlsx")
    plan = plan_of(tmp_path / "r.xlsx")
    assert [item.title for item in plan.create if item.table == "cards"] == ["任务0"]
    assert [(item.where, "hidden" in str(item.why)) for item in plan.skipped] == [("r.xlsx:旧", True)]
    assert [(item.where, "hidden" in str(item.why)) for item in plan.unclear] == [("r.xlsx:Sheet!A2", True)]


def test_a_cell_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        PROGRESS_HEAD,
        progress_row(name="甲"),
        progress_row(number="产品迭代2024-001-02", name="乙", owner=None),
    ):
        sheet.append(list(row))
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("D2:D3")
    book.save(tmp_path / "r.xlsx")
    plan = plan_of(tmp_path / "r.xlsx")
    owners = [row["body"].get("owner") for row in plan.records if row["table"] == "subtasks"]
    assert len(owners) == 2
    assert len({*owners}) == 1


def test_a_label_over_two_rows_has_both_values(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["任务管理卡"], ["任务名称", "甲"], ["核心目标", "一"], [None, "二"], ["备注", "三"]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "c.xlsx")
    (card,) = [row["body"] for row in plan_of(tmp_path / "c.xlsx").records]
    assert (card["goal"], card["notes"]) == ("一\n二", "三")


def test_cells_far_out_and_endless_texts_are_said(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (OVERVIEW_HEAD, card_row()):
        sheet.append(list(row))
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "in.xlsx")
    plan = plan_of(tmp_path / "in.xlsx")
    assert [(item.where, "beyond column" in str(item.why)) for item in plan.unclear] == [
        ("in.xlsx:Sheet!XFD1048576", True)
    ]
    (tmp_path / "x.csv").write_text(",".join(OVERVIEW_HEAD) + "\n" + ",".join(map(str, card_row(goal="x" * 130_000))))
    assert plan_of(tmp_path / "x.csv").unclear == []


def csv_of(head: tuple[str, ...] | list[str], row: list[Any], mark: str = ",") -> str:
    return "\n".join(mark.join(map(str, line)) for line in (head, row))


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "big5", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_in_traditional_characters(encoding: str, mark: str, tmp_path: Path) -> None:
    head = ["任務名稱", "負責人", "優先級", "當前狀態"]
    (tmp_path / "r.csv").write_bytes(csv_of(head, ["調研報告", "王敏", "高", "進行中"], mark).encode(encoding))
    plan = plan_of(tmp_path / "r.csv")
    (card,) = [row["body"] for row in plan.records if row["table"] == "cards"]
    assert (card["name"], card["priority"], card["stage"]) == ("調研報告", "high", "active")
    assert plan.unclear == []


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "Save it as xlsx"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "Save it as docx"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.pdf", b"%PDF-1.7\n\x00", "PDF"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.doc", b"{\\rtf1 x}", "Save it as docx"),
        ("a.csv", b"", "is empty"),
        (f"{'长' * 300}.csv", None, "cannot be read"),
        ("none.xlsx", None, "There is no file"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_is_no_paper_is_refused_with_what_to_do(name: str, data: bytes | None, said: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ImportProblem, match=said) as problem:
        plan_of(tmp_path / name)
    assert "\n" not in str(problem.value)


SHEET = "xl/worksheets/sheet1.xml"
DOCUMENT = "word/document.xml"


def rows(text: str) -> bytes:
    return f"<worksheet><sheetData>{text}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("paper", "part", "make", "said"),
    [
        (REGISTER, SHEET, lambda: b"<a>" * 100_000, "damaged"),
        (REGISTER, SHEET, lambda: rows("<row><c><v>1</v></c></row>" * 20_001), "more than 20000 rows"),
        (REGISTER, SHEET, lambda: rows(f"<row r='{'9' * 5000}'><c><v>1</v></c></row>"), "damaged"),
        (REGISTER, SHEET, lambda: b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><worksheet/>', "entities"),
        (REGISTER, SHEET, lambda: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><worksheet/>', "entities"),
        (MINUTES, DOCUMENT, lambda: b"<document>" + b"<p/>" * 20_001 + b"</document>", "more than 20000 lines"),
        (
            MINUTES,
            DOCUMENT,
            lambda: b"<document><tbl><tr><tc><p><r><t>" + b"x" * 200_000 + b"</t></r></p></tc></tr>"
            + b"<tr><tc><vMerge/><p/></tc></tr>" * 1_000 + b"</tbl></document>",
            "more than a register can",
        ),
    ],
    ids=["nested", "rows", "number", "doctype", "external", "lines", "merged"],
)  # fmt: skip
def test_what_is_made_to_harm_is_refused(
    paper: Path, part: str, make: Callable[[], bytes], said: str, tmp_path: Path
) -> None:
    path = with_part(paper, tmp_path / f"bad{paper.suffix}", part, make())
    with pytest.raises(ImportProblem, match=said):
        read_sheets(path)


def test_a_span_nobody_can_believe_costs_nothing(tmp_path: Path) -> None:
    text = b"<document><tbl><tr><tc><gridSpan val='99999999999'/><p><r><t>x</t></r></p></tc></tr></tbl></document>"
    (sheet,) = read_sheets(with_part(MINUTES, tmp_path / "m.docx", DOCUMENT, text))
    assert [cell.text for row in sheet.rows for cell in row.cells.values()] == ["x"]


def test_a_title_across_blank_rows_and_columns_moved(tmp_path: Path) -> None:
    head = [None, *reversed(OVERVIEW_HEAD)]
    cells: list[Any] = [None, *reversed(card_row())]
    path = workbook(tmp_path / "r.xlsx", {"s": [[], [None, None, "部门任务总览表"], [], head, [], cells, []]})
    plan = plan_of(path)
    assert [item.where for item in plan.create if item.table == "cards"] == ["r.xlsx:s!A6"]
    assert plan.unclear == []
