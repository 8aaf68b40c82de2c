"""`do` runs any operation by its name, or a file of them; `operations` lists them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import msgspec

import store.operations.every  # noqa: F401 - fills the registry
from store.errors import CrossdeckError, Refused, UsageError
from store.file.pending import check
from store.operations.base import Operation, Stamp, decode
from store.operations.misfit import unknown
from store.operations.references import resolve_fields
from tui.cli.asking import read_all
from tui.cli.context import Run
from tui.cli.output import Column
from tui.cli.performing import Signed, commit
from tui.cli.shapes import Item

_ARG = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)$", re.MULTILINE)


def do(run: Run) -> int:
    """`do OPERATION [JSON|-]` or `do --file F`."""
    words = run.words
    if words.has("file"):
        if words.has("operation"):
            raise UsageError("Name an operation or --file, not both.")
        return commit(run, _signed(run, _file(words.text("file"))))
    name = words.text("operation")
    if not name:
        raise UsageError("Name an operation (`crossdeck operations` lists them) or --file FILE.")
    typed = words.text("fields") or "{}"
    fields = _json(read_all() if typed == "-" else typed, name)
    return commit(run, _signed(run, [[name, fields, words.text("at")]]), one=True)


def _file(path: str) -> list[Any]:
    """The lines of a file of operations (`-`: standard input). Raises UsageError."""
    try:
        text = read_all() if path == "-" else Path(path).read_text("utf-8")
    except OSError as problem:
        raise UsageError("{path} cannot be read: {why}.", path=path, why=problem.strerror or problem) from None
    except UnicodeDecodeError:
        raise UsageError("{path} is not UTF-8 text.", path=path) from None
    lines = _json(text, path)
    if not isinstance(lines, list):
        raise UsageError("{path}: write a JSON array of [name, fields, at].", path=path)
    return lines


def _json(text: str, where: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as problem:
        raise UsageError("{where}: this is not JSON ({why}).", where=where, why=problem) from None


def _signed(run: Run, lines: list[Any]) -> list[Signed]:
    """Every line as a checked operation with its stamp; each sees the board as the lines before it leave it."""
    tip, made, signed = run.board, list[int](), list[Signed]()
    everywhere = run.words.text("at")
    for number, line in enumerate(lines, 1):
        name, fields, at = _parts(line, number)
        try:
            cls = Operation.registry.get(name)
            days, now = run.working, run.clock.now()
            found = resolve_fields(cls, fields, tip, made, now=now, days=days) if cls else fields
            operation = decode(name, found)
            if operation.exact:
                raise Refused("{name} is made by crossdeck restore, merge or check --repair alone.", name=name)
            if problem := unknown(name, type(operation), fields):
                raise problem
            stamp = _stamp(run, operation, str(at or everywhere))
            tip, _draft = check(tip, operation, stamp)
        except CrossdeckError as problem:
            if len(lines) == 1:
                raise
            kind = UsageError if isinstance(problem, UsageError) else Refused
            said = str(problem).endswith("Nothing recorded.")
            text = "Line {n}, {operation}: {why}." if said else "Line {n}, {operation}: {why}. Nothing was recorded."
            raise kind(text, n=number, operation=name, why=problem) from None
        made.append(operation.made())
        signed.append((operation, stamp))
    return signed


def _parts(line: Any, number: int) -> tuple[str, Any, Any]:
    if not isinstance(line, list) or not 1 <= len(line) <= 3 or not isinstance(line[0], str):
        raise UsageError("Line {n}: write [name, fields, at].", n=number)
    fields, at = line[1] if len(line) > 1 else None, line[2] if len(line) > 2 else None
    return line[0], {} if fields is None else fields, at


def _stamp(run: Run, operation: Operation, at: str) -> Stamp:
    """Who signs; somebody the board does not know yet may only add themselves or claim a login."""
    try:
        person = run.me().id
    except Refused:
        if not operation.anybody:
            raise
        person = operation.made()
    return run.session.stamp(person, run.happened(at))


def operations(run: Run) -> int:
    """`operations`: every operation with its fields."""
    items = [_described(cls) for _name, cls in sorted(Operation.registry.items())]
    if run.json:
        run.out.json(items)
        return 0
    from tui.i18n import _

    rows = [
        (item["name"], " ".join(f["name"] if f["required"] else f"[{f['name']}]" for f in item["fields"]), item["help"])
        for item in items
    ]
    run.out.table([Column(_("operation")), Column(_("fields"), cut=True), Column(_("what it does"), cut=True)], rows)
    return 0


def _dedented(text: str) -> str:
    """A docstring without the indentation of its class."""
    first, _line, rest = text.partition("\n")
    return f"{first.strip()}\n{textwrap.dedent(rest)}"


def _described(cls: type[Operation]) -> Item:
    """An operation's name, first sentence and fields, from its docstring and its class."""
    text = _dedented(cls.__doc__ or "")  # Python 3.13 takes the indentation out itself
    helps = {found[1]: " ".join(found[2].split()) for found in _ARG.finditer(text)}
    fields = [
        {"name": field.name, "required": field.required, "help": helps.get(field.name, "")}
        for field in msgspec.structs.fields(cls)
    ]
    return {"name": cls.__name__, "help": text.strip().partition("\n")[0], "fields": fields}
