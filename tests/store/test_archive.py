"""The archive: what goes, what stays, where it lies, and the way back (rulebook §2, → archived)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import records as r
from store.board import Board
from store.checking import problems as board_problems
from store.errors import NotFound
from store.file.archive import compose, find, folder_of, keep, names_of, problems, read
from store.file.disk import Disk
from store.file.parting import Parting
from store.operations.archive import ArchiveCard
from store.operations.base import decode
from store.packages import body_of, file_name, package
from store.rules.gates import missing
from tests.store.builders import DAY, T0, Cast, as_body, do, refused, run, stamp
from tests.store.closing import closed, completed
from tests.store.on_file import kept, newest

c = Cast
ZONE = "Asia/Shanghai"
NEW = T0 + 9 * DAY


def full() -> Board:
    """`closed` with a meeting, its minutes, an issue with steps, sync entries, and another card that lives on."""
    board = do(closed(), "Reopen", c.wang, T0 + 3 * DAY, card=c.card, reason="补录")
    board = do(board, "AddSubtask", c.wang, id=44, card=c.card, name="补录数据", owner=c.chen)
    board = do(board, "RaiseBlocked", c.chen, id=61, subtask=44, what="缺", impact="迟", tried="催", needed="数")
    board = do(board, "Acknowledge", c.wang, issue=61, text="今天答复")
    board = do(board, "CallMeeting", c.sun, id=711, kind="coordination", name="协调", issue=61, starts=T0 + DAY)
    board = do(board, "AddAgendaItem", c.sun, id=712, meeting=711, title="数据", minutes=10)
    lines = [{"id": 713, "kind": "decision", "text": "由孙悦负责", "order": 0}]
    board = do(board, "SaveLines", c.sun, meeting=711, item=712, lines=lines)
    board = do(board, "AddSyncEntry", c.sun, id=81, card=c.card, topic="口径", kind="requirement_change")
    board = do(board, "AddMilestone", c.wang, id=91, card=c.card, name="上线", due=T0 + 7 * DAY)
    board = do(board, "VoidSubtask", c.wang, subtask=44, reason="并入 01")
    for head, department in ((c.li, c.sales), (c.chen, c.design)):
        board = do(board, "ConfirmSupport", head, card=c.card, department=department)
    board = do(board, "SubmitForAcceptance", c.wang, T0 + 4 * DAY, id=8002, card=c.card, reason="补录完")
    board = do(board, "GiveVerdict", c.zhang, T0 + 4 * DAY, card=c.card, verdict="pass")
    said = {"well": "a", "short": "b", "improvements": "c"}
    return do(board, "RecordRetro", c.wang, T0 + 5 * DAY, id=8102, card=c.card, **said)


FULL = full()


def archived(board: Board) -> tuple[Board, dict[str, Any]]:
    """The board without its card, and the card's records as its file holds them."""
    operation = ArchiveCard(card=c.card)
    found = operation.parting(board, stamp(c.wang, NEW))
    after = run(board, operation, c.wang, NEW)
    bodies = {table: {str(key): body_of(each) for key, each in rows.items()} for table, rows in found.items()}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(bodies))
    return after, plain


def tables(board: Board) -> dict[str, dict[int, dict[str, Any]]]:
    left_out = {"history", "counters", "clients"}
    return {
        name: {key: as_body(record) for key, record in board.table(name).items()}
        for name in r.TABLES
        if name not in left_out
    }


def test_everything_of_the_card_leaves_and_everything_else_stays() -> None:
    after, records = archived(FULL)
    assert set(records) >= {
        *("cards", "duties", "subtasks", "progress", "issues", "steps", "meetings", "agenda", "lines", "sync"),
        *("milestones", "acceptances", "retros", "passes"),
    }
    before = tables(FULL)
    for name, rows in tables(after).items():
        if name == "archived":
            continue
        left = {key for key in before[name] if str(key) in records.get(name, {})}
        assert rows == {key: body for key, body in before[name].items() if key not in left}, name
    assert not [each for each in board_problems(after) if "references" in each.where or each.why.code == "reference"]
    assert set(after.cards) == {c.draft}


def test_a_row_stays_with_number_name_file_and_digest() -> None:
    after, _ = archived(FULL)
    row = after.archived[c.card]
    assert (row.number, row.name, row.lead, row.archived_by) == ("Q4营销-2026-001", "Q4营销活动筹备", c.wang, c.wang)
    assert (row.completed_at, row.archived_at, len(row.digest)) == (T0 + 4 * DAY, NEW, 32)
    assert row.file == "Q4营销-Q4营销活动筹备-Q4营销-2026-001-2026-10-13.json"
    assert set(row.departments) == {c.market, c.sales, c.design}
    assert {c.wang, c.li, c.zhang} <= set(row.people)
    assert "Q4营销-2026-001-01 渠道激励方案初稿" in row.inside
    assert [each for each in row.inside if each.startswith("I-")]


