"""The way out: no control character of a text reaches the terminal, and colours look the same in fewer bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color as TerminalColor
from rich.color_triplet import ColorTriplet
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.widgets import Input, Static

from tui import look
from tui.filters import NET, ShortColours, StripControls

GROUND = Color(0, 0, 0)
HOSTILE = "a\x1b]0;PWNED\x1b\\b\x9b2Jc\u202ed\u200be\x07"


def test_text_loses_its_controls_and_keeps_its_style() -> None:
    style = Style(color="red")
    (out,) = StripControls().apply([Segment("a\x1b[2Jb\u202ec", style)], GROUND)
    assert out == Segment("a\ufffd[2Jbc", style)


def test_harmless_lines_and_control_segments_pass_as_they_are() -> None:
    line = [Segment("中文 ok"), Segment("\x1b[1;1H", None, [(ControlType.HOME,)])]
    assert StripControls().apply(line, GROUND) is line
    mixed = StripControls().apply([*line, Segment("\x9b")], GROUND)
    assert mixed[1] is line[1]
    assert mixed[2].text == "\ufffd"


def short(style: Style | None) -> Style | None:
    return ShortColours().apply([Segment("x", style)], GROUND)[0].style


TRIPLET = st.builds(ColorTriplet, st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
PALETTE = st.integers(16, 255).map(lambda number: TerminalColor.from_ansi(number).get_truecolor())


@given(st.one_of(TRIPLET, PALETTE), st.one_of(TRIPLET, PALETTE), st.booleans())
def test_a_short_colour_is_the_same_colour(colour: ColorTriplet, ground: ColorTriplet, bold: bool) -> None:
    before = Style(color=TerminalColor.from_triplet(colour), bgcolor=TerminalColor.from_triplet(ground), bold=bold)
    after = short(before)
    assert after is not None
    assert after.color is not None
    assert after.bgcolor is not None
    assert (after.color.get_truecolor(), after.bgcolor.get_truecolor(), after.bold) == (colour, ground, bold)


def test_no_style_stays_no_style() -> None:
    assert short(None) is None


def test_every_colour_of_the_dashboard_is_a_short_one() -> None:
    styles = [style for style in look.STYLES.values() if style.color or style.bgcolor]
    assert styles
    for style in styles:
        sent = short(style)
        assert sent is not None
        assert all(each is None or each.number is not None for each in (sent.color, sent.bgcolor))


class Hostile(App[None]):
    """Widgets that would send what they are given."""

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's and ours."""
        return [*super().get_line_filters(), *NET]

    def compose(self) -> ComposeResult:
        """Text that never came through a door."""
        yield Static(Content(HOSTILE))
        yield Input(HOSTILE)


async def test_nothing_gets_through_from_any_widget() -> None:
    app = Hostile()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        sent = [segment for widget in app.screen.children for strip in widget.render_lines(widget.size.region)
                for segment in strip]  # fmt: skip
        text = "".join(segment.text for segment in sent)
        assert "PWNED" in text
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u200b"} & set(text)
