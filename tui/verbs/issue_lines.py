"""The one-line forms of issues: four parts between slashes, a dispute, a snooze (screens.md §3.3, §5). Pure text.

- blocked report and warning: `what / impact / tried / needed @department`
- dispute: `over what @department position @department position`
- snooze: `until reason` (or `reason <until`)

Each `parse_*` gives form values, each `format_*` the line for them: parsing that gives the same values back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from store.errors import DateProblem, Refused
from store.rules.decision_line import DecisionLine, format_decision, parse_decision
from store.rules.lines import Grammar
from tui.entry import Values

_BLANKS = " \u3000"
_SLASH = Grammar({"part": "[/／]"}, escaped="/／", named="")
# In a Chinese IME the slash key types `、`; `；` needs no other keyboard.
_SEMICOLON = Grammar({"none": "(?!)"}, escaped="；", named="", separators=";；")
_SIDES = Grammar({"side": f"[@＠](?![{_BLANKS}])"}, escaped="@＠", named="side")


def parse_parts(text: str, keys: Sequence[str]) -> Values:
    """Cut a line into the fields `keys`, in order; what is one too many belongs to the last.

    A slash (`/` or `／`) counts after a blank, and never inside closed quotes. Only a line without any is cut at
    its semicolons, so that a text between slashes may hold them.
    """
    pieces = _SLASH.split(text.strip())
    glue = " / "
    if len(pieces) == 1:
        pieces, glue = _SEMICOLON.split(text.strip()), "；"
    found = [piece.text for piece in pieces]
    last = len(keys) - 1
    found[last:] = [glue.join(found[last:])] if len(found) > last else []
    return dict(zip(keys, found + [""] * len(keys), strict=False))


def format_parts(values: Values, keys: Sequence[str]) -> str:
    """The line for these fields; it ends in a slash where the next part is to be typed."""
    texts = [values.get(key, "").strip() for key in keys]
    filled = max((at + 1 for at, text in enumerate(texts) if text), default=0)
    if not filled:
        return ""
    parts = [_SLASH.protect(text) for text in texts[:filled]]
    return " / ".join(parts) + (" / " if filled < len(keys) else "")


def parse_dispute(text: str, names: Collection[str] = ()) -> Values:
    """Understand `over @side position @side position`; a third side stands in `more`, so that it can be refused."""
    first, *pieces = _SIDES.split(text.strip(), names=names)
    values = {"over": first.text, "side1": "", "position1": "", "side2": "", "position2": "", "more": ""}
    for number, piece in enumerate(pieces[:2], 1):
        values |= {f"side{number}": piece.name, f"position{number}": piece.text}
    values["more"] = " ".join(piece.name for piece in pieces[2:])
    return values


def format_dispute(values: Values) -> str:
    """The line for a dispute's fields. A position without its side has no place in a line and follows an empty one."""
    parts = [_SIDES.protect(values.get("over", "").strip())]
    for number in "12":
        name, position = values.get(f"side{number}", "").strip(), values.get(f"position{number}", "").strip()
        if name or position:
            parts += [f"@{_SIDES.quote_name(name) if name else '?'}", _SIDES.protect(position)]
    return " ".join(part for part in parts if part)


def names_in(text: str, names: Collection[str] = ()) -> list[str]:
    """Every name typed behind an `@` in a text, in order."""
    return [piece.name for piece in _SIDES.split(text.strip(), names=names) if piece.name]


def parse_snooze(text: str, read: Callable[[str], object]) -> Values:
    """Understand `until reason`: the longest beginning that `read` takes for a date, or what stands behind `<`.

    `read` raises DateProblem for what is no date.
    """
    text = text.strip()
    marked = parse_decision(text)
    if marked.due_text and not marked.names:
        return {"until": marked.due_text, "reason": marked.text}
    ends = [len(text), *(hit.start() for hit in re.finditer(f"[{_BLANKS}]+", text))]
    for end in sorted(ends, reverse=True):
        try:
            read(text[:end])
        except DateProblem:
            continue
        return {"until": text[:end], "reason": text[end:].strip()}
    head, _blank, reason = text.replace("\u3000", " ").partition(" ")
    return {"until": head, "reason": reason.strip()}


def format_snooze(values: Values, read: Callable[[str], object]) -> str:
    """The line for a snooze; with `<` where the plain one would be cut elsewhere."""
    wanted = {key: values.get(key, "").strip() for key in ("until", "reason")}
    line = f"{wanted['until']} {wanted['reason']}".strip()
    if not wanted["until"] or parse_snooze(line, read) == wanted:
        return line
    return format_decision(DecisionLine(text=wanted["reason"], due_text=wanted["until"]))


def need(values: Values, keys: Sequence[str], sentence: str, code: str, labels: dict[str, str]) -> None:
    """Raise Refused with `sentence` and the labels of the fields that are empty."""
    missing = [labels[key] for key in keys if not values.get(key, "").strip()]
    if missing:
        raise Refused(sentence, code=code, missing=", ".join(missing))
