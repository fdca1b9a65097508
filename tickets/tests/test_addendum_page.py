"""The addendum that an outcome offers: in the banner, in the lane, and on its own page."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Role
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.tests.pages import record
from fixes.transitions import Source, Status
from sessions.models import AISession
from tests.markup import by_id, find, read, text
from tickets.models import Kind, PostedText
from tickets.tests.closing import assert_nothing_posted, by, resolve, says
from tickets.tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    """A fix that was awaited when its session was resolved, and that turned out to work."""
    fix = make_fix(session, Status.PENDING)
    resolve(session.pk, says(Status.PENDING), by(session.owner))
    return lifecycle.record(fix.pk, Status.SUCCESS, By(session.owner, Source.BANNER), notes="AzureAdPrt is YES.")


def page_of(client: Client, fix: SuggestedFix) -> str:
    return words(client.get(f"/sessions/{fix.session_id}/"))


def address(fix: SuggestedFix, part: str = "") -> str:
    return f"/sessions/{fix.session_id}/addendum/{part}"


def version_of(fix: SuggestedFix) -> int:
    return AISession.objects.get(pk=fix.session_id).state_version


def posted(fix: SuggestedFix, **more: object) -> dict[str, object]:
    """Return what the banner's form sends."""
    return {"version": version_of(fix), "form_key": str(uuid4()), **more}


def again(fix: SuggestedFix) -> None:
    """Record that it didn't work after all."""
    lifecycle.reopen(fix.pk, By(fix.session.owner, Source.BANNER), reason="She is asked again.")
    lifecycle.record(fix.pk, Status.FAILED, By(fix.session.owner, Source.BANNER), notes="And again at 15:00.")


