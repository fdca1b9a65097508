"""A page that was opened by one person never acts for another who has signed in to the same browser since."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import ApiToken, User
from accounts.page_owner import FIELD, HEADER
from accounts.tests.clients import let_in
from accounts.tests.factories import PASSWORD, UserFactory
from fixes.tests.acting import assert_nothing_written
from sessions.models import AISession, Message
from tests.addresses import addresses, path_of, some_rows
from tests.markup import find, read, text

pytestmark = pytest.mark.django_db

SOMEONE_ELSE = "00000000-0000-4000-8000-000000000001"
SAID = "Someone else is signed in now"
ROUTES = [route for route in addresses(get_resolver().url_patterns) if not route.startswith(("/api/", "/healthz"))]


@pytest.fixture
def rows(session: AISession) -> dict[str, Any]:
    return some_rows(session)


@pytest.fixture
def desk(rows: dict[str, Any]) -> Client:
    """The browser of an admin of the account, whose pages have every form."""
    client = Client()
    let_in(client, rows["admin"])
    return client


def forms_of(page: Element) -> list[Element]:
    return [form for form in page.iter("form") if form.get("method") == "post" or form.get("hx-post")]


def field(form: Element, name: str) -> str | None:
    return next((each.get("value") for each in form.iter("input") if each.get("name") == name), None)


def test_no_address_takes_a_form_of_somebody_elses_page(desk: Client, rows: dict[str, Any]) -> None:
    taken = []
    with assert_nothing_written():
        for route in ROUTES:
            answer = desk.post(path_of(route, rows), {FIELD: SOMEONE_ELSE})
            if (answer.status_code, SAID in answer.content.decode()) != (403, True):
                taken.append((route, answer.status_code))
    assert taken == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_answers_a_fragment_of_somebody_elses_page(desk: Client, rows: dict[str, Any], method: str) -> None:
    answered = []
    with assert_nothing_written():
        for route in ROUTES:
            answer = desk.generic(method, path_of(route, rows), headers={"HX-Request": "true", HEADER: SOMEONE_ELSE})
            is_refused = answer.status_code == 403 and SAID in text(read(answer)) and "<html" not in str(answer.content)
            if not is_refused and (answer.status_code, answer.content) != (286, b""):
                answered.append((route, answer.status_code))
    assert answered == []


def test_every_form_and_every_page_says_whose_it_is(desk: Client, rows: dict[str, Any]) -> None:
    seen, wrong = 0, []
    for route in ROUTES:
        answer = desk.get(path_of(route, rows))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        forms = re.findall(r"<form\b[^>]*(?:method=\"post\"|hx-post)[^>]*>.*?</form>", html, re.DOTALL)
        seen += len(forms)
        said = f'name="{FIELD}" value="{rows["admin"].pk}"'
        wrong += [(route, form[:200]) for form in forms if said not in form]
        if "htmx" in html and f'data-page-owner="{rows["admin"].pk}"' not in html:
            wrong.append((route, "<body>"))
    assert wrong == []
    assert seen > 60


def test_a_form_that_doesnt_say_whose_it_is_is_refused(engineer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    let_in(client, engineer)
    form = find(read(client.get("/tokens/")), ".//form[@action='/tokens/']")
    token = {"csrfmiddlewaretoken": field(form, "csrfmiddlewaretoken"), "name": "Nightly", "lifetime": "30"}
    assert client.post("/tokens/", token).status_code == 403
    assert client.post("/tokens/", {**token, FIELD: field(form, FIELD)}).status_code == 201


def test_an_old_page_gives_its_token_to_nobody_and_shows_what_was_typed(engineer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    let_in(client, engineer)
    form = find(read(client.get("/tokens/")), ".//form[@action='/tokens/']")
    sent = {name: field(form, name) for name in ("csrfmiddlewaretoken", FIELD)}
    sign_in(client, UserFactory.create(display_name="Jonas"))
    answer = client.post("/tokens/", {**sent, "name": "Nightly sync", "lifetime": "30"})
    page = read(answer)
    assert (answer.status_code, ApiToken.objects.count()) == (403, 0)
    assert "You’re signed in as Jonas" in text(page)
    assert "Nightly sync" in [area.text for area in page.iter("textarea")]
    assert "no-store" in answer["Cache-Control"]


def test_a_fragment_gets_a_notice_that_htmx_shows_beside_the_kept_form(session: AISession) -> None:
    client = Client()
    let_in(client, UserFactory.create(account=session.account, display_name="Jonas"))
    headers = {"HX-Request": "true", HEADER: str(session.owner_id)}
    path, form = f"/sessions/{session.pk}/messages/", {"content": "Half of them work."}
    answer = client.post(path, form, headers=headers)
    assert answer.status_code == 403  # 409 and 422 would be swapped into the page, in place of the form
    assert "Copy your text" in text(find(read(answer), ".//*[@data-notice]"))
    assert not Message.objects.exists()


def test_the_navigation_stops_asking_and_leaves_the_page_alone(browser_client: Client) -> None:
    answer = browser_client.get("/pending/counts", headers={"HX-Request": "true", HEADER: SOMEONE_ELSE})
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (286, "none", b"")


def test_an_old_page_doesnt_sign_the_next_person_out_but_offers_it(browser_client: Client, engineer: User) -> None:
    answer = browser_client.post("/sign-out/", {FIELD: SOMEONE_ELSE})
    offered = find(read(answer), ".//form[@action='/sign-out/']")
    assert (answer.status_code, field(offered, FIELD)) == (403, str(engineer.pk))
    assert browser_client.get("/sessions/").status_code == 200


def test_passwords_are_never_shown_again(browser_client: Client) -> None:
    secret = {"old_password": "one secret", "new_password1": "another one", "new_password2": "another one"}
    page = browser_client.post("/password/", {FIELD: SOMEONE_ELSE, **secret}).content.decode()
    assert "one secret" not in page
    assert "another one" not in page


def test_the_same_person_who_signed_in_again_is_asked_to_reload_and_sees_their_text(engineer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    let_in(client, engineer)
    form = find(read(client.get("/tokens/")), ".//form[@action='/tokens/']")
    sent = {name: field(form, name) for name in ("csrfmiddlewaretoken", FIELD)}
    sign_in(client, engineer)
    page = read(client.post("/tokens/", {**sent, "name": "Nightly sync"}))
    assert "This page is out of date" in text(page)
    assert "Nightly sync" in [area.text for area in page.iter("textarea")]


def test_what_a_forged_form_says_is_not_shown(engineer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    let_in(client, engineer)
    answer = client.post("/tokens/", {"name": "Call this number"})
    assert (answer.status_code, "Call this number" in answer.content.decode()) == (403, False)


def test_a_page_that_was_opened_by_nobody_may_still_sign_in(client: Client, engineer: User) -> None:
    let_in(client, engineer)
    answer = client.post("/sign-in/", {FIELD: "", "username": engineer.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/sessions/")


def sign_in(client: Client, user: User) -> None:
    """Sign in by the form, in another tab: unlike `let_in` it changes the CSRF token."""
    del client.cookies["sessionid"]
    form = read(client.get("/sign-in/"))
    token = field(find(form, ".//form"), "csrfmiddlewaretoken")
    answer = client.post(
        "/sign-in/", {"csrfmiddlewaretoken": token, FIELD: "", "username": user.email, "password": PASSWORD}
    )
    assert answer.status_code == 302
