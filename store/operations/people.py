"""People and departments (rulebook §1): changed by the administrator, where the board has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, administrators, needed, same_fields
from store.operations.base import Stamp, mint

OWN_FIELDS = frozenset({"phone", "chat"})
"""What a person may change about themselves."""


class AddDepartment(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add a department.

    Args:
        id: minted.
        name: its name.
        code: short letters it is called by.
        head: the person who confirms and signs for it (负责人).
        leader: the leader in charge, tier 2 of an issue (分管领导).
    """

    adds: ClassVar[str] = "departments"

    id: int = field(default_factory=mint)
    name: str
    code: str = ""
    head: r.PersonRef | None = None
    leader: r.PersonRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name of its own, and the administrator."""
        yield from administrators(board, by)
        yield from _department_name(board, self.name, self.id)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new department."""
        return [add(r.Department(id=self.id, **same_fields(self, r.Department)))]


class EditDepartment(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change a department's name, code, head or leader in charge.

    Args:
        department: which.
        fields: any of name, code, head, leader.
    """

    table: ClassVar[str] = "departments"
    about: ClassVar[str] = "department"
    editable: ClassVar[frozenset[str]] = frozenset({"name", "code", "head", "leader"})

    department: r.DepartmentRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "departments"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """A name of its own, and the administrator."""
        yield from administrators(board, by)
        yield from _department_name(board, new.name, self.department)


class AddPerson(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add a person; somebody who is not on the board yet may add themselves.

    Args:
        id: minted.
        name: the person's name.
        department: where they work.
        organisation: set for people from outside (客户、第三方), who never must act.
        phone: telephone.
        chat: chat account.
        logins: login names by which they sit at a terminal.
    """

    adds: ClassVar[str] = "people"
    anybody: ClassVar[bool] = True

    id: int = field(default_factory=mint)
    name: str
    department: r.DepartmentRef | None = None
    organisation: str = ""
    phone: str = ""
    chat: str = ""
    logins: tuple[str, ...] = ()

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name not yet in that department, logins nobody has; the administrator unless it is oneself."""
        if by.person in board.people:
            yield from administrators(board, by)
        if not self.name.strip():
            yield needed("name")
        for person in board.people.values():
            if (person.name, person.department) == (self.name, self.department):
                yield Refused("{name} is on this board already.", code="refuse.double", name=self.name)
        for login in self.logins:
            yield from _free_login(board, login, self.id)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new person."""
        return [add(r.Person(id=self.id, **same_fields(self, r.Person)))]


class EditPerson(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change a person's name, department, organisation, contact or logins.

    Args:
        person: who.
        fields: any of name, department, organisation, phone, chat, logins; oneself: phone and chat.
    """

    table: ClassVar[str] = "people"
    about: ClassVar[str] = "person"
    editable: ClassVar[frozenset[str]] = frozenset({"name", "department", "organisation", "phone", "chat", "logins"})

    person: r.PersonRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "people"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """The administrator (one's own contact: oneself too); logins nobody else has."""
        yield from super().against(board, by, new)
        if by.person != self.person or not self.fields.keys() <= OWN_FIELDS:
            yield from administrators(board, by)
        for login in new.logins:
            yield from _free_login(board, login, self.person)


class ClaimLogin(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say once that a login name is an existing person's; from then on it signs as them.

    Args:
        person: who sits there.
        login: the login name of the terminal.
    """

    about: ClassVar[str] = "person"
    anybody: ClassVar[bool] = True
    waits: ClassVar[bool] = False
    """The next start asks anew; nobody has to decide anything about it."""

    person: r.PersonRef
    login: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The person has no login yet (else themselves or the administrator), the login belongs to nobody else."""
        if not self.login.strip():
            yield needed("login")
        person = board.people[self.person]
        if person.organisation:
            yield Refused("{name} is from outside and has no login.", code="refuse.outside", name=person.name)
        known = by.person in {self.person, board.settings.administrator}
        if person.logins and self.login not in person.logins and not known:
            yield Refused(
                "{name} has a login already. The administrator adds another: EditPerson.",
                code="refuse.login",
                name=person.name,
            )
        yield from _free_login(board, self.login, self.person)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The login among the person's logins."""
        person = board.people[self.person]
        return compact([put(person, logins=(*person.logins, self.login))]) if self.login not in person.logins else []


def _department_name(board: Board, name: str, own: int) -> Iterator[Refused]:
    if not name.strip():
        yield needed("name")
    if any(d.name == name and d.id != own for d in board.departments.values()):
        yield Refused("{name} is on this board already.", code="refuse.double", name=name)


def _free_login(board: Board, login: str, own: int) -> Iterator[Refused]:
    for person in board.people.values():
        if person.id != own and login in person.logins:
            yield Refused('Login "{login}" is {name}\'s.', code="refuse.login", login=login, name=person.name)
