"""What action item a decision comes to: who, by when, which result, and what it does not say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.proposing import Names, Proposal, propose
from tests.store.builders import T0, Cast, office
from tests.store.clock_helpers import working

c = Cast
TIME, NAMES = working(), Names.of(office())


def proposal(text: str) -> Proposal:
    return propose(text, NAMES, T0, TIME)


def due(found: Proposal) -> str:
    return "" if found.due is None else f"{datetime.fromtimestamp(found.due, UTC) + timedelta(hours=8):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("sentence", "text", "owner", "department", "when"),
    [
        ("10-10 12:00 前市场部提供渠道数据 v2, 由孙悦负责。", "提供渠道数据 v2", c.sun, c.market, "10-10 12:00"),
        ("渠道政策 10 个工作日内由李强定稿。", "渠道政策定稿", c.li, None, "10-22 18:00"),
        ("由李强在10月12日前提交渠道政策", "提交渠道政策", c.li, None, "10-12 18:00"),
        ("李强10月16日前完成3版草图", "完成3版草图", c.li, None, "10-16 18:00"),
        ("J. Meyer will deliver 3 designs by Friday", "deliver 3 designs", c.mei, None, "10-09 18:00"),
        (
            "3 designs to be delivered by 李强 before Oct 20, 2026",
            "3 designs to be delivered",
            c.li,
            None,
            "10-20 18:00",
        ),
        ("销售部牵头，10月20日前完成12家门店试点", "完成12家门店试点", None, c.sales, "10-20 18:00"),
        ("孙悦负责周五 18:00 前交五省数据", "交五省数据", c.sun, None, "10-09 18:00"),
        ("請陳思於本週五下班前出主視覺3版，由李强負責", "陳思出主視覺3版", c.li, None, "10-09 18:00"),
        ("24小时内李强回复客户", "回复客户", c.li, None, "10-10 16:55"),
        ("由王敏在 11/20 前签订合同 HT-2026-11", "签订合同 HT-2026-11", c.wang, None, "11-20 18:00"),
        ("设计部11月1日前交付终稿，陈思负责，李强配合", "交付终稿，李强配合", c.chen, c.design, "11-01 18:00"),
    ],
)
def test_person_date_and_result_are_read_from_a_sentence(
    sentence: str, text: str, owner: int | None, department: int | None, when: str
) -> None:
    found = proposal(sentence)
    assert (found.text, found.owner, found.department, due(found), found.missing) == (text, owner, department, when, ())


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("初稿只改 2 次。", ("owner", "date")),
        ("李强与孙悦下周三前核对86家门店清单", ("owner",)),
        ("会议每周三17:00召开", ("owner", "date")),
        ("由孙悦负责", ("date", "result")),
        ("李强10月12日或10月16日提交政策", ("date",)),
        ("孙悦 10-12 前", ("result",)),
        ("v2.10 与 3-4 版由李强核对", ("date",)),
        ("", ("owner", "date", "result")),
    ],
)
def test_what_a_sentence_does_not_say_is_listed_and_not_guessed(sentence: str, missing: tuple[str, ...]) -> None:
    assert proposal(sentence).missing == missing


ODD = ["李强", "市场部", "10-12 前", "by Fri", "由", "负责", "每周三", " ", "，"]


@given(st.text(max_size=80), st.sampled_from(ODD))
def test_no_sentence_is_too_odd(text: str, more: str) -> None:
    for sentence in (text, more + text, text + more, more + text + more):
        found = proposal(sentence)
        assert ("date" in found.missing) == (found.due is None)
        assert ("owner" in found.missing) == (found.owner is None and found.department is None)
        assert all(name in " ".join(sentence.split()) or name for name in found.who)
