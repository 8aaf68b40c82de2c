"""Card and subtask numbers in the paper form and in ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.paper_ids import CardId, format_card_id, read_card_id


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("产品迭代2024-001", CardId("产品迭代-2024-001", "产品迭代", 2024, 1, None, paper=True)),
        ("产品迭代-2024-001", CardId("产品迭代-2024-001", "产品迭代", 2024, 1, None, paper=False)),
        ("产品迭代2024-001-01", CardId("产品迭代-2024-001-01", "产品迭代", 2024, 1, 1, paper=True)),
        ("日常协作2024-015-01", CardId("日常协作-2024-015-01", "日常协作", 2024, 15, 1, paper=True)),
        ("Q4营销-2026-001", CardId("Q4营销-2026-001", "Q4营销", 2026, 1, None, paper=False)),
        ("Q4营销-2026-001-12", CardId("Q4营销-2026-001-12", "Q4营销", 2026, 1, 12, paper=False)),
        ("Q3推广-2026-001", CardId("Q3推广-2026-001", "Q3推广", 2026, 1, None, paper=False)),
        ("WEB-2026-007", CardId("WEB-2026-007", "WEB", 2026, 7, None, paper=False)),
        ("WEB2026-1007-123", CardId("WEB-2026-1007-123", "WEB", 2026, 1007, 123, paper=True)),
        ("A-B-2026-001", CardId("A-B-2026-001", "A-B", 2026, 1, None, paper=False)),
        ("项目1-2025-2026-001", CardId("项目1-2025-2026-001", "项目1-2025", 2026, 1, None, paper=False)),
        ("项目12024-001", CardId("项目1-2024-001", "项目1", 2024, 1, None, paper=True)),
        ("Web relaunch-2026-001", CardId("Web relaunch-2026-001", "Web relaunch", 2026, 1, None, paper=False)),
        (" ＷＥＢ－２０２６－００７　", CardId("WEB-2026-007", "WEB", 2026, 7, None, paper=False)),
        ("产品迭代—2024–001", CardId("产品迭代-2024-001", "产品迭代", 2024, 1, None, paper=False)),
        ("产品迭代 2024 - 001 - 02", CardId("产品迭代-2024-001-02", "产品迭代", 2024, 1, 2, paper=True)),
    ],
)
def test_a_number_is_read(text: str, meant: CardId) -> None:
    assert read_card_id(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "产品迭代",
        "2024-001", "2024-10-30", "2024-2025-001", "发布2024-10-30", "产品迭代2024-01", "产品迭代1824-001",
        "产品迭代2024-001-1", "产品迭代2024-001x", "-2024-001", "I-012", "a;b2024-001", "a\n2024-001", "a\x1b2024-001",
        "a" * 300 + "2024-001", "产品迭代2024-٠٠١",
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_card_id(text) is None


def test_a_subtask_names_its_card() -> None:
    subtask = read_card_id("产品迭代2024-001-02")
    assert subtask is not None
    assert subtask.card == "产品迭代-2024-001"


PREFIXES = st.from_regex(r"[A-Za-z产品营销][A-Za-z0-9产品营销]{0,5}(-[A-Za-z产品][A-Za-z0-9]{0,2})?", fullmatch=True)


@given(PREFIXES, st.integers(1900, 2099), st.integers(1, 5000), st.none() | st.integers(1, 99))
def test_what_we_write_is_read_back(prefix: str, year: int, number: int, sub: int | None) -> None:
    written = format_card_id(prefix, year, number, sub)
    assert read_card_id(written) == CardId(written, prefix, year, number, sub, paper=False)


@given(st.text(st.sampled_from(list("Q产品0122019-－— ")) | st.characters()))
def test_any_text_is_a_number_in_our_form_or_none(text: str) -> None:
    found = read_card_id(text)
    if found is not None:
        again = read_card_id(found.canonical)
        assert again is not None
        assert (again.canonical, again.paper) == (found.canonical, False)
