"""Finding again what the paper names: people and departments by name, cards and subtasks by number or name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container

from store.errors import ImportProblem
from store.exchange.drafts import Drafts
from store.exchange.reading import Cell
from store.exchange.values import names, short
from store.rules.paper_ids import CardId, read_card_id
from store.text import clean

LONGEST_NAME = 80
_SHORTEST = 4
"""Fewest characters by which a topic names a card; two or three stand in too many."""
_LONGEST_TOPIC = 100
_WITH_DEPARTMENT = re.compile(r"(.+?)\s*[(（]([^()（）]*(?:部|组|中心|处|科|室|局|办|队|司))[)）]")


class Lookup:
    """Indexes over the board and the records being made."""

    def __init__(self, drafts: Drafts) -> None:
        """Index the board."""
        self.drafts = drafts
        board = drafts.board
        self.near: frozenset[int] = frozenset()
        """The people the record that is being read names on the board: who is meant where a name alone does not say."""
        self._people: dict[str, list[int]] = {}
        self._departments: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._all_names: str | None = None
        self._cards: dict[str, list[int]] = defaultdict(list)
        self._subtasks: dict[tuple[int, str], list[int]] = defaultdict(list)
        for person in board.people.values():
            self._people.setdefault(person.name, []).append(person.id)
        for department in board.departments.values():
            for name in filter(None, (department.code, department.name)):
                self._departments[name] = department.id
        for card in board.cards.values():
            self.note_card(card.id, card.name, card.number, card.paper_number)
        for subtask in board.subtasks.values():
            self.note_subtask(subtask.id, subtask.card, subtask.name, subtask.number, subtask.paper_number)

    # People -------------------------------------------------------------------------------------

    def department(self, name: str, where: str) -> int | None:
        """The department of this name or code, made if there is none; None for an empty or overlong name."""
        name = clean(name).strip()
        if not name or len(name) > LONGEST_NAME:
            return None
        if name not in self._departments:
            key = self.drafts.id_of("departments", name)
            self._departments[name] = self.drafts.settle("departments", key, {}, where, name, once={"name": name})
        return self._departments[name]

    def department_names(self) -> Container[str]:
        """All names and codes."""
        return self._departments.keys()

    def departments(self) -> dict[str, int]:
        """Name or code -> department, of the board and of those being made."""
        return dict(self._departments)

    def known_department(self, text: str) -> int | None:
        """The department whose name this text begins with, if there is one: `市场部提交文案`."""
        found = [name for name in self._departments if len(name) > 1 and text.startswith(name)]
        return self._departments[max(found, key=len)] if found else None

    def department_like(self, name: str) -> int | None:
        """The one department whose name or code this is, or whose name begins so (`市场` for 市场部)."""
        if name in self._departments:
            return self._departments[name]
        found = {key for title, key in self._departments.items() if len(name) > 1 and title.startswith(name)}
        return next(iter(found)) if len(found) == 1 else None

    def person(self, name: str, where: str, department: int | None = None) -> int:
        """The person of this name, made if there is none. Masked names (`*经理`) stand for one person per department.

        A person without a department is given the one the paper says. Raises ImportProblem for what is no name.
        """
        name = clean(name).strip()
        with_department = _WITH_DEPARTMENT.fullmatch(name)
        if with_department:
            name, department = with_department[1], self.department(with_department[2], where) or department
        if not name.strip("*") or len(name) > LONGEST_NAME:
            raise ImportProblem('"{value}" is no name.', value=name[:LONGEST_NAME])
        found = self._match(name, department)
        if found is None:
            key = self.drafts.id_of("people", name, department or "")
            if not self.drafts.has("people", key):
                self._people.setdefault(name, []).append(key)
            return self.drafts.settle("people", key, {}, where, name, once={"name": name, "department": department})
        if department and found not in self.near and self.drafts.value("people", found, "department") is None:
            self.drafts.settle("people", found, {"department": department}, where, name)
        return found

    def _match(self, name: str, department: int | None) -> int | None:
        by_department = {self.drafts.value("people", key, "department"): key for key in self._people.get(name, ())}
        if department in by_department:
            return by_department[department]
        near = self.near.intersection(self._people.get(name, ()))
        if len(near) == 1 and (department is None or "*" not in name):
            return next(iter(near))
        if department and None in by_department:
            return by_department[None]
        alone = len(by_department) == 1 and (department is None or "*" not in name)
        return next(iter(by_department.values())) if alone else None

    def people(self, text: str, where: str, department: int | None = None) -> list[int]:
        """Everybody in a list of names. Raises ImportProblem if one is no name."""
        return list(dict.fromkeys(self.person(name, where, department) for name in names(text, self._people)))

    # Cards and subtasks -------------------------------------------------------------------------

    def note_card(self, key: int, name: str, *numbers: str) -> None:
        """Take a card into the indexes."""
        self._all_names = None
        if key not in self._cards[name]:
            self._cards[name].append(key)
        for number in filter(None, numbers):
            self._numbers.setdefault(("cards", number), key)

    def note_subtask(self, key: int, card: int, name: str, *numbers: str) -> None:
        """Take a subtask into the indexes."""
        if key not in self._subtasks[card, name]:
            self._subtasks[card, name].append(key)
        for number in filter(None, numbers):
            self._numbers.setdefault(("subtasks", number), key)

    def by_number(self, table: str, number: CardId | None, text: str) -> int | None:
        """The card or subtask of a number, in our form or as it was on paper."""
        for form in (number.canonical if number else "", text):
            if form and (table, form) in self._numbers:
                return self._numbers[table, form]
        return None

    def card(self, text: str) -> int | None:
        """The card of this number or, of what is no number, the only one of this name."""
        number = read_card_id(text)
        return self.by_number("cards", number, text) or (None if number else self.card_named(text))

    def card_named(self, name: str) -> int | None:
        """The one card of this name; None if there is none or more than one."""
        found = self._cards.get(name, [])
        return found[0] if len(found) == 1 else None

    def subtask_named(self, card: int, name: str) -> int | None:
        """The one subtask of this name on a card; None if there is none or more than one."""
        found = self._subtasks.get((card, name), [])
        return found[0] if len(found) == 1 else None

    def card_in(self, topic: str, core: str) -> int | None:
        """The one card a topic names: by the longest number or name in it, or by a name that holds the topic's core."""
        topic = topic[:_LONGEST_TOPIC]
        spans = (topic[i:j] for i in range(len(topic)) for j in range(i + _SHORTEST, len(topic) + 1))
        found: dict[int, set[int]] = defaultdict(set)
        for span in spans:
            number = self._numbers.get(("cards", span))
            keys = self._cards.get(span, ()) if number is None else (number,)
            if keys:
                found[len(span)].update(keys)
        named = found[max(found)] if found else self._cards_with(core)
        return next(iter(named)) if len(named) == 1 else None

    def _cards_with(self, core: str) -> set[int]:
        """The cards whose name holds these words."""
        if len(core) < _SHORTEST:
            return set()
        if self._all_names is None:
            self._all_names = "\n".join(self._cards)
        keys: set[int] = set()
        at = self._all_names.find(core)
        while at >= 0 and len(keys) < 2:
            start = self._all_names.rfind("\n", 0, at) + 1
            end = self._all_names.find("\n", at)
            end = len(self._all_names) if end < 0 else end
            keys.update(self._cards[self._all_names[start:end]])
            at = self._all_names.find(core, end)
        return keys


def number_of(cell: Cell) -> tuple[CardId | None, str]:
    """A number as read (None if in no form we know) and as written."""
    return read_card_id(cell.text), short(clean(cell.text), 200)
