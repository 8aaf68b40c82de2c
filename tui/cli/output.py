"""What the command line prints: JSON for programs, aligned lines for people; nothing in it can act on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TextIO

import msgspec

from store.text import plain

GAP = "  "
Row = Sequence[str]
Align = Literal["left", "right"]


class Column:
    """One column of a table: its heading, where its text stands, how it gives way on a narrow terminal."""

    def __init__(self, head: str, align: Align = "left", *, cut: bool = False, leaves: int = 0) -> None:
        """`head` is translated already. `cut`: may be shortened; `leaves`: may go, the highest first (0: never)."""
        self.head, self.align, self.cut, self.leaves = head, align, cut, leaves


class Output:
    """Standard output and standard error. Never raises for a character the terminal cannot show."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        """Take the process's own streams unless others are given; either may be closed."""
        self._out = sys.stdout if out is None else out
        self._err = sys.stderr if err is None else err
        for stream in (self._out, self._err):
            if stream is not None and hasattr(stream, "reconfigure"):
                _tame(stream)

    def line(self, text: str = "") -> None:
        """Print one line."""
        if self._out is not None:
            self._out.write(plain(text) + "\n")

    def lines(self, texts: Iterable[str]) -> None:
        """Print several lines."""
        for text in texts:
            self.line(text)

    def json(self, value: Any) -> None:
        """Print one JSON value, indented; characters that act on a terminal stand as escapes."""
        if self._out is None:
            return
        compact = _encoded(value)
        text = compact.decode()
        # One question for the whole text is much faster than one for each value.
        if not text.isprintable():
            compact = _escaped(text).encode()
        pretty = msgspec.json.format(compact, indent=2) + b"\n"
        # JSON is UTF-8 whatever the terminal's encoding is.
        if (raw := getattr(self._out, "buffer", None)) is not None:
            self._out.flush()
            raw.write(pretty)
        else:
            self._out.write(pretty.decode())

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Print rows under their headings, columns straight by terminal cells."""
        from tui.cells import cut, fit, width

        lines = [[column.head for column in columns], *([_one_line(text) for text in row] for row in rows)]
        widths = [max(map(width, texts)) for texts in zip(*lines, strict=True)]
        shown = list(range(len(columns)))
        if (room := self.width()) is not None:
            shown = _squeeze(widths, columns, room)
        for line in lines:
            text = GAP.join(fit(line[at], widths[at], columns[at].align) for at in shown).rstrip()
            self.line(cut(text, room) if room else text)

    def error(self, text: str) -> None:
        """Print one line on standard error."""
        if self._err is not None:
            self._err.write("crossdeck: " + plain(_one_line(text)) + "\n")

    def width(self) -> int | None:
        """Cells of a line of the terminal; None where the output is no terminal and lines may be of any length."""
        if self._out is None or not self._out.isatty():
            return None
        import shutil

        return max(20, shutil.get_terminal_size().columns)

    def flush(self) -> None:
        """Hand everything over. Raises OSError (a full disk, a pipe nobody reads)."""
        for stream in (self._out, self._err):
            if stream is not None:
                stream.flush()


def _one_line(text: str) -> str:
    """Text with its line breaks as blanks."""
    return " ".join(text.split()) if "\n" in text or "\r" in text or "\t" in text else text


LEAST = 20
"""Cells to which a column is cut before another one leaves."""
NARROWEST = 8
"""Cells below which none is cut."""


def _squeeze(widths: list[int], columns: Sequence[Column], room: int) -> list[int]:
    """Fit a table into `room` cells: columns that may leave go, then the widest that may be cut lose cells.

    `widths` are changed in place. Returns the places of the columns that stay.
    """
    least = [min(each, LEAST) if column.cut else each for each, column in zip(widths, columns, strict=True)]
    shown = list(range(len(columns)))
    while sum(least[at] + len(GAP) for at in shown) - len(GAP) > room:
        leaving = max(shown, key=lambda at: columns[at].leaves)
        if not columns[leaving].leaves:
            break
        shown.remove(leaving)
    over = sum(widths[at] + len(GAP) for at in shown) - len(GAP) - room
    cuttable = [at for at in shown if columns[at].cut]
    while over > 0 and cuttable and max(widths[at] for at in cuttable) > NARROWEST:
        widths[max(cuttable, key=lambda at: widths[at])] -= 1
        over -= 1
    return shown


def _tame(stream: Any) -> None:
    """Make a stream take any character: ASCII becomes UTF-8, another encoding shows ? for what it lacks."""
    encoding = (stream.encoding or "").lower().replace("_", "-")
    if encoding in {"ascii", "us-ascii", "ansi-x3.4-1968", "646"}:
        stream.reconfigure(encoding="utf-8", errors="replace")
    else:
        stream.reconfigure(errors="replace")


def _encoded(value: Any) -> bytes:
    """The value as JSON; lone surrogates, which cannot be written, as `?`."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_walk(value, lambda text: text.encode("utf-8", "replace").decode()))


def _walk(value: Any, turn: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return turn(value)
    if isinstance(value, dict):
        return {turn(key) if isinstance(key, str) else key: _walk(part, turn) for key, part in value.items()}
    return [_walk(part, turn) for part in value] if isinstance(value, (list, tuple)) else value


def _escaped(text: str) -> str:
    """JSON text with DEL, C1, bidi and other invisible characters as escapes: the value stays the same."""
    out = []
    for character in text:
        if character.isprintable() or character == "\u3000":
            out.append(character)
        elif ord(character) > 0xFFFF:
            high, low = divmod(ord(character) - 0x10000, 0x400)
            out.append(f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}")
        else:
            out.append(f"\\u{ord(character):04x}")
    return "".join(out)
