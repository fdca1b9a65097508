"""Any process may be killed at any moment: what was committed stays, and the next start recovers by itself."""

import contextlib
import os
from collections.abc import Callable

import psutil
import pytest

from tests.processes.checkout import Checkout, Started, eventually


def test_a_killed_worker_is_replaced(checkout: Checkout) -> None:
    with checkout.started() as server:
        old = server.workers()
        next(iter(old)).kill()
        assert eventually(lambda: len(server.workers() - old) == 1)
        assert eventually(lambda: checkout.status() == 200)
        assert server.stop() == 0
        assert checkout.processes() == []


def test_a_killed_database_comes_back_while_serving(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert checkout.status() == 200
        postmaster = checkout.cluster.postmaster()
        assert postmaster
        postmaster.kill()
        assert eventually(lambda: checkout.status() == 200)
        assert server.stop() == 0
        assert checkout.processes() == []


def supervisor(server: Started) -> list[psutil.Process]:
    return [psutil.Process(server.process.pid)]


def postmaster(server: Started) -> list[psutil.Process]:
    found = server.checkout.cluster.postmaster()
    return [found] if found else []


def everything(server: Started) -> list[psutil.Process]:
    return server.checkout.processes()


@pytest.mark.parametrize("victims", [supervisor, postmaster, everything])
def test_the_next_start_recovers(checkout: Checkout, victims: Callable[[Started], list[psutil.Process]]) -> None:
    name = victims.__name__
    with checkout.started() as server:
        old = checkout.processes()
        checkout.sql(f"INSERT INTO kept VALUES ('{name}')")
        for process in victims(server):
            with contextlib.suppress(psutil.NoSuchProcess):  # one may take others with it
                process.kill()
        if victims is postmaster:
            server.process.kill()
        server.process.wait(30)
        with checkout.started() as next_server:
            assert checkout.status() == 200
            assert name in checkout.sql("SELECT name FROM kept")
            still = [process for process in checkout.processes() if process in old and process.name() != "postgres"]
            assert still == []
            assert next_server.stop() == 0
            assert checkout.processes() == []


@pytest.mark.parametrize(
    "left", ["", "garbage", f"{os.getpid()}\n"], ids=["empty", "garbage", "of a process that lives"]
)
def test_a_lying_pid_file_is_seen_through(checkout: Checkout, left: str) -> None:
    (checkout.cluster.data / "postmaster.pid").write_text(left)
    assert checkout.manage("showmigrations", "--plan").returncode == 0
    assert checkout.processes() == []
