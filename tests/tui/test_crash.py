from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import office
from tests.tui.deck import Deck, running, until
from tui.crash import crash_sentence


def test_a_failure_is_one_sentence_and_a_file_without_the_text_of_records(tmp_path: Path) -> None:
    secret = "渠道数据 v2"
    try:
        raise KeyError(len(secret))
    except KeyError:
        said = crash_sentence(tmp_path / "state")
    assert "\n" not in said
    assert str(tmp_path / "state" / "crash.txt") in said
    written = (tmp_path / "state" / "crash.txt").read_text(encoding="utf-8")
    assert "test_crash.py" in written
    assert secret not in written


async def test_a_command_that_fails_ends_the_program_with_the_file_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Deck) -> None:
        raise RuntimeError("boom")

    async def pressed() -> None:
        async with running(office(), tmp_path) as (_app, pilot):
            monkeypatch.setattr(Deck, "do_reread", fail)
            monkeypatch.setattr(Deck, "save_drafts", fail)
            await pilot.press("r")

    with pytest.raises(RuntimeError, match="boom"):
        await pressed()
    assert "boom" in (tmp_path / "state" / "crash.txt").read_text(encoding="utf-8")


async def test_a_tick_that_fails_ends_it_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Deck) -> None:
        raise RuntimeError("tick")

    async def ticked() -> None:
        async with running(office(), tmp_path) as (app, pilot):
            monkeypatch.setattr(Deck, "tick", fail)
            app._tick()  # the loop calls it, not a message of Textual's
            await until(pilot, lambda: not app.is_running)

    with pytest.raises(RuntimeError, match="tick"):
        await ticked()
    assert "tick" in (tmp_path / "state" / "crash.txt").read_text(encoding="utf-8")


def test_a_state_directory_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    assert crash_sentence(tmp_path / "state").endswith("this machine.")
