"""Who was at a meeting, as paper says it: `市场部:经理、专员`, `销售部经理(客户拜访,由主管代参会)`."""

from __future__ import annotations

import re

from store.errors import CrossdeckError
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.rules.proposing import Names
from store.text import clean

_GROUPS = re.compile(r"[;；\n]+")
_NAMES = re.compile(r"[、,，]+")
_ABSENT = re.compile(r"(.+?)\s*(?:[(（](.*)[)）])?\s*")
_STAND_IN = re.compile(
    r"[,，、]?\s*由\s*(?P<zh>.+?)\s*(?:代为|代替|代)(?:参会|出席|参加|參會)?"
    r"|(?:^|[,，、])\s*(?P<en>[^,，、]+?) stands in$"
)
_POSTS = frozenset(
    (
        *("经理", "总监", "主管", "专员", "助理", "组长", "主任", "部长", "总经理", "副经理", "代表"),
        *("經理", "總監", "專員", "組長", "部長", "總經理", "副經理"),
    )
)
"""Where a post stands for a name: whoever holds it in the department, masked as `*经理`."""
_BLANK = frozenset({"", "/", "无", "無", "none", "-"})


class Room:
    """The people of one meeting. One who is masked (`*经理`, `经理`) is one person in each department."""

    def __init__(self, desk: Desk, reading: Reading, meeting: int) -> None:
        """Nobody is there yet."""
        self.desk, self._reading, self._meeting = desk, reading, meeting
        self._known: dict[tuple[int | None, str], int] = {}

    def enter(self, *, held: bool) -> None:
        """Make the attendance of all who are named as present (invited, unless it is `held`), observing or absent."""
        presence = "present" if held else "expected"
        for field, observer in (("participants", False), ("observers", True)):
            for key in self._listed(field):
                self._attend(key, field, {"presence": presence, "observer": observer or None})
        text = self._reading.entry.text("absent")
        for part in filter(None, map(str.strip, _GROUPS.split(text))):
            if part.casefold() not in _BLANK:
                self._absent(part)

    def person(self, field: str) -> int | None:
        """The one person a field of the form names: `市场部*经理`, `王敏`."""
        text = self._reading.entry.text(field)
        return self.named(text) if text else None

    def named(self, text: str, department: int | None = None) -> int | None:
        """The person of this name, with or without a department before it; None for what is no name."""
        text = clean(text).strip()
        if department is None:
            department = self.desk.lookup.known_department(text)
            if department is not None:
                text = text.removeprefix(self.desk.department_name(department)).strip()
        if text in _POSTS:
            text = f"*{text}"
        known = self._known.get((department, text.strip("*")))
        if known is not None:
            return known
        try:
            found = self.desk.lookup.person(text, self._reading.entry.where("participants"), department)
        except CrossdeckError:
            return None
        self._known[department, text.strip("*")] = found
        return found

    def names(self) -> Names:
        """Whom a sentence may name: the people of this meeting and of the board, masked ones with their department."""
        people = dict(Names.of(self.desk.board).people)
        for (department, name), key in self._known.items():
            title = self.desk.department_name(department) if department else ""
            forms = [f"{title}{name}", f"{title}*{name}"] if title else []
            people |= dict.fromkeys(forms if name in _POSTS else [*forms, name], key)
        return Names(people, self.desk.lookup.departments())

    def _listed(self, field: str) -> list[int]:
        found = []
        for group in filter(None, map(str.strip, _GROUPS.split(self._reading.entry.text(field)))):
            title, colon, names = group.replace("：", ":").partition(":")
            department = self.desk.lookup.department(title, self._reading.entry.where(field)) if colon else None
            found += [self.named(name, department) for name in _NAMES.split(names if colon else group) if name.strip()]
        return [key for key in dict.fromkeys(found) if key is not None]

    def _absent(self, part: str) -> None:
        found = _ABSENT.fullmatch(part)
        if found is None or (key := self.named(found[1])) is None:
            return
        why = found[2] or ""
        instead = _STAND_IN.search(why)
        department = self.desk.drafts.value("people", key, "department")
        body: dict[str, object] = {
            "presence": "absent",
            "reason": _STAND_IN.sub("", why).strip(",，、 "),
            "stand_in": self.named(instead["zh"] or instead["en"], department) if instead else None,
        }
        self._attend(key, "absent", body)

    def _attend(self, person: int, field: str, body: dict[str, object]) -> None:
        drafts = self.desk.drafts
        there = [a.id for a in self.desk.board.attendance_of.get(self._meeting, ()) if a.person == person]
        key = there[0] if there else drafts.id_of("attendance", self._meeting, person)
        once = {"meeting": self._meeting, "person": person}
        title = str(drafts.value("people", person, "name"))
        drafts.settle("attendance", key, body, self._reading.entry.where(field), title, once=once)
