from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from store.board import Board
from store.clock import FixedClock
from store.errors import BoardReadOnly
from store.file.shared_board import create_board
from store.file.storage import encode, meta_of, parse
from store.operations.cards import EditCard
from store.operations.people import EditDepartment
from tests.store.storage_helpers import ANA, CARD, NOW, HastyDisk, make_board, opened, stamp, sync, write

META = b'{"_meta":{"1":{"format":1,"board":"b","rev":3,"rid":"r","writer":"w","epoch":0,"name":"n"}}'

BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n ", "empty"),
    "zeros": (b"\0" * 4096, "torn"),
    "truncated": (META + b',"cards":{"5":{"name":"a', "torn"),
    "half a character": (META.replace(b'"n"}', '"渠"}'.encode()) + b',"people":{"\xe6\xb8":{}}}', "torn"),
    "invalid UTF-8 in a table name": (META + b',"ca\xffrds":{}}', "torn"),
    "a list": (b"[1,2]", "foreign"),
    "a number": (b"7", "foreign"),
    "null": (b"null", "foreign"),
    "other JSON": (b'{"a":1}', "foreign"),
    "foreign TinyDB": (b'{"_default":{"1":{"a":1}}}', "foreign"),
    "_meta without a row": (b'{"_meta":{}}', "foreign"),
    "_meta that is none": (b'{"_meta":{"1":{"format":"x"}}}', "foreign"),
    "newer": (META.replace(b'"format":1', b'"format":3') + b"}", "newer"),
    "newer with unknown fields only": (b'{"_meta":{"1":{"format":9,"x":[]}}}', "newer"),
    "brackets": (b"[" * 100_000, "foreign"),
    "brackets in a record": (META + b',"cards":{"5":' + b"[" * 100_000 + b"]" * 100_000 + b"}}", "torn"),
    "an id that is no number": (META + b',"cards":{"x":{}}}', "ids"),
    "an empty id": (META + b',"cards":{"":{}}}', "ids"),
    "a negative id": (META + b',"cards":{"-5":{}}}', "ids"),
    "an id with a zero before": (META + b',"cards":{"5":{},"05":{}}}', "ids"),
    "full-width digits": (META + ',"cards":{"１２":{}}}'.encode(), "ids"),
    "an id with a line break": (META + b',"cards":{"5\\n6":{}}}', "ids"),
    "a table twice": (META + b',"cards":{"5":{}},"cards":{"6":{}}}', "doubled"),
    "an id twice": (META + b',"cards":{"5":{},"5":{}}}', "doubled"),
    "trailing text": (META + b"} x", "torn"),
    "a table that is a list": (META + b',"cards":[]}', "foreign"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_read_only_with_a_sentence_and_keeps_its_bytes(name: str, tmp_path: Path) -> None:
    data, code = BAD[name]
    path = tmp_path / "board.json"
    path.write_bytes(data)
    with pytest.raises(BoardReadOnly) as refused:
        opened(path, tmp_path / "state", HastyDisk())
    assert refused.value.code == code
    assert str(path) in str(refused.value)
    assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir() if p.name != "state"] == ["board.json"]


def test_a_file_other_programs_indented_is_read(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    raws = parse(path.read_bytes())
    path.write_bytes(msgspec.json.format(path.read_bytes(), indent=4))
    assert parse(path.read_bytes()).keys() == raws.keys()
    assert opened(path, tmp_path / "state").shown().people[ANA].name == "安娜"


def test_encoding_what_was_parsed_gives_the_same_bytes_with_meta_first(tmp_path: Path) -> None:
    data = make_board(tmp_path / "board.json").read_bytes()
    raws = parse(data)
    assert encode(meta_of(raws), raws) == data
    assert data.startswith(b'{"_meta":{"1":{"format":2,"board":')
    moved = {name: raws[name] for name in reversed(raws)}
    assert next(iter(parse(encode(meta_of(raws), moved)))) == "_meta"


def test_meta_with_the_longest_names_fits_the_head_a_poll_reads(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    create_board(path, name="协" * 500, clock=FixedClock(NOW), stamp=stamp(), terminal="y" * 500)
    assert path.read_bytes().index(b"}}") < 512


UNKNOWN = b'{"name":"a","x":1.0,"later":{"b":[1e2,"\\u6e20"]},"big":123456789012345678901234567890}'


def test_unknown_fields_damaged_records_and_unknown_tables_keep_their_bytes_through_a_commit(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    damaged = {
        "21": b'{"name":7}',
        "22": b"17",
        "23": b'{"name":"\xff\xfe"}',
        "24": b'{"name":"' + b"\xed\xa0\x80" + b'"}',
    }
    raws = parse(path.read_bytes())
    raws["departments"] = {k: msgspec.Raw(v) for k, v in damaged.items()} | {"30": msgspec.Raw(UNKNOWN)}
    raws["from_later"] = {"1": msgspec.Raw(b'{"a" : 1}')}
    path.write_bytes(encode(meta_of(raws), raws))
    shared = opened(path, tmp_path / "state")
    assert write(shared, sync("one")).settled[0].outcome == "applied"
    assert write(shared, EditDepartment(department=30, fields={"code": "QD"})).settled[0].outcome == "applied"
    after = parse(path.read_bytes())
    assert {k: bytes(v) for k, v in after["departments"].items() if k in damaged} == damaged
    assert bytes(after["departments"]["30"]) == UNKNOWN[:-1] + b',"code":"QD"}'
    assert bytes(after["from_later"]["1"]) == b'{"a" : 1}'
    assert {key[1] for key in shared.shown().damaged} == {21, 22, 23, 24}


def test_a_damaged_record_cannot_be_changed(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    shared.record([EditCard(card=CARD, fields={"notes": "x"})], stamp())
    raws = parse(path.read_bytes())
    raws["cards"][str(CARD)] = msgspec.Raw(b'{"name":5}')
    path.write_bytes(encode(meta_of(raws), raws))
    result = shared.commit()
    assert result.settled[0].outcome == "aside"
    assert bytes(parse(path.read_bytes())["cards"][str(CARD)]) == b'{"name":5}'


def test_the_board_decodes_only_what_changed(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    one, two = opened(path, tmp_path / "a"), opened(path, tmp_path / "b")
    before = one.shown().cards[CARD]
    write(two, sync("one"))
    after = one.poll()
    assert isinstance(after, Board)
    assert after.cards[CARD] is before
