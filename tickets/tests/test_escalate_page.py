"""The page that escalates a session, over HTTP."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import people
from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.markup import by_id, find, read, text
from tickets.models import Handoff, PostedText
from tickets.tests.closing import assert_nothing_posted
from tickets.tests.factories import make_handoff
from tickets.tests.pages import HTMX, fields_of, form_of, opened, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas(session: AISession) -> User:
    return UserFactory.create(account=session.account, display_name="Jonas Brandt")


def states(client: Client, session: AISession, sent: dict[str, str] | None = None) -> dict[str, str]:
    """Return what the list of gaps says of each."""
    if sent is None:
        tree = read(opened(client, session, "escalate"))
    else:
        tree = read(send(client, session, sent, "escalate", "preview/"))
    keys = ("tried", "waited_on", "impact", "access")
    return {key: text(by_id(tree, f"gap-state-{key}")).strip() for key in keys}


class TestTheQuestion:
    @pytest.mark.parametrize(
        ("status", "applied", "default"),
        [
            (Status.PENDING, True, "applied_pending"),
            (Status.PROPOSED, True, "applied_failed"),
            (Status.PROPOSED, False, "dismissed"),
            (Status.PARTIAL, True, "applied_partial"),
        ],
    )
    def test_has_the_default_that_claims_least(
        self, browser_client: Client, session: AISession, status: Status, applied: bool, default: str
    ) -> None:
        make_fix(session, status, applied=applied)
        assert form_of(browser_client, session, "escalate").get("fix_outcome") == default


class TestTheGaps:
    def test_say_what_is_missing(self, browser_client: Client, session: AISession) -> None:
        assert states(browser_client, session) == {
            "tried": "missing",
            "waited_on": "nothing",
            "impact": "missing",
            "access": "missing",
        }

    def test_follow_what_is_typed(self, browser_client: Client, session: AISession) -> None:
        make_fix(session, Status.PENDING)
        sent = form_of(browser_client, session, "escalate") | {"impact": "Three can’t sign in."}
        assert states(browser_client, session, sent) == {
            "tried": "1 attempt",
            "waited_on": "no check-by time",
            "impact": "known",
            "access": "missing",
        }

    def test_come_with_the_redrawn_text(self, browser_client: Client, session: AISession) -> None:
        sent = form_of(browser_client, session, "escalate") | {"impact": "Three can’t sign in."}
        answer = words(send(browser_client, session, sent, "escalate", "preview/", headers=HTMX))
        assert 'id="gap-state-impact" data-tone="success" hx-swap-oob="true"' in answer
        assert "Three can’t sign in." in answer

    def test_lead_from_the_package_to_their_fields(self, browser_client: Client, session: AISession) -> None:
        tree = read(opened(browser_client, session, "escalate"))
        package = by_id(tree, "text")
        assert "Not described: the impact, how to get access." in text(package)
        assert by_id(tree, str(find(package, ".//a[@href='#access']").get("href")).lstrip("#")).tag == "textarea"

    def test_name_the_one_that_people_report_most(
        self, browser_client: Client, session: AISession, jonas: User
    ) -> None:
        assert "people report most" not in words(opened(browser_client, session, "escalate"))
        handoff = make_handoff(AISession.objects.create(account=session.account, owner=session.owner, title="x"))
        _rate(handoff, jonas)
        tree = read(opened(browser_client, session, "escalate"))
        assert "The gap people report most." in text(by_id(tree, "access-hint"))


def test_the_first_look_reads_what_happened_once(browser_client: Client, session: AISession) -> None:
    make_fix(session, Status.PENDING)
    with CaptureQueriesContext(connection) as first:
        opened(browser_client, session, "escalate")
    with CaptureQueriesContext(connection) as from_cache:
        opened(browser_client, session, "escalate")
    assert reads_of(first) == reads_of(from_cache) == 1


def reads_of(queries: CaptureQueriesContext) -> int:
    """Return how often the session's messages were read: once for each bundle."""
    return sum(1 for each in queries.captured_queries if 'FROM "session_messages"' in each["sql"])


