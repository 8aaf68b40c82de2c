"""`crossdeck lint`: vague words of a file or of standard input, for people and as JSON."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

TEXT = "由李强尽快提交\r\n“尽快”不算\n  Try to ship, probably\n"
FOUND = [
    {"line": 1, "column": 4, "length": 4, "words": "尽快提交", "reason": "when"},
    {"line": 3, "column": 3, "length": 6, "words": "Try to", "reason": "commitment"},
    {"line": 3, "column": 16, "length": 8, "words": "probably", "reason": "commitment"},
]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_in_the_usual_codings(office: CommandLine, tmp_path: Path, coding: str) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(TEXT.encode(coding))
    ran = office.bare("lint", path, "--json")
    assert (ran.code, ran.json, ran.err) == (1, FOUND, "")


@pytest.mark.parametrize("argv", [["lint"], ["lint", "-"]], ids=["nothing", "-"])
def test_standard_input(office: CommandLine, monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(TEXT))
    assert office.bare(*argv, "--json").json == FOUND


def test_people_read_line_column_words_and_reason(office: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(TEXT, "utf-8")
    ran = office.bare("lint", path, "--lang", "en")
    assert ran.code == 1
    assert [line.split(maxsplit=3)[:2] for line in ran.out.splitlines()[1:]] == [["1", "4"], ["3", "3"], ["3", "16"]]
    assert ran.out.splitlines()[1].endswith("尽快提交  by when?")


def test_a_clear_text_prints_nothing(office: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("由李强在10-12前提交2版海报\n", "utf-8")
    assert office.bare("lint", path) == (0, "", "")
    assert office.bare("lint", path, "--json") == (0, "[]\n", "")


def test_the_words_of_the_board_count_where_one_is_named(office: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("闭环处理, 尽快\n", "utf-8")
    office("settings", "vague_words", "闭环，抓手", "--as", "王敏")
    office("settings", "vague_exceptions", "尽快", "--as", "王敏")
    assert [each["words"] for each in office("lint", path, "--json").json] == ["闭环"]
    assert [each["words"] for each in office.bare("lint", path, "--json").json] == ["尽快"]
    gone = office.bare("--board", tmp_path / "none.json", "lint", path)
    assert (gone.code, gone.out) == (1, "")
    assert gone.err


def test_a_file_that_is_not_there_is_said(office: CommandLine, tmp_path: Path) -> None:
    ran = office.bare("lint", tmp_path / "none.txt")
    assert (ran.code, ran.out) == (1, "")
    assert "none.txt" in ran.err
