"""Drafts on disk: whole, this person's alone, and side by side with those of another session."""

from __future__ import annotations

from pathlib import Path

from tests.store.builders import DAY, T0, Cast, do, office
from tui.drafts import Drafts, stands

c = Cast


def drafts(folder: Path) -> Drafts:
    return Drafts(folder / "drafts", folder / "board.json")


def test_a_draft_comes_back_in_the_next_session(tmp_path: Path) -> None:
    first = drafts(tmp_path)
    first.keep("a", "初稿")
    first.keep("b", "x")
    first.drop("b")
    first.save()
    assert drafts(tmp_path).get("a") == "初稿"
    assert drafts(tmp_path).keys() == ["a"]


def test_two_sessions_keep_what_the_other_one_saved(tmp_path: Path) -> None:
    one, two = drafts(tmp_path), drafts(tmp_path)
    one.keep("a", "mine")
    two.keep("b", "theirs")
    one.save()
    two.save()
    one.drop("a")
    one.save()
    assert drafts(tmp_path).keys() == ["b"]


def test_a_save_behind_the_scenes_is_a_save(tmp_path: Path) -> None:
    kept = drafts(tmp_path)
    kept.keep("a", "text")
    kept.save_soon()
    kept.save()  # waits for the one that is under way
    assert drafts(tmp_path).get("a") == "text"


def test_what_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be")
    kept = drafts(tmp_path)
    kept.keep("a", "text")
    kept.save()
    assert kept.get("a") == "text"
    (tmp_path / "drafts").unlink()
    kept.save()
    assert drafts(tmp_path).get("a") == "text"


def test_nobody_else_may_read_them_and_nothing_is_left_beside(tmp_path: Path) -> None:
    kept = drafts(tmp_path)
    kept.keep("a", "text")
    kept.save()
    (file,) = (tmp_path / "drafts").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_draft_stands_as_long_as_what_it_was_typed_for() -> None:
    texts = {"what": "a", "impact": "b", "tried": "c", "needed": "d"}
    board = do(office(), "RaiseBlocked", c.li, id=900, subtask=c.plan, **texts)
    keys = [f"{c.li}:escalate:900", f"{c.li}:progress:{c.plan}", f"{c.li}:meet:other:0"]
    assert all(stands(board, key) for key in keys)
    ruling = {"decision": "市场部给数据", "department": c.market, "owner": c.wang, "due": T0 + DAY}
    board = do(board, "Resolve", c.wang, issue=900, **ruling)
    assert [stands(board, key) for key in [*keys, f"{c.li}:step:4711"]] == [False, True, True, False]
