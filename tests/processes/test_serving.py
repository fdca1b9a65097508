"""The server starts, stops and shares its database, as a person at a terminal sees it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.processes.checkout import Checkout, Started, eventually


def test_a_stopped_server_leaves_no_process(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert checkout.status() == 200
        assert server.stop() == 0
        assert checkout.processes() == []


def test_ctrl_c_in_the_terminal_leaves_no_process(checkout: Checkout) -> None:
    """A terminal sends the signal to the server's process group, to which its workers don't belong."""
    with checkout.started() as server:
        group = os.getpgid(server.process.pid)
        assert group != os.getpgid(0)
        os.killpg(group, signal.SIGINT)
        assert server.process.wait(30) == 0
        assert checkout.processes() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_to_make_alone_stops_everything(checkout: Checkout, number: int) -> None:
    with checkout.started("make", "PYTHON=true", "run") as server:
        server.stop(number)
        assert eventually(lambda: checkout.processes() == [])


def test_of_two_starts_at_once_one_serves(checkout: Checkout) -> None:
    command = (sys.executable, "manage.py", "serve")
    both = [Started(checkout, command, {}) for _ in range(2)]
    assert eventually(lambda: any(each.process.poll() is not None for each in both))
    (loser,) = [each for each in both if each.process.poll() is not None]
    (winner,) = [each for each in both if each is not loser]
    assert loser.process.returncode == 1
    winner.wait_until_listening()
    assert winner.stop() == 0
    loser.end()
    winner.end()


def test_a_taken_port_is_named_in_one_line(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        refused = checkout.manage("serve", PORT=port)
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"CommandError: Can't listen on 127.0.0.1, port {port}: another program uses it. "
        "Choose another port: PORT=8001."
    ]
    assert checkout.processes() == []


def test_a_command_alone_leaves_nothing_running(checkout: Checkout) -> None:
    assert checkout.manage("showmigrations", "--plan").returncode == 0
    assert checkout.processes() == []


def test_a_terminated_command_leaves_nothing_running(checkout: Checkout) -> None:
    wait = "from django.db import connection; connection.ensure_connection(); print('connected', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", wait],
        cwd=checkout.folder,
        env=checkout.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as shell:
        assert shell.stdout
        assert shell.stdout.readline() == "connected\n"
        shell.terminate()
        assert shell.wait(30) == 128 + signal.SIGTERM
    assert checkout.processes() == []


def test_the_database_can_be_left_running(checkout: Checkout) -> None:
    assert "running" in checkout.manage("db", "start").stdout
    with checkout.started() as server:
        server.stop()
        assert "running" in checkout.manage("db", "status").stdout
        assert checkout.manage("db", "stop").stdout == "stopped\n"
        assert checkout.processes() == []


class TestBesideARunningServer:
    @pytest.fixture(scope="class")
    @classmethod
    def server(cls, prepared: Checkout) -> Iterator[Started]:
        """One for all: each must leave it running."""
        with prepared.started() as server:
            yield server

    @pytest.fixture
    def checkout(self, server: Started) -> Iterator[Checkout]:
        yield server.checkout
        assert server.checkout.status() == 200

    def test_a_second_one_says_where_the_first_one_is(self, checkout: Checkout, server: Started) -> None:
        second = checkout.manage("serve")
        assert second.returncode == 1
        assert f"already runs at http://127.0.0.1:{checkout.port} (process {server.process.pid})" in second.stderr

    def test_a_command_works(self, checkout: Checkout) -> None:
        assert checkout.manage("showmigrations", "--plan").returncode == 0

    def test_the_shipped_playbooks_were_imported(self, checkout: Checkout) -> None:
        again = checkout.manage("import_playbooks")
        assert re.fullmatch("0 new, 0 changed, [0-9]+ unchanged\n", again.stdout), again.stderr

    def test_a_database_in_use_is_not_stopped(self, checkout: Checkout) -> None:
        assert "still in use" in checkout.manage("db", "stop").stdout
