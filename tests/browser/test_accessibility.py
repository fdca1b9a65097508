"""Zero violations of axe's rules in every screen, light and dark, and nothing wider than the window it is shown in."""

import pytest

from tests.browser.axe import assert_accessible
from tests.browser.conftest import Forgive, PageFor
from tests.browser.sample_company import SampleCompany, create_company
from tests.browser.screens import SCREENS, Screen

pytestmark = pytest.mark.usefixtures("db")  # by this name pytest-django knows that a database is to be set up


@pytest.fixture(scope="module")
def company(database: None) -> SampleCompany:
    return create_company()


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_every_screen_is_accessible(
    page_for: PageFor, company: SampleCompany, forgive: Forgive, screen: Screen
) -> None:
    page = page_for(getattr(company, screen.who, None))
    screen.show(page, company)
    assert_accessible(page, screen.name, leaving=screen.leaving)
    if screen.forgives:
        forgive(screen.forgives)
