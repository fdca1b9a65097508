"""Every page loads the styles of the classes that it uses, and a session page nothing that only other pages need."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.tests.factories import SessionFactory

CSS = Path(settings.BASE_DIR) / "static" / "css"
LOADED = re.compile(r'/static/((?:css|js)/[\w/-]+)(?:\.\w{12})?\.(?:css|js)"')
CLASSES = re.compile(r'class="([^"]+)"')
SELECTED = re.compile(r"\.([a-z][\w-]*)")
PAGES = (
    *("/sessions/", "/sessions/?q=nothing", "/sessions/{session}/", "/sessions/new/", "/pending/", "/notices/"),
    *("/escalations/", "/sessions/{session}/resolve/", "/sessions/{session}/escalate/", "/insights/calibration/"),
    *("/profile/", "/devices/", "/tokens/", "/password/", "/people/"),
)


def loaded_by(page: str) -> set[str]:
    return set(LOADED.findall(page))


def selected_in(stylesheet: Path) -> set[str]:
    return set(SELECTED.findall(re.sub(r"/\*.*?\*/", "", stylesheet.read_text(), flags=re.DOTALL)))


def assert_styled(page: str) -> None:
    styles = {f"css/{each.stem}": selected_in(each) for each in CSS.glob("*.css")}
    used = {name for names in CLASSES.findall(page) for name in names.split()}
    there = set[str]().union(*(styles[name] for name in loaded_by(page) if name in styles))
    lacking = {name: [style for style, names in styles.items() if name in names] for name in used - there}
    assert {name: where for name, where in lacking.items() if where and where != ["css/admin"]} == {}


@pytest.fixture
def admin() -> User:
    return UserFactory.create(role=Role.ADMIN)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_the_styles_of_its_classes(address: str, client: Client, admin: User) -> None:
    session = SessionFactory.create(owner=admin)
    make_fix(session, Status.PENDING)
    let_in(client, admin)
    response = client.get(address.format(session=session.pk))
    assert response.status_code == 200
    assert_styled(response.content.decode())


@pytest.mark.django_db
def test_the_page_that_signs_in_loads_the_styles_of_its_classes(client: Client) -> None:
    assert_styled(client.get("/sign-in/").content.decode())


@pytest.mark.django_db
def test_a_session_page_loads_nothing_that_only_other_pages_need(client: Client, admin: User) -> None:
    session = SessionFactory.create(owner=admin)
    let_in(client, admin)
    loaded = loaded_by(client.get(f"/sessions/{session.pk}/").content.decode())
    assert {"css/session", "js/thread"} <= loaded
    assert not loaded & {"css/lists", "css/people", "css/texts", "css/handoffs", "js/board", "js/texts", "js/zone"}
