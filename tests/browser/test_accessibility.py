"""Zero violations of axe's rules in every place, light and dark, and nothing wider than the window it is shown in."""

import pytest

from tests.browser.axe import assert_accessible
from tests.browser.company import Company, founded
from tests.browser.conftest import Forgive, PageFor
from tests.browser.places import PLACES, Place

pytestmark = pytest.mark.usefixtures("db")  # by this name pytest-django knows that a database is to be set up


@pytest.fixture(scope="module")
def company(database: None) -> Company:
    return founded()


@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
def test_every_place(page_for: PageFor, company: Company, forgive: Forgive, place: Place) -> None:
    page = page_for(getattr(company, place.who, None))
    place.show(page, company)
    assert_accessible(page, place.name, leaving=place.leaving)
    if place.forgives:
        forgive(place.forgives)
