"""A paste never acts: what the parser of the terminal makes of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.paste_guard import END, START, GuardedParser, PasteFilter

CHUNKS = st.lists(st.integers(0, 60), max_size=4)


def events_of(stream: str, cuts: list[int]) -> tuple[str, list[str]]:
    """(pasted text, keys) of a stream that arrives in pieces cut at these places."""
    parser = GuardedParser()
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    found = [e for a, b in pairwise(places) for e in parser.feed(stream[a:b])]
    pasted = "".join(e.text for e in found if isinstance(e, events.Paste))
    return pasted, [e.key for e in found if isinstance(e, events.Key)]


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "x\x1by", "\x1b", "one\r\ntwo\n", "\x1bOP\x07\rq", "ab\x1b"])
@pytest.mark.parametrize("cut", range(0, 24, 3))
def test_an_escape_in_a_paste_is_no_key(text: str, cut: int) -> None:
    pasted, keys = events_of(f"k{START}{text}{END}z", [cut])
    assert pasted == text.replace("\x1b", "")
    assert keys == ["k", "z"]


@given(st.text(st.sampled_from("ab\x1b[20~1\r\n文"), max_size=20), CHUNKS)
def test_no_paste_without_an_end_in_it_becomes_keys(text: str, cuts: list[int]) -> None:
    if END in text + END[:-1]:
        return
    pasted, keys = events_of(f"{START}{text}{END}z", cuts)
    assert pasted == text.replace("\x1b", "")
    assert keys == ["z"]


@given(st.text(st.sampled_from("ab\x1b[20~1A"), max_size=20), CHUNKS)
def test_what_is_no_paste_passes_untouched(text: str, cuts: list[int]) -> None:
    if START in text:
        return
    guard = PasteFilter()
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    assert "".join(guard.pass_on(text[a:b]) for a, b in pairwise(places)) == text


def keys_of(*chunks: str) -> list[str]:
    """The keys of a stream in these chunks, and what comes when nothing follows."""
    parser = GuardedParser()
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    parser._esc_at = None if parser._esc_at is None else float("-inf")
    found += parser.tick()
    return [event.key for event in found if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("stream", "keys"),
    [
        ("\x1b", ["escape"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1bq", ["escape", "q"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b:", ["escape", "colon"]),
        ("\x1b\t", ["escape", "tab"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("x\x1bp65\r", ["x", "escape", "p", "6", "5", "enter"]),
        ("\x1b王", ["escape", "王"]),
        ("\x1b[A\x1bOQ\x1b[12~", ["up", "f2", "f2"]),
        ("\x1bb\x1bf\x1b\x7f", ["ctrl+left", "ctrl+right", "ctrl+w"]),
        ("\x1b\x1b[A", ["escape", "up"]),
    ],
)
def test_esc_and_the_key_after_it_are_two_keys(stream: str, keys: list[str]) -> None:
    assert keys_of(stream) == keys
    assert keys_of(*stream) == keys


def test_a_sequence_cut_behind_its_esc_stays_a_sequence() -> None:
    assert keys_of("a\x1b", "[A", "\x1b", "OQ") == ["a", "up", "f2"]


def test_an_esc_waits_for_the_delay_only(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = GuardedParser()
    assert list(parser.feed("\x1b")) == []
    assert list(parser.tick()) == []
    parser._esc_at = float("-inf")
    assert [event.key for event in parser.tick() if isinstance(event, events.Key)] == ["escape"]
    assert list(parser.tick()) == []
