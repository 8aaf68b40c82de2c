"""Who is here: small files beside the board, aged by the server's clock, swept (design §3)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.file.disk import Disk
from store.file.presence import GONE, SWEPT, Presence, Sign


def session(tmp_path: Path, client: str) -> Presence:
    return Presence(str(tmp_path / "board.json"), client, Disk())


def aged(tmp_path: Path, client: str, seconds: float) -> Path:
    path = tmp_path / "board.json.here" / f"{client}.json"
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    return path


def test_sessions_see_each_other_and_not_themselves(tmp_path: Path) -> None:
    one, two = session(tmp_path, "one"), session(tmp_path, "two")
    one.say(Sign("李强", "departments", "liq"))
    assert one.others() == ()
    two.say(Sign("陈思", "minutes"))
    assert one.others() == (Sign("陈思", "minutes"),)
    assert two.others() == (Sign("李强", "departments", "liq"),)
    two.say(Sign("陈思", "card", on=(31, 41), writing=True))
    assert one.others() == (Sign("陈思", "card", on=(31, 41), writing=True),)


def test_who_is_silent_is_gone_and_who_is_long_silent_is_swept(tmp_path: Path) -> None:
    one, two = session(tmp_path, "one"), session(tmp_path, "two")
    one.say(Sign("李强"))
    two.say(Sign("陈思"))
    kept = aged(tmp_path, "two", GONE + 1)
    assert one.others() == ()
    assert kept.exists()
    aged(tmp_path, "two", SWEPT)
    assert one.others() == ()
    assert not kept.exists()


def test_one_person_at_two_terminals_is_one_with_the_newest_screen(tmp_path: Path) -> None:
    session(tmp_path, "one").say(Sign("李强", "overview"))
    aged(tmp_path, "one", 40)
    session(tmp_path, "two").say(Sign("李强", "card"))
    me = session(tmp_path, "me")
    me.say(Sign("王敏"))
    assert me.others() == (Sign("李强", "card"),)


def test_leaving_takes_the_sign_and_the_last_one_the_folder(tmp_path: Path) -> None:
    one, two = session(tmp_path, "one"), session(tmp_path, "two")
    one.say(Sign("李强"))
    two.say(Sign("陈思"))
    one.leave()
    assert two.others() == ()
    two.leave()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"name":1}', b'{"name":"x","on":[1,"y"]}', b"\xff\xfe", b'{"name":"' + b"x" * 9000 + b'"}'],
)
def test_what_is_no_sign_is_passed_over(tmp_path: Path, content: bytes) -> None:
    one = session(tmp_path, "one")
    one.say(Sign("李强"))
    (tmp_path / "board.json.here" / "bad.json").write_bytes(content)
    assert one.others() == ()


def test_a_hostile_name_does_not_act(tmp_path: Path) -> None:
    one, two = session(tmp_path, "one"), session(tmp_path, "two")
    one.say(Sign("李强"))
    two.say(Sign("\x1b[31mred\x1b]0;t\x07" + "長" * 100, "\u202ex"))
    (found,) = one.others()
    assert found.name.isprintable()
    assert len(found.name) <= 40
    assert found.screen == "x"


def test_a_share_that_refuses_the_folder_costs_only_the_names(tmp_path: Path) -> None:
    (tmp_path / "board.json.here").write_text("no folder")
    one = session(tmp_path, "one")
    one.say(Sign("李强"))
    assert one.others() == ()
    one.leave()
    assert (tmp_path / "board.json.here").read_text() == "no folder"


def test_the_folder_takes_the_mode_of_the_board_s_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    session(tmp_path, "one").say(Sign("李强"))
    assert (tmp_path / "board.json.here").stat().st_mode & 0o7777 == 0o2775
