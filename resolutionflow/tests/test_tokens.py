"""Every pair of colours that stand on each other can be told apart, in both themes."""

import re

import pytest
from coloraide import Color
from django.conf import settings

TEXT, EDGE = 4.5, 3.0
"""Least contrast of text, and of lines, icons and edges (WCAG 2.2, 1.4.3 and 1.4.11)."""

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\);")
THEMES = {
    "light": {name: light for name, light, _ in PAIR.findall(TOKENS)},
    "dark": {name: dark for name, _, dark in PAIR.findall(TOKENS)},
}
SURFACES = ("surface-page", "surface-card", "surface-raised", "surface-sunken", "surface-hover")
TONES = ("accent", "success", "warning", "danger", "info", "muted")

PAIRS = (
    *((text, surface, TEXT) for text in ("text-strong", "text-normal", "text-muted") for surface in SURFACES),
    *((f"tone-{tone}-text", f"tone-{tone}-tint", TEXT) for tone in TONES),
    *((f"tone-{tone}-text", surface, TEXT) for tone in TONES for surface in ("surface-page", "surface-card")),
    *((f"tone-{tone}-edge", f"tone-{tone}-tint", EDGE) for tone in TONES),
    *((f"tone-{tone}-edge", surface, EDGE) for tone in TONES for surface in ("surface-page", "surface-card")),
    *(("line-strong", surface, EDGE) for surface in ("surface-page", "surface-card", "surface-raised")),
    *(("focus-ring", surface, EDGE) for surface in SURFACES),
    *(("on-fill", fill, TEXT) for fill in ("fill-accent", "fill-accent-hover", "fill-danger")),
)
SAME = {"tone-muted-text": "text-muted"}


@pytest.mark.parametrize("theme", THEMES)
def test_contrast(theme: str) -> None:
    colours = {**THEMES[theme], "on-fill": "oklch(100% 0 0)"}
    too_little = {
        (above, below): round(contrast, 2)
        for above, below, least in PAIRS
        if (contrast := _contrast(colours[SAME.get(above, above)], colours[below])) < least
    }
    assert too_little == {}


def _contrast(above: str, below: str) -> float:
    return float(Color(above).fit("srgb").contrast(Color(below).fit("srgb"), method="wcag21"))
