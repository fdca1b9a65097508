from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("accounts.tests.pages")]


@pytest.fixture
def maya() -> User:
    return UserFactory(email="maya@example.com", display_name="Maya")


def sign_in(client: Client, email: str = "maya@example.com", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


class TestSigningIn:
    def test_leads_to_the_sessions(self, client: Client, maya: User) -> None:
        answer = sign_in(client)
        assert (answer.status_code, answer["Location"]) == (302, "/sessions/")

    def test_leads_to_the_page_that_was_asked_for(self, client: Client, maya: User) -> None:
        assert sign_in(client, next="/act/?form=x")["Location"] == "/act/?form=x"

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\0/act/"]
    )
    def test_never_leads_to_another_host(self, client: Client, maya: User, elsewhere: str) -> None:
        assert sign_in(client, next=elsewhere)["Location"] == "/sessions/"

    def test_takes_the_address_in_any_case(self, client: Client, maya: User) -> None:
        assert sign_in(client, email=" Maya@EXAMPLE.com ").status_code == 302

    def test_an_inactive_person_stays_out(self, client: Client, maya: User) -> None:
        User.objects.update(is_active=False)
        assert sign_in(client).status_code == 422
        assert not is_signed_in(client)

    def test_deactivating_somebody_ends_what_is_open(self, client: Client, maya: User) -> None:
        sign_in(client)
        User.objects.update(is_active=False)
        assert client.get("/sessions/").status_code == 302

    def test_whoever_is_signed_in_already_is_sent_on(self, client: Client, maya: User) -> None:
        sign_in(client)
        answer = client.get("/sign-in/?next=/act/")
        assert (answer.status_code, answer["Location"]) == (302, "/act/")

    def test_nobody_is_led_in_a_circle(self, client: Client, maya: User) -> None:
        assert sign_in(client, next="/sign-in/")["Location"] == "/sessions/"
        assert client.get("/sign-in/?next=/sign-in/")["Location"] == "/sessions/"

    @pytest.mark.parametrize("next", ["/sign-out/", "/sign-out/?again", "/sign-in/?next=/sign-out/"])
    def test_nobody_is_led_out_again(self, client: Client, maya: User, next: str) -> None:
        assert sign_in(client, next=next)["Location"] == "/sessions/"

    @pytest.mark.urls("resolutionflow.urls")
    @pytest.mark.parametrize(
        ("next", "leads_to"),
        [("", "/admin/"), ("/sessions/?q=vpn", "/admin/"), ("/admin/fixes/", "/admin/fixes/")],
    )
    def test_whoever_has_no_account_comes_to_the_admin(self, client: Client, next: str, leads_to: str) -> None:
        User.objects.create_superuser("root@example.com", PASSWORD)
        assert sign_in(client, "root@example.com", next=next)["Location"] == leads_to

    def test_a_wrong_password_is_told_beside_its_field_with_the_tries_left(self, client: Client, maya: User) -> None:
        answer = sign_in(client, password="mistyped")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Email or password is wrong. 4 attempts left." in page
        assert 'aria-describedby="id_password_error"' in page
        assert 'value="mistyped"' not in page
        assert "maya@example.com" in page

    def test_a_stranger_hears_the_same_as_a_member(self, client: Client, maya: User) -> None:
        assert "is wrong. 4 attempts left." in sign_in(client, email="nobody@example.com").content.decode()

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            ("", ""),
            ("maya@example.com\0", PASSWORD),
            ("maya@example.com", "\0"),
            ("a" * 100_000 + "@example.com", PASSWORD),
            ("maya@example.com", "p" * 100_000),
            ("not an address", PASSWORD),
        ],
    )
    def test_bad_input_is_refused_beside_its_field(self, client: Client, maya: User, email: str, password: str) -> None:
        answer = sign_in(client, email, password)
        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()

    def test_a_form_without_its_token_is_refused_in_words(self, maya: User) -> None:
        answer = sign_in(Client(enforce_csrf_checks=True))
        assert answer.status_code == 403
        assert "This page is out of date" in answer.content.decode()


