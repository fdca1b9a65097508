"""A note or package edited before it is posted, over HTTP: the draft on the server, and what the check says of it."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions import facts
from sessions.models import AISession
from tests.markup import by_id, find, read, text
from tickets import drafts
from tickets.models import Draft, Kind, Language, PostedText
from tickets.tests.closing import assert_nothing_posted, by, resolve, says
from tickets.tests.pages import HTMX, address, fields_of, form_of, opened, send, words

pytestmark = pytest.mark.django_db

CLAIM = "And the problem is resolved on all 14 PCs."


@pytest.fixture
def waiting(session: AISession) -> AISession:
    make_fix(session, Status.PENDING)
    session.refresh_from_db()
    return session


@pytest.fixture
def jonas(session: AISession) -> User:
    return UserFactory.create(account=session.account, display_name="Jonas Brandt")


def editing(client: Client, session: AISession) -> dict[str, str]:
    return form_of(client, session, query="?edit=1")


def changed(client: Client, session: AISession, more: str = "Thank you for your patience.") -> dict[str, str]:
    sent = editing(client, session)
    return sent | {"text": f"{sent['text'].rstrip()}\n\n{more}\n"}


def saved(client: Client, session: AISession, sent: dict[str, str], status: int = 200) -> str:
    answer = send(client, session, sent, part="draft/", headers=HTMX)
    assert answer.status_code == status
    return words(answer)


def fields_of_part(answer: HttpResponse) -> dict[str, str]:
    """Return what the fields of a fragment hold."""
    return {str(each.get("name")): (each.text or "") for each in read(answer).iter("textarea")}


class TestTheDraft:
    def test_begins_as_the_text_that_was_written_and_is_none_until_it_is_changed(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        sent = editing(browser_client, waiting)
        assert sent["text"].startswith("## Problem")
        saved(browser_client, waiting, sent)
        assert not Draft.objects.exists()

    def test_follows_the_form_until_it_is_changed(self, browser_client: Client, waiting: AISession) -> None:
        sent = editing(browser_client, waiting) | {"root_cause": "The broker was not registered."}
        answer = send(browser_client, waiting, sent, part="draft/", headers=HTMX)
        assert answer["HX-Retarget"] == "#text"
        assert "The broker was not registered." in fields_of_part(answer)["text"]
        assert not Draft.objects.exists()
        assert send(browser_client, waiting, sent).status_code == 303
        posted = PostedText.objects.get()
        assert "The broker was not registered." in posted.markdown
        assert posted.writer == "built-in"

    def test_is_kept_for_every_browser(self, browser_client: Client, waiting: AISession, jonas: User) -> None:
        sent = changed(browser_client, waiting)
        assert re.search("<span>Saved <time[^>]*>just now", saved(browser_client, waiting, sent))
        other = Client()
        let_in(other, jonas)
        assert editing(other, waiting)["text"].strip() == sent["text"].strip()
        assert f"by <bdi>{waiting.owner}</bdi>" in words(opened(other, waiting, query="?edit=1"))

    def test_is_saved_without_javascript(self, browser_client: Client, waiting: AISession) -> None:
        sent = changed(browser_client, waiting)
        answer = send(browser_client, waiting, sent, part="draft/")
        assert answer.status_code == 200
        assert fields_of(read(answer))["draft_version"] == "1"
        assert Draft.objects.get().markdown == sent["text"].strip("\n") + "\n"

    def test_is_told_of_where_the_text_is_shown_as_it_was_written(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        saved(browser_client, waiting, changed(browser_client, waiting))
        assert "There is an edited text" in words(opened(browser_client, waiting))

    def test_of_somebody_else_is_not_overwritten_unsaid(
        self, browser_client: Client, waiting: AISession, jonas: User
    ) -> None:
        mine = changed(browser_client, waiting, "Mine.")
        begun = drafts.Begun("x", waiting.state_version)
        drafts.save(
            waiting, Kind.NOTE, "## Problem\n\nTheirs.", user=jonas, language=Language.ENGLISH, begun=begun, version=0
        )
        said = saved(browser_client, waiting, mine, status=409)
        assert "Jonas Brandt</bdi> saved another text" in said
        assert Draft.objects.get().markdown == "## Problem\n\nTheirs."
        saved(browser_client, waiting, mine | {"over": "1"})
        assert Draft.objects.get().markdown.strip().endswith("Mine.")

    def test_of_somebody_else_is_told_of_after_a_refused_post_too(
        self, browser_client: Client, waiting: AISession, jonas: User
    ) -> None:
        mine = changed(browser_client, waiting, CLAIM)
        begun = drafts.Begun("x", waiting.state_version)
        drafts.save(
            waiting, Kind.NOTE, "## Problem\n\nTheirs.", user=jonas, language=Language.ENGLISH, begun=begun, version=0
        )
        answer = send(browser_client, waiting, mine)
        assert answer.status_code == 409
        said = words(answer)
        assert "Jonas Brandt</bdi> saved another text" in said
        assert "Save mine anyway" in said
        assert "Discard my text" not in said
        assert CLAIM in fields_of(read(answer))["text"]
        assert Draft.objects.get().markdown == "## Problem\n\nTheirs."

    def test_is_saved_when_a_post_is_refused(self, browser_client: Client, waiting: AISession) -> None:
        answer = send(browser_client, waiting, changed(browser_client, waiting, CLAIM))
        assert answer.status_code == 409
        assert CLAIM in Draft.objects.get().markdown
        assert "Discard my text" in words(answer)

    def test_begun_before_a_change_is_out_of_date_however_late_it_is_saved(
        self, browser_client: Client, waiting: AISession, jonas: User
    ) -> None:
        sent = changed(browser_client, waiting)
        facts.add(waiting.pk, "It hums.", "question", user=jonas, sessions=AISession.objects.all())
        saved(browser_client, waiting, sent)
        assert "Out of date." in words(opened(browser_client, waiting, query="?edit=1"))

    def test_is_called_ones_own_words_once_it_is_changed(self, browser_client: Client, waiting: AISession) -> None:
        assert by_id(read(opened(browser_client, waiting, query="?edit=1")), "my-words").get("hidden") == ""
        answer = send(browser_client, waiting, changed(browser_client, waiting), part="draft/", headers=HTMX)
        pill = by_id(read(answer), "my-words")
        assert (pill.get("hidden"), pill.get("hx-swap-oob")) == (None, "true")

    def test_keeps_its_language(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"language": "de", "edit": "1"}
        german = fields_of(read(send(browser_client, waiting, sent, part="preview/")))
        saved(browser_client, waiting, german | {"text": german["text"] + "\nVielen Dank.\n"})
        assert editing(browser_client, waiting)["language"] == "de"

    def test_can_be_discarded(self, browser_client: Client, waiting: AISession) -> None:
        sent = changed(browser_client, waiting)
        saved(browser_client, waiting, sent)
        answer = send(browser_client, waiting, sent, part="draft/discard/")
        assert (answer.status_code, answer["Location"]) == (303, address(waiting))
        assert not Draft.objects.exists()

    def test_can_be_downloaded(self, browser_client: Client, waiting: AISession) -> None:
        sent = changed(browser_client, waiting)
        assert browser_client.get(address(waiting, part="draft.md")).status_code == 404
        saved(browser_client, waiting, sent)
        answer = browser_client.get(address(waiting, part="draft.md"))
        assert answer.content.decode() == Draft.objects.get().markdown

    def test_of_a_session_that_was_closed_meanwhile_is_not_kept(
        self, browser_client: Client, waiting: AISession, jonas: User
    ) -> None:
        sent = changed(browser_client, waiting)
        resolve(waiting.pk, says(Status.PENDING), by(jonas))
        said = saved(browser_client, waiting, sent, status=409)
        assert "Jonas Brandt</bdi> resolved this session" in said
        assert "<html" not in said
        without_script = words(send(browser_client, waiting, sent, part="draft/"))
        assert "Thank you for your patience." in without_script
        assert not Draft.objects.exists()

    def test_says_why_it_was_not_saved_where_it_is_saved_as_one_types(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        said = saved(browser_client, waiting, editing(browser_client, waiting) | {"text": "x" * 60_001}, status=422)
        assert "<b>Not saved on the server.</b> Too long: 60,001 characters (limit 60,000)." in said
        assert "Saved" not in said
        assert "Checked" not in said

    @pytest.mark.parametrize("junk", ["\x00", "x" * 60_001, " \n "])
    def test_that_cannot_be_kept_is_refused_beside_the_field(
        self, browser_client: Client, waiting: AISession, junk: str
    ) -> None:
        answer = send(browser_client, waiting, editing(browser_client, waiting) | {"text": junk}, part="draft/")
        assert answer.status_code == 422
        assert by_id(read(answer), "words").get("aria-invalid") == "true"
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("junk", [{"draft_version": "x"}, {"over": "x"}, {"use": "x"}, {"draft_version": "7"}])
    def test_of_nonsense_breaks_nothing(self, browser_client: Client, waiting: AISession, junk: dict[str, str]) -> None:
        answer = send(browser_client, waiting, changed(browser_client, waiting) | junk, part="draft/", headers=HTMX)
        assert answer.status_code in {200, 409}


class TestTheCheck:
    def test_offers_the_honest_words(self, browser_client: Client, waiting: AISession) -> None:
        said = saved(browser_client, waiting, changed(browser_client, waiting, CLAIM))
        assert "claims go beyond the record." in said
        assert "<b>resolved</b>" in said
        assert "Remove it" in said
        assert "Post anyway: these are my own words" in said

    def test_is_summed_up_when_it_holds_a_post_back(self, browser_client: Client, waiting: AISession) -> None:
        sent = changed(browser_client, waiting, "This is on all 14 PCs.")
        tree = read(send(browser_client, waiting, sent))
        alert = by_id(tree, "alert")
        assert text(alert).strip().startswith("Not posted: 1 claim goes beyond the record.")
        assert alert.get("autofocus") is None
        assert by_id(tree, "warned").get("autofocus") == ""
        assert text(by_id(tree, "warned-title")) == "Not posted: 1 claim goes beyond the record."
        assert text(find(tree, ".//title")).startswith("Not posted · Resolve")

    def test_shows_the_words_as_they_were_written(self, browser_client: Client, waiting: AISession) -> None:
        said = saved(browser_client, waiting, changed(browser_client, waiting, "Problem is history."))
        assert "<b>Problem is history</b>." in said

    def test_replaces_what_it_warned_of(self, browser_client: Client, waiting: AISession) -> None:
        sent = changed(browser_client, waiting, CLAIM)
        tree = read(send(browser_client, waiting, sent, part="draft/"))
        keys = [each.get("value") for each in tree.iter("button") if each.get("name") == "use"]
        while keys:
            sent = fields_of(tree) | {"use": str(keys[0])}
            tree = read(send(browser_client, waiting, sent, part="draft/"))
            rest = [each.get("value") for each in tree.iter("button") if each.get("name") == "use"]
            assert len(rest) < len(keys)
            keys = rest
        assert CLAIM not in fields_of(tree)["text"]
        assert send(browser_client, waiting, fields_of(tree)).status_code == 303

    def test_holds_a_post_back_until_it_is_answered(self, browser_client: Client, waiting: AISession) -> None:
        sent = changed(browser_client, waiting, CLAIM)
        with assert_nothing_posted():
            answer = send(browser_client, waiting, sent)
        assert answer.status_code == 409
        assert CLAIM in fields_of(read(answer))["text"]
        assert send(browser_client, waiting, sent | {"my_words": "yes"}).status_code == 303
        posted = PostedText.objects.get()
        assert CLAIM in posted.markdown
        assert posted.my_words
        assert not Draft.objects.exists()

    def test_is_content_with_a_thank_you(self, browser_client: Client, waiting: AISession) -> None:
        assert send(browser_client, waiting, changed(browser_client, waiting, "Thank you.")).status_code == 303
        assert PostedText.objects.get().markdown.endswith("Thank you.")

    def test_refuses_a_text_without_its_sections(self, browser_client: Client, waiting: AISession) -> None:
        with assert_nothing_posted():
            answer = send(browser_client, waiting, editing(browser_client, waiting) | {"text": "It hums."})
        assert answer.status_code == 422
        assert "lacks the sections" in text(by_id(read(answer), "words-error"))


class TestAnOvertakenDraft:
    @pytest.fixture
    def overtaken(self, browser_client: Client, waiting: AISession, jonas: User) -> dict[str, str]:
        sent = changed(browser_client, waiting)
        saved(browser_client, waiting, sent)
        facts.add(waiting.pk, "It hums.", "question", user=jonas, sessions=AISession.objects.all())
        return sent

    def test_says_so_and_what_changed(
        self, browser_client: Client, waiting: AISession, overtaken: dict[str, str]
    ) -> None:
        page = words(opened(browser_client, waiting, query="?edit=1"))
        assert "Out of date." in page
        assert "Jonas Brandt added a fact at" in page
        assert "<ins>- It hums.</ins>" in page
        assert "Start over from the new note" in page

    def test_is_kept_if_the_person_says_so(
        self, browser_client: Client, waiting: AISession, overtaken: dict[str, str]
    ) -> None:
        sent = editing(browser_client, waiting) | {"accept": "1"}
        assert "Out of date." not in words(send(browser_client, waiting, sent, part="draft/"))
        assert "Out of date." not in words(opened(browser_client, waiting, query="?edit=1"))
        assert "Thank you for your patience." in Draft.objects.get().markdown

    def test_is_not_posted_unread(self, browser_client: Client, waiting: AISession, overtaken: dict[str, str]) -> None:
        with assert_nothing_posted():
            answer = send(browser_client, waiting, overtaken)
        assert answer.status_code == 409
        assert "Thank you for your patience." in fields_of(read(answer))["text"]
        assert send(browser_client, waiting, fields_of(read(answer))).status_code == 303

    def test_by_a_verdict_no_longer_may_say_provisional_things(
        self, browser_client: Client, waiting: AISession, jonas: User, overtaken: dict[str, str]
    ) -> None:
        fix = waiting.suggested_fixes.get()
        lifecycle.record(fix.pk, Status.FAILED, By(jonas, Source.BANNER), notes="She is asked again.")
        page = words(opened(browser_client, waiting, query="?edit=1"))
        assert "recorded “Didn’t work” at" in page
        assert "Did the fix work?" not in page
