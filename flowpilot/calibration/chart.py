"""Draws a calibration: how sure FlowPilot was from left to right, how often the fixes worked from below to above."""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from flowpilot.calibration.counts import Calibration

LEFT, TOP, SIDE = 34.0, 8.0, 200.0
"""The square in which it is drawn, in units of the drawing."""
TICKS = (0, 25, 50, 75, 100)
LARGEST, SMALLEST = 8.0, 2.5
"""Radius of a dot for the range with the most outcomes, and the least of any."""


@dataclass(frozen=True)
class Dot:
    """One range of confidence; `low_y` and `high_y` are the ends of its likely range."""

    x: float
    y: float
    radius: float
    low_y: float
    high_y: float


@dataclass(frozen=True)
class Chart:
    calibration: Calibration

    @property
    def width(self) -> float:
        return LEFT + SIDE + 10

    @property
    def height(self) -> float:
        return TOP + SIDE + 34

    @property
    def ticks(self) -> list[tuple[int, float, float]]:
        """Per cent, x and y of each."""
        return [(tick, _x(tick), _y(tick)) for tick in TICKS]

    @property
    def edges(self) -> dict[str, float]:
        return {"left": _x(0), "right": _x(100), "top": _y(100), "bottom": _y(0)}

    @property
    def middle(self) -> float:
        """Halfway down."""
        return TOP + SIDE / 2

    @cached_property
    def dots(self) -> list[Dot]:
        most = max(each.outcomes for each in self.calibration.bins)
        dots = []
        for each in self.calibration.bins:
            low, high = each.likely_pct
            radius = max(LARGEST * sqrt(each.outcomes / most), SMALLEST)
            dots.append(Dot(_x(each.predicted_pct), _y(each.observed_pct), round(radius, 1), _y(low), _y(high)))
        return dots

    @property
    def description(self) -> str:
        """The chart in one sentence, for those who don't see it."""
        return " ".join(
            f"Suggested with {each.predicted_pct:.0f}% on average: {each.observed_pct:.0f}% of {each.outcomes} worked."
            for each in self.calibration.bins
        )


def _x(percent: float) -> float:
    return round(LEFT + percent / 100 * SIDE, 1)


def _y(percent: float) -> float:
    return round(TOP + (100 - percent) / 100 * SIDE, 1)
