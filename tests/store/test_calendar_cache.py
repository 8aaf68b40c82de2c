"""The cached calendar: a start never imports `holidays`, and no state of the cache stops one."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from store.file import calendar_cache
from store.file.calendar_cache import KEPT_FILES, load_working_time
from store.rules import calendar_source
from store.rules.calendar_data import CalendarData, CalendarSettings
from tests.store.official_days import NOW, day, written

CHINA = CalendarSettings()
A_YEAR = 366 * 86_400

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from store.file.calendar_cache import load_working_time
from store.rules.calendar_data import CalendarSettings
calendar = load_working_time(CalendarSettings(), int(sys.argv[2]), Path(sys.argv[1]))
print(calendar.due_in_working_days(int(sys.argv[2]), 3))
print([name for name in ("holidays", "zoneinfo", "pendulum", "importlib.metadata") if name in sys.modules])
"""


class Builds(list[CalendarSettings]):
    """The settings of each calendar that had to be built."""


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Builds:
    made, original = Builds(), calendar_source.build_calendar

    def counted(settings: CalendarSettings, years: range) -> CalendarData:
        made.append(settings)
        return original(settings, years)

    monkeypatch.setattr(calendar_source, "build_calendar", counted)
    return made


def test_with_a_warm_cache_holidays_is_never_imported(tmp_path: Path) -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, tmp_path, str(NOW)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        for _ in range(2)
    ]
    (cold_due, cold_modules), (warm_due, warm_modules) = (run.stdout.splitlines() for run in runs)
    assert written(int(cold_due)) == written(int(warm_due)) == "Tue 2026-10-13 18:00"
    assert "holidays" in cold_modules
    assert warm_modules == "[]"


def test_what_comes_from_the_cache_is_what_was_built(tmp_path: Path, builds: Builds) -> None:
    settings = CalendarSettings(region="DE", subdivision="BY", extra_days_off=(("2026-12-31", "Inventur"),))
    built, cached = (load_working_time(settings, NOW, tmp_path / "state" / "calendars") for _ in range(2))
    assert cached.data == built.data
    assert cached.holiday_name(day("2026-12-31")) == "Inventur"
    assert len(builds) == 1


@pytest.mark.parametrize(
    "other",
    [
        CalendarSettings(region="HK"),
        CalendarSettings(region="DE", subdivision="BY"),
        CalendarSettings(zone="Asia/Urumqi"),
        CalendarSettings(language="en_US"),
        CalendarSettings(weekend=(6,)),
        CalendarSettings(extra_days_off=(("2026-12-31", "年会"),)),
        CalendarSettings(extra_working_days=("2026-12-26",)),
    ],
)
def test_each_calendar_has_an_entry_of_its_own(other: CalendarSettings, tmp_path: Path, builds: Builds) -> None:
    for settings in (CHINA, other, CHINA, other):
        calendar = load_working_time(settings, NOW, tmp_path)
        assert calendar.data == load_working_time(settings, NOW, None).data
    assert builds.count(CHINA) == 1 + 2  # once for the cache, twice to compare with
    assert builds.count(other) == 1 + 2


def test_hours_are_not_part_of_the_entry(tmp_path: Path, builds: Builds) -> None:
    load_working_time(CHINA, NOW, tmp_path)
    late = load_working_time(CalendarSettings(close=20 * 60), NOW, tmp_path)
    assert written(late.close_of(day("2026-10-09"))) == "Fri 2026-10-09 20:00"
    assert len(builds) == 1


def test_a_new_year_or_a_new_version_of_holidays_builds_again(
    tmp_path: Path, builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_working_time(CHINA, NOW, tmp_path)
    assert not load_working_time(CHINA, NOW - A_YEAR, tmp_path).is_estimated(2022)
    assert len(builds) == 2
    monkeypatch.setattr(calendar_cache, "_holidays_version", lambda: "99.0")
    load_working_time(CHINA, NOW, tmp_path)
    assert len(builds) == 3


def test_the_version_in_the_key_is_that_of_the_library() -> None:
    program = "import holidays; print(holidays.__version__)"
    version = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
    assert calendar_cache._holidays_version() == f"holidays-{version}.dist-info"


def test_a_library_without_a_dist_info_is_told_by_the_date_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "holidays"
    package.mkdir()
    (package / "__init__.py").touch()
    spec = importlib.util.spec_from_file_location("holidays", package / "__init__.py")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: spec)
    os.utime(package, ns=(5, 5))
    first = calendar_cache._holidays_version()
    os.utime(package, ns=(6, 6))
    assert (first, calendar_cache._holidays_version()) == ("5", "6")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert calendar_cache._holidays_version() == "unknown"


def damaged() -> list[bytes]:
    """Entries that are torn, foreign, or decode and yet are wrong."""
    entry = {"key": "someone else's", "data": {"first": 1, "flags": "1", "weekend": [], "make_ups": []}}
    rest = {"names": {}, "estimated": [], "zone": "UTC", "changes": [], "offsets": [0]}
    whole = msgspec.json.encode({**entry, "data": {**entry["data"], **rest}})  # type: ignore[dict-item]
    return [b"", b"{", b"null", b"\xff\xfe\x00", b"[" * 100_000, msgspec.json.encode(entry), whole]


@pytest.mark.parametrize("content", damaged())
def test_a_damaged_entry_is_built_again_and_mended(content: bytes, tmp_path: Path, builds: Builds) -> None:
    good = load_working_time(CHINA, NOW, tmp_path).data
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(content)
    assert load_working_time(CHINA, NOW, tmp_path).data == good
    assert load_working_time(CHINA, NOW, tmp_path).data == good
    assert len(builds) == 2


@pytest.mark.parametrize(("part", "value"), [("flags", "01x"), ("flags", ""), ("offsets", [0, 1, 2])])
def test_an_entry_that_does_not_hold_together_is_built_again(
    part: str, value: object, tmp_path: Path, builds: Builds
) -> None:
    good = load_working_time(CHINA, NOW, tmp_path).data
    (entry,) = tmp_path.iterdir()
    content = msgspec.json.decode(entry.read_bytes())
    content["data"][part] = value
    entry.write_bytes(msgspec.json.encode(content))
    assert load_working_time(CHINA, NOW, tmp_path).data == good
    assert len(builds) == 2


def test_a_state_directory_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a directory")
    calendar = load_working_time(CHINA, NOW, in_the_way / "calendars")
    assert calendar.kind_of_day(day("2026-10-10")) == "make_up"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_failed_replace_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("read-only share")

    monkeypatch.setattr("os.replace", refuse)
    assert load_working_time(CHINA, NOW, tmp_path).is_working_day(day("2026-10-10"))
    assert list(tmp_path.iterdir()) == []


def test_old_entries_are_cleared_away(tmp_path: Path) -> None:
    for number in range(KEPT_FILES + 5):
        (tmp_path / f"calendar-{number}.json").write_text("{}")
    load_working_time(CHINA, NOW, tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT_FILES
