"""The pictures of the README and the guide: the demo board at a fixed moment, as SVG without any web address.

`python -m docs.screenshots` writes them beside this file. To look at one as PNG, render it with a browser that has
a CJK font; other renderers ignore `textLength` and shift Chinese columns.
"""

from __future__ import annotations

import asyncio
import html
import itertools
import os
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from rich.cells import cell_len
from textual.types import CSSPathType

from store.clock import FixedClock
from store.sample import LEAD, make_demo
from tui.app import CrossdeckApp
from tui.i18n import choose
from tui.session import PersonalSettings, Session

HERE = Path(__file__).parent
SHEETS = HERE.parent / "tui"
MOMENT = int(datetime(2026, 10, 9, 8, 55, tzinfo=UTC).timestamp())
"""Friday 2026-10-09 16:55 in Shanghai: tomorrow is a make-up working day."""
SIZES = {"overview": (120, 40), "departments": (120, 40), "escalations": (120, 40), "minutes": (120, 40)}
KEYS = {"overview": "1", "departments": "2", "escalations": "3", "minutes": "4"}
FONTS = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace"
TEXT = re.compile(
    r'<text (?P<before>[^>]*?)x="(?P<x>[\d.]+)"(?P<between>[^>]*?)textLength="[\d.]+"'
    r"(?P<after>[^>]*)>(?P<text>.*?)</text>"
)
CELL = 12.2
"""Width of a cell in the picture: Textual draws 20 pixel letters."""
WIDE = 22
"""Size of a letter of two cells: as it stands in a terminal, it fills them nearly."""
SINK = 1.3
"""Pixels a wide letter stands lower, or the top of a bold one is cut by its line."""


class Shot(CrossdeckApp):
    """The App, its sheets looked for where they lie."""

    CSS_PATH: ClassVar[CSSPathType | None] = [
        SHEETS / "app.tcss",
        SHEETS / "screens/base.tcss",
        SHEETS / "screens/list_screen.tcss",
    ]


def local(svg: str) -> str:
    """The picture with fonts of the machine that shows it: no address in it, none needed."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: Fira Code, monospace", f"font-family: {FONTS}", svg)
    svg = re.sub(r"font-family:\s*arial", "font-family: sans-serif", svg)
    svg = re.sub(r"\s*font-variant-east-asian: full-width;", "", svg)  # a CJK font would widen the Latin letters
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = TEXT.sub(_straight, svg)
    return re.sub(r"[ \t]+\n", "\n", svg)


def _straight(found: re.Match[str]) -> str:
    """A run of text as pieces of one width each, every piece at its own cell and every wide letter in its two.

    `textLength` spreads what is missing over the gaps: a run of wide and narrow letters would not be straight, and
    two wide letters would stand further apart than seven.
    """
    at = float(found["x"])
    pieces = []
    for wide, letters in itertools.groupby(html.unescape(found["text"]), key=lambda c: cell_len(c) > 1):
        text = "".join(letters)
        cells = cell_len(text)
        if text.strip():
            escaped = html.escape(text).replace("\u00a0", "&#160;").replace(" ", "&#160;")
            place = f'x="{at:g}"{found["between"]}textLength="{cells * CELL:g}"'
            if wide:
                starts = " ".join(f"{at + n * 2 * CELL + CELL - WIDE / 2:g}" for n in range(len(text)))
                place = f'x="{starts}"{found["between"]}dy="{SINK}" style="font-size: {WIDE}px"'
            pieces.append(f"<text {found['before']}{place}{found['after']}>{escaped}</text>")
        at += cells * CELL
    return "".join(pieces)


async def shoot(name: str, code: str, folder: Path) -> str:
    """One screen in one language."""
    choose(code)
    clock = FixedClock(MOMENT)
    board = folder / "demo" / "board.json"
    if not board.exists():
        make_demo(board, clock, folder)
    environ = {"XDG_STATE_HOME": str(folder / "state"), "HOME": str(folder)}
    session = Session(board, clock=clock, settings=PersonalSettings(), wanted=LEAD, environ=environ)
    app = Shot(session)
    async with app.run_test(size=SIZES[name]) as pilot:
        while app.state is None:
            await pilot.pause()
        await pilot.press(KEYS[name])
        for _ in range(20):
            await pilot.pause()
        return local(app.export_screenshot(title=f"crossdeck: {name}"))


def main() -> None:
    """All screens in English and 简体中文."""
    with tempfile.TemporaryDirectory() as folder:
        for code in ("en", "zh_Hans"):
            for name in SIZES:
                svg = asyncio.run(shoot(name, code, Path(folder)))
                target = HERE / f"{name}-{code.removesuffix('_Hans')}.svg"
                target.write_text(svg, encoding="utf-8")
                sys.stdout.write(f"{target.name}\n")


if __name__ == "__main__":
    main()
