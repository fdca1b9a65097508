"""Templates follow the direction of the imports: common, accounts, sessions, fixes; none uses what builds on it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine

LAYERS = ["common", "accounts", "sessions", "fixes", "flowpilot", "tickets"]
PROJECT = {"admin", "api", "errors"}
"""Folders of templates that belong to the project, which may use every app."""
FRAME = {"base.html", "_topbar.html"}
"""The frame around every page is the project's, too: it names the pages of every app."""
TEMPLATES = Path(settings.BASE_DIR) / "templates"
LOADS = re.compile(r"{%\s*load\s+(.+?)\s*%}")
USES = re.compile(r"{%\s*(?:include|extends)\s+['\"]([^'\"]+)['\"]")


def layer_of(name: str) -> int | None:
    """The layer of a template by its path; None for the project's."""
    folder = name.split("/")[0] if "/" in name else "common"
    return None if folder in PROJECT or name in FRAME else LAYERS.index(folder)


def layer_of_tags(library: str) -> int:
    package = Engine.get_default().libraries[library].split(".")[0]
    return LAYERS.index(package) if package in LAYERS else 0  # Django's own and other packages


def names() -> list[str]:
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", names())
def test_a_template_uses_only_its_own_layer_and_those_below(name: str) -> None:
    layer = layer_of(name)
    if layer is None:
        return
    source = (TEMPLATES / name).read_text()
    loaded = [tag for line in LOADS.findall(source) for tag in line.split(" from ")[-1].split()]
    assert [tag for tag in loaded if layer_of_tags(tag) > layer] == []
    used = [each for each in USES.findall(source) if each not in FRAME]
    assert [each for each in used if (layer_of(each) or 0) > layer] == []


def test_the_projects_frame_is_small() -> None:
    assert all((TEMPLATES / name).exists() for name in FRAME)
