"""What the documentation shows of answers and settings is what the product says."""

import json
import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from fixes.tests.factories import make_fix
from resolutionflow.environment import HINTS
from sessions.models import AISession
from tests.api import call, fix_path

BASE = Path(settings.BASE_DIR)
API = (BASE / "docs" / "api.md").read_text()
SETTING = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def shown(language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", API, re.DOTALL)
    return block


def test_the_error_is_what_the_api_answers(api: Client, session: AISession) -> None:
    answer = call(api, "PATCH", fix_path(make_fix(session), "outcome"), {"outcome": "applied_pending"})
    assert answer.json() == json.loads(shown("json"))


def test_the_headers_of_the_limit_are_what_the_api_sends(api: Client) -> None:
    answer = call(api, "GET", "/pending-fixes")
    for line in shown("http").splitlines():
        name, _, example = line.partition(": ")
        pattern = re.sub(r"(r|t)=\d+", r"\1=\\d+", example)
        assert re.fullmatch(pattern, answer[name])


def test_every_setting_stands_in_the_sample_with_its_hint() -> None:
    internal = {"DATABASE_ROLE"}  # chosen by the command; for repairs only
    assert set(SETTING.findall((BASE / ".env.sample").read_text())) == HINTS.keys() - internal


def test_the_docs_name_no_setting_that_there_is_not() -> None:
    page = (BASE / "docs" / "running.md").read_text()
    (first, *_) = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    assert set(SETTING.findall(first)) <= HINTS.keys()
