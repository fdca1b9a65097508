"""The virtual environment is made once, kept while nothing changed, and made anew after an interruption."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes.checkout import ORIGINAL, PATIENCE


def install(folder: Path, requirements: str = "requirements.txt") -> str:
    command = [sys.executable, "install.py", requirements]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Requirements that need no registry: what is tested is when pip is asked, not pip."""
    folder = tmp_path_factory.mktemp("install")
    shutil.copy(ORIGINAL / "install.py", folder)
    (folder / "requirements.txt").write_text("# none\n")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\n# none either\n")
    (folder / ".venv").mkdir()
    (folder / ".venv" / "unfinished").touch()
    (folder / ".venv" / "half-installed").touch()
    assert "Installing requirements-dev.txt" in install(folder, "requirements-dev.txt")
    return folder


def test_an_interrupted_installation_is_made_anew(installed: Path) -> None:
    assert not (installed / ".venv" / "half-installed").exists()
    assert not (installed / ".venv" / "unfinished").exists()


def test_what_is_installed_stays(installed: Path) -> None:
    assert install(installed, "requirements-dev.txt") == ""
    assert install(installed) == ""


def test_a_changed_list_is_installed(installed: Path) -> None:
    (installed / "requirements.txt").write_text("# still none\n")
    assert "Installing requirements-dev.txt" in install(installed, "requirements-dev.txt")
    assert install(installed) == ""
