"""A paste never acts: what the parser of the terminal makes of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers import linux_driver

from tui.paste_guard import END, START, GuardedParser, PasteFilter, guard_pastes

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


def test_the_driver_reads_through_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", linux_driver.__dict__["XTermParser"])
    guard_pastes()
    assert linux_driver.__dict__["XTermParser"] is GuardedParser
