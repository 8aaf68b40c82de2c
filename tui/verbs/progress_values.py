"""The progress line as form values and back, without loss (Tab turns one into the other)."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import Refused
from store.records import ProgressEntry
from store.rules.progress_line import ProgressLine, Support, format_progress, parse_percent, parse_progress
from tui.entry import Values


def values_of(line: ProgressLine) -> Values:
    """A line's parts as form values; what is only said about it (hints) rides along under `_` names."""
    supports = format_progress(ProgressLine(supports=line.supports))
    over = next((h.value for h in line.hints if h.code == "percent_range"), "")
    percent = "=" if line.unchanged else over or ("" if line.percent is None else str(line.percent))
    return {
        "percent": percent,
        "done": line.done,
        "next": line.next,
        "problem": line.problem,
        "support": supports,
        "_raise": line.raise_kind or "",
        "_unfinished": " ".join(line.unfinished),
        "_hint": "blank" if any(h.code == "blank_after_percent" for h in line.hints) else "",
    }


def line_of(values: Values, names: Sequence[str], *, strict: bool = True) -> ProgressLine:
    """Form values as a line. Raises Refused for a percent that is none (unless not `strict`)."""
    percent = values.get("percent", "").strip()
    number = None
    if percent and percent not in "=＝":
        number = parse_percent(percent) if strict else percent_or_none(percent)
    raised = values.get("_raise", "")
    return ProgressLine(
        percent=number,
        unchanged=bool(percent) and percent in "=＝",
        done=values.get("done", ""),
        next=values.get("next", ""),
        problem=values.get("problem", ""),
        supports=parse_progress(values.get("support", ""), names).supports,
        raise_kind="blocked" if raised == "blocked" else "warning" if raised == "warning" else None,
    )


def as_line(entry: ProgressEntry) -> ProgressLine:
    """An entry as the line that would have made it."""
    return ProgressLine(
        percent=entry.percent,
        unchanged=entry.unchanged,
        done=entry.done,
        next=entry.next,
        problem=entry.problem,
        supports=tuple(Support(s.name, s.text) for s in entry.supports),
    )


def percent_or_none(text: str) -> int | None:
    """A percent, or None for what is none."""
    try:
        return parse_percent(text)
    except Refused:
        return None
