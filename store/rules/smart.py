"""SMART: what an action item lacks (rulebook §6, wording: owner, measurable standard, resources, date)."""

from __future__ import annotations

from typing import Literal, Protocol

Gap = Literal["owner", "standard", "resources", "date"]


class ActionItem(Protocol):
    """An action item as the minutes hold it, or as it is being written."""

    @property
    def text(self) -> str:
        """What is to be done."""

    @property
    def department(self) -> int | None:
        """Doc id of the responsible department."""

    @property
    def owner(self) -> int | None:
        """Doc id of the person who does it."""

    @property
    def due(self) -> int | None:
        """Epoch seconds."""

    @property
    def standard(self) -> str:
        """Completion standard; whether it is vague is `store.rules.wording`'s."""

    @property
    def resources(self) -> str:
        """What is needed for it; `无` is an answer."""


def gaps(item: ActionItem) -> tuple[Gap, ...]:
    """What an action item lacks."""
    has: dict[Gap, object] = {
        "owner": item.owner or item.department,
        "standard": item.standard,
        "resources": item.resources,
        "date": item.due,
    }
    return tuple(name for name, value in has.items() if not value)


def lacks_what_it_must_have(item: ActionItem) -> bool:
    """Whether nobody could be asked for it: no owner or no date. Such an item is a finding, as vague words are."""
    return bool(item.text.strip()) and bool({"owner", "date"} & set(gaps(item)))
