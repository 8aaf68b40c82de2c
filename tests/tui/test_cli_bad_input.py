"""Bad input through the command line: what cannot be is refused and says so, what is only odd is kept and said."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any

import pytest

from store.clock import FixedClock, SystemClock
from tests.store.builders import HOUR, Busy, Cast
from tests.store.clock_helpers import at
from tests.tui.command_line import CommandLine, Ran, office

__all__ = ["office"]

CARD = "Q4营销-2026-001"
PLAN, POSTER = f"{CARD}-01", f"{CARD}-02"
WANG = ("--as", "王敏")
c, k = Cast, Busy


def do(office: CommandLine, operation: str, **fields: Any) -> Ran:
    return office("do", operation, json.dumps(fields), *WANG)


def clock(office: CommandLine, kind: str, number: str) -> dict[str, Any]:
    rows = office.json("list", "clocks", "--all")
    return next(row for row in rows if (row["kind"], row["subject"]) == (kind, number))


def test_circular_dependencies_are_refused_and_the_circle_is_named(office: CommandLine) -> None:
    assert do(office, "EditSubtask", subtask=POSTER, fields={"depends_on": [PLAN]}).code == 0
    ran = do(office, "EditSubtask", subtask=PLAN, fields={"depends_on": [POSTER]})
    assert (ran.code, ran.err) == (
        1, "crossdeck: These would wait for each other in a circle: 01 > 02 > 01.\n",
    )  # fmt: skip
    assert "cannot wait for itself" in do(office, "EditSubtask", subtask=PLAN, fields={"depends_on": [PLAN]}).err


def test_what_a_subtask_waits_for_is_typed_as_its_card_shows_it(office: CommandLine) -> None:
    assert office("edit", POSTER, "depends_on=01", *WANG).code == 0
    assert office.json("show", POSTER)["depends_on"] == [PLAN]
    assert "in a circle: 01 > 02 > 01" in office("edit", PLAN, "depends_on=2", *WANG).err


def test_a_start_after_its_finish_is_refused(office: CommandLine) -> None:
    for operation, fields in (
        ("EditSubtask", {"subtask": PLAN, "fields": {"planned_start": "2026-11-02 09:00"}}),
        ("EditCard", {"card": CARD, "fields": {"planned_start": "2027-01-04 09:00"}}),
        ("AddSubtask", {"card": CARD, "name": "x", "planned_start": "2026-11-02", "planned_finish": "2026-10-30"}),
    ):
        ran = do(office, operation, **fields)
        assert (ran.code, ran.err) == (1, "crossdeck: The planned finish lies before the planned start.\n"), operation
    ran = do(office, "HoldMeeting", meeting=k.notice, began_at="2026-10-09 16:00", ended_at="2026-10-09 15:00")
    assert ran.err == "crossdeck: The meeting ends before it starts.\n"
    ran = do(office, "HoldMeeting", meeting=k.notice, ended_at="2026-10-09 18:00")
    assert ran.err == "crossdeck: The meeting has not ended yet: its end lies ahead.\n"


@pytest.mark.parametrize(
    ("typed", "due"), [("2027-02-08", "2027-02-08 18:00"), ("2026-10-18 12:00", "2026-10-18 12:00")]
)
def test_a_due_on_a_holiday_is_kept_and_said(office: CommandLine, typed: str, due: str) -> None:
    assert do(office, "EditSubtask", subtask=PLAN, fields={"planned_finish": typed}).code == 0
    assert office.board().subtasks[c.plan].planned_finish == at(due)
    assert office("why", PLAN, "subtask_due").out.count("day off") == 1
    assert "on a day off (kept)" in office("why", PLAN, "subtask_due").out


def test_a_department_is_not_removed_while_it_owns_work(office: CommandLine) -> None:
    ran = office("remove-department", "销售部", *WANG)
    assert ran.code == 1
    assert PLAN in ran.err
    assert "name the department that takes it over" in ran.err


def test_a_head_who_left_is_said_and_others_of_the_department_answer(office: CommandLine) -> None:
    assert do(office, "AddDuty", card="店庆", department="XS").code == 0
    assert do(office, "Circulate", card="店庆", reason="试点").code == 0
    assert office("leave", "李强", "--successor", "J. Meyer", *WANG).code == 0
    assert do(office, "EditDepartment", department="XS", fields={"head": "李强"}).code == 0
    assert "its head 李强 has left: name a new head" in office("activate", "店庆", *WANG).err
    assert office("confirm", "店庆", "--as", "J. Meyer").code == 0
    assert "李强" not in clock(office, "subtask_due", PLAN)["who"]


def test_another_zone_moves_running_clocks_and_no_closed_one(office: CommandLine) -> None:
    """Working days end at 18:00 in Berlin: six hours later than in Shanghai until 25 October, seven hours from then."""
    met, running = clock(office, "report_block", "I-001"), clock(office, "tier", "I-001")
    assert office("settings", "time_zone", "Europe/Berlin", *WANG).code == 0
    assert seconds(clock(office, "report_block", "I-001")["due"]) == seconds(met["due"])
    assert seconds(clock(office, "tier", "I-001")["due"]) - seconds(running["due"]) == 6 * HOUR
    assert do(office, "EditSubtask", subtask=PLAN, fields={"planned_finish": "2026-10-26"}).code == 0
    assert office.board().subtasks[c.plan].planned_finish == at("2026-10-27 01:00")


def seconds(text: str) -> int:
    """Epoch seconds of an instant as `--json` writes it."""
    return int(datetime.fromisoformat(text).timestamp())


class Machine(FixedClock):
    """A machine's own clock, so many seconds ahead."""

    real = True


@pytest.mark.parametrize(("ahead", "said"), [(0, False), (HOUR, True), (-HOUR, True)])
def test_a_machine_an_hour_off_is_said_with_what_it_records(office: CommandLine, ahead: int, *, said: bool) -> None:
    office.clock = Machine(SystemClock().now_exact() + ahead)
    ran = office("progress", PLAN, "70", "--as", "李强")
    assert ran.code == 0
    assert ("This machine's clock is" in ran.err) == said
    assert office.board().subtasks[c.plan].percent == 70


@pytest.mark.parametrize(
    ("typed", "said"), [("2028-02-29", ""), ("2027-02-29", "there is no such day"), ("2026-02-30", "no such day")]
)
def test_29_february(office: CommandLine, typed: str, said: str) -> None:
    ran = do(office, "AddMilestone", card=CARD, name="闰日", due=typed)
    assert (ran.code == 0) == (not said)
    assert said in ran.err
    if not said:
        assert [each.due for each in office.board().milestones.values() if each.name == "闰日"] == [
            at("2028-02-29 18:00")
        ]


def test_all_times_are_the_boards_whatever_the_terminals_zone(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office("list", "clocks").out
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    assert office("list", "clocks").out == before
    assert do(office, "EditSubtask", subtask=PLAN, fields={"planned_finish": "2026-10-26"}).code == 0
    assert office.board().subtasks[c.plan].planned_finish == at("2026-10-26 18:00")
