"""A regular meeting stands in the reader's language, and what stands there can be typed back."""

from __future__ import annotations

import pytest

from store.rules.regular_meeting import RegularMeeting, read_regular
from tui import i18n
from tui.present.card_papers import meeting_words

MEETINGS = (
    RegularMeeting("weekly", 2, "17:00"),
    RegularMeeting("weekly", 6, ""),
    RegularMeeting("weekly", None, "09:30"),
    RegularMeeting("monthly", 15, "10:00"),
    RegularMeeting("daily", None, "09:30"),
    RegularMeeting("daily", None, ""),
    RegularMeeting(),
)


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("meeting", MEETINGS)
def test_it_can_be_typed_back_as_it_stands(language: str, meeting: RegularMeeting) -> None:
    i18n.choose(language)
    assert read_regular(meeting_words(*meeting)) == meeting


def test_a_chinese_form_has_no_english_meeting() -> None:
    i18n.choose("zh_Hant")
    assert meeting_words("weekly", 2, "17:00") == "每週三 17:00"
