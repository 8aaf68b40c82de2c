"""Text at the door: nothing that acts instead of being read gets in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import clean, plain

# Any code point, surrogates too: that is what a file written elsewhere may hold.
ANY_TEXT = st.text(st.characters(exclude_categories=()))
ACTS = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("plain", "plain"),
        ("中文，标点。", "中文，标点。"),
        ("a\tb", "a b"),
        ("a\nb", "a b"),
        ("a\r\nb", "a b"),
        ("a\u2028b\x85c\vd\fe", "a b c d e"),
        ("\x1b[2Jboom", "[2Jboom"),
        ("\x1b]0;PWNED\x1b\\", "]0;PWNED\\"),
        ("\x9b31mred", "31mred"),
        ("nul\x00bel\x07del\x7f", "nulbeldel"),
        ("\u202etxt.exe", "txt.exe"),
        ("a\u2066b\u2069c\u200ed\u061ce", "abcde"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("⚠\ufe0f", "⚠"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("lone\ud83d", "lone\ufffd"),
        ("é é", "é é"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("ends\n", "ends "),
        ("", ""),
    ],
)
def test_one_line(given_text: str, kept: str) -> None:
    assert clean(given_text) == kept


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\nb", "a\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\nb\n", "a\n\nb\n"),
        ("a\u2029b", "a\nb"),
        ("a\tb\n\x1b[31mc\u202e", "a b\n[31mc"),
    ],
)
def test_with_lines(given_text: str, kept: str) -> None:
    assert clean(given_text, lines=True) == kept


@pytest.mark.parametrize("text", ["plain", "中文 mixed", "全角\u3000空格", "", "[/x] [bold]"])
def test_the_same_object_when_nothing_changes(text: str) -> None:
    assert clean(text) is text
    assert plain(text) is text


def test_the_same_object_with_lines() -> None:
    text = "one\ntwo\n"
    assert clean(text, lines=True) is text


@given(ANY_TEXT, st.booleans())
def test_nothing_harmful_is_left_and_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    out = clean(text, lines=lines)
    allowed = {"\n"} if lines else set()
    assert [c for c in out if unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed] == []
    assert not ACTS & set(out)
    assert clean(out, lines=lines) == out
    out.encode("utf-8")


@given(st.text(st.characters(categories=("L", "Nd", "P", "Sm", "Sc", "Zs"))))
def test_letters_digits_and_marks_of_any_language_are_kept(text: str) -> None:
    assert clean(text) == text


@given(ANY_TEXT)
def test_plain_lets_no_control_out_but_tab_and_newline(text: str) -> None:
    out = plain(text)
    assert [c for c in out if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n"] == []
    assert not ACTS & set(out)
    out.encode("utf-8")


def test_plain_shows_that_something_was_there() -> None:
    assert plain("a\x1b[2Jb\x9bc\td\ne\u202ef") == "a\ufffd[2Jb\ufffdc\td\nef"
