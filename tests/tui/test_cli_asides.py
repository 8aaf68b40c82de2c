"""`crossdeck outbox`: what was put aside, sent once more, edited or dismissed."""

from __future__ import annotations

import io
from typing import Any

import pytest

from store.file.shared_board import SharedBoard
from store.operations.cards import EditCard, VoidCard
from store.operations.people import ClaimLogin
from store.operations.progress import RecordProgress
from store.operations.subtasks import VoidSubtask
from store.records import HistoryEntry
from tests.store.builders import Cast, stamp
from tests.tui.command_line import CommandLine, office
from tests.tui.deck import elsewhere
from tests.tui.late import put_aside

__all__ = ["office"]

c = Cast
LI, WANG = ("--as", "李强"), ("--as", "王敏")
REPORT = RecordProgress(subtask=c.plan, percent=75, done="初稿完成")
TOO_LATE = VoidSubtask(subtask=c.plan, reason="不做了")


def last(office: CommandLine) -> HistoryEntry:
    return max(office.board().history.values(), key=lambda entry: entry.id)


def test_it_is_listed_for_its_author_alone(office: CommandLine) -> None:
    row = put_aside(office.path, REPORT, TOO_LATE)
    (item,) = office.json("outbox", *LI)
    assert (item["number"], item["state"], item["operation"], item["by"]) == (1, "aside", "RecordProgress", "李强")
    assert (item["aside"], item["fields"]["percent"]) == (row.id, 75)
    assert ["cancelled" in reason for reason in item["reasons"]] == [True]
    ran = office("outbox", *LI)
    assert ran.code == 0
    assert "Put aside; it waits for 李强" in ran.out
    assert "cancelled" in ran.out
    assert "Nothing waits" not in ran.out
    fields = {line.split()[1]: line.split()[2:] for line in ran.out.splitlines() if line.startswith(" 1  ")}
    assert fields["percent"] == ["75", "60"]  # yours, on the board now
    assert "--resend N" in ran.out
    assert office.json("outbox", *WANG) == []


def test_due_says_that_it_waits(office: CommandLine) -> None:
    put_aside(office.path, REPORT, TOO_LATE)
    assert office("due", *LI).out.endswith("1 change was put aside: crossdeck outbox.\n")
    assert "put aside" not in office("due", "--who", "陈思").out


def test_resent_it_is_refused_as_long_as_something_stands_against_it(office: CommandLine) -> None:
    put_aside(office.path, REPORT, TOO_LATE)
    ran = office("outbox", "--resend", "1", *LI)
    assert ran.code == 1
    assert "cancelled" in ran.err
    assert len(office.json("outbox", *LI)) == 1


def test_edited_it_goes_in_the_place_of_the_first(office: CommandLine) -> None:
    put_aside(
        office.path, EditCard(card=c.draft, fields={"goal": "新"}), VoidCard(card=c.draft, reason="停"), by=c.wang
    )
    for words, code, said in (
        (("--edit", "1"), 2, "--set"),
        (("--edit", "1", "--set", "goal"), 2, "FIELD=VALUE"),
        (("--edit", "1", "--set", "nothing=1"), 2, "goal"),
        (("--edit", "1", "--set", "goal=再新"), 1, "cancelled"),
    ):
        ran = office("outbox", *words, *WANG)
        assert (ran.code, said in ran.err) == (code, True), ran
    assert len(office.json("outbox", *WANG)) == 1


@pytest.mark.parametrize(("typed", "left"), [("dismiss\n", 0), ("\n", 1), ("yes\n", 1)])
def test_dismissed_only_after_the_word_is_typed(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch, typed: str, left: int
) -> None:
    put_aside(office.path, REPORT, TOO_LATE)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = office("outbox", "--dismiss", "1", *LI)
    assert ran.code == left
    assert len(office.board().asides) == left
    assert (last(office).operation == "ClearAside") == (not left)


def test_the_question_leaves_standard_output_to_json(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    put_aside(office.path, REPORT, TOO_LATE)
    monkeypatch.setattr("sys.stdin", io.StringIO("dismiss\n"))
    ran = office("outbox", "--dismiss", "1", "--json", *LI)
    assert (ran.code, "Type dismiss" in ran.err) == (0, True)
    assert ran.json["operation"] == "ClearAside"


@pytest.mark.parametrize(("number", "code"), [("2", 1), ("0", 1), ("x", 2)])
def test_a_number_that_is_not_there_is_said(office: CommandLine, number: str, code: int) -> None:
    put_aside(office.path, REPORT, TOO_LATE)
    for option in ("--resend", "--edit", "--dismiss"):
        ran = office("outbox", option, number, *LI)
        assert (ran.code, "crossdeck outbox" in ran.err) == (code, True)


def test_log_says_what_two_people_set_at_once(office: CommandLine) -> None:
    sessions = [SharedBoard(office.path, state=office.path.parent / n, clock=office.clock) for n in ("one", "two")]
    for session in sessions:
        session.read()
    for session, text, by in zip(sessions, ("3万", "5万"), (c.wang, c.sun), strict=True):
        session.record([EditCard(card=c.card, fields={"budget": text})], stamp(by))
        session.commit()
    what = office.json("log")[-1]["what"]
    assert what == "budget (both changed it) - > 3万; budget 3万 > 5万"


def test_who_wrote_last_is_told_what_somebody_had_set(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    record = SharedBoard.record

    def late(store: SharedBoard, *args: Any, **more: Any) -> Any:
        """A colleague is quicker than the commit behind this."""
        recorded = record(store, *args, **more)
        monkeypatch.setattr(SharedBoard, "record", record)
        elsewhere(office.path, EditCard(card=c.card, fields={"budget": "3万"}), at=office.clock.now())
        return recorded

    monkeypatch.setattr(SharedBoard, "record", late)
    ran = office("edit", "Q4营销-2026-001", "budget=5万", *WANG)
    assert ran.code == 0
    assert "孙悦 had set budget of Q4营销-2026-001 Q4营销活动筹备 to 3万 meanwhile; yours (5万) stands." in ran.err
    assert "crossdeck log" in ran.err
    assert office.board().cards[c.card].budget == "5万"


def test_why_it_was_put_aside_is_said_in_the_language_of_whoever_reads_the_log(office: CommandLine) -> None:
    row = put_aside(office.path, REPORT, TOO_LATE)
    entry = last(office)
    assert entry.why == row.reasons
    chinese, english = (office("log", "--limit", "1", "--lang", tongue).out for tongue in ("zh_Hans", "en"))
    assert ("cancelled" in english, "cancelled" in chinese, "已取消" in chinese) == (True, False, True)
    assert office.json("log", "--lang", "zh_Hans")[-1]["reasons"] == list(entry.reasons)  # JSON is never translated


def test_a_login_somebody_else_took_first_waits_for_nobody(office: CommandLine) -> None:
    sessions = [SharedBoard(office.path, state=office.path.parent / n, clock=office.clock) for n in ("one", "two")]
    for session in sessions:
        session.read()
    people = [person.id for person in office.board().people.values() if person.name in {"陈思", "孙悦"}]
    for session, person in zip(sessions, people, strict=True):
        session.record([ClaimLogin(person=person, login="pc7")], stamp(person))
        session.commit()
        session.close()
    assert last(office).outcome == "aside"
    assert not office.board().asides
