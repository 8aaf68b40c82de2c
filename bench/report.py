"""What a measurement says: one line a figure, with what it has to reach."""

from __future__ import annotations

import os
from statistics import median


class Report:
    """Lines of one measurement; a figure that is missed says so and stops nothing."""

    def __init__(self, title: str) -> None:
        """Print the heading, with how busy the machine is (a busy one makes times long, ratios and bytes less so)."""
        self.missed = 0
        print(f"\n{title}   [load {os.getloadavg()[0]:.1f}]", flush=True)

    def figure(self, what: str, value: float, reach: float, unit: str = "", note: str = "") -> None:
        """One figure: at most `reach` is reached."""
        reached = value <= reach
        self.missed += not reached
        word = "ok    " if reached else "MISSED"
        print(
            f"  {word} {what:58} {value:9.2f}{unit}  (reach {reach:g}{unit}){'  ' + note if note else ''}", flush=True
        )

    def say(self, text: str) -> None:
        """A line beside the figures."""
        print(f"         {text}", flush=True)


def middle(values: list[float]) -> str:
    """`median (least to most)`."""
    return f"{median(values):.1f} ({min(values):.1f} to {max(values):.1f})"
