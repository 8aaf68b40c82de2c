"""How a command line is taken apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from tui.cli.commands import COMMANDS, OPEN
from tui.cli.grammar import GLOBALS, Words, parse


def words(*argv: str) -> Words:
    return parse(argv, COMMANDS, OPEN)


@pytest.mark.parametrize(
    ("argv", "command", "values"),
    [
        ([], "", {}),
        (["team.json"], "", {"board": ["team.json"]}),
        (["list", "cards"], "list", {"what": ["cards"]}),
        (["--json", "list", "clocks", "--all"], "list", {"what": ["clocks"], "json": [""], "all": [""]}),
        (["--board", "b.json", "check"], "check", {"board": ["b.json"]}),
        (["check", "--board=b.json"], "check", {"board": ["b.json"]}),
        (["import", "a.xlsx", "b.csv"], "import", {"file": ["a.xlsx", "b.csv"]}),
        (["progress", "X-01", "65"], "progress", {"subtask": ["X-01"], "percent": ["65"]}),
        (["progress", "X-01", "-5"], "progress", {"subtask": ["X-01"], "percent": ["-5"]}),
        (
            ["progress", "X-01", "--need", "A", "--need", "B"],
            "progress",
            {"subtask": ["X-01"], "need": ["A", "B"]},
        ),
        (["do", "Circulate", "-"], "do", {"operation": ["Circulate"], "fields": ["-"]}),
        (["ack", "I-001", "on", "it"], "ack", {"issue": ["I-001"], "text": ["on", "it"]}),
        (["show", "--", "--odd"], "show", {"id": ["--odd"]}),
        (["progress", "X", "--done", "--"], "progress", {"subtask": ["X"], "done": ["--"]}),
        (["show", "a\x1b[31mb\u202ec"], "show", {"id": ["a[31mbc"]}),
        (["-h"], "", {"help": [""]}),
        (["progress", "--help"], "progress", {"help": [""]}),
    ],
)
def test_words_find_their_places(argv: list[str], command: str, values: dict[str, Any]) -> None:
    found = words(*argv)
    assert (found.command.name, found.values) == (command, values)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["lst"], 'There is no command "lst". Did you mean list?'),
        (["list"], "WHAT is missing. Usage: crossdeck list WHAT [--all]"),
        (["list", "cards", "more"], '"more" is one word too many.'),
        (["list", "cards", "--al"], '"list" has no option --al. Did you mean --all?'),
        (["check", "--board"], "--board needs a value: --board FILE"),
        (["check", "--board", "--json"], "--board needs a value"),
        (["check", "--json=yes"], "--json takes no value."),
        (["check", "--board", "a", "--board", "b"], "--board stands twice"),
        (["a.json", "b.json"], '"b.json" is one word too many.'),
        (["-x"], '"crossdeck" has no option -x.'),
    ],
)
def test_what_is_off_is_said_with_the_way_out(argv: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        words(*argv)
    assert said in str(caught.value)


@given(st.lists(st.text(max_size=12) | st.sampled_from([*GLOBALS.split(), "list", "do", "--", "progress"]), max_size=6))
def test_any_words_are_taken_or_refused(argv: list[str]) -> None:
    try:
        found = words(*argv)
    except UsageError:
        return
    else:
        assert found.command in {*COMMANDS, OPEN}


def test_every_command_says_what_it_does_and_names_what_runs_it() -> None:
    assert all(each.help.endswith(".") and ":" in each.run for each in COMMANDS)
    assert len({each.name for each in COMMANDS}) == len(COMMANDS)
