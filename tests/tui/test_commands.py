"""One registry: every command has its words and its place, keys move with the personal settings, and act in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key

from tests.store.builders import busy, office
from tests.tui.boards import owing
from tests.tui.deck import running, typed, until
from tui.app import CrossdeckApp
from tui.commands import BY_ID, COMMANDS, GROUPS, PANEL_COMMANDS, keymap_problems
from tui.screens.base import DeckScreen, method_of
from tui.session import PersonalSettings
from tui.verbs import VERBS, forms, verb

FREE = "BCEFILMPQRW"
LATER = {"copy_text", "to_subtask"}
"""Commands of screens that are proved elsewhere."""


PALETTE_ONLY = {"attach", "here", "incident", "next_card", "people", "settings"}
"""Commands without a key of their own: found by name after `:`."""


def test_every_command_has_words_a_group_and_a_key_of_its_own() -> None:
    taken: dict[str, str] = {}
    for command in COMMANDS:
        assert command.label
        assert re.fullmatch(r"[A-Z].*\.", command.help), command.id
        assert command.group in GROUPS
        assert command.keys or command.id in PALETTE_ONLY
        for key in (*command.keys, *command.also):
            assert key not in taken, (key, command.id, taken.get(key))
            taken[key] = command.id
    assert {c.group for c in PANEL_COMMANDS} == {"panel"}
    assert not keymap_problems({})


def test_the_keys_free_on_purpose_are_free() -> None:
    taken = {key for command in COMMANDS for key in (*command.keys, *command.also)}
    assert not taken & set(FREE)
    assert not [key for key in taken if key.startswith(("alt+", "ctrl+shift")) or key in {"f1", "f10", "f11", "f12"}]
    assert not taken & {f"ctrl+{letter}" for letter in "abhijm"}


def test_every_verb_of_the_table_is_there() -> None:
    for command, tables in VERBS.items():
        assert command in BY_ID
        for table in tables:
            assert callable(verb(command, table)), (command, table)


def screens() -> list[type[DeckScreen]]:
    import importlib
    import pkgutil

    import tui.screens

    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    found: list[type[DeckScreen]] = []
    left = [DeckScreen]
    while left:
        each = left.pop()
        found.append(each)
        left += each.__subclasses__()
    return found


def test_every_command_is_carried_out_somewhere() -> None:
    places = [*screens(), CrossdeckApp]
    for command in COMMANDS:
        done = command.id in VERBS or any(hasattr(place, method_of(command.id)) for place in places)
        assert done or command.id in LATER, command.id


@pytest.mark.parametrize("screen", ["1", "2", "3", "4", "i", "?"])
async def test_every_key_is_safe_on_every_screen(tmp_path: Path, screen: str) -> None:
    keys = [key for command in COMMANDS for key in (*command.keys, *command.also) if command.id not in {"quit", "back"}]
    async with running(busy(), tmp_path) as (app, pilot):
        await typed(pilot, screen)
        for place, key in enumerate(keys):
            character = key if len(key) == 1 else None
            app.post_message(events.Key(_character_to_key(key) if character else key, character))
            app.post_message(events.Key("ctrl+g", None))  # closes a panel, and is no command without one
            for digit in "1" + screen:
                app.post_message(events.Key(_character_to_key(digit), digit))
            if place % 6 == 0:
                await pilot.pause()
                assert app.is_running, keys[: place + 1][-6:]
        await pilot.pause()
        assert app.is_running
        assert not app.session.store.pending  # no single key changes anything


async def test_a_free_letter_says_that_no_command_is_on_it(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        for letter in FREE:
            await pilot.press(letter)
            assert app.message == f"no command on {letter}; ? shows all"


async def test_a_command_of_another_screen_says_so_too(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("J")
        assert app.message == "no command on J; ? shows all"
        await pilot.press("Z")
        assert app.message == '"snooze" does not act here.'


TWINS = {
    "／": "filter", "、": "filter", "：": "palette", "？": "help", "】": "tab_next", "【": "tab_back", "＝": "why",
    "f2": "progress", "f3": "take", "f4": "escalate", "f5": "reread", "f6": "step", "f7": "block", "f8": "note",
    "f9": "help", "ctrl+p": "palette", "\u3000": "walk", "＞": "to_subtask", "》": "to_subtask",
}  # fmt: skip


async def test_full_width_twins_and_f_keys_do_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(DeckScreen, "action_command", lambda _self, command: done.append(command))
    async with running(office(), tmp_path) as (app, pilot):
        for key in TWINS:
            if len(key) == 1:
                await typed(pilot, key)
            else:
                await pilot.press(key)
        await until(pilot, lambda: len(done) >= len(TWINS))
        assert done == list(TWINS.values())
        assert app.is_running


KEYMAP = PersonalSettings(keymap={"progress": "P", "filter": "ctrl+f,F", "nonsense": "x", "sort": "a"})


async def test_keys_move_with_the_settings(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强", settings=KEYMAP) as (app, pilot):
        assert app.screen_text[-1].startswith(" P progress")
        said = [text for _at, text, _error in app.notices.all]
        assert said == [
            'Key map: "nonsense = x" cannot be used.',
            'Key map: "sort = a" cannot be used.',
        ]
        assert app.message.startswith("Error Key map")
        await pilot.press("p")
        assert not app.front.entering
        assert app.message == "no command on p; ? shows all"
        await pilot.press("P")
        assert app.heading.startswith("progress")
        await pilot.press("escape", "F")
        assert app.heading.startswith("filter")
        await pilot.press("escape", "ctrl+f")
        assert app.heading.startswith("filter")
        await pilot.press("escape", "a")
        assert app.heading.startswith("new card")  # the key stays with the command that had it


async def test_help_and_palette_show_the_keys_as_moved(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强", settings=KEYMAP, size=(120, 60)) as (app, pilot):
        await pilot.press("colon")
        await typed(pilot, "Enter progress")
        assert any(re.match(r" > P +progress", line) for line in app.screen_text)
        await pilot.press("escape", "question_mark")
        await until(pilot, lambda: any(re.match(r"  P .*progress", line) for line in app.screen_text))


async def test_a_panel_key_moves_too(tmp_path: Path) -> None:
    settings = PersonalSettings(keymap={"panel.close": "ctrl+x"})
    async with running(office(), tmp_path, settings=settings) as (app, pilot):
        await pilot.press("c")
        assert app.screen_text[-1].endswith("ctrl+x close, keep draft")
        await pilot.press("ctrl+x")
        assert not app.front.panel.is_open


async def test_letters_never_act_while_a_panel_is_open(tmp_path: Path) -> None:
    letters = [key for command in COMMANDS for key in command.keys if len(key) == 1]
    async with running(busy(), tmp_path) as (app, pilot):
        for opener in ("c", "slash", "colon", "s", "f"):
            await pilot.press(opener)
            await typed(pilot, "".join(letters))
            assert app.panel_text == "".join(letters)
            assert len(app.screen_stack) == 1
            assert app.front.number == 1
            await pilot.press("ctrl+u", "escape")
        assert not app.session.store.pending


async def test_a_paste_acts_on_nothing(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        app.post_message(events.Paste("p70 x\nq\n\x1b[A:"))
        await pilot.pause()
        assert not app.front.entering
        assert app.front.number == 1


async def test_a_paste_into_the_line_is_text_without_its_line_ends(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        await pilot.press("p")
        app.post_message(events.Paste("70 初稿\n> 送审\r\n\x1b完\x07"))
        await until(pilot, lambda: "初稿" in app.panel_text)
        assert app.panel_text == "70 初稿 > 送审 完"
        assert app.front.entering
        assert not app.session.store.pending


async def test_the_palette_finds_commands_in_the_readers_language_and_jumps(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await typed(pilot, "：depart\n")
        await until(pilot, lambda: app.front.number == 2)
        await typed(pilot, ":I-002\n")
        await until(pilot, lambda: app.front.number == 3 and app.front.current() == ("issues", 62))
        await typed(pilot, ":J. Meyer\n")
        await until(pilot, lambda: app.front.number == 1 and app.list.filter_text == "who:J. Meyer")
        await typed(pilot, ":zzzzzz")
        assert any("no command and no record of that name" in line for line in app.screen_text)


async def test_q_asks_and_ctrl_q_leaves_at_once(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("q")
        assert app.heading == "Leave? Enter yes, Esc no."
        await pilot.press("escape", "q", "enter")
        await until(pilot, lambda: not app.is_running or app.return_code == 0)
        assert app.return_code == 0
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("c", "x", "ctrl+q")
        assert app.return_code == 0
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("c")
        assert app.panel_text == "x"


def test_panels_are_headed_by_names_of_commands() -> None:
    """Another word would stand there untranslated."""
    verbs = Path(forms.__file__).parent
    said = {word for file in verbs.glob("*.py") for word in re.findall(r'verb_word\("([^"]+)"\)', file.read_text())}
    assert said
    assert said <= {command.name for command in BY_ID.values()}
