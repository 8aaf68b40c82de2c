"""The progress line: `65 初稿完成 > 送审 ! 缺渠道数据 @销售部` (grammar: screens.md section 5).

`parse_progress` runs on every keystroke and never raises; `format_progress` is its reverse, for the form
(Tab) and for recall (Up).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

import msgspec

from store.errors import Refused
from store.rules.lines import BLANKS, Grammar, join

RaiseKind = Literal["blocked", "warning"]

_GRAMMAR = Grammar(
    {
        "blocked": "[!！][!！]",
        "warning": "[!！][?？]",
        "problem": "[!！]",
        "next": "[>＞》]",
        # "meet @ 5 pm" is text: a support without a name would only lose what follows it.
        "support": f"[@＠](?![{BLANKS}])",
    },
    escaped=">＞》!！@＠",
    named="support",
)
_PERCENT = re.compile(rf"([0-9０-９]+)(?:[%％]|(?=[{BLANKS}]|\Z))")
_PERCENT_ALONE = re.compile(r"\s*([0-9０-９]+)\s*[%％]?\s*")
_DIGITS = re.compile(r"[0-9０-９]+")
_GUARD = re.compile(r"\\+(?=[0-9０-９=＝])")
_UNCHANGED = ("=", "＝")
_NOT_PERCENT = "年月日号號点點时時个個"


class Support(msgspec.Struct, frozen=True):
    """Support asked of a department or person: the `name` as typed (name, code or login) and what for."""

    name: str
    text: str = ""


class Hint(msgspec.Struct, frozen=True):
    """Something to tell about the line: `blank_after_percent` (a remark) or `percent_range` (an error)."""

    code: Literal["blank_after_percent", "percent_range"]
    value: str

    @property
    def error(self) -> bool:
        """Whether the line must not be recorded."""
        return self.code == "percent_range"


class ProgressLine(msgspec.Struct, frozen=True):
    """A progress line as understood.

    `percent` 0 to 100, or None to keep the last one; `unchanged` for `=`; `done`, `next`, `problem` stripped
    texts ("" = not given); `supports` in the order typed; `raise_kind` which issue the problem shall become;
    `unfinished` the parts begun without text (`next`, `problem`, `support`), for the echo only; `hints`.
    """

    percent: int | None = None
    unchanged: bool = False
    done: str = ""
    next: str = ""
    problem: str = ""
    supports: tuple[Support, ...] = ()
    raise_kind: RaiseKind | None = None
    unfinished: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to record: Enter skips to the next subtask."""
        said = self.done or self.next or self.problem or self.supports or self.raise_kind
        return self.percent is None and not self.unchanged and not said and self.error is None

    @property
    def error(self) -> Hint | None:
        """The hint that forbids recording this line, if any; `refuse_percent` makes the sentence of it."""
        return next((hint for hint in self.hints if hint.error), None)


def parse_progress(text: str, names: Collection[str] = ()) -> ProgressLine:
    """Understand a progress line. Any text gives an answer; nothing is raised.

    `names`: known names with a blank inside (`J. Meyer`) that may follow `@` without quotes.
    """
    line = text.strip()
    if line in _UNCHANGED:
        return ProgressLine(unchanged=True)
    percent, start, hints = _read_percent(line)
    first, *parts = _GRAMMAR.split(line, start, names)
    texts: dict[str, list[str]] = {"done": [first.text], "next": [], "problem": []}
    supports: list[Support] = []
    unfinished: list[str] = []
    raised: RaiseKind | None = None
    for part in parts:
        if part.kind == "support" and part.name:
            supports.append(Support(part.name, part.text))
            continue
        if part.kind == "blocked" or (part.kind == "warning" and raised is None):
            # One event runs one clock: of two kinds in one line the stronger holds (rulebook 5).
            raised = "blocked" if part.kind == "blocked" else "warning"
        field = "problem" if part.kind in ("blocked", "warning") else part.kind
        # Behind an `@` without a name (`@""x`) text can still stand; it joins what is done, so that none is lost.
        texts["done" if field == "support" else field].append(part.text)
        if field == "support" or not part.text:
            unfinished.append(field)
    return ProgressLine(
        percent=percent,
        done=join(texts["done"]),
        next=join(texts["next"]),
        problem=join(texts["problem"]),
        supports=tuple(supports),
        raise_kind=raised,
        unfinished=tuple(unfinished),
        hints=hints,
    )


def _read_percent(line: str) -> tuple[int | None, int, tuple[Hint, ...]]:
    """The percent a stripped line begins with, where its text starts, and what to tell about it."""
    found = _PERCENT.match(line)
    if found is not None:
        value = _percent_of(found[1])
        if value is None:
            return None, found.end(), (Hint("percent_range", found[1]),)
        return value, found.end(), ()
    if _GUARD.match(line):
        return None, 1, ()
    digits = _DIGITS.match(line)
    if digits is None or _percent_of(digits[0]) is None:
        return None, 0, ()
    following = line[digits.end()]
    if not following.isalpha() or following in _NOT_PERCENT:
        return None, 0, ()
    return None, 0, (Hint("blank_after_percent", str(_percent_of(digits[0]))),)


def _percent_of(digits: str) -> int | None:
    """Half- or full-width digits as a percent, None over 100 (however many digits there are)."""
    short = digits.lstrip("0０") or "0"
    value = int(short) if len(short) <= 3 else 101
    return value if value <= 100 else None


def format_progress(line: ProgressLine) -> str:
    """The line a person would have typed for these fields: `parse_progress` of it gives them back.

    Texts that hold a mark after a blank, or an open quote, get a backslash there (see `store.rules.lines`).
    """
    if line.unchanged:
        return "="
    parts = [] if line.percent is None else [str(line.percent)]
    if line.done:
        done = _GRAMMAR.protect(line.done)
        guarded = _PERCENT.match(done) or _GUARD.match(done) or done in _UNCHANGED
        parts.append(f"\\{done}" if guarded and line.percent is None else done)
    if line.next:
        parts.append(f"> {_GRAMMAR.protect(line.next)}")
    if line.problem or line.raise_kind:
        mark = {"blocked": "!!", "warning": "!?", None: "!"}[line.raise_kind]
        parts.append(f"{mark} {_GRAMMAR.protect(line.problem)}".rstrip(" "))
    parts += [
        f"@{_GRAMMAR.quote_name(support.name)} {_GRAMMAR.protect(support.text)}".rstrip(" ")
        for support in line.supports
    ]
    return " ".join(parts)


def parse_percent(text: str) -> int:
    """A percent given on its own, on the command line or in a form: `65`, `65%`, `６５％`.

    Raises `Refused` (`refuse.percent`) for anything else, with the value.
    """
    found = _PERCENT_ALONE.fullmatch(text)
    value = _percent_of(found[1]) if found else None
    if value is None:
        raise refuse_percent(text)
    return value


def refuse_percent(value: str) -> Refused:
    """The error for a percent that is none, for the caller to raise."""
    shown = value if len(value) <= 40 else f"{value[:39]}~"
    return Refused('Percent is 0 to 100; "{v}" is not. Nothing recorded.', code="refuse.percent", v=shown)
