"""What the server prepares before it serves: the shipped playbooks."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flowpilot.models import Playbook
from flowpilot.playbook_files import shipped
from flowpilot.tests.playbook_folders import SOUND, write
from resolutionflow.serving import preparation

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shipped, "SHIPPED", tmp_path)
    return write(tmp_path)


def test_the_first_start_imports_and_the_next_one_asks_once(folder: Path, django_assert_num_queries: Any) -> None:
    preparation.prepare_playbooks()
    assert Playbook.objects.get().account is None
    with django_assert_num_queries(1):
        preparation.prepare_playbooks()


def test_a_release_with_a_changed_file_brings_it(folder: Path) -> None:
    preparation.prepare_playbooks()
    write(folder, text=SOUND.replace("10 min", "1 day"))
    preparation.prepare_playbooks()
    assert Playbook.objects.get().typical_wait == timedelta(days=1)


def test_a_flaw_is_told_and_the_server_starts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, text=SOUND.replace("10 min", "soon"))
    preparation.prepare_playbooks()
    assert capsys.readouterr().err.splitlines() == [
        'mail/outlook.md:16: typical_wait: "soon" is not a waiting time. Write it like 10 min, 2 h or 1 day.',
        "The shipped playbooks could not be imported: 1 problem. Nothing was imported.",
    ]
