"""Small pieces of the forms: what was not typed anew stays, and names are of the kind that is needed."""

from __future__ import annotations

import pytest

from store.errors import NotFound, Refused
from tests.store.builders import DAY, T0, office
from tests.tui.minutes_board import seen
from tui.verbs.forms import different, filled, typed_date, when_typed
from tui.verbs.names import find_name, need_department, need_person


def test_a_date_that_was_not_typed_anew_keeps_its_seconds() -> None:
    state, before = seen(office()), T0 + 17
    text = typed_date(state, before)
    assert when_typed(state, text, T0, before) == before
    assert when_typed(state, text, T0, None) == before - before % 60
    assert when_typed(state, typed_date(state, before + DAY), T0, before) == (before + DAY) // 60 * 60
    assert when_typed(state, "", T0, before) is None
    assert typed_date(state, None) == ""


def test_only_what_differs_is_changed() -> None:
    card = next(iter(office().cards.values()))
    assert different(card, {"name": card.name, "goal": "新"}) == {"goal": "新"}
    with pytest.raises(Refused, match="Nothing is different"):
        different(card, {"name": card.name})


def test_a_text_that_is_needed() -> None:
    assert filled(" a ", "name") == "a"
    with pytest.raises(Refused, match="name is empty"):
        filled(" \u3000", "name")


def test_a_person_is_no_department_and_a_department_no_person() -> None:
    state = seen(office())
    person = next(iter(state.board.people.values()))
    department = next(iter(state.board.departments.values()))
    assert need_person(state, person.name) == person.id
    assert need_department(state, department.name) == department.id
    with pytest.raises(Refused, match="a person is needed"):
        need_person(state, department.name)
    with pytest.raises(Refused, match="is not a department"):
        need_department(state, person.name)
    with pytest.raises(NotFound):
        need_person(state, "谁也不是")
    assert find_name(state, " ") is None
