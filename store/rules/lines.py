r"""The one tokenizer behind every typed line: progress, decision, action, attendance.

A mark (`>`, `!`, `@`, `<` ...) counts only after a BLANK or at the start of the line, and never inside
closed quotes (`""`, `“”`, `「」`, `《》`). Source: screens.md sections 3.5 and 5.

One thing is added so that a form can become a line and back without loss: a backslash in front of a
mark after a blank (`a \> b`), or of an opening quote (`5\" panel`), makes it plain text. Of a run of
backslashes there exactly one is taken away; everywhere else a backslash is an ordinary character.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import msgspec

BLANKS = " \u3000"
"""The BLANK of the grammar: the space and the ideographic space an IME types."""

PAIRS = {'"': '"', "“": "”", "「": "」", "《": "》"}
_QUOTES = frozenset(PAIRS) | frozenset(PAIRS.values())


class Piece(msgspec.Struct, frozen=True):
    """One stretch of a line: `kind` of the mark before it ("" for the start), the `name` after `@`, its text."""

    kind: str
    name: str
    text: str


class Grammar:
    """The marks of one kind of line. Built once per grammar; `split` and `protect` are each other's reverse."""

    def __init__(self, marks: Mapping[str, str], *, escaped: str, named: str, separators: str = "") -> None:
        """Compile a grammar.

        `marks` maps a kind to the regular expression of its mark; `escaped` holds the first character of
        every mark, the first one being usable as a plain mark; `named` is the kind that carries a name;
        `separators` cut anywhere outside quotes, also without a blank before them (kind "separator").
        """
        anywhere = re.escape("".join(PAIRS) + separators)
        after_blank = rf"(?<![^{BLANKS}])"
        kinds = "|".join(f"(?P<{kind}>{mark})" for kind, mark in marks.items())
        cut = rf"(?P<separator>[{re.escape(separators)}])|" if separators else ""
        self._hit = re.compile(rf"{after_blank}(?:{kinds})|{cut}(?P<slash>\\+)|(?P<open>[{re.escape(''.join(PAIRS))}])")
        self._risky = re.compile(rf"(?<!\\)(?=\\*[{anywhere}])|{after_blank}(?=\\*[{re.escape(escaped)}])")
        self._escaped = frozenset(escaped)
        self._anywhere = frozenset(PAIRS) | frozenset(separators)
        self._named = named
        self._name_end = re.compile(rf"[{BLANKS}{re.escape(separators)}]|\Z")
        self._probe = f" {escaped[0]}x" + "".join(PAIRS.values())

    def split(self, text: str, start: int = 0, names: Collection[str] = ()) -> list[Piece]:
        """Cut `text` from `start` into pieces; the first always has kind "". Texts are stripped. Never raises.

        `names` are known names with a blank inside (`J. Meyer`) that may follow `@` without quotes.
        """
        pieces: list[Piece] = []
        kind = name = ""
        kept: list[str] = []
        copied = cursor = start
        unclosed: set[str] = set()
        while (hit := self._hit.search(text, cursor)) is not None:
            group, at = hit.lastgroup or "", hit.start()
            if group == "slash":
                cursor = hit.end()
                if self._escapes(text, at, cursor):
                    kept.append(text[copied:at])
                    copied, cursor = at + 1, cursor + 1
            elif group == "open" or (text[at] in PAIRS and _quote_end(text, at, unclosed) >= 0):
                # A mark that is an opening quote too (`《`) is a mark only where no quote closes.
                cursor = max(_quote_end(text, at, unclosed), at) + 1
            else:
                kept.append(text[copied:at])
                pieces.append(Piece(kind, name, "".join(kept).strip()))
                kind, name, kept, copied = group, "", [], hit.end()
                if group == self._named:
                    name, copied = self.read_name(text, copied, names)
                cursor = copied
        kept.append(text[copied:])
        pieces.append(Piece(kind, name, "".join(kept).strip()))
        return pieces

    def _escapes(self, text: str, at: int, end: int) -> bool:
        """Whether the backslashes from `at` to `end` stand before something that would otherwise act."""
        following = text[end : end + 1]
        if following in self._anywhere:
            return True
        return following in self._escaped and (at == 0 or text[at - 1] in BLANKS)

    def read_name(self, text: str, at: int, names: Collection[str] = ()) -> tuple[str, int]:
        """Read the name at `at`: a known one, one in quotes, or all up to the next blank; and where it ends."""
        known = ""
        for name in names:
            end = at + len(name)
            same = len(name) > len(known) and text[at:end].casefold() == name.casefold()
            if same and self._name_end.match(text, end):
                known = name
        if known:
            return known, at + len(known)
        closing = PAIRS.get(text[at : at + 1])
        end = text.find(closing, at + 1) if closing else -1
        if end >= 0:
            return text[at + 1 : end].strip(), end + 1
        stop = self._name_end.search(text, at)
        end = stop.start() if stop else len(text)
        return text[at:end].strip(), end

    def protect(self, field: str, *, glued: bool = False) -> str:
        """`field` as it must be written in a line so that `split` gives it back; unchanged where it can be.

        `glued`: it will stand directly behind its mark, not behind a blank. `field` comes stripped.
        """
        lead = "x" if glued else ""
        probe = lead + field
        alone, followed = self.split(probe), self.split(probe + self._probe)
        if len(alone) == 1 and alone[0].text == probe and followed[0].text == probe:
            return field
        return self._risky.sub(r"\\", probe)[len(lead) :]

    def quote_name(self, name: str) -> str:
        """`name` as it must be written behind `@`: in quotes where it would be cut or misread.

        A name that holds all four closing quotes cannot be written as it is; its `"` become `”`.
        """
        risky = _QUOTES | self._anywhere | {"\\"} | set(BLANKS)
        if name and name[0] not in self._escaped and not risky.intersection(name):
            return name
        for opening, closing in PAIRS.items():
            if closing not in name:
                return f"{opening}{name}{closing}"
        return '"' + name.replace('"', "”") + '"'


def _quote_end(text: str, at: int, unclosed: set[str]) -> int:
    """Where the quote opened at `at` closes, -1 if nowhere; `unclosed` remembers that (keeps it linear)."""
    opening = text[at]
    end = -1 if opening in unclosed else text.find(PAIRS[opening], at + 1)
    if end < 0:
        unclosed.add(opening)
    return end


def join(stretches: Iterable[str], glue: str = "；") -> str:
    """The stretches of one field as one text: repeated parts are joined with `；`, empty ones left out."""
    return glue.join(stretch for stretch in stretches if stretch)