def test_only_the_lead_or_the_administrator_archives_a_completed_card_through_its_gate() -> None:
    assert refused(completed(), "ArchiveCard", c.wang, card=c.card) == "gate.archive"
    assert refused(closed(), "ArchiveCard", c.sun, card=c.card) == "refuse.role"
    assert refused(closed(), "ArchiveCard", c.wang, card=c.draft) == "refuse.state"
    board = do(closed(), "SetSetting", c.wang, key="administrator", value=c.fang)
    assert not refused(board, "ArchiveCard", c.fang, card=c.card)
    after = run(completed(), ArchiveCard(card=c.card, reason="复盘并入年度"), c.wang, NEW)
    assert c.card not in after.cards


def test_a_passed_gate_goes_into_the_archive_with_the_card() -> None:
    board, operation = completed(), ArchiveCard(card=c.card, reason="复盘并入年度")
    found = operation.parting(board, stamp(c.wang, NEW))
    assert [each.reason for each in found["passes"].values() if isinstance(each, r.Pass)][-1] == "复盘并入年度"
    assert not run(board, operation, c.wang, NEW).passes


def test_refused_where_other_live_records_refer_to_the_card_and_says_which() -> None:
    board = do(closed(), "AddSubtask", c.wang, id=990, card=c.draft, name="接力", owner=c.wang)
    board = do(board, "EditSubtask", c.wang, subtask=990, fields={"depends_on": [c.plan]})
    (reason,) = decode("ArchiveCard", {"card": c.card}).check(board, stamp(c.wang))
    assert reason.code == "archive.used"
    assert board.subtasks[990].number in str(reason)
    assert board.subtasks[c.plan].number in str(reason)


def reopened(after: Board, records: dict[str, Any], by: int = c.wang, **more: Any) -> Board:
    return do(after, "ReopenArchived", by, NEW + DAY, card=c.card, reason="客户追加", records=records, **more)


def test_reopening_brings_everything_back_with_ids_and_numbers() -> None:
    after, records = archived(FULL)
    back = reopened(after, records)
    was, now = tables(FULL), tables(back)
    card, old = now["cards"].pop(c.card), was["cards"].pop(c.card)
    for duty in was["duties"].values():
        for name in ("support_at", "support_by", "support_word"):
            duty.pop(name, None)
    assert now == was
    moved = {"stage", "submitted_at", "completed_at", "reopened_at", "reason"}
    assert {k: v for k, v in card.items() if k not in moved} == {k: v for k, v in old.items() if k not in moved}
    assert (card["stage"], card["reopened_at"], card["reason"]) == ("active", NEW + DAY, "客户追加")
    assert missing(back, c.card, "acceptance")
    assert c.card not in back.archived


def test_reopening_is_refused_without_reason_role_or_the_very_records_that_left() -> None:
    after, records = archived(FULL)
    fields = {"card": c.card, "reason": "x", "records": records}
    assert refused(after, "ReopenArchived", c.wang, **fields | {"reason": ""}) == "refuse.empty"
    assert refused(after, "ReopenArchived", c.sun, **fields) == "refuse.role"
    changed: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(records))
    changed["cards"][str(c.card)]["goal"] = "别的"
    assert refused(after, "ReopenArchived", c.wang, **fields | {"records": changed}) == "archive.changed"
    wrong: list[Any] = [{}, {"cards": {}}, {"cards": {"x": {}}}, {"cards": 7}, {"cards": {str(c.card): {"stage": 1}}}]
    for bad in wrong:
        assert refused(after, "ReopenArchived", c.wang, **fields | {"records": bad}) == "archive.changed"
    assert refused(FULL, "ReopenArchived", c.wang, **fields) == "not_found"


def test_an_archived_card_comes_back_by_reopening_never_by_undo() -> None:
    board = kept(closed(), "ArchiveCard", c.wang, NEW, card=c.card)
    undo = decode("Revert", {"entry": newest(board)})
    assert [each.code for each in undo.check(board, stamp(c.wang))] == ["undo.archived"]


def test_a_reopening_may_be_undone_the_card_is_in_the_archive_again() -> None:
    _, records = archived(FULL)
    board = kept(FULL, "ArchiveCard", c.wang, NEW, card=c.card)
    row = board.archived[c.card]
    back = kept(board, "ReopenArchived", c.wang, NEW, card=c.card, reason="x", records=records)
    again = kept(back, "Revert", c.wang, NEW, entry=newest(back))
    assert again.archived[c.card] == row
    assert c.card not in again.cards


NAMES = st.text(min_size=1, max_size=60)


@given(project=NAMES, name=NAMES, number=st.text(max_size=60))
def test_a_files_name_is_one_plain_name_whatever_people_wrote(project: str, name: str, number: str) -> None:
    made = file_name(r.Card(id=5, name=name, project=project, number=number), T0, ZONE)
    assert made.endswith("-2026-10-09.json")
    assert not set(made) & set('/\\:*?"<>|\0\n\r\t ~$%')
    assert not made.startswith((".", "-"))
    assert ".." not in made.replace(".json", "") or "/" not in made
    assert len(made.encode()) <= 255
    row = r.Archived(id=5, name=name, archived_at=1, archived_by=1, file=made, digest="")
    assert names_of(row)[0] == made


