"""The README's key table, drawn from the command registry: `python -m tests.key_table` writes it."""

from __future__ import annotations

from pathlib import Path

from tui.commands import COMMANDS, GROUPS, PANEL_COMMANDS
from tui.key_names import key_text

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"


def key_table() -> str:
    """All commands as Markdown, grouped as in the help."""
    rows = ["| keys | command | what it does |", "|---|---|---|"]
    for group in GROUPS:
        for command in (*COMMANDS, *PANEL_COMMANDS):
            if command.group == group:
                first = " ".join(f"`{key_text(k)}`" for k in command.keys)
                also = " ".join(f"`{key_text(k)}`" for k in command.also)
                keys = f"{first} ({also})" if also else first or f"`: {command.label}`"
                rows.append(f"| {keys} | {command.label} | {command.help.replace('|', '/')} |")
    return "\n".join(rows)


def with_table(text: str) -> str:
    """The README with the table of today between its marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{key_table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
