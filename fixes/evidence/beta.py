"""Quantiles of the beta distribution. Written here, because the library that has them (scipy) is larger than the rest.

By the continued fraction of the regularized incomplete beta function (DLMF 8.17.22) and bisection.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p

TINY = 1e-300
PRECISE = 1e-12
STEPS = 1_000
HALVINGS = 50


@lru_cache(maxsize=1_024)
def quantile(probability: float, a: float, b: float) -> float:
    """Return the x below which Beta(a, b) lies with this probability, to within 1e-12; a and b are positive."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if cumulative(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def cumulative(x: float, a: float, b: float) -> float:
    """Return the probability that Beta(a, b) is at most x."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):  # the fraction converges fast on this side, and the other is its mirror
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction by Lentz's method."""
    c = 1.0
    d = result = 1 / _away_from_0(1 - (a + b) * x / (a + 1))
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_0(1 + term * d)
            c = _away_from_0(1 + term / c)
            result *= c * d
        if abs(c * d - 1) < PRECISE:
            break
    return result


def _away_from_0(value: float) -> float:
    return value if abs(value) > TINY else TINY
