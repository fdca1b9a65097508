"""Resolve and escalate in the admin: the same acts and refusals as everywhere; posted texts and handoffs to read."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, last_event
from fixes.tests.admin_pages import admin_of, session_of, signed_in, superuser
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tickets.models import Handoff, PostedText
from tickets.tests.closing import assert_nothing_posted, by, resolve, says
from tickets.tests.factories import make_handoff


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def admin(db: None) -> User:
    return admin_of(display_name="Nora")


@pytest.fixture
def client(admin: User) -> Client:
    return signed_in(admin)


@pytest.fixture
def session(admin: User) -> AISession:
    return session_of(admin, title="Outlook asks")


def url(session: AISession, act: str = "change") -> str:
    return reverse(f"admin:ai_sessions_aisession_{act}", args=[session.pk])


def send(client: Client, session: AISession, act: str, **fields: Any) -> Any:
    fields = {"version": AISession.objects.get(pk=session.pk).state_version, "language": "en", "text": "", **fields}
    return client.post(url(session, act), fields)


def page(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_of_an_open_session_leads_to_both(client: Client, session: AISession) -> None:
    shown = page(client.get(url(session)))
    for act in ("resolve", "escalate"):
        assert f'href="{url(session, act)}"' in shown
        assert client.get(url(session, act)).status_code == 200
    resolve(session.pk, says(), by(session.owner))
    shown = page(client.get(url(session)))
    assert "Resolve…" not in shown
    assert client.get(url(session, "resolve"))["Location"] == url(session)


def test_the_form_shows_the_default_and_the_text_that_follows_from_it(client: Client, session: AISession) -> None:
    make_fix(session, Status.PENDING)
    shown = page(client.get(url(session, "resolve")))
    assert '<option value="applied_pending" selected>Provisional: still awaiting</option>' in shown
    assert "## Resolution (provisional)" in shown


def test_resolving_posts_the_note(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    answer = send(client, session, "resolve", fix_outcome="applied_success", root_cause="A stale token.")
    assert (answer.status_code, answer["Location"]) == (303, url(session))
    session.refresh_from_db()
    assert (session.status, session.resolution_kind, session.root_cause) == ("resolved", "verified", "A stale token.")
    event, text = last_event(fix), PostedText.objects.get()
    assert (event.source, event.actor) == (Source.RESOLVE, admin)
    assert (text.posted_by, text.markdown) == (admin, session.resolution_note)
    assert "Note posted. The session is resolved." in page(client.get(url(session)))


def test_escalating_queues_the_session(client: Client, admin: User, session: AISession) -> None:
    colleague = UserFactory.create(account=admin.account, display_name="Jonas")
    make_fix(session, applied=True)
    at = (NOON + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    fields = {"fix_outcome": "applied_pending", "notes": "The reboot.", "follow_up_at": at, "impact": "Three people."}
    answer = send(client, session, "escalate", **fields, to=str(colleague.pk), question="Can you look?")
    assert answer.status_code == 303
    handoff = Handoff.objects.get()
    assert (handoff.from_user, handoff.target, handoff.question) == (admin, colleague, "Can you look?")
    assert session.suggested_fixes.get().follow_up_at is not None
    assert "Three people." in str(AISession.objects.get(pk=session.pk).escalation_package)


def test_a_superuser_resolves_a_session_of_any_account(session: AISession) -> None:
    assert send(signed_in(superuser()), session, "resolve").status_code == 303
    session.refresh_from_db()
    assert session.status == "resolved"


def test_the_text_is_shown_without_posting_it(client: Client, session: AISession) -> None:
    make_fix(session, applied=True)
    with assert_nothing_posted():
        answer = send(client, session, "resolve", fix_outcome="applied_failed", language="de", show="1")
    assert answer.status_code == 200
    assert "## Lösung" in page(answer)


class TestRefused:
    def test_notes_that_are_needed(self, client: Client, session: AISession) -> None:
        make_fix(session, applied=True)
        with assert_nothing_posted():
            answer = send(client, session, "resolve", fix_outcome="applied_partial", root_cause="Kept as typed.")
        assert answer.status_code == 422
        assert "Say what worked and what didn’t. Nothing has been recorded yet." in page(answer)
        assert "Kept as typed." in page(answer)

    def test_a_text_without_its_sections(self, client: Client, session: AISession) -> None:
        with assert_nothing_posted():
            answer = send(client, session, "resolve", text="Done.", my_words="on")
        assert answer.status_code == 422
        assert "This text lacks the sections" in page(answer)

    def test_a_text_that_claims_more(self, client: Client, session: AISession) -> None:
        make_fix(session, Status.PENDING)
        preview = page(client.get(url(session, "resolve")))
        assert "provisional" in preview
        text = (
            "## Problem\n\nIt.\n\n## What we confirmed\n\nIt.\n\n## Root cause\n\nIt.\n\n## Resolution\n\nIt is fixed."
        )
        with assert_nothing_posted():
            answer = send(client, session, "resolve", fix_outcome="applied_pending", text=text)
        assert answer.status_code == 409
        assert "This text says more than was recorded." in page(answer)
        assert '<span class="said" dir="auto">It is fixed.</span>' in page(answer)
        assert (
            send(client, session, "resolve", fix_outcome="applied_pending", text=text, my_words="on").status_code == 303
        )
        assert PostedText.objects.get().my_words

    def test_a_session_that_changed_since(self, client: Client, admin: User, session: AISession) -> None:
        acts.post(session.pk, Author.ENGINEER, "It came back.", user=admin)
        with assert_nothing_posted():
            answer = send(client, session, "resolve", version=0, root_cause="Kept as typed.")
        assert answer.status_code == 409
        assert "Something happened in this session since. Nothing was recorded." in page(answer)
        assert "Kept as typed." in page(answer)
        assert 'name="version" value="1"' in page(answer)

    def test_a_session_that_somebody_resolved_first(self, client: Client, session: AISession) -> None:
        other = UserFactory.create(account=session.account, display_name="Maya")
        resolve(session.pk, says(), by(other))
        with assert_nothing_posted():
            answer = send(client, session, "escalate", impact="Kept as typed.")
        assert answer.status_code == 409
        assert "Maya resolved this session (12:00). Nothing was recorded." in page(answer)
        assert "Kept as typed." in page(answer)

    def test_an_outcome_that_was_recorded_meanwhile(self, client: Client, admin: User, session: AISession) -> None:
        fix = make_fix(session, applied=True)
        lifecycle.record(fix.pk, Status.FAILED, by(admin))
        with assert_nothing_posted():
            answer = send(client, session, "resolve", version=2, fix_outcome="applied_success")
        assert answer.status_code == 409

    def test_a_form_without_its_version(self, client: Client, session: AISession) -> None:
        with assert_nothing_posted():
            assert send(client, session, "resolve", version="").status_code == 422

    def test_a_target_who_cannot_take_over(self, client: Client, admin: User, session: AISession) -> None:
        viewer = UserFactory.create(account=admin.account, role="viewer")
        for target in (admin, viewer, UserFactory.create()):
            with assert_nothing_posted():
                assert send(client, session, "escalate", to=str(target.pk)).status_code == 422


def test_texts_and_handoffs_can_be_read_and_not_changed(client: Client, session: AISession) -> None:
    handoff = make_handoff(session)
    assert handoff.text is not None
    for name, row in (("handoff", handoff), ("postedtext", handoff.text)):
        listed = reverse(f"admin:tickets_{name}_changelist")
        assert "Outlook asks" in page(client.get(listed))
        assert "Outlook asks" in page(client.get(listed, {"q": "outlook"}))
        assert "Outlook asks" in page(client.get(listed, {"q": str(session.pk)}))
        assert "Outlook asks" not in page(client.get(listed, {"q": "printer"}))
        address = reverse(f"admin:tickets_{name}_change", args=[row.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"kind": "addendum"}).status_code == 403
    assert "The prompt appears every ten minutes." in page(client.get(address))
