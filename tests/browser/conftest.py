"""A real browser against the real application, which asks the database as in production: as the application role."""

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, ViewportSize, WebError
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from tests.browser import chromium

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 640}
REFUSALS = ("status of 409", "status of 422")
"""Chromium notes them in the console as errors; here they are ordinary answers."""

PageFor = Callable[..., Page]
Forgive = Callable[..., None]
Contexts = dict[str, list[BrowserContext]]


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright(playwright: Playwright, django_db_setup: None) -> Iterator[None]:
    """Playwright leaves an event loop in this thread, beside which the ORM would refuse to work.

    While it runs, this thread's connections are others than before and after; they end before it does.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium.installed(), "args": chromium.launch_arguments()}


@pytest.fixture(scope="package")
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database for all tests in this folder, emptied after the last: each has people and sessions of its own."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def db(database: None) -> None:
    """What fixtures of other folders ask for. No transaction: the server has to see the rows."""


@pytest.fixture(scope="package")
def site(database: None) -> Iterator[LiveServer]:
    """The server. Its threads connect as the application role, this one goes on as the owner."""
    tests = threading.get_ident()
    opened: WeakSet[BaseDatabaseWrapper] = WeakSet()

    def become_the_application(connection: BaseDatabaseWrapper, **_: object) -> None:
        if threading.get_ident() != tests:
            opened.add(connection)
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.APPLICATION_ROLE)}")

    connection_created.connect(become_the_application)
    server = LiveServer("localhost")
    yield server
    server.stop()
    connection_created.disconnect(become_the_application)
    for each in opened:  # of threads that still wait for the browser to hang up
        if each.connection:
            each.connection.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What browsers complain of: scripts' errors, broken rules of the content security policy, failed requests.

    Whatever stands in it at the end fails the test; one that provokes some takes them out with `forgive`.
    """
    found: list[str] = []
    yield found
    assert not found


@pytest.fixture
def forgive(troubles: list[str]) -> Forgive:
    """Takes out the complaints with any of these words; of each there must be one."""

    def take_out(*words: str) -> None:
        for each in words:
            rest = [trouble for trouble in troubles if each not in trouble]
            assert len(rest) < len(troubles), f"Nobody complained of “{each}”."
            troubles[:] = rest

    return take_out


@pytest.fixture(scope="package")
def rested(site: LiveServer) -> Iterator[Contexts]:
    """Browser contexts that earlier tests are done with, by their options: a warm cache makes a page 8 times faster."""
    contexts: Contexts = defaultdict(list)
    yield contexts
    for context in chain.from_iterable(contexts.values()):
        context.close()


@pytest.fixture
def page_for(browser: Browser, site: LiveServer, rested: Contexts, troubles: list[str]) -> Iterator[PageFor]:
    """Opens the browser of a signed-in person, or of nobody. Takes what `Browser.new_context` takes."""
    busy: list[tuple[str, BrowserContext]] = []

    def open_page(user: User | None = None, **options: Any) -> Page:
        ordinary = {"base_url": site.url, "viewport": DESK, "reduced_motion": "reduce", "locale": "en-GB"}
        key = repr(options)
        context = rested[key].pop() if rested[key] else browser.new_context(**{**ordinary, **options})
        busy.append((key, context))
        context.set_default_timeout(10_000)
        context.on("console", note)
        context.on("weberror", note_error)
        if user:
            sign_in(context, user, site.url)
        return context.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(refusal in message.text for refusal in REFUSALS):
            troubles.append(f"{message.text} ({urlsplit(message.location['url']).path})")

    def note_error(error: WebError) -> None:
        troubles.append(str(error.error))

    yield open_page
    for key, context in busy:
        for page in context.pages:
            page.close()
        context.remove_listener("console", note)
        context.remove_listener("weberror", note_error)
        context.unroute_all()
        context.clear_cookies()
        rested[key].append(context)


@pytest.fixture
def engineer(db: None) -> User:
    return UserFactory(display_name="Maya")


@pytest.fixture
def page(page_for: PageFor, engineer: User) -> Page:
    """The engineer's browser, signed in."""
    return page_for(engineer)


@pytest.fixture
def senior(engineer: User) -> User:
    """A colleague of the engineer's."""
    return UserFactory(account=engineer.account, display_name="Sam")


def sign_in(context: BrowserContext, user: User, url: str) -> None:
    """By cookie; one test goes through the form."""
    client = Client()
    let_in(client, user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
