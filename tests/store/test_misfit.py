"""Fields that are not an operation's are refused in a sentence: which one, what it must be, what there is."""

from __future__ import annotations

from typing import Any

import pytest

import store.operations.every  # noqa: F401 - fills the registry
from store.errors import UsageError
from store.operations.base import Operation, decode
from store.operations.misfit import unknown
from store.rules.objection import names_a_change

WRONG: tuple[tuple[str, Any, str], ...] = (
    ("EditPerson", {"person": 1}, 'EditPerson: "fields" is missing. It takes: fields, person.'),
    ("AddPerson", {"name": 5}, 'AddPerson: "name" must be a text, not a number.'),
    ("AddPerson", {"name": "A", "logins": "a"}, 'AddPerson: "logins" must be a list [...], not a text.'),
    ("Acknowledge", [1], "Acknowledge: write the fields as an object, not as a list [...]. It takes: issue, [text]."),
    ("CreateCard", {"name": "A", "priority": "top"}, "is no priority. Write one of: high, medium, low."),
    ("CreateCard", {"name": "A", "duties": [{}]}, '"duties[0].department" is missing.'),
    ("CreateCard", {"name": "A", "kickoff": "no"}, '"kickoff" must be true or false, not a text.'),
)


@pytest.mark.parametrize(("name", "fields", "says"), WRONG)
def test_what_does_not_fit_is_a_sentence(name: str, fields: Any, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        decode(name, fields)
    assert says in str(caught.value)
    assert "`" not in str(caught.value)


def test_a_field_nobody_knows_is_named_with_those_there_are() -> None:
    cls = Operation.registry["AddPerson"]
    assert unknown("AddPerson", cls, {"name": "A", "logins": []}) is None
    problem = unknown("AddPerson", cls, {"name": "A", "departmnt": "B"})
    assert str(problem) == (
        'AddPerson has no field "departmnt". It takes: name, [department], [organisation], [phone], [chat], [logins].'
    )


@pytest.mark.parametrize(
    "text", ["不行", "不行!", "我们不同意。", "不同意了", " 有异议 ", "No.", "we object", "Reject", "?!", "请修改"]
)
def test_a_bare_no_names_no_change(text: str) -> None:
    assert not names_a_change(text)


@pytest.mark.parametrize(
    "text", ["改期", "推迟一周", "不要财务部", "3版改2版", "time too short", "no budget for travel"]
)
def test_an_objection_says_what_has_to_be_different(text: str) -> None:
    assert names_a_change(text)
