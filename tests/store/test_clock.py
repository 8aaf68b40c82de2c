"""The one door to the time."""

from __future__ import annotations

from store.clock import Clock, FixedClock, SystemClock


def test_system_clock_gives_one_instant_in_three_forms() -> None:
    clock: Clock = SystemClock()
    before, whole, after = clock.now_exact(), clock.now(), clock.now_exact()
    assert isinstance(whole, int)
    assert int(before) <= whole <= after
    assert clock.monotonic() <= clock.monotonic()


def test_fixed_clock_stands_until_it_is_advanced() -> None:
    clock: Clock = FixedClock(1_000.75)
    assert (clock.now(), clock.now_exact()) == (1_000, 1_000.75)
    assert clock.now() == 1_000


def test_setting_the_date_back_does_not_turn_monotonic_back() -> None:
    clock = FixedClock(1_000)
    clock.advance(60)
    clock.advance(-3_600)
    assert (clock.now(), clock.monotonic()) == (1_060 - 3_600, 60)
