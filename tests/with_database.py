"""Run a command with a temporary database server: `python -m tests.with_database COMMAND …`.

Checks and benchmarks use it, so that they never touch the data in var/.
"""

import os
import subprocess
import sys

from tests import clusters
from tests.database import INDEPENDENT


def main(command: list[str]) -> int:
    environment, remove = clusters.create()
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_ROLE": "owner"}
    try:
        return subprocess.run(command, env={**os.environ, **environment, **INDEPENDENT, **settings}).returncode
    finally:
        remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
