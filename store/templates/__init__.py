"""Templates for new cards: one per category and type, named after the paper ones (rulebook §2).

A template fills what a card of its kind always has: duties as role + action + standard, scope, resources, mechanism.
The goal and the dates are left to whoever makes the card. Departments are named as offices call them; `matched` finds
those of a board by name or code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from store.records import Cadence, CardType, Category, Department, Priority, Recurrence, Regular

OWN = ""
"""The department of a duty that the initiating one takes."""


class DutyTemplate(Struct, frozen=True):
    """One department's duty: the department as offices call it (`OWN`: the initiating one), and the three parts."""

    department: str
    role: str
    action: str
    standard: str


class CardTemplate(Struct, frozen=True, kw_only=True):
    """What a new card of one kind begins with. `days` is how many working days the work takes as a rule."""

    id: str
    name: str
    category: Category
    type: CardType
    priority: Priority = "medium"
    goal: str
    """An example, shown and not filled in: a goal is the card's own."""
    scope: str
    deliverables: str
    acceptance_criteria: str
    resources: str
    mechanism: str
    duties: tuple[DutyTemplate, ...]
    milestones: tuple[tuple[str, str], ...] = ()
    """Name and relative date (第10个工作日, 10th working day)."""
    cadence: Cadence = "daily"
    regular_meeting: Regular = ""
    meeting_day: int | None = None
    meeting_at: str = ""
    kickoff: bool = True
    recurs: Recurrence | None = None
    response_limit_hours: int | None = None
    days: int = 15


ALIKE: Mapping[str, tuple[str, ...]] = {
    "市场部": ("市场", "營銷", "营销", "行銷", "品牌", "marketing", "mkt"),
    "销售部": ("销售", "銷售", "业务", "業務", "渠道", "sales"),
    "产品部": ("产品", "產品", "product"),
    "设计部": ("设计", "設計", "创意", "design"),
    "客服部": ("客服", "客户服务", "售后", "客戶", "support", "service"),
    "人事部": ("人事", "人力", "行政", "hr", "human"),
    "财务部": ("财务", "財務", "finance"),
    "生产部": ("生产", "生產", "制造", "製造", "production", "manufactur"),
    "采购部": ("采购", "採購", "供应", "供應", "purchas", "procure"),
    "物流部": ("物流", "仓储", "倉儲", "logistic", "warehouse"),
    "质量部": ("质量", "品质", "質量", "品質", "品管", "quality", "qa"),
    "技术部": ("技术", "技術", "研发", "研發", "信息", "資訊", "信息化", "运维", "engineer", "it", "r&d", "tech"),
    "法务部": ("法务", "法務", "合规", "legal"),
}
"""A department as the templates call it -> what the names of such departments hold on other boards."""


def templates(language: str) -> tuple[CardTemplate, ...]:
    """All templates, in Chinese for Chinese (`zh…`), else in English."""
    if language.startswith("zh"):
        from store.templates.chinese import TEMPLATES
    else:
        from store.templates.english import TEMPLATES
    return TEMPLATES


def matched(name: str, departments: Iterable[Department]) -> Department | None:
    """The department of a board that a template's department stands for; None where there is none."""
    there = [each for each in departments if each.removed_at is None]
    words = ALIKE.get(name, (name,))
    for each in there:
        if name in {each.name, each.code}:
            return each
    for each in there:
        folded = each.name.casefold()
        if any(_holds(folded, word) for word in words):
            return each
    return None


def _holds(name: str, word: str) -> bool:
    """Whether a name holds a word; a short Latin one (`it`, `hr`) as a word of its own."""
    if word.isascii() and len(word) <= 3:
        return word in name.replace("-", " ").split()
    return word in name