class TestLockout:
    def test_the_fifth_wrong_try_locks_and_says_for_how_long(self, client: Client, maya: User) -> None:
        answers = [sign_in(client, password="wrong").status_code for _ in range(4)]
        last = sign_in(client, password="wrong")
        assert answers == [422] * 4
        assert (last.status_code, last["Retry-After"]) == (429, "900")
        assert "Wait 15 minutes" in last.content.decode()

    def test_then_the_right_password_doesnt_help_however_it_is_spelt(self, client: Client, maya: User) -> None:
        for _ in range(5):
            sign_in(client, password="wrong")
        assert sign_in(client).status_code == 429
        assert sign_in(client, email="MAYA@example.com").status_code == 429

    def test_until_the_wait_is_over(self, client: Client, maya: User) -> None:
        for _ in range(5):
            sign_in(client, password="wrong")
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert sign_in(client).status_code == 302

    def test_a_colleague_at_the_same_address_may_still_sign_in(self, client: Client, maya: User) -> None:
        UserFactory(email="jonas@example.com")
        for _ in range(5):
            sign_in(client, password="wrong")
        assert sign_in(client, email="jonas@example.com").status_code == 302


class TestComingBack:
    def test_an_anonymous_visit_goes_to_sign_in_and_back(self, client: Client) -> None:
        answer = client.get("/sessions/?q=vpn")
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fsessions%2F%3Fq%3Dvpn")
        assert "Sign in to continue." in client.get(answer["Location"]).content.decode()

    @pytest.mark.parametrize("door", ["/sign-in/", "/", "/sessions/", "/admin/"])
    @pytest.mark.urls("resolutionflow.urls")
    def test_nobody_is_told_to_sign_in_at_the_front_door(self, client: Client, door: str) -> None:
        page = client.get(door, follow=True).content.decode()
        assert "<h1>Sign in</h1>" in page
        assert "Sign in to continue." not in page

    def test_a_fragment_sends_the_whole_page_to_sign_in_and_back(self, client: Client) -> None:
        answer = client.post(
            "/act/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/sessions/?status=open"}
        )
        assert answer.status_code == 200
        assert answer["HX-Redirect"] == "/sign-in/?next=%2Fsessions%2F%3Fstatus%3Dopen&signed_out=1"
        assert "You’ve been signed out" in client.get(answer["HX-Redirect"]).content.decode()

    @pytest.mark.parametrize("page", ["https://evil.example/sessions/", "", "http://testserver:99/x", "\0"])
    def test_a_fragment_of_elsewhere_leads_back_to_the_sessions(self, client: Client, page: str) -> None:
        answer = client.post("/act/", headers={"HX-Request": "true", "HX-Current-URL": page})
        assert answer["HX-Redirect"] == "/sign-in/?next=%2Fsessions%2F&signed_out=1"

    def test_a_plain_form_leads_back_to_the_page_that_it_stood_on(self, client: Client) -> None:
        answer = client.post("/act/", headers={"Referer": "http://testserver/sessions/?q=1"})
        assert answer.status_code == 303
        assert answer["Location"] == "/sign-in/?next=%2Fsessions%2F%3Fq%3D1&signed_out=1"

    @pytest.mark.parametrize("referer", ["https://evil.example/", "", "\0", "http://["])
    def test_a_plain_form_of_elsewhere_leads_back_to_the_sessions(self, client: Client, referer: str) -> None:
        answer = client.post("/act/", headers={"Referer": referer})
        assert answer["Location"] == "/sign-in/?next=%2Fsessions%2F&signed_out=1"


class TestGuards:
    def test_a_member_reads_and_acts(self, client: Client, maya: User) -> None:
        client.force_login(maya)
        assert client.get("/sessions/").content == b"read in UTC"
        assert client.post("/act/").content == b"done"

    def test_a_page_is_kept_by_no_shared_cache_and_never_replaced_by_a_fragment(
        self, client: Client, maya: User
    ) -> None:
        client.force_login(maya)
        answer = client.get("/sessions/")
        assert "private" in answer["Cache-Control"]
        assert "HX-Request" in answer["Vary"]

    def test_a_viewer_reads_and_is_refused_in_words(self, client: Client) -> None:
        client.force_login(UserFactory(role="viewer"))
        assert client.get("/sessions/").status_code == 200
        answer = client.post("/act/")
        assert answer.status_code == 403
        assert "You have read-only access" in answer.content.decode()
        assert "<html" in answer.content.decode()

    def test_a_viewers_fragment_is_a_notice(self, client: Client) -> None:
        client.force_login(UserFactory(role="viewer"))
        answer = client.post("/act/", headers={"HX-Request": "true"})
        assert answer.status_code == 403
        assert "data-notice" in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_a_superuser_without_account_is_told_so_and_can_leave(self, client: Client) -> None:
        client.force_login(User.objects.create_superuser("root@example.com", PASSWORD, display_name="Root"))
        answer = client.get("/sessions/")
        assert answer.status_code == 403
        assert "You don’t belong to an account" in answer.content.decode()
        assert 'action="/sign-out/"' in answer.content.decode()


