"""What the demo is written with: days around now, a cast by name, operations in the order things happened."""

from __future__ import annotations

from store.operations.base import Operation, Stamp, mint
from store.rules.working_time import WorkingTime

MINUTE = 60
HOUR = 3_600
TERMINAL = "demo"


class Script:
    """Collects signed operations. All instants are epoch seconds; `past` and `ahead` count working days."""

    def __init__(self, now: int, working: WorkingTime) -> None:
        """`now` is the moment the demo is made for; nothing in it is signed later."""
        self.now, self.working = now, working
        self.people: dict[str, int] = {}
        self.departments: dict[str, int] = {}
        self.cards: dict[str, int] = {}
        self.subtasks: dict[str, int] = {}
        self._lines: list[tuple[int, int, Operation, int]] = []
        today, _seconds = working.split(now)
        last = working.working_day_from(today)
        if last > today or working.at(last, 17 * 60) > now:
            last = self._before(today)
        self._last = last
        """The last working day whose 17:00 has passed: day 1 of `past`."""

    def past(self, days: int, time: str) -> int:
        """A time of day on the so-manieth working day back; day 1 is the last one whose 17:00 has passed."""
        day = self._last
        for _ in range(days - 1):
            day = self._before(day)
        return min(self.working.at(day, _minutes(time)), self.now - MINUTE)

    def ahead(self, days: int, time: str = "18:00") -> int:
        """A time of day on the so-manieth working day after today."""
        day = self.working.day_of(self.now)
        for _ in range(days):
            day = self.working.next_working_day(day)
        return self.working.at(day, _minutes(time))

    def tomorrow(self, time: str) -> int:
        """A time of day tomorrow, whether or not that is a working day."""
        return self.working.at(self.working.day_of(self.now) + 1, _minutes(time))

    def ago(self, hours: int, minutes: int = 0) -> int:
        """So long ago."""
        return self.now - hours * HOUR - minutes * MINUTE

    def soon(self, minutes: int) -> int:
        """The full minute that is at most so many minutes ahead."""
        return (self.now // MINUTE + minutes) * MINUTE

    def say(self, at: int, who: str, operation: Operation) -> Operation:
        """Somebody did something at an instant."""
        self._lines.append((min(at, self.now), len(self._lines), operation, self.people[who]))
        return operation

    def signed(self) -> list[tuple[Operation, Stamp]]:
        """All of it in the order it happened, each line signed by whoever did it, then and there."""
        return [
            (operation, Stamp(person=person, at=at, recorded=at, terminal=TERMINAL))
            for at, _place, operation, person in sorted(self._lines, key=lambda line: line[:2])
        ]

    def new(self, book: dict[str, int], name: str) -> int:
        """A doc id kept under a name."""
        book[name] = mint()
        return book[name]

    def _before(self, day: int) -> int:
        """The working day before a day."""
        day -= 1
        while not self.working.is_working_day(day):
            day -= 1
        return day


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)
