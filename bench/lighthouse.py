"""Run Lighthouse on the session page and the board of a running server, as a phone and as a desktop.

    python -m bench.lighthouse [--reports FOLDER]

Needs Node 18.16 or newer; npm fetches Lighthouse, once.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.report import AtLeast, report, say
from bench.running_server import RunningServer, running_server
from tests.browser.chromium import installed, launch_arguments

LIGHTHOUSE = "lighthouse@12.8.2"
LIMITS = {"performance": 99, "accessibility": 100, "best-practices": 100}
DEVICES = {"phone": (), "desktop": ("--preset=desktop",)}
STORY = r"/sessions/[0-9a-f-]{36}/"


def main() -> int:
    if not shutil.which("npx"):
        raise SystemExit("Lighthouse needs Node.js with npm. Install Node 18.16 or newer.")
    with running_server() as server, tempfile.TemporaryDirectory() as temporary:
        folder = Path(_arguments().reports or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        pages = {"session page": server.signed_in_client().links("/sessions/", STORY)[0], "board": "/pending/"}
        rows = [
            AtLeast(f"{page}, {device}: {category}", score, LIMITS[category])
            for page, path in pages.items()
            for device in DEVICES
            for category, score in _scores(
                server, path, device, folder / f"{page}-{device}.json".replace(" ", "-")
            ).items()
        ]
    return report("Lighthouse", rows)


def _scores(server: RunningServer, path: str, device: str, file: Path) -> dict[str, float]:
    command = [
        *("npx", "--yes", LIGHTHOUSE, f"{server.url}{path}", *DEVICES[device], "--quiet"),
        *("--output=json", f"--output-path={file}", f"--only-categories={','.join(LIMITS)}"),
        f"--chrome-flags={' '.join(['--headless', *launch_arguments()])}",
        f"--extra-headers={json.dumps({'Cookie': server.signed_in_client().cookie})}",
    ]
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": installed() or ""})
    found: dict[str, Any] = json.loads(file.read_text())
    for audit in found["audits"].values():
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] in {"binary", "numeric"}:
            say(f"{path} on a {device}: {audit['title']} {audit.get('displayValue', '')}")
    return {category: round(found["categories"][category]["score"] * 100) for category in LIMITS}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", help="a folder to keep Lighthouse's own reports in")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
