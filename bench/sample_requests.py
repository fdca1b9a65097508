"""An account with a given number of rows, and the requests whose SQL statements are counted in it."""

from itertools import cycle
from typing import Any

from django.test import Client

from accounts.models import ApiToken
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot.tests.answers import answered, claimed
from sessions.models import Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory

MESSAGES = 30


class SampleAccount:
    """Its banner is that of a proposed fix, which needs most queries: it also shows how the same fix did before."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.engineer = UserFactory.create()
        self.session = SessionFactory.create(owner=self.engineer)
        for number in range(MESSAGES):
            author = Author.ENGINEER if number % 2 else Author.ASSISTANT
            acts.post(self.session.pk, author, f"Message **{number}**", user=self.engineer)
        for _ in range(min(rows, 20)):
            self.fix = make_fix(self.session, ai_drafted_script="Clear-Cache")
        for _ in range(rows):
            self.waiting = make_fix(SessionFactory.create(owner=self.engineer), Status.PENDING)
            self.answered = make_fix(SessionFactory.create(owner=self.engineer), Status.SUCCESS)
        self.answering = SessionFactory.create(owner=self.engineer)
        for _ in range(min(rows, 20)):
            answered(self.answering)
        self.answer = claimed(self.answering)
        self.outcomes = cycle(["applied_pending", "applied_partial"])
        self.browser = Client()
        let_in(self.browser, self.engineer)
        self.token, secret = ApiToken.objects.issue(self.engineer, "bench")
        self.api = Client(headers={"Authorization": f"Bearer {secret}"})

    def forget_last_use(self) -> None:
        """Make the next call note the token's use, which costs one more statement, once a minute."""
        ApiToken.objects.filter(pk=self.token.pk).update(last_used_at=None)

    def record_outcome(self) -> Any:
        path = f"/api/v1/ai-sessions/{self.waiting.session_id}/suggested-fixes/{self.waiting.pk}/outcome"
        body = {"outcome": next(self.outcomes), "notes": "Seen."}
        return self.api.patch(path, body, content_type="application/json")

    def banner(self) -> Any:
        return self.browser.get(
            f"/sessions/{self.session.pk}/fixes/{self.fix.pk}/banner", headers={"HX-Request": "true"}
        )

    def page(self) -> Any:
        return self.browser.get(f"/sessions/{self.session.pk}/")

    def page_with_open_answer(self) -> Any:
        return self.browser.get(f"/sessions/{self.answering.pk}/")

    def poll(self) -> Any:
        """Ask what is written so far; nothing else has happened."""
        self.answering.refresh_from_db()
        query = {"known": f"{self.answer.pk}.writing", "shown": f"{self.answering.state_version}-1"}
        return self.browser.get(f"/sessions/{self.answering.pk}/answering", query, headers={"HX-Request": "true"})

    def preview(self) -> Any:
        """Ask for the note as if the fix had worked; after the first time it comes from the cache."""
        path = f"/api/v1/ai-sessions/{self.session.pk}/resolution-note/preview"
        return self.api.post(path, {"fix_outcome": "applied_success"}, content_type="application/json")

    def list(self) -> Any:
        return self.browser.get("/sessions/")

    def pending(self) -> Any:
        return self.api.get("/api/v1/pending-fixes")

    def board(self) -> Any:
        return self.browser.get("/pending/")

    def board_with_open_row(self) -> Any:
        """Open a row with an outcome, whose notes are shown in its history."""
        return self.browser.get(f"/pending/?answer={self.answered.pk}")

    def counts(self) -> Any:
        return self.browser.get("/pending/counts")
