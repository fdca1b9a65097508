"""Templates obey the same order as imports: those of an app load and include nothing of an app above it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LAYERS = ["accounts", "sessions", "fixes"]
"""The apps with templates, the lowest first. Templates outside these folders are the project's, and may use all."""
USES = re.compile(r"{%\s*(?:load|include|extends)\s+([^%]+)%}")


def app_of(name: str) -> str | None:
    """Of a template ("fixes/_banner.html") or a tag library ("fixes")."""
    first = name.strip("\"'").split("/")[0]
    return first if first in LAYERS else None


def used(path: Path) -> set[str]:
    """The apps whose templates and tag libraries a template names."""
    names = " ".join(USES.findall(path.read_text())).split()
    return {app for app in map(app_of, names) if app}


@pytest.mark.parametrize("app", LAYERS)
def test_templates_use_nothing_of_an_app_above_theirs(app: str) -> None:
    above = set(LAYERS[LAYERS.index(app) + 1 :])
    paths = list((TEMPLATES / app).rglob("*.html"))
    assert paths
    found = {path.relative_to(TEMPLATES).as_posix(): used(path) & above for path in paths}
    assert not {name: apps for name, apps in found.items() if apps}
