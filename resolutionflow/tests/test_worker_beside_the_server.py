"""The process that `manage.py serve` keeps beside itself. That it runs jobs is in tests/processes/test_worker.py."""

import os
import sys
from pathlib import Path

import pytest

from resolutionflow.serving.single_instance import SingleInstance
from resolutionflow.serving.worker import LONGEST_PAUSE, Worker, pause


@pytest.fixture
def instance(tmp_path: Path) -> SingleInstance:
    return SingleInstance(tmp_path)


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """A named pipe. Who reads from it waits for a writer."""
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


def test_each_quick_end_doubles_the_pause_up_to_half_a_minute() -> None:
    assert [pause(number) for number in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert pause(5000) == LONGEST_PAUSE


def test_a_worker_that_ends_at_once_is_started_again_after_a_pause(
    instance: SingleInstance, fifo: Path, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker(instance, [sys.executable, "-c", f"open({str(fifo)!r}, 'w').write('begun'); exit(3)"])
    worker.start()
    assert [fifo.read_text() for _ in range(2)] == ["begun", "begun"]
    worker.stop()
    assert "The worker ended (3). Another starts in 1.0 seconds." in caplog.text
    assert list(instance.folder.glob("worker-*")) == []


def test_a_worker_that_ignores_the_signal_is_killed(
    instance: SingleInstance, fifo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resolutionflow.serving.worker.STOPPING", 0.1)
    code = f"import signal; signal.signal(15, signal.SIG_IGN); open({str(fifo)!r}, 'w').close(); signal.pause()"
    worker = Worker(instance, [sys.executable, "-c", code])
    worker.start()
    assert fifo.read_text() == ""
    worker.stop()
    assert list(instance.folder.glob("worker-*")) == []


def test_a_worker_is_replaced_when_code_changes(instance: SingleInstance, fifo: Path) -> None:
    code = f"import signal; open({str(fifo)!r}, 'w').close(); signal.pause()"
    worker = Worker(instance, [sys.executable, "-c", code])
    worker.start()
    assert fifo.read_text() == ""
    worker.restart()
    assert fifo.read_text() == ""
    worker.stop()


def test_a_worker_that_was_never_started_is_stopped_without_ado(instance: SingleInstance) -> None:
    Worker(instance).stop()