class TestTheOffer:
    def test_is_in_the_banner_and_in_the_lane(self, browser_client: Client, fix: SuggestedFix) -> None:
        tree = read(browser_client.get(f"/sessions/{fix.session_id}/"))
        banner = text(by_id(tree, "fix-banner"))
        assert "The resolution note still says provisional. Add this below it?" in banner
        assert "AzureAdPrt is YES" in banner
        assert "offered, not posted" in text(by_id(tree, "texts"))

    def test_comes_with_the_outcome(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        resolve(session.pk, says(Status.PENDING), by(session.owner))
        answer = record(browser_client, fix, "applied_success", notes="It is YES.")
        assert answer.status_code == 200
        assert "Post addendum" in words(answer)
        assert "offered, not posted" in words(answer)

    def test_is_not_there_before_an_outcome(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        resolve(session.pk, says(Status.PENDING), by(session.owner))
        assert "Post addendum" not in page_of(browser_client, fix)
        assert "offered" not in text(by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "texts"))

    def test_is_not_for_viewers(self, fix: SuggestedFix) -> None:
        viewer = Client()
        let_in(viewer, UserFactory.create(account=fix.session.account, role=Role.VIEWER))
        assert "Post addendum" not in page_of(viewer, fix)
        assert "offered" not in text(by_id(read(viewer.get(f"/sessions/{fix.session_id}/")), "texts"))


class TestPosting:
    def test_from_the_banner_takes_one_press(self, browser_client: Client, fix: SuggestedFix) -> None:
        answer = browser_client.post(address(fix), posted(fix))
        addendum = PostedText.objects.get(kind=Kind.ADDENDUM)
        assert answer.status_code == 303
        assert answer["Location"] == f"/sessions/{fix.session_id}/#text-{addendum.pk}"
        assert "AzureAdPrt is YES" in addendum.markdown
        page = page_of(browser_client, fix)
        assert "Post addendum" not in page
        assert "added to the <b>resolution note</b>" in page

    def test_of_an_edited_text(self, browser_client: Client, fix: SuggestedFix) -> None:
        tree = read(browser_client.get(address(fix)))
        field = by_id(tree, "words")
        typed = (field.text or "").strip() + " Thank you."
        sent = posted(fix, text=typed, my_words="yes")
        assert browser_client.post(address(fix), sent).status_code == 303
        assert PostedText.objects.get(kind=Kind.ADDENDUM).markdown == typed

    def test_from_an_old_page_is_refused_and_shows_what_would_be_added_now(
        self, browser_client: Client, fix: SuggestedFix
    ) -> None:
        sent = posted(fix, text="Mine.")
        again(fix)
        with assert_nothing_posted():
            answer = browser_client.post(address(fix), sent)
        assert answer.status_code == 409
        assert "What you typed is still here." in words(answer)
        assert text(by_id(read(answer), "words")).strip() == "Mine."

    def test_of_an_empty_text_is_refused_beside_the_field(self, browser_client: Client, fix: SuggestedFix) -> None:
        with assert_nothing_posted():
            answer = browser_client.post(address(fix), posted(fix, text=" "))
        assert answer.status_code == 422
        assert by_id(read(answer), "words").get("aria-invalid") == "true"

    @pytest.mark.parametrize(
        "junk", [{"version": ""}, {"version": "x"}, {"version": "9" * 20}, {"version": "-1"}, {"form_key": ""}]
    )
    def test_without_version_or_key_is_refused_in_words(
        self, browser_client: Client, fix: SuggestedFix, junk: dict[str, str]
    ) -> None:
        with assert_nothing_posted():
            answer = browser_client.post(address(fix), posted(fix, text="Mine.") | junk)
        assert answer.status_code == 400
        assert "Not posted: the form was incomplete." in words(answer)
        assert text(by_id(read(answer), "words")).strip() == "Mine."

    def test_of_words_beyond_the_record_has_the_focus_on_them(self, browser_client: Client, fix: SuggestedFix) -> None:
        with assert_nothing_posted():
            answer = browser_client.post(address(fix), posted(fix, text="This is on all 14 PCs."))
        assert answer.status_code == 409
        tree = read(answer)
        assert text(by_id(tree, "alert")).strip().startswith("Not posted: 1 claim goes beyond the record.")
        assert by_id(tree, "warned").get("autofocus") == ""
        assert text(find(tree, ".//title")).startswith("Not posted · Addendum")

    def test_of_nothing_says_so(self, browser_client: Client, session: AISession) -> None:
        answer = browser_client.get(f"/sessions/{session.pk}/addendum/")
        assert answer.status_code == 200
        assert "Nothing to add" in words(answer)


class TestNotNow:
    def test_leaves_the_offer_in_the_lane(self, browser_client: Client, fix: SuggestedFix) -> None:
        answer = browser_client.post(address(fix, "not-now/"))
        assert answer.status_code == 303
        tree = read(browser_client.get(f"/sessions/{fix.session_id}/"))
        assert "Post addendum" not in text(by_id(tree, "fix-banner"))
        *_, link = by_id(tree, "texts").iter("a")
        assert (text(link), link.get("href")) == ("Addendum", address(fix))

    def test_ends_with_the_next_outcome(self, browser_client: Client, fix: SuggestedFix) -> None:
        browser_client.post(address(fix, "not-now/"))
        again(fix)
        assert "Post addendum" in page_of(browser_client, fix)


class TestNextSteps:
    """What the banner leads to after an outcome."""

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (Status.SUCCESS, ["Resolve…"]),
            (Status.FAILED, ["Escalate…"]),
            (Status.DISMISSED, ["Resolve…", "Escalate…"]),
            (Status.PENDING, []),
        ],
    )
    def test_follow_from_it(
        self, browser_client: Client, session: AISession, status: Status, expected: list[str]
    ) -> None:
        make_fix(session, status)
        banner = by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "fix-banner")
        links = [text(each).strip() for each in banner.iter("a")]
        assert [label for label in links if label in {"Resolve…", "Escalate…"}] == expected

    def test_are_there_at_once(self, browser_client: Client, session: AISession) -> None:
        answer = record(browser_client, make_fix(session, applied=True), "applied_success")
        assert find(by_id(read(answer), "fix-banner"), f".//a[@href='/sessions/{session.pk}/resolve/']") is not None

    def test_are_none_once_the_session_is_closed(self, browser_client: Client, fix: SuggestedFix) -> None:
        banner = by_id(read(browser_client.get(f"/sessions/{fix.session_id}/")), "fix-banner")
        assert "Resolve…" not in text(banner)
