"""Every paper is opened by LibreOffice, which wrote none of them: nothing is lost, nothing became a formula."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from store.views.state import BoardState
from tests.store.import_helpers import NOW, working
from tests.tui.command_line import demo_file, read_board
from tests.tui.test_papers import first_of, hostile
from tui import i18n
from tui.papers.desk import Desk
from tui.papers.every import KINDS, built, write

__all__ = ["demo_file"]

SUITE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    SUITE is None, reason="no LibreOffice here (Debian: libreoffice-writer libreoffice-calc)"
)


def converted(folder: Path, files: list[Path], form: str) -> dict[str, Path]:
    """Stem -> the file LibreOffice made of each, all in one run."""
    out = folder / form.partition(":")[0]
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [str(SUITE), home, "--headless", "--convert-to", form, "--outdir", str(out), *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    return {path.stem: path for path in out.iterdir()}


@pytest.fixture(scope="module", params=["en", "zh_Hans", "zh_Hant"])
def papers(request: pytest.FixtureRequest, demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every paper of the demo as .docx or .xlsx, in one language."""
    folder = tmp_path_factory.mktemp("papers")
    board = read_board(demo_file)
    i18n.choose(request.param)
    desk = Desk(BoardState(board, working()), NOW)
    for kind in KINDS:
        form = kind.formats[0]
        if form in {"docx", "xlsx"}:
            _stem, data = built(kind, desk, first_of(board, kind), form)
            (folder / f"{kind.key}.{form}").write_bytes(data)
    i18n.choose("en")
    return folder


def test_documents_keep_their_texts(papers: Path) -> None:
    files = sorted(papers.glob("*.docx"))
    found = converted(papers, files, "txt:Text (encoded):UTF8")
    assert found.keys() == {path.stem for path in files}
    assert all("Q4营销" in path.read_text("utf-8-sig") for path in found.values())


def test_workbooks_keep_their_cells(papers: Path) -> None:
    files = sorted(papers.glob("*.xlsx"))
    before = {path.stem: cells(path) for path in files}
    found = converted(papers, files, "ods")
    again = converted(papers, sorted(found.values()), "xlsx")
    assert {stem: cells(path) for stem, path in again.items()} == before


def cells(path: Path) -> list[tuple[str, str, object]]:
    """What stands in each cell of a workbook that holds something."""
    book = openpyxl.load_workbook(path)
    return [
        (page.title, cell.coordinate, cell.value)
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    ]


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(write(hostile(), "xlsx"))
    (tmp_path / "bad.docx").write_bytes(write(hostile(), "docx"))
    before = cells(tmp_path / "bad.xlsx")
    found = converted(tmp_path, [tmp_path / "bad.xlsx"], "ods")
    again = converted(tmp_path, list(found.values()), "xlsx")
    assert cells(again["bad"]) == before
    text = converted(tmp_path, [tmp_path / "bad.docx"], "txt:Text (encoded):UTF8")["bad"].read_text("utf-8-sig")
    assert "<script>alert(1)</script>" in text
