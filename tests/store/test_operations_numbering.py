"""Numbers: consecutive per project and year, never twice, `?` while pending."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.changes import Add, Drop
from store.errors import SettingError
from store.operations.base import decode
from store.operations.numbering import Numbers
from store.settings import convert
from tests.store.builders import DAY, T0, Busy, Cast, busy, do, empty_board, office, run, stamp, written

c, k = Cast, Busy
NEW_YEAR = int(datetime.fromisoformat("2027-01-01T00:00+08:00").timestamp())
"""The first second of 2027 in Shanghai, where it is still 2026 in UTC."""


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"project": "Q4营销"}, "Q4营销-2026-002"),
        ({"project": " WEB "}, "WEB-2026-001"),
        ({}, "专项任务-2026-002"),
        ({"type": "routine"}, "日常协作-2026-001"),
        ({"type": "urgent"}, "紧急任务-2026-001"),
    ],
)
def test_a_cards_number_follows_from_project_or_type(fields: dict[str, str], number: str) -> None:
    board = do(office(), "CreateCard", c.wang, id=900, name="x", **fields)
    assert board.cards[900].number == number


def test_a_board_has_words_of_its_own_for_types() -> None:
    board = do(office(), "SetSetting", c.wang, key="card_prefixes", value="SPECIAL, ROUTINE, URGENT")
    board = do(board, "CreateCard", c.wang, id=900, name="x", type="urgent")
    assert board.cards[900].number == "URGENT-2026-001"
    board = do(board, "SetSetting", c.wang, key="card_prefixes", value="")
    board = do(board, "CreateCard", c.wang, id=901, name="y", type="urgent")
    assert board.cards[901].number == "紧急任务-2026-001"


@pytest.mark.parametrize("value", ["SPECIAL, ROUTINE", "A, B, C, D", "1, 2, 3", "A, B, C-", "A, B, C;D"])
def test_no_number_can_begin_with_that(value: str) -> None:
    with pytest.raises(SettingError):
        convert("card_prefixes", value)


def test_the_year_is_that_of_the_boards_zone() -> None:
    year_ends = do(office(), "CreateCard", c.wang, NEW_YEAR - 1, id=900, name="x", project="Q4营销")
    board = do(year_ends, "CreateCard", c.wang, NEW_YEAR, id=901, name="x", project="Q4营销")
    assert (board.cards[900].number, board.cards[901].number) == ("Q4营销-2026-002", "Q4营销-2027-001")
    board = do(board, "SetSetting", c.wang, key="time_zone", value="UTC")
    board = do(board, "CreateCard", c.wang, NEW_YEAR, id=902, name="x", project="Q4营销")
    assert board.cards[902].number == "Q4营销-2026-003"


def test_a_number_is_not_given_again_after_its_record_has_left() -> None:
    board = do(office(), "AddSubtask", c.wang, id=900, card=c.card, name="x")
    board = written(board, [Drop("subtasks", 900)])
    board = do(board, "AddSubtask", c.wang, id=901, card=c.card, name="x")
    assert board.subtasks[901].number == "Q4营销-2026-001-05"


def test_several_numbers_in_one_operation_count_on() -> None:
    board = busy()
    whole = {"kind": "action", "owner": c.chen, "due": T0 + DAY, "standard": "PDF 一份", "resources": "无"}
    lines = [{"id": 950 + n, "text": f"第{n}项", "order": 5 + n, **whole} for n in range(3)]
    board = do(board, "SaveLines", c.sun, meeting=k.drafted, item=k.drafted + 1, lines=lines)
    board = do(board, "FinaliseMinutes", c.wang, meeting=k.drafted)
    made = sorted((s.number, s.name) for s in board.subtasks.values() if s.source_line)
    assert [number[-2:] for number, _ in made] == ["04", "05", "06", "07"]
    assert [name for _, name in made] == ["渠道数据 v2", "第0项", "第1项", "第2项"]


def test_numbers_that_stand_without_a_counter_are_counted() -> None:
    board = busy()
    bare = written(board, [])
    for row in list(board.table("counters").values()):
        bare = written(bare, [Drop("counters", row.id)])
    numbers = Numbers(bare, stamp(c.wang))
    assert numbers.card(bare.cards[c.card]) == "Q4营销-2026-002"
    assert numbers.subtask(c.card, "Q4营销-2026-001") == "Q4营销-2026-001-04"
    assert (numbers.issue(), numbers.issue(), numbers.meeting()) == ("I-004", "I-005", "M-004")


def test_while_pending_a_number_is_a_question_mark() -> None:
    pending = stamp(c.wang, provisional=True)
    board = office()
    shown = board.with_changes(decode("CreateCard", {"id": 900, "name": "x", "project": "P"}).apply(board, pending))
    assert shown.cards[900].number == "P-2026-?"
    assert shown.counters == board.counters
    shown = shown.with_changes(decode("AddSubtask", {"id": 901, "card": 900, "name": "y"}).apply(shown, pending))
    assert shown.subtasks[901].number == "P-2026-?-?"


@given(st.lists(st.tuples(st.sampled_from(["A", "B", ""]), st.booleans(), st.integers(1, 30)), max_size=25))
def test_no_number_is_given_twice_whatever_is_imported_between(steps: list[tuple[str, bool, int]]) -> None:
    board = run(empty_board(), decode("AddPerson", {"id": 1, "name": "王敏"}), 0)
    for n, (project, imported, number) in enumerate(steps):
        if imported:
            paper = f"{project or '专项任务'}-2026-{number:03d}"
            record = {"table": "cards", "id": 100 + n, "body": {"name": "x", "project": project, "number": paper}}
            board = do(board, "ImportRecords", 1, records=[record])
        else:
            before = {card.number for card in board.cards.values()}
            board = do(board, "CreateCard", 1, id=100 + n, name="x", project=project)
            assert board.cards[100 + n].number not in before
    numbers = [card.number for card in board.cards.values()]
    assert len(numbers) == len(set(numbers))


def test_an_import_is_written_once_however_often_it_comes() -> None:
    records = [
        {"table": "people", "id": 901, "body": {"name": "*强", "department": 900}},
        {"table": "departments", "id": 900, "body": {"name": "财务部"}},
        {"table": "cards", "id": 902, "body": {"name": "登记", "number": "产品迭代-2024-001", "lead": 901}},
        {"table": "subtasks", "id": 903, "body": {"name": "一", "number": "产品迭代-2024-001-01", "card": 902}},
        {"table": "progress", "id": 904, "body": {"subtask": 903, "at": T0, "by": 901, "percent": 50, "done": "半"}},
        {"table": "milestones", "id": 905, "body": {"card": 902, "name": "上线", "due": T0}},
        {"table": "sync", "id": 906, "body": {"at": T0, "topic": "口径", "content": "一\n二"}},
    ]
    board = do(office(), "ImportRecords", c.wang, records=records)
    assert board.sync[906].content == "一\n二"
    assert not decode("ImportRecords", {"records": records}).apply(board, stamp(c.wang))
    # Somebody else's import of the same paper, with ids of its own.
    keys = {record["id"]: int(str(record["id"])) + 1000 for record in records}

    def moved(value: object) -> object:
        if isinstance(value, dict):
            return {name: moved(part) for name, part in value.items()}
        return keys.get(value, value) if isinstance(value, int) else value

    again = [moved(record) for record in records]
    assert not decode("ImportRecords", {"records": again}).apply(board, stamp(c.wang))


def test_a_new_entry_of_a_known_subtask_is_added_to_the_one_that_stands() -> None:
    records = [
        {"table": "subtasks", "id": 903, "body": {"name": "一", "number": "Q4营销-2026-001-01", "card": c.card}},
        {"table": "progress", "id": 904, "body": {"subtask": 903, "at": T0, "by": c.li, "percent": 50}},
    ]
    changes = decode("ImportRecords", {"records": records}).apply(office(), stamp(c.wang))
    assert [(ch.table, ch.record["subtask"]) for ch in changes if isinstance(ch, Add) and ch.record] == [
        ("progress", c.plan)
    ]
