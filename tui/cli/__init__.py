"""The command line: `crossdeck`. Thin: takes words apart, calls the store, prints.

Nothing of Textual is imported unless the dashboard opens, and every command imports only what it needs.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from store.errors import CrossdeckError, NotFound, UsageError

if TYPE_CHECKING:
    from store.clock import Clock
    from tui.cli.grammar import Words
    from tui.cli.output import Output

DONE, FAILED, USAGE = 0, 1, 2
LISTED = frozenset({"cards", "subtasks", "issues", "meetings"})


def main(argv: Sequence[str] | None = None, *, clock: Clock | None = None) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused or failed, 2 the words were off.

    Nothing a person types ends in a traceback; CROSSDECK_DEBUG=1 lets one through.
    """
    collecting = gc.isenabled()
    gc.disable()  # what a command or the start of the dashboard makes is kept: looking through it all finds nothing
    try:
        return _main(argv, clock)
    finally:
        if collecting:
            gc.enable()


def _main(argv: Sequence[str] | None, clock: Clock | None) -> int:
    from tui.cli.output import Output
    from tui.sentences import sentence

    out = Output()
    typed: list[Words] = []
    try:
        code = _run(_arguments() if argv is None else argv, out, clock, typed)
        out.flush()
    except BrokenPipeError:
        return _pipe_closed()
    except CrossdeckError as error:
        out.error(sentence(error) + _where_to_look(error, typed[0] if typed else None))
        return _end(out, USAGE if isinstance(error, UsageError) else FAILED)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("CROSSDECK_DEBUG"):
            raise
        return _failed(out, error)
    return code


def _run(argv: Sequence[str], out: Output, clock: Clock | None, typed: list[Words]) -> int:
    """Run the words; `typed` gets them taken apart, for whoever says what to do about an error."""
    from tui.cli.commands import COMMANDS, OPEN
    from tui.cli.grammar import parse
    from tui.i18n import choose

    choose(_asked_language(argv))
    words = parse(argv, COMMANDS, OPEN)
    typed.append(words)
    if words.has("version"):
        from tui import __version__

        out.line(f"crossdeck {__version__}")
        return DONE
    if words.has("help"):
        from tui.cli.guide import show_help

        show_help(words.command, out)
        return DONE
    return _start(words, out, clock)


def _start(words: Words, out: Output, clock: Clock | None) -> int:
    from tui.cli.context import Run
    from tui.i18n import choose

    run = Run(words, out, clock=clock)
    if not words.text("lang") and run.settings.language:
        choose(run.settings.language)
    if run.may_hang:
        from tui.apart import stand_aside
        from tui.cli.waiting import no_answer, say_if_stuck

        stand_aside(lambda: no_answer(run))
        say_if_stuck(run)
    module, _colon, function = words.command.run.partition(":")
    try:
        code: int = getattr(import_module(module), function)(run)
    finally:
        run.close()
    return code


def _arguments() -> list[str]:
    """The words typed; what the locale could not decode (Chinese under LC_ALL=C) is read as the UTF-8 it is."""
    words = sys.argv[1:]
    if any(not word.isascii() for word in words):
        words = [os.fsencode(word).decode("utf-8", "replace") if _undecoded(word) else word for word in words]
    return words


def _undecoded(word: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in word)


def _asked_language(argv: Sequence[str]) -> str:
    """The value of `--lang`, looked up before anything else so that complaints come in that language."""
    for at, word in enumerate(argv):
        if word == "--":
            break
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and at + 1 < len(argv):
            return argv[at + 1]
    return ""


def _where_to_look(error: CrossdeckError, words: Words | None) -> str:
    """What to do about it: of a reference that leads nowhere, where no closest names were found, what lists them."""
    from tui.cli.advice import advice
    from tui.i18n import _

    what = f"{error.fields.get('what', '')}s"
    if not isinstance(error, NotFound) or "closest" in error.fields or what not in LISTED:
        return advice(error, words)
    return " " + _("`crossdeck list {what}` shows them.").format(what=what)


def _pipe_closed() -> int:
    """Whoever read our output has seen enough (`| head`): end quietly, without a complaint at interpreter exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _end(out: Output, code: int) -> int:
    try:
        out.flush()
    except OSError:
        return FAILED
    return code


def _failed(out: Output, error: Exception) -> int:
    """The last net: one line, never a traceback."""
    from tui.sentences import sentence

    if isinstance(error, OSError):
        what = CrossdeckError("{path}: {why}.", path=error.filename or "crossdeck", why=error.strerror or error)
    else:
        what = CrossdeckError(
            "This went wrong inside crossdeck: {kind}: {why}. CROSSDECK_DEBUG=1 shows where; please report it.",
            kind=type(error).__name__,
            why=error,
        )
    out.error(sentence(what))
    return _end(out, FAILED)
