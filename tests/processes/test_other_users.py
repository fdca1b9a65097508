"""Root and ordinary users can both run it, but not in turns in one folder."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.checkout import Checkout

NOBODY = 65534
PYTHON = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
MODULES = sysconfig.get_path("purelib")


def works_for_nobody() -> bool:
    look = [*AS_NOBODY, PYTHON, "-c", f"import os; os.listdir({MODULES!r})"]
    return subprocess.run(look, capture_output=True).returncode == 0


pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user"),
    pytest.mark.skipif(not Path(PYTHON).exists(), reason=f"there is no {PYTHON} for another user to run"),
    pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is missing"),
]


@pytest.fixture
def nobodys(prepared: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """Its database is yet to be made; its static files, which are the same for everybody, are there."""
    if not works_for_nobody():
        pytest.skip(f"another user may not read {MODULES}")
    folder = Path("/tmp") / tmp_path_factory.mktemp("nobody").name  # pytest's own folders are closed to others
    checkout = Checkout.copy(folder)
    shutil.copytree(prepared.folder / "var" / "static", folder / "var" / "static")
    shutil.copy(prepared.folder / "var" / "static.collected", folder / "var")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    yield checkout
    shutil.rmtree(folder)


def test_an_ordinary_user_can_serve(nobodys: Checkout) -> None:
    command = (*AS_NOBODY, PYTHON, "manage.py", "serve")
    with nobodys.started(*command, PYTHONPATH=MODULES, HOME="/nonexistent") as server:
        assert nobodys.status() == 200
        assert {process.uids().real for process in nobodys.processes()} == {NOBODY}
        assert server.stop() == 0
        assert nobodys.processes() == []
    refused = nobodys.manage("check")
    assert refused.returncode == 1
    assert "belongs to the user nobody: run this as nobody" in refused.stderr