class TestToWhom:
    def test_are_the_accounts_engineers_and_admins_but_oneself(
        self, browser_client: Client, session: AISession, jonas: User
    ) -> None:
        UserFactory.create(account=session.account, display_name="Vera", role=Role.VIEWER)
        people.deactivate(UserFactory.create(account=session.account, display_name="Gone"))
        UserFactory.create(display_name="Of another account")
        admin = UserFactory.create(account=session.account, display_name="Tomasz Wilk", role=Role.ADMIN)
        options = by_id(read(opened(browser_client, session, "escalate")), "to").iter("option")
        assert [text(each) for each in options] == ["Anyone (first to claim)", str(jonas), str(admin)]

    @pytest.mark.parametrize("who", ["viewer", "oneself", "nobody", "nonsense", "deactivated", "another account"])
    def test_others_are_refused_beside_the_field(self, browser_client: Client, session: AISession, who: str) -> None:
        gone = UserFactory.create(account=session.account)
        people.deactivate(gone)
        to = {
            "viewer": UserFactory.create(account=session.account, role=Role.VIEWER).pk,
            "oneself": session.owner_id,
            "nobody": session.pk,
            "nonsense": "Jonas",
            "deactivated": gone.pk,
            "another account": UserFactory.create().pk,
        }[who]
        sent = form_of(browser_client, session, "escalate") | {"to": str(to), "question": "Why?"}
        with assert_nothing_posted():
            answer = send(browser_client, session, sent, "escalate")
        assert answer.status_code == 422
        tree = read(answer)
        assert by_id(tree, "to").get("aria-invalid") == "true"
        assert text(by_id(tree, "to-error")).strip() != ""
        assert fields_of(tree)["question"] == "Why?"


class TestPosting:
    def test_queues_the_session_with_package_target_and_question(
        self, browser_client: Client, session: AISession, jonas: User
    ) -> None:
        make_fix(session, Status.PENDING)
        sent = form_of(browser_client, session, "escalate") | {
            "to": str(jonas.pk),
            "question": "Can you look at the firewall?",
            "impact": "Three can’t sign in.",
        }
        answer = send(browser_client, session, sent, "escalate")
        assert answer.status_code == 303
        handoff = Handoff.objects.get()
        assert (handoff.target, handoff.question) == (jonas, "Can you look at the firewall?")
        assert "Three can’t sign in." in PostedText.objects.get().markdown
        session.refresh_from_db()
        assert session.status == "escalated"
        said = words(browser_client.get(answer["Location"].split("#")[0]))
        assert "Package posted. You escalated the session to Jonas Brandt." in said

    def test_of_an_untried_fix_records_nothing_more_than_was_said(
        self, browser_client: Client, session: AISession
    ) -> None:
        fix = make_fix(session)
        sent = form_of(browser_client, session, "escalate") | {"fix_outcome": "dismissed"}
        assert send(browser_client, session, sent, "escalate").status_code == 303
        fix.refresh_from_db()
        assert (fix.status, fix.applied_at) == ("dismissed", None)

    def test_twice_by_the_same_form_escalates_once(self, browser_client: Client, session: AISession) -> None:
        sent = form_of(browser_client, session, "escalate")
        assert [send(browser_client, session, sent, "escalate").status_code for _ in range(2)] == [303, 303]
        assert Handoff.objects.count() == 1

    def test_an_escalated_session_explains_itself(self, browser_client: Client, session: AISession) -> None:
        send(browser_client, session, form_of(browser_client, session, "escalate"), "escalate")
        for act in ("resolve", "escalate"):
            page = words(opened(browser_client, session, act))
            assert "Already escalated" in page
            assert "Show the escalation package" in page


def _rate(handoff: Handoff, by: User) -> None:
    handoff.claimed_by, handoff.claimed_at, handoff.state = by, handoff.created_at, "claimed"
    handoff.was_enough, handoff.missing, handoff.rated_at = False, ["access"], handoff.created_at
    handoff.save()
