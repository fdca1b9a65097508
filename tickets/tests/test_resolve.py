"""Resolve: the outcome of the fix, the note and the session's status are one act (docs/texts.md)."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from accounts.models import Account, User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, InvalidInput, Stale
from fixes.models import FixEvent
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.fake_model import FakeModel
from tickets import drafts
from tickets.models import Draft, Kind, Language, PostedText
from tickets.previews import preview_of
from tickets.refusals import AlreadyClosed, FixNeedsOutcome, KeepsUnverifiedWords
from tickets.tests.closing import assert_nothing_posted, by, escalate, resolve, says
from tickets.tests.model_texts import ask, make_session, written
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown

NOTES_OF = {Status.PARTIAL: "One of three works.", Status.PENDING: "The reboot after lunch."}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def state(session: AISession) -> tuple[str, str | None]:
    session.refresh_from_db()
    return session.status, session.resolution_kind


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Status.SUCCESS, "verified"),
        (Status.PENDING, "provisional"),
        (Status.PARTIAL, "without_fix"),
        (Status.FAILED, "without_fix"),
        (Status.DISMISSED, "without_fix"),
    ],
)
@pytest.mark.parametrize("before", [Status.PROPOSED, Status.PARTIAL, Status.PENDING])
class TestOnAnOpenFix:
    def test_the_kind_follows_from_the_outcome(
        self, session: AISession, engineer: User, before: Status, outcome: Status, kind: str
    ) -> None:
        fix = make_fix(session, before)
        resolve(session.pk, says(outcome, notes=NOTES_OF.get(outcome)), by(engineer))
        assert state(session) == ("resolved", kind)
        fix.refresh_from_db()
        assert fix.status == outcome

    def test_all_of_it_is_one_act(
        self, session: AISession, engineer: User, before: Status, outcome: Status, kind: str
    ) -> None:
        fix = make_fix(session, before)
        session.refresh_from_db()
        version = session.state_version
        text = resolve(session.pk, says(outcome, notes=NOTES_OF.get(outcome)), by(engineer))
        session.refresh_from_db()
        event = last_event(fix)
        assert session.state_version == text.state_version == event.state_version == version + 1
        assert (event.source, event.actor, event.at) == (Source.RESOLVE, engineer, NOON)


def test_the_note_is_posted_and_kept_in_the_session(session: AISession, engineer: User) -> None:
    make_fix(session, Status.SUCCESS)
    text = resolve(session.pk, says(root_cause="A stale token."), by(engineer))
    session.refresh_from_db()
    assert (text.kind, text.posted_by, text.posted_at, text.adds_to) == (Kind.NOTE, engineer, NOON, None)
    assert (text.writer, text.language, text.my_words) == ("built-in", "en", [])
    assert (session.resolution_note, session.resolution_note_posted_at) == (text.markdown, NOON)
    assert session.root_cause == "A stale token."
    assert "A stale token." in text.markdown
    assert text.sentences
    assert session.escalation_package is None


def test_a_note_about_a_waiting_fix_is_provisional(session: AISession, engineer: User) -> None:
    make_fix(session, Status.PENDING)
    assert resolve(session.pk, says(Status.PENDING), by(engineer)).is_provisional


def test_the_accounts_language_is_the_notes(session: AISession, engineer: User) -> None:
    Account.objects.filter(pk=session.account_id).update(language="de")
    assert resolve(session.pk, says(), by(engineer)).language == "de"


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
def test_a_closed_fix_needs_no_answer(session: AISession, engineer: User, status: Status) -> None:
    fix = make_fix(session, status)
    resolve(session.pk, says(), by(engineer))
    assert last_event(fix).source == Source.BANNER
    assert state(session) == ("resolved", "verified" if status == Status.SUCCESS else "without_fix")


def test_a_session_with_nothing_in_it_is_resolved_without_a_fix(session: AISession, engineer: User) -> None:
    resolve(session.pk, says(), by(engineer))
    assert state(session) == ("resolved", "without_fix")


def test_a_paused_session_is_resolved_too(session: AISession, engineer: User) -> None:
    acts.edit(session.pk, {"status": "paused"})
    resolve(session.pk, says(), by(engineer))
    assert state(session) == ("resolved", "without_fix")


def test_a_replaced_fix_that_waits_does_not_hold_the_session(session: AISession, engineer: User) -> None:
    make_fix(session, Status.PENDING)
    current = make_fix(session, Status.SUCCESS, title="Restart the spooler")
    text = resolve(session.pk, says(), by(engineer))
    assert state(session) == ("resolved", "verified")
    assert last_event(current).source == Source.BANNER
    assert text.is_provisional


class TestAWaitingFix:
    def test_stays_as_it_is_without_notes(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        before = last_event(fix).pk
        resolve(session.pk, says(Status.PENDING), by(engineer))
        assert last_event(fix).pk == before
        fix.refresh_from_db()
        assert fix.pending_reason == NOTES[Status.PENDING]

    def test_keeps_its_reason_when_only_the_check_by_moves(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        resolve(session.pk, says(Status.PENDING, follow_up_at=NOON + timedelta(hours=2)), by(engineer))
        fix.refresh_from_db()
        assert (fix.pending_reason, fix.follow_up_at) == (NOTES[Status.PENDING], NOON + timedelta(hours=2))

    def test_takes_another_reason(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        resolve(session.pk, says(Status.PENDING, notes="Tomorrow’s sync."), by(engineer))
        fix.refresh_from_db()
        assert fix.pending_reason == "Tomorrow’s sync."


@pytest.mark.parametrize(("applied", "details"), [(True, True), (False, None)])
def test_never_applied_dismisses_the_fix_and_says_if_it_had_been_marked(
    session: AISession, engineer: User, applied: bool, details: bool | None
) -> None:
    fix = make_fix(session, applied=applied)
    resolve(session.pk, says(Status.DISMISSED), by(engineer))
    fix.refresh_from_db()
    assert fix.status == Status.DISMISSED
    assert last_event(fix).details.get("never_applied") is details


class TestRefused:
    @pytest.mark.parametrize(
        ("status", "applied", "default"),
        [
            (Status.PROPOSED, False, "dismissed"),
            (Status.PROPOSED, True, "applied_success"),
            (Status.PARTIAL, True, "applied_partial"),
            (Status.PENDING, True, "applied_pending"),
        ],
    )
    def test_an_open_fix_needs_an_answer(
        self, session: AISession, engineer: User, status: Status, applied: bool, default: str
    ) -> None:
        make_fix(session, status, applied=applied)
        with assert_nothing_posted(), pytest.raises(FixNeedsOutcome) as refused:
            resolve(session.pk, says(), by(engineer))
        choices = [(each.outcome.value, each.label) for each in refused.value.choices]
        assert choices == [
            ("applied_success", "It worked"),
            ("applied_pending", "Provisional: still awaiting"),
            ("applied_failed", "Didn’t help"),
            ("applied_partial", "Partly"),
            ("dismissed", "Never applied"),
        ]
        assert [each.outcome.value for each in refused.value.choices if each.is_default] == [default]

    @pytest.mark.parametrize("outcome", [Status.PARTIAL, Status.PENDING])
    def test_an_outcome_without_the_notes_that_it_needs(
        self, session: AISession, engineer: User, outcome: Status
    ) -> None:
        make_fix(session, applied=True)
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(outcome), by(engineer))
        assert list(refused.value.errors) == ["notes"]

    def test_an_outcome_on_a_fix_that_is_closed(self, session: AISession, engineer: User) -> None:
        make_fix(session, Status.FAILED)
        with assert_nothing_posted(), pytest.raises(IllegalTransition):
            resolve(session.pk, says(Status.SUCCESS), by(engineer))

    @pytest.mark.parametrize("field", ["notes", "follow_up_at"])
    def test_what_belongs_to_an_outcome_without_one(self, session: AISession, engineer: User, field: str) -> None:
        make_fix(session, Status.SUCCESS)
        value = "Why." if field == "notes" else NOON + timedelta(hours=1)
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(**{field: value}), by(engineer))
        assert list(refused.value.errors) == [field]

    @pytest.mark.parametrize("has_fix", [True, False])
    def test_what_is_no_outcome(self, session: AISession, engineer: User, has_fix: bool) -> None:
        if has_fix:
            make_fix(session)
        outcome = Status.PROPOSED if has_fix else Status.SUCCESS
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(outcome), by(engineer))
        assert list(refused.value.errors) == ["fix_outcome"]

    def test_a_check_by_that_has_passed(self, session: AISession, engineer: User) -> None:
        make_fix(session, Status.PENDING)
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(Status.PENDING, follow_up_at=NOON - timedelta(hours=1)), by(engineer))
        assert list(refused.value.errors) == ["follow_up_at"]

    @pytest.mark.parametrize("text", ["", " \n\u200b", "x" * 60_001])
    def test_a_text_that_is_empty_or_too_long(self, session: AISession, engineer: User, text: str) -> None:
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(text=text), by(engineer))
        assert list(refused.value.errors) == ["text"]

    def test_a_text_without_its_sections_names_them(self, session: AISession, engineer: User) -> None:
        text = "## Problem\n\nNo.\n\n## What we confirmed\n\nNothing.\n\nRoot cause: none."
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(text=text, my_words=True), by(engineer))
        assert refused.value.errors["text"].startswith(
            "This text lacks the sections “Root cause” and “Resolution”. Nothing was posted."
        )

    def test_a_session_that_changed_since(self, session: AISession, engineer: User) -> None:
        acts.post(session.pk, Author.ENGINEER, "It came back.", user=engineer)
        with assert_nothing_posted(), pytest.raises(Stale):
            resolve(session.pk, says(), by(engineer), version=0)

    @pytest.mark.parametrize("version", [None, 0])
    def test_a_resolved_session_says_who_was_first_and_when(
        self, session: AISession, engineer: User, version: int | None
    ) -> None:
        resolve(session.pk, says(), by(engineer))
        other = UserFactory.create(account=engineer.account)
        for act in (resolve, escalate):
            with assert_nothing_posted(), pytest.raises(AlreadyClosed) as refused:
                act(session.pk, says(), by(other), version=version)
            assert (refused.value.who, refused.value.when) == (engineer, NOON)
            assert refused.value.code == "session_closed"
            assert str(refused.value) == "Maya resolved this session (12:00). Nothing was recorded."

    def test_an_abandoned_session_says_who_left_it(self, session: AISession, engineer: User) -> None:
        acts.edit(session.pk, {"status": "abandoned"}, user=engineer)
        with assert_nothing_posted(), pytest.raises(AlreadyClosed) as refused:
            resolve(session.pk, says(), by(engineer))
        assert (refused.value.who, refused.value.when) == (engineer, NOON)

    def test_a_session_that_an_import_resolved_says_that_it_is(self, session: AISession, engineer: User) -> None:
        AISession.objects.filter(pk=session.pk).update(status="resolved", resolution_kind="verified")
        with pytest.raises(AlreadyClosed) as refused:
            resolve(session.pk, says(), by(engineer))
        assert str(refused.value) == "This session is resolved already. Nothing was recorded."


class TestAnEditedText:
    def test_is_posted_as_it_was_written(self, session: AISession, engineer: User) -> None:
        text = NOTE.replace("Nothing", "Nothing at all")
        posted = resolve(session.pk, says(text=text), by(engineer))
        session.refresh_from_db()
        assert (posted.markdown, posted.writer) == (text, "")
        assert session.resolution_note == text

    def test_that_claims_more_is_refused_and_nothing_is_recorded(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        text = NOTE.replace("## Resolution\n\nNo.", "## Resolution\n\nThe problem is fixed. See SRV-99.")
        with assert_nothing_posted(), pytest.raises(KeepsUnverifiedWords) as refused:
            resolve(session.pk, says(Status.PENDING, notes="Tomorrow’s sync.", text=text), by(engineer))
        found = [(each.sentence, each.excerpt) for each in refused.value.warnings]
        assert ("The problem is fixed.", "fixed") in found
        fix.refresh_from_db()
        assert fix.pending_reason == NOTES[Status.PENDING]

    def test_that_claims_more_is_kept_as_ones_own_words(self, session: AISession, engineer: User) -> None:
        make_fix(session, Status.PENDING)
        text = NOTE.replace("## Resolution\n\nNo.", "## Resolution\n\nThe problem is fixed.")
        posted = resolve(session.pk, says(Status.PENDING, text=text, my_words=True), by(engineer))
        assert (posted.markdown, posted.writer, posted.is_provisional) == (text, "", True)
        assert "The problem is fixed." in [each["sentence"] for each in posted.my_words]
        assert all(each["reason"] for each in posted.my_words)
        assert state(session) == ("resolved", "provisional")

    def test_is_checked_against_what_is_recorded_with_it(self, session: AISession, engineer: User) -> None:
        make_fix(session, applied=True)
        text = resolve_text(session, Status.SUCCESS)
        assert resolve(session.pk, says(Status.SUCCESS, text=text + "\n\nThank you."), by(engineer)).my_words == []

    def test_ends_the_draft_that_it_was(self, session: AISession, engineer: User) -> None:
        draft = draft_of(session, engineer, NOTE)
        resolve(session.pk, says(text=NOTE), by(engineer))
        assert not Draft.objects.filter(pk=draft.pk).exists()

    def test_of_a_script_leaves_what_somebody_else_is_writing(self, session: AISession, engineer: User) -> None:
        colleague = UserFactory.create(account=engineer.account)
        draft = draft_of(session, colleague, NOTE.replace("Nothing", "Something"))
        resolve(session.pk, says(text=NOTE), by(engineer))
        assert Draft.objects.get() == draft

    def test_that_does_not_differ_was_written_by_the_built_in_one(self, session: AISession, engineer: User) -> None:
        written = resolve(session.pk, says(), by(engineer))
        acts.reopen(session.pk, "Once more.", user=engineer)
        posted = resolve(session.pk, says(text=written.markdown), by(engineer))
        assert (posted.writer, posted.markdown) == ("built-in", written.markdown)


def draft_of(session: AISession, user: User, text: str) -> Draft:
    begun = drafts.Begun(text, session.state_version)
    language = Language.ENGLISH
    return drafts.save(session, Kind.NOTE, text, user=user, language=language, begun=begun, version=0)


def resolve_text(session: AISession, outcome: Status) -> str:
    """Return the note as it would be posted with this outcome."""
    session.refresh_from_db()
    inputs = says(outcome).inputs
    preview, _ = preview_of(session, Kind.NOTE, user=session.owner, inputs=inputs)
    return as_markdown(Document.from_json(preview.document)).strip()


NOTE = "## Problem\n\nNothing.\n\n## What we confirmed\n\nNo.\n\n## Root cause\n\nNo.\n\n## Resolution\n\nNo."


def test_a_form_that_is_sent_twice_posts_once(session: AISession, engineer: User) -> None:
    key = uuid.uuid4()
    first = resolve(session.pk, says(), by(engineer), version=0, form_key=key)
    assert resolve(session.pk, says(), by(engineer), version=0, form_key=key) == first
    assert PostedText.objects.count() == 1


def test_a_reopened_session_is_resolved_again_with_a_second_note(session: AISession, engineer: User) -> None:
    make_fix(session, Status.SUCCESS)
    first = resolve(session.pk, says(), by(engineer))
    acts.reopen(session.pk, "It came back.", user=engineer)
    second = resolve(session.pk, says(), by(engineer))
    assert list(PostedText.objects.order_by("state_version")) == [first, second]
    assert FixEvent.objects.filter(session=session, source=Source.RESOLVE).count() == 0


def test_of_another_account_there_is_none(session: AISession) -> None:
    stranger = UserFactory.create()
    with pytest.raises(AISession.DoesNotExist):
        resolve(session.pk, says(), by(stranger), sessions=AISession.objects.visible_to(stranger))


def test_reopening_the_fix_makes_the_session_follow(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    resolve(session.pk, says(Status.SUCCESS), by(engineer))
    lifecycle.reopen(fix.pk, by(engineer), reason="It came back.")
    assert state(session) == ("resolved", "provisional")


@pytest.mark.django_db
class TestTheTextOfAModel:
    def test_is_posted_with_what_it_phrased(self, fake: FakeModel) -> None:
        preview = written(make_session())
        session, user = preview.session, preview.session.owner
        posted = resolve(session.pk, says(writer=preview.writer), by(user), version=preview.state_version)
        assert posted.writer == "text-good"

    def test_that_is_not_finished_is_not_posted(self, fake: FakeModel) -> None:
        preview = ask(make_session())
        session = preview.session
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(writer=preview.writer), by(session.owner))
        assert list(refused.value.errors) == ["writer"]

    def test_about_another_outcome_is_not_posted(self, fake: FakeModel) -> None:
        session = make_session()
        make_fix(session, applied=True)
        session.refresh_from_db()
        preview = written(session, inputs=says(Status.SUCCESS).inputs)
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            resolve(session.pk, says(Status.FAILED, writer=preview.writer), by(session.owner))
        assert list(refused.value.errors) == ["writer"]
        assert resolve(session.pk, says(Status.SUCCESS, writer=preview.writer), by(session.owner)).writer == "text-good"
