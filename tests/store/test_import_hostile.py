"""Files that are damaged or made to harm: a clear refusal or a right reading, in bounded memory, never a traceback."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import ImportProblem
from store.exchange.plan import ImportPlan
from tests.store.import_helpers import MINUTES, OVERVIEW_HEAD, REGISTER, card_row, overview, plan_of

PAPERS = [REGISTER, MINUTES]
MEMORY = 1_200_000_000
"""Bytes of address space a reader gets in `bounded`."""
BOMB = f'<!DOCTYPE a [<!ENTITY a "haha"><!ENTITY b "{"&a;" * 50}"><!ENTITY c "{"&b;" * 50}">]>'


def read(path: Path) -> ImportPlan | ImportProblem:
    """What it says, or why it is refused; anything else fails the test."""
    try:
        plan = plan_of(path)
    except ImportProblem as problem:
        return problem
    plan.to_builtins()
    return plan


def with_part(source: Path, path: Path, part: str, data: bytes) -> Path:
    """A copy of a package with one part replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, data)
    return path


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.suffix)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_torn_and_flipped_files(paper: Path, data: st.DataObject, tmp_path: Path) -> None:
    whole = bytearray(paper.read_bytes())
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(4, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / f"torn{paper.suffix}"
    path.write_bytes(bytes(whole[: data.draw(st.integers(1, len(whole)))]))
    read(path)


@pytest.mark.parametrize(
    ("paper", "part"), [(REGISTER, "xl/worksheets/sheet1.xml"), (MINUTES, "word/document.xml")], ids=["xlsx", "docx"]
)
def test_entities_are_not_expanded(paper: Path, part: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(paper) as archive:
        text = archive.read(part).decode()
    head, _, body = text.partition("?>")
    first = "</w:t>" if paper is MINUTES else "</sheetData>"
    bomb = f"{head}?>{BOMB}{body.replace(first, '&c;' + first, 1)}"
    found = read(with_part(paper, tmp_path / f"bomb{paper.suffix}", part, bomb.encode()))
    assert isinstance(found, ImportProblem) or "haha" not in str(found.to_builtins())


@pytest.mark.parametrize(
    ("paper", "part"), [(REGISTER, "xl/sharedStrings.xml"), (MINUTES, "word/document.xml")], ids=["xlsx", "docx"]
)
def test_a_small_file_that_unpacks_to_much_is_refused_in_bounded_memory(paper: Path, part: str, tmp_path: Path) -> None:
    path = with_part(paper, tmp_path / f"bomb{paper.suffix}", part, b"<a>" + b"<b/>" * 20_000_000 + b"</a>")
    assert path.stat().st_size < 1_000_000
    script = (
        "import resource, sys; from pathlib import Path\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "from store.errors import ImportProblem; from store.exchange.reading import read_sheets\n"
        "try: read_sheets(Path(sys.argv[1]))\n"
        "except ImportProblem as problem: print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert "unpacks to more" in done.stdout, done.stderr


def test_a_workbook_with_macros_is_read_and_they_are_not(tmp_path: Path) -> None:
    path = with_part(REGISTER, tmp_path / "r.xlsm", "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    found = read(path)
    assert isinstance(found, ImportPlan)
    assert len(found.create) == len(plan_of(REGISTER).create)


@pytest.mark.parametrize(("paper", "name"), [(REGISTER, "r.docx"), (MINUTES, "m.xlsx"), (MINUTES, "m.csv")])
def test_a_wrong_ending_is_said(paper: Path, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(paper.read_bytes())
    assert isinstance(read(path), ImportProblem)


def test_a_formula_that_nobody_computed_is_no_text_of_the_card(tmp_path: Path) -> None:
    found = read(overview(tmp_path / "r.xlsx", card_row(goal='=HYPERLINK("http://x","y")')))
    assert isinstance(found, ImportPlan)
    assert "HYPERLINK" not in str(found.records)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_a_csv_in_any_of_these_encodings_is_one_card(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    rows = [",".join(OVERVIEW_HEAD), ",".join(map(str, card_row()))]
    path.write_bytes("\n".join(rows).encode(encoding))
    found = read(path)
    assert isinstance(found, ImportPlan)
    assert [item.number for item in found.create if item.table == "cards"] == ["产品迭代-2024-001"]
