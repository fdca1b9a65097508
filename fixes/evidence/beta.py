"""Quantiles of the beta distribution. Written here, because the library that has them (scipy) is larger than the rest.

By the continued fraction of the regularized incomplete beta function (DLMF 8.17.22) and Newton's method, with
bisection where that leads away.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p

TINY = 1e-300
PRECISE = 1e-12
STEPS = 1_000


@lru_cache(maxsize=1_024)
def quantile(probability: float, a: float, b: float) -> float:
    """Return the x below which Beta(a, b) lies with this probability, to within x × 1e-12; a and b are positive."""
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(STEPS):
        error = cumulative(x, a, b) - probability
        low, high = (x, high) if error < 0 else (low, x)
        better = _by_newton(x, error, a, b)
        if not low < better < high:
            better = (low + high) / 2
        if abs(better - x) <= PRECISE * x:
            break
        x = better
    return x


def _by_newton(x: float, error: float, a: float, b: float) -> float:
    """Follow the density to where the error would be 0; return -1 where it is too flat to follow."""
    density = _front(x, a, b) / (x * (1 - x))
    return x - error / density if density > TINY else -1.0


def cumulative(x: float, a: float, b: float) -> float:
    """Return the probability that Beta(a, b) is at most x."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = _front(x, a, b)
    if x < (a + 1) / (a + b + 2):  # the fraction converges fast on this side, and the other is its mirror
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _front(x: float, a: float, b: float) -> float:
    """Return x^a (1 - x)^b / B(a, b)."""
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))


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