@pytest.mark.parametrize(
    "file", ["../../etc/passwd", "/etc/passwd", "..\\x.json", "a/../../b.json", ".hidden.json", ""]
)
def test_a_row_that_names_a_path_stays_in_the_folder(file: str) -> None:
    row = r.Archived(id=5, name="x", archived_at=1, archived_by=1, file=file, digest="")
    for name in names_of(row):
        assert name
        assert "/" not in name
        assert "\\" not in name
        assert not name.startswith(".")


def parting_of(board: Board) -> tuple[Parting, r.Archived]:
    operation = ArchiveCard(card=c.card)
    sign = stamp(c.wang, NEW)
    found = operation.parting(board, sign)
    changes = operation.apply(board, sign)
    return Parting(board, changes, found, {table: {} for table in found}, []), run(board, operation, sign).archived[
        c.card
    ]


def test_another_cards_file_is_never_written_over(tmp_path: Path) -> None:
    path, disk = str(tmp_path / "board.json"), Disk()
    parting, row = parting_of(FULL)
    folder = Path(folder_of(path))
    folder.mkdir()
    mine = folder / row.file
    mine.write_text("not ours")
    assert keep(disk, path, row, compose(parting, row)) == f"{mine.stem}-{c.card}.json"
    assert mine.read_text() == "not ours"
    assert find(disk, path, row, "b0").card == c.card
    other = msgspec.structs.replace(compose(parting, row), card=77)
    mine.write_bytes(msgspec.json.encode(other))
    keep(disk, path, row, compose(parting, row))
    assert read(disk, str(mine)).card == 77
    assert sorted(each.name for each in folder.iterdir()) == sorted([mine.name, f"{mine.stem}-{c.card}.json"])


def test_writing_the_same_package_again_leaves_the_same_file(tmp_path: Path) -> None:
    path, disk = str(tmp_path / "board.json"), Disk()
    parting, row = parting_of(FULL)
    name = keep(disk, path, row, compose(parting, row))
    there = Path(folder_of(path)) / name
    first = there.read_bytes()
    keep(disk, path, row, compose(parting, row))
    assert there.read_bytes() == first
    assert [each.name for each in there.parent.iterdir()] == [name]


def test_check_finds_a_file_that_is_gone_or_changed(tmp_path: Path) -> None:
    path, disk = str(tmp_path / "board.json"), Disk()
    parting, row = parting_of(FULL)
    board = run(FULL, ArchiveCard(card=c.card), c.wang, NEW)
    assert [why.code for _, why in problems(disk, path, board)] == ["archive.gone"]
    there = Path(folder_of(path)) / keep(disk, path, row, compose(parting, row))
    assert not [*problems(disk, path, board)]
    there.write_bytes(there.read_bytes().replace("客户".encode(), "顾客".encode()).replace(b'"wang"', b'"x"'))
    text = there.read_text(encoding="utf-8").replace("Q4营销活动筹备", "别的", 1)
    there.write_text(text, encoding="utf-8")
    there.write_text(text.replace('"goal"', '"goa"').replace('"name": "主视觉设计"', '"name": "x"'), encoding="utf-8")
    assert [why.code for _, why in problems(disk, path, board)] == ["archive.changed"]
    there.write_text("{", encoding="utf-8")
    with pytest.raises(NotFound) as caught:
        find(disk, path, row, "b0")
    assert caught.value.code == "archive.changed"


OPERATIONS = st.lists(
    st.sampled_from(
        [
            ("AddSyncEntry", c.sun, {"card": c.card, "topic": "甲", "content": "x\ny"}),
            ("AddSyncEntry", c.sun, {"topic": "无卡"}),
            ("EditCard", c.wang, {"card": c.card, "fields": {"notes": "见附件", "resources_used": "8 人周"}}),
            ("CallMeeting", c.sun, {"kind": "retro", "name": "复盘", "card": c.card, "starts": T0 + DAY}),
            ("CallMeeting", c.sun, {"kind": "other", "name": "别的", "card": c.draft, "starts": T0 + DAY}),
            ("AddSubtask", c.wang, {"card": c.draft, "name": "别的", "owner": c.sun}),
            ("RecordRetro", c.sun, {"card": c.card, "well": "1", "short": "2", "improvements": "3"}),
        ]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(OPERATIONS)
def test_archive_then_reopen_gives_an_equal_board(steps: list[tuple[str, int, dict[str, Any]]]) -> None:
    board = closed()
    for name, by, fields in steps:
        board = do(board, name, by, **fields)
    after, records = archived(board)
    assert not package_left(after)
    back = reopened(after, records)
    was, now = tables(board), tables(back)
    for found in (was, now):
        for name in ("stage", "submitted_at", "completed_at", "reopened_at", "reason"):
            found["cards"][c.card].pop(name, None)
        for duty in found["duties"].values():
            for name in ("support_at", "support_by", "support_word"):
                duty.pop(name, None)
    assert now == was
    assert package(back, c.card).keys() == package(board, c.card).keys()


def package_left(board: Board) -> list[str]:
    """Tables that still hold something of the card."""
    return [
        name
        for name in r.TABLES
        for record in board.table(name).values()
        if name not in {"archived", "history"} and getattr(record, "card", None) == c.card
    ]