class TestTimeZone:
    def test_is_the_persons(self, client: Client) -> None:
        client.force_login(UserFactory(time_zone="Asia/Tokyo"))
        assert client.get("/open/").content == b"seen in Asia/Tokyo"

    def test_is_utc_for_strangers_and_for_the_api(self, client: Client) -> None:
        assert client.get("/open/").content == b"seen in UTC"
        client.force_login(UserFactory(time_zone="Asia/Tokyo"))
        assert client.get("/api/v1/open").content == b"seen in UTC"

    def test_costs_no_query_of_its_own(
        self, client: Client, maya: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.force_login(maya)
        with django_assert_num_queries(1):  # the session with its person and their account
            client.get("/sessions/")


class TestSigningOut:
    def test_ends_the_session(self, client: Client, maya: User) -> None:
        client.force_login(maya)
        assert client.post("/sign-out/")["Location"] == "/sign-in/"
        assert not is_signed_in(client)

    def test_needs_a_press_of_the_button(self, client: Client, maya: User) -> None:
        client.force_login(maya)
        assert client.get("/sign-out/").status_code == 405
        assert is_signed_in(client)


@pytest.mark.urls("resolutionflow.urls")
class TestChangingThePassword:
    NEW = "battery staple 42"

    def change(self, client: Client, **fields: str) -> Any:
        form = {"old_password": PASSWORD, "new_password1": self.NEW, "new_password2": self.NEW, **fields}
        return client.post("/password/", form)

    def test_changes_it_and_stays_signed_in_here_only(self, client: Client, maya: User) -> None:
        elsewhere = Client()
        sign_in(elsewhere)
        sign_in(client)
        page = client.get(self.change(client)["Location"]).content.decode()
        assert "Password changed. You were signed out everywhere else." in page
        assert elsewhere.get("/sessions/").status_code == 302
        assert sign_in(Client(), password=self.NEW).status_code == 302

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"old_password": "wrong"}, "That isn’t your current password. 4 attempts left."),
            ({"new_password2": "other"}, "The passwords don’t match."),
            ({"new_password1": "short", "new_password2": "short"}, "too short"),
            ({"new_password1": "p" * 100_000, "new_password2": "p" * 100_000}, "at most 1024 characters"),
            ({"new_password1": "\0", "new_password2": "\0"}, "Null characters are not allowed."),
            ({"old_password": ""}, "Enter your current password."),
        ],
    )
    def test_refusals_stand_beside_their_field(
        self, client: Client, maya: User, fields: dict[str, str], said: str
    ) -> None:
        sign_in(client)
        answer = self.change(client, **fields)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert sign_in(Client()).status_code == 302

    def test_wrong_guesses_count_like_failed_sign_ins(self, client: Client, maya: User) -> None:
        sign_in(client)
        said = [self.change(client, old_password=f"guess {number}") for number in range(5)]
        assert [answer.status_code for answer in said] == [422, 422, 422, 422, 429]
        assert "Too many attempts" in said[-1].content.decode()
        assert self.change(client).status_code == 429
        maya.refresh_from_db()
        assert maya.check_password(PASSWORD)

    def test_a_change_forgives_the_guesses_before_it(self, client: Client, maya: User) -> None:
        sign_in(client)
        for number in range(4):
            self.change(client, old_password=f"guess {number}")
        assert self.change(client).status_code == 302
        assert self.change(client, old_password="guess").status_code == 422

    def test_needs_a_sign_in(self, client: Client) -> None:
        assert client.get("/password/")["Location"] == "/sign-in/?next=/password/"


@pytest.mark.urls("resolutionflow.urls")
class TestTheFirstSignIn:
    ZONES = ("Times are shown in the time zone of your account", "Asia/Kolkata")

    def page_after(self, client: Client, zone: str) -> str:
        page: str = client.get(sign_in(client, browser_zone=zone)["Location"]).content.decode()
        return page

    def test_mentions_that_the_browser_is_in_another_time_zone(self, client: Client, maya: User) -> None:
        page = self.page_after(client, "Asia/Calcutta")  # as some browsers still call it
        assert all(said in page for said in self.ZONES)

    @pytest.mark.parametrize("zone", ["UTC", "", "Mars/Olympus", "\0"])
    def test_says_nothing_of_the_same_zone_or_none(self, client: Client, maya: User, zone: str) -> None:
        assert self.ZONES[0] not in self.page_after(client, zone)

    def test_is_the_only_one_that_says_so(self, client: Client, maya: User) -> None:
        sign_in(client)
        assert self.ZONES[0] not in self.page_after(Client(), "Asia/Kolkata")
