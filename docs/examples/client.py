"""List the fixes that await verification, or record an outcome: python client.py API TOKEN [FIX OUTCOME [NOTES]]

API is, for example, http://127.0.0.1:8000/api/v1; FIX the id of a waiting fix; OUTCOME, for example, applied_success.
Needs Python 3.11 or newer and nothing else.
"""

import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any, NamedTuple

TRIES = 5
TRY_AGAIN = {429, 502, 503, 504}


class Problem(Exception):
    """A refusal: its HTTP status and the problem document that came with it."""

    def __init__(self, status: int, document: dict[str, Any]) -> None:
        super().__init__(document.get("detail", f"HTTP {status}"))
        self.status, self.document = status, document


class Answer(NamedTuple):
    body: Any
    etag: str | None


class Client:
    def __init__(self, api: str, token: str) -> None:
        self.api = api.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def waiting(self) -> Iterator[dict[str, Any]]:
        """Yield every fix that awaits verification, by check-by time; page after page."""
        url = f"{self.api}/pending-fixes?limit=100"
        while url:
            page = self.call("GET", url).body
            yield from page["results"]
            url = page["next"]

    def record(self, fix: dict[str, Any], outcome: str, notes: str | None = None) -> Answer:
        """Record the outcome of a fix, as long as it waits. Problem 412: someone else was faster."""
        url = f"{self.api}/ai-sessions/{fix['session_id']}/suggested-fixes/{fix['id']}"
        seen = self.call("GET", url)
        if seen.body["status"] != "applied_pending":
            raise Problem(412, {"detail": "This fix no longer waits."})
        return self.call("PATCH", f"{url}/outcome", {"outcome": outcome, "notes": notes}, if_match=seen.etag)

    def call(self, method: str, url: str, body: Any = None, *, if_match: str | None = None) -> Answer:
        """Make one call, and repeat it while the server is busy or away. With its key it is carried out once."""
        headers = self.headers | ({"If-Match": if_match} if if_match else {})
        if method in {"POST", "PATCH"}:
            headers["Idempotency-Key"] = str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers, method=method)
        for tried in range(1, TRIES + 1):
            wait = 2.0**tried
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return Answer(json.load(answer), answer.headers["ETag"])
            except urllib.error.HTTPError as error:
                if error.code not in TRY_AGAIN or tried == TRIES:
                    raise Problem(error.code, json.load(error)) from error
                wait = float(error.headers["Retry-After"] or wait)
            except (OSError, HTTPException):  # no answer: it may or may not have been carried out
                if tried == TRIES:
                    raise
            time.sleep(wait)
        raise AssertionError("unreachable")


def main(api: str, token: str, fix_id: str = "", outcome: str = "", notes: str | None = None) -> None:
    client = Client(api, token)
    for fix in client.waiting():
        if not fix_id:
            print(fix["id"], fix["follow_up_at"] or "no check-by time", fix["title"], sep="\t")
        elif fix["id"] == fix_id:
            print(client.record(fix, outcome, notes).body["status"])
            return
    if fix_id:
        sys.exit(f"{fix_id} doesn’t wait for verification.")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Problem as problem:
        sys.exit(f"Refused ({problem.status}): {problem}")
