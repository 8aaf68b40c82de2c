"""`crossdeck incident`: what is noticed and not reported, seen counting, taken back, met by its report."""

from __future__ import annotations

import pytest

from tests.store.builders import HOUR, T0
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

LI = ("--as", "李强")
PLAN = "Q4营销-2026-001-01"


def test_an_incident_runs_the_clock_of_its_report(office: CommandLine) -> None:
    assert office("incident", PLAN, "客户数据没到", "--since", "16:40", *LI).code == 0
    (clock,) = [each for each in office.json("list", "clocks") if each["kind"] == "report_block"]
    assert (clock["subject"], clock["who"], clock["left_seconds"]) == (PLAN, ["李强"], HOUR - 15 * 60)
    assert "report block" in office("show", PLAN).out
    assert "work stopped" in office("why", PLAN, "report_block").out
    ran = office("incident", PLAN, "又停了", *LI)
    assert (ran.code, "noted already" in ran.err) == (1, True)
    parts = ("--what", "a", "--impact", "b", "--tried", "c", "--needed", "d")
    assert office("block", PLAN, *parts, *LI).code == 0
    assert [each for each in office.json("list", "clocks") if each["kind"] == "report_block"] == []
    (incident,) = office.board().incidents.values()
    assert (incident.since, incident.issue is not None) == (T0 - 15 * 60, True)


def test_it_is_taken_back_with_a_reason(office: CommandLine) -> None:
    assert office("incident", PLAN, "可能缺货", "--kind", "risk", *LI).code == 0
    assert office("incident", PLAN, "--over", "已到货", *LI).code == 0
    ran = office("incident", PLAN, "--over", "已到货", *LI)
    assert (ran.code, "Nothing is noted on" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((PLAN,), "TEXT is missing. Usage: crossdeck incident"),
        ((PLAN, "x", "--kind", "bad"), "write one of stopped, problem, risk"),
        (("nowhere", "x"), "nowhere"),
    ],
)
def test_what_is_wrong_is_said(office: CommandLine, argv: tuple[str, ...], said: str) -> None:
    ran = office("incident", *argv, *LI)
    assert ran.code in {1, 2}
    assert said in ran.err
