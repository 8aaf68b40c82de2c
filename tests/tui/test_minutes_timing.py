"""When the time of agenda items is taken, and at whose desk."""

from __future__ import annotations

import pytest

from store.file.presence import Sign
from tests.store.builders import T0, Cast
from tests.tui.minutes_board import MEETING, meeting, seen
from tui.editor.timing import EARLY, keeps_time, under_way

STARTS = T0 - 85 * 60
HERE = Sign("孙悦", on=(MEETING,))


@pytest.mark.parametrize(
    ("held", "at", "runs"),
    [
        (False, STARTS - EARLY - 1, False),
        (False, STARTS - EARLY, True),
        (False, STARTS + 7_200, True),
        (False, STARTS + 86_400, False),
        (True, T0, False),
    ],
)
def test_time_is_taken_while_the_meeting_goes_on(held: bool, at: int, runs: bool) -> None:
    """Neither while it is prepared nor once it is over."""
    state = seen(meeting(held=held))
    assert under_way(state, state.board.meetings[MEETING], at) is runs


@pytest.mark.parametrize(
    ("me", "company", "typing", "keeps"),
    [
        (Cast.sun, (), False, True),
        (Cast.wang, (HERE,), True, False),
        (Cast.wang, (Sign("孙悦"),), True, True),
        (Cast.wang, (), True, True),
        (Cast.wang, (), False, False),
    ],
)
def test_one_desk_takes_it(me: int, company: tuple[Sign, ...], typing: bool, keeps: bool) -> None:
    """The recorder's; whoever writes where the recorder is not in these minutes; never a reader's."""
    state = seen(meeting(held=False), me)
    assert keeps_time(state, state.board.meetings[MEETING], company, typing=typing) is keeps
