"""The worker that runs jobs beside the server: started, stopped, killed and replaced with it."""

import json
import signal
import sys

import psutil
import pytest

from tests.processes.checkout import PATIENCE, Checkout, Started, eventually

JOB = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW('default', 'builtin:procrastinate.builtin_tasks.remove_old_jobs', 0, NULL, NULL, '{"max_hours": 72}', NULL)
    ]::procrastinate_job_to_defer_v1[])
"""
"""Defers a job that only deletes old ones: there are none."""


def workers(checkout: Checkout) -> list[psutil.Process]:
    """Return the processes that run jobs."""
    return [process for process in checkout.processes() if "work" in command_line(process)]


def command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def runs_jobs(checkout: Checkout) -> bool:
    """Defer a job, and return whether it is run in time."""
    checkout.sql(JOB)
    return eventually(lambda: checkout.sql("SELECT count(*) FROM procrastinate_jobs") == [0])


def test_the_server_starts_one_worker_and_stops_it(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert runs_jobs(checkout)
        assert len(workers(checkout)) == 1
        assert json.loads(checkout.get("/healthz")[1])["worker"] == "running"
        assert server.stop() == 0
        assert checkout.processes() == []


def test_a_server_without_a_worker_starts_none(checkout: Checkout) -> None:
    with checkout.started(sys.executable, "manage.py", "serve", "--no-worker") as server:
        assert checkout.status() == 200
        checkout.sql("DELETE FROM procrastinate_workers")
        checkout.sql(JOB)
        assert workers(checkout) == []
        health = json.loads(checkout.get("/healthz")[1])
        assert (health["status"], health["worker"], health["jobs_waiting"]) == ("ok", "missing", 1)
        assert server.stop() == 0


def test_a_killed_worker_is_replaced_and_the_server_goes_on(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert runs_jobs(checkout)
        (old,) = workers(checkout)
        old.kill()
        assert runs_jobs(checkout)
        (new,) = workers(checkout)
        assert new != old
        assert checkout.status() == 200
        assert server.stop() == 0
        assert checkout.processes() == []


def test_the_next_start_ends_the_worker_of_a_killed_server(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert runs_jobs(checkout)
        (old,) = workers(checkout)
        server.process.kill()
        server.process.wait(PATIENCE)
        assert runs_jobs(checkout)
        with checkout.started() as next_server:
            assert not old.is_running()
            assert runs_jobs(checkout)
            assert len(workers(checkout)) == 1
            assert next_server.stop() == 0
            assert checkout.processes() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_worker_alone_stops_at_a_signal(checkout: Checkout, number: int) -> None:
    worker = Started(checkout, (sys.executable, "manage.py", "work"), {})
    worker.wait_for("The worker runs")
    assert runs_jobs(checkout)
    assert worker.stop(number) == 0
    assert checkout.processes() == []
    worker.end()


def test_the_worker_survives_a_restart_of_postgresql(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert runs_jobs(checkout)
        postmaster = checkout.cluster.postmaster()
        assert postmaster
        postmaster.kill()
        # a connection of before may still answer for a moment
        assert eventually(lambda: checkout.cluster.postmaster() not in (None, postmaster))
        assert eventually(lambda: checkout.status() == 200)
        assert runs_jobs(checkout)
        assert server.stop() == 0
        assert checkout.processes() == []


def test_a_worker_that_can_no_longer_send_heartbeats_is_replaced(checkout: Checkout) -> None:
    with checkout.started() as server:
        assert runs_jobs(checkout)
        (old,) = workers(checkout)
        checkout.sql("ALTER TABLE procrastinate_workers RENAME TO away")
        assert eventually(lambda: not old.is_running())
        checkout.sql("ALTER TABLE away RENAME TO procrastinate_workers")
        assert runs_jobs(checkout)
        assert checkout.status() == 200
        assert server.stop() == 0
        assert checkout.processes() == []


def test_a_worker_alone_that_loses_its_database_ends_with_an_error(checkout: Checkout) -> None:
    checkout.manage("db", "start")
    worker = Started(checkout, (sys.executable, "manage.py", "work"), {})
    worker.wait_for("The worker runs")
    assert runs_jobs(checkout)
    checkout.sql("ALTER TABLE procrastinate_workers RENAME TO away")
    assert worker.process.wait(PATIENCE) == 1
    checkout.sql("ALTER TABLE away RENAME TO procrastinate_workers")
    worker.end()
    checkout.manage("db", "stop")


def test_a_worker_refuses_a_database_without_migrations(checkout: Checkout) -> None:
    checkout.manage("db", "start")
    checkout.sql("UPDATE django_migrations SET app = 'hidden' WHERE app = 'procrastinate' AND name LIKE '0041%'")
    refused = checkout.manage("work")
    checkout.sql("UPDATE django_migrations SET app = 'procrastinate' WHERE app = 'hidden'")
    checkout.manage("db", "stop")
    assert refused.returncode == 1
    assert "The database lacks migrations. Run manage.py migrate" in refused.stderr


def test_a_job_of_a_dead_worker_is_put_back_and_run(checkout: Checkout) -> None:
    with checkout.started() as server:
        checkout.sql(JOB)
        checkout.sql(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead"
        )
        assert eventually(lambda: checkout.sql("SELECT count(*) FROM procrastinate_jobs") == [0])
        assert server.stop() == 0
