"""A sitting: personal settings, where files lie, who sits here, a calendar that cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import SettingError
from tests.store.builders import T0, Cast, do, office
from tests.tui.deck import running, until
from tui.session import (
    PersonalSettings,
    Session,
    config_home,
    find_person,
    load_settings,
    login_name,
    state_home,
    terminal_name,
)


def settings_file(folder: Path, text: str) -> dict[str, str]:
    """An environment whose settings hold this text."""
    (folder / "crossdeck").mkdir()
    (folder / "crossdeck" / "settings.toml").write_text(text, encoding="utf-8")
    return {"XDG_CONFIG_HOME": str(folder)}


def test_no_settings_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings({"XDG_CONFIG_HOME": str(tmp_path)}) == PersonalSettings()


def test_all_settings_are_read(tmp_path: Path) -> None:
    text = 'name = "李强"\nboard = "/b.json"\nlanguage = "zh_Hans"\nchrome = "ascii"\nmouse = false\n'
    text += '[keymap]\nprogress = "P"\n'
    assert load_settings(settings_file(tmp_path, text)) == PersonalSettings(
        name="李强", board="/b.json", language="zh_Hans", chrome="ascii", mouse=False, keymap={"progress": "P"}
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "Mend the line or take it out"),
        ("mouse = 3", "mouse = 3 cannot be used. Write mouse = true or mouse = false"),
        ("[keymap]\nprogress = 1", "cannot be used. Write \\[keymap\\] and below it"),
        ("name = 1", 'Write name = "王敏"'),
        ('chrome = "blue"', 'Write chrome = "auto", "unicode" or "ascii"'),
        ("color = 1", 'there is no personal setting "color". Known are name, board, language, chrome, mouse, keymap'),
    ],
)
def test_settings_that_are_off_name_the_file_and_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingError, match=rf"settings\.toml.*{said}"):
        load_settings(settings_file(tmp_path, text))


def test_settings_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    environ = settings_file(tmp_path, "")
    (tmp_path / "crossdeck" / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="cannot be read"):
        load_settings(environ)


def test_where_files_lie(tmp_path: Path) -> None:
    assert config_home({"XDG_CONFIG_HOME": "/c"}) == Path("/c/crossdeck")
    assert config_home({}) == Path.home() / ".config" / "crossdeck"
    assert state_home({"XDG_STATE_HOME": "/s"}) == Path("/s/crossdeck")
    assert state_home({}) == Path.home() / ".local" / "state" / "crossdeck"
    assert state_home({"CROSSDECK_STATE": "/own", "XDG_STATE_HOME": "/s"}) == Path("/own")


def test_login_and_terminal_have_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "liqiang")
    assert login_name() == "liqiang"
    assert terminal_name() == f"liqiang@{os.uname().nodename}"


@pytest.mark.parametrize(
    ("wanted", "login", "found"),
    [("李强", "", Cast.li), ("u12", "", Cast.li), ("", "u12", Cast.li), ("", "", None), ("", "x", None),
     ("李强", "u11", Cast.li), ("nobody", "u11", None)],
)  # fmt: skip
def test_who_sits_here(wanted: str, login: str, found: int | None) -> None:
    person = find_person(office(), wanted, login)
    assert (person.id if person else None) == found


def test_a_change_is_signed_with_person_time_and_terminal(tmp_path: Path) -> None:
    session = Session(
        tmp_path / "b.json",
        clock=FixedClock(T0),
        settings=PersonalSettings(),
        environ={"CROSSDECK_STATE": str(tmp_path)},
    )
    stamp = session.stamp(7, at=T0 - 60)
    assert (stamp.person, stamp.at, stamp.recorded, stamp.terminal) == (7, T0 - 60, T0, terminal_name())
    assert session.stamp(7).at == T0


async def test_a_calendar_that_cannot_be_used_is_said_and_the_default_stands_in(tmp_path: Path) -> None:
    board = do(office(), "SetSetting", Cast.wang, key="region", value="CN")
    raw = {table: dict(rows) for table, rows in board.raws.items()}
    from msgspec import Raw

    from store.board import Board

    raw["settings"]["77"] = Raw(b'{"key":"region","value":"XX"}')
    raw["settings"] = {k: v for k, v in raw["settings"].items() if b'"CN"' not in bytes(v)}
    async with running(Board(board.meta, raw), tmp_path) as (app, pilot):
        assert app.session.calendar_problem is not None
        await until(pilot, lambda: app.message.startswith("Error"))
        assert "XX" in app.message
        assert "workday" in app.screen_text[1]
        said = len(app.notices.all)
        app.do_reread()
        await pilot.pause()
        assert len(app.notices.all) == said
