"""The words of a command line, taken apart by the table of commands. No argparse: its import alone costs 10 ms.

A command is written down as it is typed (`SUBTASK [PERCENT]`, `--need NAME...`): that one line is its
grammar, its usage in `--help` and the guide's. Options may stand anywhere, global ones before the
command too; `--name value` and `--name=value`; `--` ends them. Everything wrong is a UsageError (exit 2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from store.errors import UsageError
from store.text import clean
from tui.i18n import _

GLOBALS = "--board FILE --as NAME --at INSTANT --json --lang CODE --help --version"
_NUMBER = re.compile(r"-\d")


class Command(Struct, frozen=True):
    """One command: its grammar, a sentence of help (English, marked), and `module:function` that runs it."""

    name: str
    takes: str
    options: str
    help: str
    run: str

    @property
    def usage(self) -> str:
        """As it is typed."""
        return " ".join(part for part in ("crossdeck", self.name, self.takes, self.options) if part)


class Words(Struct):
    """What was typed, taken apart. Texts are cleaned; a name nobody gave is an empty string."""

    command: Command
    values: dict[str, list[str]]

    def text(self, name: str) -> str:
        """A value, several joined by a blank; empty if it was not given."""
        return " ".join(self.values.get(name, ()))

    def many(self, name: str) -> list[str]:
        """All values of a name, in the order typed."""
        return self.values.get(name, [])

    def has(self, name: str) -> bool:
        """Whether the name was given."""
        return name in self.values


def parse(argv: Sequence[str], commands: Sequence[Command], default: Command) -> Words:
    """Take the words apart; the first that is no option names the command, else it belongs to `default`.

    Raises UsageError: unknown option or command, a value missing, too many or too few words.
    """
    table = {command.name: command for command in commands}
    free, seen = _split(argv, table)
    command = default
    if free and free[0] in table:
        command = table[free.pop(0)]
    elif free and not looks_like_file(free[0]):
        raise UsageError(
            'There is no command "{word}".{nearest} `crossdeck --help` lists them.',
            word=clean(free[0]),
            nearest=nearest(free[0], table),
        )
    options = _options(command.options) | _options(GLOBALS)
    values: dict[str, list[str]] = {}
    for name, value in seen:
        takes = options.get(name)
        if takes is None:
            raise UsageError(
                '"{command}" has no option {option}.{nearest} Usage: {usage}',
                command=command.name or "crossdeck",
                option=name,
                nearest=nearest(name, options),
                usage=command.usage,
            )
        if name[2:] in values and not takes.endswith("..."):
            raise UsageError("{option} stands twice; once is enough.", option=name)
        values.setdefault(name[2:], []).append(clean(value, lines=True))
    if "help" not in values and "version" not in values:
        _place(command, free, values)
    return Words(command, values)


def _split(argv: Sequence[str], table: dict[str, Command]) -> tuple[list[str], list[tuple[str, str]]]:
    """(words that are no options, options with their values): which take one is asked of the command named so far."""
    free: list[str] = []
    seen: list[tuple[str, str]] = []
    known = _options(GLOBALS)
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if word == "--":
            free += rest
            break
        if word == "-h":
            word = "--help"
        if not word.startswith("-") or word == "-" or _NUMBER.match(word):
            if not free and word in table:
                known |= _options(table[word].options)
            free.append(word)
            continue
        name, equals, value = word.partition("=")
        takes = known.get(name, "" if equals else None)
        if takes is None:
            takes = ""  # unknown: `parse` says so, knowing the command
        elif takes and not equals:
            if not rest or (rest[0].startswith("--") and rest[0].partition("=")[0] in known):
                raise UsageError("{option} needs a value: {option} {takes}", option=name, takes=takes.strip("."))
            value = rest.pop(0)
        elif equals and not takes and name in known:
            raise UsageError("{option} takes no value.", option=name)
        seen.append((name, value))
    return free, seen


def _place(command: Command, free: list[str], values: dict[str, list[str]]) -> None:
    """Give the free words to the places of the command's usage."""
    left = list(free)
    for place in command.takes.split():
        name = place.strip("[].").lower()
        if not left:
            if place.startswith("["):
                continue
            raise UsageError("{name} is missing. Usage: {usage}", name=place.strip("."), usage=command.usage)
        take = len(left) if place.strip("[]").endswith("...") else 1
        values[name] = [clean(word, lines=True) for word in left[:take]]
        del left[:take]
    if left:
        raise UsageError('"{word}" is one word too many. Usage: {usage}', word=clean(left[0]), usage=command.usage)


def _options(spec: str) -> dict[str, str]:
    """`--a --b TEXT --c NAME...` as option -> what it takes (empty: nothing)."""
    found: dict[str, str] = {}
    name = ""
    for part in spec.split():
        word = part.strip("[]")
        if word.startswith("--"):
            name = word
            found[name] = ""
        else:
            found[name] = word
    return found


def looks_like_file(word: str) -> bool:
    """Whether a first word can only be meant as a board: a path or a name with a dot."""
    return "." in word or "/" in word or "\\" in word


def nearest(word: str, known: Sequence[str] | dict[str, object] | dict[str, str] | dict[str, Command]) -> str:
    """` Did you mean X?`, with a blank before it, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1)
    return " " + _("Did you mean {word}?").format(word=found[0]) if found else ""
