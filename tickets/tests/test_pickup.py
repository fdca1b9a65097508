"""The session page of a handoff: the notice while it waits, the package to its claimer, and what they do there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.page_owner import HEADER
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.markup import by_id, find, read, text
from tickets.entries import read_entries
from tickets.models import Handoff, Kind, Language
from tickets.pickup import first_name, sections_of
from tickets.tests.factories import PACKAGE, act, claimed_handoff, make_handoff


@pytest.fixture
def jonas(session: AISession) -> User:
    return UserFactory.create(account=session.account, display_name="Jonas Brandt")


@pytest.fixture
def handoff(session: AISession, jonas: User) -> Handoff:
    """Claimed by Jonas after 15 minutes."""
    waiting = make_handoff(session, at=timezone.now() - timedelta(minutes=15))
    return act("claim", waiting, jonas)


def browser_of(user: User) -> Client:
    client = Client()
    let_in(client, user)
    return client


def page_of(user: User, session: AISession) -> str:
    return " ".join(text(read(browser_of(user).get(f"/sessions/{session.pk}/"))).split())


def has(user: User, session: AISession, element_id: str) -> bool:
    return f'id="{element_id}"' in browser_of(user).get(f"/sessions/{session.pk}/").content.decode()


# While it waits


def test_the_originator_sees_for_whom_and_how_long_it_waits_and_takes_it_back(session: AISession, jonas: User) -> None:
    at = timezone.now() - timedelta(minutes=15)
    handoff = make_handoff(session, target=jonas, at=at)
    maya = browser_of(session.owner)
    page = maya.get(f"/sessions/{session.pk}/")
    said = " ".join(text(by_id(read(page), "escalated")).split())
    assert said.startswith("Escalated to Jonas Brandt. Unclaimed for 15 min, since ")
    assert "; the session is still yours." in said
    answer = maya.post(f"/escalations/{handoff.pk}/take-back", {"place": "session"})
    assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#main")
    assert "Taken back. The session is active again." in text(read(maya.get(f"/sessions/{session.pk}/")))


def test_who_may_claim_does_so_from_the_sessions_page(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session, target=jonas)
    said = " ".join(text(by_id(read(browser_of(jonas).get(f"/sessions/{session.pk}/")), "escalated")).split())
    assert said.startswith("Escalated to you by Maya. Unclaimed for 1 min, since ")
    assert said.endswith("Claim")
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/claim", {"place": "session"})
    assert answer["Location"] == f"/sessions/{session.pk}/#package"


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.VIEWER])
def test_others_see_that_it_waits_without_a_button(session: AISession, jonas: User, role: str) -> None:
    make_handoff(session, target=jonas)
    other = UserFactory.create(account=session.account, role=role)
    notice = by_id(read(browser_of(other).get(f"/sessions/{session.pk}/")), "escalated")
    assert list(notice.iter("button")) == []


def test_of_one_for_somebody_who_left_everybody_gets_the_button(session: AISession, jonas: User) -> None:
    make_handoff(session, target=jonas)
    User.objects.filter(pk=jonas.pk).update(is_active=False)
    tomasz = UserFactory.create(account=session.account)
    notice = by_id(read(browser_of(tomasz).get(f"/sessions/{session.pk}/")), "escalated")
    assert [text(each).strip() for each in notice.iter("button")] == ["Claim"]


def test_a_claim_that_comes_second_is_refused_on_the_sessions_page(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    tomasz = UserFactory.create(account=session.account)
    answer = browser_of(tomasz).post(f"/escalations/{handoff.pk}/claim", {"place": "session"})
    assert answer.status_code == 409
    assert "Jonas Brandt claimed this a moment before you." in text(read(answer))
    assert 'id="thread"' in answer.content.decode()


# The package


def test_the_claimer_sees_question_hypothesis_and_next_steps_and_the_rest_folded(handoff: Handoff, jonas: User) -> None:
    package = by_id(read(browser_of(jonas).get(f"/sessions/{handoff.session_id}/")), "package")
    fold = find(package, ".//details[@class='package-fold']")
    assert [text(each).strip() for each in package.iter("h3")] == [
        *("Current hypothesis", "Suggested next steps"),
        *("Problem", "What we’ve confirmed", "What we’ve tried"),
    ]
    assert "open" not in fold.attrib
    assert text(find(fold, ".//summary")).strip() == "Problem · What we’ve confirmed · What we’ve tried"
    assert "Can you look at the rules of the firewall?" in text(package)
    assert "Check dsregcmd /status for AzureAdPrt." in text(package)


def test_nobody_else_sees_the_package_above_the_conversation(session: AISession, handoff: Handoff) -> None:
    assert not has(session.owner, session, "package")
    assert not has(UserFactory.create(account=session.account), session, "package")


def test_the_package_goes_once_the_session_is_somebody_elses_or_closed(
    session: AISession, handoff: Handoff, jonas: User
) -> None:
    assert has(jonas, session, "package")
    acts.edit(session.pk, {"status": "abandoned"}, user=jonas)
    assert not has(jonas, session, "package")


def test_the_tab_and_the_head_say_from_whom_it_is(session: AISession, handoff: Handoff, jonas: User) -> None:
    page = read(browser_of(jonas).get(f"/sessions/{session.pk}/"))
    assert text(find(page, ".//title")).startswith("From Maya · Outlook keeps asking for a password")
    assert "from Maya, claimed just now" in " ".join(text(by_id(page, "session-head")).split())


def test_the_conversation_says_who_claimed_it_after_how_long(session: AISession, handoff: Handoff, jonas: User) -> None:
    page = read(browser_of(session.owner).get(f"/sessions/{session.pk}/"))
    assert "Jonas Brandt claimed it after 15 min" in " ".join(text(by_id(page, "left-off")).split())


def test_continue_leads_to_the_claim_wherever_the_page_is(session: AISession, handoff: Handoff, jonas: User) -> None:
    for number in range(60):
        acts.post(session.pk, Author.ENGINEER, f"Message {number}", user=jonas)
    browser = browser_of(jonas)
    page = read(browser.get(f"/sessions/{session.pk}/"))
    address, _, anchor = find(page, ".//a[@data-left-off]").get("href", "").partition("#")
    assert 'id="left-off"' not in browser.get(f"/sessions/{session.pk}/").content.decode()
    assert (anchor, 'id="left-off"' in browser.get(address).content.decode()) == ("left-off", True)


def test_the_banner_begins_folded_until_something_happens(session: AISession, jonas: User) -> None:
    make_fix(session, Status.PENDING)
    claimed_handoff(session, by=jonas)
    banner = by_id(read(browser_of(jonas).get(f"/sessions/{session.pk}/")), "fix-banner")
    assert "open" not in find(banner, "./details").attrib
    acts.post(session.pk, Author.ENGINEER, "Looking at the rules.", user=jonas)
    banner = by_id(read(browser_of(jonas).get(f"/sessions/{session.pk}/")), "fix-banner")
    assert "open" in find(banner, "./details").attrib


def test_the_package_is_folded_in_the_conversation_that_it_stands_above(
    session: AISession, handoff: Handoff, jonas: User
) -> None:
    entry = f"text-{handoff.text_id}"
    own = by_id(read(browser_of(jonas).get(f"/sessions/{session.pk}/")), entry)
    others = by_id(read(browser_of(session.owner).get(f"/sessions/{session.pk}/")), entry)
    assert ("open" in find(own, "./details").attrib, "open" in find(others, "./details").attrib) == (False, True)


def sections(markdown: str, language: Language = Language.ENGLISH) -> list[tuple[str, bool, str]]:
    handoff = make_handoff()
    (entry,) = read_entries(AISession.objects.get(pk=handoff.session_id)).texts
    changed = type(entry)(**{**vars(entry), "markdown": markdown, "language": language, "kind": Kind.PACKAGE})
    return [(each.heading, each.is_open, each.mark) for each in sections_of(changed)]


@pytest.mark.django_db
def test_a_german_package_is_read_by_its_own_headings() -> None:
    german = (
        "## Problem\n\nA\n\n## Aktuelle Hypothese (Prüfung steht aus)\n\nB\n\n## Vorgeschlagene nächste Schritte\n\nC\n"
    )
    assert sections(german, Language.GERMAN) == [
        ("Problem", False, ""),
        ("Aktuelle Hypothese", True, "Prüfung steht aus"),
        ("Vorgeschlagene nächste Schritte", True, ""),
    ]


@pytest.mark.django_db
def test_a_package_with_other_headings_is_open_as_a_whole() -> None:
    assert sections("Hello.\n\n## My own\n\nA\n") == [("", True, ""), ("My own", True, "")]
    assert sections("No heading at all.") == [("", True, "")]


@pytest.mark.django_db
def test_the_question_is_not_shown_twice() -> None:
    assert sections(f"**Question for whoever takes over:** Why?\n\n{PACKAGE}")[0] == ("Problem", False, "")


@pytest.mark.parametrize(
    ("name", "called"),
    [("Maya Lindqvist", "Maya"), ("Maya", "Maya"), ("Dr. Jonas Brandt", "Dr. Jonas Brandt"), ("", "")],
)
def test_a_colleague_is_called_by_the_first_name_where_there_is_one(name: str, called: str) -> None:
    assert first_name(name) == called


def test_an_open_page_learns_that_it_was_claimed(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session)
    maya = browser_of(session.owner)
    shown = by_id(read(maya.get(f"/sessions/{session.pk}/")), "thread").get("data-shown")
    act("claim", handoff, jonas)
    headers = {"HX-Request": "true", HEADER: str(session.owner_id)}
    answer = maya.post(
        f"/sessions/{session.pk}/messages/", {"content": "Any news?", "ask": "no", "shown": shown}, headers=headers
    )
    page = answer.content.decode()
    assert 'id="above-thread" hx-swap-oob="true"' in page
    assert "the session is still yours" not in page
    assert "claimed</span> it after" in page


# Ask, return, rate


def test_a_question_stands_in_the_conversation_of_both(session: AISession, handoff: Handoff, jonas: User) -> None:
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/ask", {"question": "Which firewall?"})
    assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#main")
    for person in (jonas, session.owner):
        assert "Jonas Brandt asked Maya: Which firewall?" in page_of(person, session)


def test_the_originator_answers_in_the_conversation(session: AISession, handoff: Handoff, jonas: User) -> None:
    act("ask", handoff, jonas, "Which firewall?")
    maya = handoff.from_user
    browser_of(maya).post(f"/sessions/{session.pk}/messages/", {"content": "The one in Aldermoor.", "ask": "no"})
    assert "The one in Aldermoor." in page_of(jonas, session)


def test_a_question_of_one_form_is_asked_once(handoff: Handoff, jonas: User) -> None:
    sent = {"question": "Which firewall?", "form_key": str(uuid4())}
    for _ in range(2):
        assert browser_of(jonas).post(f"/escalations/{handoff.pk}/ask", sent).status_code == 303
    assert handoff.events.filter(action="ask").count() == 1


def test_return_gives_it_back_and_the_card_is_gone(session: AISession, handoff: Handoff, jonas: User) -> None:
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/return", {"reason": "Needs someone on site."})
    handoff.refresh_from_db()
    assert (answer.status_code, handoff.state) == (303, "returned")
    assert not has(jonas, session, "package")
    assert "Jonas Brandt returned it to Maya: Needs someone on site." in page_of(handoff.from_user, session)


def test_yes_rates_it_as_enough_and_is_shown_pressed(session: AISession, handoff: Handoff, jonas: User) -> None:
    assert browser_of(jonas).post(f"/escalations/{handoff.pk}/rate", {"enough": "yes"}).status_code == 303
    handoff.refresh_from_db()
    assert handoff.was_enough is True
    package = by_id(read(browser_of(jonas).get(f"/sessions/{session.pk}/")), "package")
    assert find(package, ".//button[@value='yes']").get("aria-pressed") == "true"


def test_no_names_what_was_missing_and_may_be_changed(session: AISession, handoff: Handoff, jonas: User) -> None:
    sent = {"enough": "no", "missing": ["access", "impact"], "notes": "The site’s number."}
    assert browser_of(jonas).post(f"/escalations/{handoff.pk}/rate", sent).status_code == 303
    handoff.refresh_from_db()
    assert (handoff.was_enough, handoff.missing, handoff.missing_notes) == (
        False,
        ["impact", "access"],
        "The site’s number.",
    )
    package = by_id(read(browser_of(jonas).get(f"/sessions/{session.pk}/")), "package")
    checked = [each.get("value") for each in package.iter("input") if "checked" in each.attrib]
    assert checked == ["impact", "access"]
    assert "rated" not in page_of(jonas, session).lower().split("conversation")[-1]


@pytest.mark.parametrize(
    ("name", "sent", "error"),
    [
        ("ask", {"question": " "}, "Write your question. Nothing was sent."),
        ("return", {"reason": ""}, "Say why you are returning it. Nothing was recorded."),
        ("rate", {"enough": "no"}, "Say what was missing"),
        ("ask", {"question": "x" * 4_001}, "limit 4,000"),
        ("return", {"reason": "a\x00b"}, "invalid character"),
        ("rate", {"enough": "no", "missing": "nonsense"}, "“nonsense” is none of"),
    ],
)
def test_a_wrong_form_comes_back_open_with_what_was_typed(
    session: AISession, handoff: Handoff, jonas: User, name: str, sent: dict[str, str], error: str
) -> None:
    version = AISession.objects.get(pk=session.pk).state_version
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/{name}", sent)
    package = by_id(read(answer), "package")
    (opened,) = [each for each in package.iter("details") if "open" in each.attrib]
    assert answer.status_code == 422
    assert error in text(opened)
    if "x" * 4_001 in sent.values():
        assert "x" * 4_001 in text(opened)
    handoff.refresh_from_db()
    assert (handoff.state, handoff.was_enough) == ("claimed", None)
    assert AISession.objects.get(pk=session.pk).state_version == version


def test_what_was_typed_for_a_handoff_that_is_gone_comes_back_with_the_reason(
    session: AISession, handoff: Handoff, jonas: User
) -> None:
    act("give_back", handoff, jonas, "No access.")
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/ask", {"question": "Which firewall?"})
    page = text(read(answer))
    assert answer.status_code == 409
    assert "This escalation was returned (" in page
    assert "Which firewall?" in page


def test_nobody_else_asks_returns_or_rates(session: AISession, handoff: Handoff) -> None:
    maya = browser_of(session.owner)
    for name, sent in (("ask", {"question": "Why?"}), ("return", {"reason": "No."}), ("rate", {"enough": "yes"})):
        answer = maya.post(f"/escalations/{handoff.pk}/{name}", sent)
        assert answer.status_code == 409
        assert "Only the person who claimed it can" in text(read(answer))


def test_a_session_that_was_never_escalated_loads_nothing_for_handoffs(
    browser_client: Client, session: AISession
) -> None:
    assert b"handoffs.css" not in browser_client.get(f"/sessions/{session.pk}/").content
