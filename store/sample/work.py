"""The division of work of the demo and two weeks of progress entries, written as people type them."""

from __future__ import annotations

from msgspec import Struct, structs

from store.operations.handover import AcceptSubtask, HandOver
from store.operations.progress import RecordProgress
from store.operations.subtasks import AddSubtask
from store.records import Support
from store.rules.progress_line import parse_progress
from store.sample.division import DIVISION
from store.sample.script import Script

Reports = tuple[tuple[int, str], ...]
"""(working day back, line) of each report."""


class Work(Struct, frozen=True):
    """A subtask as a line of `DIVISION` writes it, with its reports (day back, line)."""

    card: str
    key: str
    name: str
    owner: str
    began: int
    due: str
    standard: str
    done: str
    after: tuple[str, ...]
    reports: Reports


def read_division(text: str) -> list[Work]:
    """The subtasks written in a text."""
    found: list[Work] = []
    for line in text.strip().splitlines():
        if line.startswith(" "):
            day, _, report_line = line.strip().partition(" ")
            last = found[-1]
            found[-1] = structs.replace(last, reports=(*last.reports, (int(day), report_line)))
            continue
        parts = [part.strip() for part in line.split("|")]
        card, key, name, owner, began, due, standard, done, after = [*parts, *[""] * (9 - len(parts))]
        needs = tuple(part.strip() for part in after.split(",") if part.strip())
        found.append(Work(card, key, name, owner, int(began), due, standard, done, needs, ()))
    return found


FROM_MINUTES: dict[str, tuple[str, Reports]] = {
    "线下清单": ("李强", ((4, "35 去年名单 > 逐家确认"), (1, "62 确认 34 家 > 其余 52 家"))),
    "竞品": ("何平", ((4, "60 5 家 > 其余 3 家"), (2, "100 8 家齐"))),
    "推文": ("刘畅", ((3, "35 选题 > 大纲"), (1, "55 大纲 > 初稿"), (0, "60 初稿第一节 > 第二节"))),
    "赠品": ("孙悦", ((3, "100 三家报价已比"),)),
    "开屏": ("陈思", ((4, "100 6 个平台尺寸已列"),)),
}
"""The subtasks that came out of minutes: owner and reports."""


def divide(script: Script, leads: dict[str, str], daily: frozenset[str]) -> None:
    """All subtasks, their reports, and what was handed over and accepted.

    `leads` are the cards' by key, `daily` the cards that owe a report every working day.
    """
    division = read_division(DIVISION)
    for n, work in enumerate(division):
        subtask = script.new(script.subtasks, work.key)
        begun = script.past(work.began, "13:30") if work.began > 0 else script.past(2, "11:00")
        operation = AddSubtask(
            id=subtask,
            card=script.cards[work.card],
            name=work.name,
            owner=script.people[work.owner],
            planned_start=script.past(work.began, "09:00") if work.began > 0 else script.ahead(-work.began, "09:00"),
            planned_finish=due_of(script, work.due),
            depends_on=tuple(script.subtasks[key] for key in work.after),
            standard=work.standard,
        )
        script.say(max(begun, script.past(13, "10:00")) - 60 * (len(division) - n) // 4, leads[work.card], operation)
        last = -int(work.due) + 1 if work.done else 1
        report(script, subtask, work.owner, every_day(work.reports, work.began, last, needed=work.card in daily))
        if work.done:
            finish(script, subtask, work, leads[work.card])


def report_on_minutes(script: Script, lead: str) -> None:
    """Reports on the subtasks that came out of minutes; what reached 100 was accepted the morning after."""
    for key, (owner, reports) in FROM_MINUTES.items():
        subtask, last = script.subtasks[key], max(1, reports[-1][0])
        report(script, subtask, owner, every_day(reports, 7, last, needed=True))
        if reports[-1][1].startswith("100"):
            script.say(script.past(last - 1, "10:20"), lead, AcceptSubtask(subtask=subtask))


def every_day(reports: Reports, began: int, last: int, *, needed: bool) -> Reports:
    """Reports for every working day from `began` to `last` (days back): between two written ones the work goes on."""
    if not needed or not reports:
        return reports
    written, found = dict(reports), list[tuple[int, str]]()
    percent, doing = 0, "准备资料"
    for day in range(began, last - 1, -1):
        if day not in written:
            ahead = next((d for d in range(day, 0, -1) if d in written), None)
            goal = parse_progress(written[ahead]).percent if ahead else None
            step = (goal - percent) // (day - ahead + 1) if ahead and goal is not None else 0
            percent += step
            found.append((day, f"{percent} {doing}" if step else "="))
            continue
        parsed = parse_progress(written[day])
        percent, doing = parsed.percent or percent, parsed.next or doing
        found.append((day, written[day]))
    return (*found, *((day, line) for day, line in reports if day < last))


def report(script: Script, subtask: int, owner: str, reports: Reports) -> None:
    """Progress entries: each in the hour before 17:00 of its day, those of day 0 half an hour ago."""
    minute = 5 + 7 * list(script.subtasks.values()).index(subtask) % 40  # not by id: two demos read alike
    for day, line in reports:
        at = script.past(day, f"16:{minute:02d}") if day else script.ago(0, 35)
        parsed = parse_progress(line)
        operation = RecordProgress(
            subtask=subtask,
            percent=parsed.percent,
            unchanged=parsed.unchanged,
            done=parsed.done,
            next=parsed.next,
            problem=parsed.problem,
            supports=tuple(
                Support(department=script.departments[support.name], name=support.name, text=support.text)
                for support in parsed.supports
            ),
        )
        script.say(at, owner, operation)


def finish(script: Script, subtask: int, work: Work, lead: str) -> None:
    """Handed over some hours before its due, accepted the day after."""
    days = int(work.due.removeprefix("-"))
    at = script.past(days + 1, "14:55") if work.key == "询价" else script.past(days, "15:20")
    script.say(at, work.owner, HandOver(subtask=subtask, deliverable=work.done, reference=f"share/{work.done}"))
    accepted = script.past(days - 1, "10:10") if days > 1 else at + 3600
    script.say(min(max(accepted, at + 60), script.ago(0, 5)), lead, AcceptSubtask(subtask=subtask))


def due_of(script: Script, due: str) -> int:
    """An instant as `Work.due` writes it."""
    if due == "soon":
        return script.soon(5)
    if due == "tomorrow":
        return script.tomorrow("16:00")
    return script.ahead(int(due)) if due.startswith("+") else script.past(int(due[1:]), "18:00")
