"""The templates of new cards: one per category and type, which its gate lets through once goal and dates stand."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from store import records as r
from store.records import CardType, Category, Department
from store.rules.relative_dates import read_relative
from store.rules.wording import duty_findings
from store.templates import ALIKE, OWN, CardTemplate, matched, templates

BOTH = [each for language in ("zh_Hans", "en") for each in templates(language)]


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en", "de"])
def test_there_is_one_template_for_each_category_and_type(language: str) -> None:
    kinds = {(each.category, each.type) for each in templates(language)}
    assert kinds == set(product(get_args(Category), get_args(CardType)))


def test_both_languages_have_the_same_templates() -> None:
    one, other = ({t.id: (t.category, t.type, t.days, len(t.duties), len(t.milestones)) for t in templates(language)}
                  for language in ("zh", "en"))  # fmt: skip
    assert one == other


@pytest.mark.parametrize("template", BOTH, ids=lambda each: each.name)
def test_a_template_fills_what_the_gate_asks_for_and_its_duties_are_concrete(template: CardTemplate) -> None:
    for text in (template.scope, template.resources, template.mechanism, template.deliverables, template.goal):
        assert text.strip()
    assert len(template.name) <= 30
    for duty in template.duties:
        assert all((duty.role, duty.action, duty.standard))
        assert duty_findings(duty.role, duty.action, duty.standard) == ()
        assert duty.department == OWN or duty.department in ALIKE
    assert [duty.department for duty in template.duties].count(OWN) == 1
    for _name, relative in template.milestones:
        assert read_relative(relative) is not None


@pytest.mark.parametrize(
    ("name", "found"),
    [("市场部", "品牌营销中心"), ("销售部", "Sales"), ("技术部", "IT"), ("人事部", "HR & Admin"), ("财务部", None)],
)
def test_a_department_of_a_template_is_found_under_the_name_a_board_gives_it(name: str, found: str | None) -> None:
    there = [
        r.Department(id=n, name=each) for n, each in enumerate(["品牌营销中心", "Sales", "IT", "HR & Admin", "Unit 7"])
    ]
    department = matched(name, there)
    assert (department.name if department else None) == found


def test_a_closed_department_is_not_found() -> None:
    assert matched("市场部", [Department(id=1, name="市场部", removed_at=1)]) is None
