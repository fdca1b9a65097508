from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import HASH_SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import devices
from accounts.models import Device, User
from accounts.tests.factories import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
WORDS = {
    FIREFOX: "Firefox on Windows",
    SAFARI: "Safari on iPhone",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36": "Chrome on Linux",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0": "Edge on Windows",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36": "Chrome on Android",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15": "Safari on macOS",
    "curl/8.0": "Unknown browser",
    "": "Unknown browser",
}


BARE = "/profile/theme"
"""Asks who is there, and then only says that it takes POST."""


def signed_in(user: User, agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    assert client.post("/sign-in/", {"username": user.email, "password": PASSWORD}).status_code == 302
    return client


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def sign_out(client: Client, which: str) -> Any:
    return client.post("/devices/sign-out/", {"device": which})


@pytest.mark.parametrize(("agent", "words"), WORDS.items())
def test_a_browser_is_said_in_words(agent: str, words: str) -> None:
    assert devices.browser_name(agent) == words


class TestTheRow:
    def test_it_knows_who_from_where_and_with_what(self, engineer: User) -> None:
        signed_in(engineer)
        device = Device.objects.get()
        assert (device.user, device.user_agent, device.address) == (engineer, FIREFOX, "192.0.2.7")

    @override_settings(PRODUCTION=True)
    def test_behind_a_proxy_the_address_is_what_the_proxy_saw(self, engineer: User) -> None:
        client = Client(headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})
        client.post("/sign-in/", {"username": engineer.email, "password": PASSWORD}, secure=True)
        assert Device.objects.get().address == "198.51.100.4"

    def test_a_browser_that_lies_signs_in_all_the_same(self, engineer: User) -> None:
        signed_in(engineer, agent="x" * 5000, address="nonsense")
        device = Device.objects.get()
        assert (len(device.user_agent), device.address) == (300, None)

    def test_one_query_tells_session_person_and_account(
        self, browser_client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            browser_client.get(BARE)

    @pytest.mark.parametrize("broken", [{HASH_SESSION_KEY: "another"}, {"_auth_user_backend": "some.other.Backend"}])
    def test_djangos_checks_still_hold(self, browser_client: Client, broken: dict[str, str]) -> None:
        session = browser_client.session
        session.update(broken)
        session.save()
        assert not is_in(browser_client)

    def test_the_person_of_the_row_is_nobody_else_than_of_the_data(self, browser_client: Client) -> None:
        other = User.objects.create_superuser("root@example.com", PASSWORD)
        Device.objects.update(user=other)
        assert "Maya" in browser_client.get("/profile/").content.decode()

    def test_a_deactivated_person_is_out(self, engineer: User, browser_client: Client) -> None:
        User.objects.update(is_active=False)
        assert not is_in(browser_client)

    def test_an_expired_one_is_out_and_is_cleared(self, browser_client: Client) -> None:
        Device.objects.update(expire_date=timezone.now())
        assert not is_in(browser_client)
        call_command("clear_expired")
        assert not Device.objects.exists()


class TestLastSeen:
    def seen_after(self, client: Client, wait: timedelta, path: str) -> bool:
        before = Device.objects.get().last_seen_at
        with time_machine.travel(timezone.now() + wait):
            client.get(path)
        return Device.objects.get().last_seen_at > before

    def test_is_written_once_in_five_minutes(self, browser_client: Client) -> None:
        assert not self.seen_after(browser_client, timedelta(minutes=4), "/profile/")
        assert self.seen_after(browser_client, timedelta(minutes=6), "/profile/")
        with time_machine.travel(timezone.now() + timedelta(minutes=7)), CaptureQueriesContext(connection) as queries:
            browser_client.get(BARE)
        assert len(queries) == 1

    def test_what_a_page_asks_for_by_itself_is_no_sign_of_a_person(self, browser_client: Client) -> None:
        assert not self.seen_after(browser_client, timedelta(minutes=6), "/pending/counts")


class TestThePage:
    def test_lists_them_with_this_one_first_and_no_key(self, engineer: User) -> None:
        phone, desk = signed_in(engineer, SAFARI, "2001:db8::1"), signed_in(engineer)
        page = phone.get("/devices/").content.decode()
        assert page.index("Safari on iPhone") < page.index("Firefox on Windows")
        assert page.count("This device") == 1
        assert "2001:db8::1" in page
        assert key_of(phone) not in page
        assert key_of(desk) not in page

    def test_one_is_signed_out(self, engineer: User) -> None:
        phone, desk = signed_in(engineer, SAFARI), signed_in(engineer)
        device = Device.objects.get(session_key=key_of(phone))
        assert sign_out(desk, device.handle)["Location"] == "/devices/"
        assert (is_in(phone), is_in(desk)) == (False, True)

    def test_everywhere_else(self, engineer: User) -> None:
        phone, desk = signed_in(engineer, SAFARI), signed_in(engineer)
        assert sign_out(desk, "others").status_code == 303
        assert (is_in(phone), is_in(desk)) == (False, True)

    def test_everywhere(self, engineer: User) -> None:
        phone, desk = signed_in(engineer, SAFARI), signed_in(engineer)
        assert sign_out(desk, "everywhere")["Location"] == "/sign-in/"
        assert (is_in(phone), is_in(desk), Device.objects.count()) == (False, False, 0)

    def test_this_one(self, engineer: User) -> None:
        desk = signed_in(engineer)
        assert sign_out(desk, Device.objects.get().handle)["Location"] == "/sign-in/"
        assert not is_in(desk)

    @pytest.mark.parametrize("which", ["", "nonsense", "\0"])
    def test_one_that_is_gone_is_said_calmly(self, browser_client: Client, which: str) -> None:
        page = browser_client.get(sign_out(browser_client, which)["Location"]).content.decode()
        assert "already signed out" in page

    def test_nobody_signs_out_somebody_elses(self, engineer: User, browser_client: Client) -> None:
        stranger = signed_in(User.objects.create_superuser("root@example.com", PASSWORD))
        device = Device.objects.get(session_key=key_of(stranger))
        sign_out(browser_client, device.handle)
        assert is_in(stranger)
