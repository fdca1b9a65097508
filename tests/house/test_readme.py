"""What the README tells a newcomer to type works as it stands there."""

import json
import re
import subprocess

from tests.house.checkout import ORIGINAL, PATIENCE, Checkout

SCRIPT = re.compile(r"## The same from a script.*?```sh\n(.*?)```", re.DOTALL)


def test_the_script_records_waiting_and_then_success(checkout: Checkout) -> None:
    found = SCRIPT.search((ORIGINAL / "README.md").read_text())
    assert found
    with checkout.started():
        assert checkout.manage("load_demo").returncode == 0
        done = subprocess.run(
            ["bash", "-euc", found[1].replace(":8000", f":{checkout.port}")],
            cwd=checkout.folder,
            env=checkout.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    assert done.returncode == 0, done.stderr
    waiting, pending, worked = _documents(done.stdout)
    assert (waiting["status"], waiting["pending_reason"]) == ("applied_pending", "The power cycle at lunch")
    assert waiting["id"] in [fix["id"] for fix in pending["results"]]
    assert (worked["id"], worked["status"]) == (waiting["id"], "applied_success")


def _documents(text: str) -> list[dict]:
    """The JSON documents that curl wrote one after the other."""
    decoder, found, position = json.JSONDecoder(), [], 0
    while position < len(text.rstrip()):
        document, position = decoder.raw_decode(text, position)
        found.append(document)
        position += len(text[position:]) - len(text[position:].lstrip())
    return found
